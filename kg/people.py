"""People: the persons a document names in full, by the words with which it may name them again."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Mention, MentionKind, Node
from kg.nodes import Nodes, UnresolvedError
from kg.words import name_words, surname_forms

_NAMING = (MentionKind.NAME, MentionKind.SHAPE)
#: Where more names than this have a word in common, it tells nobody from the others.
_MOST = 60


@dataclass
class People:
    """Persons by their surnames and other short forms, and each by all its mentions in the order of the text."""

    nodes: Nodes
    _called: dict[str, dict[str, list[Mention]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def note(self, mentions: Iterable[Mention]) -> None:
        """Notes those that name a person, or have a name of several words that may be a person's."""
        for mention in mentions:
            may_be = "Person" in mention.classes or (mention.classes == {"Agent"} and " " in mention.text)
            if mention.kind in _NAMING and may_be:
                for word in self._short_forms(mention):
                    self._called[word][mention.text].append(mention)

    def _short_forms(self, person: Mention) -> set[str]:
        """The words by which a person who is named in full may be named again."""
        words = name_words((person.part("name") or person).text)
        families = (self.nodes.gazetteer.entities[i].family for i in person.entities)
        ends = (words[0], words[-1], *filter(None, families))
        return {form for end in ends for form in surname_forms(end)}

    def fuller(self, mention: Mention) -> Mention | None:
        """The one person whom the document names by more words that begin or end with these."""
        words = [surname_forms(w)[-1] for w in mention.text.split()]
        found: dict[str, Mention] = {}
        for word in {words[0], words[-1]}:
            called = self._called.get(word, {})
            if len(called) > _MOST:
                return None
            for name, bearers in called.items():
                other = [surname_forms(w)[-1] for w in name.split()]
                if len(other) > len(words) and words in (other[: len(words)], other[-len(words) :]):
                    found[self.nodes.node(bearers[0], "Person").iri] = bearers[0]
        return next(iter(found.values())) if len(found) == 1 else None

    def bearer(self, surname: Mention) -> tuple[Node, Mention]:
        """The person of a surname, and the nearest full name; raises UnresolvedError where not one person bears it."""
        bearers: dict[str, tuple[Node, Mention]] = {}
        called = self._called.get(surname.text, {})
        if len(called) > _MOST:
            raise UnresolvedError(f"more than {_MOST} persons bear this surname")
        for places in called.values():
            before = bisect_right(places, surname.span.start, key=lambda m: m.span.end)
            nearest = places[max(0, before - 1)]
            node = self.nodes.node(nearest, min(nearest.classes & {"Agent", "Person"}, default="Person"))
            bearers.setdefault(node.iri, (node, nearest))
        if len(bearers) != 1:
            raise UnresolvedError(f"{len(bearers)} persons bear this surname")
        return next(iter(bearers.values()))
