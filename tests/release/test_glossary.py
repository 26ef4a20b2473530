"""The vocabulary as a page: every term, its uses counted, examples that open in the reading room; nothing runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from kg.store import load
from kg.vocabulary import Vocabulary
from tests.conftest import Built

WAYS = [(1400, "light"), (1400, "dark"), (400, "light"), (400, "dark")]


@pytest.fixture
def page(browser: Browser, released: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((released / "ontology.html").as_uri())
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize(("width", "scheme"), WAYS)
def test_axe_finds_no_violation_and_nothing_scrolls_sideways(
    width: int, scheme: Literal["light", "dark"], browser: Browser, released: Path
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 850}, color_scheme=scheme)
    page = context.new_page()
    page.goto((released / "ontology.html").as_uri())
    found = Axe().run(page).response["violations"]
    assert json.dumps([(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]) == "[]"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    paper, ink = page.evaluate(
        "(() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; })()"
    )
    bright = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (paper, ink)]
    assert (bright[0] < bright[1]) == (scheme == "dark")
    context.close()


def test_every_term_is_there_with_what_it_means(page: Page, vocabulary: Vocabulary) -> None:
    for name, label in vocabulary.labels.items():
        article = page.locator(f"article#{name}")
        assert article.locator("h3").text_content() == f"{label} kg:{name}"
    assert page.locator("article").count() == len(vocabulary.labels)
    minister = page.locator("article#ministerOf")
    assert minister.locator("dd").all_text_contents()[:3] == ["holdsPost", "Person", "Body, Polity"]


def test_links_inside_the_page_lead_to_terms(page: Page) -> None:
    links = page.locator("a[href^='#']").evaluate_all("all => all.map((one) => one.getAttribute('href').slice(1))")
    ids = page.locator("[id]").evaluate_all("all => all.map((one) => one.id)")
    assert set(links) <= set(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("term", "sparql", "unit"),
    [
        ("ministerOf", "?s rdf:predicate kg:ministerOf", "statement"),
        ("said", "?s rdf:predicate kg:said", "statement"),
        ("City", "?s a kg:City", "node"),
        ("quote", "?s kg:quote ?q", "triple"),
        ("planned", "?s kg:status kg:planned", "use"),
    ],
)
def test_uses_are_counted(term: str, sparql: str, unit: str, page: Page, built: Built) -> None:
    (row,) = load(built.graph).query(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ {sparql} }}").table()
    used = page.locator(f"article#{term} dt:text-is('used') + dd").text_content() or ""
    assert used.startswith(f"{row[0]} {unit}")


def test_uses_with_those_below(page: Page, built: Built) -> None:
    (row,) = (
        load(built.graph).query("SELECT (COUNT(*) AS ?n) { ?s rdf:predicate/rdfs:subPropertyOf* kg:holdsPost }").table()
    )
    used = page.locator("article#holdsPost dt:text-is('used') + dd").text_content()
    assert used == f"0 statements, {row[0]} with those below"
    assert page.locator("article#deputyMinisterOf dt:text-is('used') + dd").text_content() == "not in this graph"


def test_an_example_opens_its_statement_in_the_reading_room(page: Page, built: Built) -> None:
    figure = page.locator("article#ministerOf figure")
    quote = figure.locator("blockquote").text_content() or ""
    row = next(r for r in built.rows() if r["quote"] == quote and r["label"] == "minister of")
    assert figure.locator("mark.subject").text_content() == row["subject_text"]
    figure.locator("a").click()
    page.wait_for_url("**/graph.html#**")
    assert f"statement={row['statement']}" in page.url
    assert page.locator("#panel blockquote").first.text_content() == quote
    assert "minister of" in (page.text_content("#panel") or "")


def test_every_example_is_a_statement_that_the_reading_room_has(page: Page, built: Built) -> None:
    links = page.locator("figcaption a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    known = {f"graph.html#statement={row['statement']}&doc={row['document']}" for row in built.rows()}
    assert len(links) > 50
    assert set(links) <= known


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_text_of_documents_stays_text_and_nothing_runs(hostile: Mapping[str, bytes]) -> None:
    html = hostile["ontology.html"].decode()
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in html
    tags = Tags()
    tags.feed(html)
    assert {tag for tag, _ in tags.seen}.isdisjoint({"script", "img", "iframe", "object", "b\x00"})
    assert [a for _, attributes in tags.seen for a in attributes if a.startswith("on") or a == "style"] == []
    (policy,) = [a["content"] or "" for tag, a in tags.seen if a.get("http-equiv")]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
