"""Marks by which a line shows that it is navigation, a by-line, a publication line or a caption."""

from __future__ import annotations

import re

from kg.dates import dates
from kg.zones.cues import Cues
from kg.zones.lines import Line

_SEPARATORS = re.compile(r"\s*[>»›＞→ㄑ]\s*")
_BARS = re.compile(r"\s*[|丨·•/]\s*")
_PAGES = re.compile(
    r"(?:[<«‹＜]|prev\w*)?[\s|\[\]]*(?:\d{1,4}\b[\s|\[\]]*){2,}(?:\.{2,}|…)?\s*(?:[>»›＞]|next)?",
    re.IGNORECASE,
)
_PAGE = re.compile(r"page \d+(?: ?(?:of|/) ?\d+)?", re.IGNORECASE)
_FUSED = re.compile(r"[a-z)](?=[A-Z][a-z]|[A-Z]{2,}\b|The\b)")
_LETTER = re.compile(r"[^\W\d_]")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)")
_COLON = re.compile(r"\s*[:：]\s*\S")
_LONGEST = 200
# So many words of a publication line may be a publisher's name; more where the line begins with a day and a time.
_WORDS = 5
_WORDS_AFTER = 12
_NAME = 2
_CREDIT = re.compile(r"[(\[（【](?P<words>[^()\[\]（）【】]{1,80})[)\]）】]\.?\s*\Z")
_SLASHED = re.compile(r"[A-Z][\w.’' -]*/ ?[A-Z][\w.’', -]*\Z")


def navigation(line: Line, cues: Cues) -> bool:
    """Whether a line leads elsewhere: a button, a path to the page, numbers of pages, a list of labels."""
    text = line.text
    if len(text) > 400:
        return False
    if cues.whole("navigation", text) or (cues.starts("labels", text) and not line.stops):
        return True
    if not _LETTER.search(text):
        return not any(found.day.day for found in dates(text))
    if _PAGES.fullmatch(text) or _PAGE.fullmatch(text):
        return True
    return _path(line, cues) or _fused(line) or _bar(line)


def _path(line: Line, cues: Cues) -> bool:
    """Whether the line is a path like `Home > News > Press Room`."""
    marks = 0 if line.full_stop else len(_SEPARATORS.findall(line.text))
    steps = [step for step in _SEPARATORS.split(line.text) if step.strip()] if marks else []
    if not marks or any(len(step.split()) > 12 for step in steps):
        return False
    at_edge = _SEPARATORS.match(line.text) or _SEPARATORS.split(line.text)[-1] == ""
    return bool(marks > 1 or at_edge or not steps or cues.whole("navigation", steps[0]))


def _bar(line: Line) -> bool:
    """Whether the line is a row of links: `Home | News | Photos`."""
    steps = [] if line.stops else _BARS.split(line.text)
    return len(steps) >= 4 and all(len(step.split()) <= 3 for step in steps)


def _fused(line: Line) -> bool:
    """Whether the line is a list of labels that have run together: `Industry ChainSupply ChainEpidemic`."""
    if line.closed or len(_FUSED.findall(line.text)) < 2:
        return False
    return all(word[0].isupper() or word[0].isdigit() for word in line.words if len(word) > 3)


def byline(line: Line, cues: Cues) -> bool:
    """Whether a line says who wrote, edited or translated the text."""
    text = line.text.strip("()[]（）【】 ")
    if len(text) > _LONGEST or len(line.words) > 30 or not cues.starts("byline", text):
        return False
    cue = cues.patterns["byline"].match(text)
    rest = text[cue.end() :] if cue else ""
    if rest[:1] in (":", "："):
        # "Reporter: What measures will be taken?" asks; nobody's name is so long.
        return not line.stops or len(line.words) <= 8
    capital = re.match(r"\s+(?:our |staff |the )?[A-Z]", rest)
    names = [word for word in rest.split() if word[:1].isupper() or word in ("and", "&", "of", "in", "|")]
    return bool(capital) and not line.stops and len(line.words) <= 16 and len(names) * 2 >= len(rest.split())


def publication(line: Line, cues: Cues) -> bool:
    """Whether a line says when, and perhaps by whom, the text was published, and no more."""
    text = line.text
    if len(text) > _LONGEST or line.full_stop or len(line.words) > 30:
        return False
    found = [day for day in dates(text) if day.day.day]
    if _is_labelled(line, cues):
        return len(line.words) <= 24
    if byline(line, cues):
        return False
    timed = _TIME.search(text) is not None
    if not found or not (timed or any(day.day.year for day in found)):
        return False
    for day in reversed(found):
        text = text[: day.span.start] + " " + text[day.span.end :]
    text = _TIME.sub(" ", text)
    cued = any(len(cue[0]) > 2 for cue in cues.patterns["publication"].finditer(text))
    text = cues.patterns["publication"].sub(" ", text)
    left = re.findall(r"[^\W\d_][\w'’&.-]*", text)
    # "Weekly Talks on January 13, 2020" may be a title: only a time, a cue or a newspaper's name shows what it is.
    sure = timed or cued or cues.ends("media", text)
    most = _WORDS_AFTER if found[0].span.start == 0 and timed else _WORDS if sure else _NAME
    return len(left) <= most and all(word[0].isupper() or not word.isascii() for word in left)


def _is_labelled(line: Line, cues: Cues) -> bool:
    """Whether a line, or a part of it behind a bar, begins like `Source: ` or `Updated: ` and goes on."""
    pieces = line.text[:_LONGEST].split("|")
    opened = ((cues.patterns["published"].match(piece.lstrip()), piece.lstrip()) for piece in pieces)
    return any(found and _COLON.match(piece, found.end()) for found, piece in opened)


def caption(line: Line, cues: Cues) -> bool:
    """Whether a paragraph tells what a picture shows: by its credit, or by its own words."""
    text = line.text
    if len(text) > 900:
        return False
    credit = _CREDIT.search(text, max(0, len(text) - 90))
    if credit:
        words, before = credit["words"], text[: credit.start()].rstrip()
        if cues.starts("credit", words) or (cues.ends("credit", words) and len(words.split()) < 5):
            return True
        if _SLASHED.match(words) and (not before or before[-1] in '.!?"”。'):
            return True
    if cues.inside("not_captioned", text):
        return False
    return cues.starts("caption", text) or (cues.inside("captioned", text) and len(line.words) <= 40)
