"""What is found at which address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.errors import QueryError, unknown
from kg.server import linked, pages, protocol
from kg.server.description import description
from kg.server.edition import Edition, File
from kg.server.headers import Headers
from kg.server.limits import Limits
from kg.server.negotiation import ROWS, TRIPLES, best
from kg.server.problems import Problem
from kg.server.protocol import refuse, unchanged
from kg.store import forms


def application(now: Callable[[], Edition], limits: Limits, hosts: Sequence[str], origins: Sequence[str]) -> Starlette:
    """The server as an ASGI application; `now` gives the edition that is to be served.

    `hosts` are the names under which it may be asked for: without them a page of anybody's could read it by
    a name that leads to this machine (DNS rebinding). `origins` are the sites whose pages may read it.
    """
    served = _Served(now, limits)
    cors = Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "HEAD", "POST"])
    return Starlette(
        routes=[
            Route("/", served.room),
            Route("/sparql", served.sparql, methods=["GET", "POST"]),
            Route("/query", served.query),
            Route("/query/words.json", served.words),
            Route("/question/{name}", served.question),
            Route("/assets/{name}", served.asset),
            Route("/{name:path}", served.other),
        ],
        middleware=[
            Middleware(Headers),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            *([cors] if origins else []),
        ],
        exception_handlers={Problem: _problem, HTTPException: _http, ClientDisconnect: _left},
    )


@dataclass(frozen=True, slots=True)
class _Served:
    now: Callable[[], Edition]
    limits: Limits

    async def room(self, request: Request) -> Response:
        """The reading room."""
        if (page := self.now().files.get("graph.html")) is None:
            raise Problem(HTTPStatus.NOT_FOUND, "no graph.html in exports/: `make` builds it; /query asks the graph")
        return _file(request, page)

    async def sparql(self, request: Request) -> Response:
        """The endpoint: answers; without a query what it is, for people the page that asks it."""
        asked = await protocol.read(request, self.limits)
        refuse(asked, "query", "format", "labels")
        edition, accept = self.now(), request.headers.get("accept")
        query = asked.fields.get("query")
        every = {**(TRIPLES if query is None else {**ROWS, **TRIPLES}), "text/html": "html"}
        if asked.safe and "format" not in asked.fields and best(accept, every) == "html":
            return RedirectResponse(
                f"/query#query={quote(query, safe='')}" if query else "/query", HTTPStatus.SEE_OTHER
            )
        if query is not None:
            return await protocol.respond(request, asked, query, edition)
        if not asked.safe:
            raise Problem(HTTPStatus.BAD_REQUEST, "query: is missing")
        form = asked.fields.get("format") or best(accept, TRIPLES)
        if form is None or form not in forms.TRIPLES:
            raise Problem(HTTPStatus.NOT_ACCEPTABLE, f"allowed forms are {', '.join(forms.TRIPLES)}")
        told = description(str(request.url.replace(query="")), edition).write(form)
        return Response(told, headers={"Vary": "Accept"}, media_type=forms.media_type(form))

    async def query(self, request: Request) -> Response:
        """The page that asks."""
        return _file(request, File(pages.html("query").encode(), "text/html"), pages.POLICY)

    async def words(self, request: Request) -> Response:
        """What that page knows."""
        edition = self.now()
        return _file(request, File(await run_in_threadpool(lambda: edition.words), "application/json"))

    async def question(self, request: Request) -> Response:
        """A saved question, answered with the values in the address; with `format=rq` its SPARQL."""
        edition, asked = self.now(), await protocol.read(request, self.limits)
        name = request.path_params["name"]
        if (saved := edition.question(name)) is None:
            known = [q.name for q in edition.questions]
            raise Problem(HTTPStatus.NOT_FOUND, unknown("question", name[:80], known))
        names = [p.name for p in saved.parameters]
        refuse(asked, "format", "labels", *names)
        values = {n: asked.fields[n] for n in names if n in asked.fields}
        try:
            sparql = saved.bind(
                values, prefixes=edition.store.prefixes, named=edition.store.named, like=edition.store.like
            )
        except QueryError as error:
            raise Problem(HTTPStatus.BAD_REQUEST, str(error)) from None
        if asked.fields.get("format") == "rq":
            return _file(request, File(sparql.encode(), "application/sparql-query"))
        return await protocol.respond(request, asked, sparql, edition)

    async def asset(self, request: Request) -> Response:
        """A style sheet or a script of the pages."""
        name = request.path_params["name"]
        if (content := pages.asset(name)) is None:
            raise Problem(HTTPStatus.NOT_FOUND, "no such address")
        return _file(request, File(content, pages.MEDIA[name.rpartition(".")[2]]))

    async def other(self, request: Request) -> Response:
        """A file of exports/, or a thing of the graph."""
        edition = self.now()
        if (file := edition.files.get(request.path_params["name"])) is not None:
            return _file(request, file)
        return await linked.respond(request, await protocol.read(request, self.limits), edition)


def _file(request: Request, file: File, policy: str = "") -> Response:
    headers = {"ETag": f'"{file.tag}"', "Cache-Control": "no-cache"}
    if policy := policy or file.policy:
        framed = "" if "frame-ancestors" in policy else "; frame-ancestors 'none'"
        headers["Content-Security-Policy"] = policy + framed
    if unchanged(request, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(file.content, headers=headers, media_type=file.media_type)


async def _problem(request: Request, error: Exception) -> Response:
    return error.response(request) if isinstance(error, Problem) else Response(status_code=500)


async def _http(request: Request, error: Exception) -> Response:
    """What Starlette refuses, in our words: a method that an address does not have."""
    if not isinstance(error, HTTPException):
        return Response(status_code=500)
    headers = dict(error.headers or {})
    allowed = f"; allowed are {headers['Allow']}" if "Allow" in headers else ""
    told = f"{request.method}: {error.detail}{allowed}"
    return Problem(HTTPStatus(error.status_code), told, headers).response(request)


async def _left(_request: Request, _error: Exception) -> Response:
    """For nobody: who asked has hung up."""
    return Response(status_code=400)
