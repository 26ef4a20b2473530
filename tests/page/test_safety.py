"""Text stays text, and the browser would refuse anything else; what is drawn, and that its names have room."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page.visits import Visit, address, data, units
from tests.page_knowledge import ALLIANCE, BASE, EXPO, HOSTILE, TWIN

DATA = data()


def test_hostile_text_stays_text(seen: Visit) -> None:
    page = seen.page
    for node in DATA["nodes"]:
        seen.go(address(node=node["id"]))
        assert page.text_content("#panel h2") == node["words"] or node["label"]
    for one in DATA["statements"]:
        seen.go(address(statement=one["id"]))
        reading = one["evidence"][0]
        text = DATA["documents"][reading["document"]]["text"]
        assert page.text_content("#panel blockquote") == units(text, reading["start"], reading["end"])
    for name, source in DATA["documents"].items():
        for number in range(len(source["sentences"])):
            seen.go(address(sentence=f"{name}:{number}"))
    cells = page.locator("tbody td").all_text_contents()
    for text in (HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[4], EXPO.label):
        assert text in cells
    for text in (*HOSTILE, "佩雷拉"):
        page.fill("#search", text)
    assert page.locator("img, b:not(#panel b), body script:not([type]) ~ *:not(script)").count() == 0
    assert page.evaluate("document.scripts.length") == 5


def test_the_browser_would_refuse_other_scripts_and_markup(browser: Browser, file: Path) -> None:
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    for sink in ("document.body.innerHTML = '<b>x</b>'", "eval('1')", "document.write('<b>x</b>')"):
        # In a turn of its own: what a debugger evaluates itself is under no policy.
        attempt = f"try {{ {sink}; done(false); }} catch {{ done(true); }}"
        assert page.evaluate(f"() => new Promise((done) => setTimeout(() => {{ {attempt} }}))"), sink
    assert len(complaints) >= 3
    policy = page.get_attribute("meta[http-equiv]", "content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    context.close()


def test_all_is_drawn_planned_arrows_dashed_and_candidates_hollow(seen: Visit) -> None:
    counts = DATA["counts"]
    assert len(seen.network("body.data.nodes.getIds()")) == counts["entities"]
    edges = seen.network("body.data.edges.get()")
    assert len(edges) == counts["arrows"]
    planned = {one["id"] for one in DATA["statements"] if one["status"] == "planned"}
    assert {edge["id"] for edge in edges if edge.get("dashes")} == planned
    assert {node["id"] for node in DATA["nodes"] if node["candidate"]} == {
        node.iri.removeprefix(BASE) for node in (ALLIANCE, TWIN)
    }
    seen.go(address(node=TWIN.iri.removeprefix(BASE)))
    assert seen.page.locator("#panel .eyebrow .icon.hollow").count() == 1


@pytest.mark.parametrize("size", [(1400, 900), (1024, 768)], ids=["wide", "less wide"])
def test_names_in_the_drawing_have_room(seen: Visit, size: tuple[int, int]) -> None:
    """No card and no label of an arrow lies over another, as the browser measures them."""
    seen.page.set_viewport_size({"width": size[0], "height": size[1]})
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
