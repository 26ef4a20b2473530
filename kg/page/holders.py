"""Which cards show what has no card of its own: indicators are known inside their documents only."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Knowledge, Node
from kg.vocabulary import iri


def holders_of(knowledge: Knowledge, things: Mapping[str, Node], base: str) -> dict[str, str]:
    """The IRI of the document that shows the figures of each indicator of which nothing else is told."""
    others: set[str] = set()
    told: dict[str, str] = {}
    for one in knowledge.statements:
        if isinstance(one.object, Node):
            others |= {one.subject.iri, one.object.iri}
        elif one.subject.type == "Indicator":
            told[one.subject.iri] = iri(base, "document", one.evidence[0].document)
    return {name: holder for name, holder in told.items() if holder in things and name not in others}
