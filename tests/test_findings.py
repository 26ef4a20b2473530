"""What the fuzzer (`make fuzz`) and people found, one input for each cause, under a name that says what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.targets import TARGETS

FOUND = sorted(p for p in (Path(__file__).parent / "findings").rglob("*") if p.is_file())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}: {path.stem}")
def test_what_was_found_holds_now(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


def test_each_target_keeps_what_was_found() -> None:
    assert {path.parent.name for path in FOUND} == TARGETS.keys()
