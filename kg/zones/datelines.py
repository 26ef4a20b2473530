"""Datelines: the place, day and agency at the head of a news item's first paragraph."""

from __future__ import annotations

import re

from kg.dates import dates
from kg.model import Span, ZoneKind
from kg.zones.cues import Cues
from kg.zones.lines import Line, trimmed

# No dateline is longer, with its reporters; so many words are enough for the names of an agency and of places.
_LONGEST = 240
_WORDS = 9

_NAME = r"(?:[A-Z][\w.'’-]*|of|the|and|de|la|el|al)"
_NAMES = re.compile(rf"(?:{_NAME}(?:[\s,/]+{_NAME})*[\s,]*(?:(?:--+|[–—-])\s+)?)?")
_AGENCY = re.compile(r"\.?\s*(?:\([^()]{1,160}\)|/[^/()]{1,40}/\.?|,\s*[A-Z]{2,6}(?=\s*(?:--|[—–]|-\s)))")
# Behind a bracket a colon will do, behind slashes and a full stop nothing: "CITY, May 1. /AGENCY/. The bank".
_DASH = re.compile(r"\s*(?:--+|[—–]|-(?=\s)|(?<=[)/]):|(?<=/\.))\s*(?=[\"“‘'(\[A-Z0-9$])")
# What a dateline that is not of the first paragraph has behind its day: a dash, or an agency in brackets or slashes.
_SIGN = re.compile(r"[-—–(/]")
_COMMA = re.compile(r"\s*([,:]?)\s*")
_BEGINS = re.compile(r"[\"“‘'(A-Z0-9]")
_UNDATED = re.compile(
    r"(?P<place>[A-Z][\w.'’-]*(?:[\s,/]+[A-Z][\w.'’-]*){0,5})?"
    r"(?:\s*\((?P<agency>[A-Z][^()]{1,40})\))?(?P<dash>\s*(?:--+|[—–:]|-(?=\s))\s*)(?=[\"“‘'A-Z0-9])"
)
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_REPORTERS = re.compile(r"\((?P<words>[^()]{3,160})\)\s*")


def dateline(line: Line, cues: Cues, *, first: bool) -> tuple[tuple[ZoneKind, Span], ...]:
    """The dateline that a line begins with, and the bracket that names its reporters apart; mostly nothing.

    `first` is whether it is the first paragraph: only there a dateline may go without a day, or without a dash.
    """
    head = line.text[:_LONGEST]
    if not first and not _SIGN.search(head):
        return ()
    bracket = _REPORTERS.match(head)
    if first and bracket and cues.starts("reporter", bracket["words"]):
        return ((ZoneKind.BYLINE, _in_text(line, 0, bracket.end())),)
    if first and (signed := _signed(head, cues)):
        return tuple((kind, _in_text(line, *span)) for kind, span in signed)
    day = next((found.span for found in dates(head) if found.day.day), None)
    end = _dashed(head, day) if day else 0
    if day and not end:
        end = _agency(head, day, cues) if first else 0
        reporters = _AGENCY.match(head, day.end)
        if reporters and cues.inside("reporter", reporters[0]) and _is_told(head[: day.start], cues):
            return (
                (ZoneKind.DATELINE, _in_text(line, 0, reporters.start())),
                (ZoneKind.BYLINE, _in_text(line, *reporters.span())),
            )
    end = end or (_undated(head, cues) if first else 0)
    return ((ZoneKind.DATELINE, _in_text(line, 0, end)),) if 0 < end < len(head) else ()


def _signed(head: str, cues: Cues) -> tuple[tuple[ZoneKind, Span], ...]:
    """The parts of `Name of a Daily (Reporter Jane Roe) `; the name of a medium before reporters needs no day."""
    name = _NAMES.match(head)
    bracket = _REPORTERS.match(head, name.end()) if name else None
    if not name or not bracket or not cues.starts("reporter", bracket["words"]) or not cues.ends("media", name[0]):
        return ()
    return (ZoneKind.DATELINE, Span(*name.span())), (ZoneKind.BYLINE, Span(*bracket.span()))


def _in_text(line: Line, start: int, end: int) -> Span:
    span = trimmed(line.text, start, end)
    return Span(line.span.start + span.start, line.span.start + span.end)


def _dashed(head: str, day: Span) -> int:
    """The end of `CITY, Nov. 26 (Agency) -- `; 0 if there is none."""
    place = head[: day.start]
    agency = _AGENCY.match(head, day.end)
    dash = _DASH.match(head, agency.end() if agency else day.end)
    return dash.end() if dash and len(place.split()) <= _WORDS and _NAMES.fullmatch(place) else 0


def _is_told(place: str, cues: Cues) -> bool:
    """Whether words say who reports from where: "Message from a Daily on", "Agency, City, reported"."""
    words = place.split()
    capital = place[:1].isupper() and len(words) <= _WORDS
    return capital and all(word[0].isupper() or cues.whole("dateline", word) for word in words)


def _agency(head: str, day: Span, cues: Cues) -> int:
    """The end of `Agency City December 11th, `; but "Agency on March 3 wrote" is a sentence."""
    place = head[: day.start]
    if not place or len(place.split()) > _WORDS or not _NAMES.fullmatch(place) or not cues.inside("media", place):
        return 0
    agency = _AGENCY.match(head, day.end)
    comma = _COMMA.match(head, agency.end() if agency else day.end)
    return comma.end() if comma and (agency or comma[1] or _BEGINS.match(head, comma.end())) else 0


def _undated(head: str, cues: Cues) -> int:
    """The end of `CITY (Agency) -- `, `(Agency) -- `, `CITY, Country -- `, `CITY: `, `City—`."""
    found = _UNDATED.match(head)
    place = (found["place"] or "").strip() if found else ""
    if not found or _INITIALS.fullmatch(place):
        return 0
    if found["agency"]:
        return found.end()
    if any(cues.whole("no_speaker", word) for word in place.split()):
        return 0
    city = place.split(",")[0]
    capitals = city.isupper() and len(city) > 3
    tight = found["dash"].startswith(("—", "--")) and 0 < len(place.split()) <= 3
    return found.end() if capitals or tight else 0
