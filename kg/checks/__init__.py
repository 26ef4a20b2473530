"""The gates that a graph passes before it is written: SHACL shapes, queries that must find nothing, quotes in texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import turtle
from kg.checks import gates, quotes, shapes
from kg.checks.finding import Finding, Severity
from kg.errors import GraphError
from kg.vocabulary import iri

__all__ = ["Finding", "Report", "Severity", "inspect", "validate"]


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong with a graph, the worst first, and how much of it was looked at.

    `nodes` of `all_nodes` were held against the shapes, `quotes` of `all_quotes` compared with their documents;
    `checks` are the names of all queries that were asked.
    """

    findings: tuple[Finding, ...]
    checks: tuple[str, ...]
    nodes: int
    all_nodes: int
    quotes: int
    all_quotes: int

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, also where there are none."""
        found = Counter(f.severity for f in self.findings)
        return {severity: found[severity] for severity in Severity}


def inspect(graph: bytes, *, ontology: Path, texts: Mapping[str, str], sample: int = shapes.SAMPLE) -> Report:
    """All that is wrong with a graph in Turtle.

    `texts` has the text of each document by its name; at most about `sample` nodes are held against the shapes.
    Raises GraphError where the graph is no Turtle, OntologyError where a shape or a check is malformed itself.
    """
    store, prefixes = turtle.load(graph)
    if "kg" not in prefixes:
        raise GraphError("the graph declares no prefix kg:, as those that `kg build` writes do")
    base = prefixes["kg"].removesuffix("ontology#")
    held = shapes.hold(store, ontology, prefixes, sample=sample)
    compared = quotes.compare(store, prefixes, {iri(base, "document", name): text for name, text in texts.items()})
    gates.know(store, ontology, base)
    asked = tuple(gates.findings(store, ontology, prefixes))
    order = list(Severity)
    found = sorted((*held.findings, *asked, *compared.findings), key=lambda f: order.index(f.severity))
    names = tuple(query.name for query in gates.gather(ontology))
    return Report(tuple(found), names, held.nodes, held.of, compared.evidence, compared.of)


def validate(graph: bytes, *, ontology: Path, texts: Mapping[str, str]) -> Report:
    """The report on a graph without errors; raises GraphError with one line for each error, else as `inspect` does."""
    report = inspect(graph, ontology=ontology, texts=texts)
    if errors := [str(f) for f in report.findings if f.severity is Severity.ERROR]:
        raise GraphError("\n".join(errors))
    return report
