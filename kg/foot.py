"""The foot of a document: other texts and the page's own words, after the text proper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.cues import Cues
from kg.lines import Line
from kg.marks import byline, caption, publication
from kg.model import ZoneKind

# So many short lines above the first sure one may still belong to the foot: mottoes, names of parts of the site.
_MOTTOES = 3
# So many paragraphs may stand below it: an address, a notice on cookies.
_NOTICES = 3


def foot(body: Sequence[Line], cues: Cues) -> Mapping[int, ZoneKind]:
    """The kinds of the lines after the text proper, by their number; `body` has neither head nor navigation."""
    kinds: dict[int, ZoneKind] = {}
    begun = 0  # paragraphs so far
    for n, line in enumerate(body):
        if cues.whole("end", line.text):
            kinds[line.number] = ZoneKind.BOILERPLATE
        elif begun and cues.whole("related", line.text):
            return kinds | {below.number: ZoneKind.RELATED for below in body[n:]}
        elif cues.starts("other", line.text) and line.short:
            kinds[line.number] = ZoneKind.RELATED
        elif begun and _opens(body, n, cues):
            start = _above(body, n, cues)
            return kinds | {below.number: ZoneKind.BOILERPLATE for below in body[start:]}
        begun += line.stops and len(line.words) > 5
    return kinds


def _opens(body: Sequence[Line], n: int, cues: Cues) -> bool:
    """Whether the foot of the page may begin here: a cue, and hardly a paragraph below."""
    line = body[n]
    cued = cues.inside("notice", line.text) if line.stops else line.short and cues.inside("footer", line.text)
    if not cued and not (not line.stops and cues.inside("notice", line.text)):
        return False
    below = [other for other in body[n + 1 :] if other.stops and len(other.words) > 5]
    plain = [other for other in below if not cues.inside("notice", other.text)]
    return len(plain) <= min(_NOTICES, n)


def _above(body: Sequence[Line], n: int, cues: Cues) -> int:
    """Where the foot begins, with the mottoes above its first sure line."""
    start = n
    while start > 0 and n - start < _MOTTOES:
        line = body[start - 1]
        plain = line.closed or line.bullet or not line.short
        if plain or byline(line, cues) or publication(line, cues) or caption(line, cues):
            break
        start -= 1
    return start
