"""Errors named after the thing that is wrong, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one place: printed as `file:line: what is wrong; what is allowed`."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}" if self.line else f"{self.path}: {self.what}"


def unknown(kind: str, name: str, allowed: Iterable[str]) -> str:
    """What is wrong with a name that nobody knows: what was perhaps meant first, then all that is allowed.

    >>> unknown("class", "Persn", ["Body", "Person"])
    "unknown class 'Persn'; did you mean 'Person'? Allowed are Body, Person"
    """
    names = list(dict.fromkeys(allowed))
    near = get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]!r}? Allowed" if near else "allowed"
    return f"unknown {kind} {name!r}; {hint} are {', '.join(names) or 'none'}"


class KgError(Exception):
    """Anything a user can mend: the command line prints it as it stands, and ends with `exit_code`."""

    exit_code = 1


class FaultyInput(KgError):
    """All faults of one reading, reported at once."""

    exit_code = 2

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class OntologyError(FaultyInput):
    """The vocabulary, an entity, a word list, a rule or a shape of names is not as it must be."""


class DocumentError(FaultyInput):
    """A document or the `.toml` beside it cannot be read, or is not what was recorded."""


class CurationError(KgError):
    """A curator's decision cannot be taken as it was asked for; no file has changed."""

    exit_code = 2


class ReleaseError(KgError):
    """A release cannot be made as it was asked for: its version, or the release before it, is none."""

    exit_code = 2


class CorpusError(KgError):
    """What was extracted from a corpus is not whole, or belongs to another task; nothing was changed."""

    exit_code = 2


class Stopped(KgError):
    """An extraction was interrupted; what it had finished stays."""

    exit_code = 130


class QueryError(KgError):
    """A query is malformed, or asks for what is not allowed."""

    exit_code = 2


class AnswerTooLarge(QueryError):
    """A query is well formed, but there is more to its answer than was allowed."""


class ServerError(KgError):
    """The server cannot listen where it was told to."""

    exit_code = 2


class GraphError(KgError):
    """The graph breaks a shape or a check."""

    exit_code = 3


class ExportError(KgError):
    """An export cannot be written; what stood there before still stands."""

    exit_code = 4
