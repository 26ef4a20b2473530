"""Sources: which triple rests on which document's evidence, so that a document's share can be told, or taken out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.subjects import Subjects

#: A triple, all by IRI but for the object.
_Key = tuple[str, str, str]


def quads(graph: Subjects) -> Iterator[Quad]:
    """The triples of a graph, each in the graphs of the documents that it rests on, named by their IRIs.

    There stand the evidence, its statements, and the plain triples, posts, memberships and claims that follow from
    them; what several documents say stands in the graph of each. All else is in the default graph: what things are
    called and are, what comparing documents found, the documents, the rules, the vocabulary, the data set. All graphs
    together are the graph, and without some of them it is what the other documents say.
    """
    sources = _Sources(graph)
    for subject, by in graph.told.items():
        for predicate, terms in by.items():
            for term in terms:
                found = sources.of(subject, predicate, term.value)
                for name in map(NamedNode, sorted(found)) if found else (DefaultGraph(),):
                    yield Quad(NamedNode(subject), NamedNode(predicate), term, name)


class _Sources:
    """The documents of subjects as a whole, and of single triples where their subject has several."""

    def __init__(self, graph: Subjects) -> None:
        self.graph = graph
        self.subjects: dict[str, set[str]] = defaultdict(set)
        self.triples: dict[_Key, set[str]] = defaultdict(set)
        # What comparing documents finds is no document's.
        self.compared = graph.iri("kg:independentDocuments")
        for statement in graph.statements:
            self._statement(statement)
        for membership in graph.of("org:Membership"):
            self._membership(membership)

    def of(self, subject: str, predicate: str, thing: str) -> set[str]:
        """The documents that a triple rests on, none for what rests on none."""
        if predicate == self.compared:
            return set()
        return self.triples.get((subject, predicate, thing)) or self.subjects.get(subject) or set()

    def _statement(self, statement: str) -> None:
        graph, mine = self.graph, self.subjects[statement]
        subject, property, thing = (graph.value(statement, f"rdf:{n}") for n in ("subject", "predicate", "object"))
        claims = [iri for iri in (subject, thing) if graph.value(iri, "kg:words")]
        for evidence in graph.values(statement, "kg:evidence"):
            document = set(graph.values(evidence, "oa:hasSource"))
            mine |= document
            self.triples[statement, graph.iri("kg:evidence"), evidence] |= document
            for part in (evidence, *graph.values(evidence, "oa:hasSelector")):
                self.subjects[part] |= document
            for claim in claims:
                self._days(claim, evidence, document)
        if graph.value(statement, "kg:status") == graph.iri("kg:asserted"):
            self.triples[subject, property, thing] |= mine
        for claim in claims:
            self.subjects[claim] |= mine

    def _membership(self, membership: str) -> None:
        graph, mine = self.graph, self.subjects[membership]
        for statement in graph.values(membership, "prov:wasDerivedFrom"):
            mine |= self.subjects[statement]
            self.triples[membership, graph.iri("prov:wasDerivedFrom"), statement] |= self.subjects[statement]
            for evidence in graph.values(statement, "kg:evidence"):
                self._days(membership, evidence, set(graph.values(evidence, "oa:hasSource")))
        for post in graph.values(membership, "org:role"):
            self.subjects[post] |= mine
            for person in graph.values(membership, "org:member"):
                self.triples[post, graph.iri("org:heldBy"), person] |= mine

    def _days(self, subject: str, evidence: str, document: set[str]) -> None:
        """A day as of which a thing is so rests on the documents that speak as of it."""
        for day in self.graph.values(evidence, "kg:asOf"):
            self.triples[subject, self.graph.iri("kg:asOf"), day] |= document
