from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import replace as changed
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from kg.model import Span
from kg.page import render
from kg.page.geometry import Box, Link
from kg.page.layout import place
from kg.page.payload import Data, payload
from kg.page.readings import parts
from kg.page.shapes import _SHAPES, shape
from tests.browser import launch
from tests.page_knowledge import (
    ALLIANCE,
    BASE,
    EXPO,
    FAMILIES,
    HOSTILE,
    KNOWLEDGE,
    LABELS,
    NEWS,
    PEREIRA,
    RULES,
    STATEMENTS,
    TWIN,
)


def html() -> str:
    return render(KNOWLEDGE, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)


def data() -> Data:
    return payload(KNOWLEDGE, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)


# -------------------------------------------------------------------------------------- without a browser


def test_two_renders_have_the_same_bytes() -> None:
    turned = changed(KNOWLEDGE, statements=KNOWLEDGE.statements[::-1], extractions=KNOWLEDGE.extractions[::-1])
    again = render(turned, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)
    assert html().encode() == html().encode() == again.encode()


def test_an_empty_build_has_a_page() -> None:
    empty = changed(KNOWLEDGE, statements=(), extractions=())
    assert "<title>" in render(empty, base=BASE, labels={}, rules={}, families={})


def test_every_statement_is_drawn_once() -> None:
    page = data()
    ways = Counter(one["drawn"] for one in page["statements"])
    assert ways == {"arrow": 7, "row": 3, "folded": 2}
    assert sum(ways.values()) == page["counts"]["statements"] == len(STATEMENTS)
    assert sum(node["claims"] for node in page["nodes"]) == ways["folded"]
    assert sum(node["rows"] for node in page["nodes"]) == ways["row"]


def test_a_former_post_is_a_row_and_no_arrow() -> None:
    (former,) = [one for one in data()["statements"] if one["status"] == "former"]
    assert (former["drawn"], former["card"]) == ("row", "id/ana-pereira")


def test_an_antecedent_is_shown_by_its_words() -> None:
    one = next(one for one in data()["statements"] if one["relation"] == "said")
    assert one["evidence"][0]["antecedents"] == [{"slot": "subject", "words": ["Ana Pereira"], "how": "pronoun"}]
    assert one["evidence"][0]["speaker"] == "Ana Pereira"


@pytest.mark.parametrize(
    "spans",
    [
        [],
        [("subject", Span(10, 13)), ("object", Span(11, 19))],
        [("cue", Span(0, 99)), ("object", Span(12, 12))],
    ],
    ids=["none", "overlapping", "beyond the quote"],
)
def test_parts_of_a_quote_are_the_quote(spans: list[tuple[str, Span]]) -> None:
    quote = "🍵 tea & so on"
    assert "".join(part["text"] for part in parts(quote, 10, spans)) == quote


def test_no_two_families_share_a_shape() -> None:
    assert len({one.path for one in _SHAPES.values()} | {shape("no such family").path}) == len(_SHAPES) + 1


def graph(count: int) -> tuple[list[Box], list[Link]]:
    """A ring with chords, two hubs and some loose nodes: nothing random."""
    boxes = [Box(f"n{i:02}", 60 + 37 * (i * 7 % 5), 32 + 16 * (i % 3)) for i in range(count)]
    ends = [(i, (i * i + 1) % (count - 4)) for i in range(count - 4)]
    return boxes, [Link(f"e{i:02}-{j:02}", f"n{i:02}", f"n{j:02}", 70) for i, j in ends]


def test_nodes_do_not_overlap() -> None:
    boxes, links = graph(24)
    spots = place(boxes, links).positions
    for a, b in combinations(boxes, 2):
        (ax, ay), (bx, by) = spots[a.key], spots[b.key]
        assert abs(ax - bx) >= (a.wide + b.wide) / 2 or abs(ay - by) >= (a.high + b.high) / 2, (a, b)


def test_a_layout_does_not_depend_on_the_order_of_its_nodes() -> None:
    boxes, links = graph(16)
    assert place(boxes, links) == place(boxes[::-1], links[::-1])


def test_parallel_and_opposite_arrows_lie_apart() -> None:
    boxes = [Box("a", 90, 32), Box("b", 90, 32)]
    links = [Link("1", "a", "b", 60), Link("2", "a", "b", 60), Link("3", "b", "a", 60)]
    bends = place(boxes, links).bends
    # Seen from one end: an arrow the other way bends to its own left.
    assert len({bends["1"], bends["2"], -bends["3"]}) == 3


# ------------------------------------------------------------------------------------------ in a browser


@dataclass
class Visit:
    """The page in a browser, and what the browser had to complain about."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def network(self, script: str) -> Any:
        return self.page.evaluate(f"kgPage.network.{script}")

    def click_on_canvas(self, spot: str) -> None:
        """Click where a JavaScript expression says, in the coordinates of the drawing."""
        x, y = self.page.evaluate(
            f"""() => {{
              const {{ x, y }} = kgPage.network.canvasToDOM({spot});
              const box = document.getElementById("canvas").getBoundingClientRect();
              return [x + box.left, y + box.top];
            }}"""
        )
        self.page.mouse.click(x, y)

    def panel(self) -> str:
        return self.page.inner_text("#panel")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports") / "graph.html"
    path.write_text(html(), encoding="utf-8", newline="\n")
    return path


def visit(browser: Browser, file: Path, **options: Any) -> Iterator[Visit]:
    context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce"} | options)
    context.set_offline(True)
    page = context.new_page()
    seen = Visit(page)
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("dialog", lambda dialog: seen.complaints.append(dialog.message))
    page.on("request", lambda request: seen.requests.append(request.url))
    page.goto(file.as_uri())
    yield seen
    assert seen.complaints == []
    assert seen.requests == [file.as_uri()]
    context.close()


@pytest.fixture
def seen(browser: Browser, file: Path) -> Iterator[Visit]:
    yield from visit(browser, file)


@pytest.fixture(params=[(1400, "light"), (1400, "dark"), (400, "light"), (400, "dark")], ids=str)
def seen_as(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[Visit]:
    width, scheme = request.param
    yield from visit(browser, file, viewport={"width": width, "height": 850}, color_scheme=scheme)


def arrow(relation: str) -> str:
    (name,) = [one["id"] for one in data()["statements"] if one["relation"] == relation and one["drawn"] == "arrow"]
    return name


def test_the_drawing_has_all_nodes_and_arrows(seen: Visit) -> None:
    counts = data()["counts"]
    assert len(seen.network("body.data.nodes.getIds()")) == counts["entities"]
    assert len(seen.network("body.data.edges.getIds()")) == counts["arrows"]
    assert seen.page.locator("tbody tr").count() == counts["statements"]
    footer = [int(number) for number in re.findall(r"\d+", seen.page.inner_text("footer"))]
    assert footer[:4] == [12, 7, 3, 2]


def test_a_click_on_an_arrow_shows_its_sentence_and_rule(seen: Visit) -> None:
    name = arrow("minister of")
    seen.click_on_canvas(f"kgPage.network.body.edges['{name}'].edgeType.getPoint(0.5)")
    shown = seen.panel()
    says, pattern = RULES["posts.apposition"]
    sentence = NEWS.text.split("\n")[0]
    for words in (
        "minister of",
        sentence,
        "posts.apposition",
        says,
        pattern,
        "2024-05-17",
        HOSTILE[1],
        HOSTILE[3],
    ):
        assert words in shown
    assert "Machine-translated source: not the speaker’s own words." in shown


def test_slots_are_marked_in_three_ways(seen: Visit) -> None:
    seen.page.evaluate(f"location.hash = '#statement={arrow('minister of')}'")
    styles = {
        slot: seen.page.eval_on_selector(
            f"blockquote mark.{slot}", "mark => getComputedStyle(mark).textDecorationStyle"
        )
        for slot in ("subject", "cue", "object")
    }
    assert styles == {"subject": "solid", "cue": "wavy", "object": "double"}
    assert seen.page.inner_text("blockquote mark.subject") == "Ana Pereira"
    # The words of the cue lie inside those of the object here, and both are marked.
    assert seen.page.locator("blockquote mark.object mark.cue, blockquote mark.cue mark.object").count() > 0


def test_a_click_on_a_node_shows_its_card(seen: Visit) -> None:
    seen.click_on_canvas("kgPage.network.getPosition('id/ana-pereira')")
    shown = seen.panel()
    for words in ("Ana Pereira", "佩雷拉", "minister of →", "attended →", "former", "2 claims", PEREIRA.iri):
        assert words in shown
    assert "#node=id%2Fana-pereira" in seen.page.url


def test_claims_are_folded_and_can_be_opened(seen: Visit) -> None:
    (label,) = [node["label"] for node in seen.network("body.data.nodes.get()") if node["id"] == "id/ana-pereira"]
    assert label == "Ana Pereira · 2 claims"
    seen.page.evaluate("location.hash = '#node=id%2Fana-pereira'")
    seen.page.wait_for_selector("summary")
    if not seen.page.locator("details[open]").count():
        seen.page.click("summary")
    assert HOSTILE[1] in seen.page.inner_text("details")


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


def test_arrow_keys_and_escape_in_the_search(seen: Visit) -> None:
    seen.page.focus("#search")
    seen.page.keyboard.type("p")
    first = seen.page.get_attribute("#search", "aria-activedescendant")
    seen.page.keyboard.press("ArrowDown")
    second = seen.page.get_attribute("#search", "aria-activedescendant")
    assert (first, second) == ("found-0", "found-1")
    seen.page.keyboard.press("ArrowUp")
    seen.page.keyboard.press("ArrowUp")
    assert seen.page.get_attribute("#search", "aria-activedescendant") != first
    seen.page.keyboard.press("Escape")
    assert seen.page.is_hidden("#found")
    seen.page.fill("#search", "zzz")
    assert "Nobody" in seen.page.inner_text("#found-count")


def test_the_table_filters_and_opens_statements(seen: Visit) -> None:
    assert seen.page.inner_text("#shown") == "Showing 12 of 12 statements"
    seen.page.fill("#filter", "pereira SAID")
    assert seen.page.inner_text("#shown") == "Showing 2 of 12 statements"
    seen.page.locator("tbody tr:visible button").first.press("Enter")
    assert "The subject stands for Ana Pereira (pronoun)" in seen.panel()
    assert seen.page.evaluate("document.activeElement.id") == "panel"
    seen.page.fill("#filter", "")
    seen.page.locator("tbody tr").first.click()
    assert seen.page.locator("tbody tr.chosen").count() == 1


def test_a_link_opens_on_what_it_names_and_a_broken_one_on_the_introduction(seen: Visit) -> None:
    seen.page.evaluate(f"location.hash = '#statement={arrow('attended')}'")
    seen.page.reload()
    seen.requests.clear()
    seen.requests.append(seen.page.url.partition("#")[0])
    assert "Pereira attended it." in seen.panel()
    for broken in ("#node=%E0%A4%A", "#node=nobody", "#statement=__proto__", "#toString=x"):
        seen.page.evaluate(f"location.hash = '{broken}'")
        seen.page.wait_for_function("document.querySelector('#panel h2').textContent === 'How to read this'")


def test_hostile_text_stays_text(seen: Visit) -> None:
    page = seen.page
    for node in data()["nodes"]:
        page.evaluate("id => { location.hash = `#node=${encodeURIComponent(id)}`; }", node["id"])
        page.wait_for_function("label => document.querySelector('#panel h2').textContent === label", arg=node["label"])
    for one in data()["statements"]:
        page.evaluate("id => { location.hash = `#statement=${id}`; }", one["id"])
        page.wait_for_function(
            "quote => document.querySelector('#panel blockquote')?.textContent === quote",
            arg="".join(part["text"] for part in one["evidence"][0]["parts"]),
        )
    cells = page.locator("tbody td").all_text_contents()
    for text in (HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[4], EXPO.label):
        assert text in cells
    assert page.locator("img, b, body script:not([type]) ~ *:not(script)").count() == 0
    assert page.evaluate("document.scripts.length") == 5


def test_the_browser_would_refuse_other_scripts_and_markup(browser: Browser, file: Path) -> None:
    visits = visit(browser, file)
    seen = next(visits)
    seen.page.evaluate(
        """() => {
          try { document.createElement("div").innerHTML = "<b>x</b>"; } catch { window.refused = true; }
        }"""
    )
    assert seen.page.evaluate("window.refused")
    assert any("TrustedHTML" in complaint for complaint in seen.complaints)
    policy = seen.page.get_attribute("meta[http-equiv]", "content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_planned_arrows_are_dashed_and_candidates_known(seen: Visit) -> None:
    dashed = [edge["label"] for edge in seen.network("body.data.edges.get()") if edge["dashes"]]
    assert dashed == ["held in"]
    assert [node["id"] for node in data()["nodes"] if node["candidate"]] == [
        node.iri.removeprefix(BASE) for node in sorted((ALLIANCE, TWIN), key=lambda node: node.iri)
    ]
    legend = seen.page.inner_text("#legend")
    assert "planned 1" in legend
    assert "candidate" in legend
    assert "Showing 6 entities and 7 arrows" in legend


def test_names_in_the_drawing_have_room(seen: Visit) -> None:
    """No card and no label of an arrow lies over another, as the browser measures them."""
    overlaps = seen.page.evaluate(
        """() => {
          const { nodes, edges } = kgPage.network.body;
          const cards = Object.values(nodes).map(({ shape: { left, top, width, height } }) =>
            [left, top, left + width, top + height]);
          const labels = Object.values(edges).map(({ labelModule: { size: { left, top, width, height } } }) =>
            [left, top, left + width, top + height]);
          const boxes = [...cards, ...labels];
          const found = [];
          boxes.forEach((a, i) => boxes.slice(0, i).forEach((b) => {
            const wide = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
            const high = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
            if (wide > 2 && high > 2) found.push([wide, high]);
          }));
          return found;
        }"""
    )
    assert overlaps == []


def test_light_dark_wide_and_narrow(seen_as: Visit) -> None:
    page = seen_as.page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    paper, ink = page.evaluate(
        "(() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; })()"
    )
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    brightness = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (paper, ink)]
    assert (brightness[0] < brightness[1]) == dark
    # The canvas follows: its commonest opaque colour is that of the cards.
    surface = page.evaluate("getComputedStyle(document.getElementById('panel')).backgroundColor")
    commonest = page.evaluate(
        """() => {
          const canvas = document.querySelector("canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const counts = new Map();
          for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] < 255) continue;
            const colour = `rgb(${data[i]}, ${data[i + 1]}, ${data[i + 2]})`;
            counts.set(colour, (counts.get(colour) ?? 0) + 1);
          }
          return [...counts].sort(([, a], [, b]) => b - a)[0][0];
        }"""
    )
    assert commonest == surface


@pytest.mark.parametrize("place_", ["", "#node=id%2Fana-pereira", "#statement"])
def test_axe_finds_no_violation(seen_as: Visit, place_: str) -> None:
    if place_ == "#statement":
        place_ = f"#statement={arrow('minister of')}"
    seen_as.page.evaluate("place => { location.hash = place; }", place_)
    seen_as.page.wait_for_timeout(50)
    results = Axe().run(seen_as.page)
    found = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in results.response["violations"]]
    assert found == [], json.dumps(found, indent=1)
