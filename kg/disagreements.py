"""Disagreements: statements that cannot hold beside one another, with what curators said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import networkx as nx

from kg.corroboration import Corroboration
from kg.exclusivities import Exclusivity
from kg.identity import disagreement_id
from kg.model import Document, Knowledge, Literal, Node, Statement, Status
from kg.verdicts import OPEN, Verdict
from kg.vocabulary import Vocabulary
from kg.words import fold

#: Whether two nodes may be one thing under two names.
Alike = Callable[[Node, Node], bool]

#: A fact is compared with those that are meant as it is: who is to be minister contradicts nobody who is. Those who
#: were contradict nobody at all.
_COMPARED = frozenset({Status.ASSERTED, Status.ACTING, Status.DESIGNATE, Status.PLANNED})
_TIME = "asOf"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Statements of one property, the `predicate`, that exclude one another.

    `about` is the thing of which there is one each; `disputes` are the ids of those that the best told one
    excludes, and that one stands first among `statements`. `suggestion` is a verdict worth a thought, or empty.
    """

    id: str
    predicate: str
    about: Node
    statements: tuple[Statement, ...]
    disputes: tuple[str, ...]
    suggestion: str = ""
    verdict: str = OPEN
    why: str = ""

    @property
    def open(self) -> bool:
        """Whether it awaits a decision."""
        return self.verdict == OPEN


def find(
    knowledge: Knowledge,
    exclusivities: Iterable[Exclusivity],
    *,
    vocabulary: Vocabulary,
    corroboration: Corroboration,
    alike: Alike,
    verdicts: Mapping[str, Verdict],
) -> tuple[Disagreement, ...]:
    """All disagreements, in the order of their ids: one for each set of statements that hang together."""
    return tuple(sorted(_Finder(knowledge, vocabulary, corroboration, alike, verdicts).all(exclusivities), key=_id))


def _id(one: Disagreement) -> str:
    return one.id


def snapshots(statement: Statement, documents: Mapping[str, Document]) -> tuple[date, date] | None:
    """The first and the last day as of which documents state it; none where no document has a day."""
    days: set[date] = set()
    for piece in statement.evidence:
        published = documents[piece.document].published
        days |= {day for name, value in piece.qualifiers if name == _TIME and (day := _day(value))} or (
            {published} if published else set()
        )
    return (min(days), max(days)) if days else None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


class _Finder:
    def __init__(
        self,
        knowledge: Knowledge,
        vocabulary: Vocabulary,
        corroboration: Corroboration,
        alike: Alike,
        verdicts: Mapping[str, Verdict],
    ) -> None:
        self.documents = {e.document.name: e.document for e in knowledge.extractions}
        self.vocabulary, self.corroboration = vocabulary, corroboration
        self.alike, self.verdicts = alike, verdicts
        self.by_property: dict[str, list[Statement]] = defaultdict(list)
        self.leads: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for statement in knowledge.statements:
            self.by_property[statement.property].append(statement)
            if isinstance(statement.object, Node):
                self.leads[statement.property, statement.subject.iri].append(statement.object)

    def all(self, exclusivities: Iterable[Exclusivity]) -> Iterator[Disagreement]:
        for one in exclusivities:
            for about, rivals in self.rivals(one):
                clashes: nx.Graph[Statement] = nx.Graph()
                clashes.add_edges_from(pair for pair in combinations(rivals, 2) if self.clash(*pair, one))
                for group in nx.connected_components(clashes):
                    yield self.entry(one, about, clashes, group)

    def rivals(self, one: Exclusivity) -> Iterator[tuple[Node, list[Statement]]]:
        """The statements that compete for one place, with the thing that has only one."""
        found: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
        things: dict[str, Node] = {}
        told = [{s.subject.iri for s in self.by_property[name]} for name in one.needs]
        for statement in self.by_property[one.property]:
            about = statement.object if one.one_subject else statement.subject
            if statement.status not in _COMPARED or not isinstance(about, Node):
                continue
            if not any(self.vocabulary.is_a(about.type, cls) for cls in one.classes):
                continue
            if any(about.iri not in some for some in told):
                continue
            things[about.iri] = about
            apart = tuple(self.separating(statement, name) for name in sorted(one.separators - {_TIME}))
            found[about.iri, statement.status, *apart].append(statement)
        for key, rivals in found.items():
            yield things[str(key[0])], rivals

    def separating(self, statement: Statement, qualifier: str) -> str:
        value = dict(statement.qualifiers).get(qualifier, "")
        if qualifier == "post" and isinstance(statement.object, Node):
            return self.vocabulary.post_title(statement.relation, value, statement.object.label)
        return fold(value)

    # -- whether two exclude one another

    def clash(self, left: Statement, right: Statement, one: Exclusivity) -> bool:
        this, that = (s.subject if one.one_subject else s.object for s in (left, right))
        return (
            not self.compatible(this, that, one)
            and not _one_sentence(left, right)
            and (not self.timed(left, one) or self.overlap(left, right))
        )

    @staticmethod
    def timed(statement: Statement, one: Exclusivity) -> bool:
        # Plans change: what was planned first does not contradict what is planned now.
        return _TIME in one.separators or statement.status is Status.PLANNED

    def overlap(self, left: Statement, right: Statement) -> bool:
        """Whether both hold on one day; where documents have no day, nobody can tell that they do not."""
        one, other = (snapshots(s, self.documents) for s in (left, right))
        return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])

    def compatible(self, left: Node | Literal, right: Node | Literal, one: Exclusivity) -> bool:
        if isinstance(left, Literal) or isinstance(right, Literal):
            return not (isinstance(left, Literal) and isinstance(right, Literal)) or _same_value(left, right)
        if left.iri == right.iri or self.alike(left, right):
            return True
        return bool(one.along) and not (self.elsewhere(left, right, one) or self.elsewhere(right, left, one))

    def elsewhere(self, left: Node, right: Node, one: Exclusivity) -> bool:
        """Whether something that holds the left one is of the right one's kind, and neither holds the other.

        A hall and a city may be one place said more and less precisely, until a text puts the hall into another city.
        """
        above, beside = self.above(left, one.along), self.above(right, one.along)
        if right.iri in above or left.iri in beside:
            return False
        return any(thing.type == right.type and thing.iri not in beside for thing in above.values())

    def above(self, start: Node, along: Collection[str]) -> dict[str, Node]:
        """What leads to what, from the start on, itself among it."""
        found, todo = {start.iri: start}, [start.iri]
        while todo:
            here = todo.pop()
            for thing in (thing for name in along for thing in self.leads[name, here]):
                if thing.iri not in found:
                    found[thing.iri] = thing
                    todo.append(thing.iri)
        return found

    # -- what is told of those that do

    def entry(
        self, one: Exclusivity, about: Node, clashes: nx.Graph[Statement], group: Collection[Statement]
    ) -> Disagreement:
        first, *others = sorted(group, key=self.standing)
        id_ = disagreement_id(s.id for s in group)
        verdict = self.verdicts.get(id_)
        return Disagreement(
            id_,
            one.property,
            about,
            (first, *others),
            tuple(s.id for s in others if clashes.has_edge(first, s)),
            "succession" if all(self.handed_over(*pair) for pair in clashes.subgraph(group).edges) else "",
            verdict.verdict if verdict else OPEN,
            verdict.why if verdict else "",
        )

    def standing(self, statement: Statement) -> tuple[int, bool, date, str]:
        """What is told by more goes first, then what a curator knows, then what was told earlier."""
        days = snapshots(statement, self.documents)
        unknown = any(n.candidate for n in (statement.subject, statement.object) if isinstance(n, Node))
        return -self.corroboration.independent(statement), unknown, days[0] if days else date.max, statement.id

    def handed_over(self, left: Statement, right: Statement) -> bool:
        """Whether the last day of the one is the first of the other, and one of them has more days than that."""
        one, other = (snapshots(s, self.documents) for s in (left, right))
        return one is not None and other is not None and one != other and (one[1] == other[0] or other[1] == one[0])


def _one_sentence(left: Statement, right: Statement) -> bool:
    """Whether one document states both in one breath: `in Springfield and Shelby` is no contradiction."""
    return any(
        one.document == other.document and one.span.start < other.span.end and other.span.start < one.span.end
        for one in left.evidence
        for other in right.evidence
    )


def _same_value(left: Literal, right: Literal) -> bool:
    """Whether two values may be one: dates of which one contains the other, equal numbers; words are never compared."""
    if left.begin and left.end and right.begin and right.end:
        within = left.begin <= right.begin and right.end <= left.end
        return within or (right.begin <= left.begin and left.end <= right.end)
    return left.datatype != right.datatype or left.datatype == "string" or left.value == right.value
