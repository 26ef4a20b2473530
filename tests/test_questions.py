"""The saved questions, each with the rows that it must give and the sentences and rules that they must rest on."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib.query import ResultRow

from kg import questions
from kg.errors import QueryError
from kg.graph import write
from kg.queries import Query
from kg.store import Answer, Cell, Store, load
from kg.turtle import XSD
from tests import succession
from tests.conftest import ONTOLOGY, ROOT, SEEDS, Built
from tests.knowledge import vocabulary

QUESTIONS = {q.name: q for q in questions.gather(ONTOLOGY)}
CASES = tomllib.loads((ROOT / "tests" / "questions.toml").read_text("utf-8"))["case"]


@dataclass
class Row:
    """The cells of a row, and for each sentence behind it document and line, rule, and words that say so."""

    cells: tuple[str, ...]
    because: list[tuple[str, str, list[str]]]


def expected(gives: str) -> list[Row]:
    rows: list[Row] = []
    for line in gives.splitlines():
        if line.startswith("    "):
            place, _, rest = line.strip().partition(" ")
            rule, _, words = rest.partition(": ")
            rows[-1].because.append((place, rule, words.split(" … ")))
        else:
            rows.append(Row(tuple(cell.strip() for cell in line.split("|")), []))
    return rows


def asked(store: Store, case: dict[str, object]) -> str:
    values = case.get("param", {})
    assert isinstance(values, dict)
    return QUESTIONS[str(case["question"])].bind(values, prefixes=store.prefixes, named=store.named)


def name(case: dict[str, object]) -> str:
    values = case.get("param", {})
    assert isinstance(values, dict)
    return " ".join((str(case["question"]), *(f"{key}={value}" for key, value in values.items())))


@pytest.fixture(scope="module")
def store(built: Built) -> Store:
    return load(built.graph)


@pytest.fixture(scope="module")
def graph(built: Built) -> rdflib.Graph:
    return rdflib.Graph().parse(built.graph, format="turtle")


def cells(answer: Answer, store: Store, row: Sequence[Cell]) -> tuple[str, ...]:
    """A row as `questions.toml` has it."""
    claims = store.prefixes["claim"]
    return tuple(
        f"“{store.label(term.value)}”"
        if isinstance(term, NamedNode) and term.value.startswith(claims)
        else " ".join(answer.short(term).split())
        for name, term in zip(answer.variables, row, strict=True)
        if name != "statement"
    )


def rows(answer: Answer) -> list[tuple[tuple[str, ...] | None, ...]]:
    """What Oxigraph found, for comparison."""

    def plain(term: Cell) -> tuple[str, ...] | None:
        if isinstance(term, Literal):
            return (term.value, term.datatype.value, term.language or "")
        return (term.value,) if isinstance(term, NamedNode) else None

    return [tuple(plain(term) for term in row) for row in answer.rows]


def rows_of_rdflib(graph: rdflib.Graph, sparql: str) -> list[tuple[tuple[str, ...] | None, ...]]:
    """The same of rdflib."""

    def plain(term: object) -> tuple[str, ...] | None:
        if isinstance(term, rdflib.Literal):
            return (str(term), str(term.datatype or f"{XSD}string"), term.language or "")
        return None if term is None else (str(term),)

    return [tuple(plain(term) for term in cast("ResultRow", row)) for row in graph.query(sparql)]


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_question_gives_its_rows_for_the_right_reasons(case: dict[str, object], store: Store) -> None:
    answer = store.query(asked(store, case))
    wanted = expected(str(case["gives"]))
    assert [cells(answer, store, row) for row in answer.rows] == [row.cells for row in wanted]
    if "statement" not in answer.variables:
        return
    assert answer.variables[-1] == "statement"
    for row, want in zip(answer.rows, wanted, strict=True):
        statement = row[-1]
        assert isinstance(statement, NamedNode)
        found = store.reasons(statement.value)
        assert [(place(r.document, r.start), r.rule.rpartition("/rule/")[2]) for r in found] == [
            (p, r) for p, r, _ in want.because
        ]
        for reason, (_, _, pieces) in zip(found, want.because, strict=True):
            quote = " ".join(reason.quote.split())
            for piece in pieces:
                _, found_it, quote = quote.partition(piece)
                assert found_it, (piece, reason.quote)


def place(document: str, start: int) -> str:
    """The first three digits of a document and the line of a character: `001:15`."""
    stem = document.rpartition("/")[2]
    text = (SEEDS / f"{stem}.txt").read_bytes().decode()
    return f"{stem[:3]}:{text.count(chr(10), 0, start) + 1}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_rdflib_gives_the_same_rows_in_the_same_order(
    case: dict[str, object], store: Store, graph: rdflib.Graph
) -> None:
    sparql = asked(store, case)
    assert rows_of_rdflib(graph, sparql) == rows(store.query(sparql))


@pytest.mark.parametrize("query", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_has_its_expectation_and_is_empty_only_for_a_reason(query: Query) -> None:
    plain = [case for case in CASES if case["question"] == query.name and "param" not in case]
    assert len(plain) == 1
    assert bool(plain[0]["gives"].strip()) == ("may-be-empty" not in query.header)
    assert query.tags
    assert len(query.text.splitlines()[0]) <= 120
    assert not query.parameters or any(case["question"] == query.name and "param" in case for case in CASES)


def test_there_are_twenty_questions_and_no_expectation_without_one() -> None:
    assert len(QUESTIONS) >= 20
    assert {case["question"] for case in CASES} == set(QUESTIONS)


# ------------------------------------------------------------- a graph that the questions were not made for


@pytest.fixture(scope="module")
def other() -> tuple[Store, rdflib.Graph]:
    written = write(succession.knowledge(), vocabulary=vocabulary(), rules=succession.RULES)
    return load(written), rdflib.Graph().parse(data=written, format="turtle")


OTHERS: dict[str, tuple[str, dict[str, str], list[str]]] = {
    "the minister before the change": (
        "posts-on-a-day",
        {"day": "2021-05-31"},
        ["id:lorn | post:trade/minister | id:trade | 2020-01-10"],
    ),
    "the minister after it": (
        "posts-on-a-day",
        {"day": "2021-06-01"},
        ["id:marsh | post:trade/minister | id:trade | 2021-06-01"],
    ),
    "the snapshot before, where there are two": (
        "posts-on-a-day",
        {"day": "2020-01-09"},
        ["id:lorn | post:trade/minister | id:trade | 2019-05-01"],
    ),
    "nobody before the first document": ("posts-on-a-day", {"day": "2019-04-30"}, []),
    "held and left": (
        "posts-of-a-person",
        {"person": "id:lorn"},
        [
            "post:trade/minister | id:trade | kg:asserted | 2019-05-01 | 2020-01-10",
            "post:trade/minister | id:trade | kg:former | 2021-06-01 | 2021-06-01",
        ],
    ),
    "acting, and without any day": (
        "posts-of-a-person",
        {"person": "cy penn"},
        [
            "post:trade/vice-minister | id:trade | kg:asserted |  | ",
            "post:trade/vice-minister | id:trade | kg:acting | 2021-06-01 | 2021-06-01",
        ],
    ),
    "one after another": (
        "holders-in-order",
        {"body": "Ministry of Trade"},
        [
            "post:trade/minister | 2019-05-01 | id:lorn | kg:asserted | doc:old",
            "post:trade/minister | 2020-01-10 | id:lorn | kg:asserted | doc:old",
            "post:trade/minister | 2021-06-01 | id:lorn | kg:former | doc:new",
            "post:trade/minister | 2021-06-01 | id:marsh | kg:asserted | doc:new",
            "post:trade/vice-minister | 2021 | id:penn | kg:asserted | doc:undated",
            "post:trade/vice-minister | 2021-03 | id:penn | kg:asserted | doc:undated",
            "post:trade/vice-minister | 2021-06-01 | id:penn | kg:acting | doc:new",
            "post:trade/vice-minister | Thursday | id:penn | kg:asserted | doc:undated",
        ],
    ),
    "a month, a year and a venue in the city": (
        "events-in-a-city",
        {"city": "Port Ada", "from": "2021-06-30", "to": "2021-06-30"},
        [
            "id:forum | 2021-01-01 | 2021-12-31 | kg:heldIn | id:port-ada | kg:asserted",
            "id:forum | 2021-01-01 | 2021-12-31 | kg:heldOn | 2021 | kg:asserted",
            "id:expo | 2021-06-01 | 2021-06-30 | kg:heldIn | id:hall | kg:asserted",
            "id:expo | 2021-06-01 | 2021-06-30 | kg:heldOn | 2021-06 | kg:asserted",
        ],
    ),
    "a planned one": (
        "events-in-a-city",
        {"city": "Port Ada", "from": "2021-07-01", "to": "2021-07-01"},
        [
            "id:forum | 2021-01-01 | 2021-12-31 | kg:heldIn | id:port-ada | kg:asserted",
            "id:forum | 2021-01-01 | 2021-12-31 | kg:heldOn | 2021 | kg:asserted",
            "id:fair | 2021-07-01 | 2021-07-01 | kg:heldIn | id:port-ada | kg:planned",
            "id:fair | 2021-07-01 | 2021-07-01 | kg:startsOn | 2021-07-01 | kg:planned",
        ],
    ),
    "by first day": (
        "events-by-date",
        {},
        [
            "2021-01-01 | 2021-12-31 | id:forum | kg:heldOn | 2021 | kg:asserted",
            "2021-06-01 | 2021-06-30 | id:expo | kg:heldOn | 2021-06 | kg:asserted",
            "2021-07-01 | 2021-07-01 | id:fair | kg:startsOn | 2021-07-01 | kg:planned",
        ],
    ),
    "who is to speak has not spoken": (
        "speakers-at-an-event",
        {"event": "Tin Expo"},
        [
            "id:marsh | post:trade/minister | kg:asserted | id:expo | doc:new",
            "id:marsh | post:trade/minister | kg:asserted | id:expo | doc:new",
        ],
    ),
    "guests in words": (
        "organisers-and-guests",
        {"event": "Tin Expo"},
        [
            "id:expo | kg:attended | id:lorn | kg:asserted",
            "id:expo | kg:attended | id:new/ada-lorn | kg:asserted",
            "id:expo | kg:attendedBy | experts | kg:asserted",
            "id:expo | kg:spokeAt | id:marsh | kg:asserted",
        ],
    ),
    "a plan, its parts and theirs": (
        "plans-and-parts",
        {},
        [
            "id:plan | kg:announced | id:project | kg:asserted",
            "id:plan | kg:partOf | id:programme | kg:asserted",
            "id:programme | kg:partOf | id:project | kg:planned",
        ],
    ),
    "step by step": (
        "parts-of-a-whole",
        {"whole": "Tin Plan"},
        ["id:programme | id:plan | kg:asserted", "id:project | id:programme | kg:planned"],
    ),
    "the part of a body": (
        "parts-of-a-whole",
        {"whole": "Ministry of Trade"},
        ["id:tin-bureau | id:trade | kg:asserted"],
    ),
    "planned members, and who set it up": (
        "members-of-an-alliance",
        {"alliance": "Tin Alliance"},
        ["id:acme | kg:hasMember | kg:planned", "id:trade | kg:initiatedBy | kg:asserted"],
    ),
    "neither a company nor what it calls a thing is an official or the press": (
        "officials-and-press",
        {"word": "tin"},
        [
            "official | id:lorn | Old tin grows | doc:old",
            "official | id:marsh | Tin grows | doc:old",
            "press | id:gazette | TIN fell | doc:old",
            "press | id:gazette | the home of tin | doc:old",
        ],
    ),
    "words of a regular expression": ("officials-and-press", {"word": "."}, []),
    "a figure with its metric; guests in words are none": (
        "figures",
        {"about": "ACME"},
        ["id:acme | kg:figure | 1,200 tons | tin | 2020"],
    ),
    "what a translation and a text say": (
        "said-by-both",
        {"one": "New", "other": "Digest"},
        ["id:new/ada-lorn | kg:attended | id:expo | kg:asserted"],
    ),
    "what a translation alone says": (
        "machine-translated-only",
        {},
        ["id:lorn | kg:attended | id:expo | doc:digest"],
    ),
    "all that is planned": (
        "planned",
        {},
        [
            "id:alliance | kg:hasMember | id:acme |  | doc:new | 2021-06-01",
            "id:fair | kg:heldIn | id:port-ada |  | doc:new | 2021-06-01",
            "id:fair | kg:partOf | id:expo |  | doc:new | 2021-06-01",
            "id:fair | kg:startsOn | 2021-07-01 | 2021-07-01 | doc:new | 2021-06-01",
            "id:marsh | kg:spokeAt | id:fair |  | doc:new | 2021-06-01",
            "id:project | kg:partOf | id:programme |  | doc:new | 2021-06-01",
        ],
    ),
    "one document gave nothing but a post": (
        "documents",
        {},
        [
            "doc:digest | 2021-07-01 |  | true | 2 | 1 | 1",
            "doc:new | 2021-06-01 |  | false | 21 | 1 | 2",
            "doc:old | 2020-01-10 |  | false | 10 | 1 | 2",
            "doc:undated |  |  | false | 1 | 1 | 1",
        ],
    ),
}


@pytest.mark.parametrize(("question", "values", "wanted"), OTHERS.values(), ids=OTHERS)
def test_a_question_is_right_for_another_graph(
    question: str, values: dict[str, str], wanted: list[str], other: tuple[Store, rdflib.Graph]
) -> None:
    store, graph = other
    sparql = QUESTIONS[question].bind(values, prefixes=store.prefixes, named=store.named)
    answer = store.query(sparql)
    assert [" | ".join(cells(answer, store, row)) for row in answer.rows] == wanted
    assert rows_of_rdflib(graph, sparql) == rows(answer)


@pytest.mark.parametrize("question", QUESTIONS)
def test_of_a_graph_without_statements_nothing_is_said(question: str, other: tuple[Store, rdflib.Graph]) -> None:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in other[0].prefixes.items())
    assert load(prefixes.encode()).query(QUESTIONS[question].text).rows == ()
    assert rows_of_rdflib(rdflib.Graph().parse(data=prefixes, format="turtle"), QUESTIONS[question].text) == []


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("Ada Lorn", "person: 'Ada Lorn' is the name of several things; say which: id:lorn, id:new/ada-lorn"),
        ("Ada", "person: nothing in the graph has the name 'Ada'"),
        ("id:ada", "person: nothing in the graph is id:ada"),
        ("https://kg.example.org/id/a b", "person: 'https://kg.example.org/id/a b' is no IRI"),
        ("", "person: nothing in the graph has the name ''"),
    ],
    ids=["ambiguous", "part of a name", "no such IRI", "no IRI", "nothing"],
)
def test_whom_a_parameter_means_is_asked(value: str, wrong: str, other: tuple[Store, rdflib.Graph]) -> None:
    store, _ = other
    with pytest.raises(QueryError) as caught:
        QUESTIONS["posts-of-a-person"].bind({"person": value}, prefixes=store.prefixes, named=store.named)
    assert str(caught.value) == wrong
