"""What can be taken along: table, graph and picture of what is shown, a link to it, and a report."""

from __future__ import annotations

import json
import re
import struct
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Browser
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import RDF, Graph, URIRef

from kg import graph
from kg.builds import families
from kg.page import render
from kg.pipeline import Ontology
from tests.conftest import Built
from tests.page.hostile import BASE, KNOWLEDGE, RULES, WORDS
from tests.page.taking import Taking, taking
from tests.page.visits import units

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Path:
    """The folder of a build out of hostile words."""
    folder = tmp_path_factory.mktemp("hostile")
    terms = ontology.vocabulary
    turtle = graph.write(KNOWLEDGE, vocabulary=terms, rules=RULES)
    digest = sha256(turtle).hexdigest()
    html = render(KNOWLEDGE, base=BASE, labels=terms.labels, rules=RULES, families=families(terms), digest=digest)
    (folder / "graph.ttl").write_bytes(turtle)
    (folder / "graph.html").write_bytes(html.encode())
    return folder


@pytest.fixture(params=["seeds", "hostile"])
def exports(request: pytest.FixtureRequest, built: Built, hostile: Path) -> Path:
    """graph.html and graph.ttl of one build, the real one or the hostile."""
    return built.exports if request.param == "seeds" else hostile


@pytest.fixture
def seen(browser: Browser, exports: Path) -> Iterator[Taking]:
    with taking(browser, exports / "graph.html") as visit:
        yield visit


def data(exports: Path, part: str = "data") -> Any:
    """The records that the page carries, or another part of what it carries."""
    html = (exports / "graph.html").read_text(encoding="utf-8")
    inside = re.search(rf'<script type="application/json" id="{part}">(.*?)</script>', html)
    assert inside
    return json.loads(inside[1])


# ------------------------------------------------------------------------------------------------ CSV

#: What is shown: a part of the address, and whether it leaves something out of both builds.
SHOWN = {
    "everything": "",
    "sorted": "#sort=object",
    "sorted downwards": "#sort=-subject",
    "without members": "#no-relation=memberOf&no-relation=publishedBy",
    "without what is asserted": "#no-status=asserted",
    "words": "#words=minister",
    "words and sorted": "#words=the&sort=-source&no-relation=said",
    "nothing": "#words=nobody-and-nothing-at-all",
}


@pytest.mark.parametrize("hash_", SHOWN.values(), ids=SHOWN)
def test_the_sheet_has_the_rows_of_the_table_in_their_order(browser: Browser, exports: Path, hash_: str) -> None:
    with taking(browser, exports / "graph.html", hash_) as seen:
        rows = seen.table()
        heads, sheet = seen.sheet()
        assert heads[:4] == ["subject", "relation", "object", "status"]
        assert [row["statement"] for row in sheet] == [f"{BASE}statement/{row[0]}" for row in rows]
        cells = [[row[head] for head in heads[:4]] + [row["sources"]] for row in sheet]
        assert [list(map(loose, row)) for row in cells] == [list(map(loose, [*row[1:5], row[6]])) for row in rows]
        every = len(data(exports)["statements"])
        assert len(rows) == every if not hash_ or hash_.startswith("#sort") else len(rows) < every


def test_a_click_sorts_the_sheet(seen: Taking) -> None:
    seen.page.click('th[data-key="object"] button')
    up = [row["statement"] for row in seen.sheet()[1]]
    seen.page.click('th[data-key="object"] button')
    down = [row["statement"] for row in seen.sheet()[1]]
    assert up != down
    assert sorted(up) == sorted(down)
    assert down == [f"{BASE}statement/{row[0]}" for row in seen.table()]


def test_a_sheet_opens_as_unicode_with_the_ends_of_lines_that_spreadsheets_know(seen: Taking) -> None:
    raw = seen.take("csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    outside = re.sub(rb'"(?:[^"]|"")*"', b"", raw)
    assert outside.count(b"\r\n") == outside.count(b"\n") == len(seen.sheet()[1]) + 1


def loose(cell: str) -> str:
    """A cell without apostrophes, those of the text and those put before a formula."""
    return cell.replace("'", "")


def test_every_cell_has_its_words(seen: Taking, exports: Path) -> None:
    page = data(exports)
    statements = {f"{BASE}statement/{one['id']}": one for one in page["statements"]}
    for row in seen.sheet()[1]:
        one = statements[row["statement"]]
        assert loose(row["subject"]) == loose(one["subject"]["text"])
        assert loose(row["object"]) == loose(one["object"]["text"])
        for name, value in [*one["qualifiers"], *one["evidence"][0]["qualifiers"]]:
            assert loose(f"{name}: {value}") in loose(row["qualifiers"])
        for reading in one["evidence"]:
            quote = units(page["documents"][reading["document"]]["text"], reading["start"], reading["end"])
            assert loose(quote) in loose(row["sentences"])
            assert loose(reading["rule"]) in loose(row["rules"])
        assert all(begin in row["days"] and end in row["days"] for begin, end in one["days"])


def begins_a_formula(cell: str) -> bool:
    """Whether a spreadsheet might compute a cell, when it has skipped what it does not show."""
    shown = cell
    while shown and (shown[0] == '"' or shown[0].isspace() or unicodedata.category(shown[0])[0] in "CZ"):
        shown = shown[1:]
    return unicodedata.normalize("NFKC", shown[:1]) in ("=", "+", "-", "@", "−")


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [("=1", True), (" ＝1", True), ('"=1"', True), ("\t-1", True), ("'=1", False), ("a=1", False), ("", False)],
)
def test_what_begins_a_formula(cell: str, is_one: bool) -> None:
    assert begins_a_formula(cell) is is_one


def test_no_cell_is_a_formula_wherever_the_file_is_cut(seen: Taking) -> None:
    cells = [cell for row in seen.sheet()[1] for cell in row.values()]
    assert [cell for cell in cells if begins_a_formula(cell)] == []
    # Where commas stand in numbers a file is cut at semicolons, and quotation marks mean less.
    text = seen.take("csv").decode("utf-8-sig")
    assert [cell for cell in re.split(r"[;\t\r\n]", text) if begins_a_formula(cell)] == []


# --------------------------------------------------------------------------------------------- Turtle


def triples(turtle: bytes) -> set[tuple[str, str, str]]:
    """The triples of a file by Oxigraph; rdflib reads as many."""
    quads: list[Quad] = list(parse(turtle, format=RdfFormat.TURTLE))
    made = {(str(one.subject), str(one.predicate), str(one.object)) for one in quads}
    assert len(Graph().parse(data=turtle, format="turtle")) == len(made)
    return made


def statements_in(made: set[tuple[str, str, str]]) -> set[str]:
    return {s for s, p, o in made if p == f"<{RDF.type}>" and o == f"<{RDF.Statement}>"}


def plain_in(made: set[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """The plain triples among these: those of asserted statements."""
    parts: dict[str, dict[str, str]] = {s: {} for s in statements_in(made)}
    for s, p, o in made:
        if s in parts:
            parts[s][p] = o
    asserted = [one for one in parts.values() if one[f"<{BASE}ontology#status>"] == f"<{BASE}ontology#asserted>"]
    wanted = {tuple(one[f"<{RDF}{part}>"] for part in ("subject", "predicate", "object")) for one in asserted}
    assert wanted <= made
    return {one for one in made if one in wanted}


def test_turtle_without_a_filter_has_every_statement_and_every_plain_triple(seen: Taking, exports: Path) -> None:
    whole, taken = triples((exports / "graph.ttl").read_bytes()), triples(seen.take("turtle"))
    assert taken - whole == set()
    assert statements_in(taken) == statements_in(whole)
    assert plain_in(taken) == plain_in(whole)
    evidence = f"<{BASE}ontology#evidence>"
    assert {one for one in taken if one[1] == evidence} == {one for one in whole if one[1] == evidence}


@pytest.mark.parametrize("hash_", [h for h in SHOWN.values() if h and "sort" not in h])
def test_turtle_has_what_is_shown_and_nothing_else(browser: Browser, exports: Path, hash_: str) -> None:
    whole = triples((exports / "graph.ttl").read_bytes())
    with taking(browser, exports / "graph.html", hash_) as seen:
        shown = {f"<{BASE}statement/{row[0]}>" for row in seen.table()}
        taken = triples(seen.take("turtle"))
    assert taken - whole == set()
    assert statements_in(taken) == shown
    plain = plain_in(taken)
    relations = {p for _, p, _ in plain_in(whole)}
    assert {one for one in taken if one[1] in relations} - plain == set()


def test_turtle_of_hostile_words_can_be_asked_for_them(browser: Browser, hostile: Path) -> None:
    with taking(browser, hostile / "graph.html") as seen:
        made = Graph().parse(data=seen.take("turtle"), format="turtle")
    said = {str(value) for value in made.objects(None, URIRef(f"{BASE}ontology#words"))}
    assert said == set(WORDS.values())


# ------------------------------------------------------------------------------------- SVG and PNG


def picture(seen: Taking) -> Any:
    return etree.fromstring(seen.take("svg"), etree.XMLParser(resolve_entities=False, no_network=True))


def titles(made: Any, kind: str) -> list[str]:
    return [one.findtext(f"{SVG}title", "") for one in made.iter(f"{SVG}g") if one.get("class") == kind]


def as_xml(words: str) -> str:
    """Words as XML can hold them, lines as its readers give them."""
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", words)
    return kept.replace("\r\n", "\n").replace("\r", "\n")


def test_the_picture_has_every_node_and_arrow_by_name(seen: Taking, exports: Path) -> None:
    seen.page.click("#whole")
    page = data(exports)
    made = picture(seen)
    assert sorted(titles(made, "node")) == sorted(as_xml(n["label"]) for n in page["nodes"] if not n["words"])
    arrows = [one for one in page["statements"] if one["drawn"] == "arrow"]
    assert sorted(titles(made, "arrow")) == sorted(
        as_xml(f"{one['subject']['text']} — {one['relation']} → {one['object']['text']}") for one in arrows
    )
    labels = [one.findtext(f"{SVG}text") for one in made.iter(f"{SVG}g") if one.get("class") == "arrow"]
    assert sorted(map(str, labels)) == sorted(one["relation"] for one in arrows)
    lines = {node["id"]: node["lines"] for node in data(exports, "drawing")["nodes"]}
    written = [
        "\n".join(t.text or "" for t in g.iter(f"{SVG}text")) for g in made.iter(f"{SVG}g") if g.get("class") == "node"
    ]
    assert sorted(written) == sorted(as_xml("\n".join(lines[n["id"]])) for n in page["nodes"] if not n["words"])


def test_a_picture_is_nothing_but_shapes_and_text(seen: Taking) -> None:
    for one in picture(seen).iter():
        assert one.tag.removeprefix(SVG) in {"svg", "g", "title", "rect", "path", "text"}
        assert not [name for name in one.attrib if name.startswith("on") or "href" in name or name == "style"]


def test_curved_arrows_are_curves_and_straight_ones_are_lines(seen: Taking, exports: Path) -> None:
    seen.page.click("#whole")
    drawn = {one["id"]: one for one in data(exports, "drawing")["edges"]}
    page = data(exports)
    wanted = {
        as_xml(f"{one['subject']['text']} — {one['relation']} → {one['object']['text']}"): "smooth" in drawn[one["id"]]
        for one in page["statements"]
        if one["drawn"] == "arrow"
    }
    found = {}
    for one in picture(seen).iter(f"{SVG}g"):
        line = one.find(f"{SVG}path")
        if one.get("class") == "arrow" and line is not None:
            found[one.findtext(f"{SVG}title")] = "Q" in line.get("d", "")
    assert found == wanted
    assert True in found.values()


def test_arrows_begin_and_end_at_the_cards_of_what_they_join(seen: Taking, exports: Path) -> None:
    seen.page.click("#whole")
    made = picture(seen)
    cards = {g.findtext(f"{SVG}title"): g.find(f"{SVG}rect") for g in made.iter(f"{SVG}g") if g.get("class") == "node"}
    ends = {
        as_xml(f"{one['subject']['text']} — {one['relation']} → {one['object']['text']}"): one
        for one in data(exports)["statements"]
        if one["drawn"] == "arrow"
    }
    for arrow in made.iter(f"{SVG}g"):
        if arrow.get("class") == "arrow":
            one = ends[arrow.findtext(f"{SVG}title")]
            line, head = (path.get("d") for path in arrow.iter(f"{SVG}path"))
            for path, term in ((line, one["subject"]), (head, one["object"])):
                x, y = map(float, re.findall(r"-?[\d.]+", path)[:2])
                assert from_border(x, y, cards[as_xml(term["text"])]) < 5, (one["relation"], path)


def from_border(x: float, y: float, rect: Any) -> float:
    """How far a spot lies from the border of a card."""
    left, top, wide, high = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
    across, down = abs(x - left - wide / 2) - wide / 2, abs(y - top - high / 2) - high / 2
    return max(abs(max(across, down)), across, down)


def test_a_picture_has_what_is_in_view(browser: Browser, built: Built) -> None:
    with taking(browser, built.exports / "graph.html") as seen:
        seen.page.click("#whole")
        for _ in range(5):
            seen.page.click("#closer")
        made = picture(seen)
        box = [float(number) for number in made.get("viewBox", "").split()]
        spots = seen.page.evaluate("kgPage.network.getPositions()")
    labels = {node["id"]: node["label"] for node in data(built.exports)["nodes"]}
    inside = {
        labels[key]
        for key, at in spots.items()
        if box[0] <= at["x"] <= box[0] + box[2] and box[1] <= at["y"] <= box[1] + box[3]
    }
    assert inside <= set(titles(made, "node"))
    assert 0 < len(titles(made, "node")) < len(spots)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_opens_by_itself_in_the_colours_of_the_page(browser: Browser, built: Built, scheme: Any) -> None:
    with taking(browser, built.exports / "graph.html", color_scheme=scheme) as seen:
        made = picture(seen)
        paper = seen.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()")
        ink = seen.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()")
    rect = made.find(f"{SVG}rect")
    assert rect is not None
    assert rect.get("fill") == paper
    assert ink in {text.get("fill") for text in made.iter(f"{SVG}text")}


def test_the_picture_follows_the_choice_and_what_was_dragged(browser: Browser, built: Built) -> None:
    with taking(browser, built.exports / "graph.html") as seen:
        seen.page.click("#whole")
        before = picture(seen)
        chosen = max(data(built.exports)["nodes"], key=lambda node: node["claims"])
        seen.page.evaluate("id => kgPage.network.moveNode(id, 0, 0)", chosen["id"])
        seen.go(f"node={chosen['id']}")
        seen.page.wait_for_function(
            "label => document.querySelector('#panel h2').textContent === label", arg=chosen["label"]
        )
        after = picture(seen)
    assert not [g for g in before.iter(f"{SVG}g") if g.get("opacity")]
    assert [g for g in after.iter(f"{SVG}g") if g.get("opacity")]
    (node,) = [g for g in after.iter(f"{SVG}g") if g.findtext(f"{SVG}title") == chosen["label"]]
    rect = node.find(f"{SVG}rect")
    assert rect is not None
    assert float(rect.get("x", "0")) + float(rect.get("width", "0")) / 2 == 0


@pytest.mark.parametrize("density", [1, 2])
def test_the_png_is_the_canvas_and_not_blank(browser: Browser, built: Built, density: int) -> None:
    with taking(browser, built.exports / "graph.html", device_scale_factor=density) as seen:
        raw = seen.take("png")
        size = seen.page.evaluate(
            "(() => { const { width, height } = document.querySelector('canvas'); return [width, height]; })()"
        )
        wide = seen.page.evaluate("document.getElementById('canvas').clientWidth")
        # Not in the page, which may load no picture.
        with seen.page.context.new_page() as other:
            colours, clear = other.evaluate(COLOURS, b64encode(raw).decode())
    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    assert list(struct.unpack(">II", raw[16:24])) == size
    assert size[0] == wide * density
    assert colours > 20
    assert clear == 0


#: How many colours a picture has, and how many of its points can be seen through.
COLOURS = """async (raw) => {
  const bytes = Uint8Array.from(atob(raw), (letter) => letter.charCodeAt(0));
  const made = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(made.width, made.height).getContext("2d");
  context.drawImage(made, 0, 0);
  const points = new Uint32Array(context.getImageData(0, 0, made.width, made.height).data.buffer);
  return [new Set(points).size, points.filter((point) => point >>> 24 < 255).length];
}"""


# ---------------------------------------------------------------------------------- link and report


CLIPBOARD = ["clipboard-read", "clipboard-write"]


def test_a_link_shows_the_same_view_again(browser: Browser, built: Built) -> None:
    file = built.exports / "graph.html"
    one = next(one for one in data(built.exports)["statements"] if one["drawn"] == "arrow")
    hash_ = f"#statement={one['id']}&words=the&sort=-object&no-status=planned"
    with taking(browser, file, hash_, permissions=CLIPBOARD) as seen:
        seen.page.click("#copy-link")
        seen.page.wait_for_function("document.getElementById('said').textContent.includes('clipboard')")
        link = seen.page.evaluate("navigator.clipboard.readText()")
        before = seen.table(), seen.page.inner_text("#panel"), seen.page.inner_text("#showing")
    assert link.startswith(file.as_uri() + "#")
    with taking(browser, file, "#" + link.partition("#")[2]) as again:
        assert (again.table(), again.page.inner_text("#panel"), again.page.inner_text("#showing")) == before


#: A browser without a clipboard, and one that refuses it.
NO_CLIPBOARD = {
    "none": "Object.defineProperty(navigator, 'clipboard', { value: undefined });",
    "refused": "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));",
}


def reported(exports: Path) -> tuple[Any, str]:
    """A statement with an arrow, and the sentence of its first evidence."""
    page = data(exports)
    one = next(one for one in page["statements"] if one["drawn"] == "arrow")
    reading = one["evidence"][0]
    return one, units(page["documents"][reading["document"]]["text"], reading["start"], reading["end"])


def tells(report: str, exports: Path) -> None:
    one, sentence = reported(exports)
    lines = report.split("\n")
    assert f"statement: {one['id']}" in lines
    assert f"rule: {one['evidence'][0]['rule']}" in report
    assert f"sentence: {sentence}" in report
    assert f"evidence: {one['evidence'][0]['id']}" in lines


def test_report_this_puts_statement_sentence_and_rule_on_the_clipboard(browser: Browser, exports: Path) -> None:
    hash_ = f"#statement={reported(exports)[0]['id']}"
    file = exports / "graph.html"
    with taking(browser, file, hash_, permissions=CLIPBOARD) as seen:
        seen.page.get_by_role("button", name="Report this").first.click()
        seen.page.wait_for_function("document.getElementById('said').textContent.includes('clipboard')")
        tells(seen.page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n"), exports)
        assert seen.page.locator("dialog").count() == 0


@pytest.mark.parametrize("before", NO_CLIPBOARD.values(), ids=NO_CLIPBOARD)
def test_without_a_clipboard_the_report_is_shown_to_be_copied(browser: Browser, exports: Path, before: str) -> None:
    hash_ = f"#statement={reported(exports)[0]['id']}"
    with taking(browser, exports / "graph.html", hash_, before=before) as seen:
        button = seen.page.get_by_role("button", name="Report this").first
        button.press("Enter")
        field = seen.page.locator("dialog textarea")
        tells(field.input_value(), exports)
        assert field.evaluate("field => field.selectionEnd - field.selectionStart === field.value.length")
        seen.page.keyboard.press("Escape")
        field.wait_for(state="detached")
        assert button.evaluate("button => document.activeElement === button")
