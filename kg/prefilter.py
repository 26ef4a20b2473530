"""Prefilter: whether a pattern may stand in a sentence, followed along all of its places at once by bits.

What is long to tell, such as where brackets pair, is taken for granted here: google-re2 has the last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import cast

from kg.alphabet import CLOSING_COMMA
from kg.bits import ENDING, Bits, Step, beyond, spread, through
from kg.grammar import Grammar
from kg.needs import least
from kg.pattern import (
    TEXT_SLOTS,
    Bound,
    Capture,
    Choice,
    Element,
    End,
    Gap,
    Series,
    Slot,
    Start,
    Word,
    WordClass,
    last_slot,
    parse,
)
from kg.phrases import phrases

#: Words of a name are no more than this, with the particles between them; and words of a `Words`.
_NAME, _CAPS, _WORDS = 16, 8, 8
#: Classes of words in classes of words: deeper than this they are taken to be anything.
_DEEPEST = 5


def step(tree: Element, grammar: Grammar, depth: int = _DEEPEST) -> Step:
    """The step of an element."""
    match tree:
        case Word():
            return phrases([(tree,)])
        case WordClass(name):
            return _word_class(name, grammar, depth)
        case Slot():
            return _slot(tree, grammar)
        case Gap():
            return _gap("")
        case Capture(name, inner):
            return _captured(name, step(inner, grammar, depth))
        case Start():
            return lambda at, _: at & 1
        case End():
            return lambda at, bits: at & bits.tail
        case Bound(name):
            return _captured(name, lambda at, bits: beyond(at, bits.every))
        case Choice(options):
            return _choice(options, grammar, depth)
        case Series(items):
            return _series(items, grammar, depth)


def _series(items: Sequence[Element], grammar: Grammar, depth: int) -> Step:
    steps = []
    for place, item in enumerate(items):
        near = (last_slot(items[:place]), last_slot(items[:place:-1])) if isinstance(item, Gap) else ()
        banned = "".join(_letters(s.cls, grammar) for s in near if s and s.cls not in TEXT_SLOTS)
        steps.append(_gap(banned) if banned else step(item, grammar, depth))
    if len(steps) == 1:
        return steps[0]
    rare = steps[_rarest(items, grammar) :]

    def follow(at: int, bits: Bits) -> int:
        if at == bits.every and len(rare) < len(steps):
            # What stands at few places first: behind it there is mostly no way on.
            end = at
            for one in rare:
                end = one(end, bits)
                if not end:
                    return 0
        for one in steps:
            at = one(at, bits)
            if not at:
                return 0
        return at

    return follow


def _rarest(items: Sequence[Element], grammar: Grammar) -> int:
    """Which item has the fewest alternatives: a word, better than a class of words, better than a mention."""
    ranks = [
        (len(need), place)
        for place, item in enumerate(items)
        if not isinstance(item, Slot) and (need := least(item, grammar))
    ]
    return min(ranks, default=(0, 0))[1]


def _captured(name: str, inner: Step) -> Step:
    """The words of a slot: of a bound one those that the rule has matched, if they begin so."""

    def follow(at: int, bits: Bits) -> int:
        if name not in bits.ranges:
            return inner(at, bits)
        first, last = bits.ranges[name]
        return 1 << last if at >> first & 1 and inner(1 << first, bits) else 0

    return follow


def _word_class(name: str, grammar: Grammar, depth: int) -> Step:
    match name:
        case "lower":
            return lambda at, bits: ((at & ~bits.capital) << 1 & bits.every) | (at & ~(bits.every >> 1))
        case "closing":
            return lambda at, bits: (at & bits.places.get(CLOSING_COMMA, 0)) << 1
        case "nouns":
            return lambda at, bits: through((at & bits.phrasal) << 1, bits.phrasal)
        case "plain":
            return lambda at, bits: (at & bits.plain) << 1
    if not depth:
        return lambda at, bits: at | beyond(at, bits.every)
    if name not in grammar.steps:
        grammar.steps[name] = _choice([parse(phrase) for phrase in grammar.words.get(name, ())], grammar, depth - 1)
    return grammar.steps[name]


def _choice(options: Sequence[Series], grammar: Grammar, depth: int) -> Step:
    """The step of any of several: words and phrases of words are looked up together."""
    plain = [cast("tuple[Word, ...]", o.items) for o in options if _is_plain(o)]
    steps: list[Step] = [phrases(plain)] if plain else []
    if any(not option.items for option in options):
        steps.append(lambda at, _: at)
    steps += [_needing(option, grammar, depth) for option in options if option.items and not _is_plain(option)]
    match steps:
        case [only]:
            return only
        case [one, other]:
            return lambda at, bits: one(at, bits) | other(at, bits)
    return lambda at, bits: reduce(or_, [one(at, bits) for one in steps])


def _is_plain(option: Series) -> bool:
    return bool(option.items) and all(isinstance(item, Word) for item in option.items)


def _needing(option: Series, grammar: Grammar, depth: int) -> Step:
    """The step of an option, made when a sentence first has what the option needs: few ever have."""
    need = least(option, grammar)
    made: list[Step] = []

    def follow(at: int, bits: Bits) -> int:
        if need and (only not in bits.places if only else bits.places.keys().isdisjoint(need)):
            return 0
        if not made:
            made.append(step(option, grammar, depth))
        return made[0](at, bits)

    only = next(iter(need)) if len(need) == 1 else ""
    return follow


def _letters(cls: str, grammar: Grammar) -> str:
    return "".join(map(grammar.alphabet.letter, cls.split("|")))


def _gap(banned: str) -> Step:
    return lambda at, bits: through(at, bits.every >> 1 & ~bits.of(banned))


def _slot(slot: Slot, grammar: Grammar) -> Step:
    match slot:
        case Slot(_, "Clause"):
            return lambda at, bits: beyond(at, bits.every)
        case Slot(_, "Caps", "+"):
            return lambda at, bits: beyond(at & bits.capital, bits.every)
        case Slot(_, "Caps"):
            return lambda at, bits: spread(at & bits.capital, _CAPS)
        case Slot(_, "Name"):
            return lambda at, bits: spread(at & bits.capital, _NAME)
        case Slot(_, "Words"):
            return lambda at, _: spread(at, _WORDS)
        case Slot(_, cls, "<"):
            ending = tuple(ENDING + letter for letter in _letters(cls, grammar))
            return lambda at, bits: (at & bits.of(ending)) << 1
        case Slot(_, cls, "+"):
            some = tuple(_letters(cls, grammar))
            return lambda at, bits: _closed(((at | beyond(at, bits.every)) & bits.of(some)) << 1, bits)
    letters = tuple(_letters(slot.cls, grammar))
    if len(letters) == 1:
        (only,) = letters
        return lambda at, bits: _closed((at & bits.places.get(only, 0)) << 1, bits)
    return lambda at, bits: _closed((at & bits.of(letters)) << 1, bits)


def _closed(at: int, bits: Bits) -> int:
    """The places, and those behind a comma that closes an apposition there."""
    return at | (at & bits.places.get(CLOSING_COMMA, 0)) << 1
