"""Cache: what took long to make out of files and has not changed since, kept in the user's own cache folder."""

from __future__ import annotations

import gc
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_path

from kg.memory import no_collection

T = TypeVar("T")

#: Of so many things the newest are kept.
MOST = 8
_PACKAGE = Path(__file__).parent
#: What is kept is made of their objects, too.
_LIBRARIES = ("pyoxigraph",)


def kept(what: str, files: Iterable[Path], make: Callable[[], T]) -> T:
    """What `make` makes out of these files, or what it made of them before.

    It is made anew where a file, kg itself, Python or a library has changed. A cache that cannot be read or written,
    or that others could write to, is as good as none: the answer is the same, only later.
    """
    folder = user_cache_path("kg", appauthor=False)
    path = folder / f"{_key(what, files)}.pickle"
    with suppress(OSError):
        if _private(folder) and _private(path):
            digest, _, content = path.read_bytes().partition(b"\n")
            if digest == _digest(content):
                path.touch()  # the newest are kept
                with no_collection():
                    found: T = pickle.loads(content)
                gc.freeze()  # and they stay: no later collection looks at them again
                return found
    made = make()
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _private(folder):
            _write(path, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def _write(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        new = Path(file.name)
        try:
            file.write(_digest(content) + b"\n" + content)
            file.flush()
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    for old in sorted(path.parent.glob("*.pickle"), key=lambda p: p.stat().st_mtime)[:-MOST]:
        old.unlink(missing_ok=True)


def _digest(content: bytes) -> bytes:
    """What tells that a file is whole."""
    return sha256(content).hexdigest().encode()


def _private(path: Path) -> bool:
    """Whether only its user can write there: who writes a pickle can do what its reader can."""
    found = path.stat()
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return mine and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _key(what: str, files: Iterable[Path]) -> str:
    digest = sha256(f"{what}\0{_made_by()}".encode())
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"\0{path.absolute()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@cache
def _made_by() -> str:
    """What made a thing: kg by the bytes of its modules, the libraries by their versions."""
    versions = (sys.version, *(import_module(name).__version__ for name in _LIBRARIES))
    return " ".join((*versions, program()))


@cache
def program() -> str:
    """The hash of kg itself: of all its modules."""
    digest = sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
