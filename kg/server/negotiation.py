"""Which form of an answer suits who asks, by the Accept header."""

from __future__ import annotations

from collections.abc import Mapping

import mimeparse

from kg.store import Kind, forms

#: Media types, the most wanted first, and the form that each stands for; after those of the standards what clients
#: ask for that know no better.
ROWS: Mapping[str, str] = {
    **{forms.media_type(name): name for name in ("json", "xml", "csv", "tsv")},
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
TRIPLES: Mapping[str, str] = {
    **{forms.media_type(name): name for name in ("turtle", "jsonld", "nt", "rdfxml")},
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/plain": "nt",
    **{forms.media_type(name): name for name in ("csv", "tsv", "json", "xml")},
}
#: What is offered for each kind of answer.
OFFERS: Mapping[Kind, Mapping[str, str]] = {Kind.ROWS: ROWS, Kind.TRUTH: ROWS, Kind.TRIPLES: TRIPLES}


def best(accept: str | None, offers: Mapping[str, str]) -> str | None:
    """What is offered under the media type that is most welcome, none where all are unwelcome.

    Of several that are equally welcome the first offered goes; a header that nobody can read is none.

    >>> best("text/csv;q=0.5, application/*", ROWS), best("*/*", TRIPLES), best("image/png", ROWS)
    ('json', 'turtle', None)
    """
    try:
        # The best of equals is the last for this library.
        found = mimeparse.best_match([*offers][::-1], accept or "*/*")
    except (mimeparse.MimeTypeParseException, ValueError):
        found = next(iter(offers))
    return offers.get(found)
