"""Disagreements in the page: what is open looks so and can be filtered, and each side leads to the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from kg.corroboration import Corroboration
from kg.disagreements import Disagreement
from kg.model import Statement
from kg.page import render
from kg.register import Register
from tests.page.conftest import WAYS
from tests.page.taking import Taking, taking
from tests.page.test_looks import violations
from tests.page.visits import Visit, address, visit
from tests.page_knowledge import BASE, FAMILIES, HOSTILE, KNOWLEDGE, LABELS, NEWS, NOTE, RULES


def statement(relation: str, number: int = 0) -> Statement:
    return [one for one in KNOWLEDGE.statements if one.property == relation][number]


STANDS, DISPUTED = statement("ministerOf"), statement("hasMember")
FIRST, SECOND = statement("startsOn"), statement("startsOn", 1)
TWICE = statement("heldIn")
REASON = f"both are right: {HOSTILE[0]}"
OPEN = Disagreement("0" * 16, "ministerOf", STANDS.subject, (STANDS, DISPUTED), (DISPUTED.id,))
DECIDED = Disagreement(
    "1" * 16, "startsOn", FIRST.subject, (FIRST, SECOND), (SECOND.id,), verdict="different things", why=REASON
)
FOUND = Register(
    (OPEN, DECIDED),
    Corroboration({TWICE.id: ((NOTE.name, NEWS.name),)}, frozenset({(NOTE.name, NEWS.name)})),
)


@pytest.fixture(scope="module")
def disputed_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports") / "graph.html"
    made = render(KNOWLEDGE, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES, found=FOUND)
    path.write_text(made, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def told(browser: Browser, disputed_file: Path) -> Iterator[Visit]:
    with visit(browser, disputed_file) as made:
        yield made


def shown(seen: Visit) -> set[str]:
    """The statements that the table shows."""
    return set(seen.page.eval_on_selector_all("tbody tr", "rows => rows.map((row) => row.dataset.id)"))


def test_only_what_an_open_disagreement_disputes_is_drawn_as_open(told: Visit) -> None:
    edges = {edge["id"]: edge for edge in told.network("body.data.edges.get()")}
    assert [key for key, edge in edges.items() if edge["label"].endswith(" (open)")] == [DISPUTED.id]
    looks = {key: (str(edge.get("dashes")), edge.get("width"), edge["color"]["color"]) for key, edge in edges.items()}
    own = looks.pop(DISPUTED.id)
    assert all(set(own).isdisjoint(other) for other in looks.values())


def test_both_sides_can_be_filtered_by_their_own_entry_of_the_legend(told: Visit) -> None:
    before = shown(told)
    row = told.page.locator(".facet li", has_text="in open disagreement")
    assert row.locator(".count").inner_text() == "2"
    assert row.locator("svg.sample.open").count() == 1
    row.locator("input").uncheck()
    assert before - shown(told) == {STANDS.id, DISPUTED.id}
    told.page.reload()
    assert before - shown(told) == {STANDS.id, DISPUTED.id}
    assert "no-status=open" in told.page.url


def test_without_a_disagreement_the_legend_has_no_such_entry(seen: Visit) -> None:
    assert seen.page.locator(".facet li", has_text="disagreement").count() == 0
    seen.go(address(no_status="open"))
    assert "no-status" not in seen.page.url


@pytest.mark.parametrize(("one", "other"), [(STANDS, DISPUTED), (DISPUTED, STANDS)], ids=["stands", "disputed"])
def test_the_card_of_each_side_leads_to_the_other(one: Statement, other: Statement, told: Visit) -> None:
    told.go(address(statement=one.id))
    told.page.get_by_role("heading", name="Open disagreement").wait_for()
    told.page.locator("#panel .disagreement .link").click()
    assert f"statement={other.id}" in told.page.url


def test_a_decision_is_told_with_its_reason_as_words(told: Visit) -> None:
    told.go(address(statement=SECOND.id))
    section = told.page.locator(f'[data-id="{DECIDED.id}"]')
    assert section.locator("h3").inner_text() == "Disagreement, decided: different things"
    assert REASON in section.inner_text()
    assert section.locator("script").count() == 0


def test_a_line_of_a_card_says_that_it_is_disputed(told: Visit) -> None:
    told.go(address(node="id/ana-pereira"))
    marked = told.page.locator("#panel .status.open")
    assert marked.all_inner_texts() == ["open disagreement"]


def test_copies_are_told_and_count_once(told: Visit) -> None:
    told.go(address(statement=TWICE.id))
    assert "2 sentences in 2 documents, 1 independent" in told.panel()
    assert "what both say there counts once" in told.panel()


def test_table_csv_and_svg_say_so_too(browser: Browser, disputed_file: Path) -> None:
    with taking(browser, disputed_file) as seen:
        assert isinstance(seen, Taking)
        cells = {row[0]: row[4] for row in seen.table()}
        marked = {key: text for key, text in cells.items() if "disagreement" in text}
        assert marked == {one.id: "asserted, open disagreement" for one in (STANDS, DISPUTED)}
        _, rows = seen.sheet()
        told = {row["statement"].rpartition("/")[2]: row for row in rows}
        assert told[STANDS.id]["disagrees with"] == f"open: {DISPUTED.id}"
        assert told[FIRST.id]["disagrees with"] == f"different things: {SECOND.id}"
        assert (told[TWICE.id]["independent documents"], told[TWICE.id]["disagrees with"]) == ("1", "")
        drawing = seen.take("svg").decode("utf-8")
        assert drawing.count('stroke-dasharray="2 4"') == drawing.count(" (open)<") == 1


@pytest.mark.parametrize(("width", "scheme"), WAYS, ids=map(str, WAYS))
@pytest.mark.parametrize("one", [DISPUTED, SECOND], ids=["open", "decided"])
def test_axe_finds_no_violation(one: Statement, width: int, scheme: str, browser: Browser, disputed_file: Path) -> None:
    window: dict[str, Any] = {"viewport": {"width": width, "height": 850}, "color_scheme": scheme}
    with visit(browser, disputed_file, address(statement=one.id), **window) as seen:
        assert violations(seen) == "[]"
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
