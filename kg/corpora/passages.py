"""Passages: what must be kept of a text, so that a build can do without the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.corroboration import around
from kg.graph import CONTEXT
from kg.model import Extraction, Span


def quoted(extraction: Extraction) -> list[Span]:
    """The passages of a text without which no graph could be made, in order, apart from one another."""
    return _joined(_spans(extraction))


def _spans(extraction: Extraction) -> Iterator[Span]:
    """What the graph quotes of a text, what is compared with other documents, and what slots stand for."""
    text = extraction.document.text
    for evidence in (e for s in extraction.statements for e in s.evidence):
        start, end = evidence.span
        yield Span(max(0, start - CONTEXT), min(len(text), end + CONTEXT))
        start, end = around(text, evidence.span)
        # With the line ends at both sides, so that it is the same passage again.
        yield Span(max(0, start - 1), min(len(text), end + 1))
        yield from (span for antecedent in evidence.antecedents for span in antecedent.spans)


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
