"""Subjects: a graph by what it says of each thing, for whoever walks it rather than asks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from kg import turtle
from kg.errors import GraphError
from kg.turtle import Term

_ROOT = "Thing"


@dataclass(frozen=True)
class Subjects:
    """Everything that a graph says, by subject and predicate, both in a steady order; made by `subjects`.

    Predicates are named by their prefix (`kg:quote`), terms of the vocabulary also by their local names.
    """

    told: Mapping[str, Mapping[str, tuple[Term, ...]]]
    prefixes: Mapping[str, str]

    def terms(self, subject: str, predicate: str) -> tuple[Term, ...]:
        """The objects of a predicate of a subject; none where it has none."""
        return self.told.get(subject, {}).get(self.iri(predicate), ())

    def values(self, subject: str, predicate: str) -> list[str]:
        """The same as strings, IRIs whole."""
        return [term.value for term in self.terms(subject, predicate)]

    def value(self, subject: str, predicate: str) -> str:
        """The first of them, or nothing."""
        return next(iter(self.values(subject, predicate)), "")

    def of(self, cls: str) -> Iterator[str]:
        """The IRIs of all that is of this very class."""
        iri = self.iri(cls)
        return (subject for subject in self.told if iri in self.values(subject, "rdf:type"))

    def iri(self, name: str) -> str:
        """A name with a prefix as an IRI."""
        prefix, _, local = name.partition(":")
        return self.prefixes[prefix] + local

    def short(self, iri: str) -> str:
        """An IRI by its prefix; a term of the vocabulary by its local name."""
        return turtle.compact(iri, self.prefixes).removeprefix("kg:")

    def label(self, iri: str) -> str:
        """What people call it; an IRI without label by its short form."""
        return self.value(iri, "rdfs:label") or self.short(iri)

    def above(self, term: str) -> frozenset[str]:
        """A class or property with all that the graph has above it."""
        found, todo = {term}, [term]
        while todo:
            here = todo.pop()
            parents = {v for p in ("rdfs:subClassOf", "rdfs:subPropertyOf") for v in self.values(here, p)}
            todo += parents - found
            found |= parents
        return frozenset(found)

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """The IRIs of all statements."""
        return tuple(self.of("rdf:Statement"))

    @cached_property
    def things(self) -> tuple[str, ...]:
        """The IRIs of all that statements can be about: entities, documents and claims."""
        classes = {c for c in self.told if self.iri(f"kg:{_ROOT}") in self.above(c)}
        return tuple(s for s in self.told if classes.intersection(self.values(s, "rdf:type")))


def subjects(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> Subjects:
    """A graph by its subjects.

    Raises GraphError for one with a blank node, or without the prefixes of a build.

    >>> a = NamedNode("https://e.org/ontology#a")
    >>> ours = dict.fromkeys(("oa", "rdf", "rdfs", "skos"), "https://e.org/") | {"kg": "https://e.org/ontology#"}
    >>> subjects([Triple(a, a, Literal(2)), Triple(a, a, Literal(1))], ours).values(a.value, "kg:a")
    ['1', '2']
    """
    if missing := {"kg", "oa", "rdf", "rdfs", "skos"} - prefixes.keys():
        raise GraphError(f"no graph that kg built: it declares no prefix {', '.join(sorted(missing))}")
    told: dict[str, dict[str, list[Term]]] = {}
    for subject, predicate, thing in turtle.ordered(triples):
        if not isinstance(subject, NamedNode) or not isinstance(thing, NamedNode | Literal):
            raise GraphError("no graph that kg built: it has a blank node")
        told.setdefault(subject.value, {}).setdefault(predicate.value, []).append(thing)
    return Subjects({s: {p: tuple(v) for p, v in by.items()} for s, by in told.items()}, prefixes)
