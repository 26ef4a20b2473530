"""What asks too much is stopped, and told so; the others keep their answers."""

from __future__ import annotations

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.server.served import CROSS, Reply, Server

QUERY = "application/sparql-query"
HEAD = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {QUERY}\r\n"
DOUBLED = " ".join(f"BIND(CONCAT(?t{n}, ?t{n}) AS ?t{n + 1})" for n in range(40))
GROWING = f"SELECT (STRLEN(?t40) AS ?n) {{ BIND('0123456789' AS ?t0) {DOUBLED} }}"


def answers(server: Server) -> bool:
    return server.query("ASK {}", format="csv").text == "answer\r\ntrue\r\n"


def post(server: Server, sparql: str) -> Reply:
    return server.ask("/sparql", "POST", sparql.encode(), Content_Type=QUERY)


def test_a_query_that_takes_too_long_is_stopped_and_its_process_is_gone(little: Server) -> None:
    before = little.workers()
    little.query(CROSS).refuses(504, "more than 2 seconds")
    assert len(before - little.workers()) == 1
    assert answers(little)


@pytest.mark.parametrize(
    "sparql",
    [GROWING, "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?g"],
    ids=["one long string", "many rows"],
)
def test_a_query_that_needs_too_much_memory_is_stopped_and_its_process_is_gone(little: Server, sparql: str) -> None:
    before = little.workers()
    little.query(sparql).refuses(507, "more than 64 MB of memory")
    assert len(before - little.workers()) == 1
    assert answers(little)


@pytest.mark.parametrize("form", ["json", "csv", "xml"])
def test_an_answer_that_is_too_large_is_none_at_all(little: Server, form: str) -> None:
    little.query("SELECT * { ?s ?p ?o }", format=form).refuses(507, "larger than 300,000 bytes", "LIMIT")
    assert little.query("SELECT * { ?s ?p ?o } LIMIT 9", format=form).status == 200


def test_triples_too(little: Server) -> None:
    little.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").refuses(507, "larger than 300,000 bytes")


@pytest.mark.parametrize(
    "sparql",
    ["SELECT * " + "{" * 6000 + "}" * 6000, "SELECT * { FILTER(" + "!" * 18000 + "1) }"],
    ids=["groups", "nots"],
)
def test_a_query_nested_without_end_is_a_bad_one(little: Server, sparql: str) -> None:
    reply = post(little, sparql)
    assert reply.status in (200, 400)
    if reply.status == 400:
        reply.refuses(400, "line 1, column")
    assert answers(little)


def test_a_body_that_is_too_large_is_refused(little: Server) -> None:
    assert little.ask("/sparql", "POST", b"ASK {}" + b" " * 15_000, Content_Type=QUERY).status == 200
    # Who can hear it is told why; who sends without end is hung up on.
    little.ask("/sparql", "POST", b"ASK {}" + b" " * 100_000, Content_Type=QUERY).refuses(413, "20,000 bytes")
    with socket.create_connection(("127.0.0.1", little.port), timeout=60) as made:
        made.sendall(HEAD.encode())
        made.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
        chunks = iter(lambda: made.sendall(b"2000\r\n" + b"#" * 0x2000 + b"\r\n"), "never")
        with pytest.raises(ConnectionError):
            list(chunks)
    assert answers(little)


@pytest.mark.parametrize(
    ("begun", "status"),
    [
        (
            f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {QUERY}\r\nContent-Length: 100\r\n\r\nASK",
            b"408",
        ),
        ("GET /sparql?query=ASK HTTP/1.1\r\nHost: loc", b""),
        ("", b""),
    ],
    ids=["body", "head", "nothing"],
)
def test_who_speaks_too_slowly_is_not_waited_for(little: Server, begun: str, status: bytes) -> None:
    with socket.create_connection(("127.0.0.1", little.port), timeout=60) as made:
        made.sendall(begun.encode())
        got = b""
        while some := made.recv(1000):
            got += some
        assert got.split(b" ", 2)[1:2] == ([status] if status else [])
    assert answers(little)


def test_only_so_many_wait_and_the_rest_are_told_to_come_again(little: Server) -> None:
    with ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(lambda _: little.query(CROSS), range(12)))
    assert {reply.status for reply in replies} == {503, 504}
    for reply in replies:
        if reply.status == 503:
            assert int(reply.headers["retry-after"]) > 0
            reply.refuses(503, "too many", "try again")
    assert answers(little)


def test_a_long_query_does_not_keep_others_from_an_answer(little: Server) -> None:
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(little.query, CROSS)
        answered = 0
        while not long.done():
            assert answers(little)
            answered += 1
    assert answered > 1
    long.result().refuses(504)


def test_who_hangs_up_leaves_no_query_behind(little: Server) -> None:
    before = little.workers()
    made = little.connection()
    made.request("POST", "/sparql", CROSS, {"Content-Type": QUERY})
    made.close()
    while before <= little.workers():
        assert answers(little)


def test_a_worker_that_is_killed_is_replaced(little: Server) -> None:
    before = little.workers()
    for process in before:
        os.kill(process, signal.SIGKILL)
    while before & little.workers():
        pass
    assert all(answers(little) for _ in range(5))


def test_a_lost_keeper_is_replaced(little: Server) -> None:
    family = little.family()
    for process in {up for up in family.values() if up != little.process.pid}:
        os.kill(process, signal.SIGKILL)
    while family.keys() & little.workers():
        pass
    assert all(answers(little) for _ in range(5))
