"""Meetings: the one that those who met have, which the next sentences go on to call `the meeting`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from kg.model import Mention, MentionKind, Sentence
from kg.nodes import Nodes
from kg.referents import Referent
from kg.skeleton import Skeleton

#: So many sentences further on it is still `the meeting` of those who met.
FURTHER = 8
_OF_OTHERS = frozenset({"with", "between", "of"})


@dataclass
class Meetings:
    """Meetings and talks without a name, in one document."""

    skeletons: Mapping[int, Skeleton]
    nodes: Nodes
    resolve: Callable[[Mention, str], Referent]
    #: Where the words `meeting`, `talks` stand first.
    _first: dict[str, int] = field(default_factory=dict)

    def note(self, mention: Mention) -> None:
        """Notes a mention of the document, in the order of the text."""
        if mention.kind is MentionKind.NOUN and {"Meeting", "Talks"} & mention.classes:
            self._first.setdefault(self.nodes.head(mention), mention.span.start)

    def behind(self, sentence: Sentence, after: int) -> Referent | None:
        """The meeting of those who met in a sentence, which the next ones call `the meeting`, and none before did."""
        for index in range(sentence.index, sentence.index + FURTHER + 1):
            skeleton = self.skeletons.get(index)
            units = skeleton.units if skeleton else ()
            for unit, behind in pairwise((*units, None)):
                said = unit.mention if unit and unit.span.start >= after else None
                if said and self._is_meeting(said) and not (behind and behind.text in _OF_OTHERS):
                    found = self.resolve(said, "Event")
                    told = found.how or self._first[self.nodes.head(said)] < after
                    return None if told else Referent(found.node, (said.span,), "description")
        return None

    def _is_meeting(self, mention: Mention) -> bool:
        """Whether it is `the meeting` or `the talks`, of no kind."""
        return (
            mention.kind is MentionKind.NOUN
            and bool({"Meeting", "Talks"} & mention.classes)
            and mention.article in ("the", "their", "this", "these")
            and self.nodes.head(mention) in ("meeting", "talks")
        )
