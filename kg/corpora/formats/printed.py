"""What goes to standard output: the rows of `kg extract`, as lines of JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import rows
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


def format() -> Format:
    """The format."""
    return Printed()
