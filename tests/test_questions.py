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
from kg.queries import Query
from kg.store import Answer, Cell, Store, load
from kg.turtle import XSD
from tests.conftest import ONTOLOGY, ROOT, SEEDS, Built

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
        assert [(place(r.document, r.start), r.rule_name) for r in found] == [(p, r) for p, r, _ in want.because]
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
