"""Formats: what a partition is made of: JSON lines or Parquet, which a build takes, or N-Quads, which a store loads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from kg.model import Extraction
from kg.pipeline import Ontology

#: The formats, with the module of each: that of standard output, then those of partitions.
FORMATS = {"printed": "printed", "jsonl": "lines", "parquet": "columns", "nquads": "quads"}


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read, with the rules that read it; `everything` if no status is to be left out."""

    extraction: Extraction
    ontology: Ontology
    everything: bool = False

    @property
    def counts(self) -> Counter[str]:
        """How much was read."""
        found = self.extraction
        return Counter(
            documents=1,
            bytes=len(found.document.text.encode()),
            statements=len(found.statements),
            evidence=sum(len(s.evidence) for s in found.statements),
            refused=len(found.refused),
        )


class Format(Protocol):
    """How what was read becomes files."""

    #: The files of a partition, without its number.
    files: tuple[str, ...]

    def told(self, read: Read) -> Any:
        """What is to be kept of one document; raises where that cannot be told."""

    def packed(self, told: Sequence[Any]) -> tuple[bytes, ...]:
        """What is to be kept of several, a chunk for each file; chunks of one file may be joined."""

    def finish(self, spool: Path, path: Path) -> None:
        """Makes the file out of its chunks; `spool` is gone afterwards."""

    def besides(self, ontology: Ontology) -> Mapping[str, bytes]:
        """The files that stand beside all partitions, whatever was read."""


def of(form: str) -> Format:
    """The format of a name, one of `FORMATS`."""
    made: Format = import_module(f"kg.corpora.formats.{FORMATS[form]}").format()
    return made


def reader(form: str) -> Callable[[Path], list[dict[str, Any]]]:
    """What reads the rows of a partition's files."""
    read: Callable[[Path], list[dict[str, Any]]] = import_module(f"kg.corpora.formats.{FORMATS[form]}").read
    return read
