"""What is lit around the chosen node: one, two and three steps, against networkx."""

from __future__ import annotations

import networkx as nx
import pytest

from tests.page.visits import Visit, address, data

DATA = data()
ARROWS = [one for one in DATA["statements"] if one["drawn"] == "arrow"]
NODES = [one["id"] for one in DATA["nodes"] if not one["words"]]


#: How many dark pixels there are around a spot of the canvas.
INK = """([x, y]) => {
  const canvas = document.querySelector("canvas");
  const { left, top, width } = canvas.getBoundingClientRect();
  const scale = canvas.width / width;
  const copy = new OffscreenCanvas(120 * scale, 24 * scale).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, (left - x + 60) * scale, (top - y + 12) * scale);
  const { data } = copy.getImageData(0, 0, 120 * scale, 24 * scale);
  let dark = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 160 && data[i] < 120) dark += 1;
  return dark;
}"""


def around(node: str, steps: int, arrows: list[tuple[str, str, str]]) -> tuple[set[str], set[str]]:
    """The nodes so many steps away at most, and the arrows on the ways there."""
    graph = nx.MultiGraph()
    graph.add_node(node)
    graph.add_edges_from((source, target, name) for name, source, target in arrows)
    far = nx.single_source_shortest_path_length(graph, node, cutoff=steps)
    return set(far), {name for name, a, b in arrows if min(far.get(a, steps), far.get(b, steps)) < steps}


def links(*hidden: str) -> list[tuple[str, str, str]]:
    return [
        (one["id"], one["subject"]["id"], one["object"]["id"])
        for one in ARROWS
        if not {one["subject"]["id"], one["object"]["id"]} & {*hidden}
    ]


def pick(seen: Visit, steps: int) -> None:
    """Choose so many steps by the mouse."""
    seen.page.locator("#steps label").nth(steps - 1).click()


@pytest.mark.parametrize("node", NODES)
def test_steps_around_a_node(seen: Visit, node: str) -> None:
    seen.click_node(node)
    for steps in (1, 2, 3, 1):
        pick(seen, steps)
        assert seen.lit() == around(node, steps, links())
        assert seen.page.locator("#steps input:checked").get_attribute("value") == str(steps)


def test_more_steps_reach_further() -> None:
    sizes = [len(around("id/ministry-of-tides", steps, links())[0]) for steps in (1, 2, 3)]
    assert sizes == [2, 3, 4]


def test_steps_do_not_lead_through_what_is_filtered_out(seen: Visit) -> None:
    seen.go(address(node="id/port-vell", no_class="Event", steps="3"))
    assert seen.lit() == ({"id/port-vell"}, set())
    seen.go(address(node="id/port-vell", no_class="Person", steps="3"))
    assert seen.lit() == around("id/port-vell", 3, links("id/ana-pereira"))


def test_steps_by_the_keyboard(seen: Visit) -> None:
    seen.go(address(node="id/ministry-of-tides"))
    seen.page.focus("#steps input:checked")
    seen.page.keyboard.press("ArrowRight")
    assert seen.lit() == around("id/ministry-of-tides", 2, links())
    seen.page.keyboard.press("ArrowLeft")
    assert seen.lit() == around("id/ministry-of-tides", 1, links())


def test_what_is_not_lit_is_drawn_fainter(seen: Visit) -> None:
    """By the pixels of the canvas: the farthest node loses most of its ink when another is chosen."""
    far = "id/news/alliance"

    def ink() -> int:
        found: int = seen.page.evaluate(INK, list(seen.spot(f"kgPage.network.getPosition('{far}')")))
        return found

    seen.page.evaluate("new Promise(requestAnimationFrame)")
    before = ink()
    seen.click_node("id/harbour-guild")
    seen.page.wait_for_function("() => kgPage.lit() !== null")
    seen.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert ink() < before / 4
