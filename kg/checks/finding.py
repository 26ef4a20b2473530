"""Finding: one thing that is wrong with a graph, and how much that matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg import turtle

#: Where a message is cut.
LONGEST = 80


class Severity(StrEnum):
    """An error stops a build, a warning is shown, an info is only counted there."""

    ERROR = "ERROR"
    WARN = "WARN"
    INFO = "INFO"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: found by which check, what that check says, and where."""

    severity: Severity
    check: str
    says: str
    where: str

    def __str__(self) -> str:
        return f"{self.says}: {self.where}"


def short(text: str, prefixes: Mapping[str, str]) -> str:
    """An IRI by its prefix, a long value cut, in one line.

    >>> short("https://e.org/id/a  b\\nc", {"id": "https://e.org/id/"})
    'id:a b c'
    """
    line = " ".join(turtle.compact(text, prefixes).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
