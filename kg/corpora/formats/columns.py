"""Parquet: the rows of a partition as columns, for pandas, DuckDB, Spark and all else that reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg.corpora import records
from kg.corpora.formats import Format, Read
from kg.pipeline import Ontology

#: Rows of a row group, more or less.
_GROUP = 20_000

_SPANS = pa.list_(pa.list_(pa.int64()))
_STATEMENT = pa.schema(
    [
        ("schema", pa.int64()),
        *((name, pa.string()) for name in "document statement evidence subject relation object status label".split()),
        ("qualifiers", pa.map_(pa.string(), pa.string())),
        *((name, pa.string()) for name in "subject_iri subject_type subject_text".split()),
        ("subject_names", pa.list_(pa.string())),
        *((name, pa.string()) for name in "object_iri object_type object_text".split()),
        ("object_names", pa.list_(pa.string())),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("quote", pa.string()),
        ("spans", pa.map_(pa.string(), pa.list_(pa.int64()))),
        ("antecedent", pa.map_(pa.string(), pa.struct([("spans", _SPANS), ("how", pa.string())]))),
        ("rule", pa.string()),
        ("guard", pa.string()),
        ("property", pa.string()),
        ("subject_words", pa.string()),
        ("subject_candidate", pa.bool_()),
        ("object_label", pa.string()),
        ("object_candidate", pa.bool_()),
        ("object_begin", pa.string()),
        ("object_end", pa.string()),
        (
            "speaker",
            pa.struct(
                [
                    *((name, pa.string()) for name in "iri label type words".split()),
                    ("names", pa.list_(pa.string())),
                    ("candidate", pa.bool_()),
                ]
            ),
        ),
    ]
)
_DOCUMENT = pa.schema(
    [
        ("document", pa.string()),
        *((name, pa.string()) for name in "title publisher date language".split()),
        ("machine_translated", pa.bool_()),
        ("same", pa.list_(pa.list_(pa.string()))),
        ("sha256", pa.string()),
        ("characters", pa.int64()),
        ("pieces", pa.list_(pa.struct([("start", pa.int64()), ("text", pa.string())]))),
        (
            "sentences",
            pa.list_(
                pa.struct(
                    [
                        *((name, pa.int64()) for name in ("start", "end", "line")),
                        *((name, pa.string()) for name in ("zone", "kind", "why")),
                    ]
                )
            ),
        ),
        (
            "unresolved",
            pa.list_(
                pa.struct(
                    [("sentence", pa.int64()), *((name, pa.string()) for name in ("rule", "slot", "words", "why"))]
                )
            ),
        ),
    ]
)
#: Columns in which a row has a table of its own.
_MAPS = ("qualifiers", "spans", "antecedent")


class Columns:
    """The rows of a partition, in two Parquet files."""

    files: tuple[str, ...] = ("statements.parquet", "documents.parquet")

    def told(self, read: Read) -> Any:
        """The rows of one document, for both files."""
        said = [_paired(row) for row in records.statements(read.extraction, read.ontology.vocabulary)]
        return said, [records.document(read.extraction)]

    def packed(self, told: Sequence[Any]) -> tuple[bytes, ...]:
        """The rows of several, each time as a stream of Arrow's."""
        return tuple(
            _stream(pa.Table.from_pylist([row for one in told for row in one[n]], schema))
            for n, schema in enumerate((_STATEMENT, _DOCUMENT))
        )

    def finish(self, spool: Path, path: Path) -> None:
        """One Parquet file, written a row group at a time."""
        schema = (_STATEMENT, _DOCUMENT)[path.name.startswith("documents")]
        new = spool.with_name(f"{spool.name}.2")
        with spool.open("rb") as file, pq.ParquetWriter(new, schema, compression="zstd") as out:
            for table in _groups(file, schema):
                out.write_table(table)
        new.replace(path)
        spool.unlink()

    def besides(self, ontology: Ontology) -> Mapping[str, bytes]:
        """None."""
        del ontology
        return {}


def format() -> Format:
    """The format."""
    return Columns()


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of a partition."""
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return [{**row, **{name: dict(row[name]) for name in _MAPS if name in row}} for row in rows]


def _paired(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, **{name: list(row[name].items()) for name in _MAPS}}


def _stream(table: Any) -> bytes:
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)
    content: bytes = out.getvalue().to_pybytes()
    return content


def _groups(file: IO[bytes], schema: Any) -> Iterator[Any]:
    """The tables of all streams of a file, joined into row groups."""
    held: list[Any] = []
    end = file.seek(0, 2)
    file.seek(0)
    while file.tell() < end:
        with pa.ipc.open_stream(file) as stream:
            held.append(stream.read_all())
        if sum(len(table) for table in held) >= _GROUP:
            yield pa.concat_tables(held)
            held = []
    yield pa.concat_tables(held) if held else schema.empty_table()
