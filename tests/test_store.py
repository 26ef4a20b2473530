from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from kg import graph
from kg.errors import GraphError, QueryError
from kg.store import Answer, load
from tests.knowledge import HOSTILE, RULES, knowledge, vocabulary


def query(graph: Path | bytes, sparql: str) -> Answer:
    return load(graph).query(sparql)


GRAPH = graph.write(knowledge(), vocabulary=vocabulary(), rules=RULES)


def test_a_post_is_found_by_labels() -> None:
    found = query(
        GRAPH,
        """SELECT ?person ?relation ?body {
        ?p rdfs:subPropertyOf kg:holdsPost ; rdfs:label ?relation .
        ?s ?p ?o . ?s rdfs:label ?person . ?o rdfs:label ?body }""",
    )
    assert found.variables == ("person", "relation", "body")
    assert found.table() == [("Jane Roe", "minister of", "Ministry of Trade")]


def test_iris_are_shortened_and_nothing_is_an_empty_cell() -> None:
    found = query(
        GRAPH, "SELECT ?x ?class ?none { ?x a ?class ; rdfs:label 'Jane Roe' OPTIONAL { ?x kg:words ?none } }"
    )
    assert found.table() == [("id:jane-roe", "kg:Person", "")]
    assert found.rows[0][2] is None


def test_csv_and_json_are_those_of_the_standard() -> None:
    found = query(
        GRAPH,
        "SELECT ?words ?label { ?c kg:words ?words ; a kg:Measure OPTIONAL { ?c skos:prefLabel ?label } }",
    )
    assert json.loads(found.write("json")) == {
        "head": {"vars": ["words", "label"]},
        "results": {"bindings": [{"words": {"type": "literal", "value": HOSTILE}}]},
    }
    assert found.write("csv").startswith(b'words,label\r\n"say ""no"" \\ </script>')


def test_ask_construct_and_describe_have_rows_too() -> None:
    assert query(GRAPH, "ASK { ?x a kg:Person }").table() == [("true",)]
    assert query(GRAPH, "ASK { ?x a kg:Nobody }").table() == [("false",)]
    built = query(GRAPH, "CONSTRUCT { ?x a kg:Person } WHERE { ?x a kg:Person }")
    assert built.variables == ("subject", "predicate", "object")
    assert built.table() == [
        ("id:harbour-news/john-doe", "rdf:type", "kg:Person"),
        ("id:jane-roe", "rdf:type", "kg:Person"),
    ]
    assert query(GRAPH, "DESCRIBE id:port-ada").rows
    assert b"subject,predicate,object\r\n" in built.write("csv")


def test_a_file_is_asked_like_bytes(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes(GRAPH)
    assert query(tmp_path / "graph.ttl", "ASK {}").table() == [("true",)]
    with pytest.raises(QueryError, match=r"none\.ttl: cannot be read .*make"):
        query(tmp_path / "none.ttl", "ASK {}")
    with pytest.raises(GraphError, match="no Turtle"):
        query(b"this is no graph", "ASK {}")


def test_a_prefix_of_the_query_goes_before_that_of_the_graph() -> None:
    assert query(GRAPH, "PREFIX id: <https://kg.example.org/ontology#> ASK { ?x a id:Person }").table() == [("true",)]


@pytest.mark.parametrize(
    ("sparql", "place"),
    [
        ("SELECT * { ?a ?b }", "line 1, column 12"),
        ("SELECT ?x {\n ?x a ?y\n FILTR(?x)\n}", "line 3, column 2: 'FILTR(?x)' is not expected here"),
        ("SELECT ?x WHERE { ?x a ?y", "line 1, column 26: the query ends too early"),
        ("SELECT ?x { ?x a nope:Person }", "line 1, column 29: the prefix just before is not declared"),
        ("SELECT ?y ?x { ?x a ?y } GROUP BY ?x", "The SELECT contains a variable that is unbound"),
        ("hello", "line 1, column 1: 'hello'"),
        ("", "line 1, column 1: the query ends too early"),
    ],
)
def test_a_syntax_error_has_its_place_in_one_line(sparql: str, place: str) -> None:
    with pytest.raises(QueryError) as caught:
        query(GRAPH, sparql)
    assert place in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("sparql", "word"),
    [
        ("INSERT DATA { <a:b> <c:d> 1 }", "INSERT"),
        (
            "# a word first\nPREFIX e: <https://e.org/>\nBASE <https://e.org/>\n DELETE WHERE { ?s ?p ?o }",
            "line 4, column 2: no DELETE",
        ),
        ("LOAD <file:///etc/passwd>", "LOAD"),
        ("load silent <https://e.org/>", "LOAD"),
        ("WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
        ("DROP ALL", "DROP"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
        ("SELECT * FROM NAMED <file:///etc/passwd> WHERE { ?s ?p ?o }", "FROM"),
        ("SELECT * #{\nfrom#\n<a:b>#\n{ ?s ?p ?o }", "FROM"),
        ("SELECT * {\n ?s ?p ?o SERVICE <https://e.org/> { ?a ?b ?c } }", "line 2, column 11: no SERVICE"),
        ("SELECT * { service silent ?x { ?a ?b ?c } }", "SERVICE"),
        ("PREFIX e: <https://e.org/> SELECT * { ?s ?p trueSERVICEe:{ ?a ?b ?c } }", "SERVICE"),
        ('SELECT * { FILTER(1<?x#>"""\n) SERVICE#{"""\n<https://e.org/>#\n{ ?a ?b ?c } }', "SERVICE"),
        ("SELECT * { \\u0053ERVICE <https://e.org/> { ?a ?b ?c } }", "SERVICE"),
    ],
)
def test_what_would_write_or_fetch_is_refused(sparql: str, word: str) -> None:
    with pytest.raises(QueryError, match=word):
        query(GRAPH, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?x rdfs:label ?l FILTER(CONTAINS(?l, 'from the service of')) }",
        "SELECT ?service ?from { ?service rdfs:label ?from }",
        "SELECT * { ?x kg:service id:load . ?x kg:from ?insert }",
        "# insert, load and service\nSELECT * { ?x a kg:Person }",
    ],
)
def test_words_that_only_look_like_it_are_not(sparql: str) -> None:
    query(GRAPH, sparql)


def test_a_long_hostile_query_is_refused_in_time_that_grows_with_its_length() -> None:
    started = time.perf_counter()
    with pytest.raises(QueryError):
        query(GRAPH, "SELECT * { " + "service #" * 50_000)
    assert time.perf_counter() - started < 20
