"""The pipeline: from a document to its statements, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg import commons, entities, judgements, rulebook, settings, vocabulary, wordlists, zones
from kg.dates.anchors import anchors
from kg.entities import Entity
from kg.errors import KgError, unknown
from kg.fillers import Fillers, Setting
from kg.gazetteer import gazetteer
from kg.judgements import Judgement
from kg.matches import Match, guarding, matches, scan
from kg.mentions import Reader, mentions
from kg.model import EXCLUDED_ZONES, Document, Extraction, Sentence, Zone, ZoneKind
from kg.references import References, Referent
from kg.rules import RuleBook, Scope, Shape
from kg.sentences import sentences
from kg.skeleton import Alphabet, Skeleton
from kg.statements import Statements
from kg.vocabulary import Vocabulary
from kg.zones.cues import Cues, cues


@dataclass(frozen=True)
class Ontology:
    """Everything curated, read once: vocabulary, entities, word lists, rules, and what was judged."""

    vocabulary: Vocabulary
    known: tuple[Entity, ...]
    book: RuleBook
    reader: Reader
    cues: Cues
    judged: Mapping[str, Judgement]

    def knowing(self, more: Sequence[Entity]) -> Ontology:
        """The same with other entities than the curated ones, for the examples of rules."""
        reader = Reader(
            gazetteer(more), self.reader.alphabet, self.reader.shapes, self.reader.pronouns, self.reader.small
        )
        return replace(self, known=tuple(more), reader=reader)

    def without(self, id_: str) -> Ontology:
        """The same without one rule or shape; raises KgError where nothing has this id."""
        book = self.book
        if id_ not in (names := [r.id for r in book.readers]):
            raise KgError(unknown("rule", id_, names))
        rest = replace(
            book,
            shapes=tuple(s for s in book.shapes if s.id != id_),
            rules=tuple(r for r in book.rules if r.id != id_),
        )
        return replace(self, book=rest, reader=replace(self.reader, shapes=rest.shapes))


def load(folder: Path, *, curated: bool = True) -> Ontology:
    """The ontology of a folder, compiled; with `curated=False` without `entities/`, as if nobody were known by name.

    Raises OntologyError with all the faults of the first part that has any.
    """
    terms = vocabulary.read(folder)
    alphabet = Alphabet({name: sorted(above) for name, above in terms.classes.items()})
    words = wordlists.read(folder)
    book = rulebook.read(folder, vocabulary=terms, alphabet=alphabet, words=words)
    known = entities.read(folder, terms) if curated else ()
    pronouns = dict.fromkeys(words.get("person-pronoun", ()), "Person")
    listed = commons.read(folder, terms, known)
    reader = Reader(gazetteer((*known, *listed)), alphabet, book.shapes, pronouns, frozenset(words.get("function", ())))
    return Ontology(terms, known, book, reader, cues(folder / "words" / "zones.toml"), judgements.read(folder))


def extract(document: Document, ontology: Ontology, *, cut: tuple[Zone, ...] | None = None) -> Extraction:
    """All that the rules read in one document, whose zones may be given."""
    cut = zones.zones(document.text, ontology.cues) if cut is None else cut
    found = sentences(document.text, cut)
    skeletons = mentions(document, found, ontology.reader)
    shapes = {s.id: s for s in ontology.book.shapes}
    who = References(document, found, skeletons, ontology.reader.gazetteer, ontology.vocabulary, shapes)
    out = Statements(Fillers(document, who, ontology.vocabulary, anchors(document, cut)))
    reading = _Reading(ontology.book, found, skeletons, who, out)
    reading.shapes(shapes)
    reading.match()
    reading.plain()
    reading.turns()
    for scope in ontology.book.scopes:
        reading.scope(scope)
    stated, refused = out.merged()
    kept, withheld = judgements.withhold(stated, ontology.judged)
    return Extraction(document, found, kept, (*refused, *withheld), tuple(out.unresolved))


@dataclass
class _Reading:
    """One document on its way through the rules."""

    book: RuleBook
    sentences: tuple[Sentence, ...]
    skeletons: Mapping[int, Skeleton]
    who: References
    out: Statements

    def __post_init__(self) -> None:
        self.folded: dict[int, Skeleton] = {}
        self.found: list[tuple[Sentence, tuple[Match, ...]]] = []
        self.sayers: list[tuple[int, Referent]] = []

    def read(self) -> Iterator[tuple[Sentence, Skeleton]]:
        for sentence in self.sentences:
            if sentence.zone.kind not in EXCLUDED_ZONES:
                yield sentence, self.skeletons[sentence.index]

    def shapes(self, shapes: Mapping[str, Shape]) -> None:
        """What names say by themselves."""
        for sentence, skeleton in self.read():
            for i, unit in enumerate(skeleton.units):
                named = [m for m in unit.mention.nested() if m.shape in shapes] if unit.mention else []
                telling = [m for m in named if shapes[m.shape].emits]
                guard = guarding(skeleton, {"match": (i, i + 1)}, self.book.guards) if telling else None
                for mention in telling:
                    self.out.add_shape(mention, shapes[mention.shape], sentence, guard)

    def match(self) -> None:
        """The rules without scope in every sentence; the folded skeletons are kept for the scopes."""
        for sentence, skeleton in self.read():
            found, self.folded[sentence.index] = matches(sentence, skeleton, self.book.rules, self.book.guards)
            self.found.append((sentence, found))

    def plain(self) -> None:
        """What stands outside of a transcript's turns."""
        before: tuple[int, int, Referent | None] = (-1, -1, None)
        for sentence, found in self.found:
            if not settings.in_transcript(sentence):
                goes_on = before[:2] == (sentence.index - 1, sentence.line)
                setting = Setting(speaker=before[2] if goes_on else None)
                for match in found:
                    self.out.add(match, setting)
                    self.sayers += ((sentence.index, sayer) for sayer in settings.sayers(match, self.who))
                before = (sentence.index, sentence.line, settings.voice(found, setting, self.who))
                self.who.voices[sentence.index] = settings.sayer(found, self.who)

    def turns(self) -> None:
        """What stands in a transcript, where the occasion and the speaker are given."""
        first = next((s for s, _ in self.found if settings.in_transcript(s)), None)
        occasion = settings.occasion(self.out, first.span.start) if first else None
        for sentence, found in self.found:
            if settings.in_transcript(sentence):
                setting = Setting(speaker=self.who.speaker(sentence), occasion=occasion)
                for match in found:
                    self.out.add(match, setting)

    def scope(self, scope: Scope) -> None:
        """The rules of a scope on each of its items, with the item's place, the scope's agent and who speaks for it."""
        within = [r for r in self.book.rules if r.scope == scope.id]
        for at, sentence in enumerate(self.sentences):
            skeleton = self.folded.get(sentence.index)
            opened = next(scope.opens.find(skeleton), None) if skeleton else None
            if skeleton is None or opened is None:
                continue
            agent = (
                settings.agent(skeleton, opened, self.who) if "agent" in opened.slots else self.who.speaker(sentence)
            )
            if agent is None:
                self.out.leave_open(scope.id, sentence, "agent", "nobody before it takes the measures")
                continue
            speaker = self._speaker_for(agent, sentence) if sentence.zone.kind is not ZoneKind.TURN else None
            for n, (item, start) in enumerate(self._items(scope, at), 1):
                setting = Setting(agent=agent, speaker=speaker, ordinal=n)
                for rule in within:
                    for match in scan(item, self.folded[item.index], rule, self.book.guards, start):
                        self.out.add(match, setting)

    def _items(self, scope: Scope, at: int) -> Iterator[tuple[Sentence, int]]:
        """The items after a sentence, each with the unit behind its cue: to the zone's end or a paragraph without."""
        zone, line = self.sentences[at].zone, self.sentences[at].line
        seen = {line}
        for sentence in self.sentences[at + 1 :]:
            if (sentence.zone.kind, sentence.zone.speaker) != (zone.kind, zone.speaker):
                return
            if sentence.line != line and line not in seen:
                return
            if next(scope.opens.find(self.folded[sentence.index]), None):
                return
            line = sentence.line
            for cue in scope.items:
                found = next(cue.find(self.folded[sentence.index]), None)
                if found and found.first == 0:
                    seen.add(line)
                    yield sentence, found.last
                    break

    def _speaker_for(self, agent: Referent | None, before: Sentence) -> Referent | None:
        """The last earlier sayer who holds a post in the agent."""
        if agent is None:
            return None
        holders = settings.holders(agent.node, self.out)
        earlier = [r for n, r in self.sayers if n <= before.index and r.node.iri in holders]
        return Referent(earlier[-1].node, earlier[-1].spans, "scope") if earlier else None
