"""Exports: files written beside and renamed, so that what stands there is always a whole build, old or new."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kg.errors import ExportError


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes all files into a folder, each whole.

    Raises ExportError, with nothing changed, where one of them cannot be written.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            ready.append((_beside(folder, name, content), folder / name))
        for temporary, final in ready:
            temporary.replace(final)
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise ExportError(f"{folder}: cannot be written: {what}; the files there are as they were") from None
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)


def _beside(folder: Path, name: str, content: bytes) -> Path:
    handle, path = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(path).chmod(0o644)
    return Path(path)
