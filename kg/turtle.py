"""Turtle, read and written by Oxigraph: sorted triples come out grouped, and as the same bytes every time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize
from pyoxigraph import parse as _parse

from kg.errors import Fault, GraphError, OntologyError
from kg.memory import no_collection

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
VOID = "http://rdfs.org/ns/void#"

TYPE = NamedNode(f"{RDF}type")
LABEL = NamedNode(f"{RDFS}label")
COMMENT = NamedNode(f"{RDFS}comment")

Term = NamedNode | Literal

#: What stands first below a subject.
_FIRST = (f"{RDF}type", f"{RDFS}label", f"{RDF}subject", f"{RDF}predicate", f"{RDF}object")
_DATES = {4: "gYear", 7: "gYearMonth", 10: "date"}
#: Where a prefix or a subject of Turtle ends: in a literal, line feeds are written as `\n`.
_END = b" .\n"
#: The prefixes, which begin a file; where the lines of a subject begin, or those of a graph.
_HEADER = re.compile(rb"(?:@prefix [^\n]*\n)*")
_SUBJECT = re.compile(rb"(?m)^(?=[^\s}])")
_PLACE = re.compile(r"Parser error at line \d+ (?:between columns \d+ and \d+|column \d+): ")


def read(path: Path, base: str) -> tuple[Triple, ...]:
    """The triples of a Turtle file, in its order, relative IRIs resolved against `base`.

    Raises OntologyError with the line if the file is missing, malformed or has a blank node.
    """
    try:
        quads = list(_parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=base))
    except OSError as error:
        raise OntologyError([Fault(path, 0, f"cannot be read: {error.strerror}")]) from error
    except SyntaxError as error:
        raise OntologyError([Fault(path, error.lineno or 0, _PLACE.sub("", error.msg))]) from error
    except ValueError as error:
        raise OntologyError([Fault(path, 0, f"is no Turtle: {error}")]) from error
    triples = tuple(q.triple for q in quads)
    if any(not isinstance(t, NamedNode | Literal) for triple in triples for t in triple):
        raise OntologyError([Fault(path, 0, "has a blank node; here every node needs an IRI")])
    return triples


def write(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Turtle of the triples, sorted and without doubles: the same bytes for the same set.

    >>> a, b = NamedNode("https://e.org/a"), NamedNode("https://e.org/b")
    >>> write([Triple(a, b, Literal("x")), Triple(a, TYPE, b), Triple(a, b, Literal("x"))], {"": "https://e.org/"})
    b'@prefix : <https://e.org/> .\\n\\n:a a :b ;\\n\\t:b "x" .\\n'
    """
    found = _by_subject(triples)
    written = serialize(chain.from_iterable(found.values()), format=RdfFormat.TURTLE, prefixes=dict(prefixes))
    # What is written is sorted, not what is to be written: a million triples are read sooner as they lie in memory.
    *lines, _ = (written or b"").split(_END)
    header = len(lines) - len(found)
    blocks = dict(zip(found, lines[header:], strict=True))
    # Oxigraph's order of prefixes is none.
    prologue = _END.join((*sorted(lines[:header]), b""))
    body = (_END + b"\n").join([blocks[subject] for subject in sorted(blocks)])
    return b"".join((prologue, b"\n", body, _END)) if blocks else prologue


def write_graphs(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> bytes:
    """TriG of the quads, the default graph first: the same bytes for the same set."""
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
    every = (
        Quad(triple.subject, triple.predicate, triple.object, graphs[name][0].graph_name)
        for name in sorted(graphs)
        for triple in ordered(quad.triple for quad in graphs[name])
    )
    written = serialize(every, format=RdfFormat.TRIG, prefixes=dict(prefixes)) or b""
    header = _HEADER.match(written)
    lines = sorted(header[0].splitlines(keepends=True)) if header else []
    return b"".join((*lines, _SUBJECT.sub(b"\n", written[sum(map(len, lines)) :])))


def ordered(triples: Iterable[Triple]) -> list[Triple]:
    """The triples, each once: by subject, then class, label, the parts of a statement and all else, then object."""
    found = _by_subject(triples)
    return [triple for subject in sorted(found) for triple in found[subject]]


def _by_subject(triples: Iterable[Triple]) -> dict[str, list[Triple]]:
    found, places = defaultdict[str, list[Triple]](list), _Places()
    with no_collection():
        every = list(triples)
        for subject, triple in zip(map(attrgetter("subject.value"), every), every, strict=True):
            found[subject].append(triple)
        for told in found.values():
            # Reading a term is what takes the time, and below most subjects no predicate has two objects.
            single = {places[triple.predicate]: triple for triple in told}
            told[:] = [single[place] for place in sorted(single)] if len(single) == len(told) else _each(told, places)
    return found


def _each(told: Iterable[Triple], places: _Places) -> list[Triple]:
    return sorted(set(told), key=lambda triple: (places[triple.predicate], str(triple.object)))


class _Places(dict[NamedNode, str]):
    """The place of each predicate below a subject, as a string: those compare sooner than tuples."""

    def __missing__(self, predicate: NamedNode) -> str:
        iri = predicate.value
        self[predicate] = f"{_FIRST.index(iri) if iri in _FIRST else len(_FIRST)} {iri}"
        return self[predicate]


def facts(subject: NamedNode, *told: tuple[NamedNode, Term]) -> Iterator[Triple]:
    """The triples of one subject."""
    return (Triple(subject, predicate, value) for predicate, value in told)


def date(value: str) -> Literal:
    """A day, month or year as a date of its kind; anything else as the words it is.

    >>> [date(v).datatype.value.removeprefix(XSD) for v in ("2021-03-08", "2021-03", "2021", "Thursday")]
    ['date', 'gYearMonth', 'gYear', 'string']
    """
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        return Literal(value, datatype=NamedNode(XSD + _DATES[len(value)]))
    return Literal(value)


def compact(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI by the longest prefix that fits, for people: `/` stays; as it stands where none fits.

    >>> compact("https://e.org/id/news/jane-roe", {"id": "https://e.org/id/", "e": "https://e.org/"})
    'id:news/jane-roe'
    """
    length, name = max(((len(p), n) for n, p in prefixes.items() if iri.startswith(p)), default=(0, ""))
    return f"{name}:{iri[length:]}" if length else iri


def load(graph: bytes) -> tuple[Store, dict[str, str]]:
    """A store to be asked, and the prefixes that the Turtle file declares before its first triple.

    Raises GraphError where the bytes are no Turtle.
    """
    store = Store()
    header = re.match(rb"(?:\s*@prefix[^\n]*\n)*", graph)
    try:
        store.bulk_load(graph, format=RdfFormat.TURTLE)
        prefixes = _parse(header[0] if header else b"", format=RdfFormat.TURTLE)
        list(prefixes)
    except (SyntaxError, ValueError) as error:
        raise GraphError(f"the graph is no Turtle: {error}") from error
    return store, prefixes.prefixes
