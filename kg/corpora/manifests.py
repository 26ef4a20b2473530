"""Manifests and receipts: what a folder of partitions says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.errors import CorpusError

MANIFEST, FAILED = "manifest.json", "failed.jsonl"
#: Version of the manifest, the receipts and the rows.
SCHEMA = 1
COUNTS = ("documents", "bytes", "statements", "evidence", "refused")

Job = Mapping[str, Any]


def name(file: str, part: int) -> str:
    """The name of a partition's file.

    >>> name("statements.jsonl", 7)
    'statements-000007.jsonl'
    """
    stem, _, ending = file.partition(".")
    return f"{stem}-{part:06}.{ending}"


def read(path: Path) -> dict[str, Any] | None:
    """A manifest or a receipt, or nothing where there is none that can be read."""
    with suppress(OSError, ValueError):
        found = json.loads(path.read_bytes())
        return found if isinstance(found, dict) else None
    return None


def held(folder: Path) -> int:
    """How many partitions a folder holds: those with a receipt, which is written last."""
    return sum(1 for _ in folder.glob("receipt-*.json"))


def written_as(data: Mapping[str, Any]) -> bytes:
    """A manifest or a receipt as it is written."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def changed(folder: Path, how: str) -> CorpusError:
    """What is raised where the input is not the one that the parts were made from."""
    return CorpusError(f"{folder}: was made from another input: {how}; take another --out, or --again to replace it")


def short(value: object) -> str:
    """A value of a manifest, for people."""
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return told if len(told) <= 60 else f"{told[:60]}…"
