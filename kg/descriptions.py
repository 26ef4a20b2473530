"""Descriptions: what `the company`, `a workshop` or `its chairman` stands for, by class, noun and nearness."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kg import titles
from kg.model import Mention, MentionKind
from kg.nodes import Nodes, UnresolvedError
from kg.referents import Holders, Referent
from kg.rules import Shape
from kg.surroundings import DESCRIPTION_WINDOW, Surroundings
from kg.words import bare, fold

#: What has no name is spoken of no further on than this.
NEWS = 2
#: What a title implies and no words name: the ministry of a `minister of trade`.
BUILT = "body"
_NAMING = (MentionKind.NAME, MentionKind.SHAPE)


@dataclass
class Descriptions:
    """What the descriptions of one document stand for; `holders` are those who hold a post, as far as it was read."""

    around: Surroundings
    nodes: Nodes
    shapes: Mapping[str, Shape]
    holders: Holders
    resolve: Callable[[Mention, str], Referent]
    distinct: Callable[[Sequence[Mention], str], list[Referent]]
    group: Callable[[Mention], Referent]
    #: The ids of mentions that are a series inside the name of an edition.
    _series: set[int] = field(default_factory=set)

    def note(self, mention: Mention) -> None:
        """Notes the series that a name holds: `the 3rd forum` names one edition, and not the series beside it."""
        if series := mention.part("series"):
            self._series.add(id(series))

    def antecedent(self, mention: Mention) -> Referent:
        """The referent; raises UnresolvedError where nothing, or more than one thing, fits."""
        if mention.article == "its" and not mention.shape:
            return self._owner(mention)
        if mention.article in ("a", "an", "another") or not mention.article:
            if self.nodes.fits(mention.classes, "Person") and (ahead := self._next_sentence(mention)):
                return ahead
            if not mention.article and (before := self._before(mention)):
                return before
            return self._itself(mention)
        if self.nodes.fits(mention.classes, "Group"):
            return self.group(mention)
        found = self._before(mention)
        if found is None and self.nodes.fits(mention.classes, "Person"):
            raise UnresolvedError("nobody before it is told to be one")
        return found or self._fuller_noun(mention) or self._itself(mention)

    def _owner(self, mention: Mention) -> Referent:
        """Whose chairman `its chairman` is: the only one of that kind that the sentence has named before."""
        here = self.around.near(self.around.sentence_of(mention), mention.span.start)
        found = self.distinct(_outer([m for m in here if self._owns(m, mention)]), "Thing")
        if len(found) != 1:
            raise UnresolvedError(f"{len(found)} bodies are named before it in the sentence")
        return found[0]

    def _owns(self, earlier: Mention, later: Mention) -> bool:
        return (
            earlier.kind in (*_NAMING, MentionKind.NOUN)
            and earlier.shape != BUILT
            and any(self.nodes.fits(earlier.classes, c) for c in later.classes)
        )

    def _next_sentence(self, mention: Mention) -> Referent | None:
        """The person with a post who opens the next sentence, where this one has only `a senior official`."""
        here = self.around.sentence_of(mention)
        skeleton = self.around.skeletons.get(here + 1)
        first = skeleton.units[0].mention if skeleton and skeleton.units else None
        posts = (
            [u for u in skeleton.units[1:5] if u.mention and self.nodes.fits(u.mention.classes, "Post")]
            if skeleton
            else []
        )
        if first and posts and "Person" in first.classes and first.kind in _NAMING:
            return Referent(self.nodes.node(first, "Person"), (first.span,), "next sentence")
        return None

    def _fuller_noun(self, mention: Mention) -> Referent | None:
        """The one event before it that a longer description tells: `the ceremony` after `a signing ceremony`."""
        if not self.nodes.fits(mention.classes, "Event"):
            return None
        here, head = self.around.sentence_of(mention), self.nodes.head(mention)
        near = [
            m
            for sentence in range(here - DESCRIPTION_WINDOW, here + 1)
            for m in self.around.near(sentence, mention.span.start)
            if self._has_noun(m, head)
        ]
        fuller = [m for m in near if self.nodes.head(m) != head]
        if any(self.nodes.head(m) == head and m.article in ("a", "an", "another") for m in near):
            return None
        found = self.distinct(fuller, "Event")
        return found[0] if len(found) == 1 else None

    def _has_noun(self, mention: Mention, head: str) -> bool:
        """Whether a description ends with these words: `a signing ceremony` with `ceremony`."""
        return mention.kind is MentionKind.NOUN and f"-{self.nodes.head(mention)}".endswith(f"-{head}")

    def _itself(self, mention: Mention) -> Referent:
        if not self.shapes[mention.shape].describes:
            raise UnresolvedError("nothing before it is such a thing")
        return Referent(self.nodes.described(mention))

    def _before(self, mention: Mention) -> Referent | None:
        """The nearest thing before of the class of the words; with more than one noun the same noun is needed."""
        here = self.around.sentence_of(mention)
        head = self.nodes.head(mention)
        for sentence in range(here, here - DESCRIPTION_WINDOW - 1, -1):
            rivals = len([m for m in self.around.near(sentence, mention.span.start) if self._has_noun(m, head)]) > 1
            near = [
                m
                for m in self.around.near(sentence, mention.span.start)
                if (m.kind in _NAMING or (here - sentence < NEWS and self._introduced(m) and not rivals))
                and id(m) not in self._series
                and self._same_kind(m, mention, head)
            ]
            found = self.distinct(_outer(near), "Thing")
            if len(found) == 1:
                return self._same_words(sentence, mention, near[0]) or found[0]
            if found and sentence == here and (subject := self._subject(sentence, found)):
                return subject
            if found:
                raise UnresolvedError(f"it may be {' or '.join(r.node.label for r in found)}")
        return None

    def _same_words(self, sentence: int, mention: Mention, named: Mention) -> Referent | None:
        """What the same words stood for at the head of a sentence that goes on to name another such thing.

        `The meeting decided to hold the first meeting of the council. Jane Roe chaired the meeting.`
        """
        words = bare(fold(mention.text))
        for earlier in self.around.near(sentence, min(named.span.start, mention.span.start)):
            if earlier.kind is MentionKind.NOUN and bare(fold(earlier.text)) == words and earlier is not mention:
                return self.resolve(earlier, "Thing")
        return None

    def _introduced(self, mention: Mention) -> bool:
        """Whether it is an event without a name that is told of for the first time: `a workshop`."""
        event = mention.kind is MentionKind.NOUN and self.nodes.fits(mention.classes, "Event")
        return event and mention.article in ("a", "an") and self.shapes[mention.shape].describes

    def _subject(self, sentence: int, found: Sequence[Referent]) -> Referent | None:
        """The one with which its sentence begins: of several, `the country` means that."""
        first = [u.span for u in self.around.skeletons[sentence].units[:2] if u.mention]
        return next((r for r in found if first and r.spans and r.spans[0] == first[0]), None)

    def _same_kind(self, earlier: Mention, later: Mention, head: str) -> bool:
        if "Demonym" in earlier.classes:
            return False
        if self.nodes.fits(later.classes, "Person"):
            return self._same_post(earlier, later)
        if "-" in head and self.shapes[later.shape].describes:
            return self.nodes.head(earlier) == head
        return any(self.nodes.fits(earlier.classes, c) for c in later.classes)

    def _same_post(self, earlier: Mention, later: Mention) -> bool:
        """Not any person: one of whom the same noun was said, or for `the official` one who was said to hold a post."""
        if not {"Person", "PostOf"} & earlier.classes:
            return False
        noun = fold(later.text).split()[-1]
        if noun == "official":
            return earlier in self.holders
        title = (earlier.part("post") or earlier).text
        return fold(title).split()[-1] == noun and titles.rank(title) == titles.rank(later.text)


def _outer(mentions: Sequence[Mention]) -> list[Mention]:
    """Those that are in no other of them: after `the 3rd session of the forum` the head is spoken of, not its parts."""
    inside = {id(n) for m in mentions for n in m.nested() if n is not m}
    return [m for m in mentions if id(m) not in inside]
