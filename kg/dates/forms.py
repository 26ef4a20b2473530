"""Forms of dates: the patterns of the words that name one, and what must stand around them."""

from __future__ import annotations

import re
from collections.abc import Callable

_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
#: By the first three letters of their names; months count from 1, weekdays from Monday, 0.
#: The names of months and days, in small letters.
CALENDAR = frozenset(form.lower() for name in (*_MONTHS, *_WEEKDAYS) for form in (name, name[:3], f"{name[:3]}."))
MONTH_OF = {name[:3]: n for n, name in enumerate(_MONTHS, 1)}
WEEKDAY_OF = {name[:3]: n for n, name in enumerate(_WEEKDAYS)}
_PERSONS_TOO = frozenset({"April", "May", "June", "August"})


def _re(pattern: str) -> re.Pattern[str]:
    """A compiled pattern, in which `~` is a space."""
    return re.compile(pattern.replace("~", "[ \u00a0\u202f]"))


def _names(full: list[str], short: str) -> str:
    """Names and their short forms, capitalised or all in capitals: "may" is no month."""
    either = "|".join(form for name in full for form in (name, name.upper()))
    cut = "|".join(form for name in short.split() for form in (name, name.upper()))
    return rf"(?:(?:{either})\b|(?:{cut})(?:\.|\b))"


_DASH = "~?[-–—]~?"
_MONTH = _names(_MONTHS, "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec")
_WEEKDAY = _names(_WEEKDAYS, "Mon Tues Tue Wed Thurs Thur Thu Fri Sat Sun")
_LONG_WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})\b"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\d%])"
# With more digits or a unit a number is an amount: "in March 2 million people", "March 1,200".
_DAY = (
    r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.:/]\d|,\d{1,3}\b)"
    r"(?!~(?:percent|per cent|pct|million|billion|trillion|thousand|hundred)\b)"
)
_OF_YEAR = rf"(?:~?,?~?(?P<year>{_YEAR})|,?~(?:of~)?(?P<relative>(?:this|last|next)~year)\b)"
_TIME = r"(?:(?:T|,?~{1,2})\d{1,2}:\d\d(?::\d\d)?)?(?!\d)"
_NUMBER = r"(?<!\d[.,/:])(?<!\d)"
_WHOSE = "(?:(?P<relative>[Tt]his|[Ll]ast|[Nn]ext)~)?"
_PART = "(?:morning|afternoon|evening|night|weekend|week|month|quarter|year)"
_MONTH_DAY = (
    rf"(?P<month>{_MONTH})~?(?P<day>{_DAY})"
    rf"(?:(?:{_DASH}(?:(?P<month2>{_MONTH})~?)?|~to~)(?P<day2>{_DAY})(?!~?{_MONTH}))?{_OF_YEAR}?"
)
_BEFORE = rf"(?:(?P<weekday>{_WEEKDAY}),?~(?:the~)?)?"
_AFTER = rf"(?:,?~(?P<weekday_>{_LONG_WEEKDAY})|~\((?P<weekday__>{_LONG_WEEKDAY})\))?"
_DAY_MONTH = (
    rf"{_NUMBER}(?P<day>{_DAY})(?:(?:{_DASH}|~to~)(?:the~)?(?:{_WEEKDAY}~)?(?P<day2>{_DAY}))?"
    rf"(?:~|-|~of~)(?P<month>{_MONTH})(?:-(?P<year_>{_YEAR})|{_OF_YEAR})?"
)
_OTHER_DAY = (
    rf"(?P<relative>(?:[Tt]oday|[Tt]onight)(?!['’])|[Yy]esterday(?:~{_PART})?|[Tt]omorrow(?:~{_PART})?"
    rf"|(?:[Tt]his|[Ll]ast|[Nn]ext)~{_PART}|(?:[Tt]hat|[Tt]he~(?:same|following|next|previous))"
    r"~(?:day|morning|afternoon|evening)|[Tt]he~day~(?:before~yesterday|after~tomorrow))\b"
)

# What comes before a year, a month or a day's number that is one, and what comes after it.
_IN = re.compile(
    r"\b(?:in|during|since|by|until|till|early|late|mid|years?|fiscal|through|before|after)[ -]$",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:of|from|for|(?<!up )to|between|than|as)(?: the year)? $", re.IGNORECASE)
_CHAIN = re.compile(r"\b(?:(?:1[89]|20)\d\d|(?P<month>[A-Z][a-z]{2,8}))(?:,| and| or| to| through|, and) $")
_ON = re.compile(
    r"\b(?:on|until|till|by|from|to|since|(?:morning|afternoon|evening|night) of|\d{1,2}(?:st|nd|rd|th) and)"
    r"(?: the)? $",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"['’]s\b|[ \t\u00a0]*(?:[^\w \t\u00a0'’%-]|\Z)|\s(?:a|an|and|are|as|at|but|by|during|for|from|had|has|have|he"
    r"|held|in|is|it|its|local|of|on|or|over|she|than|that|the|they|this|through|to|until|was|we|were|when|which"
    r"|while|will|with)\b"
)
_NO_WEEKDAY = re.compile(r"\b(?:Black|Cyber|Super|Good|Ash|Easter|Bloody) $")

#: Whether a match is a date, by the words before it.
Fits = Callable[[re.Match[str], str], bool]


def _always(_: re.Match[str], __: str) -> bool:
    return True


def _is_weekday(_: re.Match[str], before: str) -> bool:
    return not _NO_WEEKDAY.search(before)


def _is_day(match: re.Match[str], before: str) -> bool:
    return bool(_ON.search(before) and (match["relative"] or _ENDS.match(match.string, match.end())))


def _is_stretch(match: re.Match[str], before: str) -> bool:
    """Two days in a row are one stretch, or those that something lies between; `March 8 and 23` are two days."""
    first, second = (int(re.sub(r"\D", "", match[name])) for name in ("day", "day2"))
    return second == first + 1 or before.lower().endswith(("between ", "between the "))


def _is_year(match: re.Match[str], before: str) -> bool:
    text, end = match.string, match.end()
    if text.startswith(("-", "_", "/", "–", "—"), end):
        return False
    bracketed = before.endswith("(") and text.startswith(")", end)
    chain = _CHAIN.search(before)
    weakly = _OF.search(before) or (chain and not chain["month"])
    return bool(bracketed or _IN.search(before) or (weakly and _ENDS.match(text, end)))


def _is_month(match: re.Match[str], before: str) -> bool:
    text, end = match.string, match.end()
    if match["relative"]:
        return True
    if match["month"] in _PERSONS_TOO and re.match(r"\s[A-Z]", text[end : end + 2]):
        return False
    chain = _CHAIN.search(before)
    weakly = _OF.search(before) or (chain and (chain["month"] or "")[:3] in MONTH_OF)
    return bool(_IN.search(before) or (weakly and _ENDS.match(text, end)))


# The longer before the shorter. Groups: year, month (a name), m (its number), day, weekday, relative, and with
# a 2 the end of a range; a trailing underscore only keeps names apart.
_FORMS: tuple[tuple[str, Fits], ...] = (
    # 2021/3/8 16:54:00; 2021-03-08; 2021年3月8日
    (rf"{_NUMBER}(?P<year>{_YEAR})([-/.])(?P<m>[01]?\d)\2(?P<day>[0-3]?\d)(?!\d){_TIME}", _always),
    (rf"{_NUMBER}(?P<year>{_YEAR})~?年~?(?P<m>[01]?\d)~?月(?:~?(?P<day>[0-3]?\d)~?日{_TIME})?", _always),
    # 27/11/2024, 11/27/2024: only where the numbers themselves tell the day from the month
    (
        rf"{_NUMBER}(?P<day>1[3-9]|2\d|3[01])([-/.])(?P<m>0?[1-9]|1[0-2])\2(?P<year>{_YEAR}){_TIME}",
        _always,
    ),
    (
        rf"{_NUMBER}(?P<m>0?[1-9]|1[0-2])([-/.])(?P<day>1[3-9]|2\d|3[01])\2(?P<year>{_YEAR}){_TIME}",
        _always,
    ),
    # Tuesday (Nov. 26); Tuesday, Nov. 26, 2024; Nov. 26 (Tuesday); March 17 to 19; March 30-April 2
    (rf"(?P<weekday>{_WEEKDAY})~\({_MONTH_DAY}\)", _always),
    # March 8 and 9; between May 19 and 26
    (rf"(?P<month>{_MONTH})~?(?P<day>{_DAY})~and~(?P<day2>{_DAY})(?!~?{_MONTH}){_OF_YEAR}?", _is_stretch),
    (rf"{_BEFORE}{_MONTH_DAY}{_AFTER}", _always),
    # between the 19th and the 26th of May; 8 and 9 March
    (
        rf"{_NUMBER}(?P<day>{_DAY})~and~(?:the~)?(?P<day2>{_DAY})(?:~of)?~(?P<month>{_MONTH}){_OF_YEAR}?",
        _is_stretch,
    ),
    # 26 November 2024; the 2nd of March; 26-30 November; Saturday 18 to Sunday 19 March; 05-Mar-2023
    (rf"{_BEFORE}{_DAY_MONTH}", _always),
    # March 2021; January-October 2023; January-October; 2021-2025
    (rf"(?P<month>{_MONTH})(?:{_DASH}(?P<month2>{_MONTH}))?(?:,?~of)?{_OF_YEAR}", _always),
    (rf"(?P<month>{_MONTH}){_DASH}(?P<month2>{_MONTH})", _always),
    (rf"{_NUMBER}(?<!-)(?P<year>{_YEAR})[-–—](?P<year2>{_YEAR}|\d\d)(?![-\w])", _always),
    (rf"{_WHOSE}(?P<weekday>{_LONG_WEEKDAY})", _is_weekday),
    (rf"{_WHOSE}(?P<month>{_MONTH})", _is_month),
    (_OTHER_DAY, _always),
    (
        rf"{_NUMBER}(?P<day>[0-3]?\d)(?:st|nd|rd|th)\b(?:~of~(?P<relative>(?:this|last|next)~month))?",
        _is_day,
    ),
    (rf"{_NUMBER}(?P<year>(?:1[89]|20)\d\d)(?![\w%])", _is_year),
)
#: Those that may begin with a digit, and those that may begin with a letter.
FIGURES, WORDS = (
    tuple((_re(form), fits) for form, fits in _FORMS if may(form))
    for may in (
        lambda form: form.removeprefix(_BEFORE).startswith(_NUMBER),
        lambda form: not form.startswith(_NUMBER),
    )
)


_HEADS = "|".join(form for name in (*MONTH_OF, *WEEKDAY_OF) for form in (name, name.upper()))
#: Where a date may begin.
TRIGGER = _re(
    rf"(?<!\w)(?:\d|{_HEADS}|[Tt]o(?:day|night|morrow)|[Yy]esterday|(?:[Tt]his|[Ll]ast|[Nn]ext)~(?:[A-Z]|{_PART})"
    r"|[Tt]hat~(?:day|morning|afternoon|evening)|[Tt]he~(?:same|following|next|previous|day)~)"
)
