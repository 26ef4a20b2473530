"""The gazetteer: all names of all entities, found in a text in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import ahocorasick_rs

from kg.entities import Entity
from kg.words import fold

_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{0,9}s?")


@dataclass(frozen=True, slots=True)
class NameHit:
    """Where a name stands, and which entities bear it; `demonym` where it is their adjective."""

    start: int
    end: int
    entities: tuple[str, ...]
    demonym: bool


@dataclass(frozen=True)
class Gazetteer:
    """All entities, by IRI and by name."""

    entities: Mapping[str, Entity]
    _names: tuple[str, ...] = field(repr=False)
    _bearers: tuple[tuple[tuple[str, bool], ...], ...] = field(repr=False)
    _index: Mapping[str, tuple[str, ...]] = field(repr=False)

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick | None:
        return ahocorasick_rs.AhoCorasick(list(self._names)) if self._names else None

    def __getstate__(self) -> dict[str, object]:
        """All but the automaton, which no file can hold."""
        return {name: value for name, value in vars(self).items() if name != "_automaton"}

    def named(self, name: str) -> tuple[str, ...]:
        """The IRIs of the entities that bear exactly this name, case aside."""
        return self._index.get(fold(name), ())

    def find(self, text: str) -> Iterator[NameHit]:
        """All names in a text, overlapping ones too, each at the boundaries of words."""
        if not self._automaton:
            return
        folded = fold(text)
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if _inside_word(folded, start, end):
                continue
            words = text[start:end]
            bearers = self._bearers[pattern]
            for demonym in (False, True):
                iris = tuple(
                    i for name, i, d in _spelled(bearers, self.entities) if d is demonym and _may_be(name, words)
                )
                if iris:
                    yield NameHit(start, end, tuple(dict.fromkeys(iris)), demonym)


def _spelled(
    bearers: tuple[tuple[str, bool], ...], entities: Mapping[str, Entity]
) -> Iterator[tuple[tuple[str, ...], str, bool]]:
    for iri, demonym in bearers:
        entity = entities[iri]
        yield (entity.demonyms if demonym else entity.names), iri, demonym


def _may_be(spellings: tuple[str, ...], words: str) -> bool:
    """Whether words of a text are a spelling of a name: abbreviations to the letter, names with their capital."""
    for name in spellings:
        if fold(name) == fold(words) and (
            name == words or (not _ACRONYM.fullmatch(name) and (words[0].isupper() or not name[0].isupper()))
        ):
            return True
    return False


def _inside_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum() and text[start].isascii()
    behind = end < len(text) and text[end].isalnum() and text[end - 1].isalnum() and text[end].isascii()
    return before or behind


def gazetteer(entities: Iterable[Entity]) -> Gazetteer:
    """The gazetteer of these entities.

    >>> roe = Entity("id:roe", "Jane Roe", frozenset({"Person"}), ("Jane Roe",))
    >>> [(h.start, h.end, h.entities) for h in gazetteer([roe]).find("As JANE ROE said")]
    [(3, 11, ('id:roe',))]
    """
    known = {e.iri: e for e in sorted(entities, key=lambda e: e.iri)}
    bearers: dict[str, dict[tuple[str, bool], None]] = defaultdict(dict)
    for entity in known.values():
        for name in entity.names:
            bearers[fold(name)][entity.iri, False] = None
        for name in entity.demonyms:
            bearers[fold(name)][entity.iri, True] = None
    names = tuple(sorted(bearers))
    index = {name: tuple(i for i, d in bearers[name] if not d) for name in names}
    return Gazetteer(known, names, tuple(tuple(bearers[n]) for n in names), index)
