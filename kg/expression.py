"""Patterns compiled to google-re2: linear in the length of the sentence, whatever the pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import re2

from kg.errors import unknown
from kg.grammar import Grammar, Need
from kg.needs import needs, pairs
from kg.notation import listed
from kg.pattern import (
    Bound,
    Capture,
    Choice,
    Element,
    End,
    PatternError,
    Series,
    Slot,
    Start,
    WordClass,
    parse,
    slots,
    walk,
)
from kg.skeleton import Skeleton
from kg.syntax import Writer

#: What is longer may be too large for google-re2, and is compiled at once, so that the fault has its place.
_LARGE = 200_000
#: A pattern has no more characters than this, nor parts once its word classes with slots stand in it.
_LONGEST, _MOST_PARTS = 20_000, 20_000
#: A word class named in a phrase.
_CLASS = re.compile(r"<([a-z-]+)>")


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


def optional(item: Element) -> bool:
    """Whether an element may stand for nothing at all."""
    match item:
        case Choice(options):
            return any(all(map(optional, o.items)) for o in options)
        case Series(items):
            return all(map(optional, items))
        case Start():
            return True
    return False


@dataclass(frozen=True)
class Expression:
    """A compiled pattern."""

    source: str
    tree: Series
    needs: tuple[Need, ...]
    pairs: tuple[tuple[Need, Need], ...]
    _written: str
    _groups: Mapping[str, str]
    _grammar: Grammar
    bound: tuple[str, ...]

    @cached_property
    def _regexp(self) -> re2._Regexp[str]:
        """Compiled when it is first searched for: most of a rule book is not, in one document."""
        return _regexp(self._written)

    @cached_property
    def _named(self) -> tuple[tuple[int, str], ...]:
        """The groups of the expression and the slots that they are."""
        return tuple((self._regexp.groupindex[key], name) for key, name in self._groups.items())

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        """The slots by their names; of several with one name the first."""
        found: dict[str, Slot] = {}
        for one in slots(self.tree):
            found.setdefault(one.name, one)
        return found

    def __getstate__(self) -> dict[str, object]:
        """All but what google-re2 compiled, which no file can hold."""
        return {name: value for name, value in vars(self).items() if name != "_regexp"}

    def slot(self, name: str) -> Slot:
        """The first slot of that name."""
        return self.slots[name]

    def part(self, items: Sequence[Element]) -> Expression:
        """Only these elements, compiled as the pattern was; a clause at their end takes no more than it must."""
        return _compiled(listed(items), Series(tuple(items)), self._grammar, self.bound)

    def find(self, skeleton: Skeleton, start: int = 0) -> Iterator[Found]:
        """The matches from a unit on, from left to right, none overlapping another."""
        if not self._may_stand(skeleton):
            return
        string = skeleton.string
        offset = skeleton.offset_of(start)
        for m in self._regexp.finditer(string[offset:]):
            filled: dict[str, tuple[int, int]] = {}
            gaps: list[tuple[int, int]] = []
            for group, name in self._named:
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

    def _may_stand(self, skeleton: Skeleton) -> bool:
        # Neighbours are looked for only until the pattern is compiled: from then on to search costs less.
        return skeleton.has(self.needs) and ("_regexp" in vars(self) or skeleton.joins(self.pairs))

    def guards(self, skeleton: Skeleton, ranges: Mapping[str, tuple[int, int]]) -> bool:
        """Whether the pattern, a guard, stands around what was matched, with these slots bound."""
        if not self._may_stand(skeleton) or not set(self.bound) <= set(ranges):
            return False
        bound = {name: ranges[name] for name in self.bound}
        return self._regexp.search(skeleton.marked(bound, ranges["match"])) is not None


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
    tree = expanded(parse(source), grammar.words)
    named = {e.name for e in walk(tree) if isinstance(e, Bound)} | (bound & {s.name for s in slots(tree)})
    used = tuple(sorted(named))
    for name in used:
        if name not in bound:
            raise PatternError(unknown("slot", name, sorted(bound)))
    expression = _compiled(source, edged(tree), grammar, used)
    return replace(expression, tree=tree)


def expanded(tree: Series, words: Mapping[str, tuple[str, ...]]) -> Series:
    """The pattern with what stands for a word class whose phrases have slots: these are slots of the pattern then.

    Raises PatternError for a class that contains itself.

    >>> words = {"when": ("on {day:Date}",)}
    >>> [slot.name for slot in slots(expanded(parse("{what:Product} fell [<when>]"), words))]
    ['what', 'day']
    """
    return Series(tuple(_expanded(item, words, ()) for item in tree.items))


def _has_slots(name: str, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a phrase of a word class has a slot, by itself or by a class in it."""
    seen: set[str] = set()
    ahead = [name]
    while ahead:
        one = ahead.pop()
        if one not in seen:
            seen.add(one)
            if any("{" in phrase for phrase in words.get(one, ())):
                return True
            ahead += (inner for phrase in words.get(one, ()) for inner in _CLASS.findall(phrase))
    return False


def _expanded(item: Element, words: Mapping[str, tuple[str, ...]], inside: tuple[str, ...]) -> Element:
    match item:
        case WordClass(name) if _has_slots(name, words):
            if name in inside:
                raise PatternError(f"the word class <{name}> contains itself")
            made = _expanded(Choice(tuple(map(parse, words[name]))), words, (*inside, name))
            if any(True for _ in islice(walk(made), _MOST_PARTS, None)):
                raise PatternError(f"too large a pattern: <{name}> has more parts than the {_MOST_PARTS:,} allowed")
            return made
        case Capture(name, inner):
            return Capture(name, _expanded(inner, words, inside))
        case Series(items):
            return Series(tuple(_expanded(one, words, inside) for one in items))
        case Choice(options):
            each = (_expanded(one, words, inside) for one in options)
            return Choice(tuple(one for one in each if isinstance(one, Series)))
    return item


def edged(tree: Series) -> Series:
    """The pattern with `^` and `$` where a clause has no neighbour, and so reaches the edge of the sentence."""
    items = tree.items
    clauses = [i for i, item in enumerate(items) if isinstance(item, Slot) and item.cls == "Clause"]
    begins = items[:1] == (Start(),)
    first = (Start(),) if clauses and not begins and all(map(optional, items[: clauses[0]])) else ()
    last = (End(),) if clauses and all(map(optional, items[clauses[-1] + 1 :])) else ()
    return Series((*first, *items, *last))


def _compiled(source: str, tree: Series, grammar: Grammar, bound: tuple[str, ...]) -> Expression:
    writer = Writer(grammar, bound)
    written = writer.write(tree)
    if len(written) > _LARGE:
        _regexp(written)
    # In a guard marks stand between the units.
    beside = () if bound else pairs(tree, grammar)
    return Expression(source, tree, needs(tree, grammar), beside, written, writer.groups, grammar, bound)


def _regexp(written: str) -> re2._Regexp[str]:
    try:
        return re2.compile(written, _options())
    except re2.error as error:
        raise PatternError(f"too large a pattern: {error}") from None
