"""SPARQL 1.1 Protocol, with a client that we did not write, and byte by byte."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, SPARQLWrapper

from kg.store import load
from tests.conftest import Built
from tests.server.served import Server

MINISTERS = "SELECT ?who ?body { ?who kg:ministerOf ?body }"
BUILD = "CONSTRUCT { ?who kg:ministerOf ?body } WHERE { ?who kg:ministerOf ?body }"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
RESULTS = "application/sparql-results"


def client(server: Server, sparql: str, form: str, method: str = "GET", way: str = URLENCODED) -> Any:
    made = SPARQLWrapper(f"{server.address}/sparql")
    # It knows our prefixes no better than any other client: they are declared to its own parser.
    made.setQuery(f"PREFIX kg: <https://kg.example.org/ontology#> {sparql}")
    made.setReturnFormat(form)
    made.setOnlyConneg(True)
    made.setMethod(method)
    made.setRequestMethod(way)
    return made.query().response.read()


@pytest.mark.parametrize(
    ("method", "way"), [("GET", URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)], ids=["GET", "form", "direct"]
)
def test_a_client_of_others_asks_by_all_three_ways(server: Server, built: Built, method: str, way: str) -> None:
    assert client(server, MINISTERS, JSON, method, way) == load(built.graph).query(MINISTERS).write("json")


def test_a_client_of_others_reads_other_answers(server: Server) -> None:
    assert json.loads(client(server, "ASK { ?who kg:ministerOf ?body }", JSON))["boolean"] is True
    assert client(server, MINISTERS, CSV).startswith(b"who,body\r\n")
    made = client(server, BUILD, TURTLE)
    assert {q.predicate.value for q in parse(made, format=RdfFormat.TURTLE)} == {
        "https://kg.example.org/ontology#ministerOf"
    }


@pytest.mark.parametrize(
    ("sparql", "accept", "media_type"),
    [
        (MINISTERS, "", f"{RESULTS}+json"),
        (MINISTERS, "*/*", f"{RESULTS}+json"),
        (MINISTERS, f"{RESULTS}+xml", f"{RESULTS}+xml"),
        (MINISTERS, "text/csv;q=0.4, text/tab-separated-values;q=0.5", "text/tab-separated-values"),
        (MINISTERS, "text/*;q=0.9, text/csv;q=0.1, image/png", "text/tab-separated-values"),
        (MINISTERS, "application/json", f"{RESULTS}+json"),
        (MINISTERS, "text/csv;q=0, */*;q=0.1", f"{RESULTS}+json"),
        (MINISTERS, "this is no header", f"{RESULTS}+json"),
        ("ASK {}", "application/xml", f"{RESULTS}+xml"),
        ("ASK {}", "text/csv", "text/csv"),
        (BUILD, "", "text/turtle"),
        (BUILD, "application/ld+json", "application/ld+json"),
        (BUILD, "application/n-triples", "application/n-triples"),
        (BUILD, "application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml"),
        (BUILD, "application/json", "application/ld+json"),
        (BUILD, "text/csv", "text/csv"),
        ("DESCRIBE id:miit", "text/turtle", "text/turtle"),
    ],
)
def test_the_form_is_the_one_most_welcome(server: Server, sparql: str, accept: str, media_type: str) -> None:
    reply = server.query(sparql, accept)
    assert (reply.status, reply.type, reply.headers["vary"]) == (200, media_type, "Accept")
    assert reply.body


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_rows_are_those_of_the_store_in_every_form(server: Server, built: Built, form: str) -> None:
    ordered = f"{MINISTERS} ORDER BY ?who"
    assert server.query(ordered, format=form).body == load(built.graph).query(ordered).write(form)


@pytest.mark.parametrize("form", ["turtle", "jsonld", "nt", "rdfxml"])
def test_triples_too(server: Server, built: Built, form: str) -> None:
    formats = {"turtle": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES}
    given, made = server.query(BUILD, format=form).body, load(built.graph).query(BUILD).write(form)
    read = [set(parse(one, format=formats.get(form, RdfFormat.RDF_XML))) for one in (given, made)]
    assert read[0] == read[1]
    assert read[0]


def test_labels_stand_beside_on_request(server: Server) -> None:
    reply = server.query(MINISTERS, labels="1", format="csv")
    assert reply.text.splitlines()[0] == "who,whoLabel,body,bodyLabel"
    assert "Xiao Yaqing" in reply.text
    built = server.query(BUILD, f"{RESULTS}+json", labels="1")
    assert json.loads(built.body)["head"]["vars"][:2] == ["subject", "subjectLabel"]


@pytest.mark.parametrize(
    ("sparql", "place", "what"),
    [
        ("SELECT * {\n ?s ?p }", (2, 2), "'?s ?p }' is not expected here"),
        ("SELECT ?x { ?x a nope:Person }", (1, 29), "not declared"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", (1, 10), "no FROM"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", (1, 12), "no SERVICE"),
        ("INSERT DATA { <a:b> <c:d> 1 }", (1, 1), "no INSERT"),
        ("LOAD <file:///etc/passwd>", (1, 1), "no LOAD"),
        ("", (1, 1), "the query ends too early"),
    ],
)
def test_what_is_no_query_here_is_told_with_its_place(
    server: Server, sparql: str, place: tuple[int, int], what: str
) -> None:
    server.query(sparql).refuses(400, f"line {place[0]}, column {place[1]}: ", what)
    told = server.query(sparql, "application/sparql-results+json, application/problem+json")
    assert (told.status, told.type) == (400, "application/problem+json")
    problem = json.loads(told.body)
    assert (problem["status"], problem["line"], problem["column"]) == (400, *place)
    assert what in problem["detail"]


@pytest.mark.parametrize(
    ("status", "path", "method", "body", "type_", "needles"),
    [
        (400, "/sparql", "POST", b"", FORM, ["query: is missing"]),
        (400, "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "GET", b"", "", ["query: is given twice"]),
        (400, "/sparql?query=ASK%7B%7D", "POST", b"ASK {}", QUERY, ["query: is given twice"]),
        (400, "/sparql?query=ASK%7B%7D&default-graph-uri=file:///etc/passwd", "GET", b"", "", ["only this graph"]),
        (400, "/sparql?named-graph-uri=http://e.org/", "POST", b"ASK {}", QUERY, ["only this graph"]),
        (400, "/sparql", "POST", b"query=ASK{}&default-graph-uri=a&default-graph-uri=b", FORM, ["only this graph"]),
        (400, "/sparql?query=ASK%7B%7D&timeout=1", "GET", b"", "", ["timeout: unknown parameter"]),
        (400, "/sparql?query=ASK%7B%7D&format=yaml", "GET", b"", "", ["'yaml'", "csv, tsv"]),
        (400, "/sparql?query=ASK%7B%7D&format=turtle", "GET", b"", "", ["no turtle of truth"]),
        (400, "/sparql?query=%ff", "GET", b"", "", ["UTF-8"]),
        (400, "/sparql", "POST", b"ASK { ?s ?p '\xff' }", QUERY, ["UTF-8"]),
        (403, "/sparql", "POST", b"update=DROP+ALL", FORM, ["no updates"]),
        (403, "/sparql?update=DROP+ALL", "GET", b"", "", ["no updates"]),
        (403, "/sparql", "POST", b"DROP ALL", "application/sparql-update", ["no updates"]),
        (415, "/sparql", "POST", b"ASK {}", "text/plain", ["text/plain: a query is posted as"]),
        (415, "/sparql", "POST", b"ASK {}", "", ["no content type"]),
        (405, "/sparql", "PUT", b"ASK {}", QUERY, ["PUT", "allowed are", "GET", "POST"]),
        (405, "/id/miit", "DELETE", b"", "", ["DELETE", "GET"]),
        (404, "/question/nobody", "GET", b"", "", ["unknown question 'nobody'", "posts-on-a-day"]),
        (400, "/question/posts-on-a-day?day=tomorrow", "GET", b"", "", ["'tomorrow' is no day"]),
        (400, "/question/posts-on-a-day?dya=2021-03-15", "GET", b"", "", ["dya: unknown parameter", "day"]),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    server: Server, status: int, path: str, method: str, body: bytes, type_: str, needles: list[str]
) -> None:
    reply = server.ask(path, method, body or None, Content_Type=type_)
    reply.refuses(status, *needles)
    assert (status == 405) == ("allow" in reply.headers)


@pytest.mark.parametrize("sparql", [MINISTERS, BUILD])
def test_what_nobody_can_read_is_not_sent(server: Server, sparql: str) -> None:
    server.query(sparql, "image/png").refuses(406, "there are")


def test_an_answer_that_is_known_is_not_sent_again(server: Server) -> None:
    first = server.query(MINISTERS)
    tag = first.headers["etag"]
    path = "/sparql?query=" + MINISTERS.replace(" ", "+").replace("?", "%3F").replace("{", "%7B").replace("}", "%7D")
    again = server.ask(path, If_None_Match=f'"other", {tag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert server.ask(path, If_None_Match='"other"').body == first.body
    assert server.query(MINISTERS, format="csv").headers["etag"] != tag
    head = server.ask(path, "HEAD")
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", tag)
    assert int(head.headers["content-length"]) == len(first.body)


def test_it_describes_itself(server: Server, built: Built) -> None:
    said = server.ask("/sparql", Accept="text/turtle")
    told = {(q.predicate.value.rpartition("#")[2], str(q.object)) for q in parse(said.body, format=RdfFormat.TURTLE)}
    assert ("endpoint", f"<{server.address}/sparql>") in told
    triples = len(load(built.graph).graph)
    assert any(name == "triples" and value.startswith(f'"{triples}"') for name, value in told)


def test_people_are_led_to_the_page_that_asks(server: Server) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    empty = server.ask("/sparql", Accept=browser)
    assert (empty.status, empty.headers["location"]) == (303, "/query")
    assert server.query("ASK {}", browser).headers["location"] == "/query#query=ASK%20%7B%7D"
    assert server.query("ASK {}", browser, format="json").status == 200


def test_a_saved_question_is_answered_with_values_from_the_address(server: Server) -> None:
    assert len(server.ask("/question/posts-on-a-day?day=2020-01-01&format=csv").text.splitlines()) == 1
    later = server.ask("/question/posts-on-a-day?day=2021-03-15&format=csv").text.splitlines()
    assert any("xiao-yaqing" in line and "minister" in line for line in later)
    sparql = server.ask("/question/posts-on-a-day?day=2021-03-15&format=rq")
    assert sparql.type == QUERY
    assert re.search(r'VALUES \?day \{ "2021-03-15"', sparql.text)


def test_pages_of_others_may_not_read_it_and_no_other_name_leads_here(server: Server) -> None:
    assert "access-control-allow-origin" not in server.ask("/graph.ttl", Origin="https://e.org").headers
    assert server.ask("/graph.ttl", Host=f"rebound.example:{server.port}").status == 400
    assert server.ask("/graph.ttl", Host=f"localhost:{server.port}").status == 200
