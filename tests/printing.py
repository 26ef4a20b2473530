"""PDF files made by hand: each piece of text where a test wants it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

#: A Chinese font that every reader of PDFs has to have, so that none is put into the file.
CHINESE = {
    "/Type": "/Font", "/Subtype": "/Type0", "/BaseFont": "/STSong-Light", "/Encoding": "/UniGB-UTF16-H",
    "/DescendantFonts": {"/Type": "/Font", "/Subtype": "/CIDFontType0", "/BaseFont": "/STSong-Light"},
}  # fmt: skip
LATIN = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Times-Roman", "/Encoding": "/WinAnsiEncoding"}
BOLD = {**LATIN, "/BaseFont": "/Times-Bold"}


class Piece(NamedTuple):
    """A line of text, how far from the left and the foot of the page it begins, and its letters."""

    text: str
    x: float
    y: float
    size: float = 11
    bold: bool = False


def lines(*texts: str, top: float = 700, x: float = 72, size: float = 11, step: float = 14) -> list[Piece]:
    """Lines one below the other; an empty one leaves room."""
    return [Piece(text, x, top - n * step, size) for n, text in enumerate(texts) if text]


def printed(*pages: Iterable[Piece], title: str = "", language: str = "", encrypted: bool = False) -> bytes:
    """The PDF with these pages."""
    writer = PdfWriter()
    for page in pages:
        blank = writer.add_blank_page(595, 842)
        fonts = {"/F1": _object(LATIN), "/F2": _object(BOLD), "/F3": _object(CHINESE)}
        blank[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): _names(fonts)})
        content = DecodedStreamObject()
        content.set_data("\n".join(map(_shown, page)).encode("ascii"))
        blank[NameObject("/Contents")] = content
    if title:
        writer.add_metadata({"/Title": title})
    if language:
        writer.root_object.update({NameObject("/Lang"): TextStringObject(language)})
    if encrypted:
        writer.encrypt("a password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _shown(piece: Piece) -> str:
    chinese = not piece.text.isascii()
    font = "F3" if chinese else "F2" if piece.bold else "F1"
    code = (piece.text.encode("utf-16-be", "surrogatepass") if chinese else piece.text.encode("ascii")).hex()
    return f"BT /{font} {piece.size} Tf 1 0 0 1 {piece.x} {piece.y} Tm <{code}> Tj ET"


def _object(font: Mapping[str, object]) -> DictionaryObject:
    made = DictionaryObject()
    for key, value in font.items():
        made[NameObject(key)] = ArrayObject([_object(value)]) if isinstance(value, dict) else NameObject(str(value))
    return made


def _names(fonts: dict[str, DictionaryObject]) -> DictionaryObject:
    return DictionaryObject({NameObject(name): font for name, font in fonts.items()})
