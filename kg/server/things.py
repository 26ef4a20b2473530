"""Linked data: what the graph says of one thing, as people read it, each statement with its sentences and rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby, islice
from urllib.parse import quote, unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg import turtle
from kg.server.cards import Cell, Evidence, Fact, Row, Thing, Word
from kg.server.edition import Edition
from kg.turtle import LABEL, OA, RDF, RDFS, TYPE

#: So many statements, or values of one property, are shown; a ministry may have thousands.
MOST = 200

_Node = NamedNode | BlankNode | Triple
#: What a page has at its top.
_SHOWN = (TYPE, LABEL)
_ABOVE = ("subClassOf", "subPropertyOf")
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(f"{RDF}{name}") for name in ("subject", "predicate", "object"))


@dataclass(frozen=True, slots=True)
class Things:
    """The things of an edition."""

    edition: Edition

    def thing(self, iri: str) -> Thing | None:
        """What is said of an IRI, none where nothing is."""
        me = NamedNode(iri)
        out, inward = list(self._quads(me, None, None)), list(self._quads(None, None, me))
        if not (out or inward):
            return None
        parts = (_SUBJECT, _OBJECT)
        told, heard = ([q.subject for q in inward if q.predicate == part] for part in parts)
        # Triples that statements tell, too, are shown with them.
        stated = {(self._value(s, _PREDICATE), self._value(s, _OBJECT)) for s in told}
        states = {(self._value(s, _PREDICATE), self._value(s, _SUBJECT)) for s in heard}
        return Thing(
            iri,
            self.name(me),
            tuple(self.cell(q.object) for q in out if q.predicate == TYPE),
            self._rows(
                (q for q in out if q.predicate not in _SHOWN and (q.predicate, q.object) not in stated), _object
            ),
            self._facts(told),
            self._facts(heard),
            max(0, len(told) - MOST) + max(0, len(heard) - MOST),
            self._rows(
                (q for q in inward if q.predicate not in parts and (q.predicate, q.subject) not in states), _subject
            ),
            self.room(iri),
        )

    def terms(self) -> tuple[Word, ...]:
        """The terms of the vocabulary that the graph uses, by IRI."""
        start = self._kg("").value
        found = {q.subject.value for q in self._quads(None, TYPE, None) if isinstance(q.subject, NamedNode)}
        return tuple(self._word(NamedNode(iri)) for iri in sorted(found) if iri.startswith(start))

    def cell(self, term: object) -> Cell:
        """A term for people."""
        if not isinstance(term, NamedNode):
            return Cell(term.value if isinstance(term, Literal) else str(term))
        short = turtle.compact(term.value, self.edition.store.prefixes)
        return Cell(self.name(term), short, self.path(term.value))

    def name(self, term: object) -> str:
        """What a thing is called: by its label; evidence by its sentence, a statement by its parts."""
        if not isinstance(term, NamedNode):
            return self.cell(term).words
        if label := self.edition.store.label(term.value):
            return label
        if said := self._value(term, self._kg("quote")):
            return self.cell(said).words
        parts = [self._value(term, part) for part in (_SUBJECT, _PREDICATE, _OBJECT)]
        if all(parts):
            return " ".join(self.cell(part).words for part in parts)
        return turtle.compact(term.value, self.edition.store.prefixes)

    def path(self, iri: str) -> str:
        """Where an IRI of ours is found here, `/id/jane-roe`; another's as it stands, if it is one of the web."""
        if iri.startswith(self.edition.base):
            return "/" + iri.removeprefix(self.edition.base)
        return iri if iri.startswith(("http://", "https://")) else ""

    def room(self, iri: str) -> str:
        """The place of an entity, a statement or a document in the reading room."""
        if "graph.html" not in self.edition.files:
            return ""
        path = iri.removeprefix(self.edition.base)
        kind, _, name = path.partition("/")
        key = {"id": "node", "claim": "node", "statement": "statement", "document": "doc"}.get(kind)
        said = path if key == "node" else unquote(name)
        return f"/#{key}={quote(said, safe='')}" if key and name else ""

    def _word(self, me: NamedNode) -> Word:
        cell = self.cell(me)
        above = [q.object for name in _ABOVE for q in self._quads(me, NamedNode(RDFS + name), None)]
        ours = sorted((self.cell(a) for a in above), key=lambda c: c.words)
        if me in {q.subject for q in self._quads(me, TYPE, NamedNode(f"{RDFS}Class"))}:
            kind, uses, asks = "Classes", self._quads(None, TYPE, me), f"SELECT ?thing {{ ?thing a {cell.short} }}"
        else:
            kind, uses = "Properties", self._quads(None, me, None)
            asks = f"SELECT ?subject ?object {{ ?subject {cell.short} ?object }}"
        ask = f"/query#query={quote(asks, safe='')}"
        return Word(kind, cell.short.partition(":")[2], cell, tuple(ours), sum(1 for _ in uses), ask)

    def _facts(self, statements: Iterable[object]) -> tuple[Fact, ...]:
        made = (self._fact(s) for s in statements if isinstance(s, NamedNode))
        found = sorted(islice(made, MOST), key=lambda f: (f.relation.words, f.object.words, f.subject.words, f.room))
        return tuple(found)

    def _fact(self, me: NamedNode) -> Fact:
        said = (q.object for q in self._quads(me, self._kg("evidence"), None))
        subject, relation, end = (self.cell(self._value(me, part)) for part in (_SUBJECT, _PREDICATE, _OBJECT))
        return Fact(
            subject,
            relation,
            end,
            self.name(self._value(me, self._kg("status"))),
            Cell("statement", turtle.compact(me.value, self.edition.store.prefixes), self.path(me.value)),
            self.room(me.value),
            tuple(sorted((self._evidence(e) for e in said if isinstance(e, NamedNode)), key=lambda e: e.quote)),
        )

    def _evidence(self, me: NamedNode) -> Evidence:
        return Evidence(
            self.name(me),
            self.cell(self._value(me, NamedNode(f"{OA}hasSource"))),
            self.cell(self._value(me, self._kg("byRule"))),
            self._value(me, self._kg("machineTranslated")) == Literal(True),
        )

    def _rows(self, quads: Iterable[Quad], end: Callable[[Quad], object]) -> tuple[Row, ...]:
        rows = []
        ordered = sorted(quads, key=lambda q: q.predicate.value)
        for predicate, some in groupby(ordered, key=lambda q: q.predicate):
            ends = sorted(map(end, some), key=str)
            rows.append(Row(self.cell(predicate), tuple(map(self.cell, ends[:MOST])), max(0, len(ends) - MOST)))
        return tuple(rows)

    def _quads(self, subject: _Node | None, predicate: NamedNode | None, end: _Node | Literal | None) -> Iterable[Quad]:
        return self.edition.store.graph.quads_for_pattern(subject, predicate, end)

    def _value(self, subject: _Node, predicate: NamedNode) -> object:
        return next((q.object for q in self._quads(subject, predicate, None)), None)

    def _kg(self, name: str) -> NamedNode:
        return NamedNode(f"{self.edition.base}ontology#{name}")


def _object(quad: Quad) -> object:
    return quad.object


def _subject(quad: Quad) -> object:
    return quad.subject
