"""JSON-LD with a context, so that it reads like JSON: terms by their names, IRIs by their prefixes."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.subjects import Subjects
from kg.turtle import RDF, XSD, Term

_TYPE = f"{RDF}type"
#: Datatypes that JSON has itself; integers beyond this many digits are no integers to all its readers.
_BOOLEAN, _INTEGER, _DIGITS = f"{XSD}boolean", f"{XSD}integer", 15


def jsonld(graph: Subjects) -> bytes:
    """The graph as one JSON-LD document, a subject a line: the same bytes for the same graph.

    No library writes it so: Oxigraph knows no context, rdflib no order. The context tells of each property whether its
    values are IRIs, or which datatype all of them have.
    """
    writer = _Writer(graph)
    context = json.dumps(writer.context, ensure_ascii=False, indent=1)
    nodes = ",\n".join(json.dumps(writer.node(s), ensure_ascii=False) for s in graph.told)
    return f'{{"@context": {context},\n"@graph": [\n{nodes}\n]}}\n'.encode()


class _Writer:
    def __init__(self, graph: Subjects) -> None:
        self.graph = graph
        kinds: dict[str, set[str]] = defaultdict(set)
        for by in graph.told.values():
            for predicate, terms in by.items():
                kinds[predicate].update(map(_kind, terms))
        self.kinds = {p: kind.pop() if len(kind) == 1 else "" for p, kind in kinds.items()}
        coerced = {
            self.name(p): {"@id": self.id(p), "@type": self.id(kind) if kind != "@id" else kind}
            for p, kind in sorted(self.kinds.items())
            if p != _TYPE and kind not in {"", "@language", f"{XSD}string", _BOOLEAN, _INTEGER}
        }
        self.context: dict[str, Any] = {
            "@version": 1.1,
            "@vocab": graph.prefixes["kg"],
            **dict(sorted(graph.prefixes.items())),
            **coerced,
        }

    def node(self, subject: str) -> dict[str, Any]:
        """One subject with all that is said of it."""
        made: dict[str, Any] = {"@id": self.id(subject)}
        for predicate, terms in self.graph.told[subject].items():
            values = [self.value(predicate, term) for term in terms]
            made["@type" if predicate == _TYPE else self.name(predicate)] = values if values[1:] else values[0]
        return made

    def name(self, iri: str) -> str:
        """A term by its local name, unless that is a prefix, too."""
        name = self.graph.short(iri)
        return f"kg:{name}" if name in self.graph.prefixes else name

    def id(self, iri: str) -> str:
        """An IRI by its prefix, terms of the vocabulary too: where an IRI stands, there are no local names."""
        name = self.graph.short(iri)
        return name if ":" in name else f"kg:{name}"

    def value(self, predicate: str, term: Term) -> Any:
        if isinstance(term, NamedNode):
            if predicate == _TYPE:
                return self.name(term.value)
            return self.id(term.value) if self.kinds[predicate] == "@id" else {"@id": self.id(term.value)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        kind = _kind(term)
        if (native := _native(term.value, kind)) is not None:
            return native
        if kind == f"{XSD}string" or (kind == self.kinds[predicate] and kind not in {_BOOLEAN, _INTEGER}):
            return term.value
        return {"@value": term.value, "@type": self.id(kind)}


def _native(value: str, kind: str) -> bool | int | None:
    """A value as JSON has it, if it reads back as it was written."""
    if kind == _BOOLEAN:
        return {"true": True, "false": False}.get(value)
    if kind == _INTEGER and len(value) <= _DIGITS and value.removeprefix("-").isdecimal() and str(int(value)) == value:
        return int(value)
    return None


def _kind(term: Term) -> str:
    if isinstance(term, Literal):
        return "@language" if term.language else term.datatype.value
    return "@id"
