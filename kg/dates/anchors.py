"""Anchors: the day that a document gives for itself, from which "Tuesday" and "March 1" count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.dates import DateExpression, dates
from kg.dates.days import nearest, value
from kg.model import Document, Span, Zone, ZoneKind

# What is published is news: a dateline without a year is of the days around.
_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Anchors:
    """The days a document gives for itself; None where it gives none.

    `day` is that from which "Tuesday" counts: of the dateline if it has one, else of publication; `span` the
    words that tell it (none where only the `.toml` does). `published` is the day of publication. `dateline` is
    the date of the dateline as it stands, also where nothing tells its year.
    """

    day: date | None = None
    span: Span | None = None
    published: date | None = None
    dateline: DateExpression | None = None


def anchors(document: Document, zones: tuple[Zone, ...]) -> Anchors:
    """The days that `.toml`, publication line, by-line or dateline give.

    As a last resort a caption tells the dateline's year, and a transcript's title, by its end, the day.
    """
    written = _first(document, zones, ZoneKind.PUBLICATION) or _first(document, zones, ZoneKind.BYLINE)
    published = document.published or (_day(written) if written else None)
    dateline = next(_dates(document, zones, ZoneKind.DATELINE), None)
    if dateline:
        near = published or _caption(document, zones, dateline)
        day = _day(dateline) or (nearest(dateline.day, near, within=_MONTH) if near else None)
        if day:
            return Anchors(day, dateline.span, published, dateline)
    if not published and any(zone.kind is ZoneKind.TURN for zone in zones):
        titled = next((found for found in _dates(document, zones, ZoneKind.TITLE) if _at_end(document, found)), None)
        return Anchors(_day(titled) if titled else None, titled.span if titled else None, None, dateline)
    span = written.span if written and published and _day(written) == published else None
    return Anchors(published, span, published, dateline)


def _first(document: Document, zones: tuple[Zone, ...], kind: ZoneKind) -> DateExpression | None:
    return next((found for found in _dates(document, zones, kind) if _day(found)), None)


def _caption(document: Document, zones: tuple[Zone, ...], dateline: DateExpression) -> date | None:
    days = map(_day, _dates(document, zones, ZoneKind.CAPTION))
    return next((day for day in days if day and nearest(dateline.day, day, within=_MONTH)), None)


def _at_end(document: Document, found: DateExpression) -> bool:
    rest = document.text[found.span.end : found.span.end + 8].partition("\n")[0]
    return _day(found) is not None and not rest.strip(" )].")


def _dates(document: Document, zones: tuple[Zone, ...], kind: ZoneKind) -> Iterator[DateExpression]:
    for zone in zones:
        if zone.kind is kind:
            yield from (found for found in dates(document.text, *zone.span) if found.day.day and not found.last)


def _day(found: DateExpression) -> date | None:
    known = value(found.day)
    return known.begin if known and known.datatype == "date" else None
