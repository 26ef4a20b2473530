"""Linked data over HTTP: the address of a thing is its IRI, and the form of the answer is by the Accept header."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import unquote

from pyoxigraph import NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kg import vocabulary
from kg.server import protocol
from kg.server.edition import Edition
from kg.server.negotiation import TRIPLES, best
from kg.server.pages import STILL, html
from kg.server.problems import Problem
from kg.server.protocol import Asked, refuse, unchanged
from kg.server.things import Things

#: All that is said of a thing and to it, and of the statements about it with their evidence.
ABOUT = """CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ VALUES ?s {{ {me} }} ?s ?p ?o }} UNION {{ VALUES ?o {{ {me} }} ?s ?p ?o }}
  UNION {{ VALUES ?me {{ {me} }} ?s rdf:subject|rdf:object ?me ; ?p ?o }}
  UNION {{ VALUES ?me {{ {me} }} ?statement rdf:subject|rdf:object ?me ; kg:evidence ?s . ?s ?p ?o }}
}}"""
#: All that is said of the terms of the vocabulary.
TERMS = 'CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{base}ontology#")) }}'
OFFERS = {"text/html": "html", **TRIPLES}


async def respond(request: Request, asked: Asked, edition: Edition) -> Response:
    """A page, or triples, about the thing whose IRI is the address; raises Problem where there is no such thing."""
    refuse(asked, "format")
    # As the build writes IRIs: whatever a client has escaped otherwise is the same name.
    path = request.scope.get("raw_path", b"").decode("ascii", "replace").lstrip("/").split("/")
    try:
        name = [unquote(part, errors="strict") for part in path]
    except UnicodeDecodeError:
        raise Problem(HTTPStatus.NOT_FOUND, "no such address: it is not UTF-8") from None
    iri = vocabulary.iri(edition.base, *name)
    terms = name == ["ontology"]
    if not (terms or _known(iri, edition)):
        raise Problem(HTTPStatus.NOT_FOUND, f"no such address: the graph says nothing of {iri[:200]}")
    chosen = asked.fields.get("format") or best(request.headers.get("accept"), OFFERS)
    if chosen == "html":
        return await _page(request, iri, terms, edition)
    sparql = TERMS.format(base=edition.base) if terms else ABOUT.format(me=f"<{iri}>")
    return await protocol.respond(request, asked, sparql, edition)


async def _page(request: Request, iri: str, terms: bool, edition: Edition) -> Response:
    headers = {"ETag": f'W/"{edition.tag[:32]}-html"', "Cache-Control": "no-cache", "Vary": "Accept"}
    headers["Content-Security-Policy"] = STILL
    if unchanged(request, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    things = Things(edition)
    if terms:
        page = html("terms", things=await run_in_threadpool(things.terms), base=edition.base)
    else:
        page = html("thing", thing=await run_in_threadpool(things.thing, iri), room="graph.html" in edition.files)
    return Response(page, headers=headers, media_type="text/html")


def _known(iri: str, edition: Edition) -> bool:
    me, graph = NamedNode(iri), edition.store.graph
    return any(
        True
        for some in (graph.quads_for_pattern(me, None, None), graph.quads_for_pattern(None, None, me))
        for _ in some
    )
