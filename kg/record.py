"""What a person recorded of a document, in the `.toml` beside its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kg.errors import DocumentError, Fault, FaultyInput
from kg.model import LedgerNote, Sameness
from kg.toml import load

#: Why a sentence may say nothing that the graph should hold.
REASONS = {
    "courtesy": "thanks, greetings, a welcome",
    "question": "asks, and states nothing",
    "heading": "a headline inside the text, or the name of the next speaker",
    "photo credit": "who took or owns a picture",
    "no entity": "describes, but nothing that has a name or could get one",
    "general truth": "what always holds, not what somebody did or was",
    "opinion": "a judgement that nobody in the text is said to hold",
    "continuation": "goes on with what the sentence before has already given",
    "vague": "does not say who, what or when, or a translation has lost it",
    "beyond the vocabulary": "a fact, but of a kind that the vocabulary has no relation for",
}
DISPOSITIONS = ("nothing", "todo")

#: Tells what is wrong with a value; nothing where it is right.
Check = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Record:
    """The keys of a document's `.toml`; `sha256_line` is where the hash stands."""

    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = "en"
    machine_translated: bool = False
    sha256: str = ""
    sha256_line: int = 0
    notes: tuple[LedgerNote, ...] = ()
    same: tuple[Sameness, ...] = ()


def record(path: Path, content: bytes | None = None) -> Record:
    """The record in a `.toml` file, whose bytes may have been read; raises `DocumentError` with all that is wrong."""
    try:
        data, where = load(path, content)
    except FaultyInput as error:
        raise DocumentError(error.faults) from None
    faults = [Fault(path, where(*place), what) for place, what in _faults(data)]
    if faults:
        raise DocumentError(sorted(faults, key=lambda fault: fault.line))
    return Record(
        title=data.get("title", ""),
        publisher=data.get("publisher", ""),
        published=data.get("date"),
        language=data.get("language", "en"),
        machine_translated=data.get("machine_translated", False),
        sha256=data.get("sha256", ""),
        sha256_line=where("sha256"),
        notes=tuple(LedgerNote(n["sentence"], n["disposition"], _reason(n)) for n in data.get("note", ())),
        same=tuple(Sameness(s["local"], s["as"], s["why"]) for s in data.get("same", ())),
    )


def _reason(note: dict[str, Any]) -> str:
    return str(note["why"]) if note["disposition"] == "nothing" else " | ".join(note["gives"])


def _text(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else "must be a text"


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def _day(value: Any) -> str:
    # A datetime is a date for Python, but which day it means depends on a time zone that nobody recorded.
    right = isinstance(value, date) and not isinstance(value, datetime)
    return "" if right else "must be a date, like 2024-11-27 (without quotation marks)"


def _hex(digits: int) -> Check:
    pattern = re.compile(f"[0-9a-f]{{{digits}}}")

    def check(value: Any) -> str:
        right = isinstance(value, str) and pattern.fullmatch(value)
        return "" if right else f"must be {digits} hexadecimal digits in lower case"

    return check


def _tables(value: Any) -> str:
    right = isinstance(value, list) and all(isinstance(item, dict) for item in value)
    return "" if right else "must be tables, each under a header in double brackets"


def _triple(value: Any) -> str:
    right = isinstance(value, list) and len(value) == 3 and not any(map(_text, value))
    return "" if right else "must be three texts: [subject, relation, object]"


def _one_of(allowed: Iterable[str]) -> Check:
    words = tuple(allowed)
    return lambda value: "" if value in words else "must be one of: " + ", ".join(words)


_KEYS: dict[str, Check] = {
    "title": _text,
    "publisher": _text,
    "date": _day,
    "language": _text,
    "machine_translated": _flag,
    "sha256": _hex(64),
    "note": _tables,
    "same": _tables,
}
_NOTES: dict[Any, dict[str, Check]] = {
    "nothing": {
        "sentence": _hex(12),
        "words": _text,
        "disposition": _one_of(DISPOSITIONS),
        "why": _one_of(REASONS),
    },
    "todo": {
        "sentence": _hex(12),
        "words": _text,
        "disposition": _one_of(DISPOSITIONS),
        "gives": _triple,
    },
}
_SAME: dict[str, Check] = {"local": _text, "as": _text, "why": _text}


def _faults(data: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What is wrong, each with its place in the data."""
    for key, what in _wrong(data, _KEYS, ()):
        yield (key,), what
    seen: list[tuple[Any, ...]] = []
    for n, note in enumerate(data.get("note", [])) if not _tables(data.get("note", [])) else ():
        checks = _NOTES.get(str(note.get("disposition")), _NOTES["nothing"])
        for key, what in _wrong(note, checks, tuple(checks)):
            yield ("note", n, key), what
        # A sentence may have several todos; but it either says nothing, or it does not.
        said = (note.get("sentence"), note.get("disposition"), note.get("gives"))
        if said in seen:
            yield ("note", n), "stands twice"
        elif {said[1]} | {other[1] for other in seen if other[0] == said[0]} == set(DISPOSITIONS):
            yield ("note", n), "says the contrary of an earlier note on the same sentence"
        seen.append(said)
    for n, decision in enumerate(data.get("same", [])) if not _tables(data.get("same", [])) else ():
        for key, what in _wrong(decision, _SAME, tuple(_SAME)):
            yield ("same", n, key), what


def _wrong(table: dict[str, Any], checks: dict[str, Check], needs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if key not in checks:
            yield key, f"unknown key `{key}`; allowed: {', '.join(checks)}"
        elif what := checks[key](value):
            yield key, f"`{key}` {what}"
    for key in needs:
        if key not in table:
            yield key, f"`{key}` is missing"
