"""What the page carries: every statement once, places in the text as a browser counts them, days, and quotes only."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store

from kg import builds, document
from kg.model import (
    Disposition,
    Document,
    Evidence,
    Extraction,
    Knowledge,
    Literal,
    Node,
    Sentence,
    Span,
    Statement,
    Status,
    Zone,
    ZoneKind,
)
from kg.page.moments import days, moments
from kg.page.payload import Data, payload
from kg.page.sources import GAP, Text
from kg.pipeline import Ontology
from tests.conftest import SEEDS, Built, Row, copied, run
from tests.page.visits import units

BASE = "https://kg.example.org/"


@dataclass(frozen=True)
class Carried:
    """A page as a file, and the records inside it."""

    html: str
    data: Any

    @property
    def footer(self) -> list[int]:
        return [int(number) for number in re.findall(r"<strong>(\d+)</strong>", self.html)]


def carried(path: Path) -> Carried:
    html = path.read_text(encoding="utf-8")
    inside = re.search(r'<script type="application/json" id="data">(.*?)</script>', html)
    assert inside
    return Carried(html, json.loads(inside[1]))


@pytest.fixture(scope="module")
def whole(built: Built) -> Carried:
    """The page of the real seeds."""
    return carried(built.exports / "graph.html")


@pytest.fixture(scope="module")
def quotes(tmp_path_factory: pytest.TempPathFactory) -> Carried:
    """The page of the real seeds, made with --quotes-only by the command line."""
    root = copied(tmp_path_factory.mktemp("quotes") / "project")
    done = run("build", "--quotes-only", cwd=root)
    assert done.returncode == 0, done
    return carried(root / "exports" / "graph.html")


@pytest.fixture(params=["whole", "quotes"])
def page(request: pytest.FixtureRequest) -> Carried:
    found: Carried = request.getfixturevalue(request.param)
    return found


def pieces(one: Carried) -> Iterator[tuple[Row, Row, str]]:
    """Every piece of evidence with its statement, and the text that the page has of its document."""
    for statement in one.data["statements"]:
        for evidence in statement["evidence"]:
            yield statement, evidence, one.data["documents"][evidence["document"]]["text"]


# ------------------------------------------------------------------------------ every statement once


def test_every_statement_is_in_the_page_the_table_and_the_graph_once(page: Carried, built: Built) -> None:
    store = Store()
    store.bulk_load(built.graph.read_bytes(), format=RdfFormat.TURTLE)
    asked: Any = store.query(
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> SELECT ?s WHERE { ?s a rdf:Statement }"
    )
    in_graph = {row["s"].value.rpartition("/")[2] for row in asked}
    ids = [one["id"] for one in page.data["statements"]]
    ways = Counter(one["drawn"] for one in page.data["statements"])
    counts = page.data["counts"]
    assert len(ids) == len(set(ids)) == counts["statements"] == sum(ways.values())
    assert set(ids) == in_graph == {row["statement"] for row in built.rows()}
    assert (ways["arrow"], ways["row"], ways["folded"]) == (counts["arrows"], counts["rows"], counts["folded"])
    assert page.footer == [counts["statements"], counts["arrows"], counts["rows"], counts["folded"]]
    assert min(ways.values()) > 0


def test_the_footer_has_the_hash_of_the_graph(page: Carried, built: Built) -> None:
    digest = sha256(built.graph.read_bytes()).hexdigest()
    assert page.data["hash"] == digest
    assert f'<code id="hash">{digest}</code>' in page.html


def test_each_statement_stands_where_it_is_drawn(page: Carried) -> None:
    nodes = {node["id"]: node for node in page.data["nodes"]}
    rows, claims = Counter[str](), Counter[str]()
    for one in page.data["statements"]:
        if one["drawn"] == "arrow":
            assert {one["subject"]["id"], one["object"]["id"]} <= nodes.keys()
            assert not any(nodes[one[end]["id"]]["words"] for end in ("subject", "object"))
            continue
        # A card shows it; a document without a card of its own has its figures in the table alone.
        assert one["card"] in nodes or one["card"] in {d["iri"] for d in page.data["documents"].values()}
        (rows if one["drawn"] == "row" else claims)[one["card"]] += 1
    assert {key: node["rows"] for key, node in nodes.items() if node["rows"]} == {
        k: rows[k] for k in rows if k in nodes
    }
    assert {key: node["claims"] for key, node in nodes.items() if node["claims"]} == claims


def test_the_page_names_things_as_the_graph_does(page: Carried, built: Built) -> None:
    store = Store()
    store.bulk_load(built.graph.read_bytes(), format=RdfFormat.TURTLE)
    found: Any = store.query(
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?s ?l WHERE { ?s rdfs:label ?l }"
    )
    labels = {(row["s"].value, row["l"].value) for row in found}
    assert {(BASE + node["id"], node["label"]) for node in page.data["nodes"]} <= labels


# ---------------------------------------------------------------------------------- places in the text


def test_every_piece_of_evidence_is_its_quote_with_its_words(page: Carried, built: Built) -> None:
    rows = {row["evidence"]: row for row in built.rows()}
    texts = {path.stem: document.read(path).text for path in SEEDS.glob("*.txt")}
    found = {evidence["id"]: (evidence, text) for _, evidence, text in pieces(page)}
    assert found.keys() == rows.keys()
    assert page.data["counts"]["evidence"] == len(list(pieces(page))) == len(built.rows())
    for key, (evidence, text) in found.items():
        row, before = rows[key], texts[rows[key]["document"]]
        assert units(text, evidence["start"], evidence["end"]) == row["quote"]
        marked = {slot: units(text, start, end) for slot, start, end in evidence["marks"]}
        assert marked == {slot: before[start:end] for slot, (start, end) in row["spans"].items()}
        stands_for = [words for one in evidence["antecedents"] for words in one["words"]]
        assert stands_for == [before[a:b] for one in row["antecedent"].values() for a, b in one["spans"]]
        assert evidence["rule"] in page.data["rules"]


def test_where_an_antecedent_is_carried_its_words_stand(page: Carried) -> None:
    shown = 0
    for _, evidence, text in pieces(page):
        for one in evidence["antecedents"]:
            shown += len(one["at"])
            assert {units(text, start, end) for start, end in one["at"]} <= set(one["words"])
    assert shown


@pytest.mark.parametrize("kept", [False, True], ids=["whole", "quotes only"])
@pytest.mark.parametrize("stranger", ["🍵", "𝐞", "👩‍💻", "\U0010fffd"], ids=["emoji", "letter", "joined", "last"])
def test_offsets_are_those_of_javascript_also_among_letters_of_two_units(
    seeds: dict[str, Any], stranger: str, kept: bool
) -> None:
    for one in seeds.values():
        # As many characters as before, so that the spans still hold: e is the commonest letter.
        text = one.text.replace("e" * len(stranger), stranger).replace("e", stranger[0])
        assert len(text) == len(one.text)
        spans = [Span(row["start"], row["end"]) for row in one.rows]
        carried_text = Text(text, spans if kept else None)
        assert any(carried_text.at(end) != end for _, end in spans)
        for start, end in spans:
            assert units(carried_text.words, carried_text.at(start), carried_text.at(end)) == text[start:end]


def test_sentences_of_the_reader_are_those_of_the_ledger(whole: Carried, built: Built) -> None:
    listed = run("ledger", "--json", cwd=built.root)
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    shown = [
        (name, " ".join(units(source["text"], start, end).split()), kind, why)
        for name, source in whole.data["documents"].items()
        for start, end, kind, why, _ in source["sentences"]
    ]
    assert shown == [(row["document"], row["sentence"], row["disposition"], row["why"]) for row in rows]


# ---------------------------------------------------------------------------------------- quotes only


def strings(value: Any) -> Iterator[str]:
    """Every text in the data of a page, keys too."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield key
            yield from strings(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from strings(inside)
    elif isinstance(value, str):
        yield value


def in_html(words: str) -> str:
    """Words as they stand in the page's JSON."""
    made = json.dumps(words, ensure_ascii=False)[1:-1]
    for mark in "<>&'":
        made = made.replace(mark, f"\\u{ord(mark):04x}")
    return made


def unquoted(one: Carried, quoted: Carried) -> dict[str, list[str]]:
    """Of each document the sentences that no evidence quotes, and that stand in no quote and no title either."""
    kept = [*(" ".join(d["text"].split()) for d in quoted.data["documents"].values())]
    kept += [d["title"] for d in quoted.data["documents"].values()]
    found: dict[str, list[str]] = {}
    for name, source in one.data["documents"].items():
        words = [units(source["text"], start, end) for start, end, *_ in source["sentences"]]
        found[name] = [w for w in words if len(w.split()) > 3 and not any(" ".join(w.split()) in k for k in kept)]
    return found


def test_a_page_of_quotes_has_every_quote_and_no_other_sentence(whole: Carried, quotes: Carried) -> None:
    assert not quotes.data["whole"]
    left_out = unquoted(whole, quotes)
    assert sum(map(bool, left_out.values())) > 2
    for others in left_out.values():
        everything = "\n".join(strings(quotes.data))
        for sentence in others:
            assert in_html(sentence) in whole.html
            assert in_html(sentence) not in quotes.html
            assert sentence not in everything
    sent = {(e["id"], units(text, e["start"], e["end"])) for _, e, text in pieces(quotes)}
    assert sent == {(e["id"], units(text, e["start"], e["end"])) for _, e, text in pieces(whole)}


def test_a_page_of_quotes_has_no_long_piece_of_another_sentence_either(whole: Carried, quotes: Carried) -> None:
    every = " ".join(" ".join(strings(quotes.data)).split())
    kept = " ".join(" ".join(d["text"] + " " + d["title"] for d in quotes.data["documents"].values()).split())
    for others in unquoted(whole, quotes).values():
        for sentence in others:
            words = sentence.split()
            for at in range(len(words) - 7):
                piece = " ".join(words[at : at + 8])
                assert piece in kept or piece not in every


def test_a_page_of_quotes_keeps_titles_and_says_what_it_lacks(whole: Carried, quotes: Carried) -> None:
    for name, source in quotes.data["documents"].items():
        before = whole.data["documents"][name]
        assert {k: source[k] for k in ("title", "publisher", "date", "translated", "iri")} == {
            k: before[k] for k in ("title", "publisher", "date", "translated", "iri")
        }
        for one, same in zip(source["sentences"], before["sentences"], strict=True):
            start, end, kind, why, zone = one
            assert (kind, zone) == (same[2], same[4])
            assert why == ("" if start == end and kind == "todo" else same[3])
        assert len(source["text"]) < len(before["text"])
    for one, said in ((quotes, True), (whole, False)):
        assert ("and not the full texts of their publishers" in one.html) is said


def test_both_pages_are_the_same_apart_from_the_texts(whole: Carried, quotes: Carried) -> None:
    for key in ("base", "hash", "counts", "families", "relations", "rules", "nodes", "moments"):
        assert quotes.data[key] == whole.data[key]


# ------------------------------------------------------------------------------ small builds of their own

ROE = Node(BASE + "id/jane-roe", "Jane Roe", "Person", ("Jane Roe",))
EXPO = Node(BASE + "id/tea-expo-2", "2nd Tea Expo", "Expo", ("2nd Tea Expo",))
TEXT = "Jane Roe came. She spoke at the 2nd Tea Expo. Nobody wrote this down. It opened, she says, on a Tuesday."


def evidence(words: str, *, text: str = TEXT, name: str = "note", as_of: str = "", **more: Any) -> Evidence:
    start = text.index(words)
    span = Span(start, start + len(words))
    given = (("asOf", as_of),) if as_of else ()
    return Evidence(f"e-{start}", name, span, words, "a.rule", "", "", (("cue", span),), qualifiers=given, **more)


def fact(
    thing: Node | Literal,
    *given: Evidence,
    subject: Node = ROE,
    prop: str = "spokeAt",
    status: Status = Status.ASSERTED,
) -> Statement:
    first, *rest = given or (evidence("She spoke at the 2nd Tea Expo."),)
    words = thing.value if isinstance(thing, Literal) else thing.iri
    return Statement(f"{subject.iri}-{prop}-{words}-{status}", subject, prop, prop, thing, status, (), (first, *rest))


def page_of(*statements: Statement, made: Document | None = None, quotes_only: bool = False, **more: Any) -> Data:
    one = Extraction(made or Document("note", TEXT), (), statements, **more)
    known = Knowledge((one,), statements, ())
    return payload(known, base=BASE, labels={}, rules={}, families={"Expo": "Event"}, quotes_only=quotes_only)


@pytest.mark.parametrize(
    ("one", "drawn", "card"),
    [
        (fact(EXPO), "arrow", "id/jane-roe"),
        (fact(EXPO, status=Status.PLANNED), "arrow", "id/jane-roe"),
        (fact(EXPO, status=Status.FORMER), "row", "id/jane-roe"),
        (fact(EXPO, status=Status.ACTING), "row", "id/jane-roe"),
        (fact(EXPO, status=Status.DESIGNATE), "row", "id/jane-roe"),
        (fact(Literal("2", "integer"), subject=EXPO), "row", "id/tea-expo-2"),
        (fact(Node(BASE + "claim/1", "It …", "Claim", words="It opened")), "folded", "id/jane-roe"),
    ],
    ids=["asserted", "planned", "former", "acting", "designate", "value", "claim"],
)
def test_how_a_statement_is_drawn(one: Statement, drawn: str, card: str) -> None:
    (made,) = page_of(one)["statements"]
    assert (made["drawn"], made["card"]) == (drawn, card)


def test_what_a_claim_is_about_is_folded_into_who_made_it() -> None:
    claim = Node(BASE + "claim/1", "It …", "Claim", words="It opened")
    about = fact(EXPO, subject=claim, prop="about")
    data = page_of(fact(claim, prop="said"), about)
    assert {one["property"]: one["card"] for one in data["statements"]} == dict.fromkeys(
        ("said", "about"), "id/jane-roe"
    )
    assert {node["id"]: node["claims"] for node in data["nodes"]}["id/jane-roe"] == 2


@pytest.mark.parametrize("name", ["plain", "a & b", "50%", "工信部", "🍵", "it's (1)!", "__proto__"])
def test_figures_of_an_indicator_stand_on_the_card_of_their_document(name: str) -> None:
    made = Document(name, TEXT, title="A report")
    here = evidence("Jane Roe came.", name=name)
    iri = {one["iri"] for one in page_of(fact(EXPO, here), made=made)["documents"].values()}
    note = Node(BASE + iri.pop(), "A report", "Document", ("A report",))
    output = Node(f"{BASE}id/{name}/output", "output", "Indicator", candidate=True)
    figure = fact(Literal("7"), here, subject=output, prop="figure")
    data = page_of(fact(EXPO, here, subject=note, prop="about"), figure, made=made)
    (one,) = [one for one in data["statements"] if one["property"] == "figure"]
    assert one["card"] in {node["id"] for node in data["nodes"]}
    assert one["subject"] == {"kind": "value", "id": "string", "text": "output"}


def test_a_thing_told_of_in_two_ways_is_one_with_all_its_names() -> None:
    known = Node(EXPO.iri, "The Second Tea Expo", "Expo", ("Tea Expo",))
    guessed = Node(EXPO.iri, "2nd Expo", "Event", ("Expo",), candidate=True)
    for turn in ((known, guessed), (guessed, known)):
        data = page_of(*(fact(one, prop=prop) for one, prop in zip(turn, ("attended", "spokeAt"), strict=True)))
        (node,) = [node for node in data["nodes"] if node["id"] == "id/tea-expo-2"]
        assert (node["label"], node["kind"], node["candidate"]) == ("The Second Tea Expo", "Expo", False)
        assert node["names"] == ["2nd Expo", "Expo", "Tea Expo"]
        assert {one["object"]["text"] for one in data["statements"]} == {"The Second Tea Expo"}


def sentence(words: str, number: int) -> Sentence:
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    return Sentence(number, span, Zone(ZoneKind.BODY, span), 1)


def test_refused_near_facts_are_shown_only_where_their_words_are_carried() -> None:
    said, unsaid = sentence("She spoke at the 2nd Tea Expo.", 0), sentence("Nobody wrote this down.", 1)
    refused = tuple(
        fact(EXPO, replace(evidence(TEXT[slice(*one.span)]), guard="not"), prop="attended", status=Status.NEGATED)
        for one in (said, unsaid)
    )
    extraction = Extraction(Document("note", TEXT), (said, unsaid), (fact(EXPO),), refused)
    dispositions = (("note", (Disposition(said, "extracted", "a.rule"), Disposition(unsaid, "refused", "a.rule"))),)
    knowledge = Knowledge((extraction,), (fact(EXPO),), refused, dispositions)
    for quotes_only, count in ((False, 2), (True, 1)):
        data = payload(knowledge, base=BASE, labels={}, rules={}, families={}, quotes_only=quotes_only)
        source = data["documents"]["note"]
        assert [(one["words"], one["why"]) for one in source["near"]] == [
            ("Jane Roe — attended → 2nd Tea Expo", "not")
        ] * count
        (start, end, *_), left_out = source["sentences"]
        assert source["text"][start:end] == "She spoke at the 2nd Tea Expo."
        assert (left_out.start == left_out.end) is quotes_only
        assert left_out.kind == "refused"


def test_where_words_are_left_out_stands_a_gap() -> None:
    came, opened = evidence("Jane Roe came."), evidence("It opened, she says, on a Tuesday.")
    data = page_of(fact(EXPO, came, opened), quotes_only=True)
    assert data["documents"]["note"]["text"] == f"Jane Roe came.{GAP}It opened, she says, on a Tuesday."


# ------------------------------------------------------------------------------------ days and moments


def dated(begin: str, end: str) -> Literal:
    return Literal(begin, "date", date.fromisoformat(begin), date.fromisoformat(end))


DAYS: dict[str, tuple[Statement, list[tuple[str, str]]]] = {
    "its document's": (fact(EXPO), [("2024-05-17", "2024-05-17")]),
    "as of another day": (fact(EXPO, evidence("Jane Roe came.", as_of="2021-03-08")), [("2021-03-08", "2021-03-08")]),
    "as of words": (fact(EXPO, evidence("Jane Roe came.", as_of="Thursday")), [("2024-05-17", "2024-05-17")]),
    "a value and its document": (
        fact(dated("2023-01-01", "2023-12-31"), subject=EXPO, prop="heldOn"),
        [("2023-01-01", "2023-12-31"), ("2024-05-17", "2024-05-17")],
    ),
    "two sentences of a day": (
        fact(EXPO, evidence("Jane Roe came."), evidence("Nobody wrote this down.")),
        [("2024-05-17", "2024-05-17")],
    ),
}


@pytest.mark.parametrize(("one", "expected"), DAYS.values(), ids=DAYS)
def test_days_of_a_statement(one: Statement, expected: list[tuple[str, str]]) -> None:
    assert days(one, {"note": Document("note", TEXT, published=date(2024, 5, 17))}) == expected


def test_without_a_date_there_is_no_day() -> None:
    assert days(fact(EXPO), {"note": Document("note", TEXT)}) == []
    assert page_of(fact(EXPO))["moments"] == []


MOMENTS: dict[str, tuple[list[tuple[str, str, str]], tuple[str, str, str]]] = {
    "begin alone": ([("startsOn", "2024-05-01", "2024-05-01")], ("2024-05-01", "2024-05-01", "end")),
    "end alone": ([("endsOn", "2024-05-09", "2024-05-09")], ("2024-05-09", "2024-05-09", "begin")),
    "begin and end": (
        [("startsOn", "2024-05-01", "2024-05-01"), ("endsOn", "2024-05-09", "2024-05-09")],
        ("2024-05-01", "2024-05-09", ""),
    ),
    "held on": ([("heldOn", "2024-05-04", "2024-05-04")], ("2024-05-04", "2024-05-04", "")),
    "held in a month": ([("heldOn", "2024-05-01", "2024-05-31")], ("2024-05-01", "2024-05-31", "")),
    "ends before it begins": (
        [("startsOn", "2024-05-09", "2024-05-09"), ("endsOn", "2024-05-01", "2024-05-01")],
        ("2024-05-09", "2024-05-09", ""),
    ),
}


@pytest.mark.parametrize(("told", "expected"), MOMENTS.values(), ids=MOMENTS)
def test_what_is_known_of_an_events_time(told: list[tuple[str, str, str]], expected: tuple[str, str, str]) -> None:
    said = [fact(dated(begin, end), subject=EXPO, prop=prop) for prop, begin, end in told]
    (one,) = moments({}, said, frozenset({EXPO.iri}))
    assert (one["lane"], one["id"]) == ("event", EXPO.iri)
    assert (one["begin"], one["end"], one["open"]) == expected


def test_an_event_with_words_for_a_date_is_nowhere_in_time() -> None:
    assert moments({}, [fact(Literal("Tuesday"), subject=EXPO, prop="heldOn")], frozenset({EXPO.iri})) == []


def test_a_claim_told_twice_is_one_moment_on_its_first_day() -> None:
    claim = Node(BASE + "claim/1", "It …", "Claim", words="It opened")
    late, early = (
        evidence("Jane Roe came.", as_of="2024-06-01"),
        evidence("Nobody wrote this down.", as_of="2024-05-01"),
    )
    said = [fact(claim, late, prop="said"), fact(claim, early, prop="announced")]
    (one,) = moments({"note": Document("note", TEXT)}, said, frozenset())
    assert (one["lane"], one["begin"], one["end"]) == ("claim", "2024-05-01", "2024-05-01")


def test_a_statement_about_an_event_has_the_days_of_the_event() -> None:
    held = fact(dated("2024-05-01", "2024-05-09"), subject=EXPO, prop="heldOn")
    data = page_of(fact(EXPO), held)
    assert {one["property"]: one["days"] for one in data["statements"]} == {
        "spokeAt": [("2024-05-01", "2024-05-09")],
        "heldOn": [("2024-05-01", "2024-05-09")],
    }


def test_every_moment_of_the_real_page_is_something_in_it(whole: Carried) -> None:
    nodes = {node["id"]: node for node in whole.data["nodes"]}
    lanes = Counter(one["lane"] for one in whole.data["moments"])
    assert lanes["document"] == sum(bool(d["date"]) for d in whole.data["documents"].values())
    for one in whole.data["moments"]:
        assert one["begin"] <= one["end"]
        assert date.fromisoformat(one["begin"]) <= date.fromisoformat(one["end"])
        if one["lane"] == "document":
            assert whole.data["documents"][one["id"]]["date"] == one["begin"]
        else:
            assert (nodes[one["id"]]["family"] == "Claim") == (one["lane"] == "claim") or nodes[one["id"]]["words"]
    assert min(lanes.values()) > 0
    assert len(lanes) == 3


# --------------------------------------------------------------------------------------------- places


def drawn(page: Carried) -> Any:
    inside = re.search(r'<script type="application/json" id="drawing">(.*?)</script>', page.html)
    assert inside
    return json.loads(inside[1])


def test_every_entity_and_claim_has_a_place_and_every_arrow_its_two_ends(page: Carried) -> None:
    drawing = drawn(page)
    # A claim has its place as seen from who made it.
    places = {node["id"]: (node.get("of"), node["x"], node["y"]) for node in drawing["nodes"]}
    assert places.keys() == {node["id"] for node in page.data["nodes"]}
    assert len(set(places.values())) == len(places)
    edges = {edge["id"]: edge for edge in drawing["edges"]}
    assert edges.keys() == {
        one["id"]
        for one in page.data["statements"]
        if one["drawn"] == "arrow" or (one["drawn"] == "folded" and one["object"]["kind"] != "value")
    }
    for one in page.data["statements"]:
        if one["id"] in edges:
            edge = edges[one["id"]]
            assert (edge["from"], edge["to"], edge["label"]) == (one["about"], one["object"]["id"], one["relation"])
            assert ("dashes" in edge) == (one["status"] == "planned")
    assert set(drawing["opening"]) == {node["id"] for node in page.data["nodes"] if not node["words"]}


# ------------------------------------------------------------------------------------------ what goes wrong


def test_a_file_name_that_is_no_utf8_is_told_and_nothing_written(project: Path) -> None:
    name = b"no-\xff-utf8"
    (project / "seeds" / (name + b".txt").decode("utf-8", "surrogateescape")).write_text("Jane Roe came.", "utf-8")
    done = run("build", cwd=project)
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1].endswith("has a name that is not UTF-8; give it another")
    assert "Traceback" not in done.stderr
    assert not (project / "exports").exists()


def test_the_labels_of_a_page_are_those_of_the_vocabulary(whole: Carried, ontology: Ontology) -> None:
    terms = ontology.vocabulary
    for one in whole.data["statements"]:
        assert one["relation"] == terms.labels[one["property"]]
    assert builds.families(terms).keys() == terms.classes.keys()
