"""How the server begins, takes a new build, and ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import Built, refuses, run
from tests.server.served import CROSS, LITTLE, Server, served

LONG = "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c } LIMIT 1000 } ?d ?e ?f }"


def test_a_port_that_is_taken_is_told_in_one_line(built: Built) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--root", built.root, "serve", "--port", str(port))
        refuses(done, 2, f"127.0.0.1:{port}", "in use", "--port")


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.1"])
def test_an_address_that_is_not_ours_too(built: Built, host: str) -> None:
    refuses(run("--root", built.root, "serve", "--host", host, "--port", "0"), 2, host, "--host")


def test_without_a_graph_there_is_nothing_to_serve(project: Path) -> None:
    refuses(run("--root", project, "serve", "--port", "0"), 2, "graph.ttl", "make")
    (project / "exports").mkdir()
    (project / "exports" / "graph.ttl").write_text("this is no graph", "utf-8")
    refuses(run("--root", project, "serve", "--port", "0"), 3, "graph.ttl", "no Turtle")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_told_and_finishes_what_it_is_answering(built: Built, number: int) -> None:
    with served(built.root, limits={"quick_seconds": 0.05}) as server, ThreadPoolExecutor(1) as pool:
        before = server.workers()
        running = pool.submit(server.query, LONG, format="csv")
        # Once it takes long its worker is no longer among those that wait.
        while not any(os.getpriority(os.PRIO_PROCESS, pid) for pid in server.workers() & before):
            assert not running.done(), "the query was too quick for this test"
        family = server.family()
        server.process.send_signal(number)
        assert server.said() == "Stopping: what is being answered is finished first."
        assert running.result().status == 200
        assert server.process.wait(60) == 0
        assert server.said() == "Stopped."
        wait_for_the_end(set(family))


def test_who_never_ends_is_not_waited_for(built: Built) -> None:
    with served(built.root, limits=LITTLE) as server, ThreadPoolExecutor(1) as pool:
        running = pool.submit(server.query, CROSS)
        assert running.result().status == 504
        assert server.ends() == (0, "Stopping: what is being answered is finished first.\nStopped.\n")


def test_nothing_stays_behind_a_server_that_was_killed(built: Built) -> None:
    with served(built.root) as server:
        family = server.family()
        assert len(family) > 4
        server.process.kill()
        server.process.wait()
        wait_for_the_end(set(family))


def wait_for_the_end(processes: set[int]) -> None:
    """Returns when there is none of them, or only what is left of it."""
    while processes:
        processes = {pid for pid in processes if alive(pid)}


def alive(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return False


def build(root: Path, name: str, old: str = "Xiao Yaqing") -> None:
    """Another build of the project, in which somebody has another name."""
    graph = root / "exports" / "graph.ttl"
    made = graph.with_name("new")
    made.write_text(graph.read_text("utf-8").replace(old, name), "utf-8")
    made.replace(graph)


def label(server: Server) -> str:
    return server.query("SELECT ?l { id:xiao-yaqing rdfs:label ?l }", format="csv").text.splitlines()[1]


def test_a_new_build_is_served_at_once_and_a_faulty_one_is_not(own: Path) -> None:
    with served(own, "--reload") as server:
        old = server.workers()
        first = server.ask("/graph.ttl").headers["etag"]
        assert label(server) == "Xiao Yaqing"
        build(own, "Zelda Quux")
        assert server.said().startswith("A new build is served: ")
        assert label(server) == "Zelda Quux"
        assert "Zelda Quux" in server.ask("/id/xiao-yaqing", Accept="text/html").text
        assert server.ask("/graph.ttl").headers["etag"] != first
        wait_for_the_end(old)
        (own / "exports" / "graph.ttl").write_text("this is no graph", "utf-8")
        assert "no Turtle" in server.said()
        assert label(server) == "Zelda Quux"


def test_who_asks_while_a_build_comes_gets_answers_of_one_graph(own: Path) -> None:
    both = "SELECT ?l ?m { id:xiao-yaqing rdfs:label ?l ; skos:prefLabel ?m FILTER(LANG(?m) = 'en') }"
    with served(own, "--reload") as server, ThreadPoolExecutor(4) as pool:
        for old, name in (("Xiao Yaqing", "Zelda Quux"), ("Zelda Quux", "Xiao Yaqing")):
            running = [pool.submit(server.query, both, format="csv") for _ in range(40)]
            build(own, name, old)
            assert server.said().startswith("A new build is served: ")
            for one in running:
                row = one.result().text.splitlines()[1].split(",")
                assert one.result().status == 200
                assert row[0] == row[1]


def test_otherwise_it_keeps_what_it_has_loaded(own: Path) -> None:
    with served(own) as server:
        build(own, "Zelda Quux")
        killed = server.workers()
        for process in killed:
            os.kill(process, signal.SIGKILL)
        wait_for_the_end(killed)
        assert label(server) == "Xiao Yaqing"
        assert b"Zelda Quux" not in server.ask("/graph.ttl").body


def test_sites_and_names_that_are_allowed_may_read_it(built: Built) -> None:
    with served(built.root, "--origin", "https://e.org", "--name", "graph.example.org") as server:
        allowed = server.ask("/graph.ttl", Origin="https://e.org", Host="graph.example.org")
        assert (allowed.status, allowed.headers["access-control-allow-origin"]) == (200, "https://e.org")
        other = server.ask("/graph.ttl", Origin="https://other.example")
        assert "access-control-allow-origin" not in other.headers


#: Oxigraph asked past the guard, by a process that is confined or not.
PAST = """
import sys
from kg.server import worker
from kg.store import load
store = load(b"")
worker.rehearse(store)
if sys.argv[2] == "confined":
    worker.confine(2**28)
try:
    print(list(store.graph.query("SELECT * { SERVICE <%s> { ?s ?p ?o } }" % sys.argv[1])))
except OSError as error:
    print("refused", error)
"""


def test_a_worker_can_open_nothing_even_past_the_guard() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        command = [sys.executable, "-c", PAST, address, "confined"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        assert done.stdout.startswith("refused")
        with pytest.raises(BlockingIOError):
            listening.accept()
