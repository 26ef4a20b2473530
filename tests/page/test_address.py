"""The whole state in the address: reload, a link, back, forward, and addresses that nobody should have written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.page.visits import Visit, address, data, statement, visit

ANA, GUILD = "id/ana-pereira", "id/harbour-guild"
MINISTER = statement("minister of")["id"]

STATES: dict[str, dict[str, str | list[str]]] = {
    "nothing": {},
    "a node": {"node": ANA},
    "two steps": {"node": GUILD, "steps": "2"},
    "an arrow": {"statement": MINISTER, "doc": "news"},
    "a value": {"statement": statement("ends on")["id"], "doc": "report"},
    "a sentence": {"sentence": "report:1", "doc": "report"},
    "a sentence in another document": {"sentence": "report:1", "doc": "news"},
    "a sentence without arrows": {"sentence": "news:5", "doc": "news"},
    "a document": {"doc": "news"},
    "open claims": {"node": ANA, "open": ANA, "doc": "news"},
    "a claim": {"node": "claim/chea", "open": GUILD},
    "a brush": {"from": "2024-05-20", "to": "2024-06-05"},
    "a brush that keeps what has no day": {"from": "2024-05-20", "undated": "kept"},
    "words": {"words": "pereira port", "sort": "-object"},
    "filters": {
        "no_class": ["Event", "Place"],
        "no_publisher": "",
        "no_document": "__proto__",
        "no_curation": "candidate",
    },
    "a view": {"at": "120,-80,0.700"},
    "all at once": {
        "node": ANA,
        "open": ANA,
        "doc": "report",
        "from": "2024-05-01",
        "to": "2024-05-31",
        "undated": "kept",
        "words": "e",
        "sort": "day",
        "at": "-40,60,0.900",
        "steps": "3",
        "no_status": "former",
        "no_relation": ["edition", "heldIn"],
    },
}


@pytest.fixture(params=list(STATES.values()), ids=list(STATES))
def opened(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[Visit]:
    with visit(browser, file, address(**request.param)) as made:
        yield made


#: Whether the zoom is another than it was, and the address says where the picture is now.
MOVED = """(before) => {
  const { network } = kgPage;
  const { x, y } = network.getViewPosition();
  const at = `at=${encodeURIComponent(`${Math.round(x)},${Math.round(y)},${network.getScale().toFixed(3)}`)}`;
  return network.getScale() !== before && location.hash.includes(at);
}"""


def test_a_reload_and_a_link_show_the_same(opened: Visit, browser: Browser, file: Path) -> None:
    before = opened.sees()
    opened.page.reload()
    assert opened.sees() == before
    with visit(browser, file, opened.page.url.removeprefix(file.as_uri())) as other:
        assert other.sees() == before


def test_no_two_states_look_the_same(browser: Browser, file: Path) -> None:
    looks = set()
    for state in STATES.values():
        with visit(browser, file, address(**state)) as made:
            looks.add(repr(made.sees()))
    assert len(looks) == len(STATES)


def test_what_was_done_by_hand_comes_back(seen: Visit, browser: Browser, file: Path) -> None:
    """A bit of everything, by mouse and keyboard, then a reload, then the same link in another window."""
    page = seen.page
    seen.click_node(ANA)
    page.get_by_role("button", name="Open in the graph").click()
    page.locator("#steps label").nth(1).click()
    page.locator(".facet li", has_text="former").locator("input").click()
    page.fill("#span input >> nth=0", "2024-05-10")
    page.keyboard.press("Tab")
    page.locator("#span").get_by_label("keep them").check()
    page.fill("#filter", "pereira")
    page.locator("th button").nth(2).click()
    page.select_option("#which", "report")
    page.evaluate("scrollTo(0, 0)")
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=4)
    page.mouse.up()
    zoom = seen.network("getScale()")
    page.mouse.wheel(0, 120)
    page.wait_for_function(MOVED, arg=zoom)
    before = seen.sees()
    page.reload()
    assert seen.sees() == before
    with visit(browser, file, page.url.removeprefix(file.as_uri())) as other:
        assert other.sees() == before


def test_back_and_forward_show_what_was_seen(seen: Visit) -> None:
    page = seen.page
    acts: list[Callable[[], object]] = [
        lambda: seen.click_node(ANA),
        lambda: page.get_by_role("button", name="Open in the graph").click(),
        lambda: page.locator(".facet input").nth(1).click(),
        lambda: page.locator("#pages .sentence").first.click(),
        lambda: page.select_option("#which", "report"),
        lambda: page.locator("#pages .sentence").nth(1).click(),
        lambda: page.locator("th button").first.click(),
        lambda: page.locator("tbody button").first.click(),
        lambda: page.locator("#steps label").nth(2).click(),
    ]
    looks = [(seen.sees(), page.url)]
    for act in acts:
        act()
        looks.append((seen.sees(), page.url))
    ways = [(page.go_back, looks[-2::-1]), (page.go_forward, looks[1:])]
    for go, expected in ways:
        for look, url in expected:
            go()
            page.wait_for_function("url => location.href === url", arg=url)
            assert seen.sees() == look


def test_typing_and_dragging_are_no_steps_for_back(seen: Visit) -> None:
    seen.click_node(ANA)
    page = seen.page
    page.locator("#filter").press_sequentially("pereira")
    page.wait_for_function("() => location.hash.includes('words=pereira')")
    page.go_back()
    assert page.text_content("#panel h2") == "How to read this"
    assert page.input_value("#filter") == ""
    page.go_forward()
    assert page.text_content("#panel h2") == "Ana Pereira"
    assert page.input_value("#filter") == "pereira"


def test_hundreds_of_quick_changes_reach_the_address(seen: Visit) -> None:
    """A browser refuses to be told more than some 200 addresses in ten seconds, and complains."""
    seen.page.evaluate(
        """() => {
          const field = document.getElementById("filter");
          for (let n = 0; n <= 900; n++) {
            field.value = `word ${n}`;
            field.dispatchEvent(new Event("input"));
          }
        }"""
    )
    seen.page.wait_for_function("() => location.hash === '#words=word+900'")


BROKEN = {
    "bad escapes": "#node=%E0%A4%A",
    "nobody": "#node=nobody",
    "a prototype's name": "#statement=__proto__",
    "a method's name": "#toString=x&node=constructor&doc=hasOwnProperty",
    "markup": "#node=<img src=x onerror=alert(1)>&words=<script>alert(1)</script>",
    "a script": "#javascript:alert(1)",
    "a sentence that is not there": "#sentence=news:99",
    "a sentence of nobody's": "#sentence=:::",
    "no days": "#from=2024-13-45&to=yesterday&undated=1",
    "a day that no calendar has": "#from=2024-02-31&to=0000-00-00",
    "no view": "#at=0,0,0",
    "a view beyond all": "#at=99999999999999999999,5,1",
    "a view too near": "#at=1,1,99999",
    "no steps": "#steps=99&steps=-1",
    "values that no facet has": "#no-class=Nonsense&no-publisher=nobody&no-status=__proto__&no-curation=x",
    "claims of one who has none": "#open=id%2Fport-vell",
    "more of nobody": "#add=nobody~attended&add=id%2Fport-vell~nothing&add=~",
    "no order": "#sort=--subject&sort=constructor",
    "empty": "#&&&=&==",
}


@pytest.mark.parametrize("broken", list(BROKEN.values()), ids=list(BROKEN))
def test_a_broken_address_opens_the_page_as_if_it_were_not_there(
    browser: Browser, file: Path, seen: Visit, broken: str
) -> None:
    """When it is opened, and when it is typed into the page that is open; words are only looked for."""
    asked = {"words": broken.partition("words=")[2]} if "words" in broken else {}
    with visit(browser, file, address(**asked)) as clean:
        wanted = clean.sees()
    with visit(browser, file, broken) as opened:
        assert opened.sees() == wanted
    seen.go(broken)
    assert seen.sees() == wanted


def test_of_two_choices_the_first_is_shown_and_the_address_names_only_one(seen: Visit) -> None:
    seen.go(address(statement=MINISTER, node=ANA, sentence="news:0"))
    assert seen.page.text_content("#panel h2") == "Ana Pereira"
    seen.page.locator("#steps label").nth(1).click()
    assert "statement" not in seen.page.url
    assert "sentence" not in seen.page.url


@pytest.mark.parametrize("name", ["__proto__", "news"])
def test_a_document_is_shown_whatever_its_name(browser: Browser, file: Path, name: str) -> None:
    with visit(browser, file, f"#doc={quote(name)}") as opened:
        assert opened.page.input_value("#which") == name
        assert opened.page.locator("#pages .sentence").count() == len(data()["documents"][name]["sentences"])


def test_a_skip_link_leaves_the_state_in_the_address(seen: Visit) -> None:
    seen.go(address(node=ANA))
    before = seen.page.url
    seen.page.get_by_role("link", name="Statements").focus()
    seen.page.keyboard.press("Enter")
    assert seen.focused() == "statements"
    assert seen.page.url == before
