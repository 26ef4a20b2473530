from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.exports import replace, write

OLD = {"a.ttl": b"old a", "b.jsonl": b"old b", "c.html": b"old c"}
NEW = {"a.ttl": b"new a", "b.jsonl": b"new b", "c.html": b"new c"}


def found(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()}


def test_files_are_written_to_a_folder_that_is_made(tmp_path: Path) -> None:
    write(tmp_path / "x" / "y", NEW)
    assert found(tmp_path / "x" / "y") == NEW
    assert {stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "x" / "y").iterdir()} == {0o644}


def test_files_are_replaced_and_others_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {**OLD, "mine.txt": b"mine"})
    write(tmp_path, NEW)
    assert found(tmp_path) == {**NEW, "mine.txt": b"mine"}


def test_nothing_is_written_twice_that_stands_there_already(tmp_path: Path) -> None:
    write(tmp_path, NEW)
    write(tmp_path, NEW)
    assert found(tmp_path) == NEW


@pytest.mark.parametrize("at", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("call", ["replace", "fsync", "fdopen", "chmod"])
def test_an_error_at_any_moment_leaves_the_old_files_whole(
    call: str, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, OLD)
    calls = 0
    real = getattr(os, call)

    def failing(*arguments: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == at + 1:
            raise OSError(28, "No space left on device")
        return real(*arguments, **more)

    monkeypatch.setattr(os, call, failing)
    with contextlib.suppress(ExportError):
        write(tmp_path, NEW)
    assert found(tmp_path) == (OLD if calls > at else NEW)


def test_an_interrupt_leaves_no_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, OLD)

    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, NEW)
    assert found(tmp_path) == OLD


@pytest.mark.parametrize("last", sorted(NEW))
def test_a_folder_in_the_place_of_a_file_changes_no_other_file(last: str, tmp_path: Path) -> None:
    write(tmp_path, {name: content for name, content in OLD.items() if name != last})
    (tmp_path / last / "inside").mkdir(parents=True)
    with pytest.raises(ExportError, match="cannot be written"):
        write(tmp_path, NEW)
    assert found(tmp_path) == {name: content for name, content in OLD.items() if name != last}


@pytest.mark.parametrize("where", ["file", "file/below"])
def test_a_file_is_no_folder(where: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(ExportError) as caught:
        write(tmp_path / where, NEW)
    assert str(tmp_path / where) in str(caught.value)
    assert (tmp_path / "file").read_bytes() == b"mine"
    assert "\n" not in str(caught.value)


# ---------------------------------------------------------------------- a whole folder


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


INSIDE = {"a.ttl": b"new a", "folder/b.jsonl": b"new b"}


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    replace(tmp_path / "x" / "out", {**OLD, "folder/old": b"old"})
    replace(tmp_path / "x" / "out", INSIDE)
    assert everything(tmp_path) == {f"x/out/{name}": content for name, content in INSIDE.items()}
    assert stat.S_IMODE((tmp_path / "x" / "out").stat().st_mode) == 0o755


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("call", ["rename", "fsync", "mkdir"])
def test_an_error_at_any_moment_leaves_the_old_folder_whole(
    call: str, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(tmp_path / "out", OLD)
    calls = 0
    real = getattr(os, call)

    def failing(*arguments: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError(28, "No space left on device")
        return real(*arguments, **more)

    monkeypatch.setattr(os, call, failing)
    try:
        replace(tmp_path / "out", INSIDE)
        expected = INSIDE
    except ExportError:
        expected = OLD
    monkeypatch.undo()
    assert everything(tmp_path) == {f"out/{name}": content for name, content in expected.items()}


def test_a_folder_is_not_put_in_the_place_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(ExportError, match="cannot be written"):
        replace(tmp_path / "file" / "out", INSIDE)
    assert everything(tmp_path) == {"file": b"mine"}
