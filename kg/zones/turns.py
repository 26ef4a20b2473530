"""Turns: who speaks in a transcript, and which paragraphs ask."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from kg.model import Span, ZoneKind
from kg.zones.cues import Cues
from kg.zones.lines import Line

# A name may be followed by a long post: "Jane Roe, person in charge of the Press Center for ...: ".
_LABEL = re.compile(
    r"(?P<name>[^\W\d_][^:：.!?;()\"“”]{0,240}[^\s:：.!?;()\"“”]|[A-Z])(?:\s*\([^()]{1,60}\))?\s*[:：]\s*"
)
# The letters of questions and answers, without a colon.
_LETTER = re.compile(r"(?P<name>[QA])\s+(?=[A-Z\"“])")
_SMALL = frozenset("of the and for from de la bin ibn al von van der di da in at to on with an a".split())
_VERB = re.compile(
    r"\b(?:said|says|added|explained|noted|stated|stressed|told|replied|wrote|was|were|is|are|has|had|will)\b"
)
_SPOKEN = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Uu]s|[Mm]y|[Yy]ou|[Yy]our)\b")
_ASKED = re.compile(r"[?？][\"”’)]*\s*(?P<after>[^?？.!]{0,60}[.!]?)\s*\Z")


@dataclass(frozen=True)
class Turn:
    """What one line of a transcript is: its kind, the words up to a colon that name the speaker, the name."""

    kind: ZoneKind
    label: Span | None = None
    speaker: Span | None = None


@dataclass(frozen=True)
class _Label:
    name: str
    label: Span
    speaker: Span | None
    asks: bool
    role: bool
    alone: bool


@dataclass
class _Block:
    label: _Label
    lines: list[Line] = field(default_factory=list)


def turns(body: Sequence[Line], cues: Cues, *, transcript: bool) -> Mapping[int, Turn]:
    """The turn of each line of a transcript, by the line's number; nothing for a text that is none.

    `transcript` is whether the head of the text calls it one. What comes before the first speaker is no turn, but
    for the question that the first speaker answers.
    """
    lettered = _lettered(body)
    labels = {
        line.number: label
        for line, below in _with_next(body)
        # Names below a colon are a list of speakers; nobody has spoken yet.
        if (label := _label(line, cues, lettered=lettered))
        and not (label.alone and (below is None or not below.closed))
    }
    # One word before a colon, once, is no speaker even at a press conference: it may be a city.
    several = len(labels) > 1 or any(label.role or label.alone or " " in label.name for label in labels.values())
    if not labels or not ((transcript and several) or _evident(body, labels)):
        return {}
    before: list[Line] = []
    blocks: list[_Block] = []
    for line in body:
        if line.number in labels:
            blocks.append(_Block(labels[line.number]))
        (blocks[-1].lines if blocks else before).append(line)
    if not transcript and len(blocks) == 1 and blocks[0].label.alone:
        del blocks[0].lines[2:]  # one statement inside a report: `The minister, Jane Roe:`, and what she said
    found: dict[int, Turn] = {}
    if before and _asks(before[-1].text, cues) and not blocks[0].label.asks:
        found[before[-1].number] = Turn(ZoneKind.QUESTION)
    answering = _answering(blocks, cues)
    for n, block in enumerate(blocks):
        kind = ZoneKind.TURN if block.label.name in answering else ZoneKind.QUESTION
        for line in block.lines:
            found[line.number] = Turn(kind, speaker=block.label.speaker)
        last = block.lines[-1]
        followed = n + 1 < len(blocks) and blocks[n + 1].label.name in answering
        if kind is ZoneKind.TURN and followed and len(block.lines) > 2 and _asks(last.text, cues):
            found[last.number] = Turn(ZoneKind.QUESTION)  # asked by somebody without a name before it
        first = block.lines[0]
        found[first.number] = Turn(kind, block.label.label, block.label.speaker)
    return found


def _with_next(body: Sequence[Line]) -> Iterator[tuple[Line, Line | None]]:
    yield from zip_longest(body, body[1:])


def _lettered(body: Sequence[Line]) -> bool:
    """Whether lines begin with Q and A: one of them alone may be an article."""
    begins = {
        found["name"] for line in body if (found := _LETTER.match(line.text)) and (found[1] == "A" or "?" in line.text)
    }
    return begins == {"Q", "A"}


def _label(line: Line, cues: Cues, *, lettered: bool) -> _Label | None:
    """The speaker that a line begins with; none if the words before its colon are no name and no role."""
    found = _LABEL.match(line.text[:320])
    if lettered and (letter := _LETTER.match(line.text)):
        found = letter
    if not found:
        return None
    words, start = found["name"], line.span.start
    name, _, behind = (part.strip() for part in words.partition(","))
    if 1 < len(behind.split()) < 6 and _is_name(behind, cues) and _is_title(name, behind, cues):
        start, name = start + words.index(behind), behind  # `Minister of Trade, Jane Roe:`
    asks = cues.whole("asks", words) or (cues.inside("reporter", words) and len(words) < 80)
    role = asks or cues.whole("speaks", words)
    if not role and (not _is_name(name, cues) or len(words.split()) > 40):
        return None
    rest = line.text[found.end() :]
    if rest and not _is_speech(rest):
        return None
    if rest[:1] in tuple('"“„«') or _VERB.search(words):
        return None  # a news item that quotes somebody: `Jane Roe was the first and explained: "..."`
    speaker = None if cues.whole("nobody", words) else Span(start, start + len(name))
    label = Span(line.span.start, line.span.start + len(found[0].rstrip()))
    return _Label(name.casefold(), label, speaker, asks, role, not rest)


def _is_name(name: str, cues: Cues) -> bool:
    words = name.split()
    capitals = all(word[:1].isupper() or word in _SMALL for word in words) and not words[0].islower()
    return capitals and len(words) <= 8 and not any(cues.whole("no_speaker", word) for word in words)


def _is_title(words: str, name: str, cues: Cues) -> bool:
    """Whether the words before a comma are the title of whom those behind it name."""
    return cues.inside("speaks", words) and not cues.inside("speaks", name)


def _is_speech(rest: str) -> bool:
    return rest.rstrip(' "”’)')[-1:] in tuple(".?!…。？！;:") or len(rest.split()) > 25


def _evident(body: Sequence[Line], labels: Mapping[int, _Label]) -> bool:
    """Whether the lines themselves show that people speak in turn."""
    if all(line.number in labels for line in body):
        return True
    by_name: dict[str, int] = defaultdict(int)
    for line, following in _with_next(body):
        label = labels.get(line.number)
        if not label:
            continue
        spoken = following if label.alone else line
        if label.role and spoken and (label.alone or spoken.stops):
            return True
        if " " in label.name and spoken and _SPOKEN.search(spoken.text, 0 if label.alone else len(label.name)):
            return True
        by_name[label.name] += 1
    return any(count > 1 for count in by_name.values())


def _answering(blocks: Sequence[_Block], cues: Cues) -> frozenset[str]:
    """The names of those who do more than ask."""
    return frozenset(
        block.label.name
        for block in blocks
        if not block.label.asks and (block.label.role or len(block.lines) > 3 or not _inquires(block, cues))
    )


def _inquires(block: _Block, cues: Cues) -> bool:
    """Whether what a named speaker says is a question, also one without a question mark."""
    text = block.lines[-1].text
    return _asks(text, cues) or cues.inside("asking", text)


def _asks(text: str, cues: Cues) -> bool:
    """Whether a paragraph ends with a question, thanks aside."""
    found = _ASKED.search(text, max(0, len(text) - 160))
    return found is not None and (not found["after"].strip() or cues.whole("thanks", found["after"]))
