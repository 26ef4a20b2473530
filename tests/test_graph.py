from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import rdflib
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse
from pyoxigraph import Literal as Value

from kg import graph
from kg.errors import GraphError
from kg.model import Document, Knowledge, Literal, Node, Status
from kg.store import load
from kg.turtle import OA, RDF, TYPE, read, write
from tests.knowledge import (
    BASE,
    DOE,
    EXPO,
    HOSTILE,
    MINISTRY,
    NEWS,
    ONTOLOGY,
    PORT,
    RULES,
    knowledge,
    vocabulary,
)

VOCABULARY = vocabulary()
KNOWLEDGE = knowledge()
TURTLE = graph.write(KNOWLEDGE, vocabulary=VOCABULARY, rules=RULES)


def rows(sparql: str) -> list[tuple[str, ...]]:
    return load(TURTLE).query(sparql).table()


def test_the_same_knowledge_gives_the_same_bytes() -> None:
    turned = Knowledge(KNOWLEDGE.extractions[::-1], KNOWLEDGE.statements[::-1], ())
    assert graph.write(turned, vocabulary=VOCABULARY, rules=dict(reversed(RULES.items()))) == TURTLE


def test_rdflib_reads_the_same_triples() -> None:
    ours = graph.triples(KNOWLEDGE, vocabulary=VOCABULARY, rules=RULES)
    theirs = rdflib.Graph().parse(data=TURTLE, format="turtle")
    assert len(theirs) == len(ours) == len(set(ours))
    assert {str(o) for o in theirs.objects()} == {o.value for _, _, o in ours if isinstance(o, NamedNode | Value)}


def test_a_name_stands_before_the_longer_ones_that_begin_with_it() -> None:
    """Subjects and what is told of them; before all else below a subject what it is."""
    names = [NamedNode(BASE + name) for name in ("e", "e-quote", "e.1", "e1")]
    told = [Triple(a, b, Value("é “>”\n")) for a in names for b in (TYPE, *names)]
    written = write([*told[::-1], *told], {})
    assert [quad.triple for quad in parse(written, format=RdfFormat.TURTLE)] == told
    assert written.count(b"\n\n") == len(names) - 1


def test_no_node_is_blank() -> None:
    assert not any(isinstance(t, BlankNode) for quad in parse(TURTLE, format=RdfFormat.TURTLE) for t in quad.triple)


def test_turtle_is_written_for_readers() -> None:
    text = TURTLE.decode()
    assert "\nid:jane-roe a kg:Person ;\n" in text
    assert "\tkg:ministerOf id:trade ;\n" in text
    assert "post:trade\\/minister a kg:Post ;" in text
    assert '\tkg:slot "object char=120,124" , "subject char=26,30" .\n\nev:' in text
    assert f"<{BASE}id/" not in text.partition("\n\n")[2]


def test_every_term_of_ours_is_declared_and_labelled() -> None:
    declared = {t.subject for t in read(ONTOLOGY / "kg.ttl", BASE)}
    used = {t for triple in graph.triples(KNOWLEDGE, vocabulary=VOCABULARY, rules=RULES) for t in triple}
    ours = {t for t in used if isinstance(t, NamedNode) and t.value.startswith(f"{BASE}ontology#")}
    assert ours <= declared
    labelled = {row[0] for row in rows("SELECT ?t { ?t rdfs:label ?label }")}
    assert {VOCABULARY.compact(t.value) for t in ours} <= labelled


def test_a_plain_triple_stands_for_what_is_asserted_and_for_nothing_else() -> None:
    found = rows("SELECT ?s ?p ?o { ?p rdfs:subPropertyOf+ kg:relation . ?s ?p ?o }")
    assert len(found) == sum(s.status is Status.ASSERTED for s in KNOWLEDGE.statements) == 7
    assert ("id:jane-roe", "kg:ministerOf", "id:trade") in found
    assert ("id:harbour-expo-2", "kg:edition", "2") in found
    assert not [row for row in found if row[1] in ("kg:viceMinisterOf", "kg:startsOn", "kg:holdsPost")]


def test_the_same_fact_in_two_documents_is_one_statement_with_two_pieces_of_evidence() -> None:
    found = rows("""SELECT ?statement ?document ?quote {
        ?person rdfs:label "Jane Roe" . ?body rdfs:label "Ministry of Trade" .
        ?statement rdf:subject ?person ; rdf:predicate kg:ministerOf ; rdf:object ?body .
        ?statement kg:evidence ?evidence .
        ?evidence oa:hasSource ?document ; kg:quote ?quote } ORDER BY ?document""")
    assert len({row[0] for row in found}) == 1
    assert [row[1] for row in found] == ["doc:harbour-news", "doc:minutes"]
    assert found[0][2].startswith("Jane Roe, minister of")


def test_evidence_is_found_again_in_the_document() -> None:
    found = rows("""SELECT ?start ?end ?exact ?quote ?prefix ?suffix ?slot {
        ?evidence oa:hasSource doc:harbour-news ; kg:quote ?quote ; kg:slot ?slot .
        ?evidence oa:hasSelector ?position, ?text . ?position oa:start ?start ; oa:end ?end .
        ?text oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix }""")
    assert found
    for start, end, exact, quote, prefix, suffix, slot in found:
        assert NEWS.text[int(start) : int(end)] == exact == quote
        assert prefix + exact + suffix in NEWS.text
        first, last = map(int, slot.partition(" char=")[2].split(","))
        assert int(start) <= first < last <= int(end)


def test_evidence_names_its_rule_speaker_antecedent_and_translation() -> None:
    assert rows("""SELECT ?says ?pattern ?who ?antecedent {
        ?statement rdf:predicate kg:said ; kg:evidence ?e .
        ?e kg:byRule ?rule ; kg:assertedBy ?who ; kg:antecedent ?antecedent .
        ?rule rdfs:comment ?says ; kg:pattern ?pattern }""") == [
        (
            "Reported speech.",
            "{agent:Agent} said [that] {what:Clause}",
            "id:jane-roe",
            "subject next-sentence char=26,34",
        )
    ]
    assert rows("SELECT DISTINCT ?d { ?e kg:machineTranslated true ; oa:hasSource ?d }") == [("doc:minutes",)]
    assert rows("SELECT ?r { ?r a prov:Plan } ORDER BY ?r") == [
        ("rule:claims.said",),
        ("rule:events.opened",),
        ("rule:posts.apposition",),
    ]


def test_a_post_has_its_holders_and_a_membership_its_dates() -> None:
    asked = """SELECT ?label ?who {
        ?post a kg:Post ; rdfs:label ?label OPTIONAL { ?post org:heldBy ?who } } ORDER BY ?label"""
    assert rows(asked) == [
        ("minister, Ministry of Trade", "id:jane-roe"),
        ("vice minister, Ministry of Trade", ""),
    ]
    asked = """SELECT ?who ?status ?date {
        ?m org:member ?who ; org:role/org:postIn ?body ; kg:status ?status ; kg:asOf ?date
        } ORDER BY ?date ?who"""
    assert rows(asked) == [
        ("id:harbour-news/john-doe", "kg:former", "2021-03-08"),
        ("id:jane-roe", "kg:asserted", "2021-03-08"),
        ("id:jane-roe", "kg:asserted", "2021-05-02"),
    ]


@pytest.mark.parametrize(
    ("title", "status", "body", "label"),
    [
        ("Minister", Status.ASSERTED, MINISTRY, "minister, Ministry of Trade"),
        ("Minister of Trade", Status.ASSERTED, MINISTRY, "minister, Ministry of Trade"),
        ("Minister of Trade", Status.ASSERTED, PORT, "minister of trade, Port Ada"),
        ("mayor of Port Ada", Status.ASSERTED, PORT, "mayor, Port Ada"),
        ("Acting Vice-Minister", Status.ACTING, MINISTRY, "vice minister, Ministry of Trade"),
        ("chairwoman", Status.ASSERTED, MINISTRY, "chair, Ministry of Trade"),
        (
            "executive vice president",
            Status.ASSERTED,
            MINISTRY,
            "executive vice president, Ministry of Trade",
        ),
        ("Keeper of the Seal", Status.ASSERTED, MINISTRY, "keeper of the seal, Ministry of Trade"),
        ("", Status.ASSERTED, MINISTRY, "post, Ministry of Trade"),
    ],
)
def test_a_post_is_one_however_its_title_is_written(title: str, status: Status, body: Node, label: str) -> None:
    statement = replace(KNOWLEDGE.statements[0], status=status, object=body, qualifiers=(("post", title),))
    written = graph.write(replace(KNOWLEDGE, statements=(statement,)), vocabulary=VOCABULARY, rules=RULES)
    assert load(written).query("SELECT ?label { ?post a kg:Post ; rdfs:label ?label }").table() == [(label,)]


def test_a_membership_keeps_its_first_and_last_snapshot() -> None:
    post = KNOWLEDGE.statements[0]
    days = ["2021-04-01", "2021-03-08", "2021-05-02", "Thursday"]
    evidence = [replace(post.evidence[0], id=f"{n}", qualifiers=(("asOf", day),)) for n, day in enumerate(days)]
    statements = (replace(post, evidence=(evidence[0], *evidence[1:])),)
    written = graph.write(replace(KNOWLEDGE, statements=statements), vocabulary=VOCABULARY, rules=RULES)
    asked = "SELECT ?date { ?m a org:Membership ; kg:asOf ?date } ORDER BY ?date"
    assert load(written).query(asked).table() == [("2021-03-08",), ("2021-05-02",)]


def test_a_date_has_its_days_its_precision_and_its_words() -> None:
    assert rows("""SELECT ?status ?begin ?end ?precision ?words {
        ?s rdf:predicate kg:startsOn ; kg:status ?status ; kg:begin ?begin ; kg:end ?end ;
           kg:precision ?precision ; kg:evidence/kg:dateText ?words }""") == [
        ("kg:planned", "2022-03-01", "2022-03-01", "day", "March 1, 2022")
    ]
    # Words that nothing anchors stay words: no day, no precision.
    assert rows("""SELECT ?object ?precision { ?s rdf:predicate kg:heldOn ; rdf:object ?object
        OPTIONAL { ?s kg:precision|kg:begin ?precision } }""") == [("Monday", "")]


def test_a_claim_has_its_whole_words_its_agent_and_its_date() -> None:
    found = rows("""SELECT ?class ?agent ?words ?date {
        ?c kg:words ?words ; a ?class ; prov:wasAttributedTo ?agent ; kg:asOf ?date } ORDER BY ?class""")
    assert found == [
        ("kg:Claim", "id:jane-roe", "trade will grow", "2021-03-08"),
        ("kg:Measure", "id:trade", HOSTILE, "2021-05-02"),
    ]
    assert rows("SELECT ?n ?who { ?e kg:ordinal ?n ; kg:attributedTo ?who }") == [("1", "id:jane-roe")]
    assert not rows("SELECT ?name { ?c kg:words ?words ; skos:prefLabel|skos:altLabel ?name }")


def test_entities_have_their_names_and_candidates_are_marked() -> None:
    assert rows('SELECT ?name { ?x skos:prefLabel "Jane Roe" ; skos:altLabel ?name }') == [("简·罗",)]
    assert rows("SELECT ?x { ?x kg:candidate true } ORDER BY ?x") == [
        ("id:harbour-expo-3",),
        ("id:harbour-news/john-doe",),
    ]


def test_one_thing_under_two_labels_has_the_curated_one_first() -> None:
    other = Node(DOE.iri, "Mr Doe", "Person", ("Mr Doe",))
    statement = replace(KNOWLEDGE.statements[0], subject=other)
    written = graph.write(
        replace(KNOWLEDGE, statements=(*KNOWLEDGE.statements, statement)), vocabulary=VOCABULARY, rules=RULES
    )
    asked = """SELECT ?label ?name ?candidate {
        ?x skos:altLabel ?name ; rdfs:label ?label FILTER(?name = "John Doe")
        OPTIONAL { ?x kg:candidate ?candidate } }"""
    assert load(written).query(asked).table() == [("Mr Doe", "John Doe", "")]


def test_documents_have_what_is_recorded_beside_them() -> None:
    found = rows("""SELECT ?title ?publisher ?date ?language ?translated ?sha ?note {
        doc:harbour-news dcterms:title ?title ; kg:publisherName ?publisher ; dcterms:issued ?date ;
            dcterms:language ?language ; kg:machineTranslated ?translated ; kg:sha256 ?sha ;
            skos:editorialNote ?note }""")
    assert [row[:5] for row in found] == [("Second Harbour Expo opens", "Harbour News", "2021-03-08", "en", "false")]
    assert len(found[0][5]) == 64
    assert "only one was open that week" in found[0][6]
    # One without a title is called by its name.
    assert rows("SELECT ?label { doc:minutes rdfs:label ?label }") == [("minutes",)]


def test_the_licence_goes_with_the_graph() -> None:
    assert rows("SELECT ?licence { ?d a void:Dataset ; dcterms:license ?licence }") == [
        ("https://creativecommons.org/licenses/by/4.0/",)
    ]


def test_hostile_text_stays_text() -> None:
    document = Document("a b</x>#?é", f"{HOSTILE}\n", title=HOSTILE, publisher=HOSTILE)
    first = KNOWLEDGE.statements[6]
    evidence = replace(first.evidence[0], document=document.name, qualifiers=(("kind", HOSTILE),))
    statement = replace(
        first,
        subject=replace(EXPO, label=HOSTILE, names=(HOSTILE,)),
        object=Literal(HOSTILE),
        evidence=(evidence,),
    )
    hostile = Knowledge((replace(KNOWLEDGE.extractions[0], document=document),), (statement,), ())
    written = graph.write(hostile, vocabulary=VOCABULARY, rules=RULES)
    values = {o.value for _, _, o, _ in parse(written, format=RdfFormat.TURTLE) if isinstance(o, Value)}
    assert HOSTILE in values
    again = rdflib.Graph().parse(data=written, format="turtle")
    assert {str(o) for o in again.objects() if isinstance(o, rdflib.Literal)} == values
    assert f"{BASE}document/a%20b%3C%2Fx%3E%23%3Fé" in {str(s) for s in again.subjects()}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"property": "madeUp"}, "'madeUp' is no property"),
        ({"qualifiers": (("colour", "red"),)}, "'colour' is no qualifier"),
        ({"subject": replace(MINISTRY, type="Ministery")}, "'Ministery', which is no class"),
        (
            {"evidence": (replace(KNOWLEDGE.statements[0].evidence[0], rule="x"),)},
            "'x', which is not in the rule book",
        ),
        (
            {"evidence": (replace(KNOWLEDGE.statements[0].evidence[0], document="x"),)},
            "no document has this name",
        ),
    ],
)
def test_what_nothing_declares_is_refused(change: dict[str, Any], what: str) -> None:
    statement = replace(KNOWLEDGE.statements[0], **change)
    with pytest.raises(GraphError, match=what):
        graph.write(replace(KNOWLEDGE, statements=(statement,)), vocabulary=VOCABULARY, rules=RULES)


def test_an_empty_graph_is_a_graph() -> None:
    written = graph.write(Knowledge((), (), ()), vocabulary=VOCABULARY, rules={})
    assert not load(written).query(f"SELECT * {{ ?s a <{RDF}Statement>, <{OA}SpecificResource> }}").rows
