"""Lines: the text cut at its line ends, and the shapes by which one line differs from another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.model import Span

LINE_END = re.compile(r"\r\n|\r|\n")
# Marks of no width, a byte order mark among them, are no text.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_EDGE = re.compile(rf"[\s{_INVISIBLE}]*")
_WORD = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*")
_CLOSERS = r"[\"'”’」』)\]）】»■□◆∎\s]*\Z"
_STOP = re.compile(r"[.!?…。！？]" + _CLOSERS)
_FULL_STOP = re.compile(r"[.。]" + _CLOSERS)
_CLOSED = re.compile(r"[.!?…。！？;；:：,，]" + _CLOSERS)
# A news agency signs behind the last stop: "... the minister said. (Some Agency)".
_SIGNED = re.compile(r"[.!?][\"”’]?\s*\([A-Z][\w .’'-]{1,30}\)\Z")
_INITIALS = re.compile(r"(?:\b[A-Z]\.){2,}\Z")
_ITEM = re.compile(r"[•●■◆▪◦*–—-]\s*\S")
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivxIVX]{1,4})[.)、]|[一二三四五六七八九十]+、)\s*\S")
_SMALL = frozenset(
    (
        "a an the and or nor but of for in on at to by with from as via vs per over into up amid among after under de"
    ).split()
)
# The end of a line, searched from so far back: from its beginning a hostile line would take too long.
_TAIL = 40


@dataclass(frozen=True)
class Line:
    """One line without the white space around it: its place, and how many blank lines come before it."""

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
        return len(self.text) <= 120 and len(self.words) <= 15

    @cached_property
    def stops(self) -> bool:
        """Whether it ends as a sentence does, closing brackets, quotation marks and a signature aside."""
        return self._ends(_STOP) or self._ends(_SIGNED)

    @cached_property
    def full_stop(self) -> bool:
        """Whether it ends with a full stop, and not with that of initials."""
        return (self._ends(_FULL_STOP) and not self._ends(_INITIALS)) or self._ends(_SIGNED)

    @cached_property
    def closed(self) -> bool:
        """Whether its end shows that it is text: a stop, or the colon, semicolon or comma of a list."""
        return self._ends(_CLOSED) or self._ends(_SIGNED)

    @cached_property
    def item(self) -> bool:
        """Whether it begins with the mark of a list's item."""
        return _ITEM.match(self.text) is not None

    @cached_property
    def numbered(self) -> bool:
        """Whether it begins with a number or letter of its own, as items and headings do."""
        return _NUMBERED.match(self.text) is not None

    @cached_property
    def headline(self) -> bool:
        """Whether it is written as headlines are: every longer word with a capital."""
        words = [word for word in self.words if word.lower() not in _SMALL and not word[0].isdigit()]
        return 3 <= len(words) <= 30 and all(word[0].isupper() for word in words)

    def _ends(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.text, max(0, len(self.text) - _TAIL)) is not None


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a text that are not blank, in order; numbers count from 1, the blank ones too.

    >>> [(line.text, line.span, line.number, line.gap) for line in lines(" One \\r\\n\\r\\n\\u00a0Two.")]
    [('One', Span(start=1, end=4), 1, 0), ('Two.', Span(start=10, end=14), 3, 1)]
    """
    found: list[Line] = []
    last = start = 0
    for number, end in enumerate([*(match.span() for match in LINE_END.finditer(text)), (len(text), len(text))], 1):
        span = trimmed(text, start, end[0])
        if span.start < span.end:
            found.append(Line(text[span.start : span.end], span, number, max(0, number - last - 1)))
            last = number
        start = end[1]
    return tuple(found)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space and invisible marks at its ends; empty if there is nothing else.

    >>> trimmed("a  bc \\u00a0", 1, 7)
    Span(start=3, end=5)
    """
    edge = _EDGE.match(text, start, end)
    start = edge.end() if edge else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return Span(start, end)
