"""Ministries: whose minister `Minister Roe` is, and what `Trade Minister` is short for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

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
        wanted = _fields(mention.text)
        fewest = min((self._by_field.get(field, ()) for field in wanted), key=len)
        fitting = list(islice((m for m in fewest if wanted <= _fields(m.text)), 2))
        return fitting[0] if len(fitting) == 1 and wanted != _fields(fitting[0].text) else None

    @cached_property
    def _by_field(self) -> Mapping[str, Sequence[Mention]]:
        """The ministries that the document names, by each of their fields."""
        named = {
            m.text: m
            for places in self.around.mentions.values()
            for m in places
            if m.kind in _NAMING and "Ministry" in m.classes and m.shape != BUILT
        }
        found: dict[str, list[Mention]] = defaultdict(list)
        for text, mention in named.items():
            for field in _fields(text):
                found[field].append(mention)
        return found


def _fields(ministry: str) -> frozenset[str]:
    """The fields of a ministry, as its name lists them."""
    _, _, fields = fold(" ".join(ministry.split())).replace(" for ", " of ").partition(" of ")
    return frozenset(re.split(r",? and |, ", fields))
