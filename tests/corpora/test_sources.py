from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from backports import zstd

from kg.corpora import inputs, items, sources
from kg.corpora.items import Item
from kg.errors import DocumentError, KgError
from tests.conftest import refuses, run
from tests.corpora.conftest import FORMS, Keep, lines, rows


def found(*paths: Path) -> list[Item]:
    inputs.check(paths)
    return list(sources.items(inputs.sources(paths)))


def wrong(item: Item) -> str:
    with pytest.raises(DocumentError) as caught:
        item.document()
    return str(caught.value)


def texts(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"Words of {name}.\n", "utf-8")
    return folder


# ---------------------------------------------------------------------- every form says the same


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_says_the_same_in_every_form(form: str, tmp_path: Path, keep: Keep, kept: Path) -> None:
    manifest = keep(FORMS[form](tmp_path / "news"), tmp_path / "out")
    assert manifest["totals"] == json.loads((kept / "manifest.json").read_text())["totals"]
    for kind in ("statements", "documents"):
        assert rows(tmp_path / "out", kind) == rows(kept, kind) != []


# ---------------------------------------------------------------------- which files, under which names


def test_a_folder_is_read_to_its_depth_and_names_are_unique(tmp_path: Path) -> None:
    names = ("b.txt", "a.txt", "2021/03/a.txt", "2021/a.txt", "note.md", ".hidden/x.txt", "a.b.txt")
    archive = texts(tmp_path / "archive", *names)
    assert [i.name for i in found(archive)] == ["a.b", "a", "b", "2021/a", "2021/03/a"]
    assert [i.document().name for i in found(archive / "2021")] == ["a", "03/a"]


def test_a_folder_may_hold_every_kind_of_file(tmp_path: Path) -> None:
    archive = texts(tmp_path / "archive", "a.txt")
    (archive / "b.jsonl.gz").write_bytes(gzip.compress(b'{"id": "one", "text": "One."}\n'))
    pq.write_table(pa.Table.from_pylist([{"id": 2, "text": "Two."}]), archive / "c.parquet")
    assert [i.document().name for i in found(archive)] == ["a", "one", "2"]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [("*.txt", ["a"]), ("**/*.txt", ["2021/a", "2022/a", "a"]), ("202?/*.txt", ["2021/a", "2022/a"])],
)
def test_a_pattern_of_names(pattern: str, names: list[str], tmp_path: Path) -> None:
    archive = texts(tmp_path / "archive", "a.txt", "2021/a.txt", "2022/a.txt")
    assert [i.name for i in found(archive / pattern)] == names


def test_a_file_named_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (item,) = found(texts(tmp_path, "a[1].txt") / "a[1].txt")
    assert item.name == "a[1]"


def test_a_file_named_twice_is_read_once_and_two_of_one_name_are_refused(tmp_path: Path) -> None:
    texts(tmp_path, "one/a.txt", "two/a.txt")
    assert len(found(tmp_path / "one" / "a.txt", tmp_path / "one" / "a.txt")) == 1
    refuses(run("extract", tmp_path / "one", tmp_path / "two"), 2, "two/a.txt: has the name of another document")


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("missing.jsonl", "missing.jsonl: no such file"),
        ("missing-*.txt", "missing-*.txt: no such file, and no file has a name like it"),
        ("", "is a directory without documents"),
    ],
    ids=["file", "pattern", "folder"],
)
def test_paths_that_mean_nothing_are_refused_at_once(given: str, what: str, tmp_path: Path) -> None:
    refuses(run("extract", tmp_path / given, "--out", tmp_path / "out"), 2, what)
    assert not (tmp_path / "out").exists()


def test_what_is_read_is_not_written_to(tmp_path: Path) -> None:
    archive = texts(tmp_path / "archive", "a.txt")
    refuses(run("extract", archive, "--out", archive / "parts"), 1, "lies in", "take another --out")


def test_a_folder_that_cannot_be_read_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = texts(tmp_path / "archive", "a.txt", "locked/b.txt", "open/c.txt")
    real = os.scandir

    def scandir(folder: Path) -> object:
        if folder.name == "locked":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    one, locked, other = found(archive)
    assert [one.name, other.name] == ["a", "open/c"]
    assert wrong(locked) == f"{archive / 'locked'}: cannot be read: permission denied"
    with pytest.raises(DocumentError, match="locked: cannot be read: permission denied"):
        inputs.check([archive / "locked"])


# ---------------------------------------------------------------------- documents that are none


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b'{"id": "a", ', "is not JSON: expecting property name enclosed in double quotes at column 13"),
        (b"[1, 2]", "is no document; a line is an object"),
        (b'{"text": "A."}', "`id` is missing"),
        (b'{"id": null, "text": "A."}', "`id` is missing"),
        (b'{"id": "", "text": "A."}', "`id` must be a text"),
        (b'{"id": true, "text": "A."}', "`id` must be a text"),
        (b'{"id": "a"}', "`text` is missing"),
        (b'{"id": "a", "text": 1}', "`text` must be a text"),
        (b'{"id": "a", "text": " \\n"}', "`text` is empty"),
        (b'{"id": "a", "text": "a\\u0000b"}', "`text` is a binary, not a text"),
        (b'{"id": "a", "text": "\\ud800"}', "`text` holds half a character"),
        (b'{"id": "a", "text": "caf\xe9"}', "is not UTF-8: byte 24 of the line"),
        (b'{"id": "a", "text": "A.", "date": "2024-13-01"}', "`date` must be a day, like 2024-11-27, and is '2024-13"),
        (b'{"id": "a", "text": "A.", "title": 3, "language": []}', "`title` must be a text; `language` must be a text"),
        (b'{"id": "a", "text": "A.", "machine_translated": "no"}', "`machine_translated` must be true or false"),
        (b"[" * 100_000, "is not JSON that can be read"),
    ],
)
def test_a_line_that_is_no_document_says_where_and_why(line: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"id": "fine", "text": "Fine."}\n\n' + line + b"\n")
    fine, bad = found(tmp_path / "a.jsonl")
    assert fine.document().text == "Fine."
    assert wrong(bad).startswith(f"{tmp_path / 'a.jsonl'}:3: {what}")


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024-11-27", "2024-11-27"), ("2024-11-27T23:30:00Z", "2024-11-27"), ("2024-11-27 08:00", "2024-11-27")],
)
def test_a_day_is_the_one_that_is_written(written: str, day: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([{"id": "a", "text": "A.", "date": written, "html": "<p>"}]))
    assert str(found(tmp_path / "a.jsonl")[0].document().published) == day


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf{"id": "a", "text": "A."}\r\n{"id": "b", "text": "B."}')
    assert [i.document().name for i in found(tmp_path / "a.jsonl")] == ["a", "b"]


def test_what_is_too_large_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST", 100)
    (tmp_path / "a.jsonl").write_bytes(lines([{"id": "a", "text": "x" * n} for n in (10, 1000, 10)]))
    (tmp_path / "b.txt").write_text("x" * 101)
    one, large, other, text = found(tmp_path / "a.jsonl", tmp_path / "b.txt")
    assert (one.document().text, other.line, other.document().text) == ("x" * 10, 3, "x" * 10)
    assert "a.jsonl:2: is too large" in wrong(large)
    assert "b.txt: is too large" in wrong(text)
    assert (large.raw, text.raw) == (b"", b"")
    assert items.LARGEST == 64 << 20


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_a_packed_file_that_breaks_off_gives_what_it_has_and_a_fault(ending: str, tmp_path: Path) -> None:
    many = lines([{"id": f"{n}", "text": f"{n * 7919} words."} for n in range(20_000)])
    whole = gzip.compress(many) if ending == "gz" else zstd.compress(many)
    path = tmp_path / f"a.jsonl.{ending}"
    path.write_bytes(whole[: len(whole) // 2])
    *fine, broken = found(path)
    assert len(fine) > 100
    assert [i.document().name for i in fine] == [f"{n}" for n in range(len(fine))]
    assert f"{path}:{len(fine) + 1}: cannot be read from here on: compressed file ended" in wrong(broken)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.jsonl.gz", b"plain", "cannot be read from here on: not a gzipped file"),
        ("a.jsonl.zst", b"plain", "cannot be read from here on"),
        ("a.parquet", b"plain", "cannot be read from here on"),
    ],
)
def test_a_file_that_is_not_what_its_name_says(name: str, content: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    (item,) = found(tmp_path / name)
    assert what in wrong(item)


@pytest.mark.parametrize(
    ("row", "what"),
    [({"id": "a"}, "has no column `text`"), ({"body": "A."}, "has no column `id` and no column `text`")],
)
def test_a_parquet_file_needs_its_columns(row: dict[str, Any], what: str, tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "a.parquet")
    assert what in wrong(found(tmp_path / "a.parquet")[0])


@pytest.mark.parametrize(
    ("name", "library"), [("a.parquet", "pyarrow"), ("a.jsonl.zst", "backports.zstd")], ids=["parquet", "zst"]
)
def test_a_missing_library_is_named(name: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (library, "pyarrow.parquet", "backports"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(KgError, match=rf"needs {library}, .*make \.venv/\.corpora"):
        found(tmp_path / name)
