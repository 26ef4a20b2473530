"""Entities: what is known by name, read from `ontology/entities/*.ttl`; names, classes and decisions, nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg import turtle
from kg.errors import Fault, OntologyError, unknown
from kg.turtle import DCTERMS, RDF, SCHEMA, SKOS
from kg.vocabulary import Vocabulary
from kg.words import fold

_OWL = "http://www.w3.org/2002/07/owl#"
_TYPE, _LABEL, _FAMILY, _APART = f"{RDF}type", f"{SKOS}prefLabel", f"{SCHEMA}familyName", f"{_OWL}differentFrom"
_NAMES = (_LABEL, f"{SKOS}altLabel", f"{SKOS}hiddenLabel")
#: Facts of other kinds are for rules to find in documents, not for curators to tell.
_ALLOWED = {
    _TYPE: "rdf:type",
    **dict(zip(_NAMES, ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel"), strict=True)),
    f"{SKOS}note": "skos:note",
    f"{SKOS}scopeNote": "skos:scopeNote",
    _FAMILY: "schema:familyName",
    _APART: "owl:differentFrom",
    f"{_OWL}sameAs": "owl:sameAs",
    f"{DCTERMS}isReplacedBy": "dcterms:isReplacedBy",
}

#: What the graph says again: not the class, which it tells itself, nor what only helps to find names in texts.
_SAID = tuple(p for p in _ALLOWED if p not in (_TYPE, f"{SKOS}hiddenLabel"))

Told = Mapping[str, list[NamedNode | Literal]]


@dataclass(frozen=True, slots=True)
class Entity:
    """Something known by name. `names` begins with the English label; `demonyms` are adjectives (`Chinese`).

    `within` has the IRIs of what a public list says that a place lies in.
    `told` is what the curator wrote of it, names in their languages and decisions: the graph says it again.
    """

    iri: str
    label: str
    classes: frozenset[str]
    names: tuple[str, ...]
    demonyms: tuple[str, ...] = ()
    family: str = ""
    curated: bool = True
    told: tuple[Triple, ...] = ()
    within: tuple[str, ...] = ()


def read(folder: Path, vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """The entities of `folder/entities/*.ttl`.

    Raises OntologyError for a syntax error, a fact that is no name, class or decision, an entity without label or
    class, one IRI told twice, or two entities with equal label and class and no decision that tells them apart.
    """
    reader = _Reader(vocabulary)
    for path in sorted(folder.glob("entities/*.ttl")):
        try:
            reader.file(path)
        except OntologyError as error:
            reader.faults += error.faults
    reader.twins()
    if reader.faults:
        raise OntologyError(reader.faults)
    return tuple(reader.found.values())


#: How a block of Turtle begins that tells of an entity.
_BEGINS = re.compile(r"(?:id:(\S+)|<([^\s>]+)>)(?=\s|$)")


class _Reader:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.faults: list[Fault] = []
        self.found: dict[str, Entity] = {}
        self.home: dict[str, tuple[Path, int]] = {}
        self.apart: set[frozenset[str]] = set()

    def file(self, path: Path) -> None:
        facts: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        for triple in turtle.read(path, self.vocabulary.base):
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                facts[triple.subject.value][triple.predicate.value].append(triple.object)
        openings = self.openings(path)
        for iri, told in facts.items():
            first, *again = openings.get(iri, [0])
            if iri in self.home:
                again = [first]
                where = f"{self.home[iri][0].name}:{self.home[iri][1]}"
            else:
                self.home[iri], where = (path, first), f"line {first}"
            self.faults += [Fault(path, n, f"the IRI <{iri}> was used before, in {where}") for n in again]
            self.faults += [Fault(path, first, what) for what in self.wrong(iri, told)]
            self.apart |= {frozenset({iri, o.value}) for o in told.get(_APART, ())}
            self.found.setdefault(iri, self.entity(iri, told))

    def wrong(self, iri: str, told: Told) -> Iterator[str]:
        for p in told:
            if p not in _ALLOWED and p != self.vocabulary.term("demonym"):
                yield f"<{p}> may not stand here; allowed are {', '.join(_ALLOWED.values())} and kg:demonym"
        if not iri.startswith(self.vocabulary.iri("id", "")):
            yield f"<{iri}> is no IRI below id/, as those of all entities are"
        for cls in sorted(self.classes(told)):
            if not self.vocabulary.is_a(cls, "Thing"):
                things = sorted(c for c in self.vocabulary.classes if self.vocabulary.is_a(c, "Thing"))
                yield unknown("class of an entity", cls, things)
        if not self.classes(told) or len(self.english(told)) != 1:
            yield f"<{iri}> needs a class and one English skos:prefLabel"
        if any(isinstance(o, Literal) and not o.value.strip() for p in _NAMES for o in told.get(p, ())):
            yield f"<{iri}> has an empty name"

    def classes(self, told: Told) -> frozenset[str]:
        return frozenset(o.value.removeprefix(self.vocabulary.term("")) for o in told.get(_TYPE, ()))

    @staticmethod
    def english(told: Told) -> list[str]:
        labels = [o for o in told.get(_LABEL, ()) if isinstance(o, Literal)]
        return [o.value for o in labels if o.language in (None, "en")]

    def entity(self, iri: str, told: Told) -> Entity:
        label = (self.english(told) or [""])[0]
        others = sorted(o.value for p in _NAMES for o in told.get(p, ()))
        demonyms = tuple(sorted(o.value for o in told.get(self.vocabulary.term("demonym"), ())))
        family = "".join(o.value for o in told.get(_FAMILY, ())[:1])
        names = tuple(dict.fromkeys((label, *others)))
        again = tuple(Triple(NamedNode(iri), NamedNode(p), o) for p in _SAID for o in told.get(p, ()))
        return Entity(iri, label, self.classes(told), names, demonyms, family, told=again)

    def openings(self, path: Path) -> dict[str, list[int]]:
        """The lines that open with the IRI of an entity, by it."""
        found: dict[str, list[int]] = defaultdict(list)
        for n, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if begins := _BEGINS.match(line):
                short, long = begins.groups()
                local = self.vocabulary.iri("id", short or long.removeprefix("id/"))
                found[long if long and ":" in long else local].append(n)
        return found

    def twins(self) -> None:
        seen: dict[tuple[str, frozenset[str]], str] = {}
        for iri, entity in self.found.items():
            key = (fold(entity.label), entity.classes)
            other = seen.setdefault(key, iri)
            if other != iri and frozenset({iri, other}) not in self.apart:
                what = f"<{iri}> and <{other}> have equal label and class, and no owl:differentFrom tells them apart"
                self.faults.append(Fault(*self.home[iri], what))
