from __future__ import annotations

import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kg import cache


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of a user who has none yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "kg"


@pytest.fixture
def ask(tmp_path: Path) -> Callable[[], tuple[str, int]]:
    """What comes of asking for the content of a file, and how often it has been made so far."""
    file = tmp_path / "words.toml"
    file.write_text("one")
    made: list[str] = []

    def make() -> str:
        made.append(file.read_text())
        return made[-1]

    return lambda: (cache.kept("words", [file], make), len(made))


def test_it_is_made_once(ask: Callable[[], tuple[str, int]]) -> None:
    assert [ask(), ask(), ask()] == [("one", 1)] * 3


def test_it_is_made_again_where_a_file_has_changed(ask: Callable[[], tuple[str, int]], tmp_path: Path) -> None:
    assert ask() == ("one", 1)
    (tmp_path / "words.toml").write_text("two")
    assert ask() == ("two", 2)
    (tmp_path / "words.toml").write_text("one")
    assert ask() == ("one", 2)


@pytest.mark.parametrize("content", [b"", b"nothing", b"0" * 64 + b"\nnothing"], ids=["empty", "no digest", "another"])
def test_a_broken_file_is_as_good_as_none(ask: Callable[[], tuple[str, int]], folder: Path, content: bytes) -> None:
    ask()
    (file,) = folder.iterdir()
    file.write_bytes(content)
    assert ask() == ("one", 2)
    assert ask() == ("one", 2)


@pytest.mark.parametrize("writable", [stat.S_IWGRP, stat.S_IWOTH], ids=["by the group", "by all"])
@pytest.mark.parametrize("part", ["folder", "file"])
def test_what_others_could_have_written_is_not_read(
    ask: Callable[[], tuple[str, int]], folder: Path, writable: int, part: str
) -> None:
    ask()
    (file,) = folder.iterdir()
    path = {"folder": folder, "file": file}[part]
    path.chmod(path.stat().st_mode | writable)
    assert ask() == ("one", 2)


def test_without_a_folder_that_can_be_written_all_goes_on(ask: Callable[[], tuple[str, int]], folder: Path) -> None:
    folder.parent.write_text("a file stands where the folder would be")
    assert [ask(), ask()] == [("one", 1), ("one", 2)]


def test_only_the_newest_are_kept(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    for n in range(cache.MOST + 3):
        file.write_text(str(n))
        assert cache.kept("words", [file], partial(int, n)) == n
    assert len(list(folder.iterdir())) == cache.MOST
