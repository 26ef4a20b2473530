"""Chromium for the tests of the page: `launch(playwright)` in a test, `python -m tests.browser` to get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: For a machine without a screen or a graphics card; pictures look the same on each.
FLAGS = ("--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none", "--hide-scrollbars")

ADVICE = (
    "The tests of the page need Chromium, and none could be found or installed: install it "
    "(Debian: apt install chromium; elsewhere: .venv/bin/playwright install chromium), "
    "or say where it is: make test CHROMIUM=/path/to/chromium"
)


def find(playwright: Playwright) -> Path | None:
    """The Chromium to use: $CHROMIUM, else one that is installed, else playwright's own, else None."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named) if _runs(Path(named)) else None
    return next(filter(_runs, _candidates(playwright)), None)


def launch(playwright: Playwright) -> Browser:
    """A headless browser, the one of `find`; the caller closes it."""
    chromium = find(playwright)
    if chromium is None:
        raise FileNotFoundError(ADVICE)
    return playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))


def _candidates(playwright: Playwright) -> Iterator[Path]:
    yield from (Path(path) for path in map(shutil.which, NAMES) if path)
    yield Path(playwright.chromium.executable_path)


def _runs(chromium: Path) -> bool:
    """Whether it starts: Ubuntu's `chromium-browser` may be a stub that asks for a snap."""
    try:
        done = subprocess.run([chromium, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _install(playwright: Playwright) -> Path | None:
    """The Chromium that could be installed: by apt-get, as root; else by playwright."""
    root = os.geteuid() == 0
    if root and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *command], env=quiet, stdin=subprocess.DEVNULL, check=False)
        if chromium := find(playwright):
            return chromium
    own = [sys.executable, "-m", "playwright", "install", *(["--with-deps"] if root else []), "chromium"]
    subprocess.run(own, stdin=subprocess.DEVNULL, check=False)
    return find(playwright)


def main() -> None:
    """Finds Chromium, or installs it, and says which one the tests will use."""
    with sync_playwright() as playwright:
        chromium = find(playwright)
        if chromium is None and "CHROMIUM" not in os.environ:
            chromium = _install(playwright)
    if chromium is None:
        sys.exit(ADVICE)
    print(f"Chromium: {chromium}")


if __name__ == "__main__":
    main()
