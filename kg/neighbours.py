"""Neighbours: what must stand right before what for a pattern to stand in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg.alphabet import CLOSING_COMMA
from kg.bits import ENDING
from kg.grammar import Edge, Grammar, Need, Pair
from kg.needs import CAPITAL, COMMA, DEEPEST, letters
from kg.pattern import TEXT_SLOTS, Capture, Choice, Element, End, Gap, Series, Slot, Start, Word, WordClass, parse

_CLOSING = frozenset((CLOSING_COMMA,))


def pairs(tree: Series, grammar: Grammar) -> tuple[Pair, ...]:
    """Of what must be there, what must stand right before what; the pairs with the fewest alternatives first.

    >>> from kg.alphabet import Alphabet
    >>> grammar = Grammar(Alphabet({}, {"said": ("said", "pointed out")}))
    >>> [(sorted(left), sorted(right)) for left, right in pairs(parse("<said> [also] that ... tea"), grammar)]
    [(['out', 'said'], ['also', 'that'])]
    >>> [(sorted(left), sorted(right)) for left, right in pairs(parse("(green tea|strong coffee)"), grammar)]
    [(['green', 'strong'], ['coffee', 'tea'])]
    """
    found = sorted(set(_pairs(tree, grammar)), key=lambda pair: (_weight(pair), *map(sorted, pair)))
    return tuple((grammar.one(left), grammar.one(right)) for left, right in found)


def _pairs(tree: Series, grammar: Grammar) -> Iterator[Pair]:
    items = tuple(_flat(tree))
    edges = [_edge(item, grammar, DEEPEST) for item in items]
    for place, left in enumerate(edges[:-1]):
        right = _joined(edges[place + 1 :])
        if left.last and right.first and not (left.nullable or right.nullable):
            yield left.last, right.first
    for item in items:
        if isinstance(item, Choice):
            each = [min(_pairs(option, grammar), key=_weight, default=None) for option in item.options]
            known = [pair for pair in each if pair]
            if len(known) == len(each):
                yield Need().union(*(left for left, _ in known)), Need().union(*(right for _, right in known))


def _weight(pair: Pair) -> int:
    left, right = map(len, pair)
    return left * right


def _flat(tree: Element) -> Iterator[Element]:
    """The elements that stand one after another, those inside captured words too."""
    match tree:
        case Series(items):
            for item in items:
                yield from _flat(item)
        case Capture(_, inner):
            yield from _flat(inner)
        case _:
            yield tree


def _edge(tree: Element, grammar: Grammar, depth: int) -> Edge:
    """How an element begins and ends."""
    match tree:
        case Word(","):
            return Edge(COMMA, COMMA)
        case Word(text):
            return Edge(frozenset((text,)), frozenset((text,)))
        case WordClass("closing"):
            return Edge(_CLOSING, _CLOSING)
        case WordClass(name) if name in grammar.words and depth:
            return _class_edge(name, grammar, depth)
        case Slot():
            return _slot_edge(tree, grammar)
        case Start():
            return Edge(Need(), Need(), nullable=True)
        case Capture(_, inner):
            return _edge(inner, grammar, depth)
        case Series(items):
            return _joined([_edge(item, grammar, depth) for item in items])
        case Choice(options):
            return _either([_edge(option, grammar, depth) for option in options])
        case WordClass("lower" | "nouns" | "plain") | Gap() | End():
            return Edge(None, None, nullable=True)
    return Edge(None, None)


def _slot_edge(slot: Slot, grammar: Grammar) -> Edge:
    match slot:
        case Slot(_, "Caps"):
            return Edge(CAPITAL, CAPITAL)
        case Slot(_, "Name"):
            return Edge(CAPITAL, None)
        case Slot(_, cls, mode) if cls not in TEXT_SLOTS:
            some = letters(cls, grammar, ENDING if mode == "<" else "")
            return Edge(None if mode == "+" else some, some | _CLOSING)
    return Edge(None, None)


def _class_edge(name: str, grammar: Grammar, depth: int) -> Edge:
    if name not in grammar.edges:
        phrases = map(parse, grammar.words[name])
        grammar.edges[name] = _either([_edge(phrase, grammar, depth - 1) for phrase in phrases])
    return grammar.edges[name]


def _joined(edges: Sequence[Edge]) -> Edge:
    """How elements that stand one after another begin and end."""
    first, last = (
        _union([getattr(edge, side) for edge in (*takewhile(lambda e: e.nullable, some), *_after(some))])
        for side, some in (("first", edges), ("last", edges[::-1]))
    )
    return Edge(first, last, nullable=all(edge.nullable for edge in edges))


def _after(edges: Sequence[Edge]) -> Iterator[Edge]:
    """The first that is something."""
    yield from [edge for edge in edges if not edge.nullable][:1]


def _either(edges: Sequence[Edge]) -> Edge:
    return Edge(
        _union([edge.first for edge in edges]),
        _union([edge.last for edge in edges]),
        nullable=any(edge.nullable for edge in edges),
    )


def _union(needs: Sequence[Need | None]) -> Need | None:
    """One of any of them; anything where one of them may be anything."""
    known = [need for need in needs if need is not None]
    return Need().union(*known) if len(known) == len(needs) else None
