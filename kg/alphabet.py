"""The alphabet of skeletons: the characters that stand for classes of things and of words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from kg.bits import CAPITALS, ENDING
from kg.model import Mention
from kg.words import PLAIN

# Control characters, of one byte each: they stand at every word of a pattern, and google-re2 compiles and walks bytes.
BEGIN, OPEN, CLOSE, CAPITAL = "\x01", "\x02", "\x03", CAPITALS
#: A comma that closes an apposition: separates the members of a list, and is nothing elsewhere.
CLOSING_COMMA = "\x05"
#: Stands instead of the first mark before a word that is no part of a noun phrase.
SMALL = "\x06"
#: Stands where a skeleton is cut.
CUT = "\x07"
#: Characters of a text that could be taken for one of these.
RESERVED = re.compile("[\x01-\x07\ue000-\uf8ff]")
_FIRST_CLASS, _FIRST_WORDS, _FIRST_MARK, _LAST_MARK = 0xE000, 0xE400, 0xF000, 0xF8FF
#: A class of so many phrases is asked for by a mark that their first words carry.
_MANY = 4
#: What may stand behind a word.
MARKS = f"[{chr(_FIRST_WORDS)}-{chr(_FIRST_MARK - 1)}]*"
#: A unit, and no mark of a range that stands between units.
UNIT = f"[{BEGIN}{SMALL}][^ {chr(_FIRST_MARK)}-{chr(_LAST_MARK)}][^ ]* "


def mark(number: int, *, closing: bool = False) -> str:
    """The character that stands before, or behind, the units of a numbered range."""
    return chr(_FIRST_MARK + 2 * number + closing)


def _ending(mention: Mention) -> frozenset[str]:
    """The classes of a mention and of those nested in it that end where it ends."""
    return frozenset(c for m in mention.ending() for c in m.classes) if mention.parts else mention.classes


class Alphabet:
    """One character for each class of things, so that `is a` is asked by a regular expression.

    Large classes of words have marks as well, one for their phrases of so many words.

    >>> alphabet = Alphabet({"Person": ("Person", "Agent"), "Agent": ("Agent",)})
    >>> len(alphabet.letters(["Person"]))
    2
    """

    def __init__(
        self, ancestors: Mapping[str, Sequence[str]], words: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._ancestors = ancestors
        #: The phrases of each class of words.
        self.words = words or {}
        #: Of each large class of words the marks of its phrases of so many words; the marks that a word has by itself,
        #: and the phrases that it begins.
        self.marks: dict[str, dict[int, str]] = {}
        self._words: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        marks = map(chr, range(_FIRST_WORDS, _FIRST_MARK))
        for name, phrases in sorted(self.words.items()):
            plain = sorted({phrase for phrase in phrases if PLAIN.fullmatch(phrase)})
            widths = sorted({len(phrase.split()) for phrase in plain}, reverse=True)
            some = list(islice(marks, len(widths))) if len(plain) >= _MANY else []
            if some and len(some) == len(widths):
                self.marks[name] = dict(zip(widths, some, strict=True))
                self._mark(name, plain)
        self._letter = {c: chr(_FIRST_CLASS + i) for i, c in enumerate(sorted(ancestors))}
        self._letters: dict[frozenset[str], str] = {}
        self._atoms: dict[tuple[frozenset[str], frozenset[str]], tuple[str, ...]] = {}

    def _mark(self, name: str, phrases: Sequence[str]) -> None:
        for first, *rest in map(str.split, phrases):
            mark = self.marks[name][len(rest) + 1]
            if rest:
                self._phrases.setdefault(first, []).append((tuple(rest), mark))
            else:
                self._words[first] = self._words.get(first, "") + mark

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

    def begun(self, words: Sequence[str], place: int) -> str:
        """The marks of the phrases of word classes that begin with one of some words."""
        found = self._words.get(words[place], "")
        for rest, mark in self._phrases.get(words[place], ()):
            if rest == tuple(words[place + 1 : place + 1 + len(rest)]):
                found += mark
        return found

    def symbol(self, mention: Mention) -> str:
        """The symbol of a mention."""
        return f"{OPEN}{self.letters(mention.classes)}/{self.letters(_ending(mention))}{CLOSE}"

    def atoms(self, mention: Mention) -> tuple[str, ...]:
        """The characters of its classes, and behind `ENDING` those of the mentions that end there."""
        key = mention.classes, _ending(mention)
        if key not in self._atoms:
            outer, inner = map(self.letters, key)
            self._atoms[key] = (*outer, *(ENDING + letter for letter in inner))
        return self._atoms[key]
