"""Verdicts: how curators decided on disagreements between statements, kept in `ontology/disagreements.toml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kg.notes import Book

FILE = "disagreements.toml"
OPEN = "open"
VERDICTS = ("succession", "source error", "different things", OPEN)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's verdict on one disagreement, by its id, and why; `says` is there for readers."""

    disagreement: str
    verdict: str
    why: str
    says: str = ""


_BOOK = Book(FILE, "verdict", Verdict, VERDICTS)
read = _BOOK.read
record = _BOOK.record


def stale(disagreements: Collection[str], given: Mapping[str, Verdict]) -> tuple[str, ...]:
    """What to tell a curator of verdicts on disagreements (ids) that are no more, in the order of the file."""
    return tuple(
        f"the verdict on {v.disagreement} ({v.verdict}: {v.says or 'untold'}) is about a disagreement that is no more, "
        "or is between other statements now; decide anew or delete it"
        for v in given.values()
        if v.disagreement not in disagreements
    )
