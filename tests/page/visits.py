"""A visit to the page in a real browser: from a file, with the network off, and with an ear for complaints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from kg.page import render
from kg.page.payload import Data, StatementCard, payload
from tests.page_knowledge import BASE, FAMILIES, KNOWLEDGE, LABELS, RULES

#: Whether the address says all: what is shown reaches it a little later.
WRITTEN = """() => {
  const { network } = kgPage;
  const { x, y } = network.getViewPosition();
  const at = [Math.round(x), Math.round(y), network.getScale().toFixed(3)].join(",");
  return [null, at].includes(new URLSearchParams(location.hash.slice(1)).get("at"));
}"""

#: What a reader sees: what is drawn and lit, rows, card, document, marks in it, and the view to a pixel.
SEEN = """async () => {
  for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
  const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
  const { network } = kgPage;
  const { x, y } = network.getViewPosition();
  const lit = kgPage.lit();
  return {
    nodes: network.body.data.nodes.getIds().sort(),
    arrows: network.body.data.edges.getIds().sort(),
    lit: lit && { nodes: lit.nodes.sort(), arrows: lit.arrows.sort() },
    rows: [...document.querySelectorAll("tbody tr")].map((row) => row.dataset.id),
    sorts: [...document.querySelectorAll("th")].map((head) => head.getAttribute("aria-sort")),
    counts: texts("#showing, #shown, .facet .count, .undated"),
    off: [...document.querySelectorAll(".facet input")].map((box) => box.checked),
    fields: [...document.querySelectorAll("input[type=text]:not(#search), input[type=date]")].map((one) => one.value),
    steps: document.querySelector("#steps input:checked").value,
    card: document.getElementById("panel").innerText,
    document: document.getElementById("which").value,
    page: document.getElementById("pages").innerText,
    marks: texts("#pages .chosen, #pages .speaks-of, #pages mark"),
    brush: document.querySelector(".brush")?.getBoundingClientRect().width ?? null,
    view: [Math.round(x), Math.round(y), Math.round(network.getScale() * 1000) / 1000],
  };
}"""


ON_ARROW = """({ from, to, edgeType }) => {
  if (from !== to) return edgeType.getPoint(0.5);
  const [x, y, radius] = edgeType._getCircleData(null);
  return { x, y: y - radius };
}"""


def html() -> str:
    """The page of the invented build."""
    return render(KNOWLEDGE, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)


def data() -> Data:
    """What the page of the invented build knows."""
    return payload(KNOWLEDGE, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)


def statement(relation: str, subject: str = "") -> StatementCard:
    """The one statement with this relation, and this subject where given."""
    some = [one for one in data()["statements"] if one["relation"] == relation and one["about"].endswith(subject)]
    assert len(some) == 1, (relation, subject, len(some))
    return some[0]


def address(**asked: str | list[str]) -> str:
    """The hash that asks for this; `no_class` stands for `no-class`."""
    pairs = [(key, one) for key, value in asked.items() for one in ([value] if isinstance(value, str) else value)]
    return "#" + "&".join(f"{key.replace('_', '-')}={quote(value, safe='')}" for key, value in pairs)


def units(text: str, start: int, end: int) -> str:
    """What a browser takes for `text.slice(start, end)`, where an emoji is two."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@dataclass
class Visit:
    """The page in a browser, and what the browser had to complain about."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def network(self, script: str) -> Any:
        """What the drawing answers."""
        return self.page.evaluate(f"kgPage.network.{script}")

    def sees(self) -> dict[str, Any]:
        """All that a reader sees, to be compared."""
        self.page.wait_for_function(WRITTEN)
        found: dict[str, Any] = self.page.evaluate(SEEN)
        return found

    def lit(self) -> tuple[set[str], set[str]] | None:
        """The nodes and arrows that are lit; none if nothing is faded."""
        found = self.page.evaluate("kgPage.lit()")
        return (set(found["nodes"]), set(found["arrows"])) if found else None

    def go(self, place: str) -> None:
        """Follow a link to a place in the page that is open."""
        self.page.evaluate("place => { location.hash = place; }", place)
        # The page follows in the same turn as the event that it listens to.
        self.page.evaluate("new Promise((done) => setTimeout(done))")

    def spot(self, expression: str) -> tuple[float, float]:
        """Where in the window a JavaScript expression says, in the coordinates of the drawing."""
        x, y = self.page.evaluate(
            f"""() => {{
              const {{ x, y }} = kgPage.network.canvasToDOM({expression});
              const box = document.getElementById("canvas").getBoundingClientRect();
              return [x + box.left, y + box.top];
            }}"""
        )
        return x, y

    def click_arrow(self, name: str) -> None:
        """Click on the canvas on the middle of an arrow, or on the top of one that leads back to where it begins."""
        self.page.mouse.click(*self.spot(f"({ON_ARROW})(kgPage.network.body.edges[{json.dumps(name)}])"))

    def click_node(self, name: str) -> None:
        """Click on the canvas on the middle of a node."""
        self.page.mouse.click(*self.spot(f"kgPage.network.getPosition({json.dumps(name)})"))

    def panel(self) -> str:
        """The words of the card."""
        return self.page.inner_text("#panel")

    def focused(self) -> str:
        """What has the keyboard, by its id or its words."""
        words: str = self.page.evaluate("(({ id, textContent }) => id || textContent)(document.activeElement)")
        return words


Kind = TypeVar("Kind", bound=Visit)


@contextmanager
def opened(
    kind: type[Kind], browser: Browser, file: Path, place: str = "", *, before: str = "", **options: Any
) -> Iterator[Kind]:
    """The page in a window of its own; `before` is a script that runs before those of the page.

    At the end, nothing was complained of, and nothing asked for but the file.
    """
    window = {"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce"}
    context = browser.new_context(**window | options)
    try:
        context.set_offline(True)
        context.add_init_script(before or "0")
        seen = kind(context.new_page())
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("dialog", lambda dialog: seen.complaints.append(dialog.message))
        seen.page.on("request", lambda request: seen.requests.append(request.url.partition("#")[0]))
        seen.page.goto(file.as_uri() + place)
        yield seen
        assert seen.complaints == []
        assert {url for url in seen.requests if not url.startswith("blob:")} == {file.as_uri()}
    finally:
        context.close()


#: The page opened to be looked at.
visit = partial(opened, Visit)
