from __future__ import annotations

import hashlib
import html
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from kg import document, intake, pipeline
from kg.errors import DocumentError, ExportError, KgError
from kg.intake import formats, record
from kg.intake.source import Source
from kg.pipeline import Ontology
from tests.conftest import steps
from tests.printing import Piece, lines, printed

ARTICLE = (
    "SPRINGFIELD, May 3 (Harbour Post) -- Jane Roe, minister of trade, said on Friday that the port will open again.",
    "She said so at a press conference, at which ship owners from all over the coast asked when the ice would go away.",
    "The ministry announced that fees will fall by half, and that the pilots who were sent home will come back soon.",
)
TEXT = "Harbour opens again after a long frost\n\nSource: Harbour Post, May 3, 2024\n\n" + "\n\n".join(ARTICLE) + "\n"


def page(
    *, head: str = "", above: str = "", h1: str = "Harbour opens again after a long frost", article: str = ""
) -> str:
    """A page as newspapers make them: navigation, headline, article, other reading and a foot."""
    body = article or "".join(f"<p>{words}</p>\n" for words in ARTICLE)
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{h1} - Harbour Post</title>{head}
<script>var said = "Jane Roe attended the Tea Expo.";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>{h1}</h1>{above}{body}</article></main>
<aside><h3>Related reading</h3><ul><li><a href="/2">Tea prices fall in Arcadia for a third day</a></li></ul></aside>
<footer>Copyright 2024 Harbour Post. All rights reserved. <a href="/privacy">Privacy Policy</a></footer></html>"""


@pytest.fixture
def read(ontology: Ontology) -> Any:
    """What is read in a file of that name, and what is known of it."""

    def reading(content: bytes | str, name: str = "news.html") -> Source:
        raw = content if isinstance(content, bytes) else content.encode()
        return record.known(formats.read(Path(name), raw, ontology.cues), ontology)

    return reading


def paragraphs(source: Source) -> list[str]:
    return source.text.removesuffix("\n").split("\n\n")


# ---------------------------------------------------------------------------- texts


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (TEXT.encode(), TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), TEXT),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT),
        ("工信部部长肖亚庆说。\r\n\r\n\t Zwei  Wörter \r".encode(), "工信部部长肖亚庆说。\r\n\r\n\t Zwei  Wörter \r"),
        (b"a < b, <p> and <html> in a text\n", "a < b, <p> and <html> in a text\n"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big", "line ends and spaces", "talks of tags"],
)
def test_a_text_is_decoded_and_not_changed(raw: bytes, text: str, read: Any) -> None:
    assert read(raw, "news.txt").text == text


def test_a_text_says_by_its_zones_what_it_is(read: Any) -> None:
    found = read(TEXT, "news.txt")
    assert found.title == "Harbour opens again after a long frost"
    assert (found.publisher, found.published, found.language) == ("Harbour Post", date(2024, 5, 3), "")


def test_what_a_text_leaves_open_is_not_recorded(read: Any) -> None:
    made = record.toml(read("Jane Roe said on May 3, 2024 that the harbour is open.\n", "-"))
    assert set(tomllib.loads(made)) == {"sha256"}


# ---------------------------------------------------------------------------- web pages


def test_a_page_gives_its_article_under_its_headline(read: Any) -> None:
    assert paragraphs(read(page())) == ["Harbour opens again after a long frost", *ARTICLE]


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="byline">By Jane Doe | May 2, 2024</div>',
        '<p class="meta"><b>By</b> Jane Doe | <time>May 2, 2024</time>',
    ],
    ids=["block", "words of their own"],
)
def test_the_by_line_stays_between_headline_and_article(markup: str, read: Any) -> None:
    found = read(page(above=markup + '<div class="share"><a href="#">Share</a> <a href="#">Print this</a></div>'))
    assert paragraphs(found)[:3] == ["Harbour opens again after a long frost", "By Jane Doe | May 2, 2024", ARTICLE[0]]
    assert found.published == date(2024, 5, 2)


def test_line_of_publication_and_caption_stay_too(read: Any) -> None:
    above = (
        "<div>Source: Xinhua | Updated: 2024-05-04 08:35</div>"
        "<figure><img src=a.jpg><figcaption>Ships in the harbour on Friday. (Photo by Max Right)</figcaption></figure>"
    )
    assert paragraphs(read(page(above=above)))[1:3] == [
        "Source: Xinhua | Updated: 2024-05-04 08:35",
        "Ships in the harbour on Friday. (Photo by Max Right)",
    ]


def test_a_dateline_on_a_line_of_its_own_comes_before_the_first_paragraph(read: Any) -> None:
    first, *others = ARTICLE
    dateline, _, said = first.partition(" -- ")
    article = "".join(f"<p>{words}</p>" for words in (said, *others))
    for element in ("p", "figcaption"):
        place = f"<{element}>{dateline} --</{element}>"
        assert paragraphs(read(page(article=place + article)))[1:] == list(ARTICLE)


def test_a_headline_that_only_the_head_has_is_put_in_front(read: Any) -> None:
    found = read(page(h1="").replace("<title> - Harbour Post", "<title>Harbour opens again - Harbour Post"))
    assert paragraphs(found) == ["Harbour opens again", *ARTICLE]


DAY = '<meta property="article:published_time" content="2024-05-04T07:30:00+08:00">'


@pytest.mark.parametrize(
    ("head", "above", "day"),
    [
        (DAY, "", date(2024, 5, 4)),
        ('<meta name="PubDate" content="2024-05-04 07:30">', "", date(2024, 5, 4)),
        ('<script type="application/ld+json">{"datePublished": "2024-05-04"}</script>', "", date(2024, 5, 4)),
        ("", '<time itemprop="datePublished" datetime="2024-05-04">Saturday</time>', date(2024, 5, 4)),
        (DAY, "<p>By Jane Doe | May 3, 2024</p>", date(2024, 5, 3)),
        (DAY + '<script type="application/ld+json">{"datePublished": "2024-05-03"}</script>', "", None),
        ('<meta property="article:modified_time" content="2024-05-04">', "", None),
        ('<meta itemprop="copyrightYear" content="2024"><link rel="canonical" href="/2024/05/04/a.html">', "", None),
        ('<meta name="pubdate" content="2024-13-45">', "", None),
    ],
    ids=["og", "meta", "json-ld", "time", "printed first", "two days", "modified", "no day of it", "no day at all"],
)
def test_the_day_is_the_printed_or_the_one_declared_day(head: str, above: str, day: date | None, read: Any) -> None:
    assert read(page(head=head, above=above)).published == day


def test_publisher_title_and_language_are_those_declared(read: Any) -> None:
    head = '<meta property="og:site_name" content="The &quot;Post&quot;"><meta property="og:title" content="{}">'
    found = read(page(head=head.format("Harbour opens again after a long frost")))
    assert (found.title, found.publisher, found.language) == (
        "Harbour opens again after a long frost",
        'The "Post"',
        "en",
    )


def test_the_address_of_a_page_is_no_publisher(read: Any) -> None:
    head = '<link rel="canonical" href="https://www.example.org/news/1.html">'
    assert read(page(head=head)).publisher == "Harbour Post"
    assert read(page(head=head, article=f"<p>{ARTICLE[1]}</p><p>{ARTICLE[2]}</p>")).publisher == ""


def test_entities_and_chinese_words_are_what_a_reader_sees(read: Any) -> None:
    told = "工信部部长肖亚庆说，产业链供应链经受住了考验，充分展示了完整产业体系的优势。"
    found = read(page(article=f"<p>Jane&nbsp;Roe &amp; John Doe said &ldquo;yes&rdquo; to &lt;b&gt;.</p><p>{told}</p>"))
    assert paragraphs(found)[1:] == ["Jane Roe & John Doe said “yes” to <b>.", told]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb18030", "gb2312"), ("cp1252", "iso-8859-1"), ("utf-16", "utf-8"), ("utf-8-sig", "gbk"), ("utf-8", "gbk")],
)
def test_a_page_is_decoded_as_it_declares(encoding: str, declared: str, read: Any) -> None:
    told = "工信部，镕" if encoding != "cp1252" else "“café”"
    markup = page(article=f"<p>{ARTICLE[0]} {told}</p>").replace('charset="utf-8"', f'charset="{declared}"')
    assert told in read(markup.encode(encoding)).text


KINDS = {
    "html in a text": ("news.txt", page().encode(), ARTICLE[1]),
    "html of no ending": ("-", page().encode(), ARTICLE[1]),
    "a fragment": ("news.htm", "".join(f"<p>{words}</p>" for words in ARTICLE).encode(), ARTICLE[1]),
    "xhtml": ("-", b'<?xml version="1.0" encoding="utf-8"?>\n<!-- made by hand -->\n' + page().encode(), ARTICLE[1]),
    "pdf as html": ("news.html", printed(lines("Jane Roe said that it is open.")), "Jane Roe said that it is open."),
    "text as pdf": ("news.pdf", TEXT.encode(), ARTICLE[1]),
}


@pytest.mark.parametrize(("name", "raw", "told"), KINDS.values(), ids=KINDS)
def test_the_kind_of_a_file_is_told_by_what_is_in_it(name: str, raw: bytes, told: str, read: Any) -> None:
    found = paragraphs(read(raw, name))
    assert told in found
    assert not any("<" in words for words in found)


# ---------------------------------------------------------------------------- PDF


def test_lines_become_paragraphs_and_cut_words_whole(read: Any) -> None:
    raw = printed(
        [
            *lines("Harbour opens again after", "a long frost", top=780, size=18, step=21),
            *lines(
                "Jane Roe, minister of trade, said that the harbour, which froze in Jan-",
                "uary, will open again, and that govern-",
                "ment money will help high-quality trade in high-",
                "quality goods.",
                "John Doe said that the U.S.-",
                "China talks on supply chains, which began last year, go on.",
                "",
                "The pilots come back.",
            ),
        ]
    )
    assert paragraphs(read(raw)) == [
        "Harbour opens again after a long frost",
        (
            "Jane Roe, minister of trade, said that the harbour, which froze in January, will open again, and that "
            "government money will help high-quality trade in high-quality goods."
        ),
        "John Doe said that the U.S.-China talks on supply chains, which began last year, go on.",
        "The pilots come back.",
    ]


def test_an_indent_a_bullet_and_a_bold_line_begin_a_paragraph(read: Any) -> None:
    first = lines("Jane Roe said that the harbour will open again in the spring, when", "the ice has gone. (AP/Roe)")
    second = lines("John Doe said that the harbour of the north will open again in", "May, not before.", top=672)
    raw = printed(
        [
            Piece("What they said", 72, 714, bold=True),
            *first,
            second[0]._replace(x=90),
            *second[1:],
            *lines("• Fees fall by half, for ships of all sizes and from all places,", "and for pilots;", top=644),
            *lines("• Pilots come back.", top=616),
        ]
    )
    assert paragraphs(read(raw)) == [
        "What they said",
        "Jane Roe said that the harbour will open again in the spring, when the ice has gone. (AP/Roe)",
        "John Doe said that the harbour of the north will open again in May, not before.",
        "• Fees fall by half, for ships of all sizes and from all places, and for pilots;",
        "• Pilots come back.",
    ]


@pytest.mark.parametrize("number", ["{}", "- {} -", "Page {} of 3", "{} / 3", "第 {} 页"])
def test_page_numbers_go_and_a_sentence_goes_on_over_the_page(number: str, read: Any) -> None:
    said = [
        ("Jane Roe said that the harbour, which was closed all winter, would", "open again when the pilots who"),
        ("had been sent home came back, and that nobody needs to wait for", "the ice to go away."),
        ("John Doe said that the fees will fall by half, for all ships and", "for all who own them."),
    ]
    pages = [
        [*lines(*told), Piece("Harbour Post, May 3, 2024", 72, 800), Piece(number.format(n), 300, 40)]
        for n, told in enumerate(said, 1)
    ]
    found = read(printed(*pages))
    assert paragraphs(found) == [
        "Harbour Post, May 3, 2024",
        (
            "Jane Roe said that the harbour, which was closed all winter, would open again when the pilots who had "
            "been sent home came back, and that nobody needs to wait for the ice to go away."
        ),
        "John Doe said that the fees will fall by half, for all ships and for all who own them.",
    ]
    assert found.published == date(2024, 5, 3)


def test_chinese_lines_join_without_a_space_in_the_characters_people_write(read: Any) -> None:
    raw = printed(lines("⼯信部部⻓肖亚庆说，产业链供应链经受住了考验，充", "分展⽰了完整产业体系的优势。"))
    assert read(raw).text == "工信部部长肖亚庆说，产业链供应链经受住了考验，充分展示了完整产业体系的优势。\n"


@pytest.mark.parametrize(
    ("title", "told"),
    [("harbour opens AGAIN after a long frost", True), ("Microsoft Word - draft3.doc", False), ("Harbour", False)],
    ids=["printed", "of a program", "half of it"],
)
def test_the_title_of_a_pdf_counts_if_the_text_has_it(title: str, told: bool, read: Any) -> None:
    found = read(printed(lines("Harbour opens again after a long frost", "", *ARTICLE), title=title, language="en-GB"))
    assert found.title == (title if told else "Harbour opens again after a long frost")
    assert (found.published, found.language) == (None, "en")


@pytest.mark.parametrize(("columns", "paper"), [("auto", "A5"), ("2", "A4")], ids=["one column", "two columns"])
def test_a_page_printed_by_a_browser_reads_as_the_page(columns: str, paper: str, browser: Browser, read: Any) -> None:
    tab = browser.new_page()
    told = [
        ARTICLE[n % 3].replace("will", f"will, in {n} of the districts,").replace("She", f"{n} times she")
        for n in range(45)
    ]
    tab.set_content(
        f"<html lang=en><body style='columns: {columns}; hyphens: auto; text-align: justify'><h1>Harbour opens again "
        f"after a long frost</h1><p>By Jane Doe | May 2, 2024</p>{''.join(f'<p>{words}</p>' for words in told)}"
    )
    foot = "<span style='font-size: 8px'><span class=pageNumber></span>/<span class=totalPages></span></span>"
    raw = tab.pdf(
        format=paper,
        display_header_footer=True,
        header_template="<span style='font-size: 8px'>Harbour Post</span>",
        footer_template=foot,
        margin={"top": "20mm", "bottom": "20mm", "left": "15mm", "right": "15mm"},
    )
    tab.close()
    found = paragraphs(read(raw))
    assert found == [
        "Harbour Post",
        "Harbour opens again after a long frost",
        "By Jane Doe | May 2, 2024",
        *told,
    ]


# ---------------------------------------------------------------------------- what is no document


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<!DOCTYPE html [<!ENTITY l0 "ha">{entities}]>\n<html><body><p>Jane Roe said &l9;</p></body></html>'.encode()
    )


BAD = {
    "empty": ("a.txt", b"", "a.txt: is empty"),
    "blank": ("a.txt", b"\xef\xbb\xbf \r\n\t\n", "a.txt: is empty"),
    "blank page": ("a.html", b" \n", "a.html: is empty"),
    "binary": ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.txt: is a binary, and neither a text nor HTML nor a PDF"),
    "utf-16 without a mark": ("a.txt", "Roe".encode("utf-16-le"), "byte 1 is NUL"),
    "NUL": ("a.html", page().replace("frost", "fr\0st").encode(), "a.html: is a binary"),
    "NUL in utf-16": ("a.txt", "Roe\0".encode("utf-16"), "a.txt: is a binary"),
    "latin-1": ("a.txt", "one\nMünchen".encode("latin-1"), "a.txt:2: is neither UTF-8 nor UTF-16 with a byte order"),
    "lone surrogate": ("a.txt", b"a \xed\xa0\x80 b", "a.txt:1: is neither UTF-8 nor UTF-16"),
    "lone surrogate in utf-16": ("a.txt", b"\xff\xfea\0\0\xd8b\0", "not UTF-16, as its byte order mark says: byte 4"),
    "half of utf-16": ("a.txt", b"\xff\xfea\0b", "a.txt: is not UTF-16"),
    "another encoding": ("a.html", page().replace("frost", "fröst").encode("utf-16")[:-1], "a.html: is not UTF-16"),
    "an encoding nobody knows": ("a.html", b'<html><meta charset="x-roe"><p>caf\xe9', "that nobody knows, 'x-roe'"),
    "not as it declares": ("a.html", b'<html><meta charset="gbk"><p>caf\xff', "is not gbk, as it declares"),
    "page without text": ("a.html", b"<html><body><script>go()</script><img src=a></body></html>", "HTML without text"),
    "deep page": ("a.html", b"<html><body>" + b"<div>" * 100_000 + b"Roe", "a.html: is HTML without text"),
    "billion laughs": ("a.html", billion_laughs(), "a.html: is HTML that declares entities of its own"),
    "large page": ("a.html", b"<html><body><p>" + b"Roe " * 12_500_000, "a.html: is too large: more than 10 MB"),
    "encrypted pdf": ("a.pdf", printed(lines("Jane Roe said so."), encrypted=True), "a.pdf: is an encrypted PDF"),
    "scanned pdf": ("a.pdf", printed([]), "a.pdf: is a PDF without text, perhaps a scan"),
    "half a pdf": ("a.pdf", printed(lines("Jane Roe said so."))[:300], "a.pdf: is a damaged PDF"),
    "hardly a pdf": ("a.pdf", b"%PDF-1.7\nJane Roe said so.", "a.pdf: is a damaged PDF"),
    "large pdf": ("a.pdf", b"%PDF-1.7\n" + b" " * 100_000_000, "a.pdf: is too large: more than 100 MB"),
    "surrogate in a pdf": ("a.pdf", printed(lines("工\ud800信")), "lone surrogate"),
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one seed, whose ontology is the curated one."""
    monkeypatch.setattr(pipeline, "load", lambda _: ontology)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "Old.txt").write_bytes(TEXT.encode())
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize(("name", "raw", "what"), BAD.values(), ids=BAD)
def test_what_is_no_document_is_refused_in_one_line(name: str, raw: bytes, what: str, project: Path) -> None:
    before = files(project)
    with pytest.raises(DocumentError) as caught:
        intake.add(project, Path(name), raw)
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (caught.value.exit_code, files(project)) == (2, before)


def test_a_long_pdf_costs_no_more_than_its_length(ontology: Ontology) -> None:
    def cost(times: int) -> int:
        raw = printed(lines(*("word" * 20 for _ in range(times)), top=800, step=0.5))
        return steps(lambda: formats.read(Path("a.pdf"), raw, ontology.cues))

    cost(50)
    assert cost(800) < 3 * cost(400)


# ---------------------------------------------------------------------------- names and records


@pytest.mark.parametrize(
    ("given", "path", "title", "name"),
    [
        ("", "a/Tea Expo, 2024.html", "Other", "tea-expo-2024"),
        ("", "工信部.pdf", "", "工信部"),
        ("", "-", "Harbour opens: “again”", "harbour-opens-again"),
        ("005_Tea.v2", "a.txt", "", "005_Tea.v2"),
        ("", "a.txt", "", "a"),
        ("", f"{'long ' * 60}.txt", "", ("long-" * 20)[:99]),
    ],
    ids=["file", "Chinese", "standard input", "given", "short", "long"],
)
def test_a_document_is_named_after_its_file(given: str, path: str, title: str, name: str) -> None:
    assert record.name(given, Path(path), title) == name


@pytest.mark.parametrize("given", ["a/b", "..", ".hidden", "a b", "-", "x" * 101, "a\nb", "a\\b", "a."])
def test_a_name_that_no_file_should_have_is_refused(given: str) -> None:
    with pytest.raises(DocumentError, match="is no name for a document; allowed are letters"):
        record.name(given, Path("a.txt"), "")


@pytest.mark.parametrize("path", ["-", "!!.txt"])
def test_what_has_nothing_to_be_named_after_needs_a_name(path: str) -> None:
    with pytest.raises(DocumentError, match="name it with --name"):
        record.name("", Path(path), "")


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("Old", "Jane Roe left.", "Old.txt: stands there already; choose another name with --name"),
        ("old", "Jane Roe left.", "Old.txt: stands there already"),
        ("noted", "Jane Roe left.", "noted.toml: stands there already"),
        ("new", TEXT, "new.txt: has the same text as "),
    ],
    ids=["name", "capitals", "a record without a text", "text"],
)
def test_nothing_is_added_twice(name: str, text: str, what: str, project: Path) -> None:
    (project / "seeds" / "noted.toml").write_text('title = "Mine"\n', "utf-8")
    before = files(project)
    with pytest.raises(DocumentError) as caught:
        intake.add(project, Path("new.txt"), text.encode(), name=name)
    assert what in str(caught.value)
    assert files(project) == before


@given(
    title=st.text(st.characters(exclude_categories=["Cs"])),
    publisher=st.sampled_from(['"""', "'''", "\u202ecba", "\\"]),
)
def test_any_title_is_read_again_as_it_was(title: str, publisher: str) -> None:
    kept = tomllib.loads(record.toml(Source("a", title, publisher, date(2024, 5, 3))))
    assert (kept.get("title", ""), kept["publisher"], kept["date"]) == (title, publisher, date(2024, 5, 3))


def test_a_record_is_read_by_kg_as_it_was_meant(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "build", lambda *_, **__: None)
    title = 'A "harbour"\n\u202eopens\u200f again\\'
    told = json.dumps({"@type": "NewsArticle", "headline": title + "\ud800"})
    declared = f'<meta property="og:title" content="{html.escape(title)}">'
    head = f'{DAY}{declared}<script type="application/ld+json">{told}</script>'
    made = intake.add(project, Path("a.html"), page(head=head).encode(), name="a")
    found = document.read(made.text)
    assert (found.published, found.language) == (date(2024, 5, 4), "en")
    assert '"' in found.title
    assert "\n" not in found.title
    assert hashlib.sha256(made.text.read_bytes()).hexdigest() in made.record.read_text("utf-8")


# ---------------------------------------------------------------------------- when something fails


@pytest.mark.parametrize(
    "error", [KgError("no"), RecursionError(), KeyboardInterrupt()], ids=lambda e: type(e).__name__
)
def test_a_failing_build_leaves_no_document(
    error: BaseException, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        assert (project / "seeds" / "new.txt").is_file()
        raise error

    before = files(project)
    monkeypatch.setattr(intake, "build", failing)
    with pytest.raises(type(error)):
        intake.add(project, Path("new.txt"), b"Jane Roe left.")
    assert files(project) == before


def test_seeds_that_cannot_be_written_are_an_error(project: Path) -> None:
    other = project / "other"
    other.mkdir()
    (other / "seeds").write_bytes(b"no folder")
    with pytest.raises(ExportError, match="cannot be written"):
        intake.add(other, Path("new.txt"), b"Jane Roe left.")
