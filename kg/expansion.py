"""Expansion: what a pattern stands for: word classes with slots written out, edges of clauses, ways through choices."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kg.grammar import Grammar
from kg.pattern import Capture, Choice, Element, End, PatternError, Series, Slot, Start, Word, WordClass, parse, walk

#: A pattern has no more parts than this once its word classes with slots stand in it.
_MOST_PARTS = 20_000
#: Of a choice between more options than this no ways are told apart.
_WAYS = 40


def expanded(tree: Series, grammar: Grammar) -> Series:
    """The pattern with what stands for a word class whose phrases have slots: these are slots of the pattern then.

    Raises PatternError for a class that contains itself.

    >>> from kg.alphabet import Alphabet
    >>> from kg.pattern import slots
    >>> grammar = Grammar(Alphabet({}, {"when": ("on {day:Date}",)}))
    >>> [slot.name for slot in slots(expanded(parse("{what:Product} fell [<when>]"), grammar))]
    ['what', 'day']
    """
    return Series(tuple(_expanded(item, grammar, ()) for item in tree.items))


def _expanded(item: Element, grammar: Grammar, inside: tuple[str, ...]) -> Element:
    match item:
        case WordClass(name) if name in grammar.slotted:
            if name in inside:
                raise PatternError(f"the word class <{name}> contains itself")
            made = _expanded(Choice(tuple(map(parse, grammar.words[name]))), grammar, (*inside, name))
            if any(True for _ in islice(walk(made), _MOST_PARTS, None)):
                raise PatternError(f"too large a pattern: <{name}> has more parts than the {_MOST_PARTS:,} allowed")
            return made
        case Capture(name, inner):
            return Capture(name, _expanded(inner, grammar, inside))
        case Series(items):
            return Series(tuple(_expanded(one, grammar, inside) for one in items))
        case Choice(options):
            each = (_expanded(one, grammar, inside) for one in options)
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


def ways(tree: Series) -> Iterator[Series]:
    """The ways through a pattern: one for each option of its largest choice between more than words.

    >>> from kg.notation import listed
    >>> [listed(way.items) for way in ways(parse("[also] ({p:Person} said|told {p:Person}) that"))]
    ['[also] {p:Person} said that', '[also] told {p:Person} that']
    """
    sizes = [len(item.options) if isinstance(item, Choice) and _forks(item) else 0 for item in tree.items]
    place = sizes.index(max(sizes))
    chosen = tree.items[place]
    if not sizes[place] or not isinstance(chosen, Choice):
        yield tree
        return
    for option in chosen.options:
        yield Series((*tree.items[:place], *option.items, *tree.items[place + 1 :]))


def _forks(choice: Choice) -> bool:
    plain = all(isinstance(item, Word) for option in choice.options for item in option.items)
    return not plain and all(option.items for option in choice.options) and len(choice.options) <= _WAYS


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
