"""A visit that takes along what the page gives: files, and the table as it stands."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.page.visits import Visit, opened


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


#: The page opened to be taken along.
taking = partial(opened, Taking)
