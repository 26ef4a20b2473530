from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import graph
from kg.errors import GraphError, QueryError
from kg.store import Answer, load
from tests.knowledge import HOSTILE, MINUTES, NEWS, RULES, knowledge, vocabulary

NT = RdfFormat.N_TRIPLES


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
        ("SELECT * { SERVICE ?ärger { ?a ?b ?c } }", "SERVICE"),
        ("SELECT * { SERVICE ?s\ufeff{ ?a ?b ?c } }", "SERVICE"),
        ("DESCRIBE <a:b> FROM <file:///etc/passwd>", "FROM"),
        ("DESCRIBE <a:b> FROM <file:///etc/passwd>#\nLIMIT 1", "FROM"),
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


# ---------------------------------------------------------------------------------------- names, labels, reasons


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Jane Roe", ["jane-roe"]),
        ("JANE ROE", ["jane-roe"]),
        ("简·罗", ["jane-roe"]),
        ("MOT", ["trade"]),
        ("Jane", []),
        ("person", []),
        ("https://kg.example.org/id/trade", ["trade"]),
        ("https://kg.example.org/id/nobody", []),
        ("https://kg.example.org/id/no body", []),
    ],
    ids=[
        "a label",
        "in any case",
        "in Chinese",
        "another name",
        "a part",
        "a term",
        "an IRI",
        "an unknown one",
        "none",
    ],
)
def test_a_thing_is_found_by_its_names(name: str, found: list[str]) -> None:
    assert load(GRAPH).named(name) == tuple(f"https://kg.example.org/id/{slug}" for slug in found)


def test_several_things_of_one_name_are_all_found() -> None:
    two = GRAPH + b'\nid:trade skos:altLabel "Jane Roe" .\n'
    assert load(two).named("jane roe") == ("https://kg.example.org/id/jane-roe", "https://kg.example.org/id/trade")


def test_a_label_is_that_of_a_thing_a_term_or_nothing() -> None:
    store = load(GRAPH)
    assert store.label("https://kg.example.org/id/trade") == "Ministry of Trade"
    assert store.label("https://kg.example.org/ontology#ministerOf") == "minister of"
    assert store.label("https://kg.example.org/id/nobody") == ""


def test_the_reasons_of_a_statement_are_its_sentences_documents_and_rules() -> None:
    store = load(GRAPH)
    (row,) = store.query("SELECT ?statement { ?statement rdf:predicate kg:ministerOf }").rows
    assert isinstance(row[0], NamedNode)
    found = store.reasons(row[0].value)
    assert [(r.translated, r.start) for r in found] == [(False, 26), (True, 0)]
    for reason, document in zip(found, (NEWS, MINUTES), strict=True):
        assert document.text[reason.start : reason.end] == reason.quote
        assert reason.document.endswith(f"/document/{document.name}")
        assert reason.rule.endswith("/rule/posts.apposition")
    assert store.reasons("https://kg.example.org/id/trade") == ()


def test_reasons_stand_beside_each_row_once_for_each_sentence() -> None:
    store = load(GRAPH)
    asked = "SELECT ?who ?statement { ?statement rdf:predicate kg:ministerOf ; rdf:subject ?who }"
    found = store.reasoned(store.query(asked))
    assert found.variables == ("who", "statement", "whyQuote", "whyDocument", "whyRule", "whyEvidence")
    assert [(row[0], row[3], row[4]) for row in found.table()] == [
        ("id:jane-roe", "doc:harbour-news", "rule:posts.apposition"),
        ("id:jane-roe", "doc:minutes", "rule:posts.apposition"),
    ]
    assert found.write("csv").startswith(b"who,statement,whyQuote,whyDocument,whyRule,whyEvidence\r\n")
    no_statement = store.reasoned(store.query("SELECT ?statement { VALUES ?statement { id:trade UNDEF } }"))
    assert [row[1:] for row in no_statement.table()] == [("", "", "", "")] * 2


@pytest.mark.parametrize(
    ("sparql", "wrong"),
    [
        ("SELECT ?who ?post { ?who a ?post }", r"a column \?statement; this answer has \?who, \?post"),
        ("ASK {}", "this answer has truth"),
        ("DESCRIBE id:trade", "this answer has triples"),
    ],
)
def test_without_statements_there_are_no_reasons(sparql: str, wrong: str) -> None:
    store = load(GRAPH)
    with pytest.raises(QueryError, match=wrong):
        store.reasoned(store.query(sparql))


# ------------------------------------------------------------------------------------------------ forms and labels

SELECT = "SELECT ?who ?n ?name ?none { ?who kg:ministerOf ?b ; skos:prefLabel ?name VALUES ?n { 2 } }"
WRITTEN = {
    "csv": (SELECT, b"who,n,name,none\r\nhttps://kg.example.org/id/jane-roe,2,Jane Roe,\r\n"),
    "tsv": (SELECT, b'?who\t?n\t?name\t?none\n<https://kg.example.org/id/jane-roe>\t2\t"Jane Roe"\t\n'),
    "json": (
        SELECT,
        b"""{"head":{"vars":["who","n","name","none"]},"results":{"bindings":[{"who":{"type":"uri","value":\
"https://kg.example.org/id/jane-roe"},"n":{"type":"literal","value":"2","datatype":\
"http://www.w3.org/2001/XMLSchema#integer"},"name":{"type":"literal","value":"Jane Roe"}}]}}""",
    ),
    "truth json": ("ASK {}", b'{"head":{},"boolean":true}'),
    "truth csv": ("ASK {}", b"answer\r\ntrue\r\n"),
    "truth tsv": ("ASK {}", b"?answer\ntrue\n"),
    "triples nt": (
        "CONSTRUCT { ?x kg:words 'a' } { ?x kg:ministerOf ?y }",
        b'<https://kg.example.org/id/jane-roe> <https://kg.example.org/ontology#words> "a" .\n',
    ),
    "triples csv": (
        "CONSTRUCT { ?x kg:words 'a' } { ?x kg:ministerOf ?y }",
        b"subject,predicate,object\r\nhttps://kg.example.org/id/jane-roe,https://kg.example.org/ontology#words,a\r\n",
    ),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_an_answer_is_written_to_the_byte(case: str) -> None:
    sparql, written = WRITTEN[case]
    assert query(GRAPH, sparql).write(case.split()[-1]) == written


# What rdflib's reader of JSON-LD says of rdflib.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("form", ["turtle", "jsonld", "nt", "rdfxml"])
def test_triples_are_read_back_by_another_library(form: str) -> None:
    written = query(GRAPH, "DESCRIBE id:jane-roe").write(form)
    names = {"jsonld": "json-ld", "rdfxml": "xml"}
    theirs = rdflib.Graph().parse(data=written, format=names.get(form, form))
    ours = {str(quad.triple).strip("<>") for quad in parse(query(GRAPH, "DESCRIBE id:jane-roe").written, format=NT)}
    assert len(theirs) == len(ours) > 5


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_are_read_back_by_another_library(form: str) -> None:
    written = query(GRAPH, SELECT).write(form)
    found = rdflib.query.Result.parse(io.BytesIO(written), format=form)
    assert [str(row[rdflib.Variable("who")]) for row in found.bindings] == ["https://kg.example.org/id/jane-roe"]


@pytest.mark.parametrize(
    ("sparql", "form", "wrong"),
    [
        (SELECT, "turtle", "no turtle of rows; allowed: csv, tsv, json, xml"),
        ("ASK {}", "nt", "no nt of truth; allowed: csv, tsv, json, xml"),
        ("DESCRIBE id:trade", "html", "no html of triples; allowed: turtle, jsonld, nt, rdfxml, csv, tsv, json, xml"),
    ],
)
def test_a_form_that_there_is_not_is_told(sparql: str, form: str, wrong: str) -> None:
    with pytest.raises(QueryError) as caught:
        query(GRAPH, sparql).write(form)
    assert str(caught.value) == wrong


def test_labels_stand_behind_each_column_that_has_some() -> None:
    store = load(GRAPH)
    found = store.query(
        """SELECT ?who ?role ?n ?nothing { ?who a kg:Person ; rdfs:label ?label . VALUES ?n { 1 }
        OPTIONAL { ?who kg:ministerOf ?role } } ORDER BY ?who"""
    ).labelled(store.label)
    assert found.variables == ("who", "whoLabel", "role", "roleLabel", "n", "nothing")
    assert found.table() == [
        ("id:harbour-news/john-doe", "John Doe", "", "", "1", ""),
        ("id:jane-roe", "Jane Roe", "id:trade", "Ministry of Trade", "1", ""),
    ]
    assert json.loads(found.write("json"))["results"]["bindings"][0].keys() == {"who", "whoLabel", "n"}


def test_a_column_of_that_name_stays_as_it_is_and_no_rows_stay_none() -> None:
    store = load(GRAPH)
    found = store.query("SELECT ?who ?whoLabel { ?who kg:ministerOf ?y BIND('mine' AS ?whoLabel) }")
    assert found.labelled(store.label).table() == [("id:jane-roe", "mine")]
    empty = store.query("SELECT ?who { ?who a kg:Nobody }")
    assert empty.labelled(store.label) == empty
    triples = store.query("DESCRIBE id:trade")
    assert triples.labelled(store.label) == triples
