"""Facts: one record for each piece of evidence of each statement, as a Python program wants it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from pyoxigraph import NamedNode

from kg.frames import IRI, Table
from kg.rows import Row
from kg.subjects import Subjects


@dataclass(frozen=True, slots=True)
class Fact:
    """What one piece of evidence says, in the names of `statements.jsonl`.

    `quote` are characters `start` to `end` of the document's text; `object_iri` is None for a value. `statement` and
    `evidence` are ids: several facts with one statement say the same.
    """

    subject: str
    relation: str
    object: str
    status: str
    qualifiers: Mapping[str, str]
    quote: str
    rule: str
    document: str
    start: int
    end: int
    subject_iri: IRI
    object_iri: IRI | None
    statement: str
    evidence: str


#: What a table of facts shows.
_COLUMNS = tuple(f.name for f in fields(Fact))


def table(facts: Iterable[Fact], prefixes: Mapping[str, str]) -> Table[Fact]:
    """Facts as a table, by document, then by place in it."""
    order = sorted(facts, key=lambda f: (f.document, f.start, f.rule, f.end, f.statement, f.evidence))
    return Table(_COLUMNS, tuple(order), prefixes)


def from_row(row: Row) -> Fact:
    """The fact of a row of `statements.jsonl`."""
    known = {name: row[name] for name in _COLUMNS}
    thing = row["object_iri"]
    return Fact(**{**known, "subject_iri": IRI(row["subject_iri"]), "object_iri": IRI(thing) if thing else None})


def of_statement(graph: Subjects, statement: str) -> Iterator[Fact]:
    """The facts of a statement, given by its IRI, as far as the graph tells: of a post the name that it has there."""
    subject = graph.value(statement, "rdf:subject")
    (thing,) = graph.terms(statement, "rdf:object")
    node = IRI(thing.value) if isinstance(thing, NamedNode) else None
    for evidence in graph.values(statement, "kg:evidence"):
        place = next((s for s in graph.values(evidence, "oa:hasSelector") if graph.terms(s, "oa:start")), "")
        yield Fact(
            subject=graph.label(subject),
            relation=_relation(graph, graph.value(statement, "rdf:predicate")),
            object=graph.value(thing.value, "kg:words") or graph.label(thing.value) if node else thing.value,
            status=graph.short(graph.value(statement, "kg:status")),
            qualifiers=dict(sorted((*_qualifiers(graph, statement), *_qualifiers(graph, evidence)))),
            quote=graph.value(evidence, "kg:quote"),
            rule=graph.label(graph.value(evidence, "kg:byRule")),
            document=_id(graph, graph.value(evidence, "oa:hasSource")),
            start=int(graph.value(place, "oa:start")),
            end=int(graph.value(place, "oa:end")),
            subject_iri=IRI(subject),
            object_iri=node,
            statement=_id(graph, statement),
            evidence=_id(graph, evidence),
        )


def _relation(graph: Subjects, property: str) -> str:
    """The relation of the interface that a property is, or stands below."""
    top = graph.iri("kg:relation")
    found = [p for p in graph.above(property) if top in graph.values(p, "rdfs:subPropertyOf")]
    return graph.short(min(found, default=property))


def _qualifiers(graph: Subjects, subject: str) -> Iterator[tuple[str, str]]:
    for predicate, terms in graph.told[subject].items():
        if graph.iri("kg:qualifier") in graph.above(predicate):
            said = (graph.label(t.value) if isinstance(t, NamedNode) else t.value for t in terms)
            yield graph.short(predicate), ", ".join(said)


def _id(graph: Subjects, iri: str) -> str:
    return graph.short(iri).partition(":")[2]
