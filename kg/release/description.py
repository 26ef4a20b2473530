"""The description of a release: VoID and DCAT, with counts that were counted and files that were weighed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg import turtle
from kg.subjects import Subjects
from kg.turtle import DCTERMS, TYPE, VOID, XSD, Term, facts
from kg.vocabulary import Vocabulary

DCAT = "http://www.w3.org/ns/dcat#"
SPDX = "http://spdx.org/rdf/terms#"
_MEDIA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release: what it is, its media type, and whether it is the whole graph as RDF."""

    name: str
    about: str
    media: str
    dump: bool = False


def describe(
    graph: Subjects, vocabulary: Vocabulary, version: str, since: str, files: Sequence[tuple[File, bytes]]
) -> bytes:
    """`void.ttl`: all that `dataset.ttl` says of the data set, and what this release of it holds.

    `since` is the version before it, or nothing.
    """
    writer = _Writer(graph, vocabulary, version, since)
    prefixes = {**vocabulary.prefixes, "spdx": SPDX}
    return turtle.write((*vocabulary.dataset, *writer.dataset(files), *writer.distributions(files)), prefixes)


@dataclass(frozen=True, slots=True)
class _Writer:
    graph: Subjects
    vocabulary: Vocabulary
    version: str
    since: str

    @property
    def me(self) -> NamedNode:
        return NamedNode(self.vocabulary.iri("dataset"))

    def place(self, *path: str) -> NamedNode:
        """Where a file of this release is to be found, if the whole of it is put below the base."""
        return NamedNode(self.vocabulary.iri("release", self.version, *path))

    def part(self, *path: str) -> NamedNode:
        """What is described of this release: a distribution of a file, a partition."""
        return NamedNode(f"{self.place().value}#{quote('/'.join(path), safe='/:')}")

    def dataset(self, files: Sequence[tuple[File, bytes]]) -> Iterator[Triple]:
        told = self.graph.told
        predicates = Counter(p for by in told.values() for p, terms in by.items() for _ in terms)
        classes = Counter(c for s in told for c in self.graph.values(s, "rdf:type"))
        objects = {term for by in told.values() for terms in by.values() for term in terms}
        things = f"{self.vocabulary.base}id/"
        yield from facts(
            self.me,
            (NamedNode(f"{DCAT}version"), Literal(self.version)),
            (_void("triples"), Literal(sum(predicates.values()))),
            (_void("entities"), Literal(sum(s.startswith(things) for s in told))),
            (_void("uriRegexPattern"), Literal(f"^{re.escape(things)}")),
            (_void("classes"), Literal(len(classes))),
            (_void("properties"), Literal(len(predicates))),
            (_void("distinctSubjects"), Literal(len(told))),
            (_void("distinctObjects"), Literal(len(objects))),
            *((NamedNode(f"{DCTERMS}source"), NamedNode(d)) for d in self.graph.of("kg:Document")),
            *((_void("dataDump"), self.place(f.name)) for f, _ in files if f.dump),
            *((NamedNode(f"{DCAT}distribution"), self.part(f.name)) for f, _ in files),
        )
        if self.since:
            previous = NamedNode(self.vocabulary.iri("release", self.since))
            yield Triple(self.me, NamedNode(f"{DCAT}previousVersion"), previous)
        for document in self.graph.of("kg:Document"):
            me = NamedNode(document)
            for property in (f"{DCTERMS}title", f"{DCTERMS}issued", self.vocabulary.term("publisherName")):
                yield from (Triple(me, NamedNode(property), t) for t in told[document].get(property, ()))
        yield from self.partitions("classPartition", "class", "entities", classes)
        yield from self.partitions("propertyPartition", "property", "triples", predicates)

    def partitions(self, kind: str, key: str, count: str, found: Mapping[str, int]) -> Iterator[Triple]:
        for iri, number in found.items():
            me = self.part(key, self.vocabulary.compact(iri))
            yield Triple(self.me, _void(kind), me)
            yield from facts(
                me, (TYPE, _void("Dataset")), (_void(key), NamedNode(iri)), (_void(count), Literal(number))
            )

    def distributions(self, files: Sequence[tuple[File, bytes]]) -> Iterator[Triple]:
        licence = [t for t in self.vocabulary.dataset if t.predicate.value == f"{DCTERMS}license"]
        for file, content in files:
            me, sum_ = self.part(file.name), self.part(file.name, "sha256")
            yield from facts(
                me,
                (TYPE, NamedNode(f"{DCAT}Distribution")),
                (NamedNode(f"{DCTERMS}title"), Literal(file.name)),
                (NamedNode(f"{DCTERMS}description"), Literal(file.about)),
                (NamedNode(f"{DCAT}downloadURL"), self.place(file.name)),
                (NamedNode(f"{DCAT}mediaType"), NamedNode(_MEDIA + file.media)),
                (NamedNode(f"{DCAT}byteSize"), _typed(str(len(content)), "nonNegativeInteger")),
                (NamedNode(f"{SPDX}checksum"), sum_),
                *((NamedNode(f"{DCTERMS}license"), t.object) for t in licence if isinstance(t.object, NamedNode)),
            )
            if file.name.endswith(".gz"):
                yield Triple(me, NamedNode(f"{DCAT}compressFormat"), NamedNode(f"{_MEDIA}application/gzip"))
            yield from facts(
                sum_,
                (TYPE, NamedNode(f"{SPDX}Checksum")),
                (NamedNode(f"{SPDX}algorithm"), NamedNode(f"{SPDX}checksumAlgorithm_sha256")),
                (NamedNode(f"{SPDX}checksumValue"), _typed(sha256(content).hexdigest(), "hexBinary")),
            )


def _void(name: str) -> NamedNode:
    return NamedNode(VOID + name)


def _typed(value: str, datatype: str) -> Term:
    return Literal(value, datatype=NamedNode(XSD + datatype))
