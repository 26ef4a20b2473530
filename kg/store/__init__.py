"""Store: the graph, loaded once and asked in SPARQL; read only, one clear line for what is wrong with a query."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from kg import turtle
from kg.errors import AnswerTooLarge, GraphError, QueryError
from kg.store.answer import Answer, Cell
from kg.store.fault import fault
from kg.store.forms import Kind
from kg.store.guard import refuse
from kg.store.reason import Reason, beside, reasons
from kg.store.remarks import remarks
from kg.turtle import LABEL, SKOS
from kg.words import fold

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["Answer", "Cell", "Kind", "Reason", "Store", "content", "load"]


@dataclass(frozen=True, slots=True)
class Store:
    """A graph to be asked, and the prefixes that it declares; made by `load`."""

    graph: pyoxigraph.Store
    prefixes: dict[str, str]

    def query(self, sparql: str, *, most: int | None = None) -> Answer:
        """What a query finds. The prefixes that the graph declares need not be declared again.

        Raises QueryError with line and column for what is malformed, and for what a reader may not ask for: updates,
        FROM and SERVICE (Oxigraph would fetch from anywhere); AnswerTooLarge as soon as there are more than `most`
        bytes of an answer.
        """
        refuse(sparql)
        try:
            return self._answer(self.graph.query(sparql, prefixes=self.prefixes), _Written(most))
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

    def remarks(self, sparql: str, answer: Answer) -> tuple[str, ...]:
        """What an asker should know beside an answer, a line each; most answers need none."""
        return tuple(remarks(self.graph, self.prefixes, sparql, answer))

    def named(self, name: str) -> tuple[str, ...]:
        """The IRIs of all that bear a name, whatever its case, sorted; terms of the vocabulary are not among them.

        The name may be an IRI that stands in the graph: then it is that one.
        """
        if re.match(r"\w+://", name):
            return (name,) if self._holds(name) else ()
        wanted = fold(name)
        return tuple(sorted({iri for iri, words in self._names() if fold(words) == wanted}))

    def like(self, name: str, most: int = 3) -> tuple[str, ...]:
        """Names in the graph that hold these words, whole words and short names first; else some much like them."""
        names = {fold(words): words for _, words in self._names()}
        wanted = fold(name).strip()
        holding = [n for n in names if wanted and wanted in n]
        holding.sort(key=lambda n: (f" {wanted} " not in f" {n} ", len(n), n))
        return tuple(names[n] for n in (holding or get_close_matches(wanted, sorted(names), n=most))[:most])

    def _names(self) -> Iterator[tuple[str, str]]:
        """All names with the IRIs of those that bear them, but for terms of the vocabulary."""
        terms = self.prefixes.get("kg", "#")
        for each in (LABEL, NamedNode(f"{SKOS}prefLabel"), NamedNode(f"{SKOS}altLabel")):
            for quad in self.graph.quads_for_pattern(None, each, None):
                iri, words = quad.subject, quad.object
                if isinstance(iri, NamedNode) and isinstance(words, Literal) and not iri.value.startswith(terms):
                    yield iri.value, words.value

    def _holds(self, iri: str) -> bool:
        try:
            node = NamedNode(iri)
        except ValueError:
            return False
        places = (node, None, None), (None, None, node), (None, node, None)
        return any(next(iter(self.graph.quads_for_pattern(*place)), None) is not None for place in places)

    def _answer(self, found: QuerySolutions | QueryBoolean | QueryTriples, written: _Written) -> Answer:
        if isinstance(found, QueryTriples):
            found.serialize(written, format=RdfFormat.N_TRIPLES)
            return Answer(Kind.TRIPLES, ("subject", "predicate", "object"), self.prefixes, written.getvalue())
        found.serialize(written, format=QueryResultsFormat.JSON)
        if isinstance(found, QueryBoolean):
            return Answer(Kind.TRUTH, ("answer",), self.prefixes, written.getvalue())
        names = tuple(v.value for v in found.variables)
        return Answer(Kind.ROWS, names, self.prefixes, written.getvalue())


class _Written(BytesIO):
    """An answer as it is being written, up to a size."""

    def __init__(self, most: int | None) -> None:
        super().__init__()
        self._most = most

    def write(self, some: ReadableBuffer, /) -> int:
        count = super().write(some)
        if self._most is not None and self.tell() > self._most:
            raise AnswerTooLarge(f"the answer is larger than {self._most:,} bytes; ask for less of it: add a LIMIT")
        return count


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
