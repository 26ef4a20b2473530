"""The head of a document: its masthead, title and what stands around them, down to the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.cues import Cues
from kg.lines import Line
from kg.marks import byline, caption, publication
from kg.model import ZoneKind
from kg.parts import has_dateline, text_end

_DASHED = re.compile(r"\s+(?:-{1,2}|[—–|_])\s+|[|丨]")


def head(lines: Sequence[Line], cues: Cues) -> Mapping[int, ZoneKind]:
    """The kinds of the lines before the first paragraph, by their number; `lines` has no navigation any more."""
    first = _first_paragraph(lines, cues)
    kinds: dict[int, ZoneKind] = {}
    candidates: list[Line] = []
    marked: list[int] = []
    for line in lines[:first]:
        if publication(line, cues):
            kinds[line.number] = ZoneKind.PUBLICATION
            marked.append(line.number)
        elif byline(line, cues):
            kinds[line.number] = ZoneKind.BYLINE
            marked.append(line.number)
        else:
            candidates.append(line)
    title = _title(candidates, marked, cues)
    for line in candidates:
        if title is None or line.number < title.number:
            kinds[line.number] = ZoneKind.MASTHEAD
        else:
            kinds[line.number] = ZoneKind.TITLE if line is title else ZoneKind.HEADING
    return kinds


def _first_paragraph(lines: Sequence[Line], cues: Cues) -> int:
    """The position of the first line of the text proper."""
    for n, line in enumerate(lines):
        if publication(line, cues) or byline(line, cues):
            continue
        if caption(line, cues) or has_dateline(line, cues) or text_end(line) < line.span.end:
            return n
        if line.stops and not _is_headline(n, lines, cues):
            return n
    if len(lines) == 1:
        return 0
    # A text without a single full stop: its first short line is the title, if anything follows.
    rest = [n for n, line in enumerate(lines) if not (publication(line, cues) or byline(line, cues))]
    return rest[1] if len(rest) > 1 and lines[rest[0]].short else (rest[0] if rest else len(lines))


def _is_headline(n: int, lines: Sequence[Line], cues: Cues) -> bool:
    """Whether a line is a headline although it ends like a sentence."""
    line = lines[n]
    if n + 1 == len(lines) or len(line.words) > 30:
        return False
    follows = lines[n + 1]
    if not line.full_stop and n == 0 and len(line.words) <= 20:
        return True
    return line.headline or publication(follows, cues) or byline(follows, cues)


def _title(candidates: Sequence[Line], marked: Sequence[int], cues: Cues) -> Line | None:
    """The title among the lines that may be one."""
    if not candidates:
        return None
    above = [line for line in candidates if not marked or line.number < marked[0]]
    if marked and above:
        return _last_block(above, cues)
    return _last_block(candidates, cues)


def _last_block(candidates: Sequence[Line], cues: Cues) -> Line:
    """The first line under the masthead; without a masthead the first line."""
    start = 0
    while start + 1 < len(candidates) and _is_masthead(candidates[start], cues):
        start += 1
    rest = candidates[start:]
    if start and len(rest) > 1:
        # A site's motto stands close to its name, the title apart from both.
        widest = max(line.gap for line in rest[1:])
        if widest > rest[0].gap:
            return next(line for line in rest[1:] if line.gap == widest)
        return next((line for line in rest if line.short), rest[-1])
    return rest[0]


def _is_masthead(line: Line, cues: Cues) -> bool:
    """Whether a line is the name of a site or newspaper, with or without a motto."""
    name = _DASHED.split(line.text)[0]
    if len(name.split()) > 6 or line.stops:
        return False
    return cues.ends("media", name) and (name != line.text or len(name.split()) <= 5)
