"""The server as a process of its own, and requests to it as they go over the wire."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.conftest import ROOT

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
#: A server with limits of its own, which the command has no options for.
LIMITED = """
import json
import sys
from pathlib import Path
from kg import server
limits = server.Limits(**json.loads(sys.argv[2]))
server.serve(Path(sys.argv[1]), port=0, limits=limits, say=lambda line: print(line, file=sys.stderr, flush=True))
"""
#: So little that a test need not wait.
LITTLE = {
    "seconds": 2.0,
    "quick_seconds": 0.2,
    "memory": 64 * 2**20,
    "answer": 300_000,
    "body": 20_000,
    "body_seconds": 0.5,
    "quick": 2,
    "long": 1,
    "waiting": 0,
}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def type(self) -> str:
        return self.headers["content-type"].partition(";")[0]

    def refuses(self, status: int, *needles: str) -> None:
        """One clear line, and no more."""
        assert (self.status, self.type, self.text.count("\n")) == (status, "text/plain", 1), (self.status, self.text)
        for needle in needles:
            assert needle in self.text


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[str]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
        """The reply to a request; the path goes out as it stands."""
        made = self.connection()
        try:
            made.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            got = made.getresponse()
            return Reply(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        finally:
            made.close()

    def query(self, sparql: str, accept: str = "", **more: str) -> Reply:
        return self.ask(f"/sparql?{urlencode({'query': sparql, **more})}", Accept=accept or "*/*")

    def said(self) -> str:
        """The next line on standard error."""
        assert self.process.stderr
        return self.process.stderr.readline().rstrip("\n")

    def ends(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Its exit code, and what else it said."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said

    def family(self) -> dict[int, int]:
        """All processes below it, each with that above it."""
        above = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, parent = re.sub(r"^.*\) ", "", stat.read_text("utf-8", "replace")).split()[:2]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if state != "Z":
                above[int(stat.parent.name)] = int(parent)
        found = {self.process.pid: 0}
        while more := {pid: up for pid, up in above.items() if up in found and pid not in found}:
            found |= more
        del found[self.process.pid]
        return found

    def workers(self) -> set[int]:
        """The processes that answer: children of the keeper, which is a child of the server."""
        return {pid for pid, up in self.family().items() if up != self.process.pid}


@contextmanager
def served(root: Path, *options: str, limits: Mapping[str, float] | None = None) -> Iterator[Server]:
    """`kg serve` on a port that is free, until the test is done."""
    command = ["-m", "kg", "--root", str(root), "serve", "--port", "0", *options]
    if limits:
        command = ["-c", LIMITED, str(root), json.dumps(limits)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, *command], stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stderr
            line = process.stderr.readline()
            match = re.match(r"Listening on http://127\.0\.0\.1:(\d+)/", line)
            assert match, line + process.stderr.read()
            yield Server(process, int(match[1]))
        finally:
            process.kill()
            process.communicate()
