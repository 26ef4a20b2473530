"""The typed skeleton of a sentence: words as they are, every mention one symbol; the string that patterns run on.

A mark stands before each unit and a space behind it. A unit is a folded word or a symbol `⟨classes/classes that end
here⟩`, each class one private-use character; another mark stands before what is capitalised in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from kg.alphabet import BEGIN, CAPITAL, CUT, RESERVED, SMALL, Alphabet, mark
from kg.bits import Bits
from kg.model import Mention, Span
from kg.words import capitalised, fold, tokens

#: A guard looks no further than this many units around what it guards.
WINDOW = 200
_CUT = f"{BEGIN}{CUT} "
_BEGINNERS = frozenset('".:;?!-(')
#: What may stand behind the end of a sentence.
_ENDERS = frozenset('.!?;"')


class Unit(NamedTuple):
    """A word, or a mention with all the words that were folded into it."""

    span: Span
    text: str
    mention: Mention | None = None
    capital: bool = False
    small: bool = False


@dataclass(frozen=True)
class Skeleton:
    """The units of one sentence (or part of it) and their string."""

    units: tuple[Unit, ...]
    alphabet: Alphabet

    @cached_property
    def _pieces(self) -> list[str]:
        words = [unit.text for unit in self.units]
        return [
            (SMALL if u.small else BEGIN)
            + (CAPITAL if u.capital else "")
            + (self.alphabet.symbol(u.mention) if u.mention else "")
            + u.text
            + self.alphabet.begun(words, place)
            + " "
            for place, u in enumerate(self.units)
        ]

    @cached_property
    def atoms(self) -> frozenset[str]:
        """What stands somewhere in it: words, the characters of classes, and whether a word has a capital."""
        found = {unit.text for unit in self.units}
        if any(unit.capital for unit in self.units):
            found.add(CAPITAL)
        for unit in self.units:
            if unit.mention:
                found.update(self.alphabet.atoms(unit.mention))
        return frozenset(found)

    @cached_property
    def bits(self) -> Bits:
        """Where each word, and each character of a class, stands."""
        places: dict[str, int] = {}
        units = [self._atoms(unit) for unit in self.units]
        capital = phrasal = plain = 0
        tail = here = 1 << len(self.units)
        for unit, atoms in zip(reversed(self.units), reversed(units), strict=True):
            here >>= 1
            for atom in atoms:
                places[atom] = places.get(atom, 0) | here
            if unit.text in _ENDERS and tail & here << 1:
                tail |= here
            if unit.capital:
                capital |= here
            if unit.mention:
                phrasal |= here
            elif unit.text[0].isalnum() and not unit.small:
                phrasal |= here
                plain |= 0 if unit.capital else here
        every = (2 << len(self.units)) - 1
        # What stands in brackets is passed over, and so is the mark of an owner.
        phrasal = every >> 1 if "(" in places else phrasal | places.get("'s", 0) | places.get("'", 0)
        return Bits(every, units, places, capital, phrasal, plain, tail)

    def _atoms(self, unit: Unit) -> tuple[str, ...]:
        """What a unit is: its word, the characters of its classes, and whether it has a capital."""
        atoms = (unit.text, *self.alphabet.atoms(unit.mention)) if unit.mention else (unit.text,)
        return (*atoms, CAPITAL) if unit.capital else atoms

    @cached_property
    def string(self) -> bytes:
        """What patterns run on, as google-re2 reads it: in UTF-8."""
        return "".join(self._pieces).encode()

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(piece.encode()) for piece in self._pieces)]

    def forget(self) -> None:
        """Lets go what was worked out of the units, until it is asked for again; it takes as much room as they do."""
        for name in vars(self).keys() - {field.name for field in fields(self)}:
            del vars(self)[name]

    def unit_at(self, offset: int) -> int:
        """The index of the unit that stands at an offset of the string; at its end, the number of units."""
        return bisect_right(self._starts, offset) - 1

    def offset_of(self, unit: int) -> int:
        """Where a unit begins in the string."""
        return self._starts[min(unit, len(self.units))]

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
    plain = RESERVED.search(text, span.start, span.end) is None
    for mention in (*mentions, None):
        stop = mention.span.start if mention else span.end
        for word, start, end in tokens(text, at, stop):
            capital = text[start].isupper() or ("-" in word and capitalised(text[start:end]))
            if capital and word in small:
                capital = bool(found) and found[-1].text not in _BEGINNERS
            here = word if plain else RESERVED.sub("\ufffd", word)
            found.append(Unit(Span(start, end), here, None, capital, not capital and here in no_noun))
        if mention:
            found.append(Unit(mention.span, _word(mention), mention, text[mention.span.start].isupper()))
            at = mention.span.end
    return tuple(found)


def _word(mention: Mention) -> str:
    """The word that a mention is, too: an abbreviation of nothing known (`CEO`), one word in marks (`"Notice"`)."""
    if mention.classes == {"Acronym"}:
        return "" if any(c.isspace() for c in mention.text) else fold(mention.text)
    inner = mention.text[1:-1]
    return fold(inner) if mention.classes == {"Quotation"} and inner.istitle() and inner.isalpha() else ""
