"""Answer: what a query found, as rows to look at and as bytes in the forms of the standard."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from kg import turtle
from kg.errors import QueryError
from kg.store import forms
from kg.store.forms import Kind
from kg.turtle import Term

Cell = Term | BlankNode | Triple | None


@dataclass(frozen=True)
class Answer:
    """What a query found: variables without `?`, the graph's prefixes, and `rows`.

    `written` holds the answer as Oxigraph wrote it: SPARQL Results JSON, or N-Triples.
    """

    kind: Kind
    variables: tuple[str, ...]
    prefixes: dict[str, str]
    written: bytes

    @classmethod
    def of(
        cls, kind: Kind, variables: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], prefixes: dict[str, str]
    ) -> Answer:
        """An answer of rows that were made from those of another one."""
        return cls(kind, variables, prefixes, _json(variables, rows))

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Rows of terms, None where unbound; a truth is one row, triples are rows of three, sorted.

        Made when they are looked at: who only wants the answer written has it six times as soon.
        """
        if self.kind is Kind.TRIPLES:
            found = {quad.triple for quad in parse(self.written, format=RdfFormat.N_TRIPLES)}
            return tuple((t.subject, t.predicate, t.object) for t in turtle.ordered(found))
        again = parse_query_results(self.written, format=QueryResultsFormat.JSON)
        if isinstance(again, QueryBoolean):
            return ((Literal(bool(again)),),)
        return tuple(tuple(row[name] for name in self.variables) for row in again)

    def write(self, form: str) -> bytes:
        """The answer in a form of `forms.NAMES`, the same bytes for the same answer.

        Lines of CSV end with CR and LF, as the standard has it. Raises QueryError where this kind of answer has no
        such form.
        """
        if form not in (allowed := forms.allowed(self.kind)):
            raise QueryError(f"no {form} of {self.kind}; allowed: {', '.join(allowed)}")
        if self.kind is Kind.TRIPLES and form in forms.TRIPLES:
            triples = parse(self.written, format=RdfFormat.N_TRIPLES)
            if form == "turtle":
                return turtle.write((quad.triple for quad in triples), self.prefixes)
            return serialize(triples, format=forms.TRIPLES[form], prefixes=self.prefixes) or b""
        source = _json(self.variables, self.rows) if self.kind is Kind.TRIPLES else self.written
        if form == "json":
            return source
        if self.kind is Kind.TRUTH and form in {"csv", "tsv"}:
            # The standard has no such form of a truth; one column is what its readers expect.
            source = _json(self.variables, self.rows)
        found = parse_query_results(source, format=QueryResultsFormat.JSON)
        return found.serialize(format=forms.ROWS[form]) or b""

    def table(self) -> list[tuple[str, ...]]:
        """The rows for people: IRIs shortened by prefixes, values as they are, nothing where unbound."""
        return [tuple(self.short(term) for term in row) for row in self.rows]

    def short(self, term: Cell) -> str:
        """One term for people."""
        if isinstance(term, Literal):
            return term.value
        return turtle.compact(term.value, self.prefixes) if isinstance(term, NamedNode) else str(term or "")

    def labelled(self, label: Callable[[str], str]) -> Answer:
        """The same rows, with a column `whoLabel` behind `who` where one of its IRIs has a label.

        `label` gives that of an IRI, or nothing. A variable of this name that is there already stays as it is.
        """
        if self.kind is not Kind.ROWS:
            return self
        label = cache(label)
        names: list[str] = []
        columns: list[tuple[Cell, ...]] = []
        for name, column in zip(self.variables, zip(*self.rows, strict=True) if self.rows else (), strict=False):
            names.append(name)
            columns.append(column)
            said = [label(term.value) if isinstance(term, NamedNode) else "" for term in column]
            if any(said) and f"{name}Label" not in self.variables:
                names.append(f"{name}Label")
                columns.append(tuple(Literal(words) if words else None for words in said))
        if not self.rows:
            return self
        rows = tuple(zip(*columns, strict=True))
        return Answer.of(self.kind, tuple(names), rows, self.prefixes)


def _json(variables: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> bytes:
    bindings = [
        {name: _term(term) for name, term in zip(variables, row, strict=True) if term is not None} for row in rows
    ]
    told = {"head": {"vars": list(variables)}, "results": {"bindings": bindings}}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _term(term: Cell) -> dict[str, Any]:
    if isinstance(term, Triple):
        parts = (term.subject, term.predicate, term.object)
        return {
            "type": "triple",
            "value": dict(zip(("subject", "predicate", "object"), map(_term, parts), strict=True)),
        }
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, Literal):
        return {}
    told = {"type": "literal", "value": term.value}
    if term.language:
        return told | {"xml:lang": term.language}
    return told if term.datatype.value == f"{turtle.XSD}string" else told | {"datatype": term.datatype.value}
