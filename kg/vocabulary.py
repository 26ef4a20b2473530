"""The vocabulary: classes, relations, posts and IRIs, from `ontology/kg.ttl` and `ontology/dataset.ttl`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg import titles, turtle
from kg.errors import Fault, OntologyError
from kg.turtle import RDF, RDFS, SCHEMA, VOID
from kg.words import fold

DATASET, TERMS = "dataset.ttl", "kg.ttl"

#: Prefixes of the graph, below its base; and those of the vocabularies it builds on.
_OWN = {
    "kg": "ontology#", "id": "id/", "st": "statement/", "ev": "evidence/", "mb": "membership/",
    "doc": "document/", "rule": "rule/", "post": "post/", "claim": "claim/", "dis": "disagreement/",
}  # fmt: skip
_OTHERS = {
    "rdf": RDF, "rdfs": RDFS, "xsd": turtle.XSD, "org": turtle.ORG, "prov": turtle.PROV, "oa": turtle.OA,
    "skos": turtle.SKOS, "schema": SCHEMA, "dcterms": turtle.DCTERMS, "owl": "http://www.w3.org/2002/07/owl#", "foaf": "http://xmlns.com/foaf/0.1/",
    "dcat": "http://www.w3.org/ns/dcat#", "void": VOID,
}  # fmt: skip


# A stop at the end, too: `..` leads elsewhere, and some read no Turtle in which a name ends so.
_MARK = re.compile(r"[^\w.~-]|\.\Z")


@dataclass(frozen=True, slots=True)
class Relation:
    """A name of the interface, how people read it, and the classes that may stand before and behind it.

    `range` has classes of entities and of values (`Date`, `Clause`), also the values that can be written as
    one of the entity classes.
    """

    name: str
    label: str
    domain: frozenset[str]
    range: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All terms by their local names.

    `classes` has for each class itself and all above it; `relations` the names of the interface; `properties`
    every property below `kg:relation` with its relation; `labels` every term; `qualifiers` what may qualify a
    statement; `titles` and `modifiers` what chooses a property for a post; `terms` and `dataset` the triples
    of the two files.
    """

    base: str
    classes: Mapping[str, frozenset[str]]
    relations: Mapping[str, Relation]
    properties: Mapping[str, str]
    labels: Mapping[str, str]
    qualifiers: frozenset[str]
    titles: Mapping[str, Mapping[str, str]]
    modifiers: Mapping[str, Collection[str]]
    terms: tuple[Triple, ...]
    dataset: tuple[Triple, ...]

    @property
    def prefixes(self) -> dict[str, str]:
        """Short names for IRIs: `kg`, `id`, `st` ... below the base, and `rdfs`, `org` ..."""
        return {name: self.base + path for name, path in _OWN.items()} | _OTHERS

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether a class is another one or stands below it; a name that is no class stands below nothing."""
        return ancestor in self.classes.get(cls, ())

    def misfit(self, relation: str, subject: str, object: str = "") -> str:
        """Which of two classes may not stand beside a relation, and what may; empty where both may, or for a value."""
        found = self.relations[relation]
        for cls, side, allowed in ((subject, "before", found.domain), (object, "behind", found.range)):
            if cls and not any(self.is_a(cls, one) for one in allowed):
                return f"no {cls} may stand {side} {relation}; allowed are {', '.join(sorted(allowed))}"
        return ""

    def property_for(self, relation: str, title: str) -> str:
        """The most specific property for a post by its title, or the relation itself where no title is known.

        Case, hyphens, a plural, the body behind it (`director of the ...`) and a modifier such as `executive`
        don't count. An unknown word before it does, since it may be a rank: an associate director is no
        director.
        """
        known = self.titles.get(relation, {})
        words = " ".join(fold(title).replace("-", " ").split())
        for name in (words, words.partition(" of ")[0].partition(" for ")[0]):
            for bare in self._unmodified(relation, name):
                if found := known.get(bare) or known.get(bare.removesuffix("s")):
                    return found
        return relation

    def title_for(self, relation: str, title: str) -> str:
        """The form of a title that the vocabulary knows (`chairwoman` as `chair`), or it in lower case."""
        words = " ".join(fold(title).split())
        known = self.titles.get(relation, {}).get(words.replace("-", " "))
        return self.label(known).rpartition(" ")[0] if known else words

    def post_title(self, relation: str, title: str, body: str) -> str:
        """A post's title however it is written: without case, `former` and a body (a label) that is named anyway."""
        plain = titles.plain(title)
        head, _, rest = plain.partition(" of ")
        if rest and fold(rest).removeprefix("the ") in fold(body):
            plain = head
        return self.title_for(relation, plain) or "post"

    def _unmodified(self, relation: str, title: str) -> Iterable[str]:
        yield title
        for modifier in self.modifiers.get(relation, ()):
            if title.startswith(f"{modifier} "):
                yield from self._unmodified(relation, title.removeprefix(f"{modifier} "))

    def label(self, term: str) -> str:
        """How people read a term, given by its local name: `ministerOf` as `minister of`."""
        return self.labels[term]

    def term(self, name: str) -> str:
        """The IRI of a term by its local name."""
        return f"{self.base}ontology#{name}"

    def iri(self, *path: str) -> str:
        """The IRI below the base with these segments, `iri("id", "jane-roe")`.

        Letters of all scripts stay as they are, marks are percent-encoded.
        """
        return iri(self.base, *path)

    def compact(self, iri: str) -> str:
        """An IRI by its prefix, `kg:ministerOf`; as it stands where no prefix fits."""
        return turtle.compact(iri, self.prefixes)


def iri(base: str, *path: str) -> str:
    """The IRI below a base with these segments.

    >>> iri("https://e.org/", "document", "工信部 & co")
    'https://e.org/document/工信部%20%26%20co'
    >>> iri("https://e.org/", "document", ".."), iri("https://e.org/", "id", "acme-ltd.")
    ('https://e.org/document/.%2E', 'https://e.org/id/acme-ltd%2E')
    """
    return base + "/".join(_MARK.sub(_encoded, part) for part in path)


def _encoded(mark: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in mark[0].encode())


def read(folder: Path) -> Vocabulary:
    """The vocabulary of an `ontology/` folder.

    Raises OntologyError for syntax or a base that is none; else with all faults: a term without label or
    comment, an undeclared term, a property without domain or range, a post title that chooses two properties.
    """
    base = _base(folder / DATASET)
    dataset = turtle.read(folder / DATASET, base)
    return _Reader(folder / TERMS, base).vocabulary(dataset)


def _base(path: Path) -> str:
    triples = turtle.read(path, "https://base.invalid/")
    found = [t.object for t in triples if t.predicate.value == f"{VOID}uriSpace"]
    if len(found) != 1 or not isinstance(found[0], Literal):
        raise OntologyError([Fault(path, 0, "needs exactly one void:uriSpace, a string")])
    base = found[0].value
    if not base.startswith(("http://", "https://")) or not base.endswith("/"):
        raise OntologyError([Fault(path, 0, f"void:uriSpace {base!r} must begin with http and end with /")])
    return base


class _Reader:
    """The terms of one file under `base`, and the faults met in them."""

    def __init__(self, path: Path, base: str) -> None:
        self.path, self.start = path, f"{base}ontology#"
        self.base = base
        self.triples = turtle.read(path, base)
        self.lines = path.read_text("utf-8").splitlines()
        self.facts: dict[str, dict[str, list[str]]] = {}
        for triple in self.triples:
            if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(self.start):
                value = triple.object.value if isinstance(triple.object, NamedNode | Literal) else ""
                by_property = self.facts.setdefault(self.local(triple.subject.value), {})
                by_property.setdefault(triple.predicate.value, []).append(value)
        self.faults: list[Fault] = []

    def vocabulary(self, dataset: tuple[Triple, ...]) -> Vocabulary:
        self.check_terms()
        classes = {
            name: self.above(name, f"{RDFS}subClassOf")
            for name, facts in self.facts.items()
            if {f"{RDFS}Class", f"{RDFS}Datatype"} & set(facts.get(f"{RDF}type", ()))
        }
        up = {name: self.above(name, f"{RDFS}subPropertyOf") for name in self.facts if name not in classes}
        parents = {name: self.own(name, f"{RDFS}subPropertyOf") for name in up}
        names = [name for name, above in parents.items() if "relation" in above]
        below = {name: relation for relation in names for name in up if relation in up[name]}
        found = Vocabulary(
            base=self.base,
            classes=classes,
            relations={name: self.relation(name, classes) for name in names},
            properties=below,
            labels={name: "".join(facts.get(f"{RDFS}label", ())[:1]) for name, facts in self.facts.items()},
            qualifiers=frozenset(name for name in up if "qualifier" in up[name]) - {"qualifier"},
            titles=self.titles(below),
            modifiers={name: tuple(self.all(name, f"{self.start}postModifier")) for name in names},
            terms=self.triples,
            dataset=dataset,
        )
        if self.faults:
            raise OntologyError(sorted(self.faults, key=lambda f: f.line))
        return found

    def local(self, iri: str) -> str:
        return iri.removeprefix(self.start)

    def all(self, name: str, property: str) -> Sequence[str]:
        return self.facts.get(name, {}).get(property, ())

    def own(self, name: str, property: str) -> list[str]:
        """The values that are terms of this vocabulary, by local name."""
        return [self.local(v) for v in self.all(name, property) if v.startswith(self.start)]

    def above(self, name: str, property: str) -> frozenset[str]:
        found, todo = {name}, [name]
        while todo:
            new = set(self.own(todo.pop(), property)) - found
            found |= new
            todo += new
        return frozenset(found)

    def relation(self, name: str, classes: Mapping[str, frozenset[str]]) -> Relation:
        sides = [
            {*self.own(name, f"{RDFS}{side}"), *self.own(name, f"{SCHEMA}{side}Includes")}
            for side in ("domain", "range")
        ]
        written = {
            value
            for value in classes
            for target in self.own(value, f"{self.start}writtenAs")
            if classes.get(target, frozenset()) & sides[1]
        }
        label = "".join(self.all(name, f"{RDFS}label")[:1])
        return Relation(name, label, frozenset(sides[0]), frozenset(sides[1] | written))

    def titles(self, below: Mapping[str, str]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, relation in below.items():
            for title in self.all(name, f"{self.start}postTitle"):
                other = found.setdefault(relation, {}).setdefault(title, name)
                if other != name:
                    self.fault(name, f"the post title {title!r} already chooses kg:{other}")
        return found

    def check_terms(self) -> None:
        for name, facts in self.facts.items():
            for need in ("label", "comment"):
                if len(facts.get(f"{RDFS}{need}", ())) != 1:
                    self.fault(name, f"needs exactly one rdfs:{need}")
            if f"{RDF}type" not in facts:
                self.fault(name, "needs a type: rdfs:Class, rdfs:Datatype, rdf:Property or kg:Status")
            for side in ("domain", "range") if f"{RDF}Property" in facts.get(f"{RDF}type", ()) else ():
                if not facts.keys() & {f"{RDFS}{side}", f"{SCHEMA}{side}Includes"}:
                    self.fault(name, f"needs rdfs:{side}, or schema:{side}Includes for one of several classes")
        used = {
            (self.local(term.value), self.local(subject.value))
            for subject, *others in self.triples
            for term in others
            if isinstance(subject, NamedNode) and isinstance(term, NamedNode) and term.value.startswith(self.start)
        }
        for name, where in sorted(used):
            if name not in self.facts:
                self.fault(where, f"names kg:{name}, which is not declared")

    def fault(self, name: str, what: str) -> None:
        line = next((n for n, text in enumerate(self.lines, 1) if f"{text} ".startswith(f"kg:{name} ")), 0)
        self.faults.append(Fault(self.path, line, f"kg:{name} {what}"))
