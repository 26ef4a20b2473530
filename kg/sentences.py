"""Sentences: the text of each zone, cut where one sentence ends and the next begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from nupunkt import sent_spans

from kg.model import Sentence, Span, Zone, ZoneKind
from kg.zones.lines import LINE_END, trimmed

#: Zones that are one sentence each, whatever stops they hold.
WHOLE = frozenset(
    {
        ZoneKind.TITLE,
        ZoneKind.MASTHEAD,
        ZoneKind.HEADING,
        ZoneKind.NAVIGATION,
        ZoneKind.BYLINE,
        ZoneKind.PUBLICATION,
        ZoneKind.DATELINE,
    }
)

_TELLS = "said|says|asked|asks|added|noted|told|wrote|replied|answered"
_BEGINS = (
    "The|An?|He|She|It|They|We|I|In|On|At|But|And|However|Meanwhile|This|That|These|Those|According|As|After|For|Its"
)
# Where the splitter cuts and should not: how the piece before ends, and how the next one begins.
_JOINS = tuple(
    (re.compile(rf"(?:{before})\Z"), re.compile(after))
    for before, after in (
        (r"\b(?:Lt|Gen|Col|Capt|Maj|Sgt|Adm|Sen|Rep|Gov|Amb|Engr|Prof|Dr|Mr|Mrs|Ms|Hon|St|Smt|Shri)\.", r"[A-Z]"),
        (r"\b(?:U\.S|U\.K|U\.N|E\.U|D\.C|H\.E)\.", rf"(?!(?:{_BEGINS})\b)[A-Z]"),
        (r"\b(?:U\.S|U\.K|U\.N|E\.U|D\.C)\.", r"[a-z]"),
        (r"\b(?:Jr|Sr)\.", r"[a-z,;(]"),
        (r"\b(?:Nos?|Arts?|Vol|Figs?|Secs?|pp?|para|Chap|Ch)\.", r"\d|[IVX]+\b"),
        (r"[?!？！][\"”’]", rf"[a-z]|(?:[A-Z][\w’'-]+ ){{1,3}}(?:{_TELLS})\b|(?:{_TELLS})\b"),
        (r"\.[\"”’]", rf"(?:The|[A-Z][\w’'-]+) (?:[\w’'-]+ ){{0,6}}(?:{_TELLS})(?: on [A-Z][a-z]+)?(?:\.|\Z)"),
        # An item's number alone is no sentence.
        (r"\A[(（]?(?:\d{1,2}|[a-z]|[ivx]{1,4}|[IVX]{1,4})[.)）]", r"\S"),
    )
)
# Where it does not cut and should: after a stop of another script, and where the space is lost ("met.They agreed").
_SPLITS = re.compile(
    r"[.。！？]"
    r"(?:(?<!\.)[\"”’」』)）]*+(?=\s*[^\sa-z])|(?<=[a-z]{2}\.)(?=[A-Z][a-z]* [a-z])|(?<=\bno\.)(?=\s+[\"“]?[A-Z]))"
)
# The fields of a publication line: `Source: Harbour Post    Time: 2024-05-03`. An update belongs to the day before it.
_FIELDS = re.compile(r"(?:[ \u3000]{2,}|\t)(?=(?!(?i:updated|modified|edited|last))[A-Z][A-Za-z ]{1,24}[:：])")
# What a stop carries with it.
_CLOSERS = re.compile(r"[\"”’」』)）]*")
# The credit of a picture, in brackets at the end of its caption.
_CREDIT = re.compile(r"[(\[（【][^()\[\]（）【】]{1,90}[)\]）】]\s*\Z")
# The splitter reads a word from every stop inside it, so a hostile one takes it very long.
_ENDLESS = re.compile(r"\S{400,}")
# What is looked at around a cut; nothing of `_JOINS` before it is longer than the second.
_NEAR, _SHORT = 100, 12


def sentences(text: str, zones: tuple[Zone, ...]) -> tuple[Sentence, ...]:
    """The sentences of a text in order, each inside one zone, without white space at its ends.

    `text[span.start:span.end]` is the sentence; lines are counted from 1.

    >>> text = "Dr. Roe spoke on Nov. 26. (a) No. 5 Co., Ltd. agreed."
    >>> [text[s.span.start:s.span.end] for s in sentences(text, (Zone(ZoneKind.BODY, Span(0, len(text))),))]
    ['Dr. Roe spoke on Nov. 26.', '(a) No. 5 Co., Ltd. agreed.']
    >>> text = "Source: Harbour Post    Time: 2024-05-03  Updated: 2024-05-04"
    >>> zone = Zone(ZoneKind.PUBLICATION, Span(0, len(text)))
    >>> [text[s.span.start:s.span.end] for s in sentences(text, (zone,))]
    ['Source: Harbour Post', 'Time: 2024-05-03  Updated: 2024-05-04']
    """
    ends = [match.end() for match in LINE_END.finditer(text)]
    spans = ((zone, span) for zone in zones for span in _spans(text, zone))
    return tuple(
        Sentence(index, span, zone, bisect_right(ends, span.start) + 1) for index, (zone, span) in enumerate(spans)
    )


def _spans(text: str, zone: Zone) -> Iterator[Span]:
    start, end = zone.span
    words = text[start:end]
    begin = 0
    fields = [m.end() for m in _FIELDS.finditer(words)] if zone.kind is ZoneKind.PUBLICATION else []
    for cut in (*(fields if zone.kind in WHOLE else _cuts(words, zone.kind)), len(words)):
        if cut < len(words) and not fields and _joined(words, begin, cut):
            continue
        span = trimmed(text, start + begin, start + cut)
        if span.start < span.end:
            yield span
            begin = cut


def _cuts(words: str, kind: ZoneKind) -> list[int]:
    """Where a sentence may end, in order."""
    found = sent_spans(_ENDLESS.sub(lambda match: "x" * len(match[0]), words))
    cuts = {_closed(words, cut) for _, cut in found}
    cuts |= {match.end() for match in _SPLITS.finditer(words)}
    if kind is ZoneKind.CAPTION and (credit := _CREDIT.search(words, max(0, len(words) - _NEAR))):
        cuts.add(credit.start())
    return sorted(cuts - {0, len(words)})


def _closed(words: str, cut: int) -> int:
    """The cut behind the marks that close what ends there."""
    closers = None if words[cut - 1].isspace() else _CLOSERS.match(words, cut)
    return closers.end() if closers else cut


def _joined(words: str, begin: int, cut: int) -> bool:
    """Whether what stands before and after a cut is one sentence; the piece before starts at `begin`."""
    piece = words[max(begin, cut - _NEAR) : cut].strip()
    before = piece if cut - begin < _NEAR and len(piece) <= _SHORT else " " + piece[-_SHORT:]
    after = words[cut : cut + _NEAR].lstrip()
    return any(left.search(before) and right.match(after) for left, right in _JOINS)
