"""Pictures of the page, one of them in README: `make pictures` after a build; not a test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

from tests.browser import launch

EXPORTS = Path(__file__).parent.parent / "exports"

#: Of each picture its size and scheme.
PICTURES: dict[str, tuple[int, int, Literal["light", "dark"]]] = {
    "graph.png": (1440, 900, "light"),
    "graph-dark.png": (1440, 900, "dark"),
    "graph-narrow.png": (400, 850, "light"),
}


def pictures() -> None:
    """Writes `exports/graph.png`, `graph-dark.png` and `graph-narrow.png`: the page with one arrow chosen."""
    rows = [json.loads(line) for line in (EXPORTS / "statements.jsonl").read_text("utf-8").splitlines()]
    shown = next(row["statement"] for row in rows if row["label"] == "minister of")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, (width, height, scheme) in PICTURES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
            )
            page.goto(f"{(EXPORTS / 'graph.html').as_uri()}#statement={shown}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=EXPORTS / name)
            page.close()
        browser.close()


if __name__ == "__main__":
    pictures()
