"""Lines: the text cut at its line ends, and the shapes by which one line differs from another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.model import Span

_LINE = re.compile(r"[^\r\n]+|\r\n|\r|\n")
# Zero-width marks, a byte order mark among them, are no text.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_EDGE = re.compile(rf"[\s{_INVISIBLE}]*")
_WORD = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*")
_CLOSERS = r"[\"'”’」』)\]）】»\s]*"
_STOP = re.compile(rf"(?:[.!?…。！？]|[.!?]{{2,3}}){_CLOSERS}\Z")
_CLOSED = re.compile(rf"[.!?…。！？;；:：,，]{_CLOSERS}\Z")
_FULL_STOP = re.compile(rf"[.。]{_CLOSERS}\Z")
_INITIALS = re.compile(r"(?:\b[A-Z]\.){2,}\Z")
_BULLET = re.compile(r"(?:[•●■◆▪◦*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)、]|[一二三四五六七八九十]+、)\s*")
_SMALL = frozenset(
    "a an the and or nor but of for in on at to by with from as via vs per over into up amid among after under de".split()
)


@dataclass(frozen=True)
class Line:
    """One line without the white space around it: where it stands, and how many blank lines come before it."""

    text: str
    span: Span
    number: int
    gap: int

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the line, a hyphenated one as one."""
        return tuple(_WORD.findall(self.text))

    @cached_property
    def short(self) -> bool:
        """Whether it is as short as a heading may be."""
        return len(self.words) <= 15 and len(self.text) <= 120

    @cached_property
    def stops(self) -> bool:
        """Whether it ends as a sentence does, brackets and quotation marks aside."""
        # A search from the left would read a long line from every full stop.
        return _STOP.search(self.text, max(0, len(self.text) - 12)) is not None

    @cached_property
    def full_stop(self) -> bool:
        """Whether it ends with a full stop that is not that of an abbreviation like "U.S."."""
        tail = max(0, len(self.text) - 12)
        return _FULL_STOP.search(self.text, tail) is not None and not _INITIALS.search(self.text, tail)

    @cached_property
    def closed(self) -> bool:
        """Whether its end shows that it is text: a stop, or a colon, semicolon or comma of a list."""
        return _CLOSED.search(self.text, max(0, len(self.text) - 12)) is not None

    @cached_property
    def bullet(self) -> bool:
        """Whether it begins like an item of a list."""
        return _BULLET.match(self.text) is not None

    @cached_property
    def headline(self) -> bool:
        """Whether it is written as headlines are: every longer word with a capital."""
        words = [word for word in self.words if word.lower() not in _SMALL and not word[0].isdigit()]
        return 3 <= len(words) <= 30 and all(word[0].isupper() for word in words)


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a text that are not blank, in order.

    >>> [(line.text, line.span, line.number, line.gap) for line in lines(" One \\r\\n\\r\\n\\u00a0Two.")]
    [('One', Span(start=1, end=4), 1, 0), ('Two.', Span(start=10, end=14), 3, 1)]
    """
    found: list[Line] = []
    number, last = 1, 0
    for piece in _LINE.finditer(text):
        if piece[0] in ("\n", "\r", "\r\n"):
            number += 1
            continue
        span = trimmed(text, piece.start(), piece.end())
        if span.start < span.end:
            found.append(Line(text[span.start : span.end], span, number, max(0, number - last - 1)))
            last = number
    return tuple(found)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space and invisible marks at its ends; empty if there is nothing else."""
    edge = _EDGE.match(text, start, end)
    start = edge.end() if edge else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return Span(start, end)
