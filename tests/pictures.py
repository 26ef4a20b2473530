"""The picture in README: `make picture` after a build; not a test."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import launch

EXPORTS = Path(__file__).parent.parent / "exports"


def picture() -> None:
    """Writes `exports/graph.png`: the page with the evidence of one arrow open."""
    rows = [json.loads(line) for line in (EXPORTS / "statements.jsonl").read_text("utf-8").splitlines()]
    shown = next(row["statement"] for row in rows if row["label"] == "minister of")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1400, "height": 900}, color_scheme="light")
        page.goto(f"{(EXPORTS / 'graph.html').as_uri()}#statement={shown}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=EXPORTS / "graph.png")
        browser.close()


if __name__ == "__main__":
    picture()
