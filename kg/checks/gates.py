"""The queries of `ontology/checks/`, each of which must find nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg import queries, turtle
from kg.checks.finding import Finding, Severity, short
from kg.errors import Fault, OntologyError
from kg.queries import Query
from kg.vocabulary import DATASET, TERMS

FOLDER = "checks"


def gather(ontology: Path) -> tuple[Query, ...]:
    """The checks by name; raises OntologyError with all that is wrong in them, each with its line."""
    found = queries.gather(ontology / FOLDER, needs={"severity"})
    allowed = ", ".join(Severity)
    faults = [
        Fault(q.path, _line(q, "severity"), f"unknown severity {q.header['severity']!r}; allowed are {allowed}")
        for q in found
        if q.header["severity"] not in list(Severity)
    ]
    if faults:
        raise OntologyError(faults)
    return found


def findings(store: Store, ontology: Path, prefixes: Mapping[str, str]) -> Iterator[Finding]:
    """What the checks find in a graph, in the order of their names; `know` what they ask of the ontology first.

    Raises OntologyError where a check is no SELECT query.
    """
    for query in gather(ontology):
        for row in _rows(query, store, prefixes):
            terms = [t.value if isinstance(t, NamedNode | Literal) else "" for t in row]
            where = " ".join(short(term, prefixes) for term in terms if term)
            yield Finding(Severity(query.header["severity"]), query.name, query.summary, where)


def know(store: Store, ontology: Path, base: str) -> None:
    """Adds vocabulary, data set and entities to a store, each file as a graph of its own; the checks ask them too."""
    for path in (ontology / TERMS, ontology / DATASET, *sorted(ontology.glob("entities/*.ttl"))):
        name = NamedNode(f"{base}ontology/{path.relative_to(ontology).as_posix()}")
        store.extend(Quad(t.subject, t.predicate, t.object, name) for t in turtle.read(path, base))


def _rows(query: Query, store: Store, prefixes: Mapping[str, str]) -> QuerySolutions:
    try:
        rows = store.query(query.text, prefixes=dict(prefixes))
    except SyntaxError as error:
        line = re.match(r"error at (\d+)", error.msg)
        raise OntologyError([Fault(query.path, int(line[1]) if line else 0, "is no SPARQL")]) from error
    if not isinstance(rows, QuerySolutions):
        raise OntologyError([Fault(query.path, 0, "is no SELECT query")])
    return rows


def _line(query: Query, key: str) -> int:
    lines = query.text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.startswith("#+") and line[2:].strip().startswith(key)), 1)
