"""The pattern language: from its text to a tree.

    words  (a b|c)  [optional]  <word class>  {slot:Class}  {slot:Class|Class}  {slot:Class<}  {slot:Class+}
    {what:Clause}  {what=the first ...}  ...  ^  $

Words stand for themselves; case, quotation marks and dashes are folded, but a capital wants a capital. `\\(` is a
bracket. `{what=the first ...}` takes the words that a pattern of their own matches. `^` and `$` are the beginning and
the end of the sentence. In guards `{slot}` alone is what the rule's own slot matched, `{slot=at ...}` the same if it
begins so, `{match}` all that the rule matched. `<lower>` is one word or mention without a capital, or the end;
`<closing>` is the comma that closes an apposition, `<nouns>` a run of words that may be a noun phrase, none of the
class `no-noun`, `<plain>` one such word without a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.words import PLAIN, tokens


class PatternError(ValueError):
    """The text is no pattern; the message says what is wrong and what is allowed."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark, folded; written with a capital it wants one."""

    text: str
    capital: bool = False


@dataclass(frozen=True, slots=True)
class WordClass:
    """Any phrase of a class from `ontology/words`."""

    name: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A mention of a class, or of one of several; mode `<`: the innermost that ends there; `+`: a coordinated list."""

    name: str
    cls: str
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """The words that a pattern matches, as a slot."""

    name: str
    inner: Element


@dataclass(frozen=True, slots=True)
class Bound:
    """In a guard: the units that the slot of the rule matched."""

    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Any words, as few as will do."""


@dataclass(frozen=True, slots=True)
class Start:
    """The beginning of the sentence."""


@dataclass(frozen=True, slots=True)
class End:
    """The end of the sentence, its closing marks aside."""


@dataclass(frozen=True, slots=True)
class Series:
    """One after the other."""

    items: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; an optional part has the empty sequence as its last option."""

    options: tuple[Series, ...]


Element = Word | WordClass | Slot | Capture | Bound | Gap | Start | End | Series | Choice

#: Slots that are stretches of text, not mentions. All but Clause only in shapes of names: Caps is a run of capitalised
#: words, Name one of up to four words that may be a person's, Words a run of small ones.
TEXT_SLOTS = frozenset({"Clause", "Caps", "Name", "Words"})

#: Word classes of the language itself; no word list may have one of these names.
BUILT_IN = frozenset({"closing", "lower", "nouns", "plain"})

#: Brackets in brackets: no pattern that people read needs more.
DEEPEST = 20

_PIECE = re.compile(
    r"\{(?P<slot>\w+):(?P<cls>\w+(?:\|\w+)*)(?P<mode>[<+]?)\}"
    r"|\{(?P<bound>\w+)\}"
    r"|\{(?P<capture>\w+)="
    r"|<(?P<words>[a-z][a-z-]*)>"
    r"|(?P<gap>\.\.\.)"
    r"|\\(?P<plain>\S)"
    r"|(?P<sign>[\[\]()|^$}])"
    r"|(?P<wrong>[{<>\\])"
    r"|(?P<text>[^\s\[\](){}<>|\\^]+?(?=\.\.\.|[\s\[\](){}<>|\\^]|$))"
)


@cache
def parse(source: str) -> Series:
    """The tree of a pattern.

    >>> parse("{p:Person} [also] <said> ...").items[0]
    Slot(name='p', cls='Person', mode='')
    >>> parse("(a|b")
    Traceback (most recent call last):
    kg.pattern.PatternError: a bracket '(' is never closed
    """
    if PLAIN.fullmatch(source):  # most phrases of word classes are, and there are thousands
        return Series(tuple(map(Word, source.split(" "))))
    pieces = list(_PIECE.finditer(source))
    tree, at = _choice(pieces, 0, "")
    if at < len(pieces):
        raise PatternError(f"a bracket {pieces[at][0]!r} was never opened")
    if not isinstance(tree, Series):
        tree = Series((tree,))
    if not tree.items:
        raise PatternError("the pattern is empty")
    return tree


def _choice(pieces: list[re.Match[str]], at: int, opened: str, depth: int = 0) -> tuple[Element, int]:
    if depth > DEEPEST:
        raise PatternError(f"brackets are nested deeper than {DEEPEST}")
    options: list[Series] = []
    items: list[Element] = []
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        sign = piece["sign"]
        if sign in ("(", "["):
            inner, at = _choice(pieces, at, sign, depth + 1)
            items.append(inner)
        elif piece["capture"]:
            inner, at = _choice(pieces, at, "{", depth + 1)
            items.append(Capture(piece["capture"], inner))
        elif sign in (")", "]", "}"):
            if {"(": ")", "[": "]", "{": "}"}.get(opened) != sign:
                raise PatternError(f"a bracket {sign!r} was never opened")
            return _closed(options, items, optional=sign == "]"), at
        elif sign == "|":
            options.append(Series(tuple(items)))
            items = []
        else:
            items.extend(_leaf(piece))
    if opened:
        raise PatternError(f"a bracket {opened!r} is never closed")
    return _closed(options, items, optional=False), at


def _closed(options: list[Series], items: list[Element], *, optional: bool) -> Element:
    every = (*options, Series(tuple(items)))
    if not optional and len(every) == 1:
        return every[0]
    return Choice((*every, Series(())) if optional else every)


def _leaf(piece: re.Match[str]) -> Iterator[Element]:
    if piece["wrong"]:
        raise PatternError(
            f"{piece['wrong']!r} stands alone; allowed are {{slot:Class}}, {{slot:Class<}}, {{slot:Class+}}, "
            f"{{slot=words}}, {{slot}}, <word-class>, and \\ before a mark that means itself"
        )
    if piece["slot"]:
        yield Slot(piece["slot"], piece["cls"], piece["mode"])
    elif piece["bound"]:
        yield Bound(piece["bound"])
    elif piece["words"]:
        yield WordClass(piece["words"])
    elif piece["gap"]:
        yield Gap()
    elif piece["sign"]:
        yield Start() if piece["sign"] == "^" else End()
    else:
        words = piece["plain"] or piece["text"]
        yield from (Word(word, words[start].isupper()) for word, start, _ in tokens(words))


def walk(tree: Element, *, required: bool = False) -> Iterator[Element]:
    """The element and all inside it, in order; with `required` only those that stand in every match.

    >>> [w.text for w in walk(parse("a [b] (c|d)"), required=True) if isinstance(w, Word)]
    ['a']
    """
    yield tree
    match tree:
        case Capture(_, inner):
            yield from walk(inner, required=required)
        case Series(items):
            for item in items:
                yield from walk(item, required=required)
        case Choice(options) if not required:
            for option in options:
                yield from walk(option)


def slots(tree: Element, *, required: bool = False) -> Iterator[Slot]:
    """The slots of a tree, one for each place where they stand; words that are captured fill a slot of a clause."""
    for element in walk(tree, required=required):
        if isinstance(element, Slot):
            yield element
        elif isinstance(element, Capture):
            yield Slot(element.name, "Clause")


def last_slot(items: Sequence[Element]) -> Slot | None:
    """The last slot among elements, or inside one of them."""
    for item in reversed(items):
        match item:
            case Slot():
                return item
            case Series(inner) | Choice(inner):
                found = last_slot(inner)
                if found:
                    return found
    return None
