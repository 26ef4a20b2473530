"""The page that asks, in a real browser: saved questions, the editor, faults, answers, links, the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kg import graph
from tests.knowledge import HOSTILE, RULES, knowledge, vocabulary
from tests.server.served import Server, served

WAYS = [(1400, "light"), (400, "dark"), (2560, "light")]


@contextmanager
def visit(browser: Browser, server: Server, place: str = "/query", **options: Any) -> Iterator[Page]:
    """A page in a window of its own; only this server was asked at the end, and only bad queries complained of."""
    window: dict[str, Any] = {"viewport": {"width": 1400, "height": 900}}
    context = browser.new_context(**window | options)
    page = context.new_page()
    complaints: list[str] = []
    asked: set[str] = set()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.goto(server.address + place)
    expect(page.locator("main:not([aria-busy])")).to_be_visible()
    yield page
    assert [one for one in complaints if "status of 400" not in one and "TrustedHTML" not in one] == []
    assert asked == {f"127.0.0.1:{server.port}"}
    context.close()


def write(page: Page, sparql: str) -> None:
    page.fill("#sparql", sparql)


def ask(page: Page, sparql: str, said: str) -> None:
    write(page, sparql)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_have_text(said)


def test_a_saved_question_is_picked_changed_and_linked(browser: Browser, server: Server) -> None:
    with visit(browser, server) as page:
        page.fill("#find", "held which")
        page.get_by_role("link", name="Who held which post as of a day").click()
        expect(page.locator("h1")).to_have_text("Who held which post as of a day")
        expect(page.locator("tbody tr")).to_have_count(2)
        page.fill("#parameter-day", "2020-01-01")
        page.press("#parameter-day", "Enter")
        expect(page.locator("#said")).to_have_text("No rows: the graph has nothing that fits.")
        assert '"2020-01-01"' in page.input_value("#sparql")
        link = page.url
        page.go_back()
        expect(page.locator("tbody tr")).to_have_count(2)
    with visit(browser, server, link.removeprefix(server.address)) as page:
        expect(page.locator("#said")).to_have_text("No rows: the graph has nothing that fits.")
        assert page.input_value("#parameter-day") == "2020-01-01"


def test_an_answer_has_labels_beside_iris_and_leads_on(browser: Browser, server: Server) -> None:
    with visit(browser, server) as page:
        ask(page, "SELECT ?who ?statement { ?statement rdf:subject ?who ; rdf:predicate kg:ministerOf }", "1 row")
        row = page.locator("tbody tr")
        expect(row.locator("td").first).to_have_text("Xiao Yaqing id:xiao-yaqing")
        assert page.locator("th").all_text_contents() == ["who", "statement"]
        row.get_by_role("link", name="why").click()
        page.wait_for_function("window.kgPage")
        assert "Minister of industry and information technology" in page.inner_text("#panel blockquote")
        page.go_back()
        expect(row).to_have_count(1)
        row.get_by_role("link", name="Xiao Yaqing").click()
        expect(page.locator("h1")).to_have_text("Xiao Yaqing")
        page.get_by_role("link", name="In the reading room").click()
        page.wait_for_function("window.kgPage")
        assert "Xiao Yaqing" in page.inner_text("#panel")


def test_truths_and_triples_are_answers_too(browser: Browser, server: Server) -> None:
    with visit(browser, server) as page:
        ask(page, "ASK { ?x kg:ministerOf ?y }", "Yes: the graph has it.")
        ask(page, "# SELECT\nDESCRIBE id:xiao-yaqing", page_count(server))
        assert page.locator("th").all_text_contents() == ["subject", "predicate", "object"]
        assert page.locator("#downloads a").all_text_contents() == ["Turtle", "JSON-LD", "N-Triples", "RDF/XML", "CSV"]


def page_count(server: Server) -> str:
    return f"{len(server.query('DESCRIBE id:xiao-yaqing', format='nt').text.splitlines())} rows"


def test_a_long_answer_comes_in_parts(browser: Browser, server: Server) -> None:
    with visit(browser, server) as page:
        ask(page, "SELECT * { ?s ?p ?o } LIMIT 700", "700 rows")
        expect(page.locator("tbody tr")).to_have_count(500)
        page.get_by_role("button", name="Show 200 more of 700 rows").click()
        expect(page.locator("tbody tr")).to_have_count(700)
        expect(page.locator("#more")).to_be_hidden()


def test_an_answer_is_taken_along_in_every_form(browser: Browser, server: Server) -> None:
    sparql = "SELECT ?who { ?who kg:ministerOf ?body }"
    with visit(browser, server) as page:
        ask(page, sparql, "1 row")
        for name, form in (("CSV", "csv"), ("TSV", "tsv"), ("JSON", "json"), ("XML", "xml")):
            with page.expect_download() as taking:
                page.locator("#downloads").get_by_role("link", name=name, exact=True).click()
            assert taking.value.suggested_filename == f"answer.{form}"
            assert Path(taking.value.path()).read_bytes() == server.query(sparql, format=form).body


@pytest.mark.parametrize(
    ("sparql", "marked", "told"),
    [
        ("SELECT * {\n ?s kg:ministerOf ?o FILTR(?s)\n}", "FILTR", "line 2, column 22"),
        ("SELECT * { ?s rdfs:label '😀' ; nope:x ?o }", " ", "line 1"),
        ("SELECT * { ?s ?p ?o", " ", "the query ends too early"),
        ("SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }", "SERVICE", "no SERVICE"),
    ],
)
def test_a_fault_is_marked_where_it_is(browser: Browser, server: Server, sparql: str, marked: str, told: str) -> None:
    with visit(browser, server) as page:
        write(page, sparql)
        page.get_by_role("button", name="Ask").click()
        expect(page.locator("#fault")).to_contain_text(told)
        assert page.text_content("#behind .wrong") == marked or marked == " "
        assert page.locator("#behind .wrong").count() == 1
        assert page.evaluate("document.activeElement.id") == "sparql"
        page.keyboard.type(" ")
        expect(page.locator("#fault")).to_be_hidden()
        assert page.locator("#behind .wrong").count() == 0


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("kg:ministerO", "kg:ministerOf"),
        ("kg:minister o", ""),
        ("Xiao", "id:xiao-yaqing"),
        ("xsd", "xsd:"),
        ("minister", "kg:ministerOf"),
        ("?wh", "?who"),
        ('"Xiao', ""),
        ("# Xiao", ""),
        ("SELE", ""),
    ],
)
def test_what_is_typed_is_completed(browser: Browser, server: Server, typed: str, taken: str) -> None:
    with visit(browser, server) as page:
        write(page, "SELECT ?who {\n ?who ")
        page.press("#sparql", "End")
        page.keyboard.type(typed)
        offers = page.locator("#offers li")
        if not taken:
            expect(page.locator("#offers")).to_be_hidden()
            return
        expect(page.locator("#offers")).to_be_visible()
        assert page.get_attribute("#sparql", "aria-activedescendant") == "offer-0"
        codes = offers.locator("code").all_text_contents()
        for _ in range(codes.index(taken)):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        assert page.input_value("#sparql") == f"SELECT ?who {{\n ?who {taken}"
        expect(page.locator("#offers")).to_be_hidden()


def test_the_colours_lie_behind_the_letters(browser: Browser, server: Server) -> None:
    with visit(browser, server) as page:
        write(page, "SELECT ?a # x\n{ ?a <http://e.org/#x> 'y # z' }\n\n")
        assert (page.text_content("#behind") or "").removesuffix("\n") == page.input_value("#sparql")
        kinds = page.evaluate("[...document.querySelectorAll('#behind span')].map((one) => one.className)")
        assert kinds == ["keyword", "variable", "comment", "variable", "iri", "string"]
        heights = page.evaluate(
            "['behind', 'sparql'].map((id) => document.getElementById(id).getBoundingClientRect().height)"
        )
        assert heights[0] == heights[1]


def test_all_works_by_keyboard(browser: Browser, server: Server) -> None:
    with visit(browser, server) as page:
        expect(page.locator("#questions a").first).to_be_visible()
        reached = []
        while "copy" not in reached and len(reached) < 60:
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent"))
        for one in ("find", "Who held which post as of a day", "sparql", "ask", "copy"):
            assert one in reached, reached
        page.focus("#questions a")
        page.keyboard.press("Enter")
        expect(page.locator("tbody tr")).to_have_count(2)


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("place", ["/query#question=posts-on-a-day", "/id/xiao-yaqing", "/ontology"])
def test_pages_are_clean_for_all_and_fit(browser: Browser, server: Server, place: str, way: tuple[int, str]) -> None:
    width, scheme = way
    window: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with visit(browser, server, place, **window) as page:
        if place.startswith("/query"):
            expect(page.locator("tbody tr")).to_have_count(2)
            write(page, "SELECT * { ?s kg:minist")
            page.press("#sparql", "End")
            page.keyboard.type("e")
            expect(page.locator("#offers")).to_be_visible()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "exports").mkdir()
    made = graph.write(knowledge(), vocabulary=vocabulary(), rules=RULES)
    (tmp_path / "exports" / "graph.ttl").write_bytes(
        made + b'id:x rdfs:label "<img src=x onerror=alert(1)>" ; kg:y <javascript:alert(1)> .\n'
    )
    with (
        served(tmp_path) as server,
        visit(browser, server, "/query#query=" + quote("SELECT ?w { ?c a kg:Measure ; kg:words ?w }")) as page,
    ):
        expect(page.locator("tbody td")).to_have_text([HOSTILE])
        ask(page, "SELECT ?x ?y { ?x kg:y ?y }", "1 row")
        assert page.locator("tbody td").first.inner_text().startswith("<img src=x onerror=alert(1)>")
        assert page.locator("tbody td").nth(1).locator("a").count() == 0
        write(page, "img")
        expect(page.locator("#offers")).to_contain_text("<img src=x onerror=alert(1)>")
        assert page.locator("main img").count() == 0
        sink = "try { document.body.innerHTML = '<b>x</b>'; done(false); } catch { done(true); }"
        refused = page.evaluate(f"() => new Promise((done) => setTimeout(() => {{ {sink} }}))")
        assert refused
