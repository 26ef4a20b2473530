"""N-Quads: the statements of each document as a graph of its own, ready to be loaded into a store with all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from kg import graph, ledger, resources, turtle
from kg.corpora.formats import Format, Read
from kg.pipeline import Ontology


class Quads:
    """The triples of `graph.ttl` that one document tells, in the graph of its IRI.

    What only a comparison of all documents can tell is not among them: disagreements, independent documents, and which
    of several labels, days and titles of one thing is the one to show; here each document tells its own.
    """

    files: tuple[str, ...] = ("quads.nq",)

    def told(self, read: Read) -> Any:
        """The quads of one document, sorted."""
        found, terms = read.extraction, read.ontology.vocabulary
        ledger.dispositions(found)
        me = NamedNode(terms.iri("document", found.document.name))
        told = {e.iri: e.told for e in read.ontology.known}
        triples = graph.stated(found.statements, [found.document], vocabulary=terms, told=told)
        quads = (Quad(t.subject, t.predicate, t.object, me) for t in turtle.ordered(triples))
        return serialize(quads, format=RdfFormat.N_QUADS)

    def packed(self, told: Sequence[Any]) -> tuple[bytes, ...]:
        """The quads of several."""
        return (b"".join(told),)

    def finish(self, spool: Path, path: Path) -> None:
        """Chunks of quads are quads."""
        spool.replace(path)

    def besides(self, ontology: Ontology) -> Mapping[str, bytes]:
        """What the quads of every document refer to: all terms and rules, and the description of the data set."""
        terms = ontology.vocabulary
        says = {r.id: (r.says, r.expression.source) for r in ontology.book.readers}
        made = (*resources.rules(says, says, terms), *terms.dataset, *terms.terms)
        return {"background.nq": serialize(turtle.ordered(made), format=RdfFormat.N_TRIPLES) or b""}


def format() -> Format:
    """The format."""
    return Quads()
