"""Zones: what each line of a document is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.model import Span, Zone, ZoneKind
from kg.zones.cues import Cues
from kg.zones.datelines import dateline
from kg.zones.foot import foot
from kg.zones.head import head
from kg.zones.lines import Line, lines, trimmed
from kg.zones.marks import byline, caption, navigation, publication
from kg.zones.parts import parts, text_end
from kg.zones.turns import Turn, turns

# Lines of a list, of speakers or of what is what: "Jane Roe, minister of trade", "Venue: Press Hall".
_LISTED = re.compile(r"[A-Z]\S*(?: [A-Z]\S*){1,3}, [a-z]|[A-Z]\w+(?: \w+)?[:：] ")
# So many lines from its ends a text may tell its day in a line of its own; further in it is a heading.
_EDGE = 2


def zones(text: str, cues: Cues) -> tuple[Zone, ...]:
    """The zones of a text, in order and not overlapping: all of it but white space is in one.

    A zone is a line, or a part of one where a dateline, a speaker's name or a day of publication shares it with
    text. `cues` are the words of `ontology/words/zones.toml`. A turn and the name above or before it have a
    `speaker`; the name itself, with its colon, is a heading.
    """
    found = lines(text)
    kinds = {line.number: ZoneKind.NAVIGATION for line in found if navigation(line, cues)}
    body = [line for line in found if line.number not in kinds]
    top = head(body, frozenset(kinds), cues)
    above = [line for line in found if line.number in top or line.number in kinds]
    body = [line for line in body if line.number not in top]
    bottom = foot(body, cues)
    body = [line for line in body if line.number not in bottom]
    kinds.update(top)
    kinds.update(bottom)
    kinds.update(_body(body, cues))
    kinds.update(_between(kinds, body))
    spoken = [line for line in body if kinds[line.number] in (ZoneKind.BODY, ZoneKind.HEADING)]
    said = turns(spoken, cues, transcript=any(cues.inside("transcript", line.text) for line in above))
    return tuple(_zones(found, text, kinds, said, cues))


def _body(body: Sequence[Line], cues: Cues) -> Iterator[tuple[int, ZoneKind]]:
    """The kinds of the lines of the text proper."""
    listing = False
    for n, line in enumerate(body):
        at_edge = n < _EDGE or n >= len(body) - _EDGE
        below = body[n + 1] if n + 1 < len(body) else None
        kind = ZoneKind.BODY
        if caption(line, cues):
            kind = ZoneKind.CAPTION
        elif byline(line, cues):
            kind = ZoneKind.BYLINE
        elif at_edge and publication(line, cues):
            kind = ZoneKind.PUBLICATION
        elif below and not listing and _is_heading(line, below) and not (n == 0 and dateline(line, cues, first=True)):
            kind = ZoneKind.HEADING
        # What follows a colon, and then semicolons, is a list, even without marks.
        listing = line.text[-1] in ":：;；" or (listing and not line.stops)
        yield line.number, kind


def _is_heading(line: Line, below: Line) -> bool:
    if not line.short or line.closed or line.item or text_end(line) < line.span.end or _LISTED.match(line.text):
        return False
    return not line.numbered or (below.closed and not below.numbered)


def _between(kinds: Mapping[int, ZoneKind], body: Sequence[Line]) -> dict[int, ZoneKind]:
    """Numbers and bars between the lines of related reading: they are of it."""
    end = body[-1].number if body else 0
    opened = min((n for n, kind in kinds.items() if kind is ZoneKind.RELATED and n > end), default=None)
    return {n: ZoneKind.RELATED for n in kinds if opened is not None and n > opened}


def _zones(
    found: Sequence[Line], text: str, kinds: Mapping[int, ZoneKind], said: Mapping[int, Turn], cues: Cues
) -> Iterator[Zone]:
    first = True
    for line in found:
        kind = kinds[line.number]
        if line.number in said:
            yield from _turn(line, text, said[line.number])
            continue
        for part, span in parts(line, text, kind, cues, first=first):
            yield Zone(part, span)
        first = first and kind is not ZoneKind.BODY


def _turn(line: Line, text: str, turn: Turn) -> Iterator[Zone]:
    start, end = line.span
    if turn.label:
        yield Zone(ZoneKind.HEADING, turn.label, turn.speaker)
        start = trimmed(text, turn.label.end, end).start
    if start < end:
        yield Zone(turn.kind, Span(start, end), turn.speaker)
