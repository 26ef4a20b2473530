"""The gazetteer: what is known by name, read from `ontology/entities/*.ttl`, and found in texts in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import ahocorasick_rs
import pyoxigraph as ox

from kg.errors import Fault, OntologyError
from kg.vocabulary import Vocabulary
from kg.words import fold

SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL, _ALT = SKOS + "prefLabel", SKOS + "altLabel"
_FAMILY = "https://schema.org/familyName"
#: Facts of other kinds are for rules to find in documents, not for curators to tell.
_ALLOWED = {
    _RDF_TYPE: "rdf:type",
    _LABEL: "skos:prefLabel",
    _ALT: "skos:altLabel",
    SKOS + "hiddenLabel": "skos:hiddenLabel",
    SKOS + "note": "skos:note",
    SKOS + "scopeNote": "skos:scopeNote",
    _FAMILY: "schema:familyName",
    "http://www.w3.org/2002/07/owl#sameAs": "owl:sameAs",
    "http://www.w3.org/2002/07/owl#differentFrom": "owl:differentFrom",
    "http://purl.org/dc/terms/isReplacedBy": "dcterms:isReplacedBy",
}
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{0,9}s?")


@dataclass(frozen=True, slots=True)
class Entity:
    """Something known by name. `names` begins with the English label; `demonyms` are adjectives (`Chinese`)."""

    iri: str
    label: str
    classes: frozenset[str]
    names: tuple[str, ...]
    demonyms: tuple[str, ...] = ()
    family: str = ""
    curated: bool = True


@dataclass(frozen=True, slots=True)
class NameHit:
    """Where a name stands, and which entities bear it; `demonym` where it is their adjective."""

    start: int
    end: int
    entities: tuple[str, ...]
    demonym: bool


@dataclass(frozen=True)
class Gazetteer:
    """All entities, by IRI and by name."""

    entities: Mapping[str, Entity]
    _names: tuple[str, ...] = field(repr=False)
    _bearers: tuple[tuple[tuple[str, bool], ...], ...] = field(repr=False)
    _automaton: ahocorasick_rs.AhoCorasick | None = field(repr=False)
    _index: Mapping[str, tuple[str, ...]] = field(repr=False)

    def named(self, name: str) -> tuple[str, ...]:
        """The IRIs of the entities that bear exactly this name, case aside."""
        return self._index.get(fold(name), ())

    def find(self, text: str) -> Iterator[NameHit]:
        """All names in a text, overlapping ones too, each at the boundaries of words."""
        if not self._automaton:
            return
        folded = fold(text)
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if _inside_word(folded, start, end):
                continue
            words = text[start:end]
            bearers = self._bearers[pattern]
            for demonym in (False, True):
                iris = tuple(
                    i for name, i, d in _spelled(bearers, self.entities) if d is demonym and _may_be(name, words)
                )
                if iris:
                    yield NameHit(start, end, tuple(dict.fromkeys(iris)), demonym)


def _spelled(
    bearers: tuple[tuple[str, bool], ...], entities: Mapping[str, Entity]
) -> Iterator[tuple[tuple[str, ...], str, bool]]:
    for iri, demonym in bearers:
        entity = entities[iri]
        yield (entity.demonyms if demonym else entity.names), iri, demonym


def _may_be(spellings: tuple[str, ...], words: str) -> bool:
    """Whether words of a text are a spelling of a name: abbreviations to the letter, names with their capital."""
    for name in spellings:
        if fold(name) == fold(words) and (
            name == words or (not _ACRONYM.fullmatch(name) and (words[0].isupper() or not name[0].isupper()))
        ):
            return True
    return False


def _inside_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum() and text[start].isascii()
    behind = end < len(text) and text[end].isalnum() and text[end - 1].isalnum() and text[end].isascii()
    return before or behind


def gazetteer(entities: Iterable[Entity]) -> Gazetteer:
    """The gazetteer of these entities.

    >>> roe = Entity("id:roe", "Jane Roe", frozenset({"Person"}), ("Jane Roe",))
    >>> [(h.start, h.end, h.entities) for h in gazetteer([roe]).find("As JANE ROE said")]
    [(3, 11, ('id:roe',))]
    """
    known = {e.iri: e for e in sorted(entities, key=lambda e: e.iri)}
    bearers: dict[str, dict[tuple[str, bool], None]] = defaultdict(dict)
    for entity in known.values():
        for name in entity.names:
            bearers[fold(name)][entity.iri, False] = None
        for name in entity.demonyms:
            bearers[fold(name)][entity.iri, True] = None
    names = tuple(sorted(bearers))
    index = {name: tuple(i for i, d in bearers[name] if not d) for name in names}
    automaton = ahocorasick_rs.AhoCorasick(list(names)) if names else None
    return Gazetteer(known, names, tuple(tuple(bearers[n]) for n in names), automaton, index)


def read(folder: Path, vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """The entities of `folder/entities/*.ttl`.

    Raises OntologyError for a syntax error, a fact that is no name, class or decision, an entity without label or
    class, one IRI in two files, or two entities with equal label and class and no decision that tells them apart.
    """
    faults: list[Fault] = []
    found: dict[str, Entity] = {}
    home: dict[str, Path] = {}
    apart: set[frozenset[str]] = set()
    for path in sorted(folder.glob("entities/*.ttl")):
        lines = path.read_text(encoding="utf-8").split("\n")
        try:
            quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=vocabulary.base))
        except (SyntaxError, ValueError) as error:
            faults.append(
                Fault(
                    path,
                    getattr(error, "lineno", 0) or 0,
                    f"this is no Turtle: {getattr(error, 'msg', error)}",
                )
            )
            continue
        facts: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            facts[_iri(quad.subject)][_iri(quad.predicate)].append(quad.object)
        for iri, told in facts.items():
            line = _line_of(lines, iri, vocabulary.base)
            if iri in home:
                faults.append(Fault(path, line, f"the IRI <{iri}> was used before, in {home[iri].name}"))
            home[iri] = path
            entity, wrong = _entity(iri, told, vocabulary)
            faults += [Fault(path, line, w) for w in wrong]
            apart |= {frozenset({iri, _iri(o)}) for o in told.get("http://www.w3.org/2002/07/owl#differentFrom", ())}
            if entity:
                found[iri] = entity
    faults += _twins(found, home, apart)
    if faults:
        raise OntologyError(faults)
    return tuple(found.values())


def _entity(
    iri: str, told: Mapping[str, list[ox.NamedNode | ox.Literal]], vocabulary: Vocabulary
) -> tuple[Entity | None, list[str]]:
    wrong = [
        f"<{p}> may not stand here; allowed are {', '.join(_ALLOWED.values())} and kg:demonym"
        for p in told
        if p not in _ALLOWED and p != vocabulary.term("demonym")
    ]
    prefix = vocabulary.term("")
    classes = frozenset(_iri(o).removeprefix(prefix) for o in told.get(_RDF_TYPE, ()))
    wrong += [f"unknown class <{c}>" for c in sorted(classes - vocabulary.classes.keys())]
    labels = [o for o in told.get(_LABEL, ()) if isinstance(o, ox.Literal)]
    english = [o.value for o in labels if o.language in (None, "en")]
    others = [
        o.value
        for o in (*labels, *told.get(_ALT, ()), *told.get(SKOS + "hiddenLabel", ()))
        if isinstance(o, ox.Literal)
    ]
    if not classes or len(english) != 1:
        return None, [*wrong, f"<{iri}> needs a class and one English skos:prefLabel"]
    demonyms = tuple(sorted(o.value for o in told.get(vocabulary.term("demonym"), ())))
    family = "".join(o.value for o in told.get(_FAMILY, ())[:1])
    names = tuple(dict.fromkeys((english[0], *sorted(others))))
    return Entity(iri, english[0], classes, names, demonyms, family), wrong


def _twins(found: Mapping[str, Entity], home: Mapping[str, Path], apart: set[frozenset[str]]) -> Iterator[Fault]:
    seen: dict[tuple[str, frozenset[str]], str] = {}
    for iri, entity in found.items():
        key = (fold(entity.label), entity.classes)
        if key in seen and frozenset({iri, seen[key]}) not in apart:
            yield Fault(
                home[iri],
                0,
                f"<{iri}> and <{seen[key]}> have equal label and class, and no owl:differentFrom tells them apart",
            )
        seen.setdefault(key, iri)


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _line_of(lines: list[str], iri: str, base: str) -> int:
    local = iri.removeprefix(base + "id/")
    for n, line in enumerate(lines, 1):
        if re.match(rf"(?:id:|<[^>]*){re.escape(local)}>?(?:\s|$)", line):
            return n
    return 0
