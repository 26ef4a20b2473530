"""The head of a document: masthead, title and what stands around them, down to the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from kg.cues import Cues
from kg.datelines import dateline
from kg.lines import Line
from kg.marks import byline, caption, publication
from kg.model import ZoneKind
from kg.parts import text_end

_DASHED = re.compile(r"\s+(?:-{1,2}|[—–|_])\s+|[|丨]")
_LONGEST = 400


def head(lines: Sequence[Line], navigation: Collection[int], cues: Cues) -> Mapping[int, ZoneKind]:
    """The kinds of the lines before the first paragraph, by their number.

    `lines` is without the lines of navigation, whose numbers are in `navigation`.
    """
    top = lines[: _first_paragraph(lines, cues)]
    kinds = {line.number: kind for line in top if (kind := _marked(line, cues))}
    mark = min(kinds, default=None)
    candidates = [line for line in top if line.number not in kinds]
    title = _title([line for line in candidates if mark is None or line.number < mark] or candidates, navigation, cues)
    for line in candidates:
        above = title is not None and line.number < title.number
        kinds[line.number] = ZoneKind.MASTHEAD if above else ZoneKind.HEADING
    if title:
        kinds[title.number] = ZoneKind.TITLE
    return kinds


def _marked(line: Line, cues: Cues) -> ZoneKind | None:
    if publication(line, cues):
        return ZoneKind.PUBLICATION
    return ZoneKind.BYLINE if byline(line, cues) else None


def _first_paragraph(lines: Sequence[Line], cues: Cues) -> int:
    """The position of the first line of the text proper."""
    unmarked = [n for n, line in enumerate(lines) if not _marked(line, cues)]
    for n in unmarked:
        line = lines[n]
        if caption(line, cues) or dateline(line, cues, first=True) or text_end(line) < line.span.end:
            return n
        # After the title also a colon, as of the first speaker or of a list, opens the text.
        if (line.stops or (n > unmarked[0] and line.closed)) and not _is_headline(n, lines, cues):
            return n
    # A text without a single full stop: its first short line is the title, if anything follows.
    if len(unmarked) > 1 and lines[unmarked[0]].short:
        return unmarked[1]
    return unmarked[0] if unmarked else len(lines)


def _is_headline(n: int, lines: Sequence[Line], cues: Cues) -> bool:
    """Whether a line is a headline although it ends like a sentence."""
    line = lines[n]
    if n + 1 == len(lines) or len(line.words) > 30 or line.text[-1] in ":：":
        return False
    asks = n == 0 and not line.full_stop and len(line.words) <= 20
    return asks or line.headline or _marked(lines[n + 1], cues) is not None


def _title(candidates: Sequence[Line], navigation: Collection[int], cues: Cues) -> Line | None:
    """The title: the first line below the masthead and the page's links, or simply the first."""
    if not candidates:
        return None
    last_link = max((number for number in navigation if number < candidates[-1].number), default=0)
    candidates = [line for line in candidates if line.number > last_link]
    start = 0
    while start + 1 < len(candidates) and _is_masthead(candidates[start], cues):
        start += 1
    below = candidates[start:]
    if start and len(below) > 1:
        # A site's motto stands close to its name, the title apart from both.
        widest = max(below[1:], key=lambda line: line.gap)
        if widest.gap > below[0].gap:
            return widest
        return next((line for line in below if line.short), below[0])
    return below[0]


def _is_masthead(line: Line, cues: Cues) -> bool:
    """Whether a line is the name of a site or newspaper, with or without a motto."""
    if line.stops or len(line.text) > _LONGEST:
        return False
    name = _DASHED.split(line.text)[0]
    longest = 5 if name == line.text else 6
    return len(name.split()) <= longest and cues.ends("media", name)
