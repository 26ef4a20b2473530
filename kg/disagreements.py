"""Disagreements: statements that cannot hold beside one another, with what curators said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from operator import attrgetter

import networkx as nx

from kg.compatibility import TIME, Alike, Compatibility, days, holds, leads, snapshots
from kg.corroboration import Corroboration
from kg.exclusivities import Exclusivity
from kg.identity import disagreement_id
from kg.model import Knowledge, Node, Statement, Status
from kg.verdicts import OPEN, Verdict
from kg.vocabulary import Vocabulary
from kg.words import fold

#: A fact is compared with those that are meant as it is: who is to be minister contradicts nobody who is. Those who
#: were contradict nobody at all.
_COMPARED = frozenset({Status.ASSERTED, Status.ACTING, Status.DESIGNATE, Status.PLANNED})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Statements of one property, the `predicate`, that exclude one another; those told best come first.

    `about` is the thing of which there is one each; `disputes` are the ids of those that a better told one
    excludes. `suggestion` is a verdict worth a thought, or empty.
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
    within: Mapping[str, Collection[Node]],
    alike: Alike,
    verdicts: Mapping[str, Verdict],
) -> tuple[Disagreement, ...]:
    """All disagreements, in the order of their ids: one for each set of statements that hang together.

    `within` has for the IRI of a place what it is known to lie in, whatever texts say; `alike` tells whether two nodes
    may be one thing.
    """
    documents = {e.document.name: e.document for e in knowledge.extractions}
    compatibility = Compatibility(documents, leads(knowledge.statements), within, alike)
    finder = _Finder(knowledge, vocabulary, corroboration, compatibility, verdicts)
    return tuple(sorted(finder.all(exclusivities), key=attrgetter("id")))


class _Finder:
    def __init__(
        self,
        knowledge: Knowledge,
        vocabulary: Vocabulary,
        corroboration: Corroboration,
        compatibility: Compatibility,
        verdicts: Mapping[str, Verdict],
    ) -> None:
        self.vocabulary, self.verdicts = vocabulary, verdicts
        self.corroboration, self.compatibility = corroboration, compatibility
        self.told: dict[str, list[Statement]] = defaultdict(list)
        for statement in knowledge.statements:
            self.told[statement.property].append(statement)

    def all(self, exclusivities: Iterable[Exclusivity]) -> Iterator[Disagreement]:
        for one in exclusivities:
            for about, rivals in self.rivals(one):
                groups = self.groups(rivals, one)
                # A first and a last day that both are told in two ways are one range told in two ways.
                for some in [groups] if one.first and groups else ([group] for group in groups):
                    yield self.entry(one, about, some)

    def rivals(self, one: Exclusivity) -> Iterator[tuple[Node, list[Statement]]]:
        """The statements that compete for one place, with the thing that has only one."""
        found: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
        things: dict[str, Node] = {}
        needed = [{s.subject.iri for s in self.told[name]} for name in one.needs]
        for statement in (s for name in (one.property, *one.first, *one.last) for s in self.told[name]):
            about = statement.object if one.one_subject else statement.subject
            if statement.status not in _COMPARED or not isinstance(about, Node):
                continue
            if not any(self.vocabulary.is_a(about.type, cls) for cls in one.classes):
                continue
            if any(about.iri not in some for some in needed):
                continue
            things[about.iri] = about
            apart = tuple(self.separating(statement, name) for name in sorted(one.separators - {TIME}))
            found[about.iri, statement.status, *apart].append(statement)
        for key, rivals in found.items():
            yield things[str(key[0])], rivals

    def separating(self, statement: Statement, qualifier: str) -> str:
        value = dict(statement.qualifiers).get(qualifier, "")
        if qualifier == "post" and isinstance(statement.object, Node):
            return self.vocabulary.post_title(statement.relation, value, statement.object.label)
        return fold(value)

    def groups(self, rivals: Sequence[Statement], one: Exclusivity) -> list[nx.Graph[Statement]]:
        """What excludes what, in parts that hang together."""
        clashes: nx.Graph[Statement] = nx.Graph()
        clashes.add_edges_from(
            (left, right)
            for left, right in combinations(rivals, 2)
            if self.compatibility.clash(left, right, one) and not _inside(left, right, rivals, one)
        )
        return [clashes.subgraph(part) for part in nx.connected_components(clashes)]

    def entry(self, one: Exclusivity, about: Node, groups: Sequence[nx.Graph[Statement]]) -> Disagreement:
        disputes: set[str] = set()
        for group in groups:
            best = min(group, key=self.standing)
            disputes |= {s.id for s in group.neighbors(best)}
        statements = tuple(sorted((s for group in groups for s in group), key=self.standing))
        pairs = [pair for group in groups for pair in group.edges]
        id_ = disagreement_id(s.id for s in statements)
        verdict = self.verdicts.get(id_)
        return Disagreement(
            id_,
            one.property,
            about,
            statements,
            tuple(s.id for s in statements if s.id in disputes),
            "succession" if all(self.compatibility.handed_over(*pair) for pair in pairs) else "",
            verdict.verdict if verdict else OPEN,
            verdict.why if verdict else "",
        )

    def standing(self, statement: Statement) -> tuple[int, bool, int, date, str]:
        """First what more documents tell, then what a curator knows, what more sentences tell, and the earlier."""
        told = snapshots(statement, self.compatibility.documents)
        unknown = any(n.candidate for n in (statement.subject, statement.object) if isinstance(n, Node))
        sentences = len({e.span for e in statement.evidence})
        first = told[0] if told else date.max
        return -self.corroboration.independent(statement), unknown, -sentences, first, statement.id


def _inside(left: Statement, right: Statement, rivals: Sequence[Statement], one: Exclusivity) -> bool:
    """Whether two days lie between a first and a last day that are told: what lasts a week is held on each of them."""
    this, that = days(left), days(right)
    if {left.property, right.property} != {one.property} or not this or not that:
        return False
    firsts = [found[0] for s in rivals if s.property in one.first and (found := days(s))]
    lasts = [found[1] for s in rivals if s.property in one.last and (found := days(s))]
    if not firsts or not lasts:
        return False
    return all(holds((min(firsts), max(lasts)), some) for some in (this, that))
