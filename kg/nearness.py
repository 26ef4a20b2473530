"""Nearness: which names look like one another; a suggestion to a curator, never a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kg.decisions import Decisions
from kg.entities import Entity
from kg.model import Node
from kg.vocabulary import Vocabulary
from kg.words import fold, slug

#: Names less alike than this (of 100) are not worth a look.
CUTOFF = 86
#: Names as much alike as this may mean one thing, as far as anything but a curator can tell.
ALIKE = 92
#: So many suggestions at the most.
MOST = 3
#: Spelled alike, in whatever order the words stand; and less sure: one name has all the words of the other.
_SCORERS = ((fuzz.token_sort_ratio, 1.0), (fuzz.token_set_ratio, 0.95))


@dataclass(frozen=True, slots=True)
class Near:
    """A name that looks like another: how much (of 100), its class, and the entity's IRI where it is curated."""

    name: str
    cls: str
    score: int
    iri: str = ""


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something with its names: an entity, or a name that is none yet."""

    names: tuple[str, ...]
    cls: str
    iri: str = ""

    @property
    def key(self) -> str:
        """What tells it from others: a name that is none yet is the same one as whatever class texts use it."""
        return self.iri or slug(self.names[0])


def nearness(
    names: Sequence[tuple[str, str]], known: Sequence[Entity], vocabulary: Vocabulary, decisions: Decisions
) -> tuple[tuple[Near, ...], ...]:
    """For each name and class: what is known, and which other of these names, looks like it, the likest first.

    Not what curators said to be something else, nor what is of a class that cannot be the same.
    """
    candidates = [_Thing((name,), cls) for name, cls in names]
    entities = [_Thing(e.names, min(e.classes), vocabulary.compact(e.iri)) for e in known]
    every = [(fold(name), thing) for thing in (*entities, *candidates) for name in thing.names]
    return tuple(_near(thing, every, vocabulary, decisions) for thing in candidates)


def alike(one: Node, other: Node, vocabulary: Vocabulary, decisions: Decisions) -> bool:
    """Whether two nodes may be one thing: no curator knows one of them, and it is named nearly as the other.

    Stricter than a suggestion, since names of two people often differ in a letter or two.
    """
    names = [(n.label, *n.names) for n in (one, other)]
    called = ((*some, vocabulary.compact(n.iri)) for some, n in zip(names, (one, other), strict=True))
    if not (one.candidate or other.candidate) or decisions.tells_apart(*called):
        return False
    pairs = [(fold(left), fold(right)) for left in names[0] for right in names[1]]
    return any(scorer(*pair) * weight >= ALIKE for pair in pairs for scorer, weight in _SCORERS)


def _near(
    thing: _Thing, every: Sequence[tuple[str, _Thing]], vocabulary: Vocabulary, decisions: Decisions
) -> tuple[Near, ...]:
    name, others = fold(thing.names[0]), [name for name, _ in every]
    found: dict[int, Near] = {}
    for scorer, weight in _SCORERS:
        for _, score, at in process.extract(name, others, scorer=scorer, score_cutoff=CUTOFF / weight, limit=None):
            other = every[at][1]
            alike = Near(other.names[0], other.cls, round(score * weight), other.iri)
            if other.key != thing.key and (id(other) not in found or found[id(other)].score < alike.score):
                told = decisions.tells_apart((*thing.names, thing.iri), (*other.names, other.iri))
                if not told and _compatible(thing.cls, other.cls, vocabulary):
                    found[id(other)] = alike
    return tuple(sorted(found.values(), key=lambda n: (-n.score, n.name, n.cls))[:MOST])


def _compatible(one: str, other: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.is_a(one, other) or vocabulary.is_a(other, one)
