"""Hostile documents: what they cost, and what becomes of what is in them."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PageObject

from kg import document, ledger, pipeline
from kg.errors import DocumentError
from kg.intake import formats
from kg.intake import pdf as pdf_reader
from kg.intake.paragraphs import Line
from kg.model import LONGEST_SENTENCE
from tests.conftest import Book, Say, copied, marked, run, steps, table
from tests.hostile import TEXTS
from tests.targets import ontology

#: What once cost the square of its size, or may.
WATCHED = (
    "straight quotation marks", "quotations", "quotations in sentences", "abbreviations", "acronyms", "surnames",
    "occasions", "one occasion", "measures of many", "short lines", "groups",
)  # fmt: skip
SIZE = 2_000


@pytest.mark.parametrize("kind", WATCHED)
def test_twice_the_text_costs_twice_the_steps(kind: str) -> None:
    curated = ontology()

    def cost(size: int) -> int:
        text = TEXTS[kind](size)
        return steps(lambda: pipeline.extract(document.from_text("hostile", text), curated))

    cost(200)
    small, large = cost(SIZE), cost(4 * SIZE)
    assert large < 4.8 * small


def test_a_sentence_that_is_too_long_is_left_unread_and_told(say: Say, tmp_path: Path) -> None:
    before = "Jane Roe attended the Tea Expo in China. "
    for size, kind in ((LONGEST_SENTENCE, "undecided"), (LONGEST_SENTENCE + 1, "excluded")):
        long = "tea " * (size // 4) + "x" * (size % 4)
        reading = say(f"{before}\n{long}")
        assert ("Jane Roe", "attended", "Tea Expo") in reading.facts
        told = ledger.dispositions(reading.extraction)
        assert [(d.kind, d.why) for d in told][-1] == (kind, "too long" if kind == "excluded" else "")
    (tmp_path / "long.txt").write_text("tea " * LONGEST_SENTENCE)
    project = copied(tmp_path / "project")
    done = run("whynot", "--document", f"{tmp_path / 'long.txt'}:1", cwd=project)
    assert "no rule reads a sentence of more than 25,000 characters" in done.stdout


@pytest.mark.parametrize(("people", "told"), [(30, True), (40, False)])
def test_of_two_long_lists_all_is_told_or_why_nothing_is(people: int, told: bool, book: Book) -> None:
    every = book(table("rule", id="a.b", pattern="{a:Person+} saw {b:Event+}", emits=[["a", "attended", "b"]]))
    ones = ", ".join(f"[Roe{n}|Person]" for n in range(people))
    others = ", ".join(f"[Expo{n}|Event]" for n in range(30))
    reading = marked(f"{ones} saw {others}.", every)
    assert len(reading.rows) == (people * 30 if told else 0)
    assert [d.why for d in reading.extraction.dropped] == (
        [] if told else ["more than 1,000 facts of two lists in one sentence: a table, and no sentence"]
    )


# ---------------------------------------------------------------------- what kg add reads

SAID = b"Jane Roe, minister of trade of Arcadia, said on May 3 that the Tea Expo was attended by 300 companies. "


def zipped(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", content)
    return made.getvalue()


def pdf(content: bytes, pages: int = 1) -> bytes:
    """A PDF whose pages all have this content, compressed."""
    stream = zlib.compress(content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + b"3 0 R " * pages + b"]/Count %d>>" % pages,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return made + head + table + tail


LINE = b"BT /F1 12 Tf 72 700 Td (Jane Roe attended the Tea Expo in China on May 3.) Tj ET\n"


def page(inside: bytes) -> bytes:
    return b"<html><body>" + inside + b"</body></html>"


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        ("a.gz", lambda: gzip.compress(b"a" * 50_000_000), "is a binary"),
        ("a.zip", lambda: zipped(b"a" * 50_000_000), "is a binary"),
        ("a.docx", lambda: zipped(b"a" * 50_000_000), "is a binary"),
        ("a.pdf", lambda: pdf(LINE + b" " * 100_000_000), "is a damaged PDF"),
        ("pages.pdf", lambda: pdf(LINE, pages=20_000), "is too large: more than 2,000 pages"),
        ("cut.pdf", lambda: pdf(LINE)[:300], "is a damaged PDF"),
        ("loop.pdf", lambda: pdf(LINE).replace(b"[3 0 R ]", b"[2 0 R ]"), "is a damaged PDF"),
        ("deep.html", lambda: page(b"<div>" * 100_000 + SAID + b"</div>" * 100_000), "is HTML without text"),
        ("open.html", lambda: page(b"<b><i>" * 100_000 + SAID), "is HTML without text"),
        (
            "tag.html",
            lambda: page(b"<p " + b" ".join(b'a%d="x"' % n for n in range(50_000)) + b">" + SAID),
            "a tag of more than 1,000 attributes",
        ),
        ("half.txt", lambda: SAID + b"\xed\xa0\x80" + SAID, "is neither UTF-8 nor UTF-16"),
        ("half16.txt", lambda: ("\ufeff" + "a").encode("utf-16-le") + b"\x00\xd8", "is not UTF-16"),
        ("no-mark.txt", lambda: SAID.decode().encode("utf-16-le"), "is a binary"),
        ("nul.txt", lambda: SAID + b"\0", "is a binary"),
    ],
)
def test_a_hostile_file_is_refused_with_its_reason(name: str, make: Callable[[], bytes], why: str) -> None:
    with pytest.raises(DocumentError, match=why):
        formats.read(Path(name), make(), ontology().cues)


def test_a_pdf_of_too_much_text_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_LONGEST", 1_000_000)
    monkeypatch.setattr(pdf_reader, "_PAGES", 1_000_000)
    read: list[object] = []
    real = pdf_reader._lines

    def counting(page: PageObject) -> Iterator[Line]:
        read.append(page)
        return real(page)

    monkeypatch.setattr(pdf_reader, "_lines", counting)
    with pytest.raises(DocumentError, match="is too large: more than 1 MB of text"):
        formats.read(Path("a.pdf"), pdf(LINE * 500, pages=2_001), ontology().cues)
    assert len(read) < 50


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("long-path.html", page(b'<p><img src="data:image/png;base64,' + b"A" * 100_000 + b'"/>' + SAID * 3 + b"</p>")),
        ("drawing.html", page(b'<svg><path d="' + b"M 1 2 " * 20_000 + b'"/></svg><p>' + SAID * 3 + b"</p>")),
        ("le.txt", ("\ufeff" + SAID.decode()).encode("utf-16-le")),
        ("be.txt", ("\ufeff" + SAID.decode()).encode("utf-16-be")),
        ("mark.txt", b"\xef\xbb\xbf" + SAID),
        ("feeds.txt", SAID.replace(b"on ", b"on\r\n")),
        ("one.pdf", pdf(LINE)),
    ],
)
def test_what_only_looks_hostile_is_read(name: str, raw: bytes) -> None:
    assert "Jane Roe" in formats.read(Path(name), raw, ontology().cues).text
