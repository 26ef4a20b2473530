"""Every check finds the fault that is planted in the graph of the seeds, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import turtle
from kg.checks import gates
from kg.checks.finding import short
from tests.conftest import ONTOLOGY, Built
from tests.knowledge import BASE

PRESS = "id:004_20430a00275623ba\\/press-conference"
FORUM, SUB = "id:hongqiao-international-economic-forum-5", "id:000_7bef9fb365fcac59\\/sub-forum"
PRESS_, SUB_ = PRESS.replace("\\", ""), SUB.replace("\\", "")
ENTITIES = f"<{BASE}ontology/entities/bodies.ttl>"
#: The statement `2nd China International Supply Chain Expo, edition, 2` has four pieces of evidence.
EDITION = "?st rdf:predicate kg:edition ; rdf:object 2 ; kg:evidence ?ev ."
MINISTER = "?st rdf:subject id:xiao-yaqing ; rdf:predicate kg:ministerOf ; kg:evidence ?ev ."
PLANNED = "?st rdf:predicate kg:heldIn ; kg:status kg:planned ; kg:evidence ?ev ."

Found = dict[str, list[str]]


def fact(name: str, subject: str, property: str, thing: str, *, status: str = "asserted", more: str = "") -> str:
    """An update that adds a statement, its plain triple, and evidence that another one has."""
    plain = f"{subject} {property} {thing} ." if status == "asserted" else ""
    return f"""INSERT {{ {plain} st:{name} a rdf:Statement ; rdf:subject {subject} ; rdf:predicate {property} ;
        rdf:object {thing} ; kg:status kg:{status} ; kg:evidence ?ev {more} }} WHERE {{ {MINISTER} }}"""


def first(where: str, variable: str = "ev") -> str:
    return f"{{ SELECT ?{variable} WHERE {{ {where} }} ORDER BY ?{variable} LIMIT 1 }}"


def dated(name: str, property: str, day: str, *, status: str = "asserted") -> str:
    """The same with a day of the press conference."""
    value, side = f'"{day}"^^xsd:date', "begin" if property == "kg:startsOn" else "end"
    return fact(name, PRESS, property, value, status=status, more=f"; kg:{side} {value}")


def both(*updates: str) -> str:
    return " ;\n".join(updates)


PLANTED: dict[str, tuple[str, Found]] = {
    "a part of its part": (
        fact("x", FORUM, "kg:partOf", SUB),
        {"circular-parts": [f"kg:partOf {SUB_}", f"kg:partOf {FORUM}"]},
    ),
    "a place in itself": (
        fact("x", "id:beijing", "kg:locatedIn", "id:beijing"),
        {"circular-parts": ["kg:locatedIn id:beijing"]},
    ),
    "a decision on nobody": (
        f"INSERT DATA {{ GRAPH {ENTITIES} {{ id:scio dcterms:isReplacedBy id:nobody }} }}",
        {"decisions-that-lead-nowhere": [f"{BASE}ontology/entities/bodies.ttl id:scio dcterms:isReplacedBy id:nobody"]},
    ),
    "a decision on what others call it": (
        f"INSERT DATA {{ GRAPH {ENTITIES} {{ id:scio owl:sameAs <https://elsewhere.example/scio> }} }}",
        {},
    ),
    "replaced by each other": (
        both(
            f"INSERT DATA {{ GRAPH {ENTITIES} {{ id:seres dcterms:isReplacedBy id:miit }} }}",
            f"INSERT DATA {{ GRAPH {ENTITIES} {{ id:miit dcterms:isReplacedBy id:seres }} }}",
        ),
        {
            "replaced-in-a-circle": [
                "id:miit dcterms:isReplacedBy id:seres",
                "id:seres dcterms:isReplacedBy id:miit",
            ]
        },
    ),
    "the same and not the same": (
        f"INSERT DATA {{ GRAPH {ENTITIES} {{ id:state-council owl:sameAs id:scio }} }}",
        {"replaced-in-a-circle": ["id:state-council owl:differentFrom id:scio"]},
    ),
    "a document of which nothing is told": (
        'INSERT DATA { doc:empty a kg:Document ; rdfs:label "Empty" }',
        {"documents-without-statement": ["doc:empty"]},
    ),
    "a company that speaks": (
        fact("x", "id:seres", "kg:spokeAt", PRESS),
        {"domains": ["id:seres kg:spokeAt kg:Company"]},
    ),
    "a company that is to speak": (
        fact("x", "id:seres", "kg:spokeAt", PRESS, status="planned"),
        {"domains": ["id:seres kg:spokeAt kg:Company"]},
    ),
    "one of two classes fits": (
        both("INSERT DATA { id:seres a kg:Person }", fact("x", "id:seres", "kg:spokeAt", PRESS)),
        {},
    ),
    "a quote of a company": ('INSERT DATA { id:seres kg:quote "x" }', {"domains": ["id:seres kg:quote kg:Company"]}),
    "a speech at a company": (
        fact("x", "id:xiao-yaqing", "kg:spokeAt", "id:seres"),
        {"ranges": ["id:xiao-yaqing kg:spokeAt id:seres kg:Company"]},
    ),
    "a speech at words": (
        fact("x", "id:xiao-yaqing", "kg:spokeAt", '"there"'),
        {"ranges": ["id:xiao-yaqing kg:spokeAt there xsd:string"]},
    ),
    "words in the place of a truth": (
        """DELETE { ?d kg:machineTranslated ?is } INSERT { ?d kg:machineTranslated "no" }
        WHERE { ?d a kg:Document ; kg:machineTranslated ?is ; kg:publishedBy id:xinhua }""",
        {"ranges": ["doc:002_6068a20fdb5ae628 kg:machineTranslated no xsd:string"]},
    ),
    "an end before the start": (
        both(dated("x", "kg:startsOn", "2021-03-02"), dated("y", "kg:endsOn", "2021-03-01", status="planned")),
        {"events-that-end-before-they-start": [f"{PRESS_} 2021-03-02 2021-03-01"]},
    ),
    "an end on the day of the start": (
        both(dated("x", "kg:startsOn", "2021-03-01"), dated("y", "kg:endsOn", "2021-03-01")),
        {},
    ),
    "evidence without a document": (
        f"DELETE {{ ?ev oa:hasSource ?x }} WHERE {{ {first(EDITION)} ?ev oa:hasSource ?x }}",
        {"evidence-is-whole": ["{ev} document"]},
    ),
    "evidence without a quote": (
        f"DELETE {{ ?ev kg:quote ?x }} WHERE {{ {first(EDITION)} ?ev kg:quote ?x }}",
        {"evidence-is-whole": ["{ev} quote"]},
    ),
    "evidence without a place": (
        f"DELETE {{ ?at oa:end ?x }} WHERE {{ {first(EDITION)} ?ev oa:hasSelector ?at . ?at oa:end ?x }}",
        {"evidence-is-whole": ["{ev} place"]},
    ),
    "evidence without a rule": (
        f"DELETE {{ ?ev kg:byRule ?x }} WHERE {{ {first(EDITION)} ?ev kg:byRule ?x }}",
        {"evidence-is-whole": ["{ev} rule"]},
    ),
    "a name for nothing": (
        "INSERT DATA { id:seres skos:related id:nobody }",
        {"iris-that-lead-nowhere": ["id:seres skos:related id:nobody"]},
    ),
    "a data set without a licence": (
        both(
            f"DELETE WHERE {{ <{BASE}dataset> dcterms:license ?x }}",
            f"DELETE WHERE {{ GRAPH ?g {{ <{BASE}dataset> dcterms:license ?x }} }}",
        ),
        {"metadata": [f"{BASE}dataset dcterms:license"]},
    ),
    "an object without a label": (
        "DELETE WHERE { id:chengdu rdfs:label ?x }",
        {"objects-without-label": ["{st} id:chengdu"], "things-without-label": ["id:chengdu"]},
    ),
    "a rule without a label": (
        "DELETE WHERE { rule:events.part rdfs:label ?x }",
        {"things-without-label": ["rule:events.part"]},
    ),
    "two labels": (
        'INSERT DATA { id:seres rdfs:label "Seres Group" }',
        {"one-label-each": ["id:seres rdfs:label Seres Seres Group"]},
    ),
    "two names in one language": (
        'INSERT DATA { id:seres skos:prefLabel "Seres Group"@en , "赛力斯集团"@nan }',
        {"one-label-each": ["id:seres skos:prefLabel Seres Seres Group"]},
    ),
    "a city that nobody speaks of": (
        'INSERT DATA { id:lost a kg:City ; rdfs:label "Lost" }',
        {"orphans": ["id:lost kg:City"]},
    ),
    "a statement without its triple": (
        "DELETE DATA { id:xiao-yaqing kg:ministerOf id:miit }",
        {
            "plain-triples-and-statements-agree": [
                "an asserted statement that is no plain triple id:xiao-yaqing kg:ministerOf id:miit"
            ]
        },
    ),
    "a triple without its statement": (
        "INSERT DATA { id:xiao-yaqing kg:viceMinisterOf id:miit }",
        {
            "plain-triples-and-statements-agree": [
                "a plain triple that no statement asserts id:xiao-yaqing kg:viceMinisterOf id:miit"
            ],
            "plain-triples-without-evidence": ["id:xiao-yaqing kg:viceMinisterOf id:miit"],
        },
    ),
    "a property that is no relation": (
        "DELETE DATA { kg:ministerOf rdfs:subPropertyOf kg:holdsPost }",
        {
            "plain-triples-and-statements-agree": [
                "a statement whose property is no relation id:xiao-yaqing kg:ministerOf id:miit"
            ]
        },
    ),
    "a fact without evidence": (
        f"DELETE {{ ?st kg:evidence ?ev }} WHERE {{ {MINISTER} }}",
        {
            "orphans": ["{minister} oa:SpecificResource"],
            "plain-triples-without-evidence": ["id:xiao-yaqing kg:ministerOf id:miit"],
            "statements-without-evidence": ["{minister_st}"],
        },
    ),
    "a plan without evidence": (
        f"DELETE {{ ?st kg:evidence ?ev }} WHERE {{ {PLANNED} }}",
        {"orphans": ["{planned} oa:SpecificResource"], "statements-without-evidence": ["{planned_st}"]},
    ),
    "a post of no day": (
        "DELETE { ?m kg:asOf ?x } WHERE { ?m org:member id:han-zheng ; kg:asOf ?x }",
        {"posts-without-as-of": ["id:han-zheng post:china/vice-president kg:asserted"]},
    ),
    "another quote for tools": (
        f"""DELETE {{ ?at oa:exact ?x }} INSERT {{ ?at oa:exact "else" }}
        WHERE {{ {MINISTER} ?ev oa:hasSelector ?at . ?at oa:exact ?x }}""",
        {"quote-and-selector-agree": ["{minister} {quote} else"]},
    ),
    "no words for the subject": (
        f"""DELETE {{ ?ev kg:slot ?x }}
        WHERE {{ {MINISTER} ?ev kg:slot ?x FILTER(STRSTARTS(?x, "subject")) }}""",
        {"slots-without-words": ["{minister} subject"]},
    ),
    "a property that nothing declares": (
        'INSERT DATA { id:seres kg:colour "red" }',
        {"undeclared-terms": ["kg:colour"]},
    ),
    "a class that nothing declares": (
        "INSERT DATA { id:seres a kg:Carmaker }",
        {"undeclared-terms": ["kg:Carmaker"], "iris-that-lead-nowhere": ["id:seres rdf:type kg:Carmaker"]},
    ),
}


@pytest.fixture(scope="module")
def whole(built: Built) -> tuple[ox.Store, dict[str, str]]:
    """The graph of the seeds with the ontology beside it, as the checks are asked of it."""
    store, prefixes = turtle.load(built.graph.read_bytes())
    gates.know(store, ONTOLOGY, BASE)
    return store, prefixes


def names(store: ox.Store, prefixes: dict[str, str]) -> dict[str, str]:
    """Ids of statements and evidence, which no test should spell out, and the minister's quote."""

    def one(where: str, variable: str) -> str:
        rows = store.query(f"SELECT ?{variable} {{ {where} }} ORDER BY ?{variable} LIMIT 1", prefixes=prefixes)
        assert isinstance(rows, ox.QuerySolutions)
        term = next(rows)[variable]
        assert isinstance(term, ox.NamedNode | ox.Literal)
        return short(term.value, prefixes)

    return {
        "ev": one(EDITION, "ev"),
        "st": one("?st rdf:object id:chengdu", "st"),
        "minister": one(MINISTER, "ev"),
        "minister_st": one(MINISTER, "st"),
        "planned": one(PLANNED, "ev"),
        "planned_st": one(PLANNED, "st"),
        "quote": one(f"{MINISTER} ?ev kg:quote ?quote", "quote"),
    }


def found(store: ox.Store, prefixes: dict[str, str], ontology: Path = ONTOLOGY) -> Found:
    every: Found = {}
    for each in gates.findings(store, ontology, prefixes):
        every.setdefault(each.check, []).append(each.where)
    return every


@pytest.mark.parametrize(("update", "wanted"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found_and_nothing_else(
    update: str, wanted: Found, whole: tuple[ox.Store, dict[str, str]]
) -> None:
    store, prefixes = whole
    before = found(store, prefixes)
    assert before == {"posts-without-as-of": ["id:zhang-yunming post:miit/vice-minister kg:asserted"]}
    planted = ox.Store()
    planted.extend(store)
    planted.update(update, prefixes=prefixes)
    assert set(planted) != set(store)
    told = names(store, prefixes)
    more = {check: sorted(set(where) - set(before.get(check, ()))) for check, where in found(planted, prefixes).items()}
    assert {check: where for check, where in more.items() if where} == {
        check: sorted(_named(where, told)) for check, where in wanted.items()
    }


def _named(where: list[str], told: dict[str, str]) -> list[str]:
    return [each.format(**told) if "{" in each else each for each in where]


def test_every_check_has_a_fault_that_it_finds() -> None:
    assert {q.name for q in gates.gather(ONTOLOGY)} == {check for _, wanted in PLANTED.values() for check in wanted}
