"""PDF files: their text by pypdf, its lines put together to paragraphs."""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import takewhile
from math import dist
from pathlib import Path

from pypdf import PageObject, PdfReader, Transformation
from pypdf.errors import PyPdfError

from kg.errors import DocumentError, Fault
from kg.intake.paragraphs import Line, paragraphs
from kg.intake.source import Source
from kg.words import fold

# What pypdf mends it tells the log; without a handler Python would print it.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

# One glyph may stand for a character and for a form of it that no text is written in: the file names the form.
_FORMS = [*range(0xFB00, 0xFB07), *range(0x2F00, 0x2FD6)]
_RADICALS = "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⼾"
_CHARACTERS = "民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙户"
_WRITTEN: dict[int, str | int] = {form: unicodedata.normalize("NFKC", chr(form)) for form in _FORMS} | str.maketrans(
    _RADICALS, _CHARACTERS
)
# No more pages are read, nor a page behind so much text: a small file may list one page a million times.
_PAGES, _LONGEST = 2000, 10_000_000
# How wide a space is, for an indent that is made of them: against the height of the letters.
_SPACES = {" ": 0.3, "\u00a0": 0.3, "\u3000": 1.0}

_Matrix = tuple[float, float, float, float, float, float]


def read(path: Path, raw: bytes) -> Source:
    """The text of a PDF, a blank line between its paragraphs; its own title only if the text has it, too.

    Raises DocumentError for a PDF that is encrypted, damaged, too large or without text.
    """
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted:
            raise DocumentError([Fault(path, 0, "is an encrypted PDF; save it without protection, then add it")])
        if len(reader.pages) > _PAGES:
            raise DocumentError([Fault(path, 0, f"is too large: more than {_PAGES:,} pages")])
        pages, length = [], 0
        for page in reader.pages:
            pages.append(list(_lines(page)))
            length += sum(len(line.text) for line in pages[-1])
            if length > _LONGEST:
                raise DocumentError([Fault(path, 0, f"is too large: more than {_LONGEST // 1_000_000} MB of text")])
        title = " ".join(((reader.metadata and reader.metadata.title) or "").split())
        language = str(reader.root_object.get("/Lang", ""))
    except DocumentError:
        raise
    except Exception as error:
        # A damaged file may fail anywhere inside pypdf, with any error that Python has.
        what = str(error).partition("\n")[0] if isinstance(error, PyPdfError) else type(error).__name__
        raise DocumentError([Fault(path, 0, f"is a damaged PDF: {what}")]) from error
    text = paragraphs(pages)
    if not text:
        raise DocumentError(
            [
                Fault(
                    path, 0, "is a PDF without text, perhaps a scan; run it through text recognition (OCR), then add it"
                )
            ]
        )
    printed = fold(title) in map(fold, text)
    return Source("\n\n".join(text) + "\n", title=title if printed else "", language=language)


def _lines(page: PageObject) -> Iterator[Line]:
    """The lines of a page, in the order of the file; pieces that stand beside one another are one line."""
    last: Line | None = None
    for line in _pieces(page):
        if last and abs(last.y - line.y) < line.size / 3 and line.x > last.x:
            last = Line(f"{last.text} {line.text}", last.x, last.y, last.size, last.bold and line.bold)
            continue
        if last:
            yield last
        last = line
    if last:
        yield last


def _pieces(page: PageObject) -> Iterator[Line]:
    """What pypdf puts on lines of their own, each at the place of its first word."""
    rows: list[list[Line]] = [[]]

    def visit(text: str, matrix: _Matrix, text_matrix: _Matrix, font: Mapping[str, object] | None, size: float) -> None:
        place = Transformation(text_matrix).transform(Transformation(matrix))
        (x, y), top = place.apply_on((0, 0)), place.apply_on((0, size))
        bold = font is not None and "bold" in str(font.get("/BaseFont")).lower()
        first, *more = (Line(part.translate(_WRITTEN), x, y, dist((x, y), top), bold) for part in text.split("\n"))
        rows[-1].append(first)
        rows.extend([line] for line in more)

    page.extract_text(visitor_text=visit)
    for row in rows:
        words = [piece for piece in row if piece.text.strip()]
        if words:
            first, text = words[0], "".join(piece.text for piece in row)
            indent = first.size * sum(_SPACES.get(c, 0) for c in takewhile(str.isspace, first.text))
            bold = all(piece.bold for piece in words)
            yield Line(" ".join(text.split()), first.x + indent, first.y, first.size or 1, bold)
