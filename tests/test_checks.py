from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg import graph, turtle
from kg.checks import validate
from kg.errors import GraphError, OntologyError
from kg.turtle import OA, RDF, XSD
from tests.knowledge import BASE, ONTOLOGY, RULES, knowledge, vocabulary

VOCABULARY = vocabulary()
TRIPLES = graph.triples(knowledge(), vocabulary=VOCABULARY, rules=RULES)
GRAPH = turtle.write(TRIPLES, VOCABULARY.prefixes)
PREFIXES = VOCABULARY.prefixes


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
    assert validate(GRAPH, ontology=ONTOLOGY) == ()


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
        (without("rdfs:label", subject="id:jane-roe"), "id:jane-roe: it has exactly one label"),
        (without("rdfs:label", subject="id:port-ada"), "id:port-ada: it has exactly one label"),
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
        (added("id:jane-roe", "rdfs:label", Literal("J. Roe")), "id:jane-roe: it has exactly one label"),
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
    with pytest.raises(GraphError, match=f"{selector}: a position has one start"):
        validate(broken, ontology=ONTOLOGY)


def test_a_date_does_not_end_before_it_begins() -> None:
    day = Literal("2020-01-01", datatype=NamedNode(f"{XSD}date"))
    kept = [t for t in TRIPLES if t.predicate != iri("kg:end")]
    statement = next(t.subject for t in TRIPLES if t.predicate == iri("kg:end"))
    with pytest.raises(GraphError, match="not after its end"):
        validate(turtle.write((*kept, Triple(statement, iri("kg:end"), day)), PREFIXES), ontology=ONTOLOGY)


def test_an_event_that_ends_before_it_starts_is_a_warning() -> None:
    expo, date_ = "id:harbour-expo-2", NamedNode(f"{XSD}date")
    start, end = Literal("2021-03-09", datatype=date_), Literal("2021-03-08", datatype=date_)
    facts = (iri(expo), iri("kg:startsOn"), start), (iri(expo), iri("kg:endsOn"), end)
    evidence = next(t.object for t in TRIPLES if t.predicate == iri("kg:evidence"))
    made = [Triple(*fact) for fact in facts]
    for n, (subject, predicate, thing) in enumerate(facts):
        me = iri(f"st:{n}")
        made += [
            Triple(me, turtle.TYPE, NamedNode(f"{RDF}Statement")),
            Triple(me, iri("rdf:subject"), subject),
            Triple(me, iri("rdf:predicate"), predicate),
            Triple(me, iri("rdf:object"), thing),
            Triple(me, iri("kg:status"), iri("kg:asserted")),
            Triple(me, iri("kg:evidence"), evidence),
        ]
    terms = [t for t in VOCABULARY.terms if t.subject in (iri("kg:startsOn"), iri("kg:endsOn"))]
    broken = turtle.write((*TRIPLES, *made, *terms), PREFIXES)
    (warning,) = validate(broken, ontology=ONTOLOGY)
    assert (warning.severity, str(warning)) == (
        "warning",
        "An event ends before it starts: id:harbour-expo-2 2021-03-09 2021-03-08",
    )


def test_a_message_is_one_line_however_hostile_the_text() -> None:
    broken = added("id:jane-roe", "rdfs:label", Literal("a\nid:x: all is well\r\u2028b"))
    with pytest.raises(GraphError) as caught:
        validate(broken, ontology=ONTOLOGY)
    assert len(str(caught.value).splitlines()) == 1


def folder(path: Path) -> Path:
    (path / "checks").mkdir()
    shutil.copy(ONTOLOGY / "shapes.ttl", path)
    return path


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("SELECT * { ?s ?p ?o }", r"x\.rq:1: needs `#\+ summary"),
        ("#+ summary: X\n#+ severity: bad\nSELECT * { ?s ?p ?o }", r"x\.rq:1: .*error or warning"),
        ("#+ summary: X\n#+ severity: error\nSELECT * { ?s ?p }", r"x\.rq:3: is no SPARQL"),
        ("#+ summary: X\n#+ severity: error\nASK { ?s ?p ?o }", r"x\.rq: is no SELECT"),
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
