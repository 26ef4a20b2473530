"""The network: the graph as nodes and edges with attributes, for tools that know no RDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.subjects import Subjects

if TYPE_CHECKING:
    import networkx as nx

Value = str | int | bool
#: Attributes by their names; what is not known has none.
Attributes = dict[str, Value]

#: Between several values of one attribute.
AND = " | "
_DAYS = ("kg:begin", "kg:end")


@dataclass(frozen=True)
class Network:
    """Nodes by their IRIs; edges as (source, target, statement, attributes), all by IRI, parallel ones too.

    A node is whatever statements speak of: an entity, a document, a claim. An edge is a statement between two of
    them, in any status. A statement with a value (`edition 2`) is an attribute of its node, named by its property
    (`kg:edition`); a value that is not plainly asserted says so.
    """

    nodes: dict[str, Attributes]
    edges: list[tuple[str, str, str, Attributes]]

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The same as a directed multigraph of networkx: an edge's key is its statement."""
        import networkx as nx

        made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        made.add_nodes_from(self.nodes.items())
        for source, target, statement, told in self.edges:
            made.add_edge(source, target, statement, **told)
        return made


def network(graph: Subjects) -> Network:
    """The network of a graph, in a steady order."""
    return _Walk(graph).network()


@dataclass(frozen=True)
class _Walk:
    graph: Subjects

    def network(self) -> Network:
        edges = [made for s in self.graph.statements if (made := self.edge(s))]
        ends = {iri for source, target, *_ in edges for iri in (source, target)}
        spoken_of = ends | self.values.keys() | set(self.graph.things)
        return Network({iri: self.node(iri) for iri in sorted(spoken_of)}, edges)

    @cached_property
    def values(self) -> dict[str, list[tuple[str, str, str]]]:
        """By subject, each value that a statement gives it: the property, the value, and the statement."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for statement in self.graph.statements:
            (thing,) = self.graph.terms(statement, "rdf:object")
            if not isinstance(thing, NamedNode):
                name = "kg:" + self.graph.short(self.graph.value(statement, "rdf:predicate"))
                subject = self.graph.value(statement, "rdf:subject")
                found.setdefault(subject, []).append((name, thing.value, statement))
        return found

    def node(self, iri: str) -> Attributes:
        graph = self.graph
        label = graph.label(iri)
        names = {*graph.values(iri, "skos:prefLabel"), *graph.values(iri, "skos:altLabel")} - {label}
        told = self.values.get(iri, [])
        days = {day for _, _, statement in told for name in _DAYS for day in graph.values(statement, name)}
        days.update(graph.values(iri, "dcterms:issued"), graph.values(iri, "kg:asOf"))
        several: dict[str, list[str]] = {}
        for name, value, statement in told:
            status = self.status(statement)
            several.setdefault(name, []).append(value if status == "asserted" else f"{value} ({status})")
        return {
            "label": label,
            "class": AND.join(map(graph.short, graph.values(iri, "rdf:type"))),
            **_known("names", AND.join(sorted(names))),
            **_known("words", graph.value(iri, "kg:words")),
            "candidate": graph.value(iri, "kg:candidate") == "true",
            **_between(days),
            **{name: AND.join(sorted(values)) for name, values in sorted(several.items())},
        }

    def edge(self, statement: str) -> tuple[str, str, str, Attributes] | None:
        graph = self.graph
        (thing,) = graph.terms(statement, "rdf:object")
        if not isinstance(thing, NamedNode):
            return None
        property = graph.value(statement, "rdf:predicate")
        evidence = graph.values(statement, "kg:evidence")
        documents = sorted({d for e in evidence for d in graph.values(e, "oa:hasSource")})
        days = {day for e in evidence for day in graph.values(e, "kg:asOf")}
        days = days or {day for d in documents for day in graph.values(d, "dcterms:issued")}
        post = graph.value(statement, "kg:post")
        attributes: Attributes = {
            "label": graph.label(property),
            "property": f"kg:{graph.short(property)}",
            "status": self.status(statement),
            **_known("post", graph.label(post) if post else ""),
            **_between(days),
            "evidence": len(evidence),
            **_counted("independent", graph.value(statement, "kg:independentDocuments")),
            "documents": AND.join(d.rpartition("/document/")[2] for d in documents),
            "rules": AND.join(sorted({graph.label(r) for e in evidence for r in graph.values(e, "kg:byRule")})),
            "quotes": AND.join(dict.fromkeys(" ".join(graph.value(e, "kg:quote").split()) for e in evidence)),
        }
        return graph.value(statement, "rdf:subject"), thing.value, statement, attributes

    def status(self, statement: str) -> str:
        return self.graph.short(self.graph.value(statement, "kg:status"))


def _known(name: str, value: str) -> dict[str, str]:
    return {name: value} if value else {}


def _counted(name: str, value: str) -> dict[str, int]:
    return {name: int(value)} if value.isdecimal() else {}


def _between(days: set[str]) -> dict[str, str]:
    """The first and the last day, as ISO dates or parts of one."""
    return {"begin": min(days), "end": max(days)} if days else {}
