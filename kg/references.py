"""References: which node of the graph a mention stands for, and where that is named; unsure means unresolved."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg import titles
from kg.coordinations import Coordinations
from kg.gazetteer import Gazetteer
from kg.model import Document, Mention, MentionKind, Sentence, Span
from kg.nodes import Nodes, UnresolvedError
from kg.people import People
from kg.pronouns import Pronouns
from kg.quotations import Quotations
from kg.referents import Holders, Referent
from kg.rules import Shape
from kg.skeleton import Skeleton
from kg.surroundings import DESCRIPTION_WINDOW, Surroundings
from kg.vocabulary import Vocabulary
from kg.words import bare, fold, slug

#: What has no name is spoken of no further on than this.
NEWS = 2
#: So many sentences further on it is still `the meeting` of those who met.
FURTHER = 8
_OF_OTHERS = frozenset({"with", "between", "of"})
#: What a title implies and no words name: the ministry of a `minister of trade`.
BUILT = "body"
_NAMING = (MentionKind.NAME, MentionKind.SHAPE)
_REFERRING = (MentionKind.NOUN, MentionKind.PRONOUN, MentionKind.SURNAME)


@dataclass
class References:
    """Who is who in one document.

    Each question looks at no more than some mentions before the words (`surroundings.NEAR`), so that a text of a
    million pronouns costs no more than its length.
    """

    document: Document
    sentences: Sequence[Sentence]
    skeletons: Mapping[int, Skeleton]
    gazetteer: Gazetteer
    vocabulary: Vocabulary
    shapes: Mapping[str, Shape]
    quotations: Quotations = field(default_factory=Quotations)
    _whole: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    _series: set[int] = field(default_factory=set)
    #: Where the words `meeting`, `talks` stand first.
    _meetings: dict[str, int] = field(default_factory=dict)
    _known: dict[tuple[int, str, int], Referent | UnresolvedError] = field(default_factory=dict)
    _busy: set[int] = field(default_factory=set)
    _holders: Holders = field(default_factory=Holders)
    #: Who alone spoke in a sentence, as far as the document has been read.
    voices: dict[int, Referent | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nodes = Nodes(
            self.document, self.gazetteer, self.vocabulary, dict(self.shapes), lambda m: self.resolve(m, "Thing").node
        )
        self.around = Surroundings(self.sentences, self.skeletons)
        self._people = People(self.nodes)
        self._pronouns = Pronouns(
            self.around, self.skeletons, self.quotations, self.nodes, self.voices, self.resolve, self._distinct
        )
        self._coordinations = Coordinations(self.around, self._countable)
        for mentions in self.around.mentions.values():
            self._people.note(mentions)
            for mention in mentions:
                self.nodes.note_edition(mention)
                if series := mention.part("series"):
                    self._series.add(id(series))  # `the 3rd forum` names one edition, and not the series beside it
                if mention.kind is MentionKind.NOUN and {"Meeting", "Talks"} & mention.classes:
                    self._meetings.setdefault(self.nodes.head(mention), mention.span.start)
                if (part := mention.part("part")) and part.kind is MentionKind.SHAPE:
                    self._whole[part.text].append(mention)

    def resolve(self, mention: Mention, cls: str) -> Referent:
        """The referent of a mention in a slot of a class.

        Raises UnresolvedError where nothing, or more than one thing, fits.
        """
        key = (id(mention), cls, len(self._holders))
        if key not in self._known:
            try:
                self._known[key] = self._resolved(mention, cls)
            except UnresolvedError as reason:
                self._known[key] = reason
        found = self._known[key]
        if isinstance(found, UnresolvedError):
            raise UnresolvedError(str(found))
        return found

    def _resolved(self, mention: Mention, cls: str) -> Referent:
        if mention.kind is MentionKind.ABBREVIATION and isinstance(mention.value, Mention):
            return Referent(self.resolve(mention.value, cls).node, (mention.value.span,), "description")
        if mention.kind is MentionKind.MEMBER and isinstance(mention.value, Mention):
            return Referent(self.resolve(mention.value, cls).node, (mention.value.span,), "list")
        if mention.kind in _REFERRING:
            return self._referring(mention)
        if holder := self._holders.of(mention) or self._held_before(mention):
            return holder
        if (
            mention.kind is MentionKind.SHAPE
            and {"Person", "Agent"} & mention.classes
            and (fuller := self._people.fuller(mention))
        ):
            return Referent(self.nodes.node(fuller, "Person"), (fuller.span,), "surname")
        if told := self._told_ministry(mention):
            return Referent(self.nodes.node(told, cls), (told.span,), "description")
        if mention.kind is MentionKind.SHAPE and id(mention) in self.around.top and (whole := self._told_with(mention)):
            return Referent(self.nodes.node(whole, cls), (whole.span,), "description")
        return Referent(self.nodes.node(mention, cls))

    def _told_ministry(self, mention: Mention) -> Mention | None:
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

    def _told_with(self, mention: Mention) -> Mention | None:
        """The one thing before that was told by these words and what it is part of: `the Alliance of the Expo`."""
        before = [m for m in self._whole.get(mention.text, ()) if m.span.end <= mention.span.start]
        return before[-1] if len({self.nodes.node(m).iri for m in before}) == 1 else None

    def holds(self, post: Mention, person: Referent) -> None:
        """Notes who holds a post that the text names, so that a later `the minister` can mean that person."""
        self._holders.note(post, person)

    def _held_before(self, mention: Mention) -> Referent | None:
        """Who was said to hold the post that is named again with `the`, nobody named beside it."""
        before = fold(self.document.text[max(0, mention.span.start - 4) : mention.span.start])
        return self._holders.again(mention) if "PostOf" in mention.classes and before.endswith("the ") else None

    def _referring(self, mention: Mention) -> Referent:
        if id(mention) in self._busy:
            raise UnresolvedError("it refers to itself")
        self._busy.add(id(mention))
        try:
            match mention.kind:
                case MentionKind.SURNAME:
                    return self._surname(mention)
                case MentionKind.PRONOUN:
                    return self._pronouns.antecedent(mention)
                case _:
                    return self._description(mention)
        finally:
            self._busy.discard(id(mention))

    def _surname(self, mention: Mention) -> Referent:
        node, named = self._people.bearer(mention)
        return Referent(node, (named.span,), "surname")

    def _distinct(self, mentions: Sequence[Mention], cls: str) -> list[Referent]:
        found: dict[str, Referent] = {}
        for mention in mentions:
            try:
                referent = self.resolve(mention, cls)
            except UnresolvedError:
                continue
            how = "pronoun" if cls == "Person" else "description"
            found[referent.node.iri] = Referent(referent.node, referent.spans or (mention.span,), how)
        return list(found.values())

    def _owner(self, mention: Mention) -> Referent:
        """Whose chairman `its chairman` is: the only one of that kind that the sentence has named before."""
        here = self.around.near(self.around.sentence_of(mention), mention.span.start)
        found = self._distinct(_outer([m for m in here if self._owns(m, mention)]), "Thing")
        if len(found) != 1:
            raise UnresolvedError(f"{len(found)} bodies are named before it in the sentence")
        return found[0]

    def _owns(self, earlier: Mention, later: Mention) -> bool:
        return (
            earlier.kind in (*_NAMING, MentionKind.NOUN)
            and earlier.shape != BUILT
            and any(self.nodes.fits(earlier.classes, c) for c in later.classes)
        )

    def ministry(self, sentence: Sentence, before: int) -> Referent | None:
        """The one ministry that the sentence, or else the one before it, has named: whose `Minister Roe` is."""
        for index in (sentence.index, sentence.index - 1):
            near = [m for m in self.around.near(index, before) if m.kind in _NAMING and "Ministry" in m.classes]
            if found := self._distinct(near, "Ministry"):
                return found[0] if len(found) == 1 else None
        return None

    def meeting(self, sentence: Sentence, after: int) -> Referent | None:
        """The meeting of those who met, which the next sentences go on to call `the meeting`, and none before did."""
        for index in range(sentence.index, sentence.index + FURTHER + 1):
            skeleton = self.skeletons.get(index)
            units = skeleton.units if skeleton else ()
            for unit, behind in pairwise((*units, None)):
                said = unit.mention if unit and unit.span.start >= after else None
                if said and self._is_meeting(said) and not (behind and behind.text in _OF_OTHERS):
                    found = self.resolve(said, "Event")
                    told = found.how or self._meetings[self.nodes.head(said)] < after
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

    def _description(self, mention: Mention) -> Referent:
        if mention.article == "its" and not mention.shape:
            return self._owner(mention)
        if mention.article in ("a", "an", "another") or not mention.article:
            if self.nodes.fits(mention.classes, "Person") and (ahead := self._next_sentence(mention)):
                return ahead
            if not mention.article and (before := self._before(mention)):
                return before
            return self._itself(mention)
        if self.nodes.fits(mention.classes, "Group"):
            return self._coordination(mention)
        found = self._before(mention)
        if found is None and self.nodes.fits(mention.classes, "Person"):
            raise UnresolvedError("nobody before it is told to be one")
        return found or self._fuller_noun(mention) or self._itself(mention)

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
        found = self._distinct(fuller, "Event")
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
            found = self._distinct(_outer(near), "Thing")
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
        first = [u.span for u in self.skeletons[sentence].units[:2] if u.mention]
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
            return earlier in self._holders
        title = (earlier.part("post") or earlier).text
        return fold(title).split()[-1] == noun and titles.rank(title) == titles.rank(later.text)

    def _coordination(self, mention: Mention) -> Referent:
        """The group that `the regions` stand for: the nearest `A and B` of things of one kind before it."""
        run = self._coordinations.run(mention)
        if not run:
            raise UnresolvedError("nothing before it is such a list")
        span = Span(run[0].span.start, run[-1].span.end)
        label = " ".join(self.document.text[span.start : span.end].split())
        return Referent(self.nodes.named((slug(label),), label, "Group"), tuple(m.span for m in run), "list")

    def members(self, mention: Mention) -> tuple[Mention, ...]:
        """The mention itself; of a group (`these four departments`) in a list, each of those it stands for."""
        if mention.kind is not MentionKind.NOUN or "Group" not in mention.classes:
            return (mention,)
        run = self._coordinations.run(mention)
        return tuple(replace(mention, kind=MentionKind.MEMBER, classes=m.classes, value=m) for m in run) or (mention,)

    def _countable(self, mention: Mention) -> bool:
        return any(self.nodes.fits(mention.classes, c) for c in ("Polity", "Body")) and "Demonym" not in mention.classes

    def _next_sentence(self, mention: Mention) -> Referent | None:
        """The person with a post who opens the next sentence, where this one has only `a senior official`."""
        here = self.around.sentence_of(mention)
        skeleton = self.skeletons.get(here + 1)
        first = skeleton.units[0].mention if skeleton and skeleton.units else None
        posts = (
            [u for u in skeleton.units[1:5] if u.mention and self.nodes.fits(u.mention.classes, "Post")]
            if skeleton
            else []
        )
        if first and posts and "Person" in first.classes and first.kind in _NAMING:
            return Referent(self.nodes.node(first, "Person"), (first.span,), "next sentence")
        return None

    def speaker(self, sentence: Sentence) -> Referent | None:
        """Whose turn of a transcript the sentence is part of."""
        span = sentence.zone.speaker
        if not span:
            return None
        words = self.document.text[span.start : span.end]
        hits = [h for h in self.gazetteer.find(words) if h.end - h.start == len(words) and not h.demonym]
        if hits:
            mention = Mention(span, words, frozenset({"Agent"}), MentionKind.NAME, hits[0].entities)
            try:
                return Referent(self.nodes.known(mention, "Agent"), (span,), "speaker")
            except UnresolvedError:
                return None
        return Referent(self.nodes.named(("person", slug(words)), words, "Person"), (span,), "speaker")


def _outer(mentions: Sequence[Mention]) -> list[Mention]:
    """Those that are in no other of them: after `the 3rd session of the forum` the head is spoken of, not its parts."""
    inside = {id(n) for m in mentions for n in m.nested() if n is not m}
    return [m for m in mentions if id(m) not in inside]


def _fields(ministry: str) -> frozenset[str]:
    """The fields of a ministry, as its name lists them."""
    _, _, fields = fold(" ".join(ministry.split())).replace(" for ", " of ").partition(" of ")
    return frozenset(re.split(r",? and |, ", fields))
