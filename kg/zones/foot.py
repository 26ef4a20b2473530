"""The foot of a document: other texts and the page's own words, after the text proper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model import ZoneKind
from kg.zones.cues import Cues
from kg.zones.lines import Line
from kg.zones.marks import byline, caption, publication

# So many short lines above the first sure one may still be of the foot: mottoes, names of parts of the site.
_MOTTOES = 3
# So many paragraphs may stand below a sure line, and below a line that only sounds like one.
_BELOW = 3
_BELOW_UNSURE = 1
# A longer paragraph tells something, whatever it mentions.
_LONGEST = 1500


def foot(body: Sequence[Line], cues: Cues) -> Mapping[int, ZoneKind]:
    """The kinds of the lines after the text proper, by their number; `body` has no head and no navigation."""
    kinds: dict[int, ZoneKind] = {}
    notices = [len(line.text) <= _LONGEST and cues.inside("notice", line.text) for line in body]
    below = _below(body, notices)
    begun = False
    for n, line in enumerate(body):
        if begun and cues.whole("related", line.text):
            return kinds | {other.number: ZoneKind.RELATED for other in body[n:]}
        sure = notices[n] or cues.whole("footer", line.text)
        unsure = line.short and not line.stops and cues.inside("footer", line.text)
        if begun and ((sure and below[n] <= min(n, _BELOW)) or (unsure and below[n] <= _BELOW_UNSURE)):
            start = _above(body, n, cues)
            return kinds | {other.number: ZoneKind.BOILERPLATE for other in body[start:]}
        if cues.whole("end", line.text):
            kinds[line.number] = ZoneKind.BOILERPLATE
        elif line.short and cues.starts("other", line.text):
            kinds[line.number] = ZoneKind.RELATED
        begun = begun or _is_paragraph(line)
    return kinds


def _is_paragraph(line: Line) -> bool:
    return line.stops and len(line.words) > 3


def _below(body: Sequence[Line], notices: Sequence[bool]) -> list[int]:
    """For each line, how many paragraphs of plain text stand below it."""
    counts: list[int] = []
    count = 0
    for line, notice in zip(reversed(body), reversed(notices), strict=True):
        counts.append(count)
        count += _is_paragraph(line) and not notice
    return counts[::-1]


def _above(body: Sequence[Line], n: int, cues: Cues) -> int:
    """Where the foot begins, with the mottoes above its first sure line."""
    start = n
    while start > 0 and n - start < _MOTTOES:
        line = body[start - 1]
        if line.closed or line.item or line.numbered or not line.short:
            break
        if byline(line, cues) or publication(line, cues) or caption(line, cues):
            break
        start -= 1
    return start
