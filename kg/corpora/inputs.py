"""Inputs: the files that are meant by files, folders and patterns of names."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DocumentError, Fault

#: Standard input.
STDIN = Path("-")
TEXT = ".txt"
LINES = (".jsonl", ".ndjson")
PACKED = (".gz", ".zst")
COLUMNS = ".parquet"


@dataclass(frozen=True, slots=True)
class Source:
    """A file with documents. `name` is what the document of a text is called; with a `fault` it cannot be read."""

    path: Path
    name: str = ""
    fault: str = ""

    @property
    def size(self) -> int:
        """Its bytes; none where it is gone, or no file."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def check(paths: Sequence[Path]) -> None:
    """Raises DocumentError for what is missing, holds no document or stands beside one, and for two of one name."""
    faults = [Fault(path, 0, what) for path in paths if (what := _fault(path))]
    if not faults and len(paths) > 1:
        faults += _twice(paths)
    if faults:
        raise DocumentError(faults)


def sources(paths: Sequence[Path]) -> Iterator[Source]:
    """The files in order: standard input first, then as they are given; of a folder its own first, then those below.

    A text in a folder, or found by a pattern, is called by its path below the folder or the fixed part of the pattern.
    """
    if STDIN in paths:
        yield Source(STDIN, "-")
    seen: dict[Path, None] = {}
    for path in paths:
        if path == STDIN or path in seen:
            continue
        seen[path] = None
        if path.is_dir():
            yield from _inside(path, path)
        elif path.exists():
            yield Source(path, path.stem)
        else:
            yield from _matching(path)


def kind(path: Path) -> str:
    """What a file holds: `text`, `lines` of JSON, or `columns`."""
    endings = [e.lower() for e in path.suffixes[-2:]]
    if endings[-1:] == [COLUMNS]:
        return "columns"
    while endings and endings[-1] in PACKED:
        endings.pop()
    return "lines" if endings and endings[-1] in LINES else "text"


def _fault(path: Path) -> str:
    if path == STDIN:
        return ""
    if path.is_dir():
        first = next(_inside(path, path), None)
        if first is None:
            return "is a directory without documents (*.txt, *.jsonl, *.parquet)"
        return first.fault if first.path == path else ""
    if path.suffix == ".toml":
        return "is what is recorded beside a document, not a document"
    if path.exists():
        return ""
    if not glob.has_magic(str(path)):
        return "no such file"
    return "" if any(_matching(path)) else "no such file, and no file has a name like it"


def _twice(paths: Sequence[Path]) -> Iterator[Fault]:
    """Texts that would have the name of another one."""
    names: dict[str, Path] = {}
    for source in sources(paths):
        if kind(source.path) == "text" and source.path != STDIN:
            first = names.setdefault(source.name, source.path)
            if first is not source.path and not first.samefile(source.path):
                yield Fault(source.path, 0, f"has the name of another document, {first}")


def _inside(folder: Path, root: Path) -> Iterator[Source]:
    """The documents of a folder, one folder's names in memory at a time; hidden folders are left out."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Source(folder, folder.name, f"cannot be read: {(error.strerror or str(error)).lower()}")
        return
    for entry in entries:
        if entry.is_file() and (kind(path := folder / entry.name) != "text" or path.suffix == TEXT):
            yield Source(path, _below(path, root))
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield from _inside(folder / entry.name, root)


def _matching(pattern: Path) -> Iterator[Source]:
    parts = pattern.parts
    fixed = next((n for n, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    root = Path(*parts[:fixed])
    for path in sorted(root.glob("/".join(parts[fixed:]))):
        if path.is_file() and path.suffix != ".toml":
            yield Source(path, _below(path, root))


def _below(path: Path, root: Path) -> str:
    return path.relative_to(root).with_suffix("").as_posix()
