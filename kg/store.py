"""The graph asked in SPARQL: read only, no network, one clear line for what is wrong with a query."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import re2
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
    parse_query_results,
)

from kg import turtle
from kg.errors import GraphError, QueryError
from kg.turtle import Term

#: A blank, a line end or a comment, as often as there are.
_GAP = r"(?:[ \t\r\n]|#[^\r\n]*(?:[\r\n]|$))*"
_NAME = r"""(?:<[^<>"{}|^`\\\s]*>|[?$]\w+|[^\s{}<>"]*:[^\s{}<>"]*)"""
# Looked for in the raw text, not in tokens: a second reading of SPARQL could be led astray by hostile text
# (`1<?x#"""`), and Oxigraph takes `trueSERVICE` for two words. In a string it is refused too, which is rare.
_FORBIDDEN = {
    "SERVICE": re2.compile(rf"(?i)(?:^|[^?$])(service){_GAP}(?:silent{_GAP})?{_NAME}{_GAP}\{{"),
    "FROM": re2.compile(rf"(?i)(?:^|[^?$])(from){_GAP}(?:named{_GAP})?{_NAME}{_GAP}(?:from|where|\{{)"),
}
_UPDATE = re2.compile(
    rf"(?i)^(?:{_GAP}(?:base{_GAP}<[^>]*>|prefix{_GAP}[^\s:]*:{_GAP}<[^>]*>))*{_GAP}"
    r"(insert|delete|load|clear|create|drop|copy|move|add|with)\b"
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_ALL = "SELECT ?subject ?predicate ?object { ?subject ?predicate ?object } ORDER BY ?subject ?predicate ?object"

Cell = Term | BlankNode | Triple | None


@dataclass(frozen=True, slots=True)
class Result:
    """What a query found: variables without `?`, rows of terms (None where unbound), the graph's prefixes.

    ASK gives one row with `answer`; CONSTRUCT and DESCRIBE give rows of subject, predicate and object.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    prefixes: dict[str, str]
    _json: bytes = field(repr=False)

    def as_json(self) -> bytes:
        """SPARQL 1.1 Query Results JSON, as Oxigraph writes it."""
        return self._json

    def as_csv(self) -> bytes:
        """SPARQL 1.1 Query Results CSV, as Oxigraph writes it: lines end with CR and LF."""
        found = parse_query_results(self._json, format=QueryResultsFormat.JSON)
        return found.serialize(format=QueryResultsFormat.CSV) or b""

    def table(self) -> list[tuple[str, ...]]:
        """The rows for people: IRIs shortened by prefixes, values as they are, nothing where unbound."""
        return [tuple(self._cell(term) for term in row) for row in self.rows]

    def _cell(self, term: Cell) -> str:
        if isinstance(term, Literal):
            return term.value
        return turtle.compact(term.value, self.prefixes) if isinstance(term, NamedNode) else str(term or "")


def query(graph: Path | bytes, sparql: str) -> Result:
    """What a SPARQL query finds in a graph in Turtle, given by its file or its bytes.

    The prefixes that the graph declares need not be declared again. Raises QueryError with line and column
    for what is malformed, and for what a reader may not ask for: updates, FROM and SERVICE (Oxigraph would
    fetch from anywhere); GraphError where the graph is no Turtle.
    """
    _refuse(sparql)
    try:
        store, prefixes = turtle.load(_bytes(graph))
    except GraphError as error:
        raise GraphError(f"{graph}: {error}" if isinstance(graph, Path) else str(error)) from error
    try:
        found = store.query(sparql, prefixes=prefixes)
        if isinstance(found, QueryTriples):
            triples = {Quad(t.subject, t.predicate, t.object) for t in found}
            store.clear()
            store.extend(triples)
            found = store.query(_ALL)
        elif isinstance(found, QueryBoolean):
            found = store.query(f"SELECT * {{ VALUES ?answer {{ {str(bool(found)).lower()} }} }}")
        if not isinstance(found, QuerySolutions):
            raise QueryError("the query has no rows")
        written = found.serialize(format=QueryResultsFormat.JSON)
    except SyntaxError as error:
        raise QueryError(_explain(sparql, error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error
    again = parse_query_results(written or b"", format=QueryResultsFormat.JSON)
    if not isinstance(again, QuerySolutions):
        raise QueryError("the query has no rows")
    names = tuple(v.value for v in again.variables)
    return Result(names, tuple(tuple(row[n] for n in names) for row in again), prefixes, written or b"")


def _bytes(graph: Path | bytes) -> bytes:
    if isinstance(graph, bytes):
        return graph
    try:
        return graph.read_bytes()
    except OSError as error:
        raise QueryError(f"{graph}: cannot be read ({error.strerror}); `make` builds it") from error


def _refuse(sparql: str) -> None:
    plain = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), sparql)
    if match := _UPDATE.search(plain):
        word = str(match.group(1)).upper()
        raise QueryError(f"{_place(plain, match.start(1))}: no {word}: the graph is only read")
    for name, pattern in _FORBIDDEN.items():
        if match := pattern.search(plain):
            raise QueryError(f"{_place(plain, match.start(1))}: no {name}: only this graph is asked")


def _place(text: str, offset: int) -> str:
    newline = "\n"
    return f"line {text.count(newline, 0, offset) + 1}, column {offset - text.rfind(newline, 0, offset)}"


def _explain(sparql: str, error: SyntaxError) -> str:
    """One line with the place of an error.

    Oxigraph's own place is behind the last keyword it tried, so rdflib's grammar is asked where the query
    stops making sense; what rdflib lets pass (prefixes, unbound variables) is told by Oxigraph.
    """
    # Here and not above: only a faulty query needs it, and it takes a quarter of a second to load.
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    match = _PLACE.match(error.msg)
    place, why = (f"line {match[1]}, column {match[2]}", match[3]) if match else ("line 1", error.msg)
    try:
        parseQuery(sparql)
    except ParseException as found:
        rest = sparql[found.loc :].split("\n")[0].strip()
        near = f"{rest[:40]!r} is not expected here" if rest else "the query ends too early"
        return f"{_place(sparql, found.loc)}: {near}"
    if "Prefix not found" in why:
        return f"{place}: the prefix just before is not declared"
    known = re.search(r"The SELECT[^,]*", why)
    return f"{place}: {known[0] if known else 'this is no SPARQL'}"
