"""SPARQL 1.1 Protocol, its query half: a request to a question, and what came of the question to a response."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from kg.server.edition import Edition
from kg.server.limits import Limits
from kg.server.negotiation import OFFERS, best
from kg.server.problems import Problem
from kg.server.worker import Question, Reply
from kg.server.workers import Busy, Gone
from kg.store import Kind, forms

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
#: How many times as much as is allowed is read of a body, and thrown away.
PATIENCE = 16
#: More fields than any form of ours has.
FIELDS = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says: its fields, each once, and whether it was a safe GET or HEAD that a cache may keep."""

    fields: Mapping[str, str]
    safe: bool


async def read(request: Request, limits: Limits) -> Asked:
    """What is asked, by any of the three ways of the standard; raises Problem for what is none of them."""
    fields = _fields(request.url.query)
    if request.method in ("GET", "HEAD"):
        return Asked(fields, safe=True)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == UPDATE:
        raise Problem(HTTPStatus.FORBIDDEN, "no updates: the graph is only read")
    if kind not in (FORM, QUERY):
        allowed = f"a query is posted as {QUERY} or as {FORM}"
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"{kind or 'no content type'}: {allowed}")
    try:
        body = (await _body(request, limits)).decode("utf-8")
    except UnicodeDecodeError:
        raise Problem(HTTPStatus.BAD_REQUEST, "the body is not UTF-8") from None
    more = {"query": body} if kind == QUERY else _fields(body)
    if both := fields.keys() & more.keys():
        raise Problem(HTTPStatus.BAD_REQUEST, f"{min(both)}: is given twice, in the address and in the body")
    return Asked({**fields, **more}, safe=False)


def refuse(asked: Asked, *allowed: str) -> None:
    """Nothing for a request that only reads this graph; else Problem, also for fields that nobody knows."""
    if "update" in asked.fields:
        raise Problem(HTTPStatus.FORBIDDEN, "no updates: the graph is only read")
    if datasets := sorted(name for name in asked.fields if name.endswith("graph-uri")):
        raise Problem(HTTPStatus.BAD_REQUEST, f"{datasets[0]}: only this graph is asked, leave it out")
    if unknown := sorted(asked.fields.keys() - set(allowed)):
        raise Problem(HTTPStatus.BAD_REQUEST, f"{unknown[0]}: unknown parameter; allowed are {', '.join(allowed)}")


def forms_for(asked: Asked, accept: str | None) -> dict[Kind, str | None]:
    """The form for each kind of answer: that of `format`, else by Accept; raises Problem for a form nobody knows."""
    if (name := asked.fields.get("format")) is not None:
        if name not in forms.NAMES:
            allowed = f"allowed are {', '.join(forms.NAMES)}"
            raise Problem(HTTPStatus.BAD_REQUEST, f"format: {name[:40]!r} is none; {allowed}")
        return dict.fromkeys(Kind, name)
    return {kind: best(accept, offers) for kind, offers in OFFERS.items()}


async def respond(request: Request, asked: Asked, sparql: str, edition: Edition) -> Response:
    """The answer to a query, whole or not at all: raises Problem for what went wrong on the way."""
    wanted = forms_for(asked, request.headers.get("accept"))
    labels = asked.fields.get("labels", "") not in ("", "0", "false")
    # Weak: rows without ORDER BY may come in another order.
    tag = f'W/"{sha256(repr((edition.tag, sparql, sorted(wanted.items()), labels)).encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"} if asked.safe else {"Vary": "Accept"}
    if asked.safe and unchanged(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    reply = await _reply(request, Question(sparql, wanted, labels), edition)
    if reply.what != "ok":
        raise _problem(reply, edition.workers.limits)
    return Response(reply.body, headers=headers, media_type=forms.media_type(reply.form))


def unchanged(request: Request, tag: str) -> bool:
    """Whether who asks has the answer already."""
    known = (t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(","))
    return any(t in ("*", tag.removeprefix("W/")) for t in known)


async def _reply(request: Request, question: Question, edition: Edition) -> Reply:
    limits = edition.workers.limits
    try:
        return await edition.workers.ask(question, _gone(request))
    except Busy as busy:
        told = f"{busy}: try again in a few seconds"
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, told, {"Retry-After": "2"}) from None
    except TimeoutError:
        told = f"the query was stopped: it took more than {limits.seconds:g} seconds"
        raise Problem(HTTPStatus.GATEWAY_TIMEOUT, told) from None
    except Gone:
        raise ClientDisconnect from None


def _problem(reply: Reply, limits: Limits) -> Problem:
    told = reply.body.decode("utf-8")
    match reply.what:
        case "query":
            return Problem(HTTPStatus.BAD_REQUEST, told)
        case "form":
            offered = ", ".join(OFFERS[Kind(told)])
            return Problem(HTTPStatus.NOT_ACCEPTABLE, f"no form of {told} that you accept; there are {offered}")
        case "size":
            return Problem(HTTPStatus.INSUFFICIENT_STORAGE, told)
        case "memory":
            told = f"the query was stopped: it needs more than {limits.memory // 2**20} MB of memory"
            return Problem(HTTPStatus.INSUFFICIENT_STORAGE, told)
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the query ended the process that answered it: please report it")


async def _gone(request: Request) -> None:
    """Comes back when who asked has hung up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _fields(encoded: str) -> dict[str, str]:
    """The fields of a form or of an address; raises Problem for one that is there twice."""
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except ValueError as error:
        what = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else f"has more than {FIELDS} fields"
        raise Problem(HTTPStatus.BAD_REQUEST, f"the form {what}") from None
    found = dict(pairs)
    if len(found) < len(pairs) and (twice := [name for name, _ in pairs if [n for n, _ in pairs].count(name) > 1]):
        told = "only this graph is asked, leave it out" if twice[0].endswith("graph-uri") else "is given twice"
        raise Problem(HTTPStatus.BAD_REQUEST, f"{twice[0][:40]}: {told}")
    return found


async def _body(request: Request, limits: Limits) -> bytes:
    """The body, if it is no larger and comes no slower than is allowed."""
    body = bytearray()
    count = 0
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for chunk in request.stream():
                count += len(chunk)
                # Read on for a while: who still sends would not hear why it is refused.
                if count <= limits.body:
                    body += chunk
                elif count > PATIENCE * limits.body:
                    break
    except TimeoutError:
        told = f"the body took more than {limits.body_seconds:g} seconds"
        raise Problem(HTTPStatus.REQUEST_TIMEOUT, told, {"Connection": "close"}) from None
    if count > limits.body:
        told = f"the body is too large: it may have {limits.body:,} bytes"
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, told, {"Connection": "close"})
    return bytes(body)
