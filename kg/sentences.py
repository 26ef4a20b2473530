"""Sentences: the text of each zone, cut where one sentence ends and the next begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from nupunkt import sent_spans

from kg.lines import trimmed
from kg.model import Sentence, Span, Zone, ZoneKind

#: Such lines are one sentence each, whatever stops they hold.
WHOLE = frozenset(
    {ZoneKind.TITLE, ZoneKind.MASTHEAD, ZoneKind.HEADING, ZoneKind.NAVIGATION, ZoneKind.BYLINE}
    | {ZoneKind.PUBLICATION, ZoneKind.DATELINE}
)

# Where the splitter cuts and should not: the end of the one piece, the beginning of the next.
_JOINS = tuple(
    (re.compile(before + r"\s*\Z"), re.compile(after))
    for before, after in (
        (
            r"\b(?:Lt|Gen|Col|Capt|Maj|Sgt|Adm|Sen|Rep|Gov|Prof|Dr|Mr|Mrs|Ms|Hon|St|No|Nos|Art|Vol|Fig|Sec)\.",
            r"",
        ),
        (r"\bU\.S\.", r"[A-Z][a-z]+"),
        (r"(?:^|\s)\(?\d{1,2}\.", r""),
        (r"[?!][\"”’]", r"(?:[a-z]|(?:[A-Z][\w’'-]+ ){1,3}(?:said|asked|added|noted|told)\b)"),
    )
)
# Where it does not cut and should: after a stop of another script, or one without a space behind it.
_SPLITS = re.compile(r"[。！？][\"”’」』)）]*(?=\s*\S)|(?<=[a-z]{2})\.(?=[A-Z][a-z]* [a-z])")
_CREDIT = re.compile(r"\s*[(\[（][^()\[\]（）]{1,90}[)\]）]\s*\Z")
# The splitter reads a word without spaces from every stop in it: no sentence ends in one so long.
_ENDLESS = re.compile(r"\S{400,}")


def sentences(text: str, zones: tuple[Zone, ...]) -> tuple[Sentence, ...]:
    """The sentences of a text in order, each inside one zone, without white space at its ends.

    `text[span.start:span.end]` is the sentence; lines are counted from 1.
    """
    ends = [match.end() for match in re.finditer(r"\r\n|\r|\n", text)]
    found: list[Sentence] = []
    for zone in zones:
        for span in _spans(text, zone):
            line = bisect_right(ends, span.start) + 1
            found.append(Sentence(len(found), span, zone, line))
    return tuple(found)


def _spans(text: str, zone: Zone) -> Iterator[Span]:
    start, end = zone.span
    if zone.kind in WHOLE:
        yield trimmed(text, start, end)
        return
    words = text[start:end]
    cuts = {cut for _, cut in sent_spans(_ENDLESS.sub(lambda match: "x" * len(match[0]), words))}
    cuts |= {match.end() for match in _SPLITS.finditer(words)}
    if zone.kind is ZoneKind.CAPTION and (credit := _CREDIT.search(words, max(0, len(words) - 100))):
        cuts.add(credit.start())
    begin = 0
    for cut in sorted(cuts | {len(words)}):
        if cut < len(words) and _joined(words, cut):
            continue
        span = trimmed(text, start + begin, start + cut)
        if span.start < span.end:
            yield span
        begin = cut


def _joined(words: str, cut: int) -> bool:
    before = words[max(0, cut - 40) : cut]
    after = words[cut : cut + 80].lstrip()
    return any(left.search(before) and right.match(after) for left, right in _JOINS)
