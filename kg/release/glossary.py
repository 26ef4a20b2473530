"""The glossary: the vocabulary as a page, each term with what it means, how often it is used, and a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from jinja2 import DictLoader, Environment, StrictUndefined

from kg.page.style import asset, fingerprint
from kg.release.usage import Example, Usage
from kg.rows import Row
from kg.subjects import Subjects, subjects
from kg.vocabulary import Vocabulary

_PACKAGE = "kg.release"


@dataclass(frozen=True, slots=True)
class Link:
    """Another term: its name, and its address; that of a term of this page is on this page."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Term:
    """One term as the page shows it: its links under headings, and how often it is used, exactly and with all below."""

    name: str
    label: str
    comment: str
    iri: str
    facts: tuple[tuple[str, tuple[Link, ...]], ...]
    titles: tuple[str, ...]
    used: tuple[int, int]
    example: Example | None


@dataclass(frozen=True, slots=True)
class Group:
    """Terms of one kind, in the order of the vocabulary; `unit` is what their uses count, one and many of it."""

    id: str
    title: str
    about: str
    unit: tuple[str, str] | None
    terms: tuple[Term, ...]


def glossary(graph: Subjects, vocabulary: Vocabulary, rows: Sequence[Row], version: str) -> str:
    """`ontology.html` as text: static, without scripts, the same for the same graph."""
    style = "".join((asset("colours.css"), asset("base.css"), asset("ontology.css", _PACKAGE)))
    environment = Environment(
        loader=DictLoader({"page": asset("ontology.html.j2", _PACKAGE)}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    writer = _Writer(subjects(vocabulary.terms, vocabulary.prefixes), Usage(graph, rows), vocabulary)
    return environment.get_template("page").render(
        style=style,
        style_hash=fingerprint(style),
        version=version,
        iri=vocabulary.iri("ontology"),
        about=writer.terms.value(vocabulary.iri("ontology"), "dcterms:description"),
        groups=tuple(writer.groups()),
    )


@dataclass(frozen=True)
class _Writer:
    terms: Subjects
    usage: Usage
    vocabulary: Vocabulary

    def groups(self) -> Iterator[Group]:
        made: dict[str, list[Term]] = defaultdict(list)
        for name in self.vocabulary.labels:
            made[self.kind(name)].append(self.term(name))
        for id_, title, about, unit in _GROUPS:
            yield Group(id_, title, about, unit, tuple(made[id_]))

    def kind(self, name: str) -> str:
        """The id of the group of a term."""
        iri = self.vocabulary.term(name)
        types = {self.terms.short(t) for t in self.terms.values(iri, "rdf:type")}
        above = {self.terms.short(t) for t in self.terms.above(iri)}
        if "rdfs:Class" in types:
            return "classes"
        if "rdfs:Datatype" in types:
            return "values"
        if "rdf:Property" not in types:
            return "verdicts"
        return next((f"{name}s" for name in ("relation", "qualifier") if name in above), "parts")

    def term(self, name: str) -> Term:
        iri = self.vocabulary.term(name)
        exact, whole = self.usage.exact(iri), self.usage.whole(iri)
        return Term(
            name,
            self.vocabulary.label(name),
            self.terms.value(iri, "rdfs:comment"),
            iri,
            tuple((head, links) for head, *of in _FACTS if (links := tuple(self.links(iri, of)))),
            tuple(self.terms.values(iri, "kg:postTitle")),
            (exact, whole),
            self.usage.example(iri),
        )

    def links(self, iri: str, predicates: Sequence[str]) -> Iterator[Link]:
        if predicates == ["below"]:
            found = self._children.get(iri, [])
        else:
            found = [v for p in predicates for v in self.terms.values(iri, p)]
        for other in found:
            name = self.vocabulary.compact(other)
            own = name.startswith("kg:")
            yield Link(name.removeprefix("kg:"), f"#{name.removeprefix('kg:')}" if own else other)

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for term in self.terms.told:
            for predicate in ("rdfs:subClassOf", "rdfs:subPropertyOf"):
                for above in self.terms.values(term, predicate):
                    found[above].append(term)
        return found


_FACTS = (
    ("above it", "rdfs:subClassOf", "rdfs:subPropertyOf"),
    ("below it", "below"),
    ("from", "rdfs:domain", "schema:domainIncludes"),
    ("to", "rdfs:range", "schema:rangeIncludes"),
    ("written as", "kg:writtenAs"),
    ("one subject for each", "kg:oneSubjectFor"),
    ("one object for each", "kg:oneObjectFor"),
)
_GROUPS = (
    ("classes", "Classes", "What statements are about, and what carries them.", ("node", "nodes")),
    (
        "relations",
        "Relations",
        "What a plain triple says; a label reads from subject to object.",
        ("statement", "statements"),
    ),
    ("qualifiers", "Qualifiers", "What a statement adds to subject, property and object.", ("triple", "triples")),
    ("parts", "Statements and evidence", "How a statement leads back to words and to a rule.", ("triple", "triples")),
    (
        "verdicts",
        "Statuses and verdicts",
        "In which sense a fact is stated; how a disagreement ended.",
        ("use", "uses"),
    ),
    ("values", "Values", "What a slot of a pattern may be besides a thing; never the class of a node.", None),
)
