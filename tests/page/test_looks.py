"""Wide and narrow, light and dark: axe finds nothing, cards come first on a phone, nothing scrolls sideways."""

from __future__ import annotations

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.conftest import Built
from tests.page.visits import Visit, address, statement, visit

ANA = "id/ana-pereira"
STATES = {
    "at first": "",
    "a node": address(node=ANA, doc="news"),
    "claims open": address(node="id/harbour-guild", open="id/harbour-guild"),
    "a claim": address(node="claim/long"),
    "a statement": address(statement=statement("minister of")["id"], doc="news"),
    "a sentence": address(sentence="news:0", doc="news"),
    "a refused one": address(sentence="news:4", doc="news"),
    "filters and a brush": address(no_class="Person", **{"from": "2024-05-18"}, words="fair", sort="-day", node=ANA),
    "nothing left": address(no_status=["asserted", "planned", "former"]),
}


def violations(seen: Visit) -> str:
    found = Axe().run(seen.page).response["violations"]
    return json.dumps([(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found], indent=1)


@pytest.mark.parametrize("state", list(STATES.values()), ids=list(STATES))
def test_axe_finds_no_violation(seen_as: Visit, state: str) -> None:
    seen_as.go(state)
    assert violations(seen_as) == "[]"
    assert seen_as.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_axe_finds_no_violation_in_what_opens(seen_as: Visit) -> None:
    """All facets unfolded, names found, and nothing found."""
    seen_as.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    seen_as.page.fill("#search", "tide")
    assert violations(seen_as) == "[]"
    seen_as.page.fill("#search", "zzz")
    assert violations(seen_as) == "[]"
    assert seen_as.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [400, 640, 833, 1100, 1792, 2560])
def test_nothing_scrolls_sideways(seen: Visit, width: int) -> None:
    seen.page.set_viewport_size({"width": width, "height": 850})
    for state in STATES.values():
        seen.go(state)
        wide = seen.page.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll("#panel, #pages, #facets, #table")]
              .filter((one) => one.scrollWidth > one.clientWidth + 1)
              .map((one) => one.id || "page")"""
        )
        assert wide == []


def test_on_a_phone_cards_and_table_come_before_the_picture(seen_narrow: Visit) -> None:
    parts = ["panel", "reader", "facets", "statements", "canvas", "strip"]
    tops = [seen_narrow.page.locator(f"#{one}").evaluate("one => one.getBoundingClientRect().top") for one in parts]
    assert tops == sorted(tops)
    assert tops[0] < 300
    # A row is a block of its own, and its parts lie below each other.
    first = seen_narrow.page.locator("tbody tr").first
    assert [cell.evaluate("one => getComputedStyle(one).display") for cell in first.locator("td").all()][:3] == [
        "block"
    ] * 3


def test_on_a_tablet_the_picture_comes_first(seen: Visit) -> None:
    seen.page.set_viewport_size({"width": 768, "height": 1024})
    parts = ["canvas", "strip", "panel", "reader", "facets", "statements"]
    tops = [seen.page.locator(f"#{one}").evaluate("one => one.getBoundingClientRect().top") for one in parts]
    assert tops == sorted(tops)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1000, 800), (768, 1024)])
def test_a_small_screen_opens_where_most_arrows_are(browser: Browser, built: Built, width: int, height: int) -> None:
    with visit(browser, built.exports / "graph.html", viewport={"width": width, "height": height}) as seen:
        shown, every = seen.page.evaluate(
            """() => {
              const { network } = kgPage;
              const { width, height } = document.getElementById("canvas").getBoundingClientRect();
              const inside = (id) => {
                const { x, y } = network.canvasToDOM(network.getPosition(id));
                return x > 0 && y > 0 && x < width && y < height;
              };
              const arrows = network.body.data.edges.get();
              return [arrows.filter(({ from, to }) => inside(from) && inside(to)).length, arrows.length];
            }"""
        )
        assert seen.network("getScale()") >= 0.5
        assert shown > 0.7 * every


def test_on_a_phone_a_tap_shows_the_card(seen_narrow: Visit) -> None:
    def card_in_sight() -> bool:
        found: bool = seen_narrow.page.locator("#panel h2").evaluate(
            "one => { const { top, bottom } = one.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }"
        )
        return found

    for tapped in ("#pages .sentence >> nth=-1", "tbody button >> nth=9"):
        seen_narrow.page.locator(tapped).click()
        assert card_in_sight()
    seen_narrow.page.locator("#canvas").scroll_into_view_if_needed()
    seen_narrow.page.evaluate("kgPage.network.focus('id/tide-fair')")
    seen_narrow.click_node("id/tide-fair")
    assert seen_narrow.page.text_content("#panel h2") == "Tide Fair"
    assert card_in_sight()


def test_light_and_dark(seen_as: Visit) -> None:
    page = seen_as.page
    paper, ink = page.evaluate(
        "(() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; })()"
    )
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    brightness = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (paper, ink)]
    assert (brightness[0] < brightness[1]) == dark
    assert commonest(seen_as) == page.evaluate(
        "getComputedStyle(document.getElementById('panel').parentElement).backgroundColor"
    )


def test_the_canvas_follows_when_the_system_turns_dark(seen: Visit) -> None:
    light = commonest(seen)
    seen.page.emulate_media(color_scheme="dark")
    seen.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert commonest(seen) != light
    assert commonest(seen) == seen.page.evaluate("getComputedStyle(document.querySelector('.beside')).backgroundColor")


def commonest(seen: Visit) -> str:
    """The commonest opaque colour of the canvas: that of its cards."""
    found: str = seen.page.evaluate(
        """() => {
          const canvas = document.querySelector("canvas");
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
          const counts = new Map();
          for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] < 255) continue;
            const colour = `rgb(${data[i]}, ${data[i + 1]}, ${data[i + 2]})`;
            counts.set(colour, (counts.get(colour) ?? 0) + 1);
          }
          return [...counts].sort(([, a], [, b]) => b - a)[0][0];
        }"""
    )
    return found
