"""Date expressions: the words of a text that name a day, a month, a year or a weekday."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import NamedTuple

from kg.dates.forms import FIGURES, MONTH_OF, TRIGGER, WEEKDAY_OF, WORDS
from kg.model import Span

# As far back as the words that make a number a year: "between the year 2020 and the year ".
_BEFORE = 24


class Day(NamedTuple):
    """What words say of a date; None where they leave it open."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class DateExpression:
    """The words at `span` that name a date, and what they say of it.

    `weekday` counts from Monday, 0. `relative` holds the words, in lower case, that count from another day:
    "yesterday", "last year", "this" (of "this Saturday"). `last` is the end of a range, as far as it is told.
    """

    span: Span
    text: str
    day: Day
    weekday: int | None = None
    relative: str = ""
    last: Day | None = None


def dates(text: str, start: int = 0, end: int | None = None) -> tuple[DateExpression, ...]:
    """The date expressions between two offsets, in order, not overlapping; the longest where several start.

    A year or a month alone, or the number of a day, counts only where its neighbours say what it is.

    >>> [d.text for d in dates("CITY, Nov. 26, 2024: in 2021 it may march from Tuesday to the 2021 Forum")]
    ['Nov. 26, 2024', '2021', 'Tuesday']
    """
    end = len(text) if end is None else end
    found: list[DateExpression] = []
    at = start
    while trigger := TRIGGER.search(text, at, end):
        expression = _longest(text, trigger.start(), end)
        if expression:
            found.append(expression)
        at = expression.span.end if expression else trigger.start() + 1
    return tuple(found)


def _longest(text: str, at: int, end: int) -> DateExpression | None:
    before = text[max(0, at - _BEFORE) : at].replace("\u00a0", " ").replace("\u202f", " ")
    for pattern, fits in FIGURES if text[at].isdecimal() else WORDS:
        match = pattern.match(text, at, end)
        if match and fits(match, before) and (expression := _made(match)):
            return expression
    return None


def _made(match: re.Match[str]) -> DateExpression | None:
    """The expression that a match's groups spell; none if there is no such day, or the range runs back."""
    said = {name.rstrip("_"): words for name, words in match.groupdict().items() if words}
    numbers = ("year", "year2", "m", "day", "day2")
    number = {name: int(re.sub(r"\D", "", said[name])) for name in numbers if name in said}
    month, month2 = (MONTH_OF.get(said.get(name, "")[:3].capitalize()) for name in ("month", "month2"))
    day = Day(number.get("year"), month or number.get("m"), number.get("day"))
    last = None
    if "year2" in number:
        last = _year_after(day, number["year2"])
        if last is None:
            return None
    elif month2 or "day2" in number:
        last = Day(day.year, month2 or day.month, number.get("day2"))
        if last[1:] <= day[1:]:
            if last.month == day.month:
                return None
            if day.year:
                day = day._replace(year=day.year - 1)  # "Dec. 30-Jan. 2, 2024"
    if not _exists(day) or (last and not _exists(last)):
        return None
    weekday = WEEKDAY_OF[said["weekday"][:3].capitalize()] if "weekday" in said else None
    relative = " ".join(said.get("relative", "").lower().split())
    return DateExpression(Span(*match.span()), match[0], day, weekday, relative, last)


def _year_after(day: Day, number: int) -> Day | None:
    """The end of "2021-2025" or "2021-25"; but "2021-03" is a month and "2011-12" may be one."""
    century = (day.year or 0) // 100 * 100
    year = number if number > 99 else century + number
    return Day(year) if number > 12 and year > (day.year or 0) else None


def _exists(day: Day) -> bool:
    """Whether the calendar has such a day, in a leap year if no year is told."""
    if day.month is not None and not 1 <= day.month <= 12:
        return False
    length = monthrange(day.year or 2024, day.month)[1] if day.month else 31
    return day.day is None or 1 <= day.day <= length
