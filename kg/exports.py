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


def _write(folder: Path, files: Mapping[str, bytes], beside: Path) -> None:
    for name, content in files.items():
        with (beside / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
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
