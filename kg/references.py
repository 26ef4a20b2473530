"""References: which node of the graph a mention stands for, and where that is named; unsure means unresolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.gazetteer import Gazetteer
from kg.model import Antecedent, Document, Mention, MentionKind, Node, Sentence, Span
from kg.rules import Shape
from kg.skeleton import Skeleton
from kg.vocabulary import Vocabulary
from kg.words import bare, cardinal, english_ordinal, fold, ordinal, slug, tokens

#: A pronoun reaches no further back than this many sentences.
PRONOUN_WINDOW = 1
#: A description (`the company`) reaches no further back than this.
DESCRIPTION_WINDOW = 12
_REFERRING = (MentionKind.NOUN, MentionKind.PRONOUN, MentionKind.SURNAME)


class UnresolvedError(Exception):
    """What a mention stands for cannot be told; the message says why. Always caught where statements are made."""


@dataclass(frozen=True, slots=True)
class Referent:
    """The node that a mention stands for, with the place where it is named if not by these words."""

    node: Node
    spans: tuple[Span, ...] = ()
    how: str = ""

    def antecedent(self, slot: str) -> Antecedent | None:
        """The antecedent of a slot, where the words of the slot are not the name itself."""
        return Antecedent(slot, self.spans, self.how) if self.how else None


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention with its sentence; `top` where it is nested in no other."""

    mention: Mention
    sentence: int
    top: bool


@dataclass
class References:
    """Who is who in one document."""

    document: Document
    sentences: Sequence[Sentence]
    skeletons: Mapping[int, Skeleton]
    gazetteer: Gazetteer
    vocabulary: Vocabulary
    shapes: Mapping[str, Shape]
    _nodes: dict[int, Node] = field(default_factory=dict)
    _places: list[_Place] = field(default_factory=list)
    _local: dict[tuple[str, ...], str] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)
    _editions: dict[str, dict[str, Node]] = field(default_factory=dict)
    _busy: set[int] = field(default_factory=set)
    _holders: dict[int, Referent] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for sentence in self.sentences:
            skeleton = self.skeletons.get(sentence.index)
            for unit in skeleton.units if skeleton else ():
                for n, mention in enumerate(unit.mention.nested() if unit.mention else ()):
                    self._places.append(_Place(mention, sentence.index, n == 0))
        for place in self._places:
            self._numbered(place.mention)

    def resolve(self, mention: Mention, cls: str) -> Referent:
        """The referent of a mention in a slot of a class.

        Raises UnresolvedError where nothing, or more than one thing, fits.
        """
        if mention.kind in _REFERRING:
            return self._referring(mention)
        if holder := self._holders.get(id(mention)):
            return holder
        if mention.kind is MentionKind.SHAPE and "Person" in mention.classes and (fuller := self._fuller(mention)):
            return Referent(self.node(fuller, "Person"), (fuller.span,), "surname")
        return Referent(self.node(mention, cls))

    def holds(self, post: Mention, person: Referent) -> None:
        """Notes who holds a post that the text names, so that a later `the minister` can mean that person."""
        self._holders[id(post)] = person

    def node(self, mention: Mention, cls: str = "Thing") -> Node:
        """The node of a name or a description that refers to nothing before it."""
        if mention.entities:
            return self._known(mention, cls)
        if edition := self._edition(mention):
            return edition
        shape = self.shapes.get(mention.shape)
        if mention.kind is MentionKind.LITERAL:
            raise UnresolvedError("the words name nobody and nothing")
        if shape is None or shape.proper:
            return self._proper(mention)
        return self._described(mention)

    def _known(self, mention: Mention, cls: str) -> Node:
        fitting = [i for i in mention.entities if self._fits(self.gazetteer.entities[i].classes, cls)]
        if len(fitting) != 1:
            names = ", ".join(fitting or mention.entities)
            raise UnresolvedError(
                f"the name is ambiguous: {names}" if fitting else f"no {cls} bears this name, but {names}"
            )
        iri = fitting[0]
        editions = self._editions.get(iri, {})
        if len(editions) == 1:
            return next(iter(editions.values()))
        return self.entity(iri)

    def entity(self, iri: str) -> Node:
        """The node of a curated entity."""
        entity = self.gazetteer.entities[iri]
        return Node(iri, entity.label, min(entity.classes), entity.names, candidate=not entity.curated)

    def _fits(self, classes: frozenset[str], wanted: str) -> bool:
        """Whether something of these classes may stand where a class, or one of several (`Agent|Event`), is wanted."""
        every = wanted.split("|")
        if "Demonym" in every or not self.vocabulary.classes.keys() & {*every}:
            return True
        return any(self.vocabulary.is_a(c, w) for c in classes for w in every)

    def _numbered(self, mention: Mention) -> None:
        """Notes an edition that the document names, so that the bare name of its series can mean it."""
        series = mention.part("series")
        if series and len(series.entities) == 1 and (node := self._edition(mention)):
            self._editions.setdefault(series.entities[0], {})[node.iri] = node

    def _edition(self, mention: Mention) -> Node | None:
        series, number = mention.part("series"), mention.part("ordinal")
        if not series or not number or not isinstance(number.value, int):
            return None
        nth = english_ordinal(number.value)
        shape = self.shapes.get(series.shape)
        if shape and shape.proper and not series.entities:
            named = self._proper(series)
            label = f"{nth} {named.label}"
            return Node(f"{named.iri}-{number.value}", label, named.type, (label,), candidate=True)
        if len(series.entities) != 1:
            return None
        entity = self.gazetteer.entities[series.entities[0]]
        names = tuple(f"{nth} {name}" for name in entity.names)
        return Node(f"{entity.iri}-{number.value}", names[0], min(entity.classes), names)

    def _proper(self, mention: Mention) -> Node:
        """Something uncurated with a full proper name: equal names are one thing in all documents."""
        label = " ".join(bare(mention.text).split())
        first, _, rest = label.partition(" ")
        number = ordinal(first)
        name = f"{english_ordinal(number)} {rest}" if number and rest else label
        cls = min(mention.classes)
        if self._fits(mention.classes, "Person"):
            return self._named(("person", slug(label)), label, cls)
        return Node(self.vocabulary.iri("id", slug(name)), label, cls, (label,), candidate=True)

    def _described(self, mention: Mention) -> Node:
        """Something that only this document speaks of: its head and what it is part of tell it from others."""
        head = self._head(mention)
        wholes = [self._part_key(part) for name, part in mention.parts if name in ("whole", "body", "ordinal")]
        cls = min(mention.classes)
        return self._named((head, *filter(None, wholes)), bare(mention.text), "Person" if cls == "PostOf" else cls)

    def _head(self, mention: Mention) -> str:
        part = mention.part("part") or mention.part("name")
        return slug(bare((part or mention).text))

    def _part_key(self, part: Mention) -> str:
        if isinstance(part.value, int):
            return str(part.value)
        try:
            return self.resolve(part, "Thing").node.iri
        except UnresolvedError:
            return slug(part.text)

    def _named(self, key: tuple[str, ...], label: str, cls: str) -> Node:
        if key not in self._local:
            name = key[1] if key[0] == "person" else key[0]
            taken = sum(1 for iri in self._local.values() if iri == name or iri.rsplit("-", 1)[0] == name)
            self._local[key] = name if not taken else f"{name}-{taken + 1}"
        local = self._local[key]
        if len(label) > len(self._labels.get(local, "")):
            self._labels[local] = label
        same = {s.local: s.same_as for s in self.document.same}
        path = same.get(local, f"{self.document.name}/{local}")
        return Node(self.vocabulary.iri("id", *path.split("/")), label, cls, (label,), candidate=True)

    def final(self, node: Node) -> Node:
        """The node under its fullest label, once the whole document is read."""
        prefix = self.vocabulary.iri("id", self.document.name, "")
        label = self._labels.get(node.iri.removeprefix(prefix)) if node.iri.startswith(prefix) else None
        return Node(node.iri, label, node.type, (label,), candidate=True) if label else node

    def _referring(self, mention: Mention) -> Referent:
        if id(mention) in self._busy:
            raise UnresolvedError("it refers to itself")
        self._busy.add(id(mention))
        try:
            match mention.kind:
                case MentionKind.SURNAME:
                    return self._surname(mention)
                case MentionKind.PRONOUN:
                    return self._pronoun(mention)
                case _:
                    return self._description(mention)
        finally:
            self._busy.discard(id(mention))

    def _fuller(self, mention: Mention) -> Mention | None:
        """The one person whom the document names by more words that begin or end with these."""
        words = mention.text.split()
        found: dict[str, Mention] = {}
        for place in self._places:
            other = place.mention.text.split()
            named = place.mention.kind in (MentionKind.NAME, MentionKind.SHAPE) and "Person" in place.mention.classes
            if named and len(other) > len(words) and words in (other[: len(words)], other[-len(words) :]):
                found.setdefault(self.node(place.mention, "Person").iri, place.mention)
        return next(iter(found.values())) if len(found) == 1 else None

    def _surname(self, mention: Mention) -> Referent:
        bearers: dict[str, tuple[Node, Span]] = {}
        for place in self._places:
            full = place.mention
            if full.kind not in (MentionKind.NAME, MentionKind.SHAPE) or "Person" not in full.classes:
                continue
            if mention.text in (full.part("name") or full).text.split() or self._family(full) == mention.text:
                node = self.node(full, "Person")
                if node.iri not in bearers or full.span.end <= mention.span.start:
                    bearers[node.iri] = (node, full.span)
        if len(bearers) != 1:
            raise UnresolvedError(f"{len(bearers)} persons bear this surname")
        node, span = next(iter(bearers.values()))
        return Referent(node, (span,), "surname")

    def _family(self, mention: Mention) -> str:
        return next((f for i in mention.entities if (f := self.gazetteer.entities[i].family)), "")

    def _pronoun(self, mention: Mention) -> Referent:
        here = self._sentence_of(mention)
        for sentence in range(here, here - PRONOUN_WINDOW - 1, -1):
            people = [
                p.mention for p in self._places
                if p.sentence == sentence and p.top and p.mention.span.end <= mention.span.start
                and self._fits(p.mention.classes, "Person") and not p.mention.entities[1:]
            ]  # fmt: skip
            found = self._distinct(people, "Person")
            if len(found) == 1:
                return found[0]
            if found:
                raise UnresolvedError(f"{len(found)} persons are named before it")
        raise UnresolvedError(f"no person is named in the {PRONOUN_WINDOW} sentence before it")

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

    def _description(self, mention: Mention) -> Referent:
        if mention.article in ("a", "an", "another") or not mention.article:
            if self._fits(mention.classes, "Person") and (ahead := self._next_sentence(mention)):
                return ahead
            if not mention.article and (before := self._before(mention)):
                return before
            return self._itself(mention)
        if self._fits(mention.classes, "Group"):
            return self._coordination(mention)
        found = self._before(mention)
        if found is None and self._fits(mention.classes, "Person"):
            raise UnresolvedError("nobody before it is told to be one")
        return found or self._itself(mention)

    def _itself(self, mention: Mention) -> Referent:
        if not self.shapes[mention.shape].describes:
            raise UnresolvedError("nothing before it is such a thing")
        return Referent(self._described(mention))

    def _before(self, mention: Mention) -> Referent | None:
        """The nearest thing before of the class of the words; with more than one noun the same noun is needed."""
        here = self._sentence_of(mention)
        head = self._head(mention)
        for sentence in range(here, here - DESCRIPTION_WINDOW - 1, -1):
            near = [
                p.mention for p in self._places
                if p.sentence == sentence and p.mention.span.end <= mention.span.start
                and p.mention.kind in (MentionKind.NAME, MentionKind.SHAPE)
                and self._same_kind(p.mention, mention, head)
            ]  # fmt: skip
            found = self._distinct(near, "Thing")
            if len(found) == 1:
                return found[0]
            if found and sentence == here and (subject := self._subject(sentence, found)):
                return subject
            if found:
                raise UnresolvedError(f"it may be {' or '.join(r.node.label for r in found)}")
        return None

    def _subject(self, sentence: int, found: Sequence[Referent]) -> Referent | None:
        """The one with which its sentence begins: of several, `the country` means that."""
        first = [u.span for u in self.skeletons[sentence].units[:2] if u.mention]
        return next((r for r in found if first and r.spans and r.spans[0] == first[0]), None)

    def _same_kind(self, earlier: Mention, later: Mention, head: str) -> bool:
        if "Demonym" in earlier.classes:
            return False
        if self._fits(later.classes, "Person"):
            return self._same_post(earlier, later)
        if "-" in head and self.shapes[later.shape].describes:
            return self._head(earlier) == head
        return any(self._fits(earlier.classes, c) for c in later.classes)

    def _same_post(self, earlier: Mention, later: Mention) -> bool:
        """Not any person: one of whom the same noun was said, or for `the official` one who was said to hold a post."""
        if not {"Person", "PostOf"} & earlier.classes:
            return False
        noun = fold(later.text).split()[-1]
        if noun == "official":
            return id(earlier) in self._holders
        return fold((earlier.part("post") or earlier).text).split()[-1] == noun

    def _coordination(self, mention: Mention) -> Referent:
        """The group that `the regions` stand for: the nearest `A and B` of things of one kind before it."""
        here = self._sentence_of(mention)
        wanted = cardinal(next((t.text for t in tokens(mention.text) if cardinal(t.text)), ""))
        for sentence in range(here, here - DESCRIPTION_WINDOW - 1, -1):
            for run in reversed(list(self._runs(sentence, mention))):
                if wanted in (None, len(run)):
                    span = Span(run[0].span.start, run[-1].span.end)
                    label = " ".join(self.document.text[span.start : span.end].split())
                    node = self._named((slug(label),), label, "Group")
                    return Referent(node, tuple(m.span for m in run), "list")
        raise UnresolvedError("nothing before it is such a list")

    def _runs(self, sentence: int, before: Mention) -> Iterator[list[Mention]]:
        """The coordinated runs of bodies or places of one sentence that end before a mention."""
        skeleton = self.skeletons.get(sentence)
        run: list[Mention] = []
        joined = False
        for unit in (*(skeleton.units if skeleton else ()), None):
            if unit and unit.mention and unit.span.end <= before.span.start and self._countable(unit.mention):
                if run and not joined:
                    run = []
                run.append(unit.mention)
                joined = False
            elif unit and run and unit.text in (",", "and"):
                joined = True
            else:
                if len(run) > 1:
                    yield run
                run, joined = [], False

    def _countable(self, mention: Mention) -> bool:
        return any(self._fits(mention.classes, c) for c in ("Polity", "Body")) and "Demonym" not in mention.classes

    def _next_sentence(self, mention: Mention) -> Referent | None:
        """The person with a post who opens the next sentence, where this one has only `a senior official`."""
        here = self._sentence_of(mention)
        skeleton = self.skeletons.get(here + 1)
        first = skeleton.units[0].mention if skeleton and skeleton.units else None
        posts = (
            [u for u in skeleton.units[1:5] if u.mention and self._fits(u.mention.classes, "Post")] if skeleton else []
        )
        if first and posts and "Person" in first.classes and first.kind in (MentionKind.NAME, MentionKind.SHAPE):
            return Referent(self.node(first, "Person"), (first.span,), "next sentence")
        return None

    def _sentence_of(self, mention: Mention) -> int:
        return next(
            (s.index for s in self.sentences if s.span.start <= mention.span.start < s.span.end),
            len(self.sentences),
        )

    def speaker(self, sentence: Sentence) -> Referent | None:
        """Whose turn of a transcript the sentence is part of."""
        span = sentence.zone.speaker
        if not span:
            return None
        words = self.document.text[span.start : span.end]
        hits = [h for h in self.gazetteer.find(words) if h.end - h.start == len(words) and not h.demonym]
        if hits:
            mention = Mention(span, words, frozenset({"Person"}), MentionKind.NAME, hits[0].entities)
            return Referent(self._known(mention, "Person"), (span,), "speaker")
        return Referent(self._named(("person", slug(words)), words, "Person"), (span,), "speaker")
