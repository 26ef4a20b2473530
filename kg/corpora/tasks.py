"""Tasks: with which rules, options and program documents are read; the same one gives the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from kg import cache, verdicts
from kg.errors import CorpusError

#: The endings of the files of which an ontology is made; verdicts are on what extraction has found.
_READ = frozenset({".ttl", ".toml"})
_NOT_READ = frozenset({"shapes.ttl", verdicts.FILE})
#: A document that takes longer, in seconds, is put aside.
SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Task:
    """What a process must know to read: the ontology by its folder and its hash, and the hash of kg.

    `curated` tells whether names are known, `everything` whether statements of all kinds are printed.
    """

    folder: Path
    ontology: str
    form: str
    curated: bool = True
    everything: bool = False
    seconds: float = SECONDS
    version: str = ""
    program: str = ""

    def limit(self, size: int) -> float:
        """How many seconds a document of so many bytes may take: as many again for each MB."""
        return self.seconds * (1 + (size >> 20))

    def check(self, folder: Path) -> None:
        """Raises CorpusError where an ontology or this kg is not the one that is meant."""
        if self.program != cache.program():
            raise CorpusError(
                f"a worker has another kg than the one that asks ({_version()} {cache.program()[:8]}, asked by "
                f"{self.version} {self.program[:8]}); install the same one everywhere"
            )
        if self.ontology != (found := digest(folder)):
            raise CorpusError(
                f"{folder}: is not the ontology that was asked for ({found[:8]}, not {self.ontology[:8]})"
            )


def task(folder: Path, form: str, *, curated: bool = True, everything: bool = False, seconds: float = SECONDS) -> Task:
    """The task of reading with the ontology of a folder, as it is now, by this program."""
    where = folder.absolute()
    return Task(where, digest(where), form, curated, everything, seconds, _version(), cache.program())


def files(folder: Path) -> dict[str, bytes]:
    """The files of an ontology that extraction reads, by their names in it."""
    found = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in _READ and p.name not in _NOT_READ)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def digest(folder: Path) -> str:
    """The hash of all that extraction reads of an ontology, wherever it stands."""
    made = sha256()
    for name, content in files(folder).items():
        made.update(f"{name}\0{len(content)}\0".encode())
        made.update(content)
    return made.hexdigest()


def _version() -> str:
    return str(import_module("kg").__version__)
