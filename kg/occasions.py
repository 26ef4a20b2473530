"""Occasions: the events that a text tells of, as far as it was read; where somebody speaks is one of them."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import Evidence, Node, Statement
from kg.referents import Referent

_OCCASION = frozenset({"organisedBy", "heldIn", "heldOn", "startsOn"})
_THERE = frozenset({"attended", "presidedOver", "spokeAt"})
#: So far behind the sentence that tells of it, in characters, an event is still where somebody speaks.
NEAR = 600
_NEVER = float("inf")


class _Told(NamedTuple):
    """A fact with one piece of its evidence; `place` is that of the piece among all of the document."""

    statement: Statement
    evidence: Evidence
    place: tuple[int, int]

    @property
    def end(self) -> int:
        return self.evidence.span.end


@dataclass
class Occasions:
    """The events of one document, looked up by where they are told, so that no question costs more in a long text."""

    _told: list[_Told] = field(default_factory=list)
    _held: dict[str, list[_Told]] = field(default_factory=lambda: defaultdict(list))
    _wholes: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    #: The two things that were held and are told of first, each with where.
    _first: list[tuple[float, str]] = field(default_factory=list)

    def note(self, statement: Statement, evidence: Evidence, place: tuple[int, int]) -> None:
        """Notes what a text states, in the order of its rules."""
        told, subject = _Told(statement, evidence, place), statement.subject.iri
        if statement.relation in _OCCASION | _THERE:
            insort(self._told, told, key=lambda t: t.end)
        if statement.relation in _OCCASION:
            insort(self._held[subject], told, key=lambda t: t.end)
            ends = {iri: end for end, iri in self._first}
            ends[subject] = min(told.end, ends.get(subject, _NEVER))
            self._first = sorted((end, iri) for iri, end in ends.items())[:2]
        if statement.relation == "partOf" and isinstance(statement.object, Node):
            wholes = self._wholes[subject]
            wholes[statement.object.iri] = min(told.end, wholes.get(statement.object.iri, told.end))

    def before(self, offset: int, *, near: bool = False) -> Referent | None:
        """The one event that was organised or held according to the words before an offset, if it is one.

        With `near` it is first the one of the last sentence that tells of any: what was held, or where somebody was.
        """
        if near and (last := self._last(offset)):
            return last
        (first, iri), (second, _) = (*self._first, (_NEVER, ""), (_NEVER, ""))[:2]
        if not first <= offset < second:
            return None
        told = _until(self._held[iri], offset)
        latest = max(told, key=lambda t: t.place)
        return _event(latest)

    def _last(self, offset: int) -> Referent | None:
        """The one event of the last sentence near that tells of any; of an event and what it is part of, the part."""
        near = _until(self._told, offset, offset - NEAR)
        last = max((t.evidence.span.start for t in near), default=0)
        here = sorted((t for t in near if t.evidence.span.start == last), key=lambda t: t.place)
        events = {one.node.iri: one for t in here if (one := _event(t))}
        wholes = {iri for event in events for iri, end in self._wholes.get(event, {}).items() if end <= offset}
        left = [one for iri, one in events.items() if iri not in wholes]
        return left[0] if len(left) == 1 else None


def _until(told: Sequence[_Told], offset: int, after: int = -1) -> Sequence[_Told]:
    """What is told up to an offset, and behind another."""
    return told[bisect_right(told, after, key=lambda t: t.end) : bisect_right(told, offset, key=lambda t: t.end)]


def _event(told: _Told) -> Referent | None:
    """The event of a statement, with the words that tell it."""
    statement = told.statement
    place, node = ("object", statement.object) if statement.relation in _THERE else ("subject", statement.subject)
    if not isinstance(node, Node):
        return None
    return Referent(node, tuple(span for name, span in told.evidence.spans if name == place), "occasion")
