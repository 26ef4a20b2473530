"""Index: which of many patterns may stand in a sentence, without a look at the others."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from kg.expression import Expression
from kg.skeleton import Skeleton


class _Reader(Protocol):
    @property
    def expression(self) -> Expression:
        """The pattern that is searched for."""


R = TypeVar("R", bound=_Reader)


class Index(Generic[R]):
    """Rules or shapes, in their order, by the one thing that the pattern of each needs and the fewest others do."""

    def __init__(self, readers: Sequence[R]) -> None:
        self.readers = tuple(readers)
        wanted = Counter(atom for r in readers for need in r.expression.needs for atom in need)
        self._by_atom: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for place, reader in enumerate(self.readers):
            rarest = min(reader.expression.needs, key=lambda need: sum(wanted[a] for a in need), default=None)
            for atom in rarest or ():
                self._by_atom[atom].append(place)
            if rarest is None:
                self._always.append(place)

    def of(self, skeleton: Skeleton) -> list[R]:
        """The readers, in their order, that may find something in a sentence."""
        return [self.readers[place] for place in self.places(skeleton)]

    def fold(self, step: Callable[[Skeleton, R], Skeleton], skeleton: Skeleton) -> Skeleton:
        """The skeleton after a step by each reader, in their order, that may find something in it by then."""
        place, places = -1, self.places(skeleton)
        while (after := bisect_right(places, place)) < len(places):
            place = places[after]
            before, skeleton = skeleton, step(skeleton, self.readers[place])
            if skeleton is not before:
                places = self.places(skeleton)
        return skeleton

    def places(self, skeleton: Skeleton) -> list[int]:
        """The places, in order, of those that may find something."""
        found = set(self._always)
        for atom in self._by_atom.keys() & skeleton.places.keys():
            found.update(self._by_atom[atom])
        return sorted(found)
