"""The pipeline: from a document to its statements, stage by stage."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import cache, commons, decisions, entities, judgements, rulebook, settings, vocabulary, wordlists, zones
from kg.alphabet import Alphabet
from kg.dates.anchors import anchors
from kg.decisions import Decisions
from kg.emissions import Emissions
from kg.entities import Entity
from kg.errors import KgError, unknown
from kg.expression import Found
from kg.fillers import Fillers, Setting
from kg.fragments import Fragments
from kg.gazetteer import gazetteer
from kg.index import Index
from kg.judgements import Judgement
from kg.matches import Match, guarding, matches, scan
from kg.memory import no_collection
from kg.mentions import Reader, mentions
from kg.model import Document, Extraction, Sentence, Zone, ZoneKind
from kg.quotations import quotations
from kg.references import References
from kg.referents import Referent
from kg.rules import RuleBook, Scope, Shape
from kg.sentences import sentences
from kg.silence import Silence
from kg.skeleton import Skeleton
from kg.statements import Statements
from kg.vocabulary import Vocabulary
from kg.words import fold
from kg.zones.cues import Cues, cues

#: The endings of the files of which an ontology is made.
_READ = frozenset({".ttl", ".toml"})
#: So many times back somebody may have spoken for whom takes the measures that a scope enumerates.
_NEAR_SAYERS = 500


@dataclass(frozen=True)
class Ontology:
    """Everything curated, read once: vocabulary, entities, word lists, rules, and what was judged."""

    vocabulary: Vocabulary
    known: tuple[Entity, ...]
    book: RuleBook
    reader: Reader
    cues: Cues
    judged: Mapping[str, Judgement]
    decisions: Decisions

    def knowing(self, more: Sequence[Entity]) -> Ontology:
        """The same with other entities than the curated ones, for the examples of rules."""
        reader = replace(self.reader, gazetteer=gazetteer(more))
        return replace(self, known=tuple(more), reader=reader, decisions=Decisions())

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
        return replace(self, book=rest, reader=replace(self.reader, shapes=Index(rest.shapes)))


def load(folder: Path, *, curated: bool = True) -> Ontology:
    """The ontology of a folder, compiled; with `curated=False` without `entities/`, as if nobody were known by name.

    It is compiled once, and again where a file has changed. Raises OntologyError with all the faults of the first part
    that has any.
    """
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix in _READ)
    return cache.kept(f"ontology {curated}", files, lambda: _load(folder, curated=curated))


def _load(folder: Path, *, curated: bool) -> Ontology:
    terms = vocabulary.read(folder)
    words = wordlists.read(folder)
    alphabet = Alphabet({name: sorted(above) for name, above in terms.classes.items()}, words)
    book = rulebook.read(folder, vocabulary=terms, alphabet=alphabet)
    known = entities.read(folder, terms) if curated else ()
    pronouns = dict.fromkeys(words.get("person-pronoun", ()), "Person")
    listed = commons.read(folder, terms, known)
    small, no_noun = (frozenset(words.get(name, ())) for name in ("function", "no-noun"))
    titles, alien = (frozenset(map(fold, words.get(name, ()))) for name in ("courtesy-title", "no-person"))
    whole = Fragments(frozenset(s.id for s in book.shapes if s.proper), titles, alien)
    reader = Reader(gazetteer((*known, *listed)), alphabet, Index(book.shapes), pronouns, small, no_noun, whole)
    judged, decided = judgements.read(folder), decisions.read(folder) if curated else Decisions()
    return Ontology(terms, known, book, reader, cues(folder / "words" / "zones.toml"), judged, decided)


def extract(document: Document, ontology: Ontology, *, cut: tuple[Zone, ...] | None = None) -> Extraction:
    """All that the rules read in one document, whose zones may be given."""
    # Of a long text nearly everything is kept to its end, and would be looked through for garbage again and again.
    with no_collection():
        return passage(document, ontology, cut=cut, whole=False).extraction()


def passage(
    document: Document, ontology: Ontology, *, cut: tuple[Zone, ...] | None = None, whole: bool = True
) -> Passage:
    """One document after all rules, with all that was found on the way.

    If not `whole`, the skeletons of sentences in which nothing is read are without units.
    """
    cut = zones.zones(document.text, ontology.cues) if cut is None else cut
    found = sentences(document.text, cut)
    read = [s for s in found if not s.unread]
    said = quotations(document.text, read)
    silent = frozenset() if whole else Silence(ontology.reader, ontology.book).of(document.text, read, said)
    skeletons = mentions(document, read, ontology.reader, silent)
    shapes = {s.id: s for s in ontology.book.shapes}
    who = References(document, found, skeletons, ontology.reader.gazetteer, ontology.vocabulary, shapes, said)
    fillers = Fillers(document, who, ontology.vocabulary, anchors(document, cut))
    out = Emissions(fillers, Statements(fillers))
    made = Passage(document, ontology, found, skeletons, who, out)
    made.shapes(shapes)
    made.match()
    made.plain()
    made.turns()
    for scope in ontology.book.scopes:
        made.scope(scope)
    return made


@dataclass
class Passage:
    """One document on its way through the rules.

    By the index of its sentence: `skeletons`, the same `folded`, and `found`, the matches; `opened`, by its id too, is
    where a scope opens. `items` are the sentences in a scope, each with the scope's id and the unit behind its cue.
    """

    document: Document
    ontology: Ontology
    sentences: tuple[Sentence, ...]
    skeletons: Mapping[int, Skeleton]
    who: References
    out: Emissions
    folded: dict[int, Skeleton] = field(default_factory=dict)
    found: dict[int, tuple[Match, ...]] = field(default_factory=dict)
    opened: dict[tuple[str, int], Found] = field(default_factory=dict)
    items: list[tuple[str, int, int]] = field(default_factory=list)
    sayers: list[tuple[int, Referent]] = field(default_factory=list)

    def extraction(self) -> Extraction:
        """What was read, with what was refused, left open and dropped."""
        stated, refused = self.out.statements.merged()
        kept, judged = judgements.withhold(stated, self.ontology.judged)
        kept, rejected = decisions.withhold(kept, self.ontology.decisions)
        left = tuple(self.out.unresolved), tuple(self.out.statements.dropped)
        return Extraction(self.document, self.sentences, kept, (*refused, *judged, *rejected), *left)

    def read(self) -> Iterator[tuple[Sentence, Skeleton]]:
        """The sentences that the rules read."""
        for sentence in self.sentences:
            if not sentence.unread:
                yield sentence, self.skeletons[sentence.index]

    def shapes(self, shapes: Mapping[str, Shape]) -> None:
        """What names say by themselves."""
        for sentence, skeleton in self.read():
            for i, mention in ((i, unit.mention) for i, unit in enumerate(skeleton.units) if unit.mention):
                telling = [m for m in mention.nested() if m.shape in shapes and shapes[m.shape].emits]
                guard = guarding(skeleton, {"match": (i, i + 1)}, self.ontology.book.guards) if telling else None
                for one in telling:
                    self.out.add_shape(one, shapes[one.shape], sentence, guard)

    def match(self) -> None:
        """The rules without scope in every sentence, and where scopes open; the folded skeletons are kept for these."""
        for sentence, skeleton in self.read():
            index = sentence.index
            self.found[index], self.folded[index] = (), skeleton
            if not skeleton.units:
                continue
            quoted = index in self.who.quotations.whole
            found, folded = matches(sentence, skeleton, self.ontology.book, quoted=quoted)
            self.found[index], self.folded[index] = found, folded
            for scope in self.ontology.book.scopes:
                if opened := next(scope.opens.find(folded), None):
                    self.opened[scope.id, index] = opened
            # Otherwise a long document would keep twice as much as it needs.
            for seen in (skeleton, folded, *(match.skeleton for match in found)):
                seen.forget()

    def plain(self) -> None:
        """What stands outside of a transcript's turns."""
        before: tuple[Sentence, Referent | None] | None = None
        for sentence, _ in self.read():
            if settings.in_transcript(sentence):
                continue
            found, voice = self.found[sentence.index], None
            if found:
                here = settings.needs_occasion(found)
                occasion = self.out.statements.occasions.before(sentence.span.start, near=True) if here else None
                setting = Setting(speaker=self._speaks_in(sentence, before), occasion=occasion)
                for match in found:
                    self.out.add(match, setting)
                    self.sayers += ((sentence.index, sayer) for sayer in settings.sayers(match, self.who))
                voice = settings.voice(found, setting, self.who)
            before = (sentence, voice)
            self.who.voices[sentence.index] = settings.sayer(found, self.who)

    def _speaks_in(self, sentence: Sentence, before: tuple[Sentence, Referent | None] | None) -> Referent | None:
        """Whose words a quotation is: of whom the sentence that ends it speaks, else who spoke right before it."""
        ends = self.who.quotations.whole.get(sentence.index)
        if ends is not None:
            return settings.sayer(self.found[ends], self.who)
        if before is None or before[0].index != sentence.index - 1:
            return None
        # A paragraph that is one quotation goes on with who spoke in the paragraph before it.
        same = before[0].line == sentence.line or self._all_quoted(sentence.line)
        return before[1] if same else None

    def _all_quoted(self, line: int) -> bool:
        """Whether a whole paragraph stands in quotation marks."""
        first = bisect_left(self.sentences, line, key=lambda s: s.line)
        last = bisect_right(self.sentences, line, first, key=lambda s: s.line)
        return all(self.sentences[n].index in self.who.quotations.whole for n in range(first, last))

    def turns(self) -> None:
        """What stands in a transcript, where the occasion and the speaker are given."""
        first = next((s for s, _ in self.read() if settings.in_transcript(s)), None)
        occasion = self.out.statements.occasions.before(first.span.start) if first else None
        occasion = occasion or settings.titled(self.sentences, self.skeletons, self.who)
        for sentence, _ in self.read():
            if settings.in_transcript(sentence):
                setting = Setting(speaker=self.who.speaker(sentence), occasion=occasion)
                for match in self.found[sentence.index]:
                    self.out.add(match, setting)

    def scope(self, scope: Scope) -> None:
        """The rules of a scope on each of its items, with the item's place, the scope's agent and who speaks for it."""
        within = [r for r in self.ontology.book.rules if r.scope == scope.id]
        for at, sentence in enumerate(self.sentences):
            opened = self.opened.get((scope.id, sentence.index))
            if opened is None:
                continue
            skeleton = self.folded[sentence.index]
            agent = (
                settings.agent(skeleton, opened, self.who) if "agent" in opened.slots else self.who.speaker(sentence)
            )
            if agent is None:
                self.out.leave_open(scope.id, sentence, "agent", "nobody before it takes the measures")
                continue
            speaker = self._speaker_for(agent, sentence) if sentence.zone.kind is not ZoneKind.TURN else None
            for n, (item, start) in enumerate(self._items(scope, at), 1):
                setting = Setting(agent=agent, speaker=speaker, ordinal=n)
                self.items.append((scope.id, item.index, start))
                for rule in within:
                    for match in scan(item, self.folded[item.index], rule, self.ontology.book.guards, start):
                        self.out.add(match, setting)
                        self.found[item.index] += (match,)

    def _items(self, scope: Scope, at: int) -> Iterator[tuple[Sentence, int]]:
        """The items after a sentence, each with the unit behind its cue: to the zone's end or a paragraph without."""
        zone, line = self.sentences[at].zone, self.sentences[at].line
        seen = {line}
        for sentence in map(self.sentences.__getitem__, range(at + 1, len(self.sentences))):
            if (sentence.zone.kind, sentence.zone.speaker) != (zone.kind, zone.speaker):
                return
            if sentence.unread or (sentence.line != line and line not in seen):
                return
            if (scope.id, sentence.index) in self.opened:
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
        holders = self.out.statements.holders(agent.node)
        last = bisect_right(self.sayers, before.index, key=lambda one: one[0])
        near = (r for _, r in reversed(self.sayers[max(0, last - _NEAR_SAYERS) : last]))
        found = next((r for r in near if r.node.iri in holders), None)
        return Referent(found.node, found.spans, "scope") if found else None
