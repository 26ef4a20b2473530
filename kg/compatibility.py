"""Compatibility: whether two statements may both be true, of things of which there is one each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.exclusivities import Exclusivity
from kg.model import Document, Literal, Node, Statement, Status

#: Whether two nodes may be one thing under two names.
Alike = Callable[[Node, Node], bool]

#: The qualifier that tells the day as of which a document states something.
TIME = "asOf"
Days = tuple[date, date]


def snapshots(statement: Statement, documents: Mapping[str, Document]) -> Days | None:
    """The first and the last day as of which documents state it; none where no document has a day."""
    days: set[date] = set()
    for piece in statement.evidence:
        published = documents[piece.document].published
        told = {day for name, value in piece.qualifiers if name == TIME and (day := _day(value))}
        days |= told or ({published} if published else set())
    return (min(days), max(days)) if days else None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Compatibility:
    """What is known that makes two statements compatible.

    `leads` has where properties lead to from a thing's IRI, `within` in what public lists say that a place lies.
    """

    documents: Mapping[str, Document]
    leads: Mapping[tuple[str, str], Collection[Node]]
    within: Mapping[str, Collection[Node]]
    alike: Alike

    def clash(self, left: Statement, right: Statement, one: Exclusivity) -> bool:
        """Whether the two exclude one another."""
        this, that = (s.subject if one.one_subject else s.object for s in (left, right))
        if isinstance(this, Literal) or isinstance(that, Literal):
            may_be = _same_range(left, right, one)
        else:
            may_be = self.same(this, that, one.along)
        return not may_be and not _one_sentence(left, right) and (not _timed(left, one) or self.overlap(left, right))

    def overlap(self, left: Statement, right: Statement) -> bool:
        """Whether both hold on one day; where documents have no day, nobody can tell that they do not."""
        one, other = (snapshots(s, self.documents) for s in (left, right))
        return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])

    def handed_over(self, left: Statement, right: Statement) -> bool:
        """Whether the last day of the one is the first of the other, and one of them has more days than that."""
        one, other = (snapshots(s, self.documents) for s in (left, right))
        return one is not None and other is not None and one != other and (one[1] == other[0] or other[1] == one[0])

    def same(self, left: Node, right: Node, along: Collection[str]) -> bool:
        """Whether two things may be one, or one said more precisely than the other."""
        if left.iri == right.iri or self.alike(left, right):
            return True
        return bool(along) and not (self._elsewhere(left, right, along) or self._elsewhere(right, left, along))

    def _elsewhere(self, left: Node, right: Node, along: Collection[str]) -> bool:
        """Whether something that holds the left one is of the right one's kind, and neither holds the other.

        A hall and a city may be one place said more and less precisely, until a text puts the hall into another city.
        """
        above, beside = self._above(left, along), self._above(right, along)
        if right.iri in above or left.iri in beside:
            return False
        return any(thing.type == right.type and thing.iri not in beside for thing in above.values())

    def _above(self, start: Node, along: Collection[str]) -> dict[str, Node]:
        """The thing and all that it leads to."""
        found, todo = {start.iri: start}, [start.iri]
        while todo:
            here = todo.pop()
            beyond = (*self.within.get(here, ()), *(t for name in along for t in self.leads.get((name, here), ())))
            new = {thing.iri: thing for thing in beyond if thing.iri not in found}
            found |= new
            todo += new
        return found


def leads(statements: Iterable[Statement]) -> dict[tuple[str, str], list[Node]]:
    """Where each property leads to from each IRI."""
    found: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for statement in statements:
        if isinstance(statement.object, Node):
            found[statement.property, statement.subject.iri].append(statement.object)
    return found


def _timed(statement: Statement, one: Exclusivity) -> bool:
    # Plans change: what was planned first does not contradict what is planned now.
    return TIME in one.separators or statement.status is Status.PLANNED


def _one_sentence(left: Statement, right: Statement) -> bool:
    """Whether one document states both in one breath: `in Springfield and Shelby` is no contradiction."""
    return any(
        one.document == other.document and one.span.start < other.span.end and other.span.start < one.span.end
        for one in left.evidence
        for other in right.evidence
    )


def _same_range(left: Statement, right: Statement, one: Exclusivity) -> bool:
    """Whether two values may be one; of days, those of one range, also where one tells its first day, one its last."""
    if not isinstance(left.object, Literal) or not isinstance(right.object, Literal):
        return True
    this, that = days(left), days(right)
    if not this or not that:
        return "string" in (left.object.datatype, right.object.datatype) or left.object == right.object
    if left.property == right.property:
        return holds(this, that) or holds(that, this)
    (begin, end), (other_begin, other_end) = _open(this, left, one), _open(that, right, one)
    return begin <= other_end and other_begin <= end


def holds(days: Days, others: Days) -> bool:
    """Whether all of some days are among others: May 3 among those of May."""
    return days[0] <= others[0] and others[1] <= days[1]


def days(statement: Statement) -> Days | None:
    """The first and the last day that a statement's date can mean; none for what is no date."""
    value = statement.object
    return (value.begin, value.end) if isinstance(value, Literal) and value.begin and value.end else None


def _open(days: Days, statement: Statement, one: Exclusivity) -> Days:
    """The days of the range as far as a statement tells them: of a first day all that follow, of a last all before."""
    if statement.property in one.first:
        return days[0], date.max
    return (date.min, days[1]) if statement.property in one.last else days
