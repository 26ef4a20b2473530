from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from kg import exports
from kg.corpora import manifests, parts
from kg.errors import CorpusError, ExportError
from tests.conftest import refuses, run
from tests.corpora.conftest import Keep, content, lines


def test_the_manifest_names_the_job_its_partitions_and_totals(kept: Path, corpus: Path) -> None:
    manifest = json.loads((kept / "manifest.json").read_text())
    assert manifest["complete"]
    assert manifest["inputs"] == [str(corpus)]
    assert {"kg", "program", "ontology", "entities", "format", "seconds", "part"} <= manifest.keys()
    receipts = [json.loads((kept / one["receipt"]).read_text()) for one in manifest["partitions"]]
    assert len(receipts) > 3
    for key in manifests.COUNTS:
        assert manifest["totals"][key] == sum(receipt["counts"][key] for receipt in receipts)
    assert manifest["totals"]["documents"] == 12
    assert manifest["totals"]["evidence"] > 12


def test_the_same_again_does_nothing_and_says_so(corpus: Path, kept: Path, tmp_path: Path) -> None:
    shutil.copytree(kept, tmp_path / "out")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir() if path.suffix != ".lock"}
    done = run("extract", corpus, "--out", tmp_path / "out", "--part", str(400 / (1 << 20)))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("Nothing was left to do. ")
    assert content(tmp_path / "out") == content(kept)
    parted = {n: t for n, t in before.items() if n.startswith(("statements", "documents", "receipt", "manifest"))}
    assert {n: (tmp_path / "out" / n).stat().st_mtime_ns for n in parted} == parted


@pytest.mark.parametrize(
    ("lost", "made_again"),
    [
        ("receipt-000001.json", {"statements-000001.jsonl", "documents-000001.jsonl", "receipt-000001.json"}),
        ("statements-000002.jsonl", {"statements-000002.jsonl", "documents-000002.jsonl", "receipt-000002.json"}),
        ("manifest.json", set()),
    ],
)
def test_only_what_is_lost_is_made_again(
    lost: str, made_again: set[str], corpus: Path, kept: Path, keep: Keep, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(kept, out)
    unfinished = {**json.loads((out / "manifest.json").read_text()), "complete": False}
    (out / lost).unlink()
    (out / "manifest.json").write_text(json.dumps(unfinished))
    inodes = {path.name: path.stat().st_ino for path in out.iterdir()}
    keep(corpus, out)
    assert content(out) == content(kept)
    changed = {p.name for p in out.iterdir() if p.stat().st_ino != inodes.get(p.name)}
    assert changed - {"manifest.json", "failed.jsonl"} >= made_again
    assert "statements-000000.jsonl" not in changed


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--format", "parquet"], "format jsonl, and now parquet"),
        (["--entities", "none"], "entities all, and now none"),
        (["--seconds", "5"], "seconds 60"),
        (["--part", "1"], "part 400, and now 1048576"),
    ],
    ids=["format", "entities", "seconds", "part"],
)
def test_another_job_is_refused_and_nothing_is_touched(
    options: list[str], what: str, corpus: Path, kept: Path, tmp_path: Path
) -> None:
    shutil.copytree(kept, tmp_path / "out")
    part = [] if "--part" in options else ["--part", str(400 / (1 << 20))]
    done = run("extract", corpus, "--out", tmp_path / "out", *part, *options)
    refuses(done, 2, "holds another extraction", what, "take another --out, or --again")
    assert content(tmp_path / "out") == content(kept)


def test_other_rules_are_refused(corpus: Path, kept: Path, keep: Keep, tmp_path: Path) -> None:
    shutil.copytree(kept, tmp_path / "out")
    manifest = json.loads((kept / "manifest.json").read_text())
    (tmp_path / "out" / "manifest.json").write_text(json.dumps({**manifest, "ontology": "0" * 64}))
    with pytest.raises(CorpusError, match=r"another extraction \(ontology 0000.*, and now"):
        keep(corpus, tmp_path / "out")


@pytest.mark.parametrize("change", ["changed", "shorter", "longer"])
def test_another_input_under_the_same_name_is_refused(change: str, corpus: Path, keep: Keep, tmp_path: Path) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_bytes(corpus.read_bytes())
    keep(mine, tmp_path / "out")
    before = content(tmp_path / "out")
    text = corpus.read_bytes()
    made = {
        "changed": text.replace(b"5th Tea Expo", b"6th Tea Expo"),
        "shorter": b"".join(text.splitlines(keepends=True)[:6]),
        "longer": text + lines([{"id": "more", "text": "More."}]),
    }
    mine.write_bytes(made[change])
    with pytest.raises(CorpusError, match="was made from another input"):
        keep(mine, tmp_path / "out")
    assert content(tmp_path / "out") == before


def test_again_replaces_what_was_there(corpus: Path, kept: Path, keep: Keep, tmp_path: Path) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_bytes(corpus.read_bytes() * 2)
    keep(mine, tmp_path / "out")
    mine.write_bytes(corpus.read_bytes())
    (tmp_path / "out" / "notes.txt").write_text("Mine.")
    keep(mine, tmp_path / "out", again=True)
    found = content(tmp_path / "out")
    assert found.pop("notes.txt") == b"Mine."
    assert found.keys() == content(kept).keys()
    assert {n for n, text in found.items() if text != content(kept)[n]} == {"manifest.json"}


def test_a_folder_with_other_files_is_left_alone(corpus: Path, keep: Keep, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("Mine.")
    with pytest.raises(CorpusError, match="holds other files"):
        keep(corpus, tmp_path, again=True)
    assert content(tmp_path) == {"mine.txt": b"Mine."}


def test_two_at_once_are_refused(corpus: Path, kept: Path, tmp_path: Path) -> None:
    shutil.copytree(kept, tmp_path / "out")
    with FileLock(tmp_path / "out" / parts.LOCK):
        done = run("extract", corpus, "--out", tmp_path / "out", "--part", str(400 / (1 << 20)))
    refuses(done, 2, "another `kg extract` is writing there")
    assert content(tmp_path / "out") == content(kept)


def test_a_folder_that_cannot_be_written(corpus: Path, keep: Keep, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError, match="cannot be written"):
        keep(corpus, tmp_path / "file")


def test_a_disk_that_is_full_at_any_file_says_so_and_the_same_command_goes_on(
    corpus: Path, kept: Path, keep: Keep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = exports.put
    calls: list[Path] = []
    fails = 0

    def filling(path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) == fails:
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(exports, "put", filling)
    keep(corpus, tmp_path / "counted")
    for fails in range(1, len(calls) + 1):
        calls.clear()
        out = tmp_path / str(fails)
        with pytest.raises(ExportError, match="no space left on device; the same command goes on"):
            keep(corpus, out)
        keep(corpus, out)
        assert content(out) == content(kept)


def test_the_same_documents_in_another_place_give_the_same_parts(
    corpus: Path, kept: Path, keep: Keep, tmp_path: Path
) -> None:
    shutil.copy(corpus, tmp_path / "elsewhere.jsonl")
    keep(tmp_path / "elsewhere.jsonl", tmp_path / "out")
    one, other = content(tmp_path / "out"), content(kept)
    assert {n: t for n, t in one.items() if n != "manifest.json"} == {
        n: t for n, t in other.items() if n != "manifest.json"
    }
