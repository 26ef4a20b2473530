"""Surroundings: the mentions of a document by where they stand, and which of them stand before another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Mention, Sentence
from kg.skeleton import Skeleton

#: A description (`the company`) reaches no further back than this many sentences.
DESCRIPTION_WINDOW = 12
#: And to no more than this many mentions of one sentence.
NEAR = 60


@dataclass
class Surroundings:
    """The mentions of each sentence, nested ones too; `top` are the ids of those inside no other."""

    sentences: Sequence[Sentence]
    skeletons: Mapping[int, Skeleton]
    mentions: dict[int, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    top: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._starts = [s.span.start for s in self.sentences]
        for sentence in self.sentences:
            skeleton = self.skeletons.get(sentence.index)
            for unit in skeleton.units if skeleton else ():
                if unit.mention:
                    self.top.add(id(unit.mention))
                    self.mentions[sentence.index] += unit.mention.nested()

    def sentence_of(self, mention: Mention) -> int:
        """The index of the sentence that a mention stands in."""
        return bisect_right(self._starts, mention.span.start) - 1

    def near(self, sentence: int, before: int) -> list[Mention]:
        """The last mentions of a sentence that end before an offset, in the order of the text."""
        here = self.mentions.get(sentence, [])
        last = bisect_left(here, before, key=lambda m: m.span.start)
        return [m for m in here[max(0, last - NEAR) : last] if m.span.end <= before]

    def earlier(self, mention: Mention) -> Iterator[Mention]:
        """What is named before a mention, the nearest first."""
        here = self.sentence_of(mention)
        for sentence in range(here, here - DESCRIPTION_WINDOW - 1, -1):
            yield from reversed(self.near(sentence, mention.span.start))
