"""A page in a browser without a network, and what it gives to take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page


@dataclass
class Visit:
    """A page that is open, and what the browser had to complain about."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def go(self, hash_: str) -> None:
        """To another address of the same page."""
        self.page.evaluate("hash => { location.hash = hash; }", hash_)

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


@contextmanager
def opened(
    browser: Browser, file: Path, *, hash_: str = "", before: str = "", granted: Sequence[str] = (), **options: Any
) -> Iterator[Visit]:
    """The page of a file; in the end nothing was complained of, and nothing asked for but the file.

    `before` is a script that is run before those of the page, `granted` are permissions.
    """
    context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce"} | options)
    try:
        context.set_offline(True)
        context.grant_permissions(list(granted))
        page = context.new_page()
        if before:
            page.add_init_script(before)
        visit = Visit(page, context)
        page.on("console", lambda message: visit.complaints.append(message.text))
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        page.on("dialog", lambda dialog: visit.complaints.append(dialog.message))
        page.on("request", lambda request: visit.requests.append(request.url))
        page.goto(file.as_uri() + hash_)
        yield visit
        assert visit.complaints == []
        assert {url.partition("#")[0] for url in visit.requests if not url.startswith("blob:")} == {file.as_uri()}
    finally:
        context.close()
