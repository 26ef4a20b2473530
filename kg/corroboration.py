"""Corroboration: how many independent documents state a fact; a text that was taken over counts once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

import networkx as nx
from rapidfuzz import fuzz

from kg.model import Document, Knowledge, Span, Statement
from kg.words import fold

#: Words that a passage has at least, with lines around it if need be: a shorter one may be alike by chance.
LEAST = 20
#: How much alike (of 100) two passages are of which one was taken from the other. Of 6,012 pairs from twelve
#: independent documents none reaches 67, not even two translations of one press conference; of passages with a word
#: in ten replaced, 98 in 100 reach 84, and halves of a passage 99.
ALIKE = 80
#: Passages with fewer of their runs of four words in common are not compared letter by letter: that is a hundred times
#: as fast. With a word in ten replaced two in three runs stay, and with one in five two in five.
RUN, SHARE = 4, 0.25


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Who says what independently of whom.

    `sources` has for each statement's id its documents in groups, each of which counts once; `shared` the pairs of
    documents, in the order of their names, with a passage taken over in which a statement stands.
    """

    sources: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    shared: frozenset[tuple[str, str]] = frozenset()

    def independent(self, statement: Statement) -> int:
        """How many independent documents state it: at least one."""
        return len(self.sources.get(statement.id, ((),)))

    def sharing(self, document: str) -> frozenset[str]:
        """The documents, by name, that share a passage with one."""
        return frozenset(name for pair in self.shared if document in pair for name in pair) - {document}


def corroborate(knowledge: Knowledge) -> Corroboration:
    """The corroboration of every statement, whatever the order in which documents and statements come."""
    documents = {e.document.name: e.document for e in knowledge.extractions}
    passages = _Passages(documents)
    sources: dict[str, tuple[tuple[str, ...], ...]] = {}
    shared: set[tuple[str, str]] = set()
    for statement in knowledge.statements:
        alike: nx.Graph[str] = nx.Graph()
        alike.add_nodes_from(sorted({e.document for e in statement.evidence}))
        for one, other in combinations(alike, 2):
            if passages.shared(statement, one, other):
                alike.add_edge(one, other)
                shared.add((one, other))
        sources[statement.id] = tuple(sorted(tuple(sorted(group)) for group in nx.connected_components(alike)))
    return Corroboration(sources, frozenset(shared))


@dataclass(slots=True)
class _Passages:
    """The passages in which evidence stands, and which of them are alike; each is cut once."""

    documents: Mapping[str, Document]
    _cut: dict[tuple[str, Span], str] = field(default_factory=dict)
    _runs: dict[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)

    def shared(self, statement: Statement, one: str, other: str) -> bool:
        """Whether two documents state it in a passage that one has from the other, or both from a third."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for piece in statement.evidence:
            if piece.document in (one, other):
                found[piece.document].add(self._passage(piece.document, piece.span))
        return any(self._are_alike(left, right) for left in found[one] for right in found[other])

    def _passage(self, document: str, span: Span) -> str:
        if (document, span) not in self._cut:
            self._cut[document, span] = passage(self.documents[document].text, span)
        return self._cut[document, span]

    def _are_alike(self, left: str, right: str) -> bool:
        one, other = self._runs_of(left), self._runs_of(right)
        return left == right or (len(one & other) >= SHARE * min(len(one), len(other)) and alike(left, right))

    def _runs_of(self, words: str) -> frozenset[tuple[str, ...]]:
        if words not in self._runs:
            every = re.findall(r"\w+", words)
            self._runs[words] = frozenset(zip(*(every[n:] for n in range(RUN)), strict=False))
        return self._runs[words]


def passage(text: str, span: Span) -> str:
    """The lines of a text in which something stands, folded.

    >>> lines = "Springfield, May 3\\nTrade grew.\\n" + "Ships came and went all day long. " * 4
    >>> passage(lines, Span(19, 30))[:45]
    'springfield, may 3 trade grew. ships came and'
    """
    start, end = around(text, span)
    return " ".join(fold(text[start:end]).split())


def around(text: str, span: Span) -> Span:
    """The line in which something stands; with those around it where it is short."""
    start, end = text.rfind("\n", 0, span.start) + 1, span.end
    while True:
        end = _or_end(text.find("\n", end), text)
        if len(text[start:end].split()) >= LEAST or (not start and end == len(text)):
            return Span(start, end)
        end, start = min(end + 1, len(text)), text.rfind("\n", 0, max(start - 1, 0)) + 1


def _or_end(at: int, text: str) -> int:
    return len(text) if at < 0 else at


def alike(left: str, right: str) -> bool:
    """Whether one passage was taken from the other: the shorter one, but for a word here and there, is part of it.

    What is too short to be found in another by chance must be all of it.

    >>> told = "the harbour of springfield took in more ships this year than ever before, its director said on monday, "
    >>> alike(told + "and more are to come", "however, " + told.replace("director", "head") + "which few believe")
    True
    >>> alike("roe left.", told + "and roe left.")
    False
    """
    short = min(len(left.split()), len(right.split())) < LEAST
    return (fuzz.ratio if short else fuzz.partial_ratio)(left, right, score_cutoff=ALIKE) > 0
