"""The checks that a graph passes before it is written: SHACL shapes, and queries that must find nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg import turtle
from kg.errors import Fault, GraphError, OntologyError

SHAPES, CHECKS = "shapes.ttl", "checks"
SEVERITIES = ("error", "warning")

_HEADER = re.compile(r"#\+\s*(\w+)\s*:\s*(.*)")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a graph; only errors stop a build."""

    severity: str
    what: str

    def __str__(self) -> str:
        return self.what


def validate(graph: bytes, *, ontology: Path) -> tuple[Finding, ...]:
    """The warnings about a graph in Turtle, none for most.

    Raises GraphError with one line for each violation of `shapes.ttl` and each row of an error in
    `checks/*.rq`, and OntologyError where a shape or a check is malformed itself.
    """
    store, prefixes = turtle.load(graph)
    found = [*violations(graph, ontology / SHAPES, prefixes), *findings(store, ontology / CHECKS, prefixes)]
    if errors := [f for f in found if f.severity == "error"]:
        raise GraphError("\n".join(map(str, errors)))
    return tuple(found)


def violations(graph: bytes, shapes: Path, prefixes: dict[str, str]) -> list[Finding]:
    """What breaks the shapes, without inference: 1,500 statements take about a second, with it seven."""
    # Here and not above: rdflib and pyshacl take half a second to load, which no other command should pay.
    import pyshacl
    from rdflib import Graph, Namespace
    from rdflib.namespace import RDF

    base = prefixes.get("kg", "").removesuffix("ontology#")
    turtle.read(shapes, base)  # for the line of a syntax error
    rules = Graph().parse(shapes, format="turtle", publicID=base)
    data = Graph().parse(data=graph, format="turtle")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none")
    if conforms or not isinstance(report, Graph):
        return []
    sh = Namespace("http://www.w3.org/ns/shacl#")
    found = []
    for result in report.subjects(RDF.type, sh.ValidationResult):
        focus, message = report.value(result, sh.focusNode), report.value(result, sh.resultMessage)
        value = report.value(result, sh.value)
        here = f" (here: {_short(str(value), prefixes)})" if value is not None and value != focus else ""
        found.append(Finding("error", f"{_short(str(focus), prefixes)}: {message}{here}"))
    return sorted(found, key=str)


def findings(store: Store, folder: Path, prefixes: dict[str, str]) -> Iterator[Finding]:
    """What the queries of a folder find, in the order of their names."""
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text("utf-8")
        header = {m[1]: m[2].strip() for line in text.splitlines() if (m := _HEADER.match(line))}
        severity, summary = header.get("severity", ""), header.get("summary", "")
        if severity not in SEVERITIES or not summary:
            allowed = " or ".join(SEVERITIES)
            raise OntologyError([Fault(path, 1, f"needs `#+ summary: ...` and `#+ severity: ...`, {allowed}")])
        try:
            rows = store.query(text, prefixes=prefixes)
        except SyntaxError as error:
            line = re.match(r"error at (\d+)", error.msg)
            raise OntologyError([Fault(path, int(line[1]) if line else 0, "is no SPARQL")]) from error
        if not isinstance(rows, QuerySolutions):
            raise OntologyError([Fault(path, 0, "is no SELECT query")])
        for row in rows:
            terms = [t.value if isinstance(t, NamedNode | Literal) else "" for t in row]
            yield Finding(severity, f"{summary}: {' '.join(_short(t, prefixes) for t in terms)}")


def _short(text: str, prefixes: dict[str, str]) -> str:
    """An IRI by its prefix, a long value cut, in one line."""
    line = " ".join(turtle.compact(text, prefixes).split())
    return line if len(line) <= 80 else f"{line[:79]}…"
