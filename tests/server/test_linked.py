"""Linked data: the path of an IRI answers for it, as a page or as triples."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import graph
from kg.store import load
from tests.conftest import Built
from tests.knowledge import HOSTILE, RULES, knowledge, vocabulary
from tests.server.served import Server, served

BASE = "https://kg.example.org/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
MINISTER = "Recently, Xiao Yaqing, Minister of industry and information technology"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (BROWSER, "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml;q=0.5, application/n-triples", "application/n-triples"),
        ("text/html;q=0.5, text/turtle", "text/turtle"),
    ],
)
def test_a_thing_is_told_in_the_form_most_welcome(server: Server, accept: str, media_type: str) -> None:
    reply = server.ask("/id/xiao-yaqing", Accept=accept)
    assert (reply.status, reply.type, reply.headers["vary"]) == (200, media_type, "Accept")
    assert server.ask("/id/xiao-yaqing", Accept=accept, If_None_Match=reply.headers["etag"]).status == 304
    assert MINISTER in reply.text.replace('\\"', '"')


def test_triples_hold_the_thing_its_statements_and_their_evidence(server: Server, built: Built) -> None:
    found = {q.triple for q in parse(server.ask("/id/xiao-yaqing", Accept="text/turtle").body, format=RdfFormat.TURTLE)}
    known = load(built.graph).graph
    me = NamedNode(f"{BASE}id/xiao-yaqing")
    assert {q.triple for q in known.quads_for_pattern(me, None, None)} <= found
    assert {q.triple for q in known.quads_for_pattern(None, None, me)} <= found
    assert {q.triple for q in known} > found
    assert any(t.predicate.value == f"{BASE}ontology#quote" for t in found)


def test_a_page_shows_each_statement_with_its_sentence_document_and_rule(server: Server) -> None:
    reply = server.ask("/id/xiao-yaqing", Accept=BROWSER)
    page = reply.text
    assert "<title>Xiao Yaqing</title>" in page
    assert MINISTER in page
    for place in ("/id/miit", "/ontology#ministerOf", "/rule/posts.apposition", "/document/001_ec239430f14e9e0f"):
        assert f'href="{place}"' in page, place
    assert re.search(r'href="/#statement=[0-9a-f]{16}"', page)
    assert 'href="/#node=id%2Fxiao-yaqing"' in page
    assert reply.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "<script" not in page


def test_a_sentence_that_a_machine_translated_says_so(server: Server) -> None:
    page = server.ask("/id/xiao-yaqing", Accept=BROWSER).text
    quotes = [one.partition("</li>")[0] for one in page.split("<blockquote>")[1:]]
    translated = ["a machine translated it" in one for one in quotes]
    assert translated == ["/document/001_ec239430f14e9e0f" in one for one in quotes]
    assert set(translated) == {True, False}


def test_every_kind_of_thing_has_its_page_and_its_links_lead_somewhere(server: Server, built: Built) -> None:
    subjects = {q.subject.value for q in load(built.graph).graph if isinstance(q.subject, NamedNode)}
    kinds: dict[tuple[str, int], str] = {}
    for iri in sorted(subjects):
        path = iri.removeprefix(BASE)
        if iri.startswith(BASE) and "#" not in path:
            kinds.setdefault((path.partition("/")[0], path.count("/")), path)
    assert {kind for kind, _ in kinds} >= {"id", "document", "rule", "statement", "evidence", "post", "claim"}
    assert ("id", 2) in kinds
    links = set()
    for path in kinds.values():
        reply = server.ask(f"/{quote(path, safe='/%~')}", Accept=BROWSER)
        assert reply.status == 200, path
        links |= set(re.findall(r'href="(/[^"#?]+)["#]', reply.text))
    assert {link for link in links if server.ask(link, "HEAD", Accept=BROWSER).status != 200} == set()


def test_the_vocabulary_has_a_page_with_a_place_for_each_term(server: Server) -> None:
    page = server.ask("/ontology", Accept=BROWSER).text
    for name in ("Minister", "ministerOf"):
        assert (f'id="{name}"' in page) == (name == "ministerOf")
    assert "minister of" in page
    assert f"<{BASE}ontology#ministerOf>" in server.ask("/ontology", Accept="application/n-triples").text


@pytest.mark.parametrize(
    "path", ["/id/nobody", "/id", "/id/", "/nothing/at/all", "/id/xiao-yaqing/", "/ontology/kg.ttl"]
)
def test_what_the_graph_does_not_know_is_nowhere(server: Server, path: str) -> None:
    server.ask(path, Accept=BROWSER).refuses(404, "no such address")


def test_names_in_any_script_and_hostile_text_stay_text(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "exports").mkdir()
    made = graph.write(knowledge(), vocabulary=vocabulary(), rules=RULES)
    thing, term = f"<{BASE}id/工信部%20%26%20co>", f"<{BASE}ontology#x>"
    strange = f'{thing} rdfs:label "<script>alert(1)</script>" ; {term} <javascript:alert(1)> .\n'
    (tmp_path / "exports" / "graph.ttl").write_bytes(made + strange.encode())
    with served(tmp_path) as server:
        reply = server.ask(f"/id/{quote('工信部 & co')}", Accept=BROWSER)
        assert reply.status == 200
        assert "&lt;script&gt;alert(1)" in reply.text
        assert "<script" not in reply.text
        assert 'href="javascript' not in reply.text
        claim = next(line for line in server.query("SELECT ?c { ?c a kg:Measure }", format="tsv").text.split("\n")[1:])
        page = server.ask("/" + claim.strip("<>\r").removeprefix(BASE), Accept=BROWSER)
        assert page.status == 200
        assert "</script>" not in page.text
        assert HOSTILE[:8].replace('"', "&#34;") in page.text
        server.ask("/").refuses(404, "graph.html", "make")
