"""Paragraphs: the lines of printed pages, put together again as they were written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kg.model import Span
from kg.zones.lines import Line as Written

# So many lines from the edge of a page may be of the page, and not of the text.
_EDGE = 2
_PAGE_NUMBER = re.compile(r"\W*(?:page|第)?\s*\d{1,3}\s*(?:(?:/|of|页|，?\s*共)\s*\d{1,3}\s*)?页?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_SOFT = "\u00ad"
_HYPHENS = "-‐" + _SOFT
_LONGEST_WORD = 60
_BROKEN = re.compile(r"([^\W\d_]+)[-‐\u00ad]\Z")
_CUT = re.compile(r"(?<![^\W\d_])[^\W\d_]+[-‐\u00ad]\n[^\W\d_]+")
# Lines of one paragraph stand as close as most; further apart than so many times that, a new one begins.
_GAP = 1.3
_WIDEST = 1.8
_INDENT = 0.8
_SIZE = 1.08
_SHORT = 0.75
_FULL = 0.9


@dataclass(frozen=True)
class Line:
    """One printed line: its words, where it begins (`y` grows upward), and how large and heavy its letters are."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False

    @cached_property
    def written(self) -> Written:
        """The line as zones see it."""
        return Written(self.text, Span(0, len(self.text)), 1, 0)

    @cached_property
    def wide(self) -> bool:
        """Whether it is Chinese, and so set with more room between its lines than what stands around it."""
        return self.width > 1.5 * len(self.text)

    @cached_property
    def width(self) -> int:
        """How wide it is, in letters; a Chinese character is as wide as two."""
        return sum(1 + _is_wide(c) for c in self.text)


def paragraphs(pages: Sequence[Sequence[Line]]) -> tuple[str, ...]:
    """The paragraphs of printed pages, each in one line, without the numbers of pages and what stands on all of them.

    A running head is kept once, in front. A word cut at the end of a line loses its hyphen, unless the text has it
    with one elsewhere, or has both of its halves as words.
    """
    heads, texts = _unfurnished([_headed(page) for page in pages])
    lines = [(n, line) for n, page in enumerate(texts) for line in page]
    leading = {wide: _leading(texts, wide=wide) for wide in (False, True)}
    widest = max((line.width for _, line in lines), default=0)
    whole = _CUT.sub(" ", "\n".join(line.text for _, line in lines))
    words = frozenset(map(str.lower, _WORD.findall(whole)))
    made = [[head] for head in heads]
    before: tuple[int, Line] | None = None
    for page, line in lines:
        if before is None or _breaks(before[1], line, leading[line.wide], widest, turned=before[0] != page):
            made.append([line.text])
        else:
            made[-1][-1:] = _seam(made[-1][-1], line.text, words)
        before = (page, line)
    return tuple("".join(parts).replace(_SOFT, "") for parts in made)


def _headed(page: Sequence[Line]) -> list[Line]:
    """The lines of a page; programs print its head after all else, but what stands above the first line comes first."""
    return sorted(page, key=lambda line: line.y <= page[0].y + page[0].size)


def _unfurnished(pages: Sequence[Sequence[Line]]) -> tuple[list[str], list[list[Line]]]:
    """The running heads, each once, and the pages without them, their feet and their numbers."""
    edges = [_edges(page) for page in pages]
    on = Counter(key for top, foot in edges for key in {_masked(line) for line in (*top, *foot)})
    running = {key for key, count in on.items() if count > 1 and count * 2 >= len(pages)}
    heads: dict[tuple[str, int], str] = {}
    texts: list[list[Line]] = []
    for page, (top, foot) in zip(pages, edges, strict=True):
        furniture = [line for line in (*top, *foot) if _is_number(line) or _masked(line) in running]
        for line in top:
            if line in furniture and not _is_number(line):
                heads.setdefault(_masked(line), line.text)
        texts.append([line for line in page if line not in furniture])
    return list(heads.values()), texts


def _edges(page: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The topmost and the lowest lines of a page, wherever the file has them."""
    down = sorted(page, key=lambda line: -line.y)
    return down[:_EDGE], down[_EDGE:][-_EDGE:]


def _masked(line: Line) -> tuple[str, int]:
    """What stands on all pages is the same but for numbers, and stands at the same height."""
    return _DIGITS.sub("#", line.text), round(line.y)


def _is_number(line: Line) -> bool:
    return _PAGE_NUMBER.fullmatch(line.text) is not None


def _leading(pages: Sequence[Sequence[Line]], *, wide: bool) -> float:
    """How far apart the lines of a paragraph stand, in the height of their letters; Chinese ones may differ."""
    gaps = sorted(
        (a.y - b.y) / b.size
        for page in pages
        for a, b in pairwise(page)
        if a.y > b.y and _alike(a, b) and b.wide is wide
    )  # fmt: skip
    # Where paragraphs are short, most gaps are those between them: of all the lower ones tell.
    return min(gaps[len(gaps) // 4], _WIDEST) if gaps else _WIDEST


def _alike(a: Line, b: Line) -> bool:
    return max(a.size, b.size) <= _SIZE * min(a.size, b.size)


def _breaks(before: Line, line: Line, leading: float, widest: int, *, turned: bool) -> bool:
    """Whether a line begins a paragraph; `turned` is whether it is the first of a page."""
    short = before.width < _SHORT * widest
    if not _alike(before, line) or (before.bold and not line.bold and short) or line.written.item:
        return True
    stops = before.written.stops
    if turned or line.y > before.y:
        return stops and not line.text[0].islower()
    if before.y - line.y > _GAP * leading * line.size:
        return True
    if line.x - before.x > _INDENT * line.size and before.width < _FULL * widest and not line.text[0].islower():
        return True
    return (stops and short) or (before.written.closed and line.written.numbered)


def _seam(before: str, line: str, words: AbstractSet[str]) -> tuple[str, str]:
    """Two lines as they go on in one. `words` are those of the text that no line's end cuts."""
    if before[-1] in _HYPHENS and before[-2:-1].strip() and line[0].isalnum():
        broken, rest = _BROKEN.search(before, max(0, len(before) - _LONGEST_WORD)), _WORD.match(line)
        first, second = (broken[1] if broken else "").lower(), (rest[0] if rest else "").lower()
        kept = line[0].isupper() or f"{first}-{second}" in words or {first, second} <= words
        whole = before[-1] == _SOFT or (first and second and not kept)
        return before[:-1] if whole else before, line
    return before if _is_wide(before[-1]) and _is_wide(line[0]) else f"{before} ", line


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
