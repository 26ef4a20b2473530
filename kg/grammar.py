"""Grammar: what patterns may name, classes of mentions and classes of words, with what was worked out of these once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.alphabet import Alphabet
from kg.bits import Step

#: A word class named in a phrase.
_CLASS = re.compile(r"<([a-z-]+)>")
#: One of these words, or of these characters of classes, must be in a sentence.
Need = frozenset[str]


#: One of the left stands right before one of the right.
Pair = tuple[Need, Need]


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

    `needs`, `edges`, `written` and `steps` keep, of each word class, what a sentence must have for it, how it begins
    and ends, and how it is searched for: a large one stands in hundreds of patterns. `parts` keeps the needs of
    each part of a pattern.
    """

    alphabet: Alphabet
    needs: dict[str, Need] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    parts: dict[int, tuple[object, frozenset[Need]]] = field(default_factory=dict)
    _same: dict[Need, Need] = field(default_factory=dict)

    def one(self, need: Need) -> Need:
        """The same need, one for all that are equal: patterns share most of theirs."""
        return self._same.setdefault(need, need)

    @property
    def words(self) -> Mapping[str, Sequence[str]]:
        """The phrases of each word class."""
        return self.alphabet.words

    @cached_property
    def slotted(self) -> frozenset[str]:
        """The word classes of which a phrase has a slot, by itself or by a class in it."""
        inside = {name: {c for p in phrases for c in _CLASS.findall(p)} for name, phrases in self.words.items()}
        found = {name for name, phrases in self.words.items() if any("{" in phrase for phrase in phrases)}
        while more := {name for name, classes in inside.items() if classes & found} - found:
            found |= more
        return frozenset(found)

    def __getstate__(self) -> dict[str, object]:
        """All but what is made when it is needed."""
        return {**vars(self), "edges": {}, "written": {}, "steps": {}, "parts": {}, "_same": {}}
