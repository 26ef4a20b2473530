"""How fast the page is, beside stock pyvis on the same graph: `make bench-page`; no test, and no time is asserted."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright
from pyvis.network import Network

from kg.model import Knowledge, Node, Status
from kg.page import render
from tests.browser import launch
from tests.page_generated import BASE, FAMILIES, LABELS, RULES, knowledge

#: Nodes of the graphs that both draw, statements per node, and the graph that only our page is asked to open.
SIZES, PER_NODE, LARGE = (100, 300, 1_000), 4, 5_000
#: Seconds after which stock pyvis is cut off; seconds for which the mouse moves.
CUT_OFF, MOVING = 120, 4.0

#: Tells when the drawing is there: ours as soon as it is on the canvas, that of pyvis when its physics rest.
WATCH = """
  const now = () => performance.now() / 1000;
  const drawn = (network) => network.once("afterDrawing", () => (document.documentElement.dataset.drawnAfter = now()));
  const whole = (network) => {
    window.theNetwork = network;
    network.fit();
    network.redraw();
  };
  const ours = ({ network }) => {
    drawn(network);
    whole(network);
  };
  const stock = (network) =>
    network.once("stabilizationIterationsDone", () => {
      drawn(network);
      whole(network);
    });
  for (const [name, take] of [["network", stock], ["kgPage", ours]]) {
    let kept;
    const set = (value) => take((kept = value));
    Object.defineProperty(window, name, { get: () => kept, set });
  }
"""
#: Where the mouse takes hold: a node, or a place where there is none; in pixels of the window.
GRIP = """(node) => {
  const network = window.theNetwork;
  const box = document.querySelector(".vis-network canvas").getBoundingClientRect();
  const degree = (id) => network.getConnectedEdges(id).length;
  const hubs = () => Object.keys(network.getPositions()).sort((a, b) => degree(b) - degree(a));
  const part = (n) => 0.3 + 0.013 * n;
  const grid = () =>
    Array.from({ length: 900 }, (_, n) => ({ x: box.width * part(n % 30), y: box.height * part(Math.floor(n / 30)) }));
  const spots = node ? hubs().map((id) => network.canvasToDOM(network.getPosition(id))) : grid();
  const inside = ({ x, y }) => x > 20 && y > 20 && x < box.width - 20 && y < box.height - 20;
  const spot = spots.find((one) => inside(one) && (network.getNodeAt(one) !== undefined) === node);
  return spot && [box.left + spot.x, box.top + spot.y];
}"""
COUNT = """() => {
  const mine = (window.counted = { frames: 0, since: performance.now() });
  const next = () => {
    mine.frames += 1;
    if (mine === window.counted) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}"""
COUNTED = "(1000 * window.counted.frames) / (performance.now() - window.counted.since)"


class Row(NamedTuple):
    """A row of the table, as it is printed; empty where nothing was measured."""

    nodes: str
    page: str
    size: str = ""
    drawn: str = ""
    panning: str = ""
    dragging: str = ""
    usable: str = ""
    slowest: str = ""


HEADS = Row(
    "nodes", "page", "MB", "s to drawn", "frames/s panning", "frames/s dragging", "s to usable", "ms, slowest act"
)


def stock(known: Knowledge) -> str:
    """The entities and arrows of a build as pyvis draws them when it is told nothing."""
    arrows = [
        (one.subject, one.object, LABELS.get(one.property, one.property))
        for one in known.statements
        if isinstance(one.object, Node) and not one.object.words and one.status in (Status.ASSERTED, Status.PLANNED)
    ]
    network = Network(height="800px", directed=True, cdn_resources="in_line")
    for node in dict.fromkeys(end for arrow in arrows for end in arrow[:2]):
        network.add_node(node.iri, label=node.label)
    for subject, thing, label in arrows:
        network.add_edge(subject.iri, thing.iri, label=label)
    return str(network.generate_html())


def frames(page: Page, *, node: bool) -> str:
    """Frames a second while the mouse drags a node, or the whole."""
    place = page.evaluate(GRIP, node)
    if place is None:
        return "no place"
    x, y = place
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 5, y + 5)
    page.evaluate(COUNT)
    end = time.monotonic() + MOVING
    step = 0
    while time.monotonic() < end:
        step += 1
        far = 60 - abs(step % 120 - 60)
        page.mouse.move(x + 2 * far, y + far)
    counted = f"{page.evaluate(COUNTED):.0f}"
    page.mouse.up()
    return counted


def measured(browser: Browser, html: str, nodes: int, name: str, *, acts: bool = False) -> Row:
    """The row of a page, opened from a file in a window of its own."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    # No page may ask the network for anything: stock pyvis would fetch Bootstrap.
    page.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    page.add_init_script(WATCH)
    page.set_default_timeout(CUT_OFF * 1_000)
    size = f"{len(html.encode()) / 1e6:.1f}"
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "page.html"
            file.write_text(html, "utf-8")
            page.goto(file.as_uri(), wait_until="commit")
            page.locator("html[data-drawn-after]").wait_for(state="attached")
            drawn = f"{float(page.evaluate('document.documentElement.dataset.drawnAfter')):.1f}"
            usable, slowest = (f"{usable_after(page):.1f}", f"{max(times(page)):.0f}") if acts else ("", "")
            page.evaluate("window.theNetwork.fit()")
            pan, drag = frames(page, node=False), frames(page, node=True)
            return Row(f"{nodes:,}", name, size, drawn, pan, drag, usable, slowest)
    except TimeoutError:
        return Row(f"{nodes:,}", name, size, f"cut off at {CUT_OFF}")
    finally:
        page.close()


def usable_after(page: Page) -> float:
    """Seconds after which the table is shown and the search has answered."""
    page.locator("#table tbody tr").first.wait_for()
    page.locator("#search").fill("ba")
    page.locator("#found li").first.wait_for()
    return float(page.evaluate("performance.now() / 1000"))


#: What a reader does; each ends with the frame after the next, when it can be seen.
ACTS = (
    "const f = document.getElementById('search'); f.value = 'karla'; f.dispatchEvent(new Event('input'))",
    "document.querySelector('#found li').click()",
    "document.querySelector('#facet-groups input').click()",
    "document.querySelector('#facet-groups input').click()",
    "document.querySelector('th[data-key=object] button').click()",
    "const w = document.getElementById('filter'); w.value = 'harbour'; w.dispatchEvent(new Event('input'))",
    "document.querySelector('#table tbody tr').click()",
)


def times(page: Page) -> Iterator[float]:
    """Milliseconds of each act, one after the other."""
    for act in ACTS:
        yield page.evaluate(
            f"""async () => {{
              const start = performance.now();
              {act};
              await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
              return performance.now() - start;
            }}"""
        )


def table(rows: Sequence[Row]) -> str:
    """The rows below their heads, in columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(cell.rjust(wide) for cell, wide in zip(row, widths, strict=True)) for row in rows)


def bench(say: Callable[[str], object]) -> str:
    """The whole table; `say` is told what is being measured."""
    rows = [HEADS]
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for nodes in (*SIZES, LARGE):
            known = knowledge(nodes, nodes * PER_NODE)
            say(f"{nodes} nodes, {nodes * PER_NODE} statements\n")
            ours = render(known, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)
            rows.append(measured(browser, ours, nodes, "ours", acts=True))
            if nodes in SIZES:
                rows.append(measured(browser, stock(known), nodes, "stock pyvis"))
        browser.close()
    return table(rows)


if __name__ == "__main__":
    print(bench(sys.stderr.write))
