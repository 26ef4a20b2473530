"""Exports: files written beside and renamed, so that what stands there is always a whole build, old or new."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kg.errors import ExportError


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes all files into a folder, or none.

    Raises ExportError, with what stood there standing there again, where one of them cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as beside:
            _write(folder, files, Path(beside))
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise ExportError(f"{folder}: cannot be written: {what}; the files there are as they were") from None


def replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Makes a folder that holds these files, `/` in their names for folders inside, and nothing else; or nothing.

    What stood there is gone afterwards. Raises ExportError, with it standing there again, where that cannot be done.
    """
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder.parent) as beside:
            new, old = Path(beside, "new"), Path(beside, "old")
            for name, content in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                _put(new / name, content)
            if folder.exists():
                folder.rename(old)
            try:
                new.rename(folder)
            except BaseException:
                if old.exists():
                    old.rename(folder)
                raise
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise ExportError(f"{folder}: cannot be written: {what}; what stood there still stands") from None


def put(path: Path, content: bytes) -> None:
    """Writes one file, beside and renamed; raises OSError, with the old one still there, where that cannot be done."""
    new = path.with_name(f".{path.name}.new")
    _put(new, content)
    new.replace(path)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Makes renames in a folder last, whatever happens to the power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _write(folder: Path, files: Mapping[str, bytes], beside: Path) -> None:
    for name, content in files.items():
        _put(beside / name, content)
        if (folder / name).is_file():
            os.link(folder / name, beside / f"{name}.old")
    try:
        for name in files:
            (beside / name).replace(folder / name)
    except BaseException:
        for name in files:
            _restore(folder / name, beside / name, beside / f"{name}.old")
        raise


def _restore(final: Path, new: Path, old: Path) -> None:
    """Puts back what stood there, if the new file has already taken its place."""
    if new.exists():
        return
    with suppress(FileNotFoundError):
        if old.exists():
            old.replace(final)
        else:
            final.unlink()
