"""Slots: which mentions stand in the units that a slot of a pattern matched."""

from __future__ import annotations

from collections.abc import Iterator

from kg.alphabet import CLOSING_COMMA
from kg.model import Mention
from kg.skeleton import Skeleton

_GROUP_CUES = frozenset("including like namely especially as".split())
_PREPOSITIONS = frozenset("of for to by with from against about on at in".split())
_LIST_MARKS = frozenset((",", ";", CLOSING_COMMA, "and", "well", "along", "together", "with", "the", "a", "an"))


def members(skeleton: Skeleton, found: tuple[int, int], cls: str) -> Iterator[tuple[Mention, tuple[int, int] | None]]:
    """The mentions of a coordinated list, each with the units of its group's heading (`leading car manufacturers`)."""
    words: list[int] = []
    heading: tuple[int, int] | None = None
    dependent = False
    for i in range(*found):
        unit = skeleton.units[i]
        if unit.mention is not None:
            words = []
            if not dependent and not skeleton.alphabet.closure(unit.mention.classes).isdisjoint(cls.split("|")):
                yield unit.mention, heading
        elif unit.text in _GROUP_CUES:
            own = words[:-1] if unit.text == "as" else words  # `such as`, `as well as`
            heading = (own[0], own[-1] + 1) if own else None
            # Of `critics of companies such as Acme` nothing is said of Acme.
            dependent = any(skeleton.units[j].text in _PREPOSITIONS for j in own)
            words = []
        elif unit.text not in _LIST_MARKS or (unit.text in ("and", "the") and words):
            words.append(i)
        else:
            words = []


def innermost(skeleton: Skeleton, mention: Mention, cls: str) -> Mention:
    """The innermost mention of a class that ends where this one ends; itself where there is none."""
    wanted = cls.split("|")
    return next((m for m in mention.ending() if not skeleton.alphabet.closure(m.classes).isdisjoint(wanted)), mention)
