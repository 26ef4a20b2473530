"""Documents: the text of a file, to the byte, and what is recorded in the `.toml` beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from kg.errors import DocumentError, Fault
from kg.model import Document
from kg.record import Record, record

# What strip() leaves: a byte order mark and a zero-width space are no text either.
_INVISIBLE = "\ufeff\u200b \t\r\n\f\v\u00a0\u3000"


def sentence_key(words: str) -> str:
    """The key under which a reader's note names a sentence: 12 hexadecimal digits of its hash.

    >>> sentence_key("Thank you.")
    '8569efc4ed5a'
    """
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:12]


def gather(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The text files that are meant by files and directories: of a directory all its `*.txt`, sorted by name.

    Raises `DocumentError` for what is missing, for a directory without a text, and for two files of one name.
    """
    found: dict[Path, None] = {}
    faults: list[Fault] = []
    for path in paths:
        inside = sorted(p for p in path.glob("*.txt") if p.is_file()) if path.is_dir() else [path]
        if not inside:
            faults.append(Fault(path, 0, "is a directory without documents (*.txt)"))
        elif not inside[0].exists():
            faults.append(Fault(path, 0, "no such file"))
        elif path.suffix == ".toml":
            faults.append(Fault(path, 0, "is what is recorded beside a document, not a document"))
            continue
        found |= dict.fromkeys(inside)
    names: dict[str, Path] = {}
    for path in found:
        first = names.setdefault(path.stem, path)
        if not first.exists() or not path.exists() or first.samefile(path):
            continue
        faults.append(Fault(path, 0, f"has the name of another document, {first}"))
    if faults:
        raise DocumentError(faults)
    return tuple(names.values())


def read(path: Path) -> Document:
    """The document in a text file, line ends untouched, with what the `.toml` beside it records.

    Raises `DocumentError` with all that is wrong with the two files.
    """
    return parsed(path, *contents(path))


def contents(path: Path) -> tuple[bytes, bytes | None]:
    """The bytes of a text file, and of the `.toml` beside it where there is one.

    Raises `DocumentError` where one of them cannot be read.
    """
    beside = path.with_suffix(".toml")
    try:
        path.name.encode("utf-8")
        return path.read_bytes(), beside.read_bytes() if beside.is_file() and beside != path else None
    except UnicodeEncodeError:
        raise DocumentError([Fault(path, 0, "has a name that is not UTF-8; give it another")]) from None
    except FileNotFoundError:
        raise DocumentError([Fault(path, 0, "no such file")]) from None
    except OSError as error:
        place, what = Path(error.filename or path), (error.strerror or str(error)).lower()
        raise DocumentError([Fault(place, 0, f"cannot be read: {what}")]) from None


def parsed(path: Path, raw: bytes, recorded: bytes | None = None, *, name: str = "") -> Document:
    """The document of what `contents` gave, under the file's name or another; raises `DocumentError` as `read` does."""
    faults: list[Fault] = []
    text, beside, known = "", path.with_suffix(".toml"), Record()
    try:
        text = _decode(path, raw)
    except DocumentError as error:
        faults += error.faults
    try:
        known = known if recorded is None else record(beside, recorded)
    except DocumentError as error:
        faults += error.faults
    if known.sha256 and known.sha256 != hashlib.sha256(raw).hexdigest():
        what = f"{path.name} was changed after its hash was recorded; read it again, then record the new one"
        faults.append(Fault(beside, known.sha256_line, what))
    if faults:
        raise DocumentError(faults)
    return Document(
        name=name or path.stem,
        text=text,
        title=known.title,
        publisher=known.publisher,
        published=known.published,
        language=known.language,
        machine_translated=known.machine_translated,
        notes=known.notes,
        same=known.same,
    )


def from_text(name: str, text: str) -> Document:
    """The document of a text that stands in no file; raises `DocumentError` if it is empty or binary."""
    return Document(name=name, text=_checked(Path(name), text))


def from_bytes(name: str, raw: bytes) -> Document:
    """The document of bytes that stand in no file, as of standard input; raises `DocumentError` as `read` does."""
    return Document(name=name, text=_decode(Path(name), raw))


def _decode(path: Path, raw: bytes) -> str:
    # First: a picture is a binary, whatever else its bytes are not.
    if (nul := raw.find(b"\0")) >= 0:
        raise DocumentError([Fault(path, 0, f"is a binary, not a text: byte {nul} is NUL")])
    try:
        return _checked(path, raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DocumentError([Fault(path, line, f"is not UTF-8: byte {error.start} cannot be read")]) from None


def _checked(path: Path, text: str) -> str:
    if not text.strip(_INVISIBLE):
        raise DocumentError([Fault(path, 0, "is empty")])
    if "\0" in text:
        raise DocumentError([Fault(path, 0, f"is a binary, not a text: character {text.index(chr(0))} is NUL")])
    return text
