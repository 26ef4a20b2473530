"""Phrases: where any of many phrases of plain words stands in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.alphabet import CLOSING_COMMA
from kg.bits import Bits, Step
from kg.pattern import Word

Phrase = tuple[Word, ...]

_COMMAS = (",", CLOSING_COMMA)
#: So few words are looked for one by one.
_FEW = 4


def phrases(some: Sequence[Phrase]) -> Step:
    """The step of these phrases, from where one begins to where it ends.

    >>> (the, big), (tea,) = (Word("the"), Word("big")), (Word("tea"),)
    >>> bits = Bits(0b1111, (), {"the": 0b001, "big": 0b010, "tea": 0b100}, 0, 0, 0, 0b1000)
    >>> [bin(phrases([(the, big), (tea,)])(at, bits)) for at in (0b001, 0b100)]
    ['0b100', '0b1000']
    """
    if all(len(phrase) == 1 and not phrase[0].capital for phrase in some) and len(some) <= _FEW:
        words = tuple(text for (word,) in some for text in _texts(word))
        if len(words) == 1:
            return lambda at, bits: (at & bits.places.get(words[0], 0)) << 1
        return lambda at, bits: (at & bits.of(words)) << 1
    return _Many(some).follow


class _Many:
    """Phrases by their first words, looked for once in a sentence."""

    def __init__(self, some: Sequence[Phrase]) -> None:
        self._words = {
            text for phrase in some if len(phrase) == 1 and not phrase[0].capital for text in _texts(*phrase)
        }
        self._by_first: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in some:
            if len(phrase) > 1 or phrase[0].capital:
                for text in _texts(phrase[0]):
                    self._by_first[text].append(phrase)

    def follow(self, at: int, bits: Bits) -> int:
        """Where they end that begin at these places."""
        if self not in bits.looked:
            bits.looked[self] = self._starts(bits)
        reached = 0
        for width, where in bits.looked[self]:
            reached |= (at & where) << width
        return reached

    def _starts(self, bits: Bits) -> tuple[tuple[int, int], ...]:
        """Where those of so many words begin."""
        found: dict[int, int] = {}
        if here := bits.places.keys() & self._words:
            found[1] = bits.of(here)
        for first in bits.places.keys() & self._by_first.keys():
            for phrase in self._by_first[first]:
                at = bits.every
                for place, word in enumerate(phrase):
                    stands = bits.of(_texts(word))
                    at &= (stands & bits.capital if word.capital else stands) >> place
                if at:
                    found[len(phrase)] = found.get(len(phrase), 0) | at
        return tuple(found.items())


def _texts(word: Word) -> tuple[str, ...]:
    """What a word of a pattern stands for: a comma also for one that closes an apposition."""
    return _COMMAS if word.text == "," else (word.text,)
