"""Bits: where each thing stands in a sentence, a number of which every bit is a unit; what is asked of all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

#: Stands before the character of a class where a nested mention of it ends with the unit.
ENDING = "/"
#: What stands where a unit has a capital.
CAPITALS = "\x04"
#: Leads from the places where a part of a pattern may begin to those where it may end.
Step = Callable[[int, "Bits"], int]


@dataclass(frozen=True, slots=True)
class Bits:
    """Where each word and each class stands, and of which units something is true.

    `every` are the places before each unit and the one behind the last; `units` tell what each unit is. `places` are
    by word, by the character of a class, and by that of a class that ends there behind `ENDING`. `phrasal` units may
    stand in a noun phrase, `plain` ones be a small word of it; `tail` are the places from which only closing marks
    follow. `looked` keeps where phrases of so many words begin; `ranges` are the slots of a rule, for its guards.
    """

    every: int
    units: Sequence[tuple[str, ...]]
    places: Mapping[str, int]
    capital: int
    phrasal: int
    plain: int
    tail: int
    looked: dict[object, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def has(self, needs: Iterable[frozenset[str]]) -> bool:
        """Whether one of each of these stands in the sentence."""
        return not any(map(self.places.keys().isdisjoint, needs))

    def bound(self, ranges: Mapping[str, tuple[int, int]]) -> Bits:
        """The same with the slots of a rule."""
        return replace(self, ranges=ranges)

    def of(self, atoms: Iterable[str]) -> int:
        """Where one of these stands."""
        found = 0
        for atom in atoms:
            found |= self.places.get(atom, 0)
        return found


def through(start: int, units: int) -> int:
    """The places that are reached from others by none or more units of these, one after another.

    >>> bin(through(0b00010, 0b00110))
    '0b1110'
    """
    # The sum carries from where a run is entered to where it ends (Myers 1999).
    return start | ((start & units) + units) ^ units


def beyond(start: int, every: int) -> int:
    """The places behind the first of some."""
    first = start & -start
    return every & ~(first | (first - 1)) if start else 0


def spread(start: int, most: int) -> int:
    """The places that are one unit behind others, or up to `most`, rounded up to a power of two."""
    found, by = start << 1, 1
    while by < most:
        found |= found << by
        by *= 2
    return found
