"""What the tests of the page share: the page of the invented build, and visits to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page.visits import Visit, html, visit

#: How the page is read: how wide the window is, and light or dark.
WAYS = [(1400, "light"), (1400, "dark"), (400, "light"), (400, "dark")]


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports") / "graph.html"
    path.write_text(html(), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def seen(browser: Browser, file: Path) -> Iterator[Visit]:
    with visit(browser, file) as made:
        yield made


@pytest.fixture
def seen_narrow(browser: Browser, file: Path) -> Iterator[Visit]:
    with visit(browser, file, viewport={"width": 400, "height": 850}) as made:
        yield made


@pytest.fixture(params=WAYS, ids=str)
def seen_as(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[Visit]:
    width, scheme = request.param
    with visit(browser, file, viewport={"width": width, "height": 850}, color_scheme=scheme) as made:
        yield made
