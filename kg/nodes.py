"""Nodes: the IRI, label and class of what a name or a description of one document stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.gazetteer import Gazetteer
from kg.model import Document, Mention, MentionKind, Node
from kg.rules import Shape
from kg.vocabulary import Vocabulary
from kg.words import bare, english_ordinal, ordinal, slug


class UnresolvedError(Exception):
    """What a mention stands for cannot be told; the message says why. Always caught where statements are made."""


@dataclass
class Nodes:
    """Names things: what is curated globally, uncurated bodies by their full name, all else inside the document.

    `whole` gives the node of a nested mention, which may refer to something else.
    """

    document: Document
    gazetteer: Gazetteer
    vocabulary: Vocabulary
    shapes: dict[str, Shape]
    whole: Callable[[Mention], Node]
    _local: dict[tuple[str, ...], str] = field(default_factory=dict)
    _taken: Counter[str] = field(default_factory=Counter)
    _labels: dict[str, str] = field(default_factory=dict)
    _editions: dict[str, dict[str, Node]] = field(default_factory=dict)

    def node(self, mention: Mention, cls: str = "Thing") -> Node:
        """The node of a name or a description that refers to nothing before it."""
        if mention.entities:
            return self.known(mention, cls)
        if edition := self._edition(mention):
            return edition
        shape = self.shapes.get(mention.shape)
        if mention.kind is MentionKind.LITERAL:
            raise UnresolvedError("the words name nobody and nothing")
        if shape is None or shape.proper:
            return self._only_edition(self._proper(mention))
        return self.described(mention)

    def known(self, mention: Mention, cls: str) -> Node:
        """The curated thing that bears the name, or the one edition of it that the document names.

        Raises UnresolvedError where none of the bearers, or more than one, is of the class.
        """
        fitting = [i for i in mention.entities if self.fits(self.gazetteer.entities[i].classes, cls)]
        if len(fitting) != 1:
            names = ", ".join(fitting or mention.entities)
            raise UnresolvedError(
                f"the name is ambiguous: {names}" if fitting else f"no {cls} bears this name, but {names}"
            )
        return self._only_edition(self.entity(fitting[0]))

    def entity(self, iri: str) -> Node:
        """The node of a curated entity."""
        entity = self.gazetteer.entities[iri]
        return Node(iri, entity.label, min(entity.classes), entity.names, candidate=not entity.curated)

    def fits(self, classes: frozenset[str], wanted: str) -> bool:
        """Whether something of these classes may stand where a class, or one of several (`Agent|Event`), is wanted."""
        every = wanted.split("|")
        if "Demonym" in every or not self.vocabulary.classes.keys() & {*every}:
            return True
        return any(self.vocabulary.is_a(c, w) for c in classes for w in every)

    def note_edition(self, mention: Mention) -> None:
        """Notes an edition that the document names, so that the bare name of its series can mean it."""
        node, series = self._edition(mention), self._series(mention)
        if node and series:
            self._editions.setdefault(series.iri, {})[node.iri] = node

    def _only_edition(self, series: Node) -> Node:
        """The one edition of a series that the document names; else the series."""
        editions = self._editions.get(series.iri, {})
        return next(iter(editions.values())) if len(editions) == 1 else series

    def _series(self, mention: Mention) -> Node | None:
        """The series that an edition names: a curated one, or one with a full proper name."""
        series = mention.part("series")
        if series and series.kind is MentionKind.ABBREVIATION and isinstance(series.value, Mention):
            series = series.value
        if series is None or len(series.entities) > 1:
            return None
        if series.entities:
            return self.entity(series.entities[0])
        shape = self.shapes.get(series.shape)
        return self._proper(series) if shape and shape.proper else None

    def _edition(self, mention: Mention) -> Node | None:
        series, number = self._series(mention), mention.part("ordinal")
        if series is None or number is None or not isinstance(number.value, int):
            return None
        nth = english_ordinal(number.value)
        # An English ordinal goes before English names only.
        names = tuple(f"{nth} {name}" for name in series.names if name.isascii()) or (f"{nth} {series.label}",)
        return Node(f"{series.iri}-{number.value}", names[0], series.type, names, series.candidate)

    def _proper(self, mention: Mention) -> Node:
        """Something uncurated with a full proper name: equal names are one thing in all documents.

        Not so a person, nor an authority of which the name tells no place: many countries have a Ministry of Finance.
        """
        label = " ".join(bare(mention.text).split())
        first, _, rest = label.partition(" ")
        number = ordinal(first)
        name = f"{english_ordinal(number)} {rest}" if number and rest else label
        cls = min(mention.classes)
        if self.fits(mention.classes, "Person"):
            return self.named(("person", slug(label)), label, cls)
        if self.fits(mention.classes, "Authority") and not self._tells_whose(name):
            return self.named((slug(name),), label, cls)
        return Node(self.vocabulary.iri("id", slug(name)), label, cls, (label,), candidate=True)

    def _tells_whose(self, name: str) -> bool:
        bearers = {iri for hit in self.gazetteer.find(name) for iri in hit.entities}
        return any(self.fits(self.gazetteer.entities[iri].classes, "Place|Polity") for iri in bearers)

    def described(self, mention: Mention) -> Node:
        """Something that only this document speaks of: its head and what it is part of tell it from others."""
        head = self.head(mention)
        wholes = [self._part_key(part) for name, part in mention.parts if name in ("whole", "body", "term", "ordinal")]
        if mention.article == "another":  # not the one that was spoken of before
            wholes.append(str(mention.span.start))
        cls = min(mention.classes)
        return self.named((head, *filter(None, wholes)), bare(mention.text), "Person" if cls == "PostOf" else cls)

    def head(self, mention: Mention) -> str:
        """The noun of a description without what it is part of, as a segment of an IRI."""
        part = mention.part("part") or mention.part("name")
        return slug(bare((part or mention).text))

    def _part_key(self, part: Mention) -> str:
        if isinstance(part.value, int):
            return str(part.value)
        try:
            return self.whole(part).iri
        except UnresolvedError:
            return slug(part.text)

    def named(self, key: tuple[str, ...], label: str, cls: str) -> Node:
        """The node of something of this document only; equal keys are one thing."""
        if key not in self._local:
            name = key[1] if key[0] == "person" else key[0]
            self._taken[name] += 1
            self._local[key] = name if self._taken[name] == 1 else f"{name}-{self._taken[name]}"
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
