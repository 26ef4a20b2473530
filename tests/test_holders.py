from __future__ import annotations

from kg.model import Evidence, Knowledge, Literal, Node, Span, Statement, Status
from kg.page.holders import holders_of

BASE = "https://kg.example.org/"
EXPORTS = Node(f"{BASE}id/news/exports", "exports", "Indicator")
NEWS = Node(f"{BASE}document/news", "News", "Document")
ROE = Node(f"{BASE}id/roe", "Jane Roe", "Person")


def stated(subject: Node, relation: str, thing: Node | Literal) -> Statement:
    evidence = Evidence("e", "news", Span(0, 1), "x", "r", "x", "x", ())
    return Statement("s", subject, relation, relation, thing, Status.ASSERTED, (), (evidence,))


def holders(*statements: Statement, things: tuple[Node, ...] = (EXPORTS, NEWS, ROE)) -> dict[str, str]:
    return holders_of(Knowledge((), statements, ()), {one.iri: one for one in things}, BASE)


def test_an_indicator_with_nothing_but_figures_stands_on_its_documents_card() -> None:
    figures = stated(EXPORTS, "figure", Literal("5 percent")), stated(ROE, "figure", Literal("52 years"))
    assert holders(*figures) == {EXPORTS.iri: NEWS.iri}
    assert holders(*figures, things=(EXPORTS, ROE)) == {}
    assert holders(*figures, stated(ROE, "responsibleFor", EXPORTS)) == {}
