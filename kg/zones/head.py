"""The head of a document: masthead, title and what stands around them, down to the first paragraph."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Collection, Iterator, Mapping, Sequence

from kg.model import ZoneKind
from kg.zones.cues import Cues
from kg.zones.datelines import dateline
from kg.zones.lines import Line
from kg.zones.marks import byline, caption, publication
from kg.zones.parts import text_end

_DASHED = re.compile(r"\s+(?:-{1,2}|[—–|_])\s+|[|丨]")
_JOINED = re.compile(r"\s*(?:,|&|/|\b(?:of|for|and|the)\b)\s*")
# The name of a field has no more words than this: Information Technology, Economic Affairs.
_FIELD = 2
# A title has so many words, few shorter or longer; a line that names a masthead has no more signs than that.
_WORDS = range(4, 26)
_LONGEST = 400


def head(lines: Sequence[Line], navigation: Collection[int], cues: Cues) -> Mapping[int, ZoneKind]:
    """The kinds of the lines before the first paragraph, by their number.

    `lines` is without the lines of navigation, whose numbers are in `navigation`.
    """
    top = lines[: _first_paragraph(lines, cues)]
    kinds = {line.number: kind for line in top if (kind := _marked(line, cues))}
    candidates = [line for line in top if line.number not in kinds]
    title = _title(candidates, [n for n, kind in kinds.items() if kind in _MARKS], navigation, cues)
    for line in candidates:
        above = title is not None and line.number < title.number
        kinds[line.number] = ZoneKind.MASTHEAD if above else ZoneKind.HEADING
    if title:
        kinds[title.number] = ZoneKind.TITLE
    return kinds


_MARKS = frozenset({ZoneKind.PUBLICATION, ZoneKind.BYLINE})


def _marked(line: Line, cues: Cues) -> ZoneKind | None:
    if publication(line, cues):
        return ZoneKind.PUBLICATION
    if byline(line, cues):
        return ZoneKind.BYLINE
    return ZoneKind.BOILERPLATE if len(line.text) <= _LONGEST and cues.inside("notice", line.text) else None


def _first_paragraph(lines: Sequence[Line], cues: Cues) -> int:
    """The position of the first line of the text proper."""
    unmarked = [n for n, line in enumerate(lines) if not _marked(line, cues)]
    for n in unmarked:
        line = lines[n]
        below = lines[n + 1] if n + 1 < len(lines) else None
        if caption(line, cues) or dateline(line, cues, first=True) or text_end(line) < line.span.end:
            return n
        if line.text[-1] in ":：" and (n > unmarked[0] or (below and below.stops and len(line.words) <= 8)):
            return n  # a list begins, or somebody speaks
        if line.stops and not (below and _is_headline(line, below, cues, first=n == unmarked[0])):
            return n
        if n > unmarked[0] and line.closed and not line.stops:
            return n
    # A text without a single full stop: its first short line is the title, if anything follows.
    if len(unmarked) > 1 and lines[unmarked[0]].short:
        return unmarked[1]
    return unmarked[0] if unmarked else len(lines)


def _is_headline(line: Line, below: Line, cues: Cues, *, first: bool) -> bool:
    """Whether a line is a headline although it ends like a sentence."""
    if len(line.words) > 30:
        return False
    asks = not line.full_stop and len(line.words) <= 20
    return line.headline or (first and (asks or _marked(below, cues) in _MARKS))


def _title(candidates: Sequence[Line], marks: Sequence[int], navigation: Collection[int], cues: Cues) -> Line | None:
    """The likeliest of the lines that may be the title, and of equals the first."""
    mark = min(marks, default=0)
    runs = list(_runs(candidates, {*marks, *navigation}, cues))
    before = next((run for run in reversed(runs) if run[-1].number < mark), None)
    scored = [
        (_likely(line, cues) + 2 * (run is before) + (run is runs[-1]) - 2 * (line.number > mark > 0), line)
        for run in runs
        for line in run
    ]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def _likely(line: Line, cues: Cues) -> int:
    """How much a line looks like a title by itself."""
    points = 3 if len(line.words) in _WORDS else -3 if len(line.words) < _WORDS.start else 0
    return points - 3 * _is_masthead(line, cues) - 3 * (line.full_stop and not line.headline)


def _runs(candidates: Sequence[Line], between: Collection[int], cues: Cues) -> Iterator[list[Line]]:
    """The candidates in groups: links part them, and under a masthead a wider gap than those above."""
    links = sorted(between)
    run: list[Line] = []
    for line in candidates:
        parted = run and bisect(links, run[-1].number) < bisect(links, line.number)
        wider = len(run) > 1 and line.gap > run[-1].gap and _is_masthead(run[0], cues)
        if parted or wider:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_masthead(line: Line, cues: Cues) -> bool:
    """Whether a line is the name of a site, a newspaper (with or without a motto) or an office."""
    if line.stops or len(line.text) > _LONGEST:
        return False
    if cues.starts("office", line.text):
        # `Ministry of Trade and Economic Affairs`, not `Ministry of Trade opens talks with Arcadia`.
        return all(len(part.split()) <= _FIELD and part == part.title() for part in _JOINED.split(line.text))
    name = _DASHED.split(line.text)[0]
    longest = 5 if name == line.text else 6
    return len(name.split()) <= longest and cues.ends("media", name)
