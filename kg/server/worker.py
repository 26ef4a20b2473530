"""A worker: one process that answers queries, one at a time, and can be killed at any moment without loss."""

from __future__ import annotations

import json
import resource
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import AnswerTooLarge, QueryError
from kg.server.limits import Limits
from kg.store import Answer, Kind, Store, forms

#: In front of a question and of an answer: how long its head is, which is JSON, and how long its body.
FRAME = struct.Struct("!II")


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and the form in which each kind of answer is wanted: none where the asker could not read it.

    With `labels`, each column of IRIs has one with their labels behind it.
    """

    sparql: str
    forms: Mapping[Kind, str | None]
    labels: bool = False

    def packed(self) -> bytes:
        """The bytes that a worker is sent."""
        return _packed({"forms": dict(self.forms), "labels": self.labels}, self.sparql.encode())


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a question: `ok` with an answer in a form; else what went wrong, as words in `body`.

    `what` is `ok`, `query` (it is malformed or forbidden), `form` (the asker cannot read such an answer), `size`,
    `memory` or `fault` (ours). `fresh` tells whether the worker may answer more: not where it has grown.
    """

    what: str
    form: str
    body: bytes
    fresh: bool = True


def work(channel: socket.socket, store: Store, limits: Limits) -> None:
    """Answers what comes down a channel until it is closed.

    From here on the process has no more memory than it is allowed, and can open neither file nor connection: even a
    query that slipped through the guard would fetch nothing.
    """
    confine(limits.memory)
    before = _grown()
    with channel, channel.makefile("rb") as incoming, suppress(BrokenPipeError, ConnectionResetError):
        while frame := incoming.read(FRAME.size):
            head, body = FRAME.unpack(frame)
            asked = json.loads(incoming.read(head))
            sparql = incoming.read(body).decode("utf-8")
            reply = answer(store, Question(sparql, asked["forms"], asked["labels"]), limits.answer)
            fresh = _grown() - before < limits.memory / 4
            channel.sendall(_packed({"what": reply.what, "form": reply.form, "fresh": fresh}, reply.body))


def confine(memory: int) -> None:
    """Nothing that this process does after it can take more memory than so many bytes, nor open anything."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Where there is no /proc, nothing tells how much there is already, and the time alone is limited.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", "ascii")  # of all, the one to go
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _grown() -> int:
    """The most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def answer(store: Store, question: Question, most: int) -> Reply:
    """The reply to a question, of no more than so many bytes."""
    try:
        found = store.query(question.sparql, most=most)
        form = question.forms[found.kind]
        if form is None:
            return Reply("form", "", str(found.kind).encode())
        written = (_labelled(found, store) if question.labels else found).write(form)
        if len(written) > most:
            raise AnswerTooLarge(f"the answer is larger than {most:,} bytes; ask for less of it: add a LIMIT")
    except AnswerTooLarge as error:
        return Reply("size", "", str(error).encode())
    except QueryError as error:
        return Reply("query", "", str(error).encode())
    except MemoryError:
        return Reply("memory", "", b"")
    except RecursionError:
        return Reply("query", "", b"line 1, column 1: the query is nested too deeply")
    return Reply("ok", form, written)


def _labelled(found: Answer, store: Store) -> Answer:
    """Triples too, as rows of three."""
    if found.kind is Kind.TRIPLES:
        found = replace(found, kind=Kind.ROWS, written=found.write("json"))
    return found.labelled(store.label)


def unpacked(head: bytes, body: bytes) -> Reply:
    """A reply as it came down the channel."""
    told = json.loads(head)
    return Reply(told["what"], told["form"], body, told["fresh"])


def _packed(head: Mapping[str, object], body: bytes) -> bytes:
    told = json.dumps(head).encode()
    return FRAME.pack(len(told), len(body)) + told + body


def rehearse(store: Store) -> None:
    """Loads what answers and errors need, for later no file can be opened."""
    for sparql in ("SELECT * { ?s ?p ?o } LIMIT 1", "ASK {}", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 1", "SELECT"):
        for form in forms.NAMES:
            for labels in (False, True):
                answer(store, Question(sparql, dict.fromkeys(Kind, form), labels), 2**20)
