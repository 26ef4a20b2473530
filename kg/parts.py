"""Parts of a line: what stands before, behind or around the text proper on one and the same line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.cues import Cues
from kg.dates import dates
from kg.lines import Line, trimmed
from kg.model import Span, ZoneKind

Part = tuple[ZoneKind, Span]

# A dateline is never longer, a site's name neither.
_HEAD = 240
_SITE = 60
_LONGEST = 400
_TAIL = 60
_SPACED_DASH = re.compile(r"\s+(?:-{1,2}|[—–|])\s+|\s*_+\s*")
_NAMES = re.compile(
    r"(?:[A-Z][\w.'’-]*|of|the|and|de|la|el|al)(?:[\s,/]+(?:[A-Z][\w.'’-]*|of|the|and|de|la|el|al))*[\s,]*"
)
_AGENCY = re.compile(r"\.?\s*(?:\((?P<bracket>[^()]{1,160})\)|/(?P<slash>[^/()]{1,40})/\.?)")
_DASH = re.compile(r"\s*(?:--+|[—–]|-(?=\s)|(?<=[)/]):|(?<=/\.))\s*(?=[\"“‘'(\[A-Z0-9$])")
_STOP = re.compile(r"[.!?。][\"”’)]*\Z")
_BEGINS = re.compile(r"[\"“‘'(A-Z0-9]")
_UNDATED = re.compile(
    r"(?P<place>[A-Z][\w.'’-]*(?:[\s,/]+[A-Z][\w.'’-]*){0,5})?"
    r"(?:\s*\((?P<agency>[A-Z][^()]{1,40})\))?(?P<dash>\s*(?:--+|[—–]|-(?=\s))\s*)(?=[\"“‘'A-Z0-9])"
)
_SMALL = frozenset("a an the how what why when where who is are was were to in on at for as with".split())


def parts(line: Line, text: str, kind: ZoneKind, cues: Cues, *, first: bool) -> Iterator[Part]:
    """The zones of one line: nothing of it but white space is in none of them.

    `first` is whether it is the first paragraph, where a dateline may be as short as a place and a dash.
    """
    start, end = line.span
    if kind is ZoneKind.TITLE:
        cut = _site(line, cues)
        yield kind, Span(start, cut)
        if cut < end:
            yield ZoneKind.MASTHEAD, trimmed(text, cut, end)
        return
    if kind is ZoneKind.BODY:
        for part, span in _dateline(line, cues, first=first):
            yield part, span
            start = trimmed(text, span.end, end).start
        cut = text_end(line)
        if start < cut < end:
            yield kind, trimmed(text, start, cut)
            yield ZoneKind.PUBLICATION, trimmed(text, cut, end)
            return
    if start < end:
        yield kind, Span(start, end)


def text_end(line: Line) -> int:
    """Where the text of a paragraph ends and a day of publication follows it; the line's end if none does."""
    tail = max(0, len(line.text) - _TAIL)
    found = [day for day in dates(line.text, tail) if day.day.year and day.day.day]
    if not found or found[-1].span.end < len(line.text.rstrip(" )]")):
        return line.span.end
    before = line.text[: found[-1].span.start].rstrip("([ \u00a0\t")
    return line.span.start + len(before) if _STOP.search(before, max(0, len(before) - 4)) else line.span.end


def has_dateline(line: Line, cues: Cues) -> bool:
    """Whether a line begins with a dateline that has a day, or names an agency."""
    return next(_dateline(line, cues, first=True), None) is not None


def _site(line: Line, cues: Cues) -> int:
    """Where a title ends and the name of its site begins: `Title - Name of a Daily - Name Online`."""
    if len(line.text) > _LONGEST:
        return line.span.end
    dashes = [match.span() for match in _SPACED_DASH.finditer(line.text)]
    cut = len(line.text)
    for start, end in reversed(dashes):
        segment = line.text[end:cut]
        words = segment.split()
        names = [word for word in words if word.lower() not in ("of", "the", "and", "in", "&")]
        capitals = all(word[0].isupper() for word in names) and words[0].lower() not in _SMALL
        named = segment[:1].isupper() and (cues.ends("media", segment) or (capitals and len(words) <= 4))
        if not named or len(segment) > _SITE or len(words) > 6 or len(line.text[:start].split()) < 2:
            break
        cut = start
    return line.span.start + cut


def _dateline(line: Line, cues: Cues, *, first: bool) -> Iterator[Part]:
    """The dateline at the head of a paragraph, with the bracket that names its reporters apart."""
    head = line.text[:_HEAD]
    day = next((d for d in dates(head) if d.day.day), None)
    found = _dated(head, day.span, cues, first=first) if day else None
    if not found and first:
        found = _undated(head)
    if not found:
        return
    end, bracket = found
    start = line.span.start
    if bracket:
        yield ZoneKind.DATELINE, _shift(trimmed(head, 0, bracket.start), start)
        yield ZoneKind.BYLINE, _shift(trimmed(head, bracket.start, end), start)
    else:
        yield ZoneKind.DATELINE, _shift(trimmed(head, 0, end), start)


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _dated(head: str, day: Span, cues: Cues, *, first: bool) -> tuple[int, Span | None] | None:
    """The end of a dateline with a day, and its bracket of reporters: `CITY, Nov. 26 (Agency) -- `."""
    place = head[: day.start]
    if len(place.split()) > 9:
        return None
    agency = _AGENCY.match(head, day.end)
    end = agency.end() if agency else day.end
    reporters = agency and cues.inside("reporter", agency[0])
    if (dash := _DASH.match(head, end)) and _NAMES.fullmatch(place):
        return dash.end(), None
    glue = all(word[0].isupper() or cues.whole("dateline", word) for word in place.split())
    if agency and reporters and glue and place[:1].isupper():
        return end, Span(*agency.span())
    rest = re.compile(r"\s*([,:]?)\s*").match(head, end)
    if not first or not rest or not _NAMES.fullmatch(place) or not cues.inside("media", place):
        return None
    # "Agency City December 11th, the minister said": but "Agency on March 3 wrote" is a sentence.
    ended = bool(rest[1]) or agency or _BEGINS.match(head, rest.end())
    return (rest.end(), None) if ended and rest.end() < len(head) else None


def _undated(head: str) -> tuple[int, Span | None] | None:
    """The end of a dateline without a day: `CITY (Agency) -- `, `(Agency) -- `, `CITY -- `, `City—`."""
    found = _UNDATED.match(head)
    if not found or not (found["place"] or found["agency"]):
        return None
    place, dash = found["place"] or "", found["dash"]
    tight = dash in ("—", "--") and len(place.split()) <= 3
    if found["agency"] or (place.isupper() and len(place) > 2) or tight:
        return found.end(), None
    return None
