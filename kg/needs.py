"""Needs: what a sentence must have for a pattern to stand in it; most sentences lack it, so most are not searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.alphabet import CLOSING_COMMA
from kg.bits import CAPITALS, ENDING
from kg.grammar import Grammar, Need
from kg.pattern import TEXT_SLOTS, Capture, Choice, Element, Series, Slot, Word, WordClass, parse

#: Classes of words in classes of words: deeper than this they are taken to need nothing.
DEEPEST = 5
COMMA = frozenset((",", CLOSING_COMMA))
CAPITAL = frozenset((CAPITALS,))


def needs(tree: Element, grammar: Grammar) -> tuple[Need, ...]:
    """What must be there, each with its alternatives; what is there least often, the smallest, first.

    >>> from kg.alphabet import Alphabet
    >>> grammar = Grammar(Alphabet({}, {"said": ("said", "pointed out")}))
    >>> [sorted(need) for need in needs(parse("<said> [also] that (tea|coffee)"), grammar)]
    [['that'], ['coffee', 'tea'], ['out', 'said']]
    """
    return tuple(grammar.one(need) for need in sorted(set(_needs(tree, grammar, DEEPEST)), key=rank))


def least(tree: Element, grammar: Grammar, depth: int = DEEPEST) -> Need:
    """What of the needs is there least often; nothing where nothing is needed."""
    return min(_every(tree, grammar, depth), key=rank, default=Need())


def _every(tree: Element, grammar: Grammar, depth: int) -> frozenset[Need]:
    """The needs of an element, worked out once: there are choices in choices."""
    if id(tree) not in grammar.parts:
        # The element is kept with it, so that no other can get its number.
        grammar.parts[id(tree)] = tree, frozenset(_needs(tree, grammar, depth))
    return grammar.parts[id(tree)][1]


def _needs(tree: Element, grammar: Grammar, depth: int) -> Iterator[Need]:
    match tree:
        case Word(text, capital):
            yield COMMA if text == "," else frozenset((text,))
            yield from (CAPITAL,) if capital else ()
        case WordClass(name):
            if need := _of_class(name, grammar, depth):
                yield need
        case Slot(_, "Caps" | "Name"):
            yield CAPITAL
        case Slot(_, cls, mode) if cls not in TEXT_SLOTS:
            yield letters(cls, grammar, ENDING if mode == "<" else "")
        case Capture(_, inner):
            yield from _needs(inner, grammar, depth)
        case Series(items):
            for item in items:
                yield from _needs(item, grammar, depth)
        case Choice(options):
            if need := _any(options, grammar, depth):
                yield need
            yield from frozenset.intersection(*(_every(option, grammar, depth) for option in options))


def _of_class(name: str, grammar: Grammar, depth: int) -> Need:
    """The need of a word class; nothing of one that is none, such as `<lower>`."""
    if name not in grammar.needs:
        phrases = tuple(map(parse, grammar.words.get(name, ())))
        grammar.needs[name] = _any(phrases, grammar, depth - 1) if phrases and depth else Need()
    return grammar.needs[name]


def _any(options: Sequence[Series], grammar: Grammar, depth: int) -> Need:
    """One need of each option; nothing where an option needs nothing."""
    each = [least(option, grammar, depth) for option in options]
    return Need().union(*each) if all(each) else Need()


def letters(cls: str, grammar: Grammar, before: str = "") -> Need:
    """The characters of a class, or of several, each behind something."""
    return frozenset(before + grammar.alphabet.letter(one) for one in cls.split("|"))


def rank(need: Need) -> tuple[int, list[str]]:
    """How often a need is met, as far as the number of its alternatives tells."""
    return len(need), sorted(need)
