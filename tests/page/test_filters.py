"""Filters: what is shown and what is counted, against the same counted here from what the page knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pytest

from kg.page.payload import NodeCard, StatementCard
from tests.page.visits import Visit, address, data

DATA = data()
NODES = {one["id"]: one for one in DATA["nodes"]}
TITLES = {
    "class": "Class",
    "relation": "Relation",
    "status": "Status",
    "document": "Document",
    "publisher": "Publisher",
    "curation": "Named",
}
OF_NODES = ("class", "curation")

Off = Mapping[str, Iterable[str]]


def ends(one: StatementCard) -> list[NodeCard]:
    return [NODES[one[end]["id"]] for end in ("subject", "object") if one[end]["kind"] != "value"]


def value(facet: str, node: NodeCard) -> str:
    """What a node is in a facet of nodes; a claim is nobody's to curate."""
    if facet == "class":
        return node["family"]
    return "" if node["words"] else "candidate" if node["candidate"] else "curated"


def values(facet: str, one: StatementCard) -> set[str]:
    """What a statement is in a facet of statements."""
    names = {reading["document"] for reading in one["evidence"]}
    return {
        "relation": {one["family"]},
        "status": {one["status"]},
        "document": names,
        "publisher": {DATA["documents"][name]["publisher"] for name in names},
    }[facet]


class Kept(NamedTuple):
    """What filters keep."""

    nodes: set[str]
    statements: set[str]


def kept(off: Off, begin: str = "", end: str = "", *, undated: bool = False) -> Kept:
    """A statement with a source that is on and both ends on, and whatever is on and told of by sources that are on."""
    told = [
        one
        for one in DATA["statements"]
        if all(values(facet, one) - set(off.get(facet, ())) for facet in TITLES if facet not in OF_NODES)
        and (
            not (begin or end)
            or any((not end or first <= end) and (not begin or last >= begin) for first, last in one["days"])
            or (undated and not one["days"])
        )
    ]
    on = {key for key, node in NODES.items() if not any(value(f, node) in off.get(f, ()) for f in OF_NODES)}
    nodes = {node["id"] for one in told for node in (*ends(one), NODES[one["card"]])} & on
    return Kept(nodes, {one["id"] for one in told if {node["id"] for node in ends(one)} <= on})


def counts(facet: str, off: Off) -> Counter[str]:
    """How many of each value would be shown if its facet kept all."""
    shown = kept({**off, facet: ()})
    if facet in OF_NODES:
        return Counter(some for one in shown.nodes if (some := value(facet, NODES[one])))
    return Counter(some for one in DATA["statements"] if one["id"] in shown.statements for some in values(facet, one))


def options(facet: str) -> list[str]:
    """All values of a facet."""
    return sorted(counts(facet, {}))


def label(facet: str, option: str) -> str:
    match facet:
        case "class":
            return DATA["families"][option]
        case "relation":
            return DATA["relations"][option]
        case "document":
            return DATA["documents"][option]["title"]
        case "publisher":
            return option or "not told"
        case "curation":
            return {"curated": "by a curator", "candidate": "candidate, named in a text only"}[option]
    return option


def agrees(seen: Visit, off: Off) -> None:
    """What the page shows is what these filters keep, and its counts are right."""
    shown = kept(off)
    entities = {one for one in shown.nodes if not NODES[one]["words"]}
    arrows = {one["id"] for one in DATA["statements"] if one["drawn"] == "arrow" and one["id"] in shown.statements}
    assert set(seen.network("body.data.nodes.getIds()")) == entities
    assert set(seen.network("body.data.edges.getIds()")) == arrows
    assert {row.get_attribute("data-id") for row in seen.page.locator("tbody tr").all()} == shown.statements
    all_entities, all_statements = DATA["counts"]["entities"], DATA["counts"]["statements"]
    said = re.findall(r"\d+", seen.page.inner_text("#showing"))
    wanted = [
        [now] if now == whole else [now, whole]
        for now, whole in ((len(entities), all_entities), (len(shown.statements), all_statements))
    ]
    assert [int(number) for number in said] == [number for pair in wanted for number in pair]
    assert seen.page.inner_text("#shown") == f"Showing {len(shown.statements)} of {all_statements} statements"
    for facet, title in TITLES.items():
        totals, now = counts(facet, {}), counts(facet, off)
        group = seen.page.locator("details.facet").filter(
            has=seen.page.locator("summary", has_text=re.compile(f"^{title}"))
        )
        told = dict(
            zip(group.locator(".name").all_text_contents(), group.locator(".count").all_text_contents(), strict=True)
        )
        assert told == {
            label(facet, option): f"{total}" if now[option] == total else f"{now[option]} / {total}"
            for option, total in totals.items()
        }, facet


def box(seen: Visit, facet: str, option: str) -> None:
    """Flip a switch by the mouse; its group is unfolded first."""
    group = seen.page.locator("details.facet").filter(
        has=seen.page.locator("summary", has_text=re.compile(f"^{TITLES[facet]}"))
    )
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    group.locator("li").filter(has=seen.page.get_by_text(label(facet, option), exact=True)).locator("input").click()


def test_nothing_is_filtered_at_first(seen: Visit) -> None:
    agrees(seen, {})
    assert seen.page.inner_text("#showing") == "Showing 8 entities and 21 statements."


@pytest.mark.parametrize(("facet", "option"), [(facet, option) for facet in TITLES for option in options(facet)])
def test_one_value_off(seen: Visit, facet: str, option: str) -> None:
    box(seen, facet, option)
    agrees(seen, {facet: [option]})
    seen.page.locator("#showing").get_by_role("button", name="Clear filters").click()
    agrees(seen, {})
    assert seen.page.locator(".facet input:not(:checked)").count() == 0


@pytest.mark.parametrize("facet", list(TITLES))
def test_only_one_value_of_a_facet_and_all_again(seen: Visit, facet: str) -> None:
    first, *others = options(facet)
    seen.page.evaluate("document.querySelectorAll('details.facet').forEach((group) => { group.open = true; })")
    only = seen.page.get_by_role("button", name=f"Only {label(facet, first)}", exact=True)
    only.click()
    agrees(seen, {facet: others})
    only.click()
    agrees(seen, {})


@pytest.mark.parametrize(
    "off",
    [
        {"class": ["Claim"], "status": ["former"]},
        {"class": ["Event", "Place"], "curation": ["candidate"]},
        {"curation": ["curated"], "class": ["Company"]},
        {"document": ["__proto__"], "publisher": ["Port Vell Gazette"]},
        {"relation": ["heldIn", "said"], "document": ["news"], "class": ["Body"]},
        {facet: options(facet)[:1] for facet in TITLES},
        {facet: options(facet) for facet in TITLES},
    ],
    ids=[
        "two facets",
        "both of nodes",
        "almost nobody",
        "both of sources",
        "three facets",
        "one of each",
        "everything",
    ],
)
def test_filters_together(seen: Visit, off: dict[str, list[str]]) -> None:
    for facet, some in off.items():
        for option in some:
            box(seen, facet, option)
    agrees(seen, off)
    seen.page.reload()
    agrees(seen, off)


def test_what_is_off_is_counted_beside_its_facet(seen: Visit) -> None:
    seen.go(address(no_class=["Event", "Place"]))
    assert seen.page.locator("details.facet summary").first.inner_text() == "Class · 2 off"


def test_a_facet_is_worked_by_the_keyboard(seen: Visit) -> None:
    seen.page.locator(".facet input").first.focus()
    seen.page.keyboard.press("Space")
    assert "of 21 statements" in seen.page.inner_text("#showing")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.getAttribute('aria-label')") == "Only claim"
    seen.page.keyboard.press("Enter")
    agrees(seen, {"class": [one for one in options("class") if one != "Claim"]})
