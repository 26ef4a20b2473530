"""The page by the keyboard alone."""

from __future__ import annotations

import pytest

from tests.page.visits import Visit, address

ANA = "id/ana-pereira"

#: Where the keyboard is: the part of the page, and what it stands on.
WHERE = """() => {
  const one = document.activeElement;
  const part = one.closest("nav, header, #facets, #panel, #reader, #statements, #canvas, .tools, .time");
  return [part?.id || part?.className || part?.localName || "", one.textContent || one.id || one.localName];
}"""

#: All that the keyboard stops at, in its order, by Tab from the top; the page has no trap.
PARTS_WIDE = ["skips", "top", "facets", "canvas", "tools", "time", "panel", "reader", "statements"]
PARTS_NARROW = ["skips", "top", "panel", "reader", "facets", "statements", "canvas", "tools", "time"]


def presses(seen: Visit, *keys: str) -> None:
    for key in keys:
        seen.page.keyboard.press(key)


def stops(seen: Visit) -> list[str]:
    """The parts of the page in the order in which Tab comes through them, until it leaves the page."""
    parts: list[str] = []
    for _ in range(400):
        seen.page.keyboard.press("Tab")
        part, _ = seen.page.evaluate(WHERE)
        if not part:
            return parts
        if not parts or parts[-1] != part:
            parts.append(part)
    raise AssertionError(parts)


def test_from_load_to_a_card_a_sentence_the_table_and_back(seen: Visit) -> None:
    # A skip link comes first; it is seen once it has the keyboard.
    presses(seen, "Tab")
    assert seen.focused() == "Search"
    assert seen.page.locator(".skips").evaluate("one => one.getBoundingClientRect().left >= 0")
    presses(seen, "Enter")
    assert seen.focused() == "search"
    seen.page.keyboard.type("pereira")
    presses(seen, "Enter")
    assert seen.focused() == "panel"
    assert seen.page.text_content("#panel h2") == "Ana Pereira"
    # From the card into one of its statements.
    presses(seen, "Tab")
    assert seen.focused() == "minister"
    presses(seen, "Enter")
    assert seen.focused() == "panel"
    assert "minister of" in seen.page.inner_text("#panel h2")
    # On to the documents: the sentence marked is the one that the keyboard comes to.
    seen.page.get_by_role("button", name="Show in the document").focus()
    presses(seen, "Enter")
    sentence = seen.page.locator("#pages .sentence:focus")
    assert "minister of tides" in (sentence.text_content() or "")
    presses(seen, "ArrowDown", "Enter")
    assert seen.page.inner_text("#panel .eyebrow").startswith("Sentence")
    assert (seen.page.locator("#pages .sentence:focus").text_content() or "").startswith("She said")
    assert seen.page.locator("#pages [aria-current=true]:focus").count() == 1
    # On to the table, by Tab alone.
    presses(seen, "Tab")
    assert seen.page.evaluate(WHERE) == ["statements", "filter"]
    seen.page.keyboard.type("guild attended")
    presses(seen, *["Tab"] * 8)
    assert seen.focused() == "attended"
    presses(seen, "Enter")
    assert seen.focused() == "panel"
    assert seen.page.locator("#panel h2").inner_text().split("\n")[0].strip() == "Harbour Guild"
    # And back, choice by choice.
    for words in ("Sentence", "Statement", "person"):
        seen.page.go_back()
        seen.page.wait_for_function(
            "words => document.querySelector('.eyebrow').innerText.trim().startsWith(words)", arg=words
        )


def test_each_skip_link_leads_to_its_part(seen: Visit) -> None:
    parts = {
        "Search": "search",
        "Card": "panel",
        "Documents": "reader",
        "Statements": "statements",
        "Graph": "canvas",
    }
    for words, part in parts.items():
        seen.page.locator(".skips").get_by_role("link", name=words, exact=True).focus()
        presses(seen, "Enter")
        assert seen.focused() == part
        assert seen.page.locator(f"#{part}").evaluate(
            "one => { const { top } = one.getBoundingClientRect(); return top >= -1 && top < innerHeight; }"
        )


def test_the_keyboard_goes_as_the_eye_does_when_wide(seen: Visit) -> None:
    assert stops(seen) == PARTS_WIDE


def test_the_keyboard_goes_as_the_eye_does_when_narrow(seen_narrow: Visit) -> None:
    assert stops(seen_narrow) == PARTS_NARROW


@pytest.mark.parametrize(
    "state", ["", address(node=ANA), address(sentence="news:4", doc="news")], ids=["no", "node", "sentence"]
)
def test_everything_that_can_be_pressed_has_a_name_and_shows_the_keyboard(seen: Visit, state: str) -> None:
    seen.go(state)
    for _ in range(60):
        seen.page.keyboard.press("Tab")
        name, outlined = seen.page.evaluate(
            """() => {
              const one = document.activeElement;
              const shown = one.matches("#steps input") ? one.nextElementSibling : one;
              const { outlineStyle, outlineWidth } = getComputedStyle(shown);
              const label = one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent;
              // What stands inside a field for a day is the browser's own.
              const own = one.type === "date";
              return [label || one.textContent || one.id, own || (outlineStyle !== "none" && outlineWidth !== "0px")];
            }"""
        )
        assert name
        assert outlined, name


def test_sentences_are_walked_by_arrows_home_and_end(seen: Visit) -> None:
    seen.page.select_option("#which", "news")
    texts = seen.page.locator("#pages .sentence").all_text_contents()
    seen.page.focus("#which")
    presses(seen, "Tab")
    assert seen.focused() == texts[0]
    for key, place in (
        ("ArrowDown", 1),
        ("ArrowRight", 2),
        ("ArrowUp", 1),
        ("End", -1),
        ("ArrowDown", -1),
        ("Home", 0),
        ("ArrowLeft", 0),
    ):
        presses(seen, key)
        assert seen.focused() == texts[place]
    # One stop for Tab, wherever one is in the document, and back to the same place.
    presses(seen, "ArrowDown", "Tab", "Shift+Tab")
    assert seen.focused() == texts[1]
    presses(seen, "Space")
    assert seen.page.text_content("#panel blockquote") == texts[1]


def test_the_graph_moves_by_the_keyboard(seen: Visit) -> None:
    seen.page.focus("#canvas [role=application]")
    for key, moved in (("=", "getScale() > before"), ("ArrowRight", "getViewPosition().x > before")):
        before = seen.network(moved.partition(" ")[0])
        seen.page.keyboard.down(key)
        seen.page.wait_for_function(f"before => kgPage.network.{moved}", arg=before)
        seen.page.keyboard.up(key)
        # And the address says so.
        seen.page.wait_for_function("() => location.hash.includes('at=')")
        seen.sees()


def test_the_keyboard_stays_when_a_card_changes_under_it(seen: Visit) -> None:
    seen.go(address(node=ANA))
    button = seen.page.get_by_role("button", name="Open in the graph")
    button.focus()
    presses(seen, "Enter")
    assert seen.focused() == "Fold the claims"
    presses(seen, "Enter")
    assert seen.focused() == "Open in the graph"
