"""The forms in which an answer is written: their names, their media types, and for which answers they are."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pyoxigraph import QueryResultsFormat, RdfFormat


class Kind(StrEnum):
    """What a query gives: SELECT rows, ASK a truth, CONSTRUCT and DESCRIBE triples."""

    ROWS = "rows"
    TRUTH = "truth"
    TRIPLES = "triples"


#: Of rows, and as far as they can of a truth: the forms of the standard, written by Oxigraph.
ROWS: Mapping[str, QueryResultsFormat] = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
TRIPLES: Mapping[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
}
NAMES = (*ROWS, *TRIPLES)


def allowed(kind: Kind) -> tuple[str, ...]:
    """The names of the forms that an answer of this kind can take; triples also as rows of three."""
    return (*TRIPLES, *ROWS) if kind is Kind.TRIPLES else tuple(ROWS)


def media_type(name: str) -> str:
    """The media type of a form.

    >>> media_type("json"), media_type("turtle")
    ('application/sparql-results+json', 'text/turtle')
    """
    return (ROWS[name] if name in ROWS else TRIPLES[name]).media_type
