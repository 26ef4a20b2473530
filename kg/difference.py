"""Differences: statements that one state of the project makes and another does not, each with sentence and rule."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import rows
from kg.errors import KgError
from kg.rows import Row

_FILE = "statements.jsonl"
_Pieces = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Statements gained, lost, and those that rest on other evidence than before; each as the rows of its evidence.

    `moved` has for each such statement its evidence gained and its evidence lost.
    """

    gained: tuple[tuple[Row, ...], ...]
    lost: tuple[tuple[Row, ...], ...]
    moved: tuple[tuple[tuple[Row, ...], tuple[Row, ...]], ...]


def difference(before: Iterable[Row], after: Iterable[Row]) -> Difference:
    """What changed from some rows to others, in the order of the documents."""
    old, new = _pieces(before), _pieces(after)
    moved = []
    for key in _in_order(new):
        if key in old:
            there, here = ({r["evidence"] for r in side[key]} for side in (old, new))
            gained = tuple(r for r in new[key] if r["evidence"] not in there)
            lost = tuple(r for r in old[key] if r["evidence"] not in here)
            if gained or lost:
                moved.append((gained, lost))
    return Difference(
        tuple(tuple(new[key]) for key in _in_order(new) if key not in old),
        tuple(tuple(old[key]) for key in _in_order(old) if key not in new),
        tuple(moved),
    )


def _pieces(every: Iterable[Row]) -> _Pieces:
    found: _Pieces = defaultdict(list)
    for row in every:
        found[row["statement"]].append(row)
    return found


def _in_order(pieces: _Pieces) -> list[str]:
    return sorted(pieces, key=lambda key: (pieces[key][0]["document"], pieces[key][0]["start"], key))


def earlier(root: Path, state: str) -> list[Row]:
    """The rows of an earlier state: a folder (a project, its exports/, a build's --out), else a revision of git.

    Raises KgError where the state has no statements.jsonl, or is neither a folder nor a revision.
    """
    folder = Path(state)
    if folder.is_dir():
        for path in (folder / _FILE, folder / "exports" / _FILE):
            if path.is_file():
                return rows.read(path)
        raise KgError(f"{folder}: no {_FILE} here or in exports/; `kg build --out {folder}` makes one")
    path = root / "exports" / _FILE
    shown = _git(root, "show", f"{state}:./exports/{_FILE}")
    if shown.returncode == 0:
        return rows.parse(shown.stdout.decode(), f"{state}:{path}")
    if _git(root, "rev-parse", "--git-dir").returncode != 0:
        raise KgError(f"{state}: no such folder, and {root} is in no git repository")
    if _git(root, "rev-parse", "--verify", "--quiet", f"{state}^{{commit}}").returncode != 0:
        raise KgError(f"{state}: neither a folder nor a revision of git")
    raise KgError(f"{state}: this revision has no exports/{_FILE}")


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise KgError("git is not installed: name a folder that holds the earlier statements.jsonl") from None


def changes(found: Difference) -> Iterator[tuple[str, Row]]:
    """Every piece of evidence that came or went, with what that did: to its statement, or (`evidence-`) only to it."""
    for change, statements in (("lost", found.lost), ("gained", found.gained)):
        yield from ((change, row) for pieces in statements for row in pieces)
    for gained, lost in found.moved:
        yield from (("evidence-lost", row) for row in lost)
        yield from (("evidence-gained", row) for row in gained)


def told(found: Difference, *, evidence: bool = False) -> Iterator[str]:
    """The difference for people: `+` gained, `-` lost, with each sentence; `evidence` adds `~`, on other evidence."""
    for sign, statements in (("-", found.lost), ("+", found.gained)):
        for pieces in statements:
            yield f"{sign} {_fact(pieces[0])}"
            yield from map(_source, pieces)
    for gained, lost in found.moved if evidence else ():
        yield f"~ {_fact((*gained, *lost)[0])}"
        yield from (f"  -{_source(row)[1:]}" for row in lost)
        yield from (f"  +{_source(row)[1:]}" for row in gained)


def _fact(row: Row) -> str:
    status = "" if row["status"] == "asserted" else f" ({row['status']})"
    post = f" as {row['qualifiers']['post']}" if "post" in row["qualifiers"] else ""
    return f"{row['subject']} — {row['label']} — {row['object']}{post}{status}"


def _source(row: Row) -> str:
    return f"    {row['document']}, {row['rule']}: {' '.join(row['quote'].split())}"
