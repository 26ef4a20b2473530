from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import dates
from kg.dates.days import resolve, value
from tests.properties.strategies import TEXTS

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
DATED = st.lists(
    st.one_of(
        st.sampled_from(
            "May March 3 17 2024 2021 Tuesday Tues. from to - – , ( ) the 3rd 31st of on in last next this that same"
            " day year month week yesterday today 年 月 日 2024-05-03 30 / . and between T16:54:00 Dec. 99 00".split()
        ),
        st.text(alphabet="0123456789-/. ,", max_size=8),
    ),
    max_size=12,
).map(" ".join)


@pytest.mark.parametrize(
    "form",
    ["{0:%B} {0.day}, {0.year}", "{0.day} {0:%B} {0.year}", "{0.year}-{0:%m}-{0:%d}", "{0.year}年{0.month}月{0.day}日"],
)
@given(day=DAYS)
def test_a_day_that_is_written_out_is_read_as_itself(form: str, day: date) -> None:
    words = form.format(day)
    (found,) = dates(f"It opened on {words}, as they said.")
    read = resolve(found, None)
    assert (found.text, read and read.value) == (words, day.isoformat())


@given(
    st.one_of(DATED, TEXTS), st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS), st.sampled_from(["past", "future"])
)
def test_dates_stand_where_they_say_and_end_after_they_begin(
    text: str, anchor: date | None, after: date | None, towards: str
) -> None:
    at = 0
    for found in dates(text):
        assert at <= found.span.start < found.span.end
        assert found.text == text[slice(*found.span)]
        at = found.span.end
        read = resolve(found, anchor, towards="past" if towards == "past" else "future", after=after, named=anchor)
        assert read is None or read.begin is None or read.end is None or read.begin <= read.end
        assert found.day.year is None or value(found.day) is not None
