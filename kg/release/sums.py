"""Sums: SHA256SUMS, which says what belongs to a release, and whether it is as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def sums(files: Mapping[str, bytes]) -> bytes:
    """The hashes of files by their names, as `sha256sum -c` reads them.

    >>> print(sums({"b": b"", "a": b"x"}).decode())
    2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  a
    e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b
    <BLANKLINE>
    """
    return "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def read(folder: Path) -> dict[str, str]:
    """The hashes that a folder's SHA256SUMS holds, by name; none where it has no such file, or another one."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    matches = [_LINE.fullmatch(line) for line in lines]
    return {m[2]: m[1] for m in matches if m} if all(matches) else {}


def strange(folder: Path) -> str:
    """A file of a folder that its SHA256SUMS does not name, or that has changed since; nothing where all is well."""
    known = read(folder)
    for path in sorted(p for p in folder.rglob("*") if not p.is_dir() or p.is_symlink()):
        name = path.relative_to(folder).as_posix()
        if name == SUMS and known:
            continue
        if path.is_symlink() or known.get(name) != sha256(path.read_bytes()).hexdigest():
            return name
    return ""
