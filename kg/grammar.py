"""Grammar: what patterns may name, classes of mentions and classes of words, with what was worked out of these once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.skeleton import Alphabet

#: One of these words, or of these characters of classes, must be in a sentence.
Need = frozenset[str]


@dataclass(frozen=True)
class Grammar:
    """The alphabet and the word classes of a rule book.

    `needs` and `written` keep, of each word class, what a sentence must have for it and how it is searched for: a
    large one stands in hundreds of patterns.
    """

    alphabet: Alphabet
    words: Mapping[str, tuple[str, ...]]
    needs: dict[str, Need] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
