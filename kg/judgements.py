"""Judgements: what people found right or wrong among the evidence, kept in `ontology/judgements.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.model import Evidence, Statement, Status
from kg.notes import Book

FILE = "judgements.toml"
VERDICTS = ("right", "wrong", "unsure")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's verdict on one piece of evidence, and why; `says`, `document` and `rule` are there for readers."""

    evidence: str
    verdict: str
    why: str
    says: str = ""
    document: str = ""
    rule: str = ""


_BOOK = Book(FILE, "judgement", Judgement, VERDICTS)
read = _BOOK.read
record = _BOOK.record


def withhold(
    statements: Iterable[Statement], judged: Mapping[str, Judgement]
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements without the evidence that was judged wrong, and what is withheld, its reason as the guard.

    A statement stays as long as other evidence does.
    """
    kept: list[Statement] = []
    withheld: list[Statement] = []
    for statement in statements:
        good = [e for e in statement.evidence if not _is_wrong(e, judged)]
        bad = [
            replace(e, guard=f"judged wrong: {judged[e.id].why}") for e in statement.evidence if _is_wrong(e, judged)
        ]
        if good:
            kept.append(replace(statement, evidence=(good[0], *good[1:])))
        if bad:
            withheld.append(replace(statement, status=Status.WITHHELD, evidence=(bad[0], *bad[1:])))
    return tuple(kept), tuple(withheld)


def stale(statements: Iterable[Statement], judged: Mapping[str, Judgement]) -> tuple[str, ...]:
    """What to tell a curator of judgements on evidence that no document gives any more, in the order of the file."""
    there = {e.id for s in statements for e in s.evidence}
    return tuple(
        f"the judgement on {j.evidence} ({j.verdict}: {j.says or 'untold'}) is about evidence that is no more; "
        "judge it anew or delete it"
        for j in judged.values()
        if j.evidence not in there
    )


def _is_wrong(evidence: Evidence, judged: Mapping[str, Judgement]) -> bool:
    return evidence.id in judged and judged[evidence.id].verdict == "wrong"
