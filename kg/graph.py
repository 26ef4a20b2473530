"""The graph: every statement with its evidence as RDF, and as plain triples what documents assert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal as Value
from pyoxigraph import NamedNode, Triple

from kg import register, resources, turtle
from kg.errors import GraphError
from kg.identity import membership_id
from kg.model import Document, Evidence, Knowledge, Literal, Node, Span, Statement, Status
from kg.register import Register
from kg.resources import Told
from kg.turtle import LABEL, OA, ORG, PROV, RDF, TYPE, XSD, Term, date, facts
from kg.vocabulary import Vocabulary
from kg.words import slug

#: Characters before and behind a quote by which it is found again in a text that has moved.
CONTEXT = 32

_PRECISION = {"date": "day", "gYearMonth": "month", "gYear": "year"}


def triples(
    knowledge: Knowledge,
    *,
    vocabulary: Vocabulary,
    rules: Mapping[str, tuple[str, str]],
    told: Told | None = None,
    found: Register | None = None,
) -> frozenset[Triple]:
    """All triples of the graph; no blank node among them.

    `rules` has for each rule's id what it says and its pattern, `told` what a curator says of an IRI,
    `found` what comparing the statements has found. Raises GraphError for a property, class,
    qualifier, document or rule that nothing declares.
    """
    documents = [e.document for e in knowledge.extractions]
    statements = knowledge.statements
    made = {
        *stated(statements, documents, vocabulary=vocabulary, told=told),
        *register.triples(found or Register(), vocabulary),
        *resources.rules({e.rule for s in statements for e in s.evidence}, rules, vocabulary),
    }
    return frozenset({*made, *resources.terms(made, vocabulary), *vocabulary.dataset})


def stated(
    statements: Sequence[Statement],
    documents: Iterable[Document],
    *,
    vocabulary: Vocabulary,
    told: Told | None = None,
) -> Iterator[Triple]:
    """The triples of statements with their evidence, of what they speak of, and of the documents; some come twice.

    Raises GraphError as `triples` does.
    """
    known = {d.name: d for d in documents}
    graph = _Graph(vocabulary, known)
    for statement in statements:
        yield from graph.statement(statement)
        for evidence in statement.evidence:
            yield from graph.evidence(evidence)
    yield from graph.memberships(s for s in statements if s.relation == "holdsPost")
    yield from graph.claims(statements)
    yield from resources.nodes(statements, known.values(), vocabulary, told or {})
    for document in known.values():
        yield from resources.document(document, vocabulary)


def write(
    knowledge: Knowledge,
    *,
    vocabulary: Vocabulary,
    rules: Mapping[str, tuple[str, str]],
    told: Told | None = None,
    found: Register | None = None,
) -> bytes:
    """The graph as Turtle, grouped by subject, with prefixes: the same bytes for the same knowledge."""
    return turtle.write(
        triples(knowledge, vocabulary=vocabulary, rules=rules, told=told, found=found), vocabulary.prefixes
    )


@dataclass(frozen=True, slots=True)
class _Graph:
    vocabulary: Vocabulary
    documents: Mapping[str, Document]

    def kg(self, name: str) -> NamedNode:
        return NamedNode(self.vocabulary.term(name))

    def node(self, *path: str) -> NamedNode:
        return NamedNode(self.vocabulary.iri(*path))

    # -- statements and their evidence

    def statement(self, statement: Statement) -> Iterator[Triple]:
        if statement.property not in self.vocabulary.properties:
            raise GraphError(f"{statement.property!r} is no property below kg:relation")
        me, property = self.node("statement", statement.id), self.kg(statement.property)
        subject, thing = NamedNode(statement.subject.iri), _object(statement.object)
        if statement.status is Status.ASSERTED:
            yield Triple(subject, property, thing)
        yield from facts(
            me,
            (TYPE, NamedNode(f"{RDF}Statement")),
            (NamedNode(f"{RDF}subject"), subject),
            (NamedNode(f"{RDF}predicate"), property),
            (NamedNode(f"{RDF}object"), thing),
            (self.kg("status"), self.kg(statement.status.value)),
            *((self.kg("evidence"), self.node("evidence", e.id)) for e in statement.evidence),
            *(self.qualifier(name, value) for name, value in statement.qualifiers if name != "post"),
        )
        if isinstance(statement.object, Literal):
            yield from self.dates(me, statement.object)
        elif statement.relation == "holdsPost":
            yield Triple(me, self.kg("post"), self.post(statement, statement.object))

    def dates(self, me: NamedNode, value: Literal) -> Iterator[Triple]:
        if value.begin and value.end:
            yield Triple(me, self.kg("begin"), date(value.begin.isoformat()))
            yield Triple(me, self.kg("end"), date(value.end.isoformat()))
        if precision := _PRECISION.get(value.datatype, "span" if value.begin else ""):
            yield Triple(me, self.kg("precision"), Value(precision))

    def qualifier(self, name: str, value: str) -> tuple[NamedNode, Term]:
        if name not in self.vocabulary.qualifiers:
            allowed = ", ".join(sorted(self.vocabulary.qualifiers))
            raise GraphError(f"{name!r} is no qualifier; allowed are {allowed}")
        if name in {"asOf", "date"}:
            return self.kg(name), date(value)
        return self.kg(name), Value(int(value)) if name == "ordinal" and value.isdecimal() else Value(value)

    def evidence(self, evidence: Evidence) -> Iterator[Triple]:
        document = self.documents.get(evidence.document)
        if document is None:
            raise GraphError(f"evidence is from {evidence.document!r}, but no document has this name")
        me = self.node("evidence", evidence.id)
        quote, position = (self.node("evidence", f"{evidence.id}-{kind}") for kind in ("quote", "position"))
        start, end = evidence.span
        yield from facts(
            me,
            (TYPE, NamedNode(f"{OA}SpecificResource")),
            (NamedNode(f"{OA}hasSource"), self.node("document", evidence.document)),
            (NamedNode(f"{OA}hasSelector"), quote),
            (NamedNode(f"{OA}hasSelector"), position),
            (self.kg("quote"), Value(evidence.quote)),
            (self.kg("byRule"), self.node("rule", evidence.rule)),
            *((self.kg("slot"), Value(" ".join((name, *_ranges(span))))) for name, span in evidence.spans),
            *(
                (
                    self.kg("antecedent"),
                    Value(" ".join((a.slot, a.how.replace(" ", "-"), *_ranges(*a.spans)))),
                )
                for a in evidence.antecedents
            ),
            *(
                (self.kg(name), NamedNode(evidence.speaker.iri))
                if name == "attributedTo" and evidence.speaker and value == evidence.speaker.label
                else self.qualifier(name, value)
                for name, value in evidence.qualifiers
            ),
        )
        if evidence.speaker:
            yield Triple(me, self.kg("assertedBy"), NamedNode(evidence.speaker.iri))
        if document.machine_translated:
            yield Triple(me, self.kg("machineTranslated"), Value(True))
        yield from facts(
            quote,
            (TYPE, NamedNode(f"{OA}TextQuoteSelector")),
            (NamedNode(f"{OA}exact"), Value(evidence.quote)),
            (NamedNode(f"{OA}prefix"), Value(document.text[max(0, start - CONTEXT) : start])),
            (NamedNode(f"{OA}suffix"), Value(document.text[end : end + CONTEXT])),
        )
        yield from facts(
            position,
            (TYPE, NamedNode(f"{OA}TextPositionSelector")),
            (NamedNode(f"{OA}start"), Value(start)),
            (NamedNode(f"{OA}end"), Value(end)),
        )

    # -- posts and claims

    def post(self, statement: Statement, body: Node) -> NamedNode:
        path = body.iri.removeprefix(self.vocabulary.base).removeprefix("id/")
        return NamedNode(f"{self.vocabulary.base}post/{path}/{slug(self.title(statement, body))}")

    def title(self, statement: Statement, body: Node) -> str:
        return self.vocabulary.post_title(statement.relation, _post(statement), body.label)

    def memberships(self, held: Iterable[Statement]) -> Iterator[Triple]:
        """A membership and a post for each holding, also those without a plain triple (former, acting)."""
        labels: dict[NamedNode, set[str]] = {}
        snapshots: dict[NamedNode, set[str]] = {}
        for statement in held:
            if not isinstance(body := statement.object, Node):
                continue
            post, person = self.post(statement, body), NamedNode(statement.subject.iri)
            me = self.node("membership", membership_id(person.value, body.iri, post.value, statement.status))
            snapshots.setdefault(me, set()).update(_snapshots(statement))
            labels.setdefault(post, set()).add(f"{self.title(statement, body)}, {body.label}")
            yield from facts(
                me,
                (TYPE, NamedNode(f"{ORG}Membership")),
                (NamedNode(f"{ORG}member"), person),
                (NamedNode(f"{ORG}organization"), NamedNode(body.iri)),
                (NamedNode(f"{ORG}role"), post),
                (self.kg("status"), self.kg(statement.status.value)),
                (NamedNode(f"{PROV}wasDerivedFrom"), self.node("statement", statement.id)),
            )
            yield from facts(post, (TYPE, self.kg("Post")), (NamedNode(f"{ORG}postIn"), NamedNode(body.iri)))
            if statement.status is Status.ASSERTED:
                yield Triple(post, NamedNode(f"{ORG}heldBy"), person)
        # Titles with one slug may differ in a mark.
        yield from (Triple(post, LABEL, Value(min(said))) for post, said in labels.items())
        for me, dates in snapshots.items():
            # The first and the last; those between them add nothing.
            yield from (Triple(me, self.kg("asOf"), date(day)) for day in {*sorted(dates)[:1], *sorted(dates)[-1:]})

    def claims(self, statements: Iterable[Statement]) -> Iterator[Triple]:
        """Whose each claim is, and the date of the first document that has it."""
        found: dict[NamedNode, set[str]] = {}
        for statement in statements:
            if isinstance(statement.object, Node) and statement.object.words:
                me = NamedNode(statement.object.iri)
                yield Triple(me, NamedNode(f"{PROV}wasAttributedTo"), NamedNode(statement.subject.iri))
                published = {self.documents[e.document].published for e in statement.evidence} - {None}
                dates = _snapshots(statement) or {day.isoformat() for day in published if day}
                found.setdefault(me, set()).update(dates)
        yield from (Triple(me, self.kg("asOf"), date(min(dates))) for me, dates in found.items() if dates)


def _object(thing: Node | Literal) -> Term:
    if isinstance(thing, Node):
        return NamedNode(thing.iri)
    return Value(thing.value, datatype=NamedNode(XSD + thing.datatype))


def _post(statement: Statement) -> str:
    return dict(statement.qualifiers).get("post", "")


def _snapshots(statement: Statement) -> set[str]:
    """The dates as of which its documents speak, as far as they are dates and not words."""
    given = {value for e in statement.evidence for name, value in e.qualifiers if name == "asOf"}
    return {value for value in given if date(value).datatype.value != f"{XSD}string"}


def _ranges(*spans: Span) -> Iterable[str]:
    return (f"char={span.start},{span.end}" for span in spans)
