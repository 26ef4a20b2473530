"""What the tests of the server share: a server of the five documents, and one that allows little."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Built
from tests.server.served import LITTLE, Server, served


@pytest.fixture(scope="session")
def server(built: Built) -> Iterator[Server]:
    """The five documents, served."""
    with served(built.root) as made:
        yield made


@pytest.fixture(scope="module")
def little(built: Built) -> Iterator[Server]:
    """The same by a server that allows little."""
    with served(built.root, limits=LITTLE) as made:
        yield made


@pytest.fixture
def own(built: Built, tmp_path: Path) -> Path:
    """A built project that a test may change."""
    shutil.copytree(built.root, tmp_path / "own")
    return tmp_path / "own"
