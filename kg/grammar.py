"""Grammar: what patterns may name, classes of mentions and classes of words, with what was worked out of these once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.skeleton import Alphabet

#: One of these words, or of these characters of classes, must be in a sentence.
Need = frozenset[str]


@dataclass(frozen=True, slots=True)
class Edge:
    """One of what a part of a pattern begins with, and of what it ends with; none where that may be anything.

    A `nullable` part may stand for nothing.
    """

    first: Need | None
    last: Need | None
    nullable: bool = False


@dataclass(frozen=True)
class Grammar:
    """The alphabet and the word classes of a rule book.

    `needs`, `edges` and `written` keep, of each word class, what a sentence must have for it, how it begins and ends,
    and how it is searched for: a large one stands in hundreds of patterns.
    """

    alphabet: Alphabet
    words: Mapping[str, tuple[str, ...]]
    needs: dict[str, Need] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
