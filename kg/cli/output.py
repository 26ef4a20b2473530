"""Output: what is printed arrives whole, or it is told that it did not."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import ExportError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Told(io.FileIO):
    """Standard output; what cannot be written ends the command with one line."""

    lost = False

    def write(self, content: ReadableBuffer, /) -> int:
        """How many bytes were taken; ExportError, once, where the disk is full."""
        # What Python still holds when it ends has no place either.
        if self.lost:
            return memoryview(content).nbytes
        try:
            return super().write(content)
        except BrokenPipeError:
            self.lost = True
            raise
        except OSError as error:
            self.lost = True
            what = (error.strerror or str(error)).lower()
            raise ExportError(f"standard output cannot be written: {what}; what stands there is not all") from None


@contextmanager
def whole() -> Iterator[None]:
    """Within it all that is printed is written before it ends, or ExportError is raised.

    Python without buffers (`PYTHONUNBUFFERED`, as in most containers) writes what fits, and says nothing of the rest.
    """
    before = sys.stdout
    if before is not sys.__stdout__ or not isinstance(before, io.TextIOWrapper):
        yield
        return
    raw = io.BufferedWriter(_Told(before.fileno(), "wb", closefd=False))
    sys.stdout = io.TextIOWrapper(raw, before.encoding, before.errors, line_buffering=before.isatty())
    try:
        yield
    finally:
        try:
            sys.stdout.flush()
        finally:
            sys.stdout = before
