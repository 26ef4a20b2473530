"""Patterns compiled to google-re2: linear in the length of the sentence, whatever the pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import re2

from kg.errors import unknown
from kg.pattern import Bound, Choice, Element, PatternError, Series, Slot, Start, parse, slots, walk
from kg.skeleton import Alphabet, Skeleton
from kg.syntax import END, Writer


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


def _optional(item: Element) -> bool:
    match item:
        case Choice(options):
            return any(all(map(_optional, o.items)) for o in options)
        case Series(items):
            return all(map(_optional, items))
        case Start():
            return True
    return False


@dataclass(frozen=True)
class Expression:
    """A compiled pattern."""

    source: str
    tree: Series
    _regexp: re2._Regexp[str]
    _groups: Mapping[str, str]
    bound: tuple[str, ...]

    def slot(self, name: str) -> Slot:
        """The first slot of that name."""
        return next(s for s in slots(self.tree) if s.name == name)

    def find(self, skeleton: Skeleton, start: int = 0) -> Iterator[Found]:
        """The matches from a unit on, from left to right, none overlapping another."""
        string = skeleton.string
        offset = skeleton.offset_of(start)
        for m in self._regexp.finditer(string[offset:]):
            filled: dict[str, tuple[int, int]] = {}
            gaps: list[tuple[int, int]] = []
            for key, name in self._groups.items():
                a, b = m.span(m.re.groupindex[key])
                if a < 0 or (a == b and not name):
                    continue
                units = (skeleton.unit_at(a + offset), skeleton.unit_at(b + offset))
                if name:
                    filled[name] = units
                else:
                    gaps.append(units)
            first, last = skeleton.unit_at(m.start() + offset), skeleton.unit_at(m.end() + offset)
            if last > first:
                yield Found(first, last, filled, tuple(gaps))

    def guards(self, skeleton: Skeleton, ranges: Mapping[str, tuple[int, int]]) -> bool:
        """Whether the pattern, a guard, stands around what was matched, with these slots bound."""
        if not set(self.bound) <= set(ranges):
            return False
        bound = {name: ranges[name] for name in self.bound}
        return self._regexp.search(skeleton.marked(bound, ranges["match"])) is not None


def compile(
    source: str,
    *,
    alphabet: Alphabet,
    words: Mapping[str, tuple[str, ...]],
    bound: frozenset[str] = frozenset(),
) -> Expression:
    """The compiled pattern; `bound` are the names of slots that a guard may bind.

    A clause with no neighbour on one side reaches the edge of the sentence there.
    Raises PatternError with what is allowed.
    """
    tree = parse(source)
    named = {e.name for e in walk(tree) if isinstance(e, Bound)} | (bound & {s.name for s in slots(tree)})
    used = tuple(sorted(named))
    for name in used:
        if name not in bound:
            raise PatternError(unknown("slot", name, sorted(bound)))
    writer = Writer(alphabet, words, used)
    body = writer.write(tree)
    clauses = [i for i, item in enumerate(tree.items) if isinstance(item, Slot) and item.cls == "Clause"]
    if clauses and all(map(_optional, tree.items[: clauses[0]])):
        body = "^" + body
    if clauses and all(map(_optional, tree.items[clauses[-1] + 1 :])):
        body += END
    try:
        return Expression(source, tree, re2.compile(body, _options()), writer.groups, used)
    except re2.error as error:
        raise PatternError(f"too large a pattern: {error}") from None
