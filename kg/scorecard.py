"""Scorecards: for each rule, how often it spoke in which documents, how it was judged, what looks wrong with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, groupby

from kg.errors import Fault
from kg.gazetteer import Gazetteer
from kg.judgements import VERDICTS, Judgement
from kg.model import Extraction, Span, Statement, Status
from kg.pattern import Series, Word, walk
from kg.rules import Rule, RuleBook, Shape


@dataclass(frozen=True, slots=True)
class Line:
    """What one rule or shape did: pieces of evidence in each document, refused ones, and how many were judged how."""

    rule: str
    documents: Mapping[str, int]
    refused: int
    judged: Mapping[str, int]

    @property
    def fired(self) -> int:
        """How many pieces of evidence it gave, all documents together."""
        return sum(self.documents.values())


def scorecard(book: RuleBook, extractions: Iterable[Extraction], judged: Mapping[str, Judgement]) -> tuple[Line, ...]:
    """A line for every rule and shape that says something, in the order of the book.

    What was judged wrong is withheld, and counted as fired and judged, not as refused by a guard.
    """
    fired: dict[str, Counter[str]] = defaultdict(Counter)
    refused: Counter[str] = Counter()
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for extraction in extractions:
        for statement in (*extraction.statements, *extraction.refused):
            for evidence in statement.evidence:
                if evidence.id in judged:
                    verdicts[evidence.rule][judged[evidence.id].verdict] += 1
                if statement in extraction.statements or evidence.id in judged:
                    fired[evidence.rule][evidence.document] += 1
                else:
                    refused[evidence.rule] += 1
    return tuple(
        Line(r.id, dict(fired[r.id]), refused[r.id], {v: verdicts[r.id][v] for v in VERDICTS})
        for r in book.readers
        if r.emits
    )


def faults(book: RuleBook, known: Gazetteer) -> Iterator[Fault]:
    """What is wrong with a rule whatever it reads: it says what another says, or it names somebody."""
    seen: dict[object, Rule | Shape] = {}
    for reader in book.readers:
        twin = seen.setdefault(_meaning(reader), reader)
        if twin is not reader:
            yield Fault(reader.path, reader.line, f"{reader.id} is {twin.id} again; one of them is enough")
        for name in dict.fromkeys(_names(reader, known)):
            yield Fault(reader.path, reader.line, f"{reader.id} holds the name {name!r}; names belong into entities/")


def _meaning(reader: Rule | Shape) -> object:
    more = (reader.zones, reader.scope, reader.status, reader.folds) if isinstance(reader, Rule) else reader.cls
    return reader.expression.tree, reader.emits, more


def _names(reader: Rule | Shape, known: Gazetteer) -> Iterator[str]:
    """The words of a pattern, from a capital on, that stand side by side and are the name of an entity."""
    for series in walk(reader.expression.tree):
        items = series.items if isinstance(series, Series) else ()
        for _, run in groupby(items, key=lambda item: isinstance(item, Word)):
            words = [item for item in run if isinstance(item, Word)]
            for first, last in combinations(range(len(words) + 1), 2):
                name = " ".join(word.text for word in words[first:last])
                if words[first].capital and known.named(name):
                    yield name


def silent(lines: Iterable[Line]) -> tuple[str, ...]:
    """The rules that say nothing in any of the documents."""
    return tuple(line.rule for line in lines if not line.fired and not line.refused)


def shadowed(extractions: Iterable[Extraction]) -> Iterator[tuple[str, str]]:
    """The rules that say nothing in the documents but what one other rule says of the same words: rule and shadow."""
    said: dict[str, set[tuple[str, str, Span]]] = defaultdict(set)
    for extraction in extractions:
        for statement in _said(extraction):
            for evidence in statement.evidence:
                said[evidence.rule].add((statement.id, evidence.document, evidence.span))
    for rule, facts in sorted(said.items()):
        other = next((o for o, theirs in sorted(said.items()) if o != rule and facts <= theirs), None)
        if other:
            yield rule, other


def _said(extraction: Extraction) -> Iterator[Statement]:
    yield from extraction.statements
    yield from (s for s in extraction.refused if s.status is Status.WITHHELD)
