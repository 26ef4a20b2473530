"""How the server fares under load and under attack, and how fast our query path is beside rdflib: `make bench-server`.

100,000 invented triples; every answer is compared with Oxigraph's own, and once with rdflib's.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import repeat
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from rdflib import Graph

from kg import graph, pipeline, questions, store
from kg.model import Node
from kg.queries import Query
from kg.store import Store
from tests.conftest import ONTOLOGY
from tests.page_generated import RULES, knowledge
from tests.server.served import CROSS, Server, served

Times = dict[str, list[float]]
Attacks = dict[str, tuple[Callable[[Server], str], str]]

#: Invented words that the vocabulary does not have, and what they are here.
_PROPERTIES = {"madeBy": "hasProduct", "organised": "presidedOver", "mentions": "publishedBy"}
_CLASSES = {"Term": "Period", "Matter": "Topic", "Team": "Group", "Machine": "Product"}

#: Beside the saved questions: what pages and programs ask.
ASKED = {
    "-by-class": "SELECT ?c (COUNT(*) AS ?n) { ?x a ?c } GROUP BY ?c",
    "-ministers": "SELECT ?who ?body { ?p kg:ministerOf ?b . ?p rdfs:label ?who . ?b rdfs:label ?body }",
    "-any-post": "SELECT ?p ?b { ?how rdfs:subPropertyOf kg:holdsPost . ?p ?how ?b }",
    "-why": """SELECT ?quote ?document ?rule { ?s rdf:predicate kg:heldIn ; kg:evidence ?e .
        ?e kg:quote ?quote ; oa:hasSource ?document ; kg:byRule ?rule }""",
    "-two-steps": "SELECT DISTINCT ?a ?c { ?a kg:attended ?b . ?b kg:heldIn ?c }",
    "-words": "SELECT ?c { ?c kg:words ?w FILTER(CONTAINS(?w, 'harbour trade')) }",
    "-most-quoted": """SELECT ?document (COUNT(?e) AS ?n) { ?e oa:hasSource ?document }
        GROUP BY ?document ORDER BY DESC(?n) ?document LIMIT 20""",
}


def invented(count: int) -> bytes:
    """A graph of about so many triples, as a build would write it."""
    made = knowledge(count // 115, count // 28)

    def known(node: Node) -> Node:
        return replace(node, type=_CLASSES.get(node.type, node.type))

    statements = tuple(
        replace(
            one,
            subject=known(one.subject),
            property=_PROPERTIES.get(one.property, one.property),
            object=known(one.object) if isinstance(one.object, Node) else one.object,
        )
        for one in made.statements
    )
    terms = pipeline.load(ONTOLOGY).vocabulary
    return graph.write(replace(made, statements=statements), vocabulary=terms, rules=RULES)


def fitting(saved: Query, loaded: Store) -> str:
    """A saved question about things that this graph has: the first of them, in a settled order, that finds anything."""
    things = [p.name for p in saved.parameters if not re.match(r'["\d+-]', p.default)]
    linked = "SELECT ?x (COUNT(*) AS ?n) { ?s rdf:subject|rdf:object|kg:evidence ?x FILTER(ISIRI(?x)) } GROUP BY ?x"
    known = [str(iri).strip("<>") for iri, _ in loaded.query(f"{linked} ORDER BY DESC(?n) ?x LIMIT 2000").rows]
    chance = random.Random(4)
    for _ in range(1000 if things else 0):
        values = {name: chance.choice(known) for name in things}
        sparql = saved.bind(values, prefixes=loaded.prefixes, named=lambda iri: (iri,))
        if loaded.query(sparql).rows:
            return sparql
    return saved.text


def rows(csv: bytes) -> Counter[bytes]:
    """The rows of an answer, in any order."""
    return Counter(csv.replace(b"\r\n", b"\n").splitlines())


# -- beside rdflib


def timed(work: Callable[[], bytes], times: int) -> tuple[float, bytes]:
    """The best of some times, in seconds, and what came out."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        out = work()
        found.append(time.perf_counter() - begun)
    return min(found), out


def by_rdflib(graph: Graph, sparql: str, prefixes: Mapping[str, str]) -> bytes:
    """The rows as rdflib finds and writes them."""
    return graph.query(sparql, initNs=prefixes).serialize(format="csv") or b""


def by_kg(store: Store, sparql: str) -> bytes:
    """The rows as we do."""
    return store.query(sparql).write("csv")


def beside(asked: dict[str, str], loaded: Store, written: bytes) -> bool:
    """Prints both times for each question, and whether the rows are the same."""
    other = Graph().parse(data=written, format="turtle")
    print(f"\n{'question':<34}{'rows':>8}{'rdflib ms':>12}{'kg ms':>10}{'ratio':>8}")
    same, ratios = True, []
    for name, sparql in asked.items():
        theirs, csv = timed(partial(by_rdflib, other, sparql, loaded.prefixes), 2)
        ours, mine = timed(partial(by_kg, loaded, sparql), 5)
        equal = rows(csv) == rows(mine)
        same &= equal
        ratios.append(theirs / ours)
        told = "" if equal else "   ROWS DIFFER"
        print(
            f"{name:<34}{len(mine.splitlines()) - 1:>8}{theirs * 1e3:>12.1f}{ours * 1e3:>10.2f}{ratios[-1]:>8.0f}{told}"
        )
    print(f"{'all, median':<34}{'':>30}{median(ratios):>8.0f}")
    return same


# -- under load


def clients(server: Server, asked: dict[str, str], loaded: Store, count: int, until: float) -> tuple[Times, list[str]]:
    """Seconds of each answer by question, and what went wrong, of so many clients at a time."""
    expected = {name: rows(loaded.query(sparql).write("csv")) for name, sparql in asked.items()}
    times: Times = defaultdict(list)
    wrong: list[str] = []
    right: set[tuple[str, bytes]] = set()

    def client(number: int) -> None:
        chance = random.Random(number)
        made = server.connection()
        while time.monotonic() < until:
            name = chance.choice(list(asked))
            begun = time.monotonic()
            try:
                made.request("GET", f"/sparql?{urlencode({'query': asked[name]})}", headers={"Accept": "text/csv"})
                got = made.getresponse()
                body = got.read()
            except (OSError, http.client.HTTPException) as error:
                wrong.append(f"{name}: {error!r}")
                made = server.connection()
                continue
            times[name].append(time.monotonic() - begun)
            if got.status != 200:
                wrong.append(f"{name}: {got.status} {body.decode()}")
            elif (name, body) not in right:
                if rows(body) != expected[name]:
                    wrong.append(f"{name}: other rows")
                right.add((name, body))

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(client, range(count)))
    return times, wrong


def query(sparql: str, **more: str) -> Callable[[Server], str]:
    """An attack by a query; what is told is the status."""
    return lambda server: str(server.query(sparql, **more).status)


def get(path: str, method: str = "GET", body: bytes | None = None, kind: str = "") -> Callable[[Server], str]:
    """An attack by any request."""
    return lambda server: str(server.ask(path, method, body, Content_Type=kind).status)


def spoken(head: str, body: Iterable[bytes], pause: float) -> Callable[[Server], str]:
    """An attack by who speaks for long: the status, or that it was hung up on."""

    def attack(server: Server) -> str:
        with socket.create_connection(("127.0.0.1", server.port), timeout=60) as made:
            try:
                made.sendall(head.encode())
                for some in body:
                    made.settimeout(60)
                    made.sendall(some)
                    made.settimeout(max(pause, 0.001))
                    try:
                        return (made.recv(100).split(b" ", 2)[1:2] or [b"hung up"])[0].decode()
                    except TimeoutError:
                        continue
                made.settimeout(60)
                return (made.recv(100).split(b" ", 2)[1:2] or [b"hung up"])[0].decode()
            except ConnectionError:
                return "hung up"

    return attack


_SPARQL = "application/sparql-query"
_POST = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {_SPARQL}\r\n"
_DOUBLED = " ".join(f"BIND(CONCAT(?t{n}, ?t{n}) AS ?t{n + 1})" for n in range(40))
#: What a hostile client does, and what may come of it.
LONG = {
    "cross join, counted": (query(CROSS), "503 504"),
    "cross join, sorted": (query("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f"), "503 504 507"),
    "string that doubles": (
        query(f"SELECT (STRLEN(?t40) AS ?n) {{ BIND('0123456789' AS ?t0) {_DOUBLED} }}"),
        "503 507",
    ),
    "everything, thrice": (query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"), "503 504 507"),
}
SHORT = {
    "10 MB body": (spoken(f"{_POST}Content-Length: 10000000\r\n\r\n", [b"#" * 10**7], 1), "413 hung up"),
    "10 MB body, in chunks": (
        spoken(f"{_POST}Transfer-Encoding: chunked\r\n\r\n", repeat(b"10000\r\n" + b"#" * 65536 + b"\r\n"), 0),
        "413 hung up",
    ),
    "INSERT": (query("INSERT DATA { <a:b> <c:d> 1 }"), "400"),
    "update=": (get("/sparql", "POST", b"update=DROP+ALL", "application/x-www-form-urlencoded"), "403"),
    "sparql-update": (get("/sparql", "POST", b"DROP ALL", "application/sparql-update"), "403"),
    "LOAD <file:>": (query("LOAD <file:///etc/passwd>"), "400"),
    "SERVICE": (query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), "400"),
    "FROM <file:>": (query("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"), "400"),
    "default-graph-uri": (get("/sparql?query=ASK%7B%7D&default-graph-uri=file:///etc/passwd"), "400"),
    "../": (get("/../../etc/passwd"), "404"),
    "%2e%2e%2f": (get("/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), "404"),
    "nested 100,000 deep": (get("/sparql", "POST", b"SELECT * " + b"{" * 100_000 + b"}" * 100_000, _SPARQL), "400"),
    "no HTTP at all": (spoken("\x16\x03\x01\x02" * 50 + "\r\n\r\n", [b""], 1), "400 hung up"),
}
SLOW = {
    "slow body": (spoken(f"{_POST}Content-Length: 1000\r\n\r\n", repeat(b"#"), 0.5), "408 hung up"),
    "slow head": (spoken("GET /sparql?query=", repeat(b"#"), 0.5), "400 hung up"),
}


def attacked(server: Server, attacks: Attacks, until: float, told: dict[str, Counter[str]]) -> None:
    """One attack after the other for as long as there is time, and what came of each."""
    while time.monotonic() < until:
        for name, (attack, _) in attacks.items():
            told[name][attack(server)] += 1


def under_load(server: Server, asked: dict[str, str], loaded: Store, count: int, seconds: float, hostile: bool) -> bool:
    """Prints what clients saw, beside a hostile one or not, and whether all went well."""
    until = time.monotonic() + seconds
    told: dict[str, Counter[str]] = defaultdict(Counter)
    gangs = [LONG, LONG, SHORT, SLOW] if hostile else []
    threads = [threading.Thread(target=attacked, args=(server, gang, until, told)) for gang in gangs]
    for thread in threads:
        thread.start()
    times, wrong = clients(server, asked, loaded, count, until)
    for thread in threads:
        thread.join()
    every = sorted(one for some in times.values() for one in some)
    company = ", and a hostile one" if hostile else ""
    print(f"\n{count} clients for {seconds:g} s{company}: {len(every)} answers, {len(wrong)} errors")
    print(f"{'question':<34}{'answers':>8}{'p50 ms':>10}{'p95 ms':>10}")
    for name in (*asked, "all"):
        some = every if name == "all" else sorted(times[name])
        if some:
            print(
                f"{name:<34}{len(some):>8}{some[len(some) // 2] * 1e3:>10.0f}{some[int(len(some) * 0.95)] * 1e3:>10.0f}"
            )
    allowed = {name: what for gang in gangs for name, (_, what) in gang.items()}
    for name, what in told.items():
        good = all(one in allowed[name] for one in what)
        came = ", ".join(f"{one} x {n}" for one, n in sorted(what.items()))
        print(f"  {name:<32}{came}{'' if good else '   NOT STOPPED'}")
        if not good:
            wrong.append(f"{name}: {dict(what)}")
    for one in dict.fromkeys(wrong[:20]):
        print(f"  {one}")
    return not wrong


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables; ends with 1 where an answer was wrong or missing, or an attack was not stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=20)
    wish = parser.parse_args(arguments)
    written = invented(wish.triples)
    loaded = store.load(written)
    saved = {q.name: fitting(q, loaded) for q in questions.gather(ONTOLOGY)}
    print(f"{len(loaded.graph):,} triples, {len(saved)} saved questions")
    good = beside(saved | ASKED, loaded, written)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ONTOLOGY / "queries", root / "ontology" / "queries")
        (root / "exports").mkdir()
        (root / "exports" / "graph.ttl").write_bytes(written)
        with served(root) as server:
            for hostile in (False, True):
                good &= under_load(server, saved | ASKED, loaded, wish.clients, wish.seconds, hostile)
            code, said = server.ends()
            print(f"\nIt ended with {code}: {' '.join(said.split())}")
    sys.exit(0 if good and code == 0 else 1)


if __name__ == "__main__":
    main()
