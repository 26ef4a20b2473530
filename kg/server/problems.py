"""Problems: why a request gets no answer, in one line for people or as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from kg.server.negotiation import best

_PLACE = re.compile(r"line (\d+), column (\d+)")


class Problem(Exception):
    """A request gets no answer; `told` says in one line what is wrong, and what is allowed."""

    def __init__(self, status: HTTPStatus, told: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(told)
        self.status = status
        self.told = told
        self.headers = dict(headers or {})

    def response(self, request: Request) -> Response:
        """As RFC 9457 has it, with the place of a fault in a query, for who accepts JSON; else a line of text."""
        headers = self.headers | {"Cache-Control": "no-store", "Vary": "Accept"}
        offers = {"text/plain": "text", "application/problem+json": "json", "application/json": "json"}
        if best(request.headers.get("accept"), offers) != "json":
            return Response(f"{self.told}\n", self.status, headers, "text/plain")
        problem: dict[str, object] = {"title": self.status.phrase, "status": self.status, "detail": self.told}
        if place := _PLACE.search(self.told):
            problem |= {"line": int(place[1]), "column": int(place[2])}
        return Response(json.dumps(problem, ensure_ascii=False), self.status, headers, "application/problem+json")
