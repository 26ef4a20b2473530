from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest

from kg.model import Node, Span
from kg.page import render
from kg.page.geometry import Box, Link
from kg.page.layout import place
from kg.page.shapes import _SHAPES, shape
from kg.page.sources import GAP, Text
from tests.page.visits import data, html, units
from tests.page_knowledge import BASE, FAMILIES, KNOWLEDGE, LABELS, NEWS, NOTE, REPORT, RULES, STATEMENTS


def test_two_renders_have_the_same_bytes() -> None:
    turned = replace(KNOWLEDGE, statements=KNOWLEDGE.statements[::-1], extractions=KNOWLEDGE.extractions[::-1])
    again = render(turned, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)
    assert html().encode() == html().encode() == again.encode()


def test_an_empty_build_has_a_page() -> None:
    empty = replace(KNOWLEDGE, statements=(), extractions=())
    assert "<title>" in render(empty, base=BASE, labels={}, rules={}, families={})


def test_every_statement_is_drawn_once() -> None:
    page = data()
    ways = Counter(one["drawn"] for one in page["statements"])
    assert ways == {"arrow": 9, "row": 7, "folded": 5}
    assert sum(ways.values()) == page["counts"]["statements"] == len(STATEMENTS)
    assert sum(node["claims"] for node in page["nodes"]) == ways["folded"]
    assert sum(node["rows"] for node in page["nodes"]) == ways["row"]


def test_a_former_post_is_a_row_and_no_arrow() -> None:
    former = [one for one in data()["statements"] if one["status"] == "former"]
    assert {(one["drawn"], one["card"]) for one in former} == {("row", "id/ana-pereira")}


def test_an_antecedent_is_shown_by_its_words_and_its_place() -> None:
    one = next(one for one in data()["statements"] if one["relation"] == "said")
    (antecedent,) = one["evidence"][0]["antecedents"]
    assert (antecedent["slot"], antecedent["words"], antecedent["how"]) == ("subject", ["Ana Pereira"], "pronoun")
    # The cup before her name is one character here, and two in a browser.
    assert antecedent["at"] == [(3, 14)]
    assert one["evidence"][0]["speaker"] == "Ana Pereira"


def test_what_the_page_says_of_a_sentence_stands_in_its_text() -> None:
    documents = data()["documents"]
    for document in (NEWS, NOTE, REPORT):
        source = documents[document.name]
        assert source["text"] == document.text
        read = [
            one
            for extraction in KNOWLEDGE.extractions
            for one in extraction.sentences
            if extraction.document is document
        ]
        for shown, sentence in zip(source["sentences"], read, strict=True):
            assert units(source["text"], shown.start, shown.end) == document.text[slice(*sentence.span)]
    kinds = {one.kind for source in documents.values() for one in source["sentences"]}
    assert kinds == {"extracted", "refused", "unresolved", "excluded", "nothing", "todo", "undecided"}


def test_a_near_fact_has_its_guard_and_an_open_one_its_reason() -> None:
    near = data()["documents"]["news"]["near"]
    assert [(one["words"], one["why"], one["rule"]) for one in near] == [
        ("Ana Pereira — member of → Harbour Guild", "is not", "claims.said"),
        ("He will speak at the Tide Fair.", "subject: `He` may be anybody", "claims.said"),
    ]


def test_days_of_documents_events_and_claims_with_the_end_that_nobody_told() -> None:
    assert [(one["lane"], one["id"], one["begin"], one["end"], one["open"]) for one in data()["moments"]] == [
        *(("claim", f"claim/{one.words[:4]}", "2024-05-17", "2024-05-17", "") for one in said(NEWS.name)),
        ("document", "news", "2024-05-17", "2024-05-17", ""),
        ("document", "report", "2024-06-02", "2024-06-02", ""),
        ("event", "id/second-tea-expo", "2024-05-16", "2024-05-19", ""),
        ("event", "id/tide-fair", "2024-06-01", "2024-06-01", "end"),
    ]


def said(document: str) -> list[Node]:
    """The claims of a document, by IRI."""
    made = [one.object for one in STATEMENTS if isinstance(one.object, Node) and one.evidence[0].document == document]
    return sorted((one for one in made if one.words), key=lambda one: one.iri)


@pytest.mark.parametrize(
    ("kept", "words"),
    [(None, "🍵 One. Two."), ([Span(7, 11)], "Two."), ([Span(0, 1), Span(7, 11)], f"🍵{GAP}Two."), ([], "")],
    ids=["all", "one sentence", "two pieces", "nothing"],
)
def test_a_text_of_which_only_quotes_are_carried(kept: list[Span] | None, words: str) -> None:
    text = Text("🍵 One. Two.", kept)
    assert text.words == words
    if text.has(Span(7, 11)):
        assert units(words, text.at(7), text.at(11)) == "Two."


def test_no_two_families_share_a_shape() -> None:
    assert len({one.path for one in _SHAPES.values()} | {shape("no such family").path}) == len(_SHAPES) + 1


def graph(count: int) -> tuple[list[Box], list[Link]]:
    """A ring with chords, two hubs and some loose nodes: nothing random."""
    boxes = [Box(f"n{i:02}", 60 + 37 * (i * 7 % 5), 32 + 16 * (i % 3)) for i in range(count)]
    ends = [(i, (i * i + 1) % (count - 4)) for i in range(count - 4)]
    return boxes, [Link(f"e{i:02}-{j:02}", f"n{i:02}", f"n{j:02}", 70) for i, j in ends]


def test_nodes_do_not_overlap() -> None:
    boxes, links = graph(24)
    spots = place(boxes, links).positions
    for a, b in combinations(boxes, 2):
        (ax, ay), (bx, by) = spots[a.key], spots[b.key]
        assert abs(ax - bx) >= (a.wide + b.wide) / 2 or abs(ay - by) >= (a.high + b.high) / 2, (a, b)


def test_a_layout_does_not_depend_on_the_order_of_its_nodes() -> None:
    boxes, links = graph(16)
    assert place(boxes, links) == place(boxes[::-1], links[::-1])


def test_parallel_and_opposite_arrows_lie_apart() -> None:
    boxes = [Box("a", 90, 32), Box("b", 90, 32)]
    links = [Link("1", "a", "b", 60), Link("2", "a", "b", 60), Link("3", "b", "a", 60)]
    bends = place(boxes, links).bends
    # Seen from one end: an arrow the other way bends to its own left.
    assert len({bends["1"], bends["2"], -bends["3"]}) == 3
