from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.identity import claim_id, evidence_id, membership_id, statement_id
from kg.model import Literal, Node, Span, Status

NODE = Node("https://e.org/x", "x", "Thing")


def test_only_post_metric_and_period_tell_statements_apart() -> None:
    def id_(*qualifiers: tuple[str, str]) -> str:
        return statement_id("s", "figure", NODE, Status.ASSERTED, qualifiers)

    assert id_(("metric", "m"), ("period", "p")) == id_(("period", "p"), ("metric", "m"), ("asOf", "2021"))
    assert id_(("post", "Vice  Minister")) == id_(("post", "vice minister"))
    assert len({id_(), id_(("post", "a")), id_(("metric", "a")), id_(("period", "a"))}) == 4


def test_a_node_is_another_object_than_its_iri_as_a_string_and_a_number_than_its_digits() -> None:
    things: list[Node | Literal] = [NODE, Literal(NODE.iri), Literal("2"), Literal("2", "integer")]
    assert len({statement_id("s", "p", thing, Status.ASSERTED) for thing in things}) == 4


def test_every_part_counts() -> None:
    statements = {statement_id(s, p, NODE, status) for s in "ab" for p in "ab" for status in Status}
    assert len(statements) == 4 * len(Status)
    spans = [Span(0, 9), Span(1, 9)]
    evidence = {
        evidence_id(s, d, x, r, [("subject", y)])
        for s in "ab"
        for d in "ab"
        for x in spans
        for r in "ab"
        for y in spans
    }
    assert len(evidence) == 32
    memberships = {membership_id(p, b, t, s) for p in "ab" for b in "ab" for t in "ab" for s in Status}
    assert len(memberships) == 8 * len(Status)


def test_the_order_of_slots_does_not_count() -> None:
    a, b = ("object", Span(5, 9)), ("subject", Span(0, 4))
    assert evidence_id("s", "d", Span(0, 9), "r", [a, b]) == evidence_id("s", "d", Span(0, 9), "r", [b, a])


@given(st.lists(st.text(), min_size=2, max_size=2, unique_by=lambda t: " ".join(t.split()).casefold()))
def test_no_text_runs_into_its_neighbour(texts: list[str]) -> None:
    a, b = texts
    assert claim_id(a, b) != claim_id(b, a)
    assert claim_id(a + b, "") != claim_id(a, b) or not b.strip()
    assert len(claim_id(a, b)) == 16
