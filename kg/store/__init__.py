"""Store: the graph, loaded once and asked in SPARQL; read only, one clear line for what is wrong with a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
)

from kg import turtle
from kg.errors import GraphError, QueryError
from kg.store.answer import Answer, Cell
from kg.store.fault import fault
from kg.store.forms import Kind
from kg.store.guard import refuse
from kg.store.reason import Reason, beside, reasons
from kg.turtle import LABEL, SKOS
from kg.words import fold

__all__ = ["Answer", "Cell", "Kind", "Reason", "Store", "content", "load"]


@dataclass(frozen=True, slots=True)
class Store:
    """A graph to be asked, and the prefixes that it declares; made by `load`."""

    graph: pyoxigraph.Store
    prefixes: dict[str, str]

    def query(self, sparql: str) -> Answer:
        """What a query finds. The prefixes that the graph declares need not be declared again.

        Raises QueryError with line and column for what is malformed, and for what a reader may not ask for: updates,
        FROM and SERVICE (Oxigraph would fetch from anywhere).
        """
        refuse(sparql)
        try:
            return self._answer(self.graph.query(sparql, prefixes=self.prefixes))
        except SyntaxError as error:
            raise QueryError(fault(sparql, error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from error

    def label(self, iri: str) -> str:
        """The label of a node or term, nothing where it has none."""
        found = self.graph.quads_for_pattern(NamedNode(iri), LABEL, None)
        return min((q.object.value for q in found if isinstance(q.object, Literal)), default="")

    def reasons(self, statement: str) -> tuple[Reason, ...]:
        """The pieces of evidence of a statement, by document and place; none where it is no statement."""
        return reasons(self.graph, self.prefixes.get("kg", ""), statement)

    def reasoned(self, answer: Answer) -> Answer:
        """The rows of an answer, each once for every piece of evidence of its `statement`, with columns that tell it.

        They are `whyQuote`, `whyDocument`, `whyRule` and `whyEvidence`. Raises QueryError where an answer has no
        column `statement`.
        """
        return beside(answer, self.reasons)

    def named(self, name: str) -> tuple[str, ...]:
        """The IRIs of all that bear a name, whatever its case, sorted; terms of the vocabulary are not among them.

        The name may be an IRI that stands in the graph: then it is that one.
        """
        if re.match(r"\w+://", name):
            return (name,) if self._holds(name) else ()
        wanted, properties = fold(name), (LABEL, NamedNode(f"{SKOS}prefLabel"), NamedNode(f"{SKOS}altLabel"))
        triples = (q.triple for each in properties for q in self.graph.quads_for_pattern(None, each, None))
        found = {str(t.subject).strip("<>") for t in triples if fold(str(getattr(t.object, "value", ""))) == wanted}
        return tuple(sorted(iri for iri in found if not iri.startswith(self.prefixes.get("kg", "#"))))

    def _holds(self, iri: str) -> bool:
        try:
            node = NamedNode(iri)
        except ValueError:
            return False
        places = (node, None, None), (None, None, node), (None, node, None)
        return any(next(iter(self.graph.quads_for_pattern(*place)), None) is not None for place in places)

    def _answer(self, found: QuerySolutions | QueryBoolean | QueryTriples) -> Answer:
        if isinstance(found, QueryTriples):
            written = found.serialize(format=RdfFormat.N_TRIPLES) or b""
            triples = sorted({quad.triple for quad in parse(written, format=RdfFormat.N_TRIPLES)}, key=turtle.order)
            rows = tuple((t.subject, t.predicate, t.object) for t in triples)
            return Answer(Kind.TRIPLES, ("subject", "predicate", "object"), rows, self.prefixes, written)
        written = found.serialize(format=QueryResultsFormat.JSON) or b""
        again = parse_query_results(written, format=QueryResultsFormat.JSON)
        if isinstance(again, QueryBoolean):
            row = (Literal(bool(again)),)
            return Answer(Kind.TRUTH, ("answer",), (row,), self.prefixes, written)
        names = tuple(v.value for v in again.variables)
        rows = tuple(tuple(row[n] for n in names) for row in again)
        return Answer(Kind.ROWS, names, rows, self.prefixes, written)


def load(graph: Path | bytes) -> Store:
    """A graph in Turtle, given by its file or its bytes.

    Raises QueryError where the file cannot be read, GraphError where it is no Turtle.
    """
    try:
        return Store(*turtle.load(content(graph) if isinstance(graph, Path) else graph))
    except GraphError as error:
        raise GraphError(f"{graph}: {error}" if isinstance(graph, Path) else str(error)) from error


def content(graph: Path) -> bytes:
    """The bytes of a built graph; raises QueryError where the file cannot be read."""
    try:
        return graph.read_bytes()
    except OSError as error:
        raise QueryError(f"{graph}: cannot be read ({error.strerror}); `make` builds it") from error
