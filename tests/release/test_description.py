"""What a release says of itself is so: its counts counted again by SPARQL, its files weighed again."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

from kg import turtle
from tests.conftest import ONTOLOGY, Built

BASE = "https://kg.example.org/"
PREFIXES = {
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "kg": f"{BASE}ontology#",
}


@pytest.fixture(scope="module")
def described(released: Path) -> Store:
    store = Store()
    store.load(path=str(released / "void.ttl"), format=RdfFormat.TURTLE)
    return store


def asked(store: Store, sparql: str) -> list[tuple[str, ...]]:
    found = store.query(sparql, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return [tuple(term.value if isinstance(term, NamedNode | Literal) else "" for term in row) for row in found]


COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    "entities": f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{BASE}id/')) }}",
}


@pytest.mark.parametrize("name", COUNTS)
def test_counts_are_counted(name: str, described: Store, built: Built) -> None:
    graph, _ = turtle.load(built.graph.read_bytes())
    assert asked(described, f"SELECT ?n {{ <{BASE}dataset> void:{name} ?n }}") == asked(graph, COUNTS[name])


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        (
            "SELECT ?t ?n { ?d void:propertyPartition [ void:property ?t ; void:triples ?n ] }",
            "SELECT ?t (COUNT(*) AS ?n) { ?s ?t ?o } GROUP BY ?t",
        ),
        (
            "SELECT ?t ?n { ?d void:classPartition [ void:class ?t ; void:entities ?n ] }",
            "SELECT ?t (COUNT(*) AS ?n) { ?s a ?t } GROUP BY ?t",
        ),
    ],
    ids=["properties", "classes"],
)
def test_partitions_are_counted(told: str, counted: str, described: Store, built: Built) -> None:
    graph, _ = turtle.load(built.graph.read_bytes())
    assert sorted(asked(described, told)) == sorted(asked(graph, counted))


def test_its_sources_are_the_documents(described: Store, built: Built) -> None:
    found = asked(described, "SELECT ?d { ?x dcterms:source ?d }")
    assert {iri.rpartition("/")[2] for (iri,) in found} == {row["document"] for row in built.rows()}


def test_every_file_is_described_as_it_is(described: Store, released: Path) -> None:
    found = asked(
        described,
        """SELECT ?name ?url ?type ?bytes ?sum ?licence {
          ?d dcat:distribution ?f . ?f dcterms:title ?name ; dcat:downloadURL ?url ; dcat:mediaType ?type ;
            dcat:byteSize ?bytes ; dcterms:license ?licence ; spdx:checksum [ spdx:checksumValue ?sum ] }""",
    )
    by_themselves = {"README.md", "CHANGES.md", "SHA256SUMS", "void.ttl"}
    assert {name for name, *_ in found} | by_themselves == {p.name for p in released.iterdir() if p.is_file()}
    for name, url, kind, size, total, licence in found:
        content = (released / name).read_bytes()
        assert (int(size), total) == (len(content), sha256(content).hexdigest())
        assert url == f"{BASE}release/0.1.0/{name}"
        assert kind.startswith("https://www.iana.org/assignments/media-types/")
        assert licence == "https://creativecommons.org/licenses/by/4.0/"


def test_what_the_data_set_says_of_itself_is_kept(described: Store) -> None:
    assert set(turtle.read(ONTOLOGY / "dataset.ttl", BASE)) <= {quad.triple for quad in described}


def test_sha256sum_finds_every_file_as_it_was_written(released: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS"], cwd=released, capture_output=True, text=True, check=True
    )
    files = {p.relative_to(released).as_posix() for p in released.rglob("*") if p.is_file()} - {"SHA256SUMS"}
    assert {line.removesuffix(": OK") for line in done.stdout.splitlines()} == files


def test_the_readme_names_every_file_and_counts_as_the_build(released: Path, built: Built) -> None:
    readme = (released / "README.md").read_text("utf-8")
    for path in released.iterdir():
        assert f"`{path.name}{'/' if path.is_dir() else ''}`" in readme or path.name == "README.md"
    rows = built.rows()
    statements = len({row["statement"] for row in rows})
    assert f"{statements} statements with {len(rows)} pieces of evidence" in " ".join(readme.split())
    assert "{" not in readme.replace("{ ", "")
