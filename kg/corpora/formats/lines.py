"""JSON lines: the rows that `kg extract` prints and, in partitions, with all that a build needs beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import rows
from kg.corpora import records
from kg.corpora.formats import Format, Read
from kg.model import Status
from kg.pipeline import Ontology

#: What is printed of a document, unless everything is asked for.
_PRINTED = frozenset({Status.ASSERTED, Status.PLANNED})


class Printed:
    """The rows of `kg extract` for standard output."""

    files: tuple[str, ...] = ("statements.jsonl",)

    def told(self, read: Read) -> Any:
        """The lines of one document."""
        found = read.extraction
        said = [s for s in (*found.statements, *found.refused) if read.everything or s.status in _PRINTED]
        return (rows.jsonl(rows.rows(said, read.ontology.vocabulary)).encode(),)

    def packed(self, told: Sequence[Any]) -> tuple[bytes, ...]:
        """The lines of several."""
        return tuple(b"".join(one[n] for one in told) for n in range(len(self.files)))

    def finish(self, spool: Path, path: Path) -> None:
        """Chunks of lines are lines."""
        spool.replace(path)

    def besides(self, ontology: Ontology) -> Mapping[str, bytes]:
        """None."""
        del ontology
        return {}


class Kept(Printed):
    """The rows of a partition: statements of every status, and documents."""

    files = ("statements.jsonl", "documents.jsonl")

    def told(self, read: Read) -> Any:
        """The lines of one document, in both files."""
        both = records.statements(read.extraction, read.ontology.vocabulary), [records.document(read.extraction)]
        return tuple(rows.jsonl(made).encode() for made in both)


def format(kind: str) -> Format:
    """The format for standard output, if the kind is `printed`, else of partitions."""
    return Printed() if kind == "printed" else Kept()


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of a partition."""
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]
