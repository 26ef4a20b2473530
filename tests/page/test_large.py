from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kg.page.geometry import Box, Link, Point
from kg.page.payload import Data, payload
from kg.page.scatter import core
from kg.page.spacing import space
from tests.page_generated import BASE, FAMILIES, LABELS, RULES, knowledge, page

MANY, STATEMENTS = 1_500, 6_000
FEW = 60


@pytest.fixture(scope="module")
def html() -> str:
    return page(MANY, STATEMENTS)


@pytest.fixture(scope="module")
def data() -> Data:
    return payload(knowledge(MANY, STATEMENTS), base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)


@pytest.fixture(scope="module")
def address(html: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("large") / "graph.html"
    file.write_text(html, "utf-8")
    return file.as_uri()


@pytest.fixture
def seen(browser: Browser) -> Iterator[Page]:
    """A window that may show any page, and complains of nothing."""
    one = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    complaints: list[str] = []
    one.on("pageerror", lambda error: complaints.append(str(error)))
    one.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield one
    one.close()
    assert complaints == []


def places(seen: Page) -> dict[str, dict[str, float]]:
    """Where each node of the picture lies."""
    found: dict[str, dict[str, float]] = seen.evaluate("kgPage.network.getPositions()")
    return found


def left_out(seen: Page) -> tuple[int, int]:
    """How many nodes the page says are in the picture, and how many entities are left out."""
    said = seen.locator("#left-out").inner_text()
    drawn, out = (int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", said)[:2])
    return drawn, out


def hub(data: Data, *, without: str = "") -> str:
    """The entity with most arrows, of any family but one."""
    families = {node["id"]: node["family"] for node in data["nodes"]}
    ends = [
        term["id"] for one in data["statements"] if one["drawn"] == "arrow" for term in (one["subject"], one["object"])
    ]
    return Counter(end for end in ends if families[end] != without).most_common(1)[0][0]


# ------------------------------------------------------------------------------------------- what is drawn


@pytest.mark.parametrize(("count", "opens"), [(1_000, 1_000), (1_001, 300)], ids=["not too many", "too many"])
def test_many_nodes_open_on_those_best_connected(count: int, opens: int) -> None:
    keys = [f"n{number:04}" for number in range(count)]
    # A star around n0500, whose points n0500 to n0899 are joined among themselves; the others hang on a chain.
    links = [Link(f"s{key}", "n0500", key, 9) for key in keys[501:900]]
    links += [Link(f"r{a}", a, b, 9) for a, b in pairwise(keys[501:900])]
    links += [Link(f"c{a}", a, b, 9) for a, b in pairwise(keys[:501])]
    chosen = core(links, keys)
    assert len(chosen) == opens
    assert opens == count or chosen <= set(keys[500:900])


def test_a_large_page_says_what_it_leaves_out(seen: Page, address: str, data: Data) -> None:
    seen.goto(address)
    drawn, out = left_out(seen)
    assert drawn == len(places(seen)) == 300
    assert drawn + out == MANY == data["counts"]["entities"]
    assert hub(data) in places(seen)
    assert seen.locator("#showing").inner_text().startswith("Showing 1,500 entities and 6,000 statements")
    assert seen.locator("#shown").inner_text() == "Showing 6,000 of 6,000 statements"


def test_what_opens_hangs_together(seen: Page, address: str) -> None:
    seen.goto(address)
    joined = seen.evaluate("""() => {
      const found = new Set([kgPage.network.body.nodeIndices[0]]);
      for (const id of found) for (const other of kgPage.network.getConnectedNodes(id)) found.add(other);
      return found.size;
    }""")
    assert joined == 300


def test_what_is_left_out_is_found_and_comes_with_its_arrows(seen: Page, address: str, data: Data) -> None:
    seen.goto(address)
    out = next(
        one["subject"]
        for one in data["statements"]
        if one["drawn"] == "arrow" and one["subject"]["id"] not in places(seen) and one["object"]["id"] in places(seen)
    )
    seen.locator("#search").fill(out["text"])
    seen.keyboard.press("Enter")
    assert seen.locator("#panel h2").first.inner_text() == out["text"]
    assert left_out(seen) == (301, MANY - 301)
    assert seen.evaluate("id => kgPage.network.getConnectedEdges(id).length", out["id"]) > 0


# ----------------------------------------------------------------------------------------------- on demand


def test_a_relation_brings_as_many_as_it_says(seen: Page, address: str, data: Data) -> None:
    seen.goto(f"{address}#node={hub(data)}")
    chips = seen.locator("#panel .chips button")
    assert chips.count() >= 2
    while chips.count():
        left, (drawn, out) = chips.count(), left_out(seen)
        said = int(re.findall(r"\d+", chips.first.inner_text())[0])
        chips.first.click()
        assert left_out(seen) == (drawn + said, out - said)
        assert len(places(seen)) == drawn + said
        assert chips.count() < left
    near = seen.evaluate("id => kgPage.network.getConnectedNodes(id).filter((one) => one !== id)", hub(data))
    told = {
        frozenset((one["subject"]["id"], one["object"]["id"])) for one in data["statements"] if one["drawn"] == "arrow"
    }
    assert {frozenset((hub(data), one)) for one in near} == {
        pair for pair in told if hub(data) in pair and len(pair) == 2
    }
    seen.get_by_role("button", name="Take away what was added").click()
    assert left_out(seen) == (300, MANY - 300)


def test_a_relation_that_filters_hide_in_part_brings_the_rest(seen: Page, address: str, data: Data) -> None:
    seen.goto(f"{address}#node={hub(data, without='Person')}&no-class=Person")
    chip = seen.locator("#panel .chips button").first
    said = int(re.findall(r"\d+", chip.inner_text())[0])
    before = places(seen)
    chip.click()
    came = set(places(seen)) - set(before)
    families = {node["id"]: node["family"] for node in data["nodes"]}
    assert len(came) == said
    assert "Person" not in {families[one] for one in came}


def test_a_link_shows_the_same_places_each_time(seen: Page, browser: Browser, address: str, data: Data) -> None:
    seen.goto(f"{address}#node={hub(data)}")
    for _ in range(2):
        seen.locator("#panel .chips button").first.click()
    again = browser.new_page()
    again.goto(seen.url)
    assert len(places(seen)) > 300
    assert places(again) == places(seen)
    again.close()


def test_back_shows_the_places_of_a_fresh_page(seen: Page, browser: Browser, address: str, data: Data) -> None:
    seen.goto(address)
    out = [node for node in data["nodes"] if not node["words"] and node["id"] not in places(seen)]
    for node in out[:2]:
        seen.evaluate("hash => { location.hash = hash; }", f"#node={out[0]['id']}&add={node['id']}&add={out[2]['id']}")
        assert out[2]["id"] in places(seen)
    seen.evaluate("hash => { location.hash = hash; }", f"#node={out[2]['id']}")
    fresh = browser.new_page()
    fresh.goto(seen.url)
    assert places(fresh) == places(seen)
    fresh.close()


def test_what_comes_on_demand_lies_over_nothing(seen: Page, address: str, data: Data) -> None:
    seen.goto(f"{address}#node={hub(data)}")
    before = set(places(seen))
    seen.locator("#panel .chips button").first.click()
    boxes = seen.evaluate("""() => Object.values(kgPage.network.body.nodes).map(({ id, x, y, shape }) =>
      [id, x - shape.width / 2, x + shape.width / 2, y - shape.height / 2, y + shape.height / 2])""")
    over = [
        (a[0], b[0])
        for a, b in combinations(boxes, 2)
        if not {a[0], b[0]} <= before and a[1] < b[2] and b[1] < a[2] and a[3] < b[4] and b[3] < a[4]
    ]
    assert len(boxes) > 300
    assert over == []


def test_claims_of_who_was_left_out_open_beside_them(seen: Page, address: str, data: Data) -> None:
    seen.goto(address)
    agent = next(node for node in data["nodes"] if node["claims"] > 2 and node["id"] not in places(seen))
    seen.goto(f"{address}#open={agent['id']}")
    seen.reload()
    at = places(seen)
    claims = set(at) - {node["id"] for node in data["nodes"] if not node["words"]}
    assert len(claims) == agent["claims"]
    assert all(abs(at[one]["x"] - at[agent["id"]]["x"]) < 500 for one in claims)


# ---------------------------------------------------------------------------------------------- same bytes


def test_a_large_build_has_the_same_bytes_again(html: str) -> None:
    assert page(MANY, STATEMENTS) == html


def test_many_nodes_are_pushed_apart_until_none_overlaps() -> None:
    boxes = {f"n{n:03}": Box(f"n{n:03}", 60 + 37 * (n * 7 % 5), 32 + 16 * (n % 3)) for n in range(150)}
    crowded = {key: Point(40.0 * (n % 12), 15.0 * (n // 12)) for n, key in enumerate(boxes)}
    spots = space(crowded, boxes, airy=2.4)
    for a, b in combinations(boxes.values(), 2):
        (ax, ay), (bx, by) = spots[a.key], spots[b.key]
        assert abs(ax - bx) >= (a.wide + b.wide) / 2 or abs(ay - by) >= (a.high + b.high) / 2, (a, b)


# ------------------------------------------------------------------------------------------ while it moves

#: How many points of the canvas have the colour of arrows, or nearly.
INK = """() => {
  const style = getComputedStyle(document.documentElement);
  const asked = document.createElement("canvas").getContext("2d");
  asked.fillStyle = style.getPropertyValue("--edge").trim();
  asked.fillRect(0, 0, 1, 1);
  const edge = asked.getImageData(0, 0, 1, 1).data;
  const canvas = document.querySelector("#canvas canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) count += [0, 1, 2].every((k) => Math.abs(data[i + k] - edge[k]) < 12);
  return count;
}"""


def ink_until(seen: Page, least: float, most: float) -> int:
    """The first count of arrows' points between these two; the last one where none is in many frames."""
    ink = -1
    for _ in range(300):
        ink = seen.evaluate(INK)
        if least <= ink <= most:
            break
        seen.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    return ink


def spot(seen: Page, *, node: bool) -> Any:
    """Where the mouse can take hold of a node, or of the whole drawing."""
    return seen.evaluate(
        """(node) => {
          const box = document.querySelector("#canvas canvas").getBoundingClientRect();
          for (let n = 0; n < 4000; n++) {
            const at = { x: 100 + 5 * (n % 80), y: 100 + 5 * Math.floor(n / 80) };
            if ((kgPage.network.getNodeAt(at) !== undefined) === node) return [box.left + at.x, box.top + at.y];
          }
        }""",
        node,
    )


@pytest.mark.parametrize("node", [False, True], ids=["the whole", "a node"])
@pytest.mark.parametrize("count", [MANY, FEW])
def test_arrows_of_a_heavy_drawing_rest_while_it_is_dragged(
    seen: Page, address: str, tmp_path: Path, count: int, node: bool
) -> None:
    heavy = count == MANY
    if not heavy:
        (tmp_path / "few.html").write_text(page(FEW, 4 * FEW), "utf-8")
        address = (tmp_path / "few.html").as_uri()
    seen.goto(address)
    before = ink_until(seen, 1_000, 1e9)
    assert before >= 1_000
    x, y = spot(seen, node=node)
    seen.mouse.move(x, y)
    seen.mouse.down()
    seen.mouse.move(x + 20, y + 10, steps=4)
    # What has the colour of arrows besides them is the borders of cards.
    held = ink_until(seen, 0, before / 4) if heavy else seen.evaluate(INK)
    assert held <= before / 4 if heavy else held >= before / 2
    seen.mouse.up()
    assert ink_until(seen, before / 2, 1e9) >= before / 2
