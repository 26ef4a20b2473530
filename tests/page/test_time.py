"""The strip of time: what is on it, the brush by mouse and by fields, and what has no day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from kg.page import render
from tests.page.visits import Visit, address, data, visit
from tests.page_knowledge import BASE, FAMILIES, KNOWLEDGE, LABELS, NOTE, RULES

DATA = data()
DATED = [one for one in DATA["statements"] if one["days"]]
UNDATED = [one for one in DATA["statements"] if not one["days"]]


def within(begin: str, end: str, *, undated: bool = False) -> set[str]:
    """The statements that speak of a day between these two, themselves included."""
    kept = {one["id"] for one in DATED if any(first <= end and last >= begin for first, last in one["days"])}
    return kept | ({one["id"] for one in UNDATED} if undated else set())


def rows(seen: Visit) -> set[str]:
    return {row.get_attribute("data-id") or "" for row in seen.page.locator("tbody tr").all()}


def fields(seen: Visit) -> tuple[str, str]:
    first, last = seen.page.locator("#span input[type=date]").all()
    return first.input_value(), last.input_value()


def pull(seen: Visit, begin: float, end: float) -> None:
    """Pull the mouse along the strip, from one part of its width to another."""
    box = seen.page.locator("#strip").bounding_box()
    assert box
    y = box["y"] + 60
    seen.page.mouse.move(box["x"] + begin * box["width"], y)
    seen.page.mouse.down()
    seen.page.mouse.move(box["x"] + end * box["width"], y, steps=5)
    seen.page.mouse.up()


def test_every_day_is_on_the_strip_and_unknown_ends_are_said(seen: Visit) -> None:
    told = seen.page.locator("#strip .moment title").all_text_contents()
    assert any(one.endswith("2024-05-16 to 2024-05-19") for one in told)
    assert "Tide Fair, from 2024-06-01, end not told" in told
    assert "A report from the piers, 2024-06-02" in told
    assert any(one.startswith("2 claims, among them ") for one in told)
    assert seen.page.locator("#strip .moment.open").count() == 1
    name = seen.page.locator("#strip svg").get_attribute("aria-label") or ""
    for words in ("2 documents", "2 events", "2 claims"):
        assert words in name


def test_a_mark_of_the_strip_leads_to_what_it_stands_for(seen: Visit) -> None:
    seen.page.locator("#strip .moment.event", has_text="Tide Fair").click()
    assert seen.page.text_content("#panel h2") == "Tide Fair"
    seen.page.locator("#strip .moment.document", has_text="A report").click()
    assert seen.page.input_value("#which") == "report"


def test_the_brush_by_the_mouse_filters_all(seen: Visit) -> None:
    before = seen.page.url
    pull(seen, 0.55, 1)
    begin, end = fields(seen)
    assert "2024-05-19" < begin < "2024-06-01" < "2024-06-02" <= end
    assert rows(seen) == within(begin, end)
    assert 0 < len(rows(seen)) < len(DATED)
    assert set(seen.network("body.data.nodes.getIds()")) == {"id/tide-fair", "id/port-vell", "id/harbour-guild"} | (
        {"id/second-tea-expo"} if any("expo" in one["about"] and one["id"] in rows(seen) for one in DATED) else set()
    )
    brush = seen.page.locator(".brush").bounding_box()
    strip = seen.page.locator("#strip").bounding_box()
    assert brush
    assert strip
    assert abs(brush["x"] - strip["x"] - 0.55 * strip["width"]) < 30
    # What it leaves out is still on the strip, fainter.
    assert seen.page.locator("#strip .moment.out").count() > 0
    # Pulled the other way it is the same; and it is one step for "back".
    pull(seen, 1, 0.55)
    assert fields(seen) == (begin, end)
    seen.page.go_back()
    seen.page.wait_for_function("url => location.href === url", arg=before)
    assert fields(seen) == ("", "")
    assert len(rows(seen)) == len(DATA["statements"])


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2024-05-17", "2024-05-17"),
        ("2024-05-18", "2024-05-31"),
        ("2024-06-02", ""),
        ("", "2024-05-16"),
        ("2030-01-01", ""),
    ],
    ids=["one day", "inside an event", "from", "until", "nothing"],
)
def test_the_brush_by_fields(seen: Visit, begin: str, end: str) -> None:
    for name, value in (("From", begin), ("to", end)):
        if value:
            seen.page.locator("#span").get_by_label(name, exact=True).fill(value)
            seen.page.keyboard.press("Tab")
    assert rows(seen) == within(begin or "0", end or "9")
    assert seen.page.inner_text("#shown").startswith(f"Showing {len(within(begin or '0', end or '9'))} of")
    seen.page.get_by_role("button", name="All days").click()
    assert len(rows(seen)) == len(DATA["statements"])
    assert seen.page.locator(".brush").count() == 0


def test_what_has_no_day_is_counted_and_kept_on_wish(seen: Visit) -> None:
    count = len(UNDATED)
    assert count > 1
    told = seen.page.locator(".undated")
    assert told.inner_text() == f"{count} statements without a day"
    seen.go(address(**{"from": "2024-06-01"}))
    assert told.inner_text() == f"{count} statements without a day, left out"
    keep = seen.page.get_by_label("keep them")
    keep.check()
    assert told.inner_text() == f"{count} statements without a day, kept"
    assert rows(seen) == within("2024-06-01", "9", undated=True)
    keep.uncheck()
    assert rows(seen) == within("2024-06-01", "9")
    # Only those are counted that no other filter hides.
    seen.go(address(**{"from": "2024-06-01", "no_relation": "proposed"}))
    assert sum(one["relation"] != "proposed" for one in UNDATED) == 1
    assert told.inner_text() == "1 statement without a day, left out"


def test_fields_that_are_emptied_filter_no_more(seen: Visit) -> None:
    seen.go(address(**{"from": "2024-06-01", "to": "2024-06-30"}))
    for field in seen.page.locator("#span input[type=date]").all():
        field.fill("")
        seen.page.keyboard.press("Tab")
    assert len(rows(seen)) == len(DATA["statements"])


def bare(folder: Path, **changes: object) -> Path:
    path = folder / "bare.html"
    knowledge = replace(KNOWLEDGE, **changes)
    path.write_text(render(knowledge, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES), "utf-8", newline="\n")
    return path


def test_a_build_without_a_day_has_an_empty_strip(browser: Browser, tmp_path: Path) -> None:
    only = tuple(one for one in KNOWLEDGE.extractions if one.document is NOTE)
    path = bare(tmp_path, extractions=only, statements=only[0].statements)
    with visit(browser, path) as made:
        strip: Locator = made.page.locator("#strip")
        assert strip.locator(".moment").count() == 0
        assert made.page.locator(".undated").inner_text() == f"{len(only[0].statements)} statements without a day"
        pull(made, 0.3, 0.8)
        assert fields(made) == ("", "")
        made.page.locator("#span").get_by_label("From").fill("2024-01-01")
        made.page.keyboard.press("Tab")
        assert made.page.locator("tbody tr").count() == 0


def test_a_build_without_anything_opens(browser: Browser, tmp_path: Path) -> None:
    with visit(browser, bare(tmp_path, extractions=(), statements=(), refused=(), dispositions=())) as made:
        assert made.page.inner_text("#shown") == "Showing 0 of 0 statements"
        assert "every statement has a day" in made.page.inner_text("#span")
