"""What statements speak of, each thing once."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Knowledge, Node
from kg.resources import told_of


def things_of(knowledge: Knowledge, base: str) -> dict[str, Node]:
    """Every entity and claim by IRI, as the graph labels it, with all names that any statement knows for it."""
    told = told_of(knowledge.statements, (one.document for one in knowledge.extractions), base)
    ends = {node.iri for one in knowledge.statements for node in (one.subject, one.object) if isinstance(node, Node)}
    return {
        name: replace(
            variants[0],
            names=tuple(sorted({known for one in variants for known in (one.label, *one.names)})),
            candidate=all(one.candidate for one in variants),
            words=min((one.words for one in variants if one.words), default=""),
        )
        for name, variants in told.items()
        if name in ends
    }
