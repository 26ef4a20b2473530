"""Patterns compiled to google-re2: linear in the length of the sentence, whatever the pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

import re2

from kg.bits import Bits, Step
from kg.errors import unknown
from kg.expansion import edged, expanded, ways
from kg.grammar import Grammar, Need, Pair
from kg.needs import needs
from kg.neighbours import pairs
from kg.notation import listed
from kg.pattern import (
    Bound,
    Element,
    PatternError,
    Series,
    Slot,
    parse,
    slots,
    walk,
)
from kg.prefilter import step
from kg.search import matches
from kg.skeleton import Skeleton
from kg.syntax import Writer

#: So many pairs of neighbours are kept of a way through a pattern.
PAIRS = 2
#: What is longer may be too large for google-re2, and is compiled at once, so that the fault has its place.
_LARGE = 200_000
#: A pattern has no more characters than this.
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern stands: units `first` up to `last`, and the units of every slot that is filled."""

    first: int
    last: int
    slots: Mapping[str, tuple[int, int]]
    gaps: tuple[tuple[int, int], ...]


def _options() -> re2.Options:
    """Room for patterns with large word classes; what does not fit is matched more slowly, not wrongly."""
    options = re2.Options()
    options.max_mem = 256 << 20
    options.log_errors = False
    return options


@dataclass(frozen=True)
class Expression:
    """A compiled pattern, of which all but its needs is made when a sentence first has these: most never is."""

    source: str
    needs: tuple[Need, ...] = field(repr=False)
    #: Of each way through it what it needs, and which pairs of neighbours.
    ways: tuple[tuple[tuple[Need, ...], tuple[Pair, ...]], ...] = field(repr=False)
    bound: tuple[str, ...]
    _grammar: Grammar = field(repr=False)
    _part: Series | None = field(default=None, repr=False)

    @cached_property
    def tree(self) -> Series:
        """Its elements; those of the phrases that have slots stand for the name of their word class."""
        return expanded(parse(self.source), self._grammar)

    @cached_property
    def _step(self) -> Step:
        return step(self._part or self.tree, self._grammar)

    @cached_property
    def _regexp(self) -> tuple[re2._Regexp[str], tuple[tuple[int, str], ...]]:
        """What google-re2 searches for, and the slots that its groups are."""
        written, groups = _written(self._part or edged(self.tree), self._grammar, self.bound)
        made = _compiled(written)
        return made, tuple((made.groupindex[key], name) for key, name in groups.items())

    def __getstate__(self) -> dict[str, object]:
        """All but what is made when it is needed."""
        return {name: vars(self)[name] for name in ("source", "needs", "ways", "bound", "_grammar", "_part")}

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        """The slots by their names; of several with one name the first."""
        found: dict[str, Slot] = {}
        for one in slots(self.tree):
            found.setdefault(one.name, one)
        return found

    def slot(self, name: str) -> Slot:
        """The first slot of that name."""
        return self.slots[name]

    def part(self, items: Sequence[Element]) -> Expression:
        """Only these elements, compiled as the pattern was; a clause at their end takes no more than it must."""
        return _made(listed(items), Series(tuple(items)), self._grammar, self.bound, part=True)

    def find(self, skeleton: Skeleton, start: int = 0) -> Iterator[Found]:
        """The matches from a unit on, from left to right, none overlapping another."""
        # A start inside the sentence is its beginning to the pattern, which the steps do not know.
        if start or self.may_stand(skeleton.bits):
            return self._found(skeleton, start)
        return iter(())

    def _found(self, skeleton: Skeleton, start: int) -> Iterator[Found]:
        offset = skeleton.offset_of(start)
        regexp, named = self._regexp
        for m in matches(regexp, skeleton.string[offset:]):
            filled: dict[str, tuple[int, int]] = {}
            gaps: list[tuple[int, int]] = []
            for group, name in named:
                a, b = m.span(group)
                if a < 0 or a == b:
                    continue
                units = (skeleton.unit_at(a + offset), skeleton.unit_at(b + offset))
                if name:
                    filled[name] = units
                else:
                    gaps.append(units)
            first, last = skeleton.unit_at(m.start() + offset), skeleton.unit_at(m.end() + offset)
            if last > first:
                yield Found(first, last, filled, tuple(gaps))

    def among(self, words: AbstractSet[str]) -> bool:
        """Whether these have what it needs."""
        return not any(map(words.isdisjoint, self.needs))

    def may_stand(self, bits: Bits) -> bool:
        """Whether it may be there: where not, it is not."""
        return bits.has(self.needs) and self._step(bits.every, bits) != 0

    def guards(self, skeleton: Skeleton, ranges: Mapping[str, tuple[int, int]]) -> bool:
        """Whether the pattern, a guard, stands around what was matched, with these slots bound."""
        if not skeleton.bits.has(self.needs) or not set(self.bound) <= set(ranges):
            return False
        bound = {name: ranges[name] for name in self.bound}
        # Where several slots are bound, a mark of one may stand where the pattern wants a word beside another.
        if len(bound) == 1 and not self.may_stand(skeleton.bits.bound(bound)):
            return False
        return self._regexp[0].search(skeleton.marked(bound, ranges["match"])) is not None


def compile(
    source: str,
    grammar: Grammar,
    bound: frozenset[str] = frozenset(),
) -> Expression:
    """The compiled pattern; `bound` are the names of slots that a guard may bind.

    A clause with no neighbour on one side reaches the edge of the sentence there.
    Raises PatternError with what is allowed.
    """
    if len(source) > _LONGEST:
        raise PatternError(f"too large a pattern: {len(source):,} characters; allowed are {_LONGEST:,}")
    tree = expanded(parse(source), grammar)
    named = {e.name for e in walk(tree) if isinstance(e, Bound)} | (bound & {s.name for s in slots(tree)})
    used = tuple(sorted(named))
    for name in used:
        if name not in bound:
            raise PatternError(unknown("slot", name, sorted(bound)))
    return _made(source, edged(tree), grammar, used)


def _made(source: str, tree: Series, grammar: Grammar, bound: tuple[str, ...], *, part: bool = False) -> Expression:
    """The expression for elements, written once so that what is wrong with them is told now."""
    written, _ = _written(tree, grammar, bound)
    if len(written) > _LARGE:
        _compiled(written)
    # Guards and parts are in no index.
    apart = () if bound or part else tuple((needs(way, grammar), pairs(way, grammar)[:PAIRS]) for way in ways(tree))
    return Expression(source, needs(tree, grammar), apart, bound, grammar, tree if part else None)


def _written(tree: Series, grammar: Grammar, bound: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """Elements in the syntax of google-re2, and the slots that its groups are, by their names."""
    writer = Writer(grammar, bound)
    return writer.write(tree), writer.groups


def _compiled(written: str) -> re2._Regexp[str]:
    try:
        return re2.compile(written, _options())
    except re2.error as error:
        raise PatternError(f"too large a pattern: {error}") from None
