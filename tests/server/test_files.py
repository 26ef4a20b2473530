"""What is served of exports/, and that nothing else is."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import Built
from tests.server.served import Server, served

FILES = {
    "graph.ttl": "text/turtle",
    "statements.jsonl": "application/jsonl",
    "refused.jsonl": "application/jsonl",
    "graph.html": "text/html",
}


@pytest.mark.parametrize(("name", "media_type"), FILES.items())
def test_what_a_build_gives_is_served_as_it_stands(server: Server, built: Built, name: str, media_type: str) -> None:
    content = (built.exports / name).read_bytes()
    reply = server.ask(f"/{name}")
    assert (reply.status, reply.type, reply.body) == (200, media_type, content)
    assert reply.headers["etag"] == f'"{sha256(content).hexdigest()}"'
    assert server.ask(f"/{name}", If_None_Match=reply.headers["etag"]).status == 304


OUTSIDE = [
    "/../ontology/kg.ttl",
    "/%2e%2e/ontology/kg.ttl",
    "/..%2fontology%2fkg.ttl",
    "/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "//etc/passwd",
    "/..\\..\\..\\etc\\passwd",
    "/graph.ttl/../../ontology/kg.ttl",
    "/exports/graph.ttl",
    "/file:///etc/passwd",
    "/graph.ttl%00.html",
    "/assets/../app.py",
    "/assets/%2e%2e%2fapp.py",
    "/assets/query.html.j2",
    "/question/%2e%2e%2fkg.ttl",
    "/%ff%fe",
    "/.",
    "/secret.txt",
    "/statements.csv",
]


def test_nothing_else_is(own: Path) -> None:
    (own / "exports" / "secret.txt").write_text("secret: do not tell\n", "utf-8")
    (own / "exports" / "refused.jsonl").unlink()
    (own / "exports" / "refused.jsonl").symlink_to("/etc/passwd")
    with served(own) as server:
        for path in (*OUTSIDE, "/refused.jsonl"):
            reply = server.ask(path)
            assert reply.status in (400, 404), path
            assert reply.text.count("\n") == 1, path
            assert "root:" not in reply.text, path
            assert "secret:" not in reply.text, path
            assert "@prefix" not in reply.text, path


def test_the_reading_room_keeps_its_policy_and_works(server: Server, browser: Browser) -> None:
    policy = server.ask("/").headers["content-security-policy"]
    assert "script-src 'sha256-" in policy
    assert "frame-ancestors 'none'" in policy
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{server.address}/#node=id%2Fxiao-yaqing")
    assert "Xiao Yaqing" in page.inner_text("#panel")
    assert complaints == []
    context.close()


def test_every_reply_says_how_it_may_be_taken(server: Server) -> None:
    for path in ("/", "/query", "/graph.ttl", "/nothing", "/id/miit", "/sparql?query=ASK%7B%7D"):
        headers = server.ask(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["content-security-policy"].startswith("default-src 'none'"), path
        assert headers["referrer-policy"] == "no-referrer", path
        assert "server" not in headers, path
