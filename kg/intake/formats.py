"""Formats: what kind of file some bytes are, told by themselves, and the text in them."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kg import document
from kg.errors import DocumentError, Fault
from kg.intake import pdf, webpage
from kg.intake.source import Source
from kg.words import HALF
from kg.zones.cues import Cues

#: The largest PDF that is read; more bytes than that need not be fetched.
LARGEST = 100_000_000
# The largest text or page, also that of a PDF; what is larger is no article, and takes minutes.
_LARGEST_TEXT = 10_000_000

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_ENDINGS = (".html", ".htm", ".xhtml")
# As browsers tell HTML that comes without a name for its kind (WHATWG, MIME Sniffing).
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
# Browsers read the old names as the larger sets that pages really use (WHATWG, Encoding).
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252", "big5": "big5hkscs"}


def load(path: Path) -> bytes:
    """The bytes of a file; raises DocumentError if there is none, or it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _fault(path, "no such file") from None
    except IsADirectoryError:
        raise _fault(path, "is a directory; name one file") from None
    except OSError as error:
        raise _fault(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def read(path: Path, raw: bytes, cues: Cues) -> Source:
    """The source in the bytes of a text, a web page or a PDF; `path` is where they come from, or `-`.

    The text of a text file is not changed. Raises DocumentError where there is no text to be read.
    """
    if b"%PDF-" in raw[:1024]:
        _check_size(path, len(raw), LARGEST)
        source = pdf.read(path, raw)
    else:
        _check_size(path, len(raw), _LARGEST_TEXT)
        text = _decoded(path, raw)
        is_page = path.suffix.lower() in _ENDINGS or _HTML.match(text[:4096])
        source = webpage.read(path, text, cues) if is_page and text.strip() else Source(text)
    _check_size(path, len(source.text), _LARGEST_TEXT)
    if half := HALF.search(source.text + source.title + source.publisher):
        raise _fault(path, f"holds half a character, the lone surrogate U+{ord(half[0]):04X}")
    document.from_text(str(path), source.text)
    return source


def _decoded(path: Path, raw: bytes) -> str:
    """The text of bytes: by their byte order mark, else as UTF-8, else in the encoding that a page declares."""
    mark = next((mark for mark in _MARKS if raw.startswith(mark)), b"")
    if not mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and (nul := raw.find(b"\0")) >= 0:
        raise _fault(path, f"is a binary, and neither a text nor HTML nor a PDF: byte {nul} is NUL")
    encoding = _MARKS.get(mark, "utf-8")
    try:
        return raw[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        declared = None if mark else _CHARSET.search(raw[:4096])
        at = len(mark) + error.start
    if declared:
        return _declared(path, raw, declared[1].decode())
    if mark:
        raise _fault(path, f"is not {encoding[:6].upper()}, as its byte order mark says: byte {at} cannot be read")
    line = raw.count(b"\n", 0, at) + 1
    what = f"is neither UTF-8 nor UTF-16 with a byte order mark: byte {at} cannot be read; convert it with iconv"
    raise DocumentError([Fault(path, line, what)])


def _declared(path: Path, raw: bytes, name: str) -> str:
    try:
        known = codecs.lookup(name).name
        return raw.decode(_LARGER.get(known, known))
    except LookupError:
        raise _fault(path, f"is HTML in an encoding that nobody knows, {name!r}") from None
    except UnicodeDecodeError as error:
        raise _fault(path, f"is not {name}, as it declares: byte {error.start} cannot be read") from None


def _check_size(path: Path, size: int, most: int) -> None:
    if size > most:
        raise _fault(path, f"is too large: more than {most // 1_000_000} MB")


def _fault(path: Path, what: str) -> DocumentError:
    return DocumentError([Fault(path, 0, what)])
