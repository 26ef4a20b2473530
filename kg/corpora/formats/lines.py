"""JSON lines: the rows that `kg extract` prints, with all that a build needs beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg import rows
from kg.corpora import records
from kg.corpora.formats import Format, Read
from kg.corpora.formats.printed import Printed


class Kept(Printed):
    """The rows of a partition: statements of every status, and documents."""

    files: tuple[str, ...] = ("statements.jsonl", "documents.jsonl")

    def told(self, read: Read) -> Any:
        """The lines of one document, in both files."""
        both = records.statements(read.extraction, read.ontology.vocabulary), [records.document(read.extraction)]
        return tuple(rows.jsonl(made).encode() for made in both)


def format() -> Format:
    """The format."""
    return Kept()


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of a partition."""
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]
