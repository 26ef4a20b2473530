"""Disagreements between statements, as the page tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict

from kg.disagreements import Disagreement
from kg.page.wording import spoken


class Dispute(TypedDict):
    """A disagreement: what it is about, its verdict and why, its statements, and those that are drawn as open."""

    id: str
    about: str
    verdict: str
    why: str
    statements: list[str]
    disputes: list[str]


def disputes(found: Iterable[Disagreement], labels: Mapping[str, str]) -> list[Dispute]:
    """The disagreements in their order; one that was decided draws nothing as open."""
    return [
        {
            "id": one.id,
            "about": f"{spoken(one.predicate, labels)}: {one.about.label}",
            "verdict": one.verdict,
            "why": one.why,
            "statements": [statement.id for statement in one.statements],
            "disputes": list(one.disputes) if one.open else [],
        }
        for one in found
    ]
