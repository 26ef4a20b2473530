"""Referents: what a mention stands for, and where that is named; and who holds the posts that a text has named."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Antecedent, Mention, Node, Span
from kg.words import fold


@dataclass(frozen=True, slots=True)
class Referent:
    """The node that a mention stands for, with the place where it is named if not by these words."""

    node: Node
    spans: tuple[Span, ...] = ()
    how: str = ""

    def antecedent(self, slot: str) -> Antecedent | None:
        """The antecedent of a slot, where the words of the slot are not the name itself."""
        return Antecedent(slot, self.spans, self.how) if self.how else None


@dataclass
class Holders:
    """Those of whom the text has said that they hold a post, by the mention of the post and by its words."""

    _by_mention: dict[int, Referent] = field(default_factory=dict)
    _by_words: dict[str, dict[str, Referent]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._by_mention)

    def __contains__(self, post: Mention) -> bool:
        return id(post) in self._by_mention

    def note(self, post: Mention, person: Referent) -> None:
        """Notes who holds a post."""
        self._by_mention[id(post)] = person
        self._by_words.setdefault(_words(post), {}).setdefault(person.node.iri, person)

    def of(self, post: Mention) -> Referent | None:
        """Who holds the post that just these words name, where they stand."""
        return self._by_mention.get(id(post))

    def again(self, post: Mention) -> Referent | None:
        """The one of whom the same words were said before: `the Arcadian premier` after `Arcadian Premier Jane Roe`."""
        found = list(self._by_words.get(_words(post), {}).values())
        return found[0] if len(found) == 1 else None


def _words(post: Mention) -> str:
    return " ".join(fold(post.text).split())
