"""A small archive in every form in which it may come, and what was extracted from it once."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from backports import zstd

from kg.corpora import inputs, parts, sources
from kg.corpora.runs import Run
from kg.corpora.tasks import Task, task
from kg.corpora.workers import Here
from tests.conftest import ONTOLOGY

#: Bytes of a partition: three documents of the archive.
PART = 400
DAYS = ["2024-11-26", "2024-11-27", None]


def archive() -> list[dict[str, Any]]:
    """Documents of one genre, each with facts and a record."""
    return [
        {
            "id": f"news-{n:02}",
            "text": f"SPRINGFIELD, Nov. 26 -- Han Zheng attended the {n + 2}th Tea Expo in Beijing on Tuesday. "
            f"Jane Roe{n % 3}, minister of commerce, said that trade grew.\n",
            "title": f"Tea Expo {n}",
            "date": DAYS[n % 3],
            "publisher": "The Gazette",
            "language": "en",
            "machine_translated": n == 1,
            "score": 0.5,
        }
        for n in range(12)
    ]


def lines(documents: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents).encode()


def toml(one: Mapping[str, Any]) -> str:
    told = {"title": one["title"], "publisher": one["publisher"]}
    written = [f"{key} = {json.dumps(value)}" for key, value in told.items()]
    written += [f"date = {one['date']}"] if one["date"] else []
    return "\n".join([*written, f"machine_translated = {str(one['machine_translated']).lower()}", ""])


def _folder(place: Path) -> Path:
    place.mkdir()
    for one in archive():
        (place / f"{one['id']}.txt").write_text(one["text"], "utf-8")
        (place / f"{one['id']}.toml").write_text(toml(one), "utf-8")
    return place


def _plain(place: Path) -> Path:
    (path := place.with_suffix(".jsonl")).write_bytes(lines(archive()))
    return path


def _gz(place: Path) -> Path:
    (path := place.with_suffix(".jsonl.gz")).write_bytes(gzip.compress(lines(archive())))
    return path


def _zst(place: Path) -> Path:
    # In two frames, as programs that append leave it.
    half = len(archive()) // 2
    some = (lines(archive()[:half]), lines(archive()[half:]))
    (path := place.with_suffix(".jsonl.zst")).write_bytes(b"".join(map(zstd.compress, some)))
    return path


def _parquet(place: Path) -> Path:
    path = place.with_suffix(".parquet")
    pq.write_table(pa.Table.from_pylist(archive()), path, row_group_size=5)
    return path


def _pattern(place: Path) -> Path:
    return _folder(place) / "news-*.txt"


FORMS: dict[str, Callable[[Path], Path]] = {
    "folder": _folder,
    "pattern": _pattern,
    "jsonl": _plain,
    "gz": _gz,
    "zst": _zst,
    "parquet": _parquet,
}

Keep = Callable[..., dict[str, Any]]


def reading(form: str = "jsonl", **options: Any) -> Task:
    return task(ONTOLOGY, form, **options)


@pytest.fixture(scope="session")
def keep() -> Keep:
    """Extracts a path to a folder in this process, and gives the manifest."""

    def keeping(path: Path, out: Path, form: str = "jsonl", *, again: bool = False, part: int = PART) -> dict[str, Any]:
        made = reading(form)
        items = sources.items(inputs.sources([path]))
        with Here(made) as workers:
            found: dict[str, Any] = Run(items, made, workers).keep(out, [str(path)], part=part, again=again)
        return found

    return keeping


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as JSON lines."""
    return _plain(tmp_path_factory.mktemp("corpus") / "news")


@pytest.fixture(scope="session")
def kept(corpus: Path, keep: Keep, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is extracted from it, without any interruption; not to be changed."""
    out = tmp_path_factory.mktemp("kept") / "parts"
    keep(corpus, out)
    return out


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != parts.LOCK}


def rows(folder: Path, kind: str = "statements") -> list[dict[str, Any]]:
    files = sorted(folder.glob(f"{kind}-*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
