"""How each statement is drawn: as an arrow, as a row of a card, or folded into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal as Either

from kg.model import Literal, Node, Statement, Status

#: Posts of this kind have no plain triple in the graph, and no arrow here.
_WITHOUT_ARROW = frozenset({Status.FORMER, Status.ACTING, Status.DESIGNATE})

Way = Either["arrow", "row", "folded"]


def agents_of(statements: Sequence[Statement]) -> dict[str, str]:
    """The IRI of who made each claim, by the claim's."""
    return {
        one.object.iri: one.subject.iri
        for one in reversed(statements)
        if isinstance(one.object, Node) and one.object.words and not one.subject.words
    }


def way(one: Statement, agents: Mapping[str, str]) -> tuple[Way, str]:
    """How a statement is drawn, and the IRI of the entity that holds it when it is no arrow."""
    if one.subject.words:
        other = one.object.iri if isinstance(one.object, Node) and not one.object.words else ""
        return "folded", agents.get(one.subject.iri, other)
    if isinstance(one.object, Literal):
        return "row", one.subject.iri
    if one.object.words:
        return "folded", one.subject.iri
    return ("row" if one.status in _WITHOUT_ARROW else "arrow"), one.subject.iri
