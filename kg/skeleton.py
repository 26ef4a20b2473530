"""The typed skeleton of a sentence: words as they are, every mention one symbol; the string that patterns run on.

A mark stands before each unit and a space behind it. A unit is a folded word or a symbol `⟨classes/classes that end
here⟩`, each class one private-use character; another mark stands before what is capitalised in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.model import Mention, Span
from kg.words import capitalised, fold, tokens

BEGIN, OPEN, CLOSE, CAPITAL = "\uf8ef", "\uf8f0", "\uf8f1", "\uf8f2"
#: A comma that closes an apposition: separates the members of a list, and is nothing elsewhere.
CLOSING_COMMA = "\uf8f3"
#: Stands instead of the first mark before a word that is no part of a noun phrase.
SMALL = "\uf8f5"
_FIRST_CLASS, _FIRST_MARK = 0xE000, 0xF000
#: A guard looks no further than this many units around what it guards.
WINDOW = 200
_CUT = f"{BEGIN}\uf8f4 "
_BEGINNERS = frozenset('".:;?!-(')
_RESERVED = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or a mention with all the words that were folded into it."""

    span: Span
    text: str
    mention: Mention | None = None
    capital: bool = False
    small: bool = False


class Alphabet:
    """One character for each class, so that `is a` is asked by a regular expression.

    >>> alphabet = Alphabet({"Person": ("Person", "Agent"), "Agent": ("Agent",)})
    >>> len(alphabet.letters(["Person"]))
    2
    """

    def __init__(self, ancestors: Mapping[str, Sequence[str]]) -> None:
        self._ancestors = ancestors
        self._letter = {c: chr(_FIRST_CLASS + i) for i, c in enumerate(sorted(ancestors))}
        self._letters: dict[frozenset[str], str] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._letter

    @property
    def names(self) -> tuple[str, ...]:
        """All classes known, in order."""
        return tuple(self._letter)

    def letter(self, name: str) -> str:
        """The character of a class."""
        return self._letter[name]

    def closure(self, classes: Sequence[str] | frozenset[str]) -> frozenset[str]:
        """The classes and all above them."""
        return frozenset(a for c in classes for a in self._ancestors[c])

    def letters(self, classes: Sequence[str] | frozenset[str]) -> str:
        """The characters of the classes and of all above them."""
        key = frozenset(classes)
        if key not in self._letters:
            self._letters[key] = "".join(sorted(self._letter[c] for c in self.closure(key)))
        return self._letters[key]

    def symbol(self, mention: Mention) -> str:
        """The symbol of a mention."""
        inner = {c for m in mention.ending() for c in m.classes}
        return f"{OPEN}{self.letters(mention.classes)}/{self.letters(frozenset(inner))}{CLOSE}"


@dataclass(frozen=True)
class Skeleton:
    """The units of one sentence (or part of it) and their string."""

    units: tuple[Unit, ...]
    alphabet: Alphabet

    @cached_property
    def _pieces(self) -> list[str]:
        return [
            (SMALL if u.small else BEGIN)
            + (CAPITAL if u.capital else "")
            + (self.alphabet.symbol(u.mention) if u.mention else "")
            + u.text
            + " "
            for u in self.units
        ]

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each word, and each character of a class, stands: a bit for each unit."""
        found: dict[str, int] = {}
        for place, unit in enumerate(self.units):
            here = 1 << place
            found[unit.text] = found.get(unit.text, 0) | here
            for letter in self.alphabet.symbol(unit.mention) if unit.mention else ():
                found[letter] = found.get(letter, 0) | here
        return found

    def has(self, needs: Sequence[frozenset[str]]) -> bool:
        """Whether one of each of these stands in it."""
        return not any(map(self.places.keys().isdisjoint, needs))

    def joins(self, pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> bool:
        """Whether of each pair one of the left stands right before one of the right."""
        return all((self._where(left) << 1) & self._where(right) for left, right in pairs)

    def _where(self, need: frozenset[str]) -> int:
        found = 0
        for atom in self.places.keys() & need:
            found |= self.places[atom]
        return found

    @cached_property
    def string(self) -> str:
        """What patterns run on."""
        return "".join(self._pieces)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for piece in self._pieces:
            starts.append(at)
            at += len(piece)
        return starts

    def unit_at(self, offset: int) -> int:
        """The index of the unit that stands at an offset of the string; at its end, the number of units."""
        return bisect_right(self._starts, offset) - 1 if offset < len(self.string) else len(self.units)

    def offset_of(self, unit: int) -> int:
        """Where a unit begins in the string."""
        return self._starts[unit] if unit < len(self.units) else len(self.string)

    def span(self, first: int, last: int) -> Span:
        """The characters of the document from unit `first` up to, without, unit `last`."""
        return Span(self.units[first].span.start, self.units[last - 1].span.end)

    def folded(self, first: int, last: int, mention: Mention) -> Skeleton:
        """The skeleton in which those units have become one, with that mention."""
        unit = Unit(self.span(first, last), "", mention, capital=self.units[first].capital)
        return replace(self, units=(*self.units[:first], unit, *self.units[last:]))

    def marked(self, ranges: Mapping[str, tuple[int, int]], around: tuple[int, int]) -> str:
        """The string around some units, with a mark before and behind the units of each named range; for guards."""
        before: dict[int, str] = {}
        behind: dict[int, str] = {}
        for i, (_, (first, last)) in enumerate(sorted(ranges.items())):
            before[first] = before.get(first, "") + f"{BEGIN}{mark(i)} "
            behind[last - 1] = f"{BEGIN}{mark(i, closing=True)} " + behind.get(last - 1, "")
        start, stop = max(0, around[0] - WINDOW), min(len(self._pieces), around[1] + WINDOW)
        pieces = (before.get(i, "") + self._pieces[i] + behind.get(i, "") for i in range(start, stop))
        # What is cut off must not look like the beginning or the end of the sentence.
        return (_CUT if start else "") + "".join(pieces) + (_CUT if stop < len(self._pieces) else "")


def mark(number: int, *, closing: bool = False) -> str:
    """The character that stands before, or behind, the units of a numbered range."""
    return chr(_FIRST_MARK + 2 * number + closing)


def units(
    text: str,
    span: Span,
    mentions: Sequence[Mention],
    small: frozenset[str],
    no_noun: frozenset[str] = frozenset(),
) -> tuple[Unit, ...]:
    """The units of a stretch of text: the given mentions (not overlapping, in order) and the words between them.

    `small` are the function words that have a capital where a sentence begins, and are no name there; `no_noun` the
    words that are no part of a noun phrase.
    """
    found: list[Unit] = []
    at = span.start
    for mention in (*mentions, None):
        stop = mention.span.start if mention else span.end
        for token in tokens(text, at, stop):
            begins = not found or found[-1].text in _BEGINNERS
            capital = capitalised(text[token.start : token.end]) and not (begins and token.text in small)
            here, word = Span(token.start, token.end), _RESERVED.sub("\ufffd", token.text)
            found.append(Unit(here, word, None, capital, small=not capital and word in no_noun))
        if mention:
            found.append(Unit(mention.span, _word(mention), mention, capital=text[mention.span.start].isupper()))
            at = mention.span.end
    return tuple(found)


def _word(mention: Mention) -> str:
    """The word that a mention is, too: an abbreviation of nothing known (`CEO`), one word in marks (`"Notice"`)."""
    if mention.classes == {"Acronym"}:
        return "" if any(c.isspace() for c in mention.text) else fold(mention.text)
    inner = mention.text[1:-1]
    return fold(inner) if mention.classes == {"Quotation"} and inner.istitle() and inner.isalpha() else ""
