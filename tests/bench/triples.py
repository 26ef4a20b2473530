"""A graph of any size, as a build would make it, and who writes it as Turtle."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import islice

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg import turtle
from kg.turtle import RDF, XSD

_BASE = "https://kg.example.org/"
_OWN = {"kg": "ontology#", "st": "statement/", "ev": "evidence/", "id": "id/", "doc": "document/"}
PREFIXES = {"rdf": RDF, "xsd": XSD} | {name: _BASE + path for name, path in _OWN.items()}


def triples(count: int) -> list[Triple]:
    """So many triples, of statements and their evidence, in the order in which documents tell them."""
    return list(islice(_told(), count))


def _told() -> Iterator[Triple]:
    def node(path: str) -> NamedNode:
        return NamedNode(_BASE + path)

    integer = NamedNode(f"{XSD}integer")
    subject, predicate, thing = (NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
    quote, start, evidence, source = (node(f"ontology#{n}") for n in ("quote", "start", "evidence", "document"))
    n = 0
    while True:
        n += 1
        name = hashlib.sha256(str(n).encode()).hexdigest()[:16]
        one, piece = node(f"statement/{name}"), node(f"evidence/{name}")
        person, event = node(f"id/person-{n % 5000}"), node(f"id/event-{n * 7 % 3000}")
        yield Triple(one, turtle.TYPE, NamedNode(f"{RDF}Statement"))
        yield Triple(one, subject, person)
        yield Triple(one, predicate, node("ontology#attended"))
        yield Triple(one, thing, event)
        yield Triple(person, node("ontology#attended"), event)
        yield Triple(one, evidence, piece)
        yield Triple(piece, quote, Literal(f"Person {n} attended the “{name}” event\nlast week — at noon."))
        yield Triple(piece, start, Literal(str(n % 4000), datatype=integer))
        yield Triple(piece, source, node(f"document/{n // 20}"))


def digest(written: bytes) -> str:
    """What tells whether two graphs are the same, whatever the order of their triples."""
    read = {quad.triple for quad in parse(written, format=RdfFormat.TURTLE)}
    lines = sorted((serialize(read, format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True))
    return f"{len(read)} {hashlib.sha256(b''.join(lines)).hexdigest()}"


def kg(count: int) -> Callable[[], Callable[[], str]]:
    """Writes them as `kg build` does."""
    made = triples(count)

    def work() -> Callable[[], str]:
        out = turtle.write(made, PREFIXES)
        return lambda: digest(out)

    return work


def rdflib(count: int) -> Callable[[], Callable[[], str]]:
    """Writes them from a graph of rdflib."""
    import rdflib as library

    graph = library.Graph()
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    graph.parse(data=serialize(triples(count), format=RdfFormat.N_TRIPLES) or b"", format="nt")

    def work() -> Callable[[], str]:
        out = graph.serialize(format="turtle", encoding="utf-8")
        return lambda: digest(out)

    return work
