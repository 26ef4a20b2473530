from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg import graph, turtle
from kg.checks import Report, Severity, inspect, shapes
from kg.checks import validate as _validate
from kg.errors import GraphError, OntologyError
from kg.turtle import OA, XSD
from tests.knowledge import BASE, MINUTES, NEWS, ONTOLOGY, RULES, knowledge, vocabulary

VOCABULARY = vocabulary()
TRIPLES = graph.triples(knowledge(), vocabulary=VOCABULARY, rules=RULES)
GRAPH = turtle.write(TRIPLES, VOCABULARY.prefixes)
PREFIXES = VOCABULARY.prefixes


TEXTS = {d.name: d.text for d in (NEWS, MINUTES)}


def validate(graph: bytes, *, ontology: Path) -> Report:
    return _validate(graph, ontology=ontology, texts=TEXTS)


def iri(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def without(predicate: str, *, subject: str = "", object: str = "") -> bytes:
    """The graph without one triple: the first with this predicate, and subject and object if given."""
    for triple in TRIPLES:
        if triple.predicate == iri(predicate) and (
            (not subject or triple.subject == iri(subject)) and (not object or triple.object == iri(object))
        ):
            return turtle.write((t for t in TRIPLES if t != triple), PREFIXES)
    raise AssertionError(predicate)


def added(subject: str, predicate: str, thing: NamedNode | Literal) -> bytes:
    return turtle.write((*TRIPLES, Triple(iri(subject), iri(predicate), thing)), PREFIXES)


def some(cls: str) -> str:
    """The first node of a class."""
    node = next(t.subject for t in TRIPLES if t.predicate == turtle.TYPE and t.object == iri(cls))
    assert isinstance(node, NamedNode)
    return turtle.compact(node.value, PREFIXES)


def test_a_good_graph_passes() -> None:
    report = validate(GRAPH, ontology=ONTOLOGY)
    assert report.findings == ()
    assert report.nodes == report.all_nodes > 50
    assert report.quotes == report.all_quotes == 10


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (without("kg:evidence"), "a statement has at least one piece of evidence"),
        (without("kg:evidence"), "A plain triple without evidence: "),
        (without("kg:status", object="kg:asserted"), "exactly one status"),
        (without("rdf:subject"), "exactly one subject"),
        (without("rdf:object"), "exactly one object"),
        (without("oa:hasSource"), "exactly one document"),
        (without("kg:quote"), "exactly one quote"),
        (without("oa:hasSelector"), "exactly one position selector"),
        (without("kg:byRule"), "exactly one rule"),
        (without("kg:slot"), "Neither words nor an antecedent"),
        (without("oa:start"), "one start"),
        (without("oa:exact"), "exact words"),
        (without("org:member"), "exactly one member"),
        (without("org:organization"), "exactly one organization"),
        (without("org:role"), "exactly one role"),
        (without("prov:wasDerivedFrom"), "at least one statement"),
        (without("org:postIn"), "exactly one body"),
        (without("rdfs:label", subject="id:jane-roe"), "it has exactly one label, and that is not empty: id:jane-roe"),
        (without("rdfs:label", subject="id:port-ada"), "it has exactly one label, and that is not empty: id:port-ada"),
        (without("rdf:type", subject="id:port-ada"), "has no label or no class"),
        (without("rdf:type", subject="id:jane-roe"), "a thing with a class"),
        (without("kg:words"), "whole words"),
        (without("prov:wasAttributedTo"), "belongs to somebody"),
        (without("kg:sha256"), "SHA-256"),
        (without("kg:machineTranslated", subject="doc:minutes"), "machine-translated"),
        (without("rdf:type", subject="rule:claims.said"), "exactly one rule"),
        (
            without("kg:ministerOf"),
            "an asserted statement that is no plain triple id:jane-roe kg:ministerOf id:trade",
        ),
        (without("rdfs:subPropertyOf", subject="kg:ministerOf"), "a statement whose property is no relation"),
        (
            added("id:jane-roe", "kg:ministerOf", iri("id:port-ada")),
            "a plain triple that no statement asserts id:jane-roe kg:minis",
        ),
        (
            added("id:jane-roe", "kg:ministerOf", iri("id:port-ada")),
            "A plain triple without evidence: id:jane-roe kg:minis",
        ),
        (
            added("id:jane-roe", "rdfs:label", Literal("J. Roe")),
            "it has exactly one label, and that is not empty: id:jane-roe",
        ),
        (
            added("id:harbour-news/john-doe", "kg:viceMinisterOf", iri("id:trade")),
            "a plain triple that no statement asserts",
        ),
    ],
)
def test_a_graph_with_one_piece_taken_away_or_added_does_not(broken: bytes, what: str) -> None:
    with pytest.raises(GraphError) as caught:
        validate(broken, ontology=ONTOLOGY)
    assert [line for line in str(caught.value).splitlines() if what in line], str(caught.value)


def test_the_end_of_a_position_is_behind_its_start() -> None:
    selector = some("oa:TextPositionSelector")
    kept = [t for t in TRIPLES if not (t.subject == iri(selector) and t.predicate.value == f"{OA}end")]
    broken = turtle.write((*kept, Triple(iri(selector), NamedNode(f"{OA}end"), Literal(0))), PREFIXES)
    with pytest.raises(GraphError, match=f"a position has one start, .*: {selector}"):
        validate(broken, ontology=ONTOLOGY)


def test_a_date_does_not_end_before_it_begins() -> None:
    day = Literal("2020-01-01", datatype=NamedNode(f"{XSD}date"))
    kept = [t for t in TRIPLES if t.predicate != iri("kg:end")]
    statement = next(t.subject for t in TRIPLES if t.predicate == iri("kg:end"))
    with pytest.raises(GraphError, match="not after its end"):
        validate(turtle.write((*kept, Triple(statement, iri("kg:end"), day)), PREFIXES), ontology=ONTOLOGY)


def test_a_message_is_one_line_however_hostile_the_text() -> None:
    broken = added("id:jane-roe", "rdfs:label", Literal("a\nid:x: all is well\r\u2028b"))
    with pytest.raises(GraphError) as caught:
        validate(broken, ontology=ONTOLOGY)
    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
        "it has exactly one label, and that is not empty",
        "Two labels for one thing",
    ]


def folder(path: Path) -> Path:
    (path / "checks").mkdir()
    for name in ("shapes.ttl", "kg.ttl", "dataset.ttl"):
        shutil.copy(ONTOLOGY / name, path)
    return path


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("SELECT * { ?s ?p ?o }", r"x\.rq:1: needs `#\+ severity: \.\.\.`\n.*x\.rq:1: needs `#\+ summary: \.\.\.`"),
        (
            "#+ summary: X\n#+ severity: bad\nSELECT * { ?s ?p ?o }",
            r"x\.rq:2: unknown severity 'bad'; allowed are ERROR, WARN, INFO",
        ),
        ("#+ summary: X\n#+ severity: ERROR\n#+ tags: y\nSELECT * {}", r"x\.rq:3: unknown key 'tags'; allowed are"),
        ("#+ summary: X\n#+ severity: ERROR\nSELECT * { ?s ?p }", r"x\.rq:3: is no SPARQL"),
        ("#+ summary: X\n#+ severity: ERROR\nASK { ?s ?p ?o }", r"x\.rq: is no SELECT"),
    ],
)
def test_a_faulty_check_is_named(tmp_path: Path, text: str, what: str) -> None:
    (folder(tmp_path) / "checks/x.rq").write_text(text)
    with pytest.raises(OntologyError, match=what):
        validate(GRAPH, ontology=tmp_path)


def test_a_faulty_shape_is_named(tmp_path: Path) -> None:
    (folder(tmp_path) / "shapes.ttl").write_text("<a> <b>\n<c> .\n<d> <e> f:g .\n")
    with pytest.raises(OntologyError, match=r"shapes\.ttl:3: "):
        validate(GRAPH, ontology=tmp_path)


def test_what_is_no_turtle_is_no_graph() -> None:
    with pytest.raises(GraphError, match="no Turtle"):
        validate(b"\x00\xff", ontology=ONTOLOGY)


def test_no_check_or_shape_holds_the_base() -> None:
    files = [ONTOLOGY / "shapes.ttl", ONTOLOGY / "kg.ttl", *(ONTOLOGY / "checks").glob("*.rq")]
    assert not [f for f in files if BASE in f.read_text("utf-8")]
    assert len(list(parse((ONTOLOGY / "shapes.ttl").read_bytes(), format=RdfFormat.TURTLE, base_iri=BASE))) > 100


# ------------------------------------------------------------------------------------ a large graph, and its texts


def test_of_a_large_graph_the_shapes_see_the_same_sample_of_every_class() -> None:
    store, prefixes = turtle.load(GRAPH)
    held = [shapes.hold(store, ONTOLOGY, prefixes, sample=60) for _ in range(2)]
    assert held[0] == held[1]
    assert (held[0].findings, held[0].nodes) == ((), 60)
    assert held[0].of > 100


def test_what_is_wrong_with_every_node_is_found_in_a_sample() -> None:
    broken = turtle.write((t for t in TRIPLES if t.predicate != iri("kg:status")), PREFIXES)
    store, prefixes = turtle.load(broken)
    held = shapes.hold(store, ONTOLOGY, prefixes, sample=60)
    told = {f.says for f in held.findings}
    assert told == {
        "a statement has exactly one status: asserted, planned, former, acting or designate",
        "a membership has exactly one status",
    }
    assert 1 < len(held.findings) < 12


def changed(subject: str, predicate: str, value: str | int) -> bytes:
    """The graph with another value in the place of the only one."""
    kept = [t for t in TRIPLES if (t.subject, t.predicate) != (iri(subject), iri(predicate))]
    assert len(kept) == len(TRIPLES) - 1
    return turtle.write((*kept, Triple(iri(subject), iri(predicate), Literal(value))), PREFIXES)


EVIDENCE = next(
    turtle.compact(str(t.subject).strip("<>"), PREFIXES)
    for t in TRIPLES
    if t.predicate == iri("kg:machineTranslated") and str(t.subject).startswith(str(iri("ev:"))[:-1])
)


@pytest.mark.parametrize(
    ("graph", "texts", "told"),
    [
        (changed(EVIDENCE, "kg:quote", "Another"), TEXTS, "A quote that does not stand in its place in the document"),
        (
            changed(f"{EVIDENCE}-position", "oa:start", 1),
            TEXTS,
            "A quote that does not stand in its place in the document",
        ),
        (
            changed(f"{EVIDENCE}-quote", "oa:prefix", "Not that"),
            TEXTS,
            "A quote that the document does not have between these words",
        ),
        (
            turtle.write((*TRIPLES, Triple(iri(EVIDENCE), iri("kg:slot"), Literal("cue char=1,9999"))), PREFIXES),
            TEXTS,
            "The words of a slot stand outside of the quote",
        ),
        (
            turtle.write(
                (*TRIPLES, Triple(iri(EVIDENCE), iri("kg:antecedent"), Literal("object next char=9990,9999"))), PREFIXES
            ),
            TEXTS,
            "An antecedent stands behind the end of the document",
        ),
    ],
    ids=["another quote", "another place", "another neighbour", "a slot outside", "an antecedent outside"],
)
def test_a_quote_is_held_against_its_text(graph: bytes, texts: dict[str, str], told: str) -> None:
    report = inspect(graph, ontology=ONTOLOGY, texts=texts)
    assert (Severity.ERROR, told) in {(f.severity, f.says) for f in report.findings if f.check == "quotes"}
    assert {f.where for f in report.findings if f.check == "quotes"} == {f"{EVIDENCE} doc:minutes"}


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ({"harbour-news": NEWS.text}, "its text is not in seeds/"),
        (TEXTS | {"minutes": "else"}, "its text in seeds/ is another one than was read"),
    ],
    ids=["missing", "changed"],
)
def test_a_quote_without_its_text_is_told_and_no_error(texts: dict[str, str], why: str) -> None:
    report = inspect(GRAPH, ontology=ONTOLOGY, texts=texts)
    (found,) = report.findings
    assert (found.severity, found.where) == (Severity.INFO, f"doc:minutes: {why}; 2 pieces of evidence")
    assert (report.quotes, report.all_quotes) == (8, 10)


def test_a_graph_that_is_none_of_ours_is_told_so() -> None:
    with pytest.raises(GraphError, match="no prefix kg:"):
        inspect(b"<a:b> <a:c> <a:d> .", ontology=ONTOLOGY, texts={})
