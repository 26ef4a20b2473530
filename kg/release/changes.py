"""Changes: what a release says that the one before it did not, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg import difference, rows, turtle
from kg.errors import GraphError, ReleaseError
from kg.release import sums
from kg.rows import Row

DESCRIPTION = "void.ttl"
VERSION = NamedNode("http://www.w3.org/ns/dcat#version")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier release: its version, and its statements as rows."""

    version: str
    rows: list[Row]


def earlier(folder: Path) -> Earlier:
    """The release in a folder; raises ReleaseError where there is none."""
    version = _version(folder)
    if not version:
        raise ReleaseError(f"{folder}: is no release; name a folder that `kg release` wrote")
    return Earlier(version, rows.read(folder / "statements.jsonl"))


def beside(folder: Path, version: str) -> Earlier | None:
    """The release next to a folder that comes before a version, the last of several; None where there is none."""
    folder = folder.resolve()
    neighbours = sorted(folder.parent.iterdir()) if folder.parent.is_dir() else []
    found = [(order(v), path) for path in neighbours if path != folder and (v := _version(path))]
    before = [(key, path) for key, path in found if key < order(version)]
    return earlier(max(before)[1]) if before else None


def order(version: str) -> tuple[tuple[int, int, str], ...]:
    """What versions are sorted by: numbers as numbers, and words, as of a candidate, before their release.

    >>> sorted(["0.10.0", "0.9", "1.0", "1.0-rc1"], key=order)
    ['0.9', '0.10.0', '1.0-rc1', '1.0']
    """
    parts = re.findall(r"\d+|[A-Za-z]+", version)
    return (*((1, int(p), "") if p.isdecimal() else (-1, 0, p.lower()) for p in parts), (0, 0, ""))


def told(version: str, now: Sequence[Row], before: Earlier | None) -> bytes:
    """CHANGES.md: the statements gained and lost, each with its sentence and its rule, as a diff."""
    if before is None:
        statements = len({row["statement"] for row in now})
        return f"# Changes\n\n{version} is the first release: {statements} statements, all of them new.\n".encode()
    found = difference.difference(before.rows, now)
    lines = list(difference.told(found, evidence=True))
    counts = (
        f"{len(found.gained)} statements gained, {len(found.lost)} lost, {len(found.moved)} on other evidence (`~`)."
    )
    text = f"# Changes\n\n{version} since {before.version}: {counts}\n"
    if lines:
        # Longer than any run of back-quotes in it, so that no document ends the block.
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", "\n".join(lines)) or [""]))
        text += "\n".join(("", f"{fence}diff", *lines, fence, ""))
    return text.encode()


def _version(folder: Path) -> str:
    """The version that a folder's description tells, nothing where it is no release."""
    if DESCRIPTION not in sums.read(folder):
        return ""
    try:
        store, _ = turtle.load((folder / DESCRIPTION).read_bytes())
    except (OSError, GraphError):
        return ""
    found = [q.object.value for q in store.quads_for_pattern(None, VERSION, None) if isinstance(q.object, Literal)]
    return min(found, default="")
