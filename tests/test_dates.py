from __future__ import annotations

from datetime import date

import pytest

from kg.dates import DateExpression, Day, dates
from kg.dates.anchors import Anchors, anchors
from kg.dates.days import Direction, resolve, value
from kg.model import Document, Span, Zone, ZoneKind

Known = tuple[int | None, int | None, int | None]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("BEIJING, Nov. 26 (Xinhua) --", "Nov. 26", (None, 11, 26)),
        ("in Beijing, Nov. 26, 2024.", "Nov. 26, 2024", (2024, 11, 26)),
        ("08:35, November 27, 2024", "November 27, 2024", (2024, 11, 27)),
        ("on 26 November 2024, he", "26 November 2024", (2024, 11, 26)),
        ("2021/3/8 16:54:00 0", "2021/3/8 16:54:00", (2021, 3, 8)),
        ("2021-03-08", "2021-03-08", (2021, 3, 8)),
        ("2021-03-08T10:12:00Z", "2021-03-08T10:12:00", (2021, 3, 8)),
        ("By A|Mar 20,2024", "Mar 20,2024", (2024, 3, 20)),
        ("on March 1 in Paris", "March 1", (None, 3, 1)),
        ("December 11th, on", "December 11th", (None, 12, 11)),
        ("the 2nd of March, 2021", "2nd of March, 2021", (2021, 3, 2)),
        ("05-Mar-2023", "05-Mar-2023", (2023, 3, 5)),
        ("2021年3月8日", "2021年3月8日", (2021, 3, 8)),
        ("27/11/2024", "27/11/2024", (2024, 11, 27)),
        ("11/27/2024", "11/27/2024", (2024, 11, 27)),
        ("NOV. 26", "NOV. 26", (None, 11, 26)),
        ("Nov.\u00a026,\u00a02024", "Nov.\u00a026,\u00a02024", (2024, 11, 26)),
        ("in July 2021.", "July 2021", (2021, 7, None)),
        ("in 2018, the", "2018", (2018, None, None)),
        ("in\u00a02018, the", "2018", (2018, None, None)),
        ("10 months of 2021 its", "2021", (2021, None, None)),
        ("(2018)", "2018", (2018, None, None)),
        ("since late 2022", "2022", (2022, None, None)),
        ("mid-2023", "2023", (2023, None, None)),
        ("the targets for 2035.", "2035", (2035, None, None)),
        ("of 2021\nNext", "2021", (2021, None, None)),
        ("talks in August to", "August", (None, 8, None)),
        ("in May.", "May", (None, 5, None)),
        ("On the 25th, he", "25th", (None, None, 25)),
        ("a conference on 23th.", "23th", (None, None, 23)),
        ("on the 23rd to discuss", "23rd", (None, None, 23)),
        ("on the 25th which cited", "25th", (None, None, 25)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_that_name_a_day_a_month_or_a_year(text: str, words: str, day: Known) -> None:
    (found,) = dates(text)
    assert (found.text, tuple(found.day)) == (words, day)
    assert text[found.span.start : found.span.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "the 2021 Forum",
        "Expo-2020",
        "COVID-19",
        "of 2020 governance work",
        "of 2000 enterprises",
        "up to 2000",
        "2,000 people",
        "He may go and march, it will mar the sun",
        "by May Smith",
        "in April Roe's book",
        "the 25th anniversary",
        "the 19th National Congress",
        "on the 19th floor",
        "on the 35th annual meeting",
        "in the 20th century",
        "March 1,200",
        "February 30, 2021",
        "2024-13-01",
        "03/04/2024",
        "Black Friday",
        "today's world",
        "120220004",
        "+86-23-67158993",
        "1.3 March",
        "in the 1990s",
        "2011-12",
        "Sunny Marcher Decades",
    ],
)
def test_words_that_name_none(text: str) -> None:
    assert dates(text) == ()


@pytest.mark.parametrize(
    ("text", "day", "last"),
    [
        ("March 17-19", (None, 3, 17), (None, 3, 19)),
        ("Nov. 26-30, 2024", (2024, 11, 26), (2024, 11, 30)),
        ("Nov. 26 – 30", (None, 11, 26), (None, 11, 30)),
        ("from March 17 to 19", (None, 3, 17), (None, 3, 19)),
        ("26-30 November 2024", (2024, 11, 26), (2024, 11, 30)),
        ("March 30-April 2, 2021", (2021, 3, 30), (2021, 4, 2)),
        ("Dec. 30-Jan. 2, 2024", (2023, 12, 30), (2024, 1, 2)),
        ("January-October 2023", (2023, 1, None), (2023, 10, None)),
        ("the plan (2021-2025)", (2021, None, None), (2025, None, None)),
        ("2021-25 plan", (2021, None, None), (2025, None, None)),
        ("on March 8 and 9", (None, 3, 8), (None, 3, 9)),
        ("on 8 and 9 March 2024", (2024, 3, 8), (2024, 3, 9)),
        ("between May 19 and 26", (None, 5, 19), (None, 5, 26)),
        ("between the 19th and the 26th of May", (None, 5, 19), (None, 5, 26)),
        ("from Saturday 18 to Sunday 19 February 2023", (2023, 2, 18), (2023, 2, 19)),
        ("from the 26th to the 28th of January 2023", (2023, 1, 26), (2023, 1, 28)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_range_has_an_end(text: str, day: Known, last: Known) -> None:
    (found,) = dates(text)
    assert (tuple(found.day), found.last) == (day, Day(*last))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("from March 17 to April 2", ["March 17", "April 2"]),
        ("from Tuesday to Saturday", ["Tuesday", "Saturday"]),
        ("from 2020 to 2025, and between 2021 and 2023", ["2020", "2025", "2021", "2023"]),
        ("on the 25th and the 26th.", ["25th", "26th"]),
        ("this morning, today, last week", ["this morning", "today", "last week"]),
        ("yesterday afternoon; that day in Rome", ["yesterday afternoon", "that day"]),
        ("March this year, July 26 last year", ["March this year", "July 26 last year"]),
        ("Tuesday, Nov. 26, 2024; Tuesday (Nov. 26)", ["Tuesday, Nov. 26, 2024", "Tuesday (Nov. 26)"]),
        ("Nov. 26 (Tuesday) and Wed, 27 Nov 2024", ["Nov. 26 (Tuesday)", "Wed, 27 Nov 2024"]),
        ("this Saturday, next March", ["this Saturday", "next March"]),
        ("on the 25th of this month", ["25th of this month"]),
        ("in March 2 million people", ["March"]),
        ("on May 3 and 23, 2024", ["May 3"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_longest_words_are_one_expression(text: str, words: list[str]) -> None:
    assert [found.text for found in dates(text)] == words


def test_only_what_lies_between_two_offsets_is_read() -> None:
    text = "On March 1 and March 12, in 2021"
    assert [found.text for found in dates(text, 5, 23)] == ["March 12"]
    assert [found.text for found in dates(text, 24)] == ["2021"]


NOVEMBER, MARCH, JULY = date(2024, 11, 26), date(2021, 3, 3), date(2020, 7, 27)


@pytest.mark.parametrize(
    ("text", "anchor", "towards", "expected"),
    [
        ("Nov. 26, 2024", None, "past", "2024-11-26"),
        ("in 2018,", None, "past", "2018"),
        ("July 2021", None, "past", "2021-07"),
        ("March 1", MARCH, "past", "2021-03-01"),
        ("March 1", MARCH, "future", "2021-03-01"),
        ("March 17-19", MARCH, "past", "2021-03-17/2021-03-19"),
        ("Dec. 28", MARCH, "past", "2020-12-28"),
        ("Dec. 28", MARCH, "future", "2021-12-28"),
        ("Dec. 30-Jan. 2", MARCH, "past", "2020-12-30/2021-01-02"),
        ("January-October", date(2023, 11, 2), "past", "2023-01/2023-10"),
        ("(2021-2025)", None, "past", "2021/2025"),
        ("Jan 15", date(2020, 7, 25), "past", "2020-01-15"),
        ("May 8", date(2020, 7, 25), "past", "2020-05-08"),
        ("November 5", date(2022, 11, 1), "past", "2022-11-05"),
        ("in August", date(2020, 7, 25), "future", "2020-08"),
        ("Tuesday", NOVEMBER, "past", "2024-11-26"),
        ("Tuesday", NOVEMBER, "future", "2024-11-26"),
        ("Saturday", NOVEMBER, "past", "2024-11-23"),
        ("Saturday", NOVEMBER, "future", "2024-11-30"),
        ("this Saturday", NOVEMBER, "past", "2024-11-30"),
        ("on the 25th,", JULY, "past", "2020-07-25"),
        ("on the 30th,", JULY, "past", "2020-06-30"),
        ("on the 30th,", JULY, "future", "2020-07-30"),
        ("on the 31st,", date(2021, 3, 3), "past", "2021-01-31"),
        ("this morning", JULY, "past", "2020-07-27"),
        ("yesterday", date(2021, 3, 1), "past", "2021-02-28"),
        ("tomorrow", JULY, "past", "2020-07-28"),
        ("last year", MARCH, "past", "2020"),
        ("this year", MARCH, "past", "2021"),
        ("next month", date(2020, 12, 3), "past", "2021-01"),
        ("last month", date(2021, 1, 3), "past", "2020-12"),
        ("March this year", MARCH, "past", "2021-03"),
        ("July 26 last year", MARCH, "past", "2020-07-26"),
        ("on the 25th of last month", MARCH, "past", "2021-02-25"),
        ("last August", MARCH, "past", "2020-08"),
        ("this August", MARCH, "past", "2021-08"),
        ("Tuesday (Nov. 26)", date(2024, 12, 1), "past", "2024-11-26"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_anchor_and_the_direction_tell_the_day(
    text: str, anchor: date | None, towards: Direction, expected: str
) -> None:
    (found,) = dates(text)
    literal = resolve(found, anchor, towards=towards)
    assert literal is not None
    assert literal.value == expected
    assert literal.datatype == (
        "string" if "/" in expected else {4: "gYear", 7: "gYearMonth"}.get(len(expected), "date")
    )


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Thursday", None),
        ("December 10", None),
        ("this morning", None),
        ("on the 23rd.", None),
        ("last year", None),
        ("that day", MARCH),
        ("last week", MARCH),
        ("the following day", MARCH),
        ("last Tuesday", MARCH),
        ("last February", MARCH),
        ("next May", MARCH),
        ("Monday (Nov. 26)", NOVEMBER),
        ("February 29 last year", date(2022, 3, 3)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_nothing_fixes_stays_words(text: str, anchor: date | None) -> None:
    (found,) = dates(text)
    assert resolve(found, anchor) is None


def test_the_end_of_a_range_lies_after_its_start_and_that_day_is_the_day_named() -> None:
    (saturday,) = dates("Saturday")
    (second,) = dates("January 2")
    (that,) = dates("that day")
    start = date(2024, 11, 26)
    assert [resolve(saturday, start, after=day) for day in (start, date(2024, 11, 30))] == [
        value(Day(2024, 11, 30)),
        value(Day(2024, 12, 7)),
    ]
    assert resolve(second, start, after=date(2024, 12, 30)) == value(Day(2025, 1, 2))
    assert resolve(that, None, named=start) == value(Day(2024, 11, 26))


def test_a_literal_has_its_first_and_its_last_day() -> None:
    assert [(literal.begin, literal.end) for day in (Day(2024), Day(2024, 2)) if (literal := value(day))] == [
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2024, 2, 1), date(2024, 2, 29)),
    ]


def parts(*lines: tuple[ZoneKind, str]) -> tuple[str, tuple[Zone, ...]]:
    text, zones = "", []
    for kind, words in lines:
        zones.append(Zone(kind, Span(len(text), len(text) + len(words))))
        text += words + "\n"
    return text, tuple(zones)


TITLE, PUBLICATION, BYLINE = ZoneKind.TITLE, ZoneKind.PUBLICATION, ZoneKind.BYLINE
DATELINE, CAPTION, BODY, TURN = ZoneKind.DATELINE, ZoneKind.CAPTION, ZoneKind.BODY, ZoneKind.TURN


@pytest.mark.parametrize(
    ("lines", "recorded", "day", "published", "span"),
    [
        ([(BODY, "On Nov. 26, 2024 it began.")], None, None, None, ""),
        ([(PUBLICATION, "2021/3/8 16:54:00 0")], None, "2021-03-08", "2021-03-08", "2021/3/8 16:54:00"),
        (
            [(PUBLICATION, "Source: X"), (BYLINE, "By A|Mar 20,2024")],
            None,
            "2024-03-20",
            "2024-03-20",
            "Mar 20,2024",
        ),
        (
            [(PUBLICATION, "November 27, 2024"), (DATELINE, "X, Nov. 26 (Y) --")],
            None,
            "2024-11-26",
            "2024-11-27",
            "Nov. 26",
        ),
        (
            [(PUBLICATION, "January 1, 2024"), (DATELINE, "X, Dec. 31 --")],
            None,
            "2023-12-31",
            "2024-01-01",
            "Dec. 31",
        ),
        ([(DATELINE, "X July 26, 2020")], None, "2020-07-26", None, "July 26, 2020"),
        ([(DATELINE, "Y on December 10")], None, None, None, ""),
        ([(CAPTION, "X, Nov. 26, 2024."), (DATELINE, "X, Nov. 26 --")], None, "2024-11-26", None, "Nov. 26"),
        ([(CAPTION, "X, May 1, 2024."), (DATELINE, "X, Nov. 26 --")], None, None, None, ""),
        ([(CAPTION, "X, May 1, 2024.")], None, None, None, ""),
        ([(BODY, "Words.")], "2020-01-02", "2020-01-02", "2020-01-02", ""),
        ([(DATELINE, "X, Jan. 1 --")], "2020-01-02", "2020-01-01", "2020-01-02", "Jan. 1"),
        ([(PUBLICATION, "March 1, 2021")], "2021-03-03", "2021-03-03", "2021-03-03", ""),
        ([(TITLE, "Talks (March 16, 2023)"), (TURN, "Yes.")], None, "2023-03-16", None, "March 16, 2023"),
        ([(TITLE, "Talks of March 16, 2023 go on"), (TURN, "Yes.")], None, None, None, ""),
        ([(TITLE, "Talks (March 16, 2023)"), (BODY, "Yes.")], None, None, None, ""),
    ],
    ids=[
        "body tells no day",
        "publication line",
        "by-line",
        "dateline refines",
        "dateline of the year before",
        "dateline with a year",
        "dateline without any year",
        "year of a caption",
        "caption too far off",
        "caption alone",
        "record alone",
        "record and dateline",
        "record against the page",
        "title of a transcript",
        "title that goes on",
        "title of no transcript",
    ],
)
def test_the_day_that_a_document_gives_for_itself(
    lines: list[tuple[ZoneKind, str]], recorded: str | None, day: str | None, published: str | None, span: str
) -> None:
    text, zones = parts(*lines)
    document = Document("x", text, published=date.fromisoformat(recorded) if recorded else None)
    found = anchors(document, zones)
    assert found.day == (date.fromisoformat(day) if day else None)
    assert found.published == (date.fromisoformat(published) if published else None)
    assert (text[slice(*found.span)] if found.span else "") == span


def test_a_dateline_without_a_year_is_kept_as_words() -> None:
    text, zones = parts((DATELINE, "Message on December 10"))
    day = Day(None, 12, 10)
    assert anchors(Document("x", text), zones) == Anchors(dateline=DateExpression(Span(11, 22), "December 10", day))
