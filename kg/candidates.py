"""Candidates: the names that texts use and no curator has decided on, most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import document, pipeline
from kg.decisions import FILE, Key, key, key_of
from kg.errors import CurationError
from kg.model import Mention, MentionKind, Node, Sentence, Span
from kg.nearness import Near, nearness
from kg.nodes import UnresolvedError
from kg.pipeline import Ontology, Passage
from kg.rules import Shape
from kg.skeleton import Skeleton
from kg.words import bare, slug

_SHORT = (MentionKind.SURNAME, MentionKind.ABBREVIATION)
#: A name and where it stands: what it stands for, its words, the sentence.
_Sighting = tuple[Node, str, Span, Sentence]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that nobody has curated, how often it is used, and the first sentence that holds it."""

    name: str
    cls: str
    mentions: int
    documents: int
    statements: int
    path: Path
    line: int
    sentence: str
    near: tuple[Near, ...] = ()


@dataclass
class _Found:
    """What is known of one name so far."""

    spellings: Counter[str] = field(default_factory=Counter)
    spans: set[tuple[str, Span]] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)
    places: dict[str, tuple[Path, int, str]] = field(default_factory=dict)


def find(
    paths: Sequence[Path], ontology: Ontology, *, progress: Callable[[str], None] = lambda _: None
) -> tuple[Candidate, ...]:
    """The candidates of these documents, by how often they are named, then by class and name.

    Raises DocumentError where one cannot be read.
    """
    found: dict[Key, _Found] = {}
    for path in paths:
        progress(path.name)
        _read(path, ontology, found)
    listed = [_candidate(k, f) for k, f in found.items() if f.spellings and k not in ontology.decisions.rejected]
    listed.sort(key=lambda c: (-c.mentions, -c.statements, c.cls, c.name))
    near = nearness([(c.name, c.cls) for c in listed], ontology.known, ontology.vocabulary, ontology.decisions)
    return tuple(replace(c, near=n) for c, n in zip(listed, near, strict=True))


def named(found: Sequence[Candidate], name: str, ontology: Ontology) -> tuple[Candidate, ...]:
    """The candidates of that name, one for each class as which texts use it.

    Raises CurationError where the name is known, was rejected, or was never seen.
    """
    if same := tuple(c for c in found if slug(c.name) == slug(name)):
        return same
    for iri in ontology.reader.gazetteer.named(name):
        listed = "" if ontology.reader.gazetteer.entities[iri].curated else ", from a public list of ontology/words/"
        raise CurationError(f"{name!r} is known already: it is {ontology.vocabulary.compact(iri)}{listed}")
    for (words, _), rejection in ontology.decisions.rejected.items():
        if words == slug(name):
            where = f"as {rejection.cls}, line {rejection.line} of {FILE} ({rejection.why})"
            raise CurationError(f"{name!r} was rejected {where}; to decide otherwise, take that out")
    raise CurationError(f"{name!r} is no name that these documents use; `kg candidates` lists those that are")


def only(same: Sequence[Candidate], cls: str = "") -> Candidate:
    """The one of several candidates of one name that is of the class, if one is given.

    Raises CurationError where none is of it, or where none is given and there are several.
    """
    fitting = [c for c in same if cls in ("", c.cls)]
    if len(fitting) == 1:
        return fitting[0]
    classes = " and as ".join(c.cls for c in same)
    wanted = f", not as {cls}" if cls else ": say which with --class"
    raise CurationError(f"{same[0].name!r} is named as {classes}{wanted}")


def _candidate(words: Key, found: _Found) -> Candidate:
    # The usual spelling; of equally usual ones, the one that was seen first. `Minister of Trade` only implies a name.
    name = max(found.spellings, key=lambda s: (s in found.places[s][2], found.spellings[s]))
    documents = {stem for stem, _ in found.spans}
    return Candidate(name, words[1], len(found.spans), len(documents), len(found.statements), *found.places[name])


def _read(path: Path, ontology: Ontology, found: dict[Key, _Found]) -> None:
    """Adds what one document names."""
    read = pipeline.passage(document.read(path), ontology)
    text = read.document.text
    for node, words, span, sentence in _sightings(read):
        one = found.setdefault(key_of(node), _Found())
        sighted = (read.document.name, span)
        if sighted in one.spans:
            continue
        one.spans.add(sighted)
        if key(words, node.type) == key_of(node):
            one.spellings[words] += 1
            line = text.count("\n", 0, sentence.span.start) + 1
            said = " ".join(text[sentence.span.start : sentence.span.end].split())
            one.places.setdefault(words, (path, line, said))
    for statement in read.extraction().statements:
        for thing in (statement.subject, statement.object):
            if isinstance(thing, Node) and thing.candidate and key_of(thing) in found:
                found[key_of(thing)].statements.add(statement.id)


def _sightings(read: Passage) -> Iterator[_Sighting]:
    """What is named in a document, by its name or by a short form of it, in the order of the text."""
    text, who = read.document.text, read.who
    names = _Names(read.ontology, who.shapes)
    for sentence in read.sentences:
        if sentence.zone.speaker and (speaker := who.speaker(sentence)) and speaker.node.candidate:
            start, end = sentence.zone.speaker
            yield speaker.node, bare(text[start:end]), sentence.zone.speaker, sentence
        for mention in names.of(read.skeletons.get(sentence.index)):
            try:
                node = who.resolve(mention, "Thing").node
            except UnresolvedError:
                continue
            if node.candidate:
                yield node, bare(mention.text), mention.span, sentence


@dataclass(frozen=True)
class _Names:
    """Tells which mentions are names that nobody has curated, or short for such a name."""

    ontology: Ontology
    shapes: Mapping[str, Shape]

    def of(self, skeleton: Skeleton | None) -> Iterator[Mention]:
        """The names in a sentence, nested ones too, each once."""
        seen: set[int] = set()
        for unit in skeleton.units if skeleton else ():
            if unit.mention:
                yield from self._in(unit.mention, seen)

    def _in(self, mention: Mention, seen: set[int]) -> Iterator[Mention]:
        """What a whole has as its part (the `Bureau` of a party's committee) is no name of its own."""
        if id(mention) in seen:
            return
        seen.add(id(mention))
        whole = self._is_name(mention)
        if whole:
            yield mention
        for slot, part in mention.parts:
            if not (whole and slot == "part"):
                yield from self._in(part, seen)

    def _is_name(self, mention: Mention) -> bool:
        """Only shapes of names are `proper`; those of persons are not, for two persons may bear one name."""
        if mention.entities or self.ontology.reader.gazetteer.named(bare(mention.text)):
            return False
        if mention.kind is not MentionKind.SHAPE:
            return mention.kind in _SHORT
        is_a = self.ontology.vocabulary.is_a
        shape = self.shapes.get(mention.shape)
        return shape is None or shape.proper or any(is_a(c, "Person") or is_a("Person", c) for c in mention.classes)
