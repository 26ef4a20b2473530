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
    called and are, the documents, the rules, the vocabulary, the data set. All graphs together are the graph.
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
        self.subjects: dict[str, set[str]] = defaultdict(set)
        self.triples: dict[_Key, set[str]] = defaultdict(set)
        iri, value, values = graph.iri, graph.value, graph.values
        for statement in graph.statements:
            for evidence in values(statement, "kg:evidence"):
                document = set(values(evidence, "oa:hasSource"))
                self.triples[statement, iri("kg:evidence"), evidence] |= document
                for part in (statement, evidence, *values(evidence, "oa:hasSelector")):
                    self.subjects[part] |= document
            mine = self.subjects[statement]
            subject, predicate, thing = (value(statement, f"rdf:{n}") for n in ("subject", "predicate", "object"))
            if value(statement, "kg:status") == iri("kg:asserted"):
                self.triples[subject, predicate, thing] |= mine
            for claim in (subject, thing):
                if value(claim, "kg:words"):
                    self.subjects[claim] |= mine
        for membership in graph.of("org:Membership"):
            mine = set().union(*(self.subjects[s] for s in values(membership, "prov:wasDerivedFrom")))
            self.subjects[membership] |= mine
            for post in values(membership, "org:role"):
                self.subjects[post] |= mine
                for person in values(membership, "org:member"):
                    self.triples[post, iri("org:heldBy"), person] |= mine

    def of(self, subject: str, predicate: str, thing: str) -> set[str]:
        """The documents that a triple rests on, none for what rests on none."""
        return self.triples.get((subject, predicate, thing)) or self.subjects.get(subject) or set()
