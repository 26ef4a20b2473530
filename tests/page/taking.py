"""A visit that takes along what the page gives: files, and the table as it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.page.visits import Visit


@dataclass
class Taking(Visit):
    """The page in a browser that keeps what it saves."""

    def take(self, kind: str) -> bytes:
        """The file that one of the buttons saves: csv, turtle, svg or png."""
        with self.page.expect_download() as download:
            self.page.click(f"#take-{kind}")
        return Path(download.value.path()).read_bytes()

    def table(self) -> list[list[str]]:
        """The rows of the table, all of them, each with its statement's id first."""
        while self.page.is_visible("#more"):
            self.page.click("#more")
        made: list[list[str]] = self.page.eval_on_selector_all(
            "#table tbody tr",
            "rows => rows.map((row) => [row.dataset.id, ...[...row.cells].map((cell) => cell.textContent)])",
        )
        return made

    def sheet(self) -> tuple[list[str], list[dict[str, str]]]:
        """The table as saved: its heads, and its rows by them."""
        text = self.take("csv").decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        return list(rows.fieldnames or ()), list(rows)

    def texts(self, selector: str) -> list[str]:
        """The text of each element, to the letter."""
        found: list[str] = self.page.eval_on_selector_all(selector, "all => all.map((one) => one.textContent)")
        return found

    def shows(self, selector: str, words: str) -> None:
        """By and by an element has exactly these words."""
        self.page.wait_for_function(
            "([selector, words]) => document.querySelector(selector)?.textContent === words", arg=[selector, words]
        )


@contextmanager
def taking(browser: Browser, file: Path, place: str = "", *, before: str = "", **options: Any) -> Iterator[Taking]:
    """The page opened in a window of its own; `before` is a script that runs before those of the page.

    At the end, nothing was complained of, and nothing asked for but the file.
    """
    context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce"} | options)
    try:
        context.set_offline(True)
        context.add_init_script(before or "0")
        seen = Taking(context.new_page())
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
