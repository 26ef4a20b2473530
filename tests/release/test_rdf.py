"""Three readers, none of which knows of the others, read the same in every RDF file of a release."""

from __future__ import annotations

import gzip
import json
import warnings
from collections.abc import Mapping
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.release.contents import canonical
from kg.release.jsonld import jsonld
from kg.subjects import subjects
from kg.turtle import RDF, XSD, Term
from tests import rapper
from tests.conftest import Row
from tests.knowledge import vocabulary

BASE = "https://kg.example.org/"
ELSEWHERE = "https://elsewhere.example/"


def oxigraph(content: bytes, form: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in parse(content, format=form, base_iri=ELSEWHERE)}


def by_rdflib(content: bytes, form: str) -> set[object]:
    found = rdflib.Dataset()
    with warnings.catch_warnings():
        # Of what rdflib calls in itself.
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"rdflib\.")
        found.parse(data=content, format=form, publicID=ELSEWHERE)
    return {(s, p, o) for s, p, o, _ in found.quads()}


def unpacked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {**files, "graph.nt": gzip.decompress(files["graph.nt.gz"])}


@pytest.fixture(scope="module")
def files(released: Path) -> dict[str, bytes]:
    return unpacked({p.relative_to(released).as_posix(): p.read_bytes() for p in released.rglob("*") if p.is_file()})


@pytest.fixture(scope="module")
def hostile_files(hostile: Mapping[str, bytes]) -> dict[str, bytes]:
    return unpacked(hostile)


FORMS = {
    "graph.nt": (RdfFormat.N_TRIPLES, "nt", "ntriples"),
    "graph.jsonld": (RdfFormat.JSON_LD, "json-ld", ""),  # rapper knows no JSON-LD
    "graph.trig": (RdfFormat.TRIG, "trig", "trig"),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("which", ["files", "hostile_files"])
def test_every_form_of_the_graph_is_the_same_graph_to_all_readers(
    which: str, name: str, request: pytest.FixtureRequest
) -> None:
    files: dict[str, bytes] = request.getfixturevalue(which)
    turtle, content = files["graph.ttl"], files[name]
    ours, theirs, others = FORMS[name]
    graph = oxigraph(turtle, RdfFormat.TURTLE)
    assert len(graph) > 100
    assert len(by_rdflib(turtle, "turtle")) == len(rapper.read(turtle, "turtle", ELSEWHERE)) == len(graph)
    assert oxigraph(content, ours) == graph
    assert by_rdflib(content, theirs) == by_rdflib(turtle, "turtle")
    if others:
        read = {quad.triple for quad in rapper.read(content, others, ELSEWHERE)}
        assert read == {quad.triple for quad in rapper.read(turtle, "turtle", ELSEWHERE)}
        assert len(read) == len(graph)


def test_what_describes_and_what_was_curated_is_read_by_all_in_any_place(files: dict[str, bytes]) -> None:
    """Their relative IRIs are the graph's, wherever the files lie."""
    names = [name for name in files if name.endswith(".ttl") and name != "graph.ttl"]
    assert {"void.ttl", "ontology/kg.ttl", "ontology/dataset.ttl", "ontology/shapes.ttl"} < set(names)
    for name in names:
        triples = oxigraph(files[name], RdfFormat.TURTLE)
        assert len(triples) == len(by_rdflib(files[name], "turtle")) == len(rapper.read(files[name], "turtle", BASE))
        assert ELSEWHERE not in str(triples), name


def test_the_n_triples_are_canonical_and_compressed_without_a_time(released: Path, files: dict[str, bytes]) -> None:
    lines = files["graph.nt"].splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert all(line.endswith(b" .\n") for line in lines)
    header = (released / "graph.nt.gz").read_bytes()[:10]
    assert (header[3], header[4:8], header[9]) == (0, b"\0\0\0\0", 255)  # no name, no time, no system


def test_canonical_is_what_the_standard_says_of_marks_that_need_an_escape() -> None:
    """RDFC-1.0, 'A Canonical form of N-Quads': these escapes, no others, by code point."""
    a = NamedNode("https://e.org/a")
    words = '\x00\x08\t\n\x0b\x0c\r\x1f"\\\x7f\x80é\u2028\U0001f600'
    made = canonical([Triple(a, a, Literal(words)), Triple(a, a, a), Triple(a, a, Literal("x", language="en"))])
    told = r"\u0000\b\t\n\u000B\f\r\u001F\"\\\u007F" + "\x80é\u2028\U0001f600"
    node = "<https://e.org/a>"
    assert made.decode().split("\n") == [
        f'{node} {node} "{told}" .',
        f'{node} {node} "x"@en .',
        f"{node} {node} {node} .",
        "",
    ]


def test_json_ld_reads_like_json(files: dict[str, bytes]) -> None:
    nodes = {node["@id"]: node for node in json.loads(files["graph.jsonld"])["@graph"]}
    minister = nodes["id:xiao-yaqing"]
    assert minister["@type"] == "Person"
    assert minister["ministerOf"] == "id:miit"
    assert minister["rdfs:label"] == "Xiao Yaqing"
    assert {"@value": "肖亚庆", "@language": "zh"} in minister["skos:prefLabel"]
    assert nodes["doc:004_20430a00275623ba"]["dcterms:issued"] == "2021-03-03"
    assert {type(n["oa:start"]) for n in nodes.values() if "oa:start" in n} == {int}


def test_json_ld_keeps_every_kind_of_value() -> None:
    """Also where one property has several, and where JSON would read another value."""
    integer, day = (NamedNode(f"{XSD}{name}") for name in ("integer", "date"))
    values: list[Term] = [
        *(Literal(v, datatype=integer) for v in ("7", "007", "-0", "+1", "-12", "9" * 30, "seven")),
        *(Literal(v, datatype=NamedNode(f"{XSD}boolean")) for v in ("true", "1", "yes")),
        *(Literal("2021-03-08", datatype=day), Literal("2021-03-08"), Literal("kg:said"), Literal("x", language="en")),
        *(NamedNode(f"{BASE}id/a"), NamedNode("https://other.example/x"), Literal("\ud7ff\x00 \u2028")),
    ]
    me = NamedNode(f"{BASE}id/me")
    mixed = [Triple(me, NamedNode(f"{BASE}ontology#mixed"), value) for value in values]
    alone = [Triple(me, NamedNode(f"{BASE}ontology#p{n}"), value) for n, value in enumerate(values)]
    days = [Triple(me, NamedNode(f"{BASE}ontology#post"), Literal(v, datatype=day)) for v in ("2021-03-08", "no day")]
    made = jsonld(subjects([*mixed, *alone, *days], vocabulary().prefixes))
    assert oxigraph(made, RdfFormat.JSON_LD) == {*mixed, *alone, *days}


# ---------------------------------------------------------------------- a graph for each document


def test_the_graph_of_a_document_has_what_its_evidence_says_and_no_other(
    released: Path, files: dict[str, bytes]
) -> None:
    rows: list[Row] = [json.loads(line) for line in (released / "statements.jsonl").read_text("utf-8").splitlines()]
    quads = list(parse(files["graph.trig"], format=RdfFormat.TRIG))
    names = {q.graph_name.value.rpartition("/")[2] for q in quads if isinstance(q.graph_name, NamedNode)}
    assert names == {row["document"] for row in rows}
    for name in names:
        graph = [q for q in quads if q.graph_name == NamedNode(f"{BASE}document/{name}")]
        mine = [row for row in rows if row["document"] == name]
        assert below("evidence", graph) == {row["evidence"] for row in mine}
        assert below("statement", graph) == {row["statement"] for row in mine}
        assert {q.subject.value for q in graph if q.subject.value.startswith(f"{BASE}id/")} == {
            row["subject_iri"] for row in mine if row["status"] == "asserted" and "/id/" in row["subject_iri"]
        }
        pieces = {q.object.value for q in graph if q.predicate.value == f"{BASE}ontology#evidence"}
        assert pieces == {f"{BASE}evidence/{row['evidence']}" for row in mine}


def below(kind: str, graph: list[Quad]) -> set[str]:
    """The ids of the subjects below `statement/` or `evidence/`."""
    start = f"{BASE}{kind}/"
    found = (q.subject.value for q in graph if isinstance(q.subject, NamedNode) and q.subject.value.startswith(start))
    return {iri.removeprefix(start).partition("-")[0] for iri in found}


def test_the_default_graph_states_nothing_that_has_evidence(files: dict[str, bytes]) -> None:
    quads = list(parse(files["graph.trig"], format=RdfFormat.TRIG))
    default = [q for q in quads if isinstance(q.graph_name, DefaultGraph)]
    kinds = {q.object.value.removeprefix(RDF) for q in default if q.predicate.value == f"{RDF}type"}
    assert "Statement" not in kinds
    asserted = {q.predicate for q in quads if not isinstance(q.graph_name, DefaultGraph)}
    relations = {p.value for p in asserted if p.value.startswith(f"{BASE}ontology#")} - {f"{BASE}ontology#status"}
    shared = {f"{BASE}ontology#machineTranslated"}
    assert {q.predicate.value for q in default} & relations <= shared


def test_what_two_documents_say_stands_in_both_graphs(hostile_files: dict[str, bytes]) -> None:
    quads = list(parse(hostile_files["graph.trig"], format=RdfFormat.TRIG))
    minister, post = f"{BASE}ontology#ministerOf", f"{BASE}post/trade/minister"
    both = {f"{BASE}document/harbour-news", f"{BASE}document/minutes"}

    def graphs(*quads: Quad) -> set[str]:
        return {q.graph_name.value for q in quads if isinstance(q.graph_name, NamedNode)}

    assert graphs(*(q for q in quads if q.predicate.value == minister)) == both
    assert graphs(*(q for q in quads if q.subject == NamedNode(post))) == both
    days = {"2021-03-08": "harbour-news", "2021-05-02": "minutes"}
    memberships = {q.subject for q in quads if q.predicate.value.endswith("org#role") and q.object == NamedNode(post)}
    assert {
        (q.object.value, q.graph_name.value.rpartition("/")[2])
        for q in quads
        if q.subject in memberships and q.predicate.value == f"{BASE}ontology#asOf"
        if isinstance(q.object, Literal) and isinstance(q.graph_name, NamedNode)
    } == set(days.items())
