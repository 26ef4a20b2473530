"""Quotations: what stands in quotation marks, also where these open in one sentence and close in another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from kg.model import Sentence, Span, ZoneKind

#: What opens a quotation, what closes one, and what does either.
_OPENS, _CLOSES, _EITHER = "“„«", "”»", '"'
_MARKS = re.compile(f"[{_OPENS}{_CLOSES}{_EITHER}]")
_ZONES = (ZoneKind.BODY, ZoneKind.CAPTION)


@dataclass(frozen=True, slots=True)
class Quotations:
    """The stretches of a text in quotation marks, and the sentences that are nothing but quotation.

    `whole` has the index of each such sentence, with that of the one in which its quotation ends and words follow.
    """

    whole: Mapping[int, int | None] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()

    def around(self, offset: int) -> Span | None:
        """The quotation in which an offset stands."""
        at = bisect_right(self.spans, offset, key=lambda s: s.start) - 1
        return self.spans[at] if at >= 0 and offset < self.spans[at].end else None


def quotations(text: str, sentences: Iterable[Sentence]) -> Quotations:
    """The quotations of a text.

    >>> from kg.model import Zone
    >>> text = '"It is cold. We wait," she said. "It is late." He left.'
    >>> zone, cuts = Zone(ZoneKind.BODY, Span(0, len(text))), (0, 13, 33, 47, len(text))
    >>> spans = [Span(a, len(text[:b].rstrip())) for a, b in zip(cuts, cuts[1:])]
    >>> found = quotations(text, [Sentence(n, span, zone, 1) for n, span in enumerate(spans)])
    >>> found.whole, [text[s.start:s.end] for s in found.spans]
    ({0: 1, 2: None}, ['"It is cold. We wait,', '"It is late.'])
    """
    whole: dict[int, int | None] = {}
    spans: list[Span] = []
    for (_, kind), group in groupby(sentences, key=lambda s: (s.line, s.zone.kind)):
        line = list(group)
        here = list(_marked(text, line)) if kind in _ZONES else []
        spans += here
        whole.update(_whole(text, line, here))
    return Quotations(whole, tuple(spans))


def _marked(text: str, line: Sequence[Sentence]) -> Iterator[Span]:
    """The stretches of a paragraph between marks; the last may be open where the paragraph begins with a mark."""
    begin, first, last = None, line[0].span.start, line[-1].span.end
    for mark in _MARKS.finditer(text, first, last):
        at, char = mark.start(), mark[0]
        if begin is None and char in _OPENS + _EITHER:
            begin = at
        elif begin is not None and char in _CLOSES + _EITHER:
            yield Span(begin, at)
            begin = None
    if begin is not None and text[first] in _OPENS + _EITHER:
        yield Span(begin, last)


def _whole(text: str, line: Sequence[Sentence], spans: Sequence[Span]) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    quoted = {s.index for s in line if spans and not _others(text, s.span, spans)}
    for span in spans:
        first = bisect_right(line, span.start, key=lambda s: s.span.end)
        touched = line[first : bisect_left(line, span.end, key=lambda s: s.span.start)]
        inside = [s.index for s in touched if s.index in quoted]
        last = touched[-1] if touched else None
        ends = last.index if last and last.index not in quoted and last.span.start > span.start else None
        found.update(dict.fromkeys(inside, ends))
    return found


def _others(text: str, sentence: Span, spans: Sequence[Span]) -> bool:
    """Whether words of a sentence stand in none of the stretches."""
    first = bisect_right(spans, sentence.start, key=lambda s: s.end)
    last = bisect_left(spans, sentence.end, key=lambda s: s.start)
    at = sentence.start
    for span in (*spans[first:last], Span(sentence.end, sentence.end)):
        if any(char.isalnum() for char in text[at : span.start]):
            return True
        at = span.end
    return False
