"""Web pages: their text by trafilatura, with the lines above it that it leaves out."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lxml.etree import strip_elements
from lxml.html import defs
from trafilatura import bare_extraction
from trafilatura.settings import Document as Found
from trafilatura.utils import load_html

from kg.dates import dates
from kg.dates.days import value
from kg.errors import DocumentError, Fault
from kg.intake.source import Source
from kg.model import Span
from kg.words import fold
from kg.zones.datelines import dateline
from kg.zones.lines import Line
from kg.zones.marks import byline, caption, publication

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from kg.zones.cues import Cues

# What they mend they tell the log; without a handler Python would print it.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

# An entity that stands for ten others, each of which stands for ten: no page needs any of its own.
_DECLARES = re.compile(r"<!DOCTYPE[^<>]*\[", re.IGNORECASE)
# Each attribute of a tag is compared with those before it, so that a tag of a million takes hours.
_LONG_TAG = re.compile(r"<[a-z][^<>]{20000,}", re.IGNORECASE)
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTES = 1000
_CONTROLS = dict.fromkeys({*range(0x20), 0x7F} - {*map(ord, "\t\n\r\f")})
_BLOCKS = (*defs.block_tags, "br", "dd", "dt", "figcaption", "li", "main", "summary", "td", "th", "tr")
_SILENT = ("script", "style", "noscript", "template", "title")
_LINE_END = "\u2028"

# Where pages declare their day of publication; a guess from other dates on the page would date every post in it.
_PUBLISHED = frozenset(
    "article:published_time citation_publication_date datepublished dc.date.issued dcterms.issued og:published_time"
    " parsely-pub-date pubdate publishdate publish_date".split()
)
_JSON_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"\\]{8,40})"')
# trafilatura asks for a date in any case, and else guesses up to today: nothing may depend on the clock.
_NO_CLOCK = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}


def read(path: Path, markup: str, cues: Cues) -> Source:
    """The text of a web page, a blank line between its paragraphs: headline, by-line and captions, then the article.

    `cues` tell which of the lines between headline and article are of the text. Raises DocumentError for a page
    that declares entities of its own or has a tag of too many attributes, and for one without text.
    """
    if _DECLARES.search(markup):
        raise DocumentError([Fault(path, 0, "is HTML that declares entities of its own in its DOCTYPE: not read")])
    if any(len(_VALUE.sub("", tag[0]).split()) > _ATTRIBUTES for tag in _LONG_TAG.finditer(markup)):
        raise DocumentError([Fault(path, 0, f"is HTML with a tag of more than {_ATTRIBUTES:,} attributes: not read")])
    markup = markup.translate(_CONTROLS)
    page = load_html(markup if "<html" in markup.lower() else f"<html>{markup}</html>")
    found = page is not None and bare_extraction(
        page, with_metadata=True, include_comments=False, date_extraction_params=_NO_CLOCK
    )
    if page is None or not isinstance(found, Found) or not (found.text or "").strip():
        raise DocumentError([Fault(path, 0, "is HTML without text; a page that scripts fill must be saved as shown")])
    body = [text for line in (found.text or "").split("\n") if (text := _plain(line.strip(" |")))]
    printed = _printed(page)
    title = _headline(page, _plain(found.title or ""), printed)
    above = [title, *_above(printed, title, body, cues)] if title else []
    lines = _datelined([*above, *(line for line in body if line not in above)], cues)
    site = _plain(found.sitename or "")
    return Source(
        "\n\n".join(lines) + "\n",
        title=title,
        publisher="" if site in (found.url or "") else site,  # of the address it is only a guess
        published=_published(page),
        language=page.get("lang") or page.get("xml:lang") or "",
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _printed(page: HtmlElement) -> list[str]:
    """All lines that the page shows, each block a line."""
    shown = deepcopy(page)
    strip_elements(shown, *_SILENT, with_tail=False)
    for block in shown.iter(*_BLOCKS):
        block.text = _LINE_END + (block.text or "")
        block.tail = _LINE_END + (block.tail or "")
    lines = map(_plain, str(shown.text_content()).split(_LINE_END))
    return [line for line in lines if line]


def _headline(page: HtmlElement, title: str, printed: Sequence[str]) -> str:
    """The headline as the page shows it, where it shows one; else its title."""
    heads = [_plain(str(head.text_content())) for head in page.iter("h1", "h2")]
    longer = (head for head in heads if len(head.split()) > 2 and title and fold(head) in fold(title))
    return title if title in printed else next(longer, title)


def _above(printed: Sequence[str], title: str, body: Collection[str], cues: Cues) -> list[str]:
    """What stands between headline and article of the text: by-line, line of publication, captions; dateline last."""
    kept: list[str] = []
    text = frozenset(body)
    for words in printed[printed.index(title) + 1 :] if title in printed else ():
        line = _line(words)
        if byline(line, cues) or publication(line, cues) or caption(line, cues) or _is_dateline(words, cues):
            kept.append(words)
        elif words in text:
            return sorted(kept, key=lambda words: _is_dateline(words, cues))
    # The article was never reached: then nobody knows what stands above it.
    return []


def _datelined(lines: list[str], cues: Cues) -> list[str]:
    """The lines, a dateline that has one of its own before the paragraph that it belongs to."""
    at = next((n for n, line in enumerate(lines[:-1]) if _is_dateline(line, cues)), None)
    return lines if at is None else [*lines[:at], f"{lines[at]} {lines[at + 1]}", *lines[at + 2 :]]


def _line(words: str) -> Line:
    return Line(words, Span(0, len(words)), 1, 0)


def _is_dateline(words: str, cues: Cues) -> bool:
    """Whether a line is a dateline with a day, and no more."""
    parts = dateline(_line(f"{words} The"), cues, first=False)
    return bool(parts) and parts[-1][1].end == len(words)


def _published(page: HtmlElement) -> date | None:
    """The day on which the page declares to be published; none where it declares several."""
    declared = [
        str(meta.get("content") or "")
        for meta in page.iter("meta")
        if any(str(meta.get(key) or "").lower() in _PUBLISHED for key in ("property", "name", "itemprop"))
    ]
    declared += (
        str(time.get("datetime") or "")
        for time in page.iter("time")
        if "pubdate" in time.attrib or str(time.get("itemprop")).lower() == "datepublished"
    )
    for script in page.iter("script"):
        if "json" in str(script.get("type")):
            declared += _JSON_PUBLISHED.findall(script.text or "")
    told = (value(found.day) for words in declared for found in dates(words[:40])[:1])
    days = {day.begin for day in told if day and day.datatype == "date"}
    return days.pop() if len(days) == 1 else None
