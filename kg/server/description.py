"""What the endpoint is, in the words of SPARQL 1.1 Service Description."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, RdfFormat, serialize

from kg.server.edition import Edition
from kg.store import Answer, Kind
from kg.turtle import TYPE, VOID, XSD, facts

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML")


def description(endpoint: str, edition: Edition) -> Answer:
    """The description as triples, about the endpoint at this address."""
    me, data, graph = (NamedNode(endpoint + part) for part in ("", "#dataset", "#graph"))
    triples = [
        *facts(
            me,
            (TYPE, _sd("Service")),
            (_sd("endpoint"), me),
            (_sd("supportedLanguage"), _sd("SPARQL11Query")),
            (_sd("defaultDataset"), data),
            *((_sd("resultFormat"), NamedNode(_FORMATS + name)) for name in (*_RESULTS, *_GRAPHS)),
        ),
        *facts(data, (TYPE, _sd("Dataset")), (_sd("defaultGraph"), graph)),
        *facts(
            graph,
            (TYPE, _sd("Graph")),
            (TYPE, NamedNode(f"{VOID}Dataset")),
            (
                NamedNode(f"{VOID}triples"),
                Literal(str(len(edition.store.graph)), datatype=NamedNode(f"{XSD}integer")),
            ),
        ),
    ]
    written = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    prefixes = {"sd": SD, "void": VOID, "formats": _FORMATS}
    return Answer(Kind.TRIPLES, ("subject", "predicate", "object"), prefixes, written)


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
