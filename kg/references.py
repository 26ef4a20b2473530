"""References: which node of the graph a mention stands for, and where that is named; unsure means unresolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.coordinations import Coordinations
from kg.descriptions import Descriptions
from kg.gazetteer import Gazetteer
from kg.meetings import Meetings
from kg.ministries import Ministries
from kg.model import Document, Mention, MentionKind, Sentence, Span
from kg.nodes import Nodes, UnresolvedError
from kg.people import People
from kg.pronouns import Pronouns
from kg.quotations import Quotations
from kg.referents import Holders, Referent
from kg.rules import Shape
from kg.skeleton import Skeleton
from kg.surroundings import Surroundings
from kg.vocabulary import Vocabulary
from kg.words import fold, slug

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
    _known: dict[tuple[int, str, int], Referent | str] = field(default_factory=dict)
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
        self._descriptions = Descriptions(
            self.around, self.nodes, self.shapes, self._holders, self.resolve, self._distinct, self._coordination
        )
        self.meetings = Meetings(self.skeletons, self.nodes, self.resolve)
        self.ministries = Ministries(self.document, self.around, self._distinct)
        for mentions in self.around.mentions.values():
            self._people.note(mentions)
            for mention in mentions:
                self.nodes.note_edition(mention)
                self.meetings.note(mention)
                self._descriptions.note(mention)
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
            except UnresolvedError as error:
                self._known[key] = str(error)  # the error itself would keep alive all that was looked at
        found = self._known[key]
        if isinstance(found, str):
            raise UnresolvedError(found)
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
        if told := self.ministries.in_full(mention):
            return Referent(self.nodes.node(told, cls), (told.span,), "description")
        if mention.kind is MentionKind.SHAPE and id(mention) in self.around.top and (whole := self._told_with(mention)):
            return Referent(self.nodes.node(whole, cls), (whole.span,), "description")
        return Referent(self.nodes.node(mention, cls))

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
                    return self._descriptions.antecedent(mention)
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
