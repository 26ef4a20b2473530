"""Mentions that need no name: quotations, titles, numbers, ordinals, abbreviations; dates come from their grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.dates import dates
from kg.model import Mention, MentionKind, Span
from kg.words import KNOWN, NUMERAL, cardinal, fold, ordinal, tokens

#: Longer than this between its marks is no quotation but a mark that was never closed.
LONGEST_QUOTATION = 2000
_QUOTED = re.compile(rf'"([^"]{{1,{LONGEST_QUOTATION}}})"')
_TITLED = re.compile(r"《([^《》]{1,200})》")
_ACRONYM = re.compile(
    r"\b(?:[A-Z](?:[A-Z0-9]|[&-](?=[A-Z0-9])){1,9}|[A-Z][a-z]{1,2}[A-Z]{2,8})(?:s\b|(?<=\d)\.\d+\b|\b)"
)
_AMOUNT = re.compile(r"\d(?:.*\d)?(?:[bmt]n|m|k)?")


def literals(text: str, span: Span) -> Iterator[Mention]:
    """The literal mentions inside a span; those of different kinds may overlap.

    >>> [(str(m.text), *sorted(m.classes)) for m in literals('On the 16th, 1,100 of "us" met.', Span(0, 31))]
    [('"us"', 'Quotation'), ('16th', 'Date'), ('1,100', 'Number'), ('16th', 'Ordinal')]
    """
    found = sorted(_literals(text, span), key=lambda m: (_RANK[next(iter(m.classes))], m.span))
    yield from found


_RANK = {"Quotation": 0, "Title": 1, "Date": 2, "Number": 3, "Ordinal": 4, "Acronym": 5}


def _literals(text: str, span: Span) -> Iterator[Mention]:
    folded = fold(text[span.start : span.end])
    for cls, mark, pattern in (("Quotation", '"', _QUOTED), ("Title", "《", _TITLED)):
        for m in pattern.finditer(folded) if mark in folded else ():
            inner = Span(span.start + m.start(1), span.start + m.end(1))
            yield _literal(text, Span(span.start + m.start(), span.start + m.end()), cls, inner)
    for word, start, end in tokens(text, span.start, span.end) if NUMERAL.search(folded) else ():
        if told := _numeral(word):
            yield _literal(text, Span(start, end), *told)
    for expression in dates(text, span.start, span.end):
        yield _literal(text, expression.span, "Date", expression)
    for m in _ACRONYM.finditer(text, span.start, span.end):
        yield _literal(text, Span(m.start(), m.end()), "Acronym", m[0])


@lru_cache(KNOWN)
def _numeral(word: str) -> tuple[str, object] | None:
    """The class and the value of a word that is a number."""
    if word[0].isdecimal() and _AMOUNT.fullmatch(word):
        return "Number", word
    if (number := cardinal(word)) is not None and number > 1:
        return "Number", str(number)
    return None if (place := ordinal(word)) is None else ("Ordinal", place)


def _literal(text: str, span: Span, cls: str, value: object) -> Mention:
    return Mention(span, text[span.start : span.end], frozenset({cls}), MentionKind.LITERAL, value=value)
