"""Index: which of many patterns may stand in a sentence, without a look at the others."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Generic, Protocol, TypeVar

from kg.bits import Bits
from kg.expression import Expression
from kg.grammar import Need
from kg.skeleton import Skeleton


class _Reader(Protocol):
    @property
    def expression(self) -> Expression:
        """The pattern that is searched for."""


R = TypeVar("R", bound=_Reader)


class Index(Generic[R]):
    """Rules or shapes, in their order, by what the patterns need: one look at a sentence's words leaves few of them."""

    def __init__(self, readers: Sequence[R]) -> None:
        self.readers = tuple(readers)
        # Each way through a pattern is an entry: its reader by place, what it needs, its pairs.
        ways = [(place, *way) for place, reader in enumerate(self.readers) for way in reader.expression.ways]
        self._reader = [place for place, _, _ in ways]
        # Numbers for each atom: in it a bit for each need, by its rank, of each entry that the atom meets.
        self._met: dict[str, int] = defaultdict(int)
        self._deep, self._needless = self._entered([needs for _, needs, _ in ways], self._met)
        # The same for what stands left and right of a border between two units.
        self._left: dict[str, int] = defaultdict(int)
        self._right: dict[str, int] = defaultdict(int)
        self._wide, self._pairless = self._entered([[left for left, _ in some] for _, _, some in ways], self._left)
        self._entered([[right for _, right in some] for _, _, some in ways], self._right)

    def _entered(self, every: Sequence[Sequence[Need]], into: dict[str, int]) -> tuple[int, int]:
        """How many ranks there are of what entries need, and the bits of the ranks that they do not have."""
        ranks = max(map(len, every), default=0)
        without = 0
        for place, some in enumerate(every):
            for rank in range(ranks):
                bit = 1 << rank * len(every) + place
                if rank >= len(some):
                    without |= bit
                for atom in some[rank] if rank < len(some) else ():
                    into[atom] |= bit
        return ranks, without

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

    def among(self, atoms: AbstractSet[str]) -> int:
        """The entries, a bit for each, that may stand where these are the words, and the characters of classes."""
        if not self.readers:
            return 0
        met = self._needless
        for atom in self._met.keys() & atoms:
            met |= self._met[atom]
        return self._all(met, self._deep)

    def places(self, skeleton: Skeleton) -> list[int]:
        """The places, in order, of those that may find something."""
        found = self.among(skeleton.atoms)
        if found:
            found &= self._all(self._beside(skeleton.bits), self._wide)
        places = []
        while found:
            places.append(self._reader[(found & -found).bit_length() - 1])
            found &= found - 1
        return list(dict.fromkeys(places))

    def _all(self, met: int, ranks: int) -> int:
        """Of which entries all ranks are met, a bit for each."""
        found = (1 << len(self._reader)) - 1
        for rank in range(ranks):
            found &= met >> rank * len(self._reader)
        return found

    def _beside(self, bits: Bits) -> int:
        """Which pairs stand somewhere beside one another."""
        left, right = self._left.get, self._right.get
        met, before = self._pairless, 0
        for atoms in bits.units:
            here = behind = 0
            for atom in atoms:
                here |= right(atom, 0)
                behind |= left(atom, 0)
            met |= before & here
            before = behind
        return met
