"""Reasons: the words behind a statement, with their document and the rule that read them, beside what a query found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import QueryError
from kg.store.answer import Answer, Cell
from kg.store.forms import Kind
from kg.turtle import OA

#: The column of an answer that its reasons are told of, and those that they add behind all others.
STATEMENT = "statement"
COLUMNS = ("whyQuote", "whyDocument", "whyRule", "whyEvidence")


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: its IRI, the words as the document has them, and who read them.

    `document` and `rule` are IRIs; `start` and `end` count the characters of the document's text. `translated`: the
    document reads as machine-translated.
    """

    evidence: str
    quote: str
    document: str
    start: int
    end: int
    rule: str
    translated: bool


def reasons(graph: Store, terms: str, statement: str) -> tuple[Reason, ...]:
    """The evidence of a statement by document and place, none where it is no statement; `terms` is our vocabulary's."""
    found = (q.object for q in graph.quads_for_pattern(NamedNode(statement), NamedNode(f"{terms}evidence"), None))
    made = [_reason(graph, terms, each) for each in found if isinstance(each, NamedNode)]
    return tuple(sorted(made, key=lambda r: (r.document, r.start, r.end, r.rule, r.evidence)))


def _reason(graph: Store, terms: str, evidence: NamedNode) -> Reason:
    def value(subject: str, predicate: str) -> str:
        found = graph.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None) if subject else ()
        return min((str(getattr(q.object, "value", "")) for q in found), default="")

    me = evidence.value
    document, rule = value(me, f"{OA}hasSource"), value(me, f"{terms}byRule")
    selectors = [q.object for q in graph.quads_for_pattern(evidence, NamedNode(f"{OA}hasSelector"), None)]
    places = [(value(s.value, f"{OA}start"), value(s.value, f"{OA}end")) for s in selectors if isinstance(s, NamedNode)]
    start, end = next(((int(s), int(e)) for s, e in places if s.isdecimal() and e.isdecimal()), (0, 0))
    return Reason(
        me,
        value(me, f"{terms}quote"),
        document,
        start,
        end,
        rule,
        value(me, f"{terms}machineTranslated") == "true",
    )


def beside(answer: Answer, told: Callable[[str], Sequence[Reason]]) -> Answer:
    """The rows with `COLUMNS` behind them, each row once for every piece of evidence of its statement.

    Raises QueryError where an answer has no column `statement`.
    """
    column = place(answer)
    rows: list[tuple[Cell, ...]] = []
    for row in answer.rows:
        statement = row[column]
        found = told(statement.value) if isinstance(statement, NamedNode) else ()
        rows += [(*row, *_cells(reason)) for reason in found] or [(*row, *(None for _ in COLUMNS))]
    return Answer.of(Kind.ROWS, (*answer.variables, *COLUMNS), tuple(rows), answer.prefixes)


def place(answer: Answer) -> int:
    """Which column holds the statements on which the rows rest; raises QueryError where none does."""
    if STATEMENT not in answer.variables or answer.kind is not Kind.ROWS:
        columns = ", ".join(f"?{name}" for name in answer.variables) if answer.kind is Kind.ROWS else answer.kind
        raise QueryError(f"the evidence is told of a column ?{STATEMENT}; this answer has {columns}")
    return answer.variables.index(STATEMENT)


def _cells(reason: Reason) -> tuple[Cell, ...]:
    nodes = (NamedNode(iri) if iri else None for iri in (reason.document, reason.rule, reason.evidence))
    return (Literal(reason.quote), *nodes)
