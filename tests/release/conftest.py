"""What the tests of releases share: of the five documents, and of invented ones with hostile words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kg import graph, rows
from kg.release import contents
from tests.conftest import Built, run
from tests.knowledge import ONTOLOGY, RULES, knowledge, vocabulary


@pytest.fixture(scope="session")
def released(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five documents, released by the command line; not to be changed."""
    out = tmp_path_factory.mktemp("releases") / "0.1.0"
    done = run("release", out, cwd=built.root, env={"PYTHONHASHSEED": "1"})
    assert done.returncode == 0, done
    return out


@pytest.fixture(scope="session")
def hostile() -> Mapping[str, bytes]:
    """The files of a release of what documents say that want no good."""
    known, terms = knowledge(), vocabulary()
    built = {
        "graph.ttl": graph.write(known, vocabulary=terms, rules=RULES),
        "statements.jsonl": rows.jsonl(rows.rows(known.statements, terms)).encode(),
        "refused.jsonl": rows.jsonl(rows.rows(known.refused, terms)).encode(),
        "graph.html": b"<!doctype html>",
    }
    return contents.gather(built, ONTOLOGY, terms, "1.0", None).files
