"""Search: names of the project's own graph, as they are and as they are misspelt, and the keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kg.page.payload import NodeCard
from tests.conftest import Built
from tests.page.visits import Visit, visit
from tests.page_knowledge import EXPO, HOSTILE

#: How many names are typed key by key, at most.
FEW = 40


@pytest.fixture(scope="module")
def real(browser: Browser, built: Built) -> Iterator[Visit]:
    """The page of the project's own documents."""
    with visit(browser, built.exports / "graph.html") as made:
        yield made


@pytest.fixture(scope="module")
def entities(real: Visit) -> list[NodeCard]:
    found: list[NodeCard] = json.loads(real.page.text_content("#data") or "")["nodes"]
    return [node for node in found if not node["words"]]


def names(nodes: Sequence[NodeCard]) -> list[tuple[str, str]]:
    """Every name that somebody or something has, with whose it is."""
    return [(name, node["id"]) for node in nodes for name in (node["label"], *node["names"])]


def slips(name: str) -> list[str]:
    """The name with each letter dropped, or doubled, or swapped with the next."""
    made = {}
    for at, letter in enumerate(name):
        made |= dict.fromkeys((name[:at] + name[at + 1 :], name[:at] + letter + name[at:]))
        if at + 1 < len(name):
            made[name[:at] + name[at + 1] + letter + name[at + 2 :]] = None
    return [one for one in made if one.strip() and one != name]


def first_three(real: Visit, typed: Sequence[str]) -> list[list[str]]:
    found: list[list[str]] = real.page.evaluate("all => all.map((typed) => kgPage.find(typed).slice(0, 3))", typed)
    return found


def missed(real: Visit, asked: Sequence[tuple[str, str]]) -> list[tuple[str, str, list[str]]]:
    """What was typed, and whom it should have found among the first three, and whom it did find."""
    found = first_three(real, [typed for typed, _ in asked])
    return [(typed, right, ids) for (typed, right), ids in zip(asked, found, strict=True) if right not in ids]


def test_every_name_finds_who_bears_it(real: Visit, entities: list[NodeCard]) -> None:
    asked = names(entities)
    assert len(asked) > FEW
    assert missed(real, asked) == []


def test_nearly_every_misspelt_name_finds_who_bears_it(real: Visit, entities: list[NodeCard]) -> None:
    asked = [(typed, right) for name, right in names(entities) for typed in slips(name)]
    assert len(asked) > 40 * FEW
    lost = missed(real, asked)
    assert len(lost) / len(asked) <= 0.05, lost


def test_names_typed_by_hand(real: Visit, entities: list[NodeCard]) -> None:
    """The list on the screen is what the search finds: some names in full, some misspelt, key by key."""
    some = names(entities)[:: len(names(entities)) // FEW + 1]
    exact = some[::2]
    misspelt = [(slips(name)[len(name)], right) for name, right in some[1::2]]
    labels = {node["id"]: node["label"] for node in entities}
    for typed, _ in (*exact, *misspelt):
        real.page.fill("#search", "")
        real.page.locator("#search").press_sequentially(typed)
        (found,) = first_three(real, [typed])
        shown = real.page.locator("#found [role=option] > span:not(.type)").evaluate_all(
            "all => all.slice(0, 3).map((one) => one.querySelector('bdi').textContent)"
        )
        assert shown == [labels[one] for one in found]
    for typed, right in exact:
        real.page.fill("#search", typed)
        assert labels[right] in real.page.locator("#found [role=option] bdi").all_text_contents()[:6]
    real.page.fill("#search", "")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("miit", "Ministry of Industry and Information Technology"),
        ("CISCE", "Supply Chain Expo"),
        ("xiao", "Xiao Yaqing"),
        ("yaqin", "Xiao Yaqing"),
        ("minstry of indsutry", "Ministry of Industry"),
    ],
)
def test_abbreviations_surnames_and_slips(real: Visit, typed: str, words: str) -> None:
    real.page.fill("#search", typed)
    assert words in real.page.locator("#found [role=option]").all_text_contents()[0]


# ------------------------------------------------------------------------------------------ the invented build


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("佩雷", "Ana Pereira"),
        ("ste", EXPO.label),
        ("tides", "Ministry of Tides and Harbours"),
        ("moth", "Ministry of Tides and Harbours"),
        ("<SCRIPT>", HOSTILE[0]),
    ],
)
def test_search_finds_by_any_name_with_the_keyboard(seen: Visit, typed: str, label: str) -> None:
    seen.page.focus("#search")
    seen.page.keyboard.type(typed)
    assert seen.page.get_attribute("#search", "aria-expanded") == "true"
    assert label in seen.page.inner_text("#found [aria-selected=true]")
    seen.page.keyboard.press("Enter")
    assert seen.page.text_content("#panel h2") == label
    assert seen.page.is_hidden("#found")
    assert seen.focused() == "panel"
    assert label in seen.page.input_value("#search")


def test_a_name_found_is_brought_into_sight_and_picked_by_the_mouse(seen: Visit) -> None:
    seen.page.mouse.move(*seen.spot("{ x: 0, y: 0 }"))
    seen.page.evaluate("kgPage.network.moveTo({ position: { x: 9000, y: 9000 }, scale: 1 })")
    seen.page.fill("#search", "harbour g")
    seen.page.locator("#found [role=option]").first.click()
    x, y = seen.spot("kgPage.network.getPosition('id/harbour-guild')")
    box = seen.page.locator("#canvas").bounding_box()
    assert box
    assert box["x"] < x < box["x"] + box["width"]
    assert box["y"] < y < box["y"] + box["height"]


def test_arrow_keys_and_escape_in_the_search(seen: Visit) -> None:
    seen.page.focus("#search")
    seen.page.keyboard.type("p")
    first = seen.page.get_attribute("#search", "aria-activedescendant")
    seen.page.keyboard.press("ArrowDown")
    second = seen.page.get_attribute("#search", "aria-activedescendant")
    assert (first, second) == ("found-0", "found-1")
    seen.page.keyboard.press("ArrowUp")
    seen.page.keyboard.press("ArrowUp")
    last = seen.page.locator("#found [role=option]").count() - 1
    assert seen.page.get_attribute("#search", "aria-activedescendant") == f"found-{last}"
    seen.page.keyboard.press("Escape")
    assert seen.page.is_hidden("#found")
    assert seen.page.input_value("#search") == "p"
    seen.page.keyboard.press("Escape")
    assert seen.page.input_value("#search") == ""


def test_how_many_were_found_is_said(seen: Visit) -> None:
    said = seen.page.locator("#found-count[role=status]")
    seen.page.fill("#search", "tide")
    assert said.text_content() == "2 names found"
    seen.page.fill("#search", "zzz")
    assert said.text_content() == "Nobody and nothing by that name"
    assert said.is_visible()
    seen.page.fill("#search", " ")
    assert said.text_content() == ""


def test_a_name_that_a_filter_hides_can_still_be_found(seen: Visit, file: Path) -> None:
    seen.page.goto(f"{file.as_uri()}#no-class=Person")
    seen.page.fill("#search", "pereira")
    seen.page.keyboard.press("Enter")
    seen.page.focus("#search")
    seen.page.keyboard.press("Enter")
    assert "Hidden by the filters." in seen.panel()
