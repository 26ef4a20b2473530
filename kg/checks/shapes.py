"""SHACL: the shapes of `ontology/shapes.ttl`, held against every node of a graph, or a sample of a large one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from pyoxigraph import NamedNode, Store, Triple

from kg import turtle
from kg.checks.finding import Finding, Severity, short
from kg.turtle import RDFS, TYPE

SHAPES = "shapes.ttl"
#: How many nodes are looked at: 5,000 take about four seconds, and what is wrong with one is wrong with many.
SAMPLE = 5000
_ABOVE = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf")


@dataclass(frozen=True, slots=True)
class Held:
    """What breaks the shapes, and how many nodes of how many were looked at."""

    findings: tuple[Finding, ...]
    nodes: int
    of: int


def hold(store: Store, ontology: Path, prefixes: Mapping[str, str], *, sample: int = SAMPLE) -> Held:
    """The shapes held against the graph, without inference: 1,500 statements take about a second, with it seven.

    Of more than `sample` nodes as many as that are chosen, evenly from every class, by a hash of their IRIs: the
    same ones every time. Raises OntologyError where the shapes are no Turtle.
    """
    # Here and not above: rdflib and pyshacl take half a second to load, which no other command should pay.
    import pyshacl
    from rdflib import Graph, Namespace
    from rdflib.namespace import RDF as RDF_

    base = prefixes["kg"].removesuffix("ontology#")
    turtle.read(ontology / SHAPES, base)  # for the line of a syntax error
    rules = Graph().parse(ontology / SHAPES, format="turtle", publicID=base)
    sh = Namespace("http://www.w3.org/ns/shacl#")
    targets = [NamedNode(str(each)) for each in rules.objects(None, sh.targetObjectsOf)]
    nodes = _nodes(store, targets)
    chosen = _chosen(nodes, sample)
    of = len({iri for every in nodes.values() for iri in every})
    data = Graph().parse(data=turtle.write(_around(store, chosen, targets), {}), format="turtle")
    # Not with `focus_nodes`: pyshacl 0.40 then lets no other node fit a shape inside of a shape.
    conforms, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none")
    if conforms or not isinstance(report, Graph):
        return Held((), len(chosen), of)
    found = []
    for result in report.subjects(RDF_.type, sh.ValidationResult):
        node, message = str(report.value(result, sh.focusNode)), str(report.value(result, sh.resultMessage))
        if node not in chosen:
            continue  # only its class is here, because others point to it
        value = report.value(result, sh.value)
        here = f" (here: {short(str(value), prefixes)})" if value is not None and str(value) != node else ""
        found.append(Finding(Severity.ERROR, "shapes", message, f"{short(node, prefixes)}{here}"))
    return Held(tuple(sorted(found, key=str)), len(chosen), of)


def _nodes(store: Store, targets: Iterable[NamedNode]) -> dict[str, set[str]]:
    """The IRIs of all that a shape may be held against, by their classes; `targets` lead to those without a class."""
    found: dict[str, set[str]] = defaultdict(set)
    typed: set[str] = set()
    for quad in store.quads_for_pattern(None, TYPE, None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            found[quad.object.value].add(quad.subject.value)
            typed.add(quad.subject.value)
    for quad in (q for target in targets for q in store.quads_for_pattern(None, target, None, None)):
        if isinstance(quad.object, NamedNode) and quad.object.value not in typed:
            found[""].add(quad.object.value)
    return found


def _chosen(nodes: Mapping[str, set[str]], sample: int) -> set[str]:
    every = {iri for each in nodes.values() for iri in each}
    if len(every) <= sample:
        return every
    chosen: set[str] = set()
    # The smallest classes first: what they leave of their share goes to the others.
    for left, iris in zip(range(len(nodes), 0, -1), sorted(nodes.values(), key=len), strict=True):
        share = (sample - len(chosen)) // left
        chosen |= set(sorted(iris, key=_draw)[:share])
    return chosen


def _draw(iri: str) -> bytes:
    return blake2b(iri.encode(), digest_size=8).digest()


def _around(store: Store, chosen: set[str], targets: Iterable[NamedNode]) -> set[Triple]:
    """What is said of the chosen nodes, what makes them targets, the classes of what they point to, and those above."""
    found = {q.triple for above in _ABOVE for q in store.quads_for_pattern(None, NamedNode(above), None, None)}
    pointed: set[NamedNode] = set()
    for iri in chosen:
        for quad in store.quads_for_pattern(NamedNode(iri), None, None, None):
            found.add(quad.triple)
            if isinstance(quad.object, NamedNode):
                pointed.add(quad.object)
        for target in targets:
            found |= {q.triple for q in islice(store.quads_for_pattern(None, target, NamedNode(iri), None), 1)}
    for node in pointed:
        found |= {q.triple for q in store.quads_for_pattern(node, TYPE, None, None)}
    return found
