"""Days: what the words of a date mean, counted from the day a document gives for itself."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal as OneOf

from kg.dates import DateExpression, Day
from kg.model import Literal

Direction = OneOf["past", "future"]

_PARTS = ("morning", "afternoon", "evening", "night")
_OFFSETS = {
    "the day before yesterday": -2,
    **dict.fromkeys(("yesterday", "last night", *(f"yesterday {part}" for part in _PARTS)), -1),
    **dict.fromkeys(("today", "tonight", *(f"this {part}" for part in _PARTS)), 0),
    **dict.fromkeys(("tomorrow", *(f"tomorrow {part}" for part in _PARTS)), 1),
    "the day after tomorrow": 2,
}
_SHIFT = {"last": -1, "this": 0, "next": 1}
_TO = r"[ \u00a0]?(?:[-–—]|to)[ \u00a0]?"
_STRETCHES = tuple(
    (re.compile(form), order)
    for form, order in (
        (rf"(?P<month>[A-Z][a-z]+\.?) (?P<day>\d+){_TO}(?P<day2>\d+)", "month day"),
        (rf"(?P<day>\d+){_TO}(?P<day2>\d+) (?P<month>[A-Z][a-z]+)", "day month"),
    )
)
# So far a day without a year may lie on the side the verb does not point to: nobody leaves out the year of a day
# eleven months off, and "will run from March 1" may be written on March 3.
_SLACK = timedelta(days=31)


def resolve(
    expression: DateExpression,
    anchor: date | None,
    *,
    towards: Direction = "past",
    after: date | None = None,
    named: date | None = None,
) -> Literal | None:
    """The value of a date expression: a `date`, `gYearMonth` or `gYear`, with its first and last day.

    A range is a `string` of two values with a slash between. None where nothing fixes it: the words stay
    words. `towards` tells on which side of the anchor a weekday, or a day without a year, lies; `after` is the
    start of the range that this ends; `named` is the day named before, which "that day" means.

    >>> from kg.dates import dates
    >>> tuesday, saturday, first = dates("from Tuesday to Saturday, not on March 1")
    >>> resolve(tuesday, date(2024, 11, 26)).value, resolve(tuesday, None)
    ('2024-11-26', None)
    >>> resolve(saturday, date(2024, 11, 26), after=date(2024, 11, 26)).value
    '2024-11-30'
    >>> resolve(first, date(2021, 3, 3)).value, resolve(first, date(2021, 3, 3)).datatype
    ('2021-03-01', 'date')
    """
    day = _told(expression, anchor, towards, after, named)
    begin = value(day) if day else None
    if begin is None or begin.begin is None or expression.last is None:
        return begin
    last = expression.last
    if not last.year:
        # "Dec. 30-Jan. 2" ends in the next year.
        last = last._replace(year=begin.begin.year + ((last.month or 0) < begin.begin.month))
    end = value(last)
    return Literal(f"{begin.value}/{end.value}", "string", begin.begin, end.end) if end else None


def value(day: Day) -> Literal | None:
    """The literal of a day, month or year; none without a year, or where the calendar has no such day.

    >>> value(Day(2021, 7)).value, value(Day(2021, 2, 29)), value(Day(None, 7))
    ('2021-07', None, None)
    """
    ends = _ends(day)
    if ends is None:
        return None
    datatype, length = ("date", 10) if day.day else ("gYearMonth", 7) if day.month else ("gYear", 4)
    return Literal(ends[0].isoformat()[:length], datatype, *ends)


def day_words(text: str) -> tuple[str, str] | None:
    """The first and the last day of a stretch within one month, in words, where nothing tells the year.

    >>> day_words("June 5 to 8"), day_words("5-8 June"), day_words("June 5")
    (('June 5', 'June 8'), ('5 June', '8 June'), None)
    """
    for form, order in _STRETCHES:
        if said := form.fullmatch(text):
            words = [[said[part] for part in order.replace("day", day).split()] for day in ("day", "day2")]
            return " ".join(words[0]), " ".join(words[1])
    return None


def nearest(day: Day, other: date, *, within: timedelta) -> date | None:
    """The day of a month and number, or of a number alone, that is nearest another; none beyond `within`."""
    found = [ends[0] for known in _candidates(day, other) if (ends := _ends(known))]
    return min((d for d in found if abs(d - other) <= within), key=lambda d: abs(d - other), default=None)


def _told(
    said: DateExpression, anchor: date | None, towards: Direction, after: date | None, named: date | None
) -> Day | None:
    """The year, month and day that an expression means, as far as it means any."""
    which, _, unit = said.relative.rpartition(" ")
    if which in ("that", "the same"):
        return _day(named) if named else None
    if said.day.year:
        return said.day
    if anchor is None:
        return None
    if said.relative in _OFFSETS:
        return _day(anchor + timedelta(days=_OFFSETS[said.relative]))
    if unit == "year":
        return said.day._replace(year=anchor.year + _SHIFT[which])
    if unit == "month":
        return _months(anchor, _SHIFT[which])._replace(day=said.day.day)
    if said.weekday is not None and not said.day.day:
        return _weekday(said, anchor, towards, after)
    if said.relative in _SHIFT:
        return _month(said, anchor)
    if not (said.day.month or said.day.day):
        return None  # "last week": its first day depends on the reader's country
    slack = _SLACK if said.day.month else timedelta()
    return _choose(_candidates(said.day, anchor), said.weekday, anchor, towards, after, slack)


def _weekday(said: DateExpression, anchor: date, towards: Direction, after: date | None) -> Day | None:
    if said.relative in ("last", "next"):
        return None  # "last Tuesday" may be yesterday or nine days ago
    around = [_day((after or anchor) + timedelta(days=n)) for n in range(-6, 8)]
    if after:
        around = around[7:]  # "from Tuesday to Tuesday" is a week
    direction: Direction = "future" if said.relative == "this" else towards
    return _choose(around, said.weekday, anchor, direction, after, timedelta())


def _month(said: DateExpression, anchor: date) -> Day | None:
    """The month of "this August"; of "last August" only if no other August could be meant."""
    shift = _SHIFT[said.relative]
    only_one = ((said.day.month or 0) - anchor.month) * shift <= 0
    return said.day._replace(year=anchor.year + shift) if only_one else None


def _choose(
    days: Iterable[Day],
    weekday: int | None,
    anchor: date,
    towards: Direction,
    after: date | None,
    slack: timedelta,
) -> Day | None:
    """Of days in order the one next to the anchor in the direction told, or the first not before `after`."""
    known = [(ends, day) for day in days if (ends := _ends(day))]
    if weekday is not None:
        known = [(ends, day) for ends, day in known if ends[0].weekday() == weekday]
    if after:
        return next((day for ends, day in known if ends[1] >= after), None)
    if towards == "past":
        return next((day for ends, day in reversed(known) if ends[0] <= anchor + slack), None)
    return next((day for ends, day in known if ends[1] >= anchor - slack), None)


def _candidates(day: Day, around: date) -> list[Day]:
    """The days that a month, with or without a day, or a day's number alone may mean, near another day."""
    if day.month:
        return [day._replace(year=around.year + n) for n in (-1, 0, 1)]
    return [_months(around, n)._replace(day=day.day) for n in range(-2, 3)]


def _months(day: date, shift: int) -> Day:
    months = day.year * 12 + day.month - 1 + shift
    return Day(months // 12, months % 12 + 1)


def _day(known: date) -> Day:
    return Day(known.year, known.month, known.day)


def _ends(day: Day) -> tuple[date, date] | None:
    """The first and the last day of a day, month or year; none without a year, or if there is no such day."""
    if not day.year:
        return None
    if not day.month:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    length = monthrange(day.year, day.month)[1]
    if day.day and day.day > length:
        return None
    return date(day.year, day.month, day.day or 1), date(day.year, day.month, day.day or length)
