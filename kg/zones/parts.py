"""Parts of a line: what stands before or behind the text proper, on one line with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.dates import dates
from kg.model import Span, ZoneKind
from kg.zones.cues import Cues
from kg.zones.datelines import dateline
from kg.zones.lines import Line, trimmed

# The longest title, name of a site in it, and day of publication behind a text.
_TITLE = 400
_SITE = 60
_DAY = 60
_SPACED_DASH = re.compile(r"\s+(?:-{1,2}|[—–|])\s+|\s*_+\s*")
_SMALL = frozenset("of the and in &".split())
# A title goes on with such words, a site's name does not begin with them.
_GOES_ON = frozenset("a an the how what why when where who is are was were to in on at for as with".split())
_STOP = re.compile(r"[.!?。][\"”’)]*\Z")


def parts(line: Line, text: str, kind: ZoneKind, cues: Cues, *, first: bool) -> Iterator[tuple[ZoneKind, Span]]:
    """The kinds and spans of the parts of one line: nothing of it but white space is in none.

    `first` is whether it is the first paragraph, where a dateline may be as short as a place and a dash.
    """
    start, end = line.span
    if kind is ZoneKind.TITLE:
        cut = _site(line, cues)
        yield kind, Span(start, cut)
        if cut < end:
            yield ZoneKind.MASTHEAD, trimmed(text, cut, end)
        return
    cut = end
    if kind is ZoneKind.BODY:
        for part, span in dateline(line, cues, first=first):
            yield part, span
            start = trimmed(text, span.end, end).start
        cut = text_end(line)
    if start < cut:
        yield kind, trimmed(text, start, cut)
    if cut < end:
        yield ZoneKind.PUBLICATION, trimmed(text, max(start, cut), end)


def text_end(line: Line) -> int:
    """Where the text of a paragraph ends and its day of publication follows; the line's end if none does."""
    found = [day for day in dates(line.text, max(0, len(line.text) - _DAY)) if day.day.year and day.day.day]
    if not found or found[-1].span.end < len(line.text.rstrip(" )]")):
        return line.span.end
    before = line.text[: found[-1].span.start].rstrip("([ \u00a0\t")
    return line.span.start + len(before) if _STOP.search(before, max(0, len(before) - 4)) else line.span.end


def _site(line: Line, cues: Cues) -> int:
    """Where a title ends and the names of its site follow: `Title - Name of a Daily - Name Online`."""
    cut = len(line.text)
    dashes = [match.span() for match in _SPACED_DASH.finditer(line.text)] if cut <= _TITLE else []
    for start, end in reversed(dashes):
        if len(line.text[:start].split()) < 2 or not _is_site(line.text[end:cut], cues):
            break
        cut = start
    return line.span.start + cut


def _is_site(name: str, cues: Cues) -> bool:
    """Whether words look like the name of a site: short, and capitalised or called a daily, a portal, a net."""
    words = name.split()
    if not words or not words[0][0].isupper() or len(words) > 6 or len(name) > _SITE:
        return False
    capitals = all(word[0].isupper() for word in words if word.lower() not in _SMALL)
    return cues.ends("media", name) or (capitals and len(words) <= 4 and words[0].lower() not in _GOES_ON)
