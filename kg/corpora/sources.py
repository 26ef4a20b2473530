"""Sources: the items that stand in files, one after the other, whatever their number and size."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from kg.corpora.inputs import STDIN, Source, kind
from kg.corpora.items import KEYS, LARGEST, Item
from kg.document import contents
from kg.errors import DocumentError, KgError

_BOM = b"\xef\xbb\xbf"
#: Rows of a Parquet file that are in memory at once.
_ROWS = 64
#: What reading a packed file raises where it is damaged or breaks off; not every library names its errors.
_BROKEN = (OSError, EOFError, ValueError, zlib.error)


def items(sources: Iterable[Source]) -> Iterator[Item]:
    """All items of files, in their order; what cannot be read is an item with a fault.

    Raises KgError where a library that a file needs is missing.
    """
    for source in sources:
        if source.fault:
            yield Item(source.path, name=source.name, fault=source.fault)
        elif source.path == STDIN:
            yield Item(STDIN, raw=sys.stdin.buffer.read(), name=source.name)
        else:
            yield from {"text": _text, "lines": _lines, "columns": _rows}[kind(source.path)](source)


def _text(source: Source) -> Iterator[Item]:
    path, size = source.path, source.size
    if size > LARGEST:
        yield Item(path, name=source.name, weight=size, fault=_too_large("a document"))
        return
    try:
        raw, recorded = contents(path)
    except DocumentError as error:
        yield Item(error.faults[0].path, name=source.name, weight=size, fault=error.faults[0].what)
    else:
        yield Item(path, raw=raw, name=source.name, recorded=recorded, weight=size)


def _lines(source: Source) -> Iterator[Item]:
    """The lines of a file; one that is too long is passed over, none is ever whole in memory that is."""
    number, behind = 0, 0
    packed = _zstd(source.path) if source.path.suffix.lower() == ".zst" else None
    broken = (*_BROKEN, packed.ZstdError) if packed else _BROKEN
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(source.path.open("rb"))
            file = stack.enter_context(packed.ZstdFile(raw) if packed else _unpacked(source.path, raw))
            while line := file.readline(LARGEST + 1):
                number += 1
                whole = len(line) <= LARGEST
                while len(line) > LARGEST and not line.endswith(b"\n"):
                    line = file.readline(LARGEST + 1)
                line = line.removeprefix(_BOM) if number == 1 else line
                if whole and not line.strip():
                    continue
                here, behind = raw.tell() - behind, raw.tell()
                if whole:
                    yield Item(source.path, number, line.rstrip(b"\r\n"), weight=here)
                else:
                    yield Item(source.path, number, weight=here, fault=_too_large("a line"))
        except broken as error:
            yield Item(source.path, number + 1, weight=source.size - behind, fault=_cannot(error))


def _rows(source: Source) -> Iterator[Item]:
    """The rows of a Parquet file as lines of JSON, a part of a row group at a time."""
    parquet = _parquet(source.path)
    number = 0
    with ExitStack() as stack:
        try:
            file: Any = stack.enter_context(parquet.ParquetFile(source.path))
            columns = [name for name in KEYS if name in file.schema_arrow.names]
            if missing := [f"`{name}`" for name in ("id", "text") if name not in columns]:
                fault = f"has no column {' and no column '.join(missing)}; columns are {', '.join(KEYS)}"
                yield Item(source.path, 1, weight=source.size, fault=fault)
                return
            each = source.size // max(file.metadata.num_rows, 1)
            for table in file.iter_batches(batch_size=_ROWS, columns=columns):
                for row in table.to_pylist():
                    number += 1
                    raw = json.dumps(row, ensure_ascii=True, default=str).encode()
                    fault = _too_large("a row") if len(raw) > LARGEST else ""
                    yield Item(source.path, number, b"" if fault else raw, weight=each, fault=fault)
        except _BROKEN as error:
            yield Item(source.path, number + 1, weight=source.size, fault=_cannot(error))


def _unpacked(path: Path, raw: IO[bytes]) -> Any:
    return gzip.open(raw) if path.suffix.lower() == ".gz" else raw


def _zstd(path: Path) -> Any:
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        raise _missing(path, "backports.zstd") from None
    return zstd


def _parquet(path: Path) -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise _missing(path, "pyarrow") from None
    return pyarrow.parquet


def _missing(path: Path, library: str) -> KgError:
    return KgError(
        f"{path}: needs {library}, which is not installed: make .venv/.corpora, or pip install 'kg[corpora]'"
    )


def _too_large(what: str) -> str:
    return f"is too large: {what} has at most {LARGEST >> 20} MB"


def _cannot(error: BaseException) -> str:
    what = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"cannot be read from here on: {str(what).splitlines()[0].lower()}"
