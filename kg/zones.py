"""Zones: what each line of a document is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.cues import Cues
from kg.foot import foot
from kg.head import head
from kg.lines import Line, lines, trimmed
from kg.marks import byline, caption, navigation, publication
from kg.model import Span, Zone, ZoneKind
from kg.parts import parts
from kg.turns import Turn, turns


def zones(text: str, cues: Cues) -> tuple[Zone, ...]:
    """The zones of a text, in order and not overlapping: all of it but white space is in one.

    A zone is a line, or a part of one where a dateline, a speaker's name or a day of publication shares it with text.
    `cues` are the words of `ontology/words/zones.toml`.
    """
    all_lines = lines(text)
    kinds = {line.number: ZoneKind.NAVIGATION for line in all_lines if navigation(line, cues)}
    rest = [line for line in all_lines if line.number not in kinds]
    top = head(rest, cues)
    kinds.update(top)
    rest = [line for line in rest if line.number not in top]
    bottom = foot(rest, cues)
    kinds.update(bottom)
    rest = [line for line in rest if line.number not in bottom]
    kinds.update(_body(rest, cues))
    kinds.update(_between(kinds, rest))
    heading = [line for line in all_lines if line.number in top or kinds[line.number] is ZoneKind.NAVIGATION]
    spoken = [line for line in rest if kinds[line.number] in (ZoneKind.BODY, ZoneKind.HEADING)]
    said = turns(spoken, cues, transcript=any(cues.inside("transcript", line.text) for line in heading))
    return tuple(_zones(all_lines, text, kinds, said, cues))


def _between(kinds: Mapping[int, ZoneKind], body: Sequence[Line]) -> Iterator[tuple[int, ZoneKind]]:
    """Numbers and bars between the lines of related reading: they are of it."""
    end = body[-1].number if body else 0
    related = [number for number, kind in kinds.items() if kind is ZoneKind.RELATED and number > end]
    yield from ((number, ZoneKind.RELATED) for number in kinds if related and number > min(related))


def _body(body: Sequence[Line], cues: Cues) -> Iterator[tuple[int, ZoneKind]]:
    """The kinds of the lines of the text proper."""
    listing = False
    for line, following in zip(body, [*body[1:], None], strict=True):
        kind = ZoneKind.BODY
        if caption(line, cues):
            kind = ZoneKind.CAPTION
        elif byline(line, cues):
            kind = ZoneKind.BYLINE
        elif publication(line, cues) and (following is None or not line.headline):
            kind = ZoneKind.PUBLICATION
        elif following and line.short and not line.closed and not line.bullet and not listing:
            kind = ZoneKind.HEADING
        listing = line.text[-1] in ":：;；" or (listing and not line.stops)
        yield line.number, kind


def _zones(
    all_lines: Sequence[Line], text: str, kinds: Mapping[int, ZoneKind], said: Mapping[int, Turn], cues: Cues
) -> Iterator[Zone]:
    first = True
    for line in all_lines:
        turn = said.get(line.number)
        if turn:
            start, end = line.span
            if turn.label:
                yield Zone(ZoneKind.HEADING, turn.label, turn.speaker)
                start = trimmed(text, turn.label.end, end).start
            if start < end:
                yield Zone(turn.kind, Span(start, end), turn.speaker)
            continue
        kind = kinds[line.number]
        for part, span in parts(line, text, kind, cues, first=first):
            yield Zone(part, span)
        first = first and kind is not ZoneKind.BODY
