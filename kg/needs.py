"""Needs: what a sentence must have for a pattern to stand in it; most sentences lack it, so most are not searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg.grammar import Edge, Grammar, Need
from kg.pattern import TEXT_SLOTS, Capture, Choice, Element, End, Gap, Series, Slot, Start, Word, WordClass, parse
from kg.skeleton import CLOSING_COMMA

#: Classes of words in classes of words: deeper than this they are taken to need nothing.
_DEEPEST = 5
_COMMA = frozenset((",", CLOSING_COMMA))
_CLOSING = frozenset((CLOSING_COMMA,))


def needs(tree: Element, grammar: Grammar) -> tuple[Need, ...]:
    """What must be there, each with its alternatives; what is there least often, the smallest, first.

    >>> from kg.skeleton import Alphabet
    >>> grammar = Grammar(Alphabet({}), {"said": ("said", "pointed out")})
    >>> [sorted(need) for need in needs(parse("<said> [also] that (tea|coffee)"), grammar)]
    [['that'], ['coffee', 'tea'], ['out', 'said']]
    """
    return tuple(sorted(set(_needs(tree, grammar, _DEEPEST)), key=_rank))


def pairs(tree: Series, grammar: Grammar) -> tuple[tuple[Need, Need], ...]:
    """Of what must be there, what must stand right before what.

    >>> from kg.skeleton import Alphabet
    >>> grammar = Grammar(Alphabet({}), {"said": ("said", "pointed out")})
    >>> [(sorted(left), sorted(right)) for left, right in pairs(parse("<said> [also] that ... tea"), grammar)]
    [(['out', 'said'], ['also', 'that'])]
    """
    items = tuple(_flat(tree))
    edges = [_edge(item, grammar, _DEEPEST) for item in items]
    found = []
    for place, left in enumerate(edges[:-1]):
        right = _joined(edges[place + 1 :])
        if left.last and right.first and not (left.nullable or right.nullable):
            found.append((left.last, right.first))
    return tuple(sorted(set(found), key=lambda pair: (len(pair[0]) * len(pair[1]), *map(sorted, pair))))


def _needs(tree: Element, grammar: Grammar, depth: int) -> Iterator[Need]:
    match tree:
        case Word(","):
            yield _COMMA
        case Word(text):
            yield frozenset((text,))
        case WordClass(name):
            if need := _of_class(name, grammar, depth):
                yield need
        case Slot(_, cls) if cls not in TEXT_SLOTS:
            yield _letters(cls, grammar)
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


def _any(options: Sequence[Series], grammar: Grammar, depth: int) -> Need:
    """One need of each option; nothing where an option needs nothing."""
    each = [min(_needs(option, grammar, depth), key=_rank, default=Need()) for option in options]
    return Need().union(*each) if all(each) else Need()


def _letters(cls: str, grammar: Grammar) -> Need:
    return frozenset(map(grammar.alphabet.letter, cls.split("|")))


def _rank(need: Need) -> tuple[int, list[str]]:
    return len(need), sorted(need)


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
            return Edge(_COMMA, _COMMA)
        case Word(text):
            return Edge(frozenset((text,)), frozenset((text,)))
        case WordClass("closing"):
            return Edge(_CLOSING, _CLOSING)
        case WordClass(name) if name in grammar.words and depth:
            return _class_edge(name, grammar, depth)
        case Slot(_, cls, mode) if cls not in TEXT_SLOTS:
            letters = _letters(cls, grammar)
            return Edge(None if mode == "+" else letters, letters | _CLOSING)
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
