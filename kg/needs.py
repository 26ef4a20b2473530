"""Needs: what a sentence must have for a pattern to stand in it; most sentences lack it, so most are not searched."""

from __future__ import annotations

from collections.abc import Iterator

from kg.grammar import Grammar, Need
from kg.pattern import TEXT_SLOTS, Capture, Choice, Element, Series, Slot, Word, WordClass, parse
from kg.skeleton import CLOSING_COMMA

#: Classes of words in classes of words: deeper than this they are taken to need nothing.
_DEEPEST = 5


def needs(tree: Element, grammar: Grammar) -> tuple[Need, ...]:
    """What must be there, each with its alternatives; what is there least often, the smallest, first.

    >>> from kg.skeleton import Alphabet
    >>> grammar = Grammar(Alphabet({}), {"said": ("said", "pointed out")})
    >>> [sorted(need) for need in needs(parse("<said> [also] that (tea|coffee)"), grammar)]
    [['that'], ['coffee', 'tea'], ['out', 'said']]
    """
    return tuple(sorted(set(_needs(tree, grammar, _DEEPEST)), key=_rank))


def _needs(tree: Element, grammar: Grammar, depth: int) -> Iterator[Need]:
    match tree:
        case Word(","):
            yield frozenset((",", CLOSING_COMMA))
        case Word(text):
            yield frozenset((text,))
        case WordClass(name):
            if need := _of_class(name, grammar, depth):
                yield need
        case Slot(_, cls) if cls not in TEXT_SLOTS:
            yield frozenset(map(grammar.alphabet.letter, cls.split("|")))
        case Capture(_, inner):
            yield from _needs(inner, grammar, depth)
        case Series(items):
            for item in items:
                yield from _needs(item, grammar, depth)
        case Choice(options):
            if need := _any(options, grammar, depth):
                yield need


def _of_class(name: str, grammar: Grammar, depth: int) -> Need:
    """The need of a word class; nothing of one that is none, such as `<lower>`."""
    if name not in grammar.needs:
        phrases = tuple(map(parse, grammar.words.get(name, ())))
        grammar.needs[name] = _any(phrases, grammar, depth - 1) if phrases and depth else Need()
    return grammar.needs[name]


def _any(options: tuple[Series, ...], grammar: Grammar, depth: int) -> Need:
    """One need of each option; nothing where an option needs nothing."""
    each = [min(_needs(option, grammar, depth), key=_rank, default=Need()) for option in options]
    return Need().union(*each) if all(each) else Need()


def _rank(need: Need) -> tuple[int, list[str]]:
    return len(need), sorted(need)
