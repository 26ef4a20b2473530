"""Usage: how often each term of the vocabulary stands in a graph, and a sentence where it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from kg.rows import Row
from kg.subjects import Subjects


@dataclass(frozen=True, slots=True)
class Example:
    """A statement in which a term stands: its words, cut where the subject's and the object's begin and end.

    `pieces` are the quote's, each with the part that it names or nothing; `link` is where the reading room shows it.
    """

    subject: str
    relation: str
    object: str
    pieces: tuple[tuple[str, str], ...]
    document: str
    link: str


@dataclass(frozen=True)
class Usage:
    """What a graph and the rows of its evidence say of terms, given by their IRIs."""

    graph: Subjects
    rows: Sequence[Row]

    def exact(self, term: str) -> int:
        """How often a term itself stands: a property in triples, a class as that of a node, a status in statements."""
        return self._counts[term]

    def whole(self, term: str) -> int:
        """The same with all terms below it."""
        return sum(n for other, n in self._counts.items() if term in self.graph.above(other))

    def example(self, term: str) -> Example | None:
        """The first statement, as documents go, in which a term stands, or else one below it; None where none does."""
        row = self._first.get(term) or self._below.get(term)
        return _example(row) if row else None

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        graph, made = self.graph, Counter[str]()
        for subject, by in graph.told.items():
            made.update({predicate: len(terms) for predicate, terms in by.items()})
            made.update(v for p in ("rdf:type", "kg:status", "kg:verdict") for v in graph.values(subject, p))
        # What statements say counts in any status, also where no plain triple says it.
        said = Counter(graph.value(s, "rdf:predicate") for s in graph.statements)
        return made | said

    @cached_property
    def _first(self) -> Mapping[str, Row]:
        found: dict[str, Row] = {}
        for row in self.rows:
            for term in self._touched(row):
                found.setdefault(term, row)
        return found

    @cached_property
    def _below(self) -> Mapping[str, Row]:
        found: dict[str, Row] = {}
        for term, row in self._first.items():
            for other in self.graph.above(term):
                found.setdefault(other, row)
        return found

    @cached_property
    def _relations(self) -> frozenset[str]:
        return frozenset(t for t in self.graph.told if self.graph.iri("kg:relation") in self.graph.above(t))

    def _touched(self, row: Row) -> Iterator[str]:
        """The terms that tell of a row's statement, of its evidence and of what these speak of."""
        graph = self.graph
        statement, evidence = graph.iri(f"st:{row['statement']}"), graph.iri(f"ev:{row['evidence']}")
        yield graph.value(statement, "rdf:predicate")
        yield graph.value(statement, "kg:status")
        spoken_of = (row["subject_iri"], row["object_iri"] or "", graph.value(statement, "kg:post"))
        beside = (*graph.values(evidence, "oa:hasSource"), *graph.values(evidence, "kg:byRule"))
        for subject in (statement, evidence, *spoken_of, *beside):
            # What else is stated of a thing has sentences of its own.
            yield from (p for p in graph.told.get(subject, ()) if p not in self._relations)
            yield from graph.values(subject, "rdf:type")


def _example(row: Row) -> Example:
    start, quote = row["start"], row["quote"]
    marks = sorted(
        (s - start, e - start, part) for part, (s, e) in row["spans"].items() if part in {"subject", "object"}
    )
    pieces: list[tuple[str, str]] = []
    at = 0
    for begin, end, part in marks:
        if at <= begin < end <= len(quote):
            pieces += [(quote[at:begin], ""), (quote[begin:end], part)]
            at = end
    pieces.append((quote[at:], ""))
    state = urlencode({"statement": row["statement"], "doc": row["document"]})
    shown = tuple(piece for piece in pieces if piece[0])
    return Example(row["subject"], row["label"], row["object"], shown, row["document"], f"graph.html#{state}")
