"""The table: every statement, sorted, looked through, filtered, and a page of rows at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kg.model import Literal, Node, Statement
from kg.page import render
from kg.page.payload import StatementCard
from tests.page.visits import Visit, address, data, visit
from tests.page_knowledge import BASE, FAMILIES, KNOWLEDGE, LABELS, NOTE, RULES, evidence
from tests.page_knowledge import statement as stated

DATA = data()
STATEMENTS = {one["id"]: one for one in DATA["statements"]}
ORDER = list(STATEMENTS)


def sources(one: StatementCard) -> list[str]:
    """What stands in the last column, a source once; words about machines and places come before and after."""
    names = dict.fromkeys(reading["document"] for reading in one["evidence"])
    return [DATA["documents"][name]["publisher"] or DATA["documents"][name]["title"] for name in names]


COLUMNS: dict[str, Callable[[StatementCard], str]] = {
    "Who or what": lambda one: one["subject"]["text"],
    "Relation": lambda one: one["relation"],
    "Whom or what": lambda one: one["object"]["text"],
    "Status": lambda one: one["status"],
    "Day": lambda one: one["days"][0][0] if one["days"] else "",
}


def rows(seen: Visit) -> list[str]:
    return [row.get_attribute("data-id") or "" for row in seen.page.locator("tbody tr").all()]


def test_every_statement_is_a_row_and_the_footer_counts_them(seen: Visit) -> None:
    assert rows(seen) == ORDER
    for row, one in zip(seen.page.locator("tbody tr").all(), DATA["statements"], strict=True):
        cells = row.locator("td").all_text_contents()
        assert cells[:5] == [of(one) for of in COLUMNS.values()]
        for words in sources(one):
            assert words in cells[5]
    counts = [int(number) for number in seen.page.locator("footer strong").all_text_contents()]
    assert counts == [DATA["counts"][name] for name in ("statements", "arrows", "rows", "folded")]
    assert counts[0] == sum(counts[1:]) == len(ORDER)


@pytest.mark.parametrize("title", COLUMNS)
def test_sorted_by_a_column_both_ways_and_not_at_all(seen: Visit, title: str) -> None:
    head = seen.page.get_by_role("columnheader", name=title, exact=False)
    of = COLUMNS[title]
    collated = seen.page.evaluate(
        "all => [...new Set(all)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))",
        list(map(of, STATEMENTS.values())),
    )
    place = {text: number for number, text in enumerate(one for one in collated if one)}
    empty = [name for name in ORDER if not of(STATEMENTS[name])]
    for way, sign in (("ascending", 1), ("descending", -1)):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == way
        filled = [name for name in ORDER if name not in empty]
        assert rows(seen) == [*sorted(filled, key=lambda name: sign * place[of(STATEMENTS[name])]), *empty]
        # The keyboard stays on the head that turned round.
        assert head.get_by_role("button").evaluate("button => button === document.activeElement")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "none"
    assert rows(seen) == ORDER


def test_sorted_by_source(seen: Visit) -> None:
    head = seen.page.get_by_role("columnheader", name="Source")
    head.get_by_role("button").click()
    up = seen.page.locator("tbody td:last-child").all_text_contents()
    assert sorted(up) == sorted(seen.page.evaluate("all => all.sort((a, b) => a.localeCompare(b))", up))
    assert up == seen.page.evaluate("all => [...all].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))", up)
    assert len(set(up)) > 2


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("pereira", lambda one: "pereira" in everything(one)),
        ("PEREIRA  said", lambda one: "pereira" in everything(one) and "said" in everything(one)),
        ("said pereira", lambda one: "pereira" in everything(one) and "said" in everything(one)),
        ("former", lambda one: one["status"] == "former"),
        ("2024-06-01", lambda one: one["days"][:1] == [("2024-06-01", "2024-06-01")]),
        ("gazette", lambda one: any("Gazette" in name for name in sources(one))),
        ("<script>", lambda one: "<script>" in everything(one)),
        ("zzz", lambda one: "zzz" in everything(one)),
    ],
    ids=["a name", "two words", "in any order", "a status", "a day", "a source", "markup", "nothing"],
)
def test_words_are_looked_for(seen: Visit, words: str, count: Callable[[StatementCard], bool]) -> None:
    wanted = [name for name in ORDER if count(STATEMENTS[name])]
    seen.page.fill("#filter", words)
    assert rows(seen) == wanted
    assert seen.page.inner_text("#shown") == f"Showing {len(wanted)} of {len(ORDER)} statements"
    seen.page.fill("#filter", "")
    assert rows(seen) == ORDER


def everything(one: StatementCard) -> str:
    return " ".join([*(of(one) for of in COLUMNS.values()), *sources(one)]).casefold()


def test_words_and_filters_and_order_together(seen: Visit) -> None:
    seen.go(address(words="pereira", no_status="former", sort="-object"))
    kept = [one for one in DATA["statements"] if "Pereira" in one["subject"]["text"] and one["status"] != "former"]
    assert set(rows(seen)) == {one["id"] for one in kept}
    objects = [STATEMENTS[name]["object"]["text"] for name in rows(seen)]
    compare = "all => [...all].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))"
    assert objects == seen.page.evaluate(compare, objects)


def test_a_row_opens_its_statement_and_is_marked(seen: Visit) -> None:
    row = seen.page.locator("tbody tr").nth(3)
    row.click()
    assert seen.page.inner_text("#panel .eyebrow").startswith("Statement")
    assert seen.page.locator("tbody tr.chosen").evaluate_all("all => all.map(({ dataset }) => dataset.id)") == [
        ORDER[3]
    ]
    assert address(statement=ORDER[3]) in seen.page.url
    # By the keyboard, which then stands at the card.
    button = seen.page.locator("tbody tr").nth(5).get_by_role("button")
    button.focus()
    seen.page.keyboard.press("Enter")
    assert address(statement=ORDER[5]) in seen.page.url
    assert seen.focused() == "panel"
    # What a node is told of is marked too.
    seen.go(address(node="id/tide-fair"))
    mine = [one["id"] for one in DATA["statements"] if "id/tide-fair" in (one["subject"]["id"], one["object"]["id"])]
    marked = seen.page.locator("tbody tr.chosen").evaluate_all("all => all.map(({ dataset }) => dataset.id)")
    assert marked == mine


def many() -> tuple[Statement, ...]:
    """More rows than one page of them."""
    piece = evidence(NOTE, "Pereira attended it.", "claims.said", subject="Pereira", object="it")
    return tuple(
        stated(Node(f"{BASE}id/n{n:03}", f"Number {n}", "Company"), "edition", Literal(str(n), "integer"), piece)
        for n in range(450)
    )


def test_more_rows_are_made_on_demand(browser: Browser, tmp_path: Path) -> None:
    knowledge = replace(KNOWLEDGE, statements=(*KNOWLEDGE.statements[:1], *many()))
    path = tmp_path / "many.html"
    path.write_text(render(knowledge, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES), "utf-8", newline="\n")
    with visit(browser, path) as made:
        more = made.page.locator("#more")
        assert len(rows(made)) == 200
        assert made.page.inner_text("#shown") == "Showing 451 of 451 statements"
        assert more.inner_text() == "Show 200 more of 251 statements"
        more.focus()
        made.page.keyboard.press("Enter")
        assert len(rows(made)) == 400
        # The keyboard goes on at the first new row.
        assert (
            made.page.locator("tbody tr")
            .nth(200)
            .get_by_role("button")
            .evaluate("one => one === document.activeElement")
        )
        assert more.inner_text() == "Show 51 more of 51 statements"
        more.click()
        assert len(rows(made)) == len(set(rows(made))) == 451
        assert more.is_hidden()
        made.page.fill("#filter", "number 7")
        assert more.is_hidden()
        assert len(rows(made)) == sum("7" in str(n) for n in range(450))
