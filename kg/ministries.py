"""Ministries: whose minister `Minister Roe` is, and what `Trade Minister` is short for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.descriptions import BUILT
from kg.model import Document, Mention, MentionKind, Sentence
from kg.referents import Referent
from kg.surroundings import Surroundings
from kg.words import fold

_NAMING = (MentionKind.NAME, MentionKind.SHAPE)


@dataclass(frozen=True)
class Ministries:
    """The ministries that one document names."""

    document: Document
    around: Surroundings
    distinct: Callable[[Sequence[Mention], str], list[Referent]]

    def near(self, sentence: Sentence, before: int) -> Referent | None:
        """The one ministry that the sentence, or else the one before it, has named: whose `Minister Roe` is."""
        for index in (sentence.index, sentence.index - 1):
            near = [m for m in self.around.near(index, before) if m.kind in _NAMING and "Ministry" in m.classes]
            if found := self.distinct(near, "Ministry"):
                return found[0] if len(found) == 1 else None
        return None

    def in_full(self, mention: Mention) -> Mention | None:
        """The ministry that the document names in full, where `Trade Minister` tells but one of its fields."""
        behind = fold(self.document.text[mention.span.end : mention.span.end + 9])
        if mention.shape != BUILT or "Ministry" not in mention.classes or behind != " minister":
            return None
        named = {
            m.text: m
            for places in self.around.mentions.values()
            for m in places
            if m.kind in _NAMING and "Ministry" in m.classes and m.shape != BUILT
        }
        wanted = _fields(mention.text)
        fitting = [m for text, m in named.items() if wanted <= _fields(text)]
        exact = [m for m in fitting if wanted == _fields(m.text)]
        return fitting[0] if len(fitting) == 1 and not exact else None


def _fields(ministry: str) -> frozenset[str]:
    """The fields of a ministry, as its name lists them."""
    _, _, fields = fold(" ".join(ministry.split())).replace(" for ", " of ").partition(" of ")
    return frozenset(re.split(r",? and |, ", fields))
