"""Items: the documents of a corpus as they stand in their files, not yet decoded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg import document
from kg.errors import DocumentError, Fault
from kg.model import Document
from kg.words import HALF

#: The keys of a line of JSON, and the columns of a Parquet file; all others are ignored.
KEYS = ("id", "text", "title", "publisher", "date", "language", "machine_translated")
#: No document may be larger, in bytes.
LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Item:
    """One document: a text file or, with a `line`, a line of JSON.

    `name` is what the document of a file is called, `recorded` what its `.toml` holds. `weight` is how many bytes of
    its source it takes up. With a `fault` it could not be read at all.
    """

    path: Path
    line: int = 0
    raw: bytes = b""
    name: str = ""
    recorded: bytes | None = None
    weight: int = 0
    fault: str = ""

    @property
    def where(self) -> str:
        """Its place, for people: the file, and the line of one of many in it."""
        return f"{self.path}:{self.line}" if self.line else str(self.path)

    @property
    def digest(self) -> bytes:
        """The hash of all that it says, wherever it stands."""
        recorded = self.recorded if self.recorded is not None else b""
        head = json.dumps([self.name, bool(self.line), self.fault, len(self.raw), self.recorded is None])
        return sha256(b"\0".join((head.encode(), self.raw, recorded))).digest()

    def document(self) -> Document:
        """The document; raises DocumentError with all that is wrong, and where."""
        if self.fault:
            raise DocumentError([Fault(self.path, self.line, self.fault)])
        if not self.line:
            return document.parsed(self.path, self.raw, self.recorded, name=self.name)
        return self._of_line()

    def _of_line(self) -> Document:
        try:
            data = json.loads(self.raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise self._wrong(f"is not UTF-8: byte {error.start} of the line cannot be read") from None
        except json.JSONDecodeError as error:
            raise self._wrong(f"is not JSON: {error.msg.lower()} at column {error.colno}") from None
        except (ValueError, RecursionError) as error:
            raise self._wrong(f"is not JSON that can be read: {error}") from None
        if not isinstance(data, dict):
            raise self._wrong('is no document; a line is an object like {"id": "...", "text": "..."}')
        # What is null is not there.
        given = {key: data[key] for key in KEYS if data.get(key) is not None}
        if faults := [what for key in KEYS if (what := _fault(key, given))]:
            raise self._wrong("; ".join(faults))
        try:
            made = document.from_text(str(given["id"]), given["text"])
        except DocumentError as error:
            raise self._wrong(f"`text` {error.faults[0].what}") from None
        return Document(
            made.name,
            made.text,
            title=given.get("title", ""),
            publisher=given.get("publisher", ""),
            published=date.fromisoformat(given["date"][:10]) if "date" in given else None,
            language=given.get("language", "en"),
            machine_translated=given.get("machine_translated", False),
        )

    def _wrong(self, what: str) -> DocumentError:
        return DocumentError([Fault(self.path, self.line, what)])


def _fault(key: str, given: Mapping[str, Any]) -> str:
    """What is wrong with the value of a key, if anything."""
    if key not in given:
        return f"`{key}` is missing" if key in ("id", "text") else ""
    value = given[key]
    if key == "machine_translated":
        return "" if isinstance(value, bool) else f"`{key}` must be true or false"
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return ""
    if not isinstance(value, str) or not (value.strip() or key == "text"):
        return f"`{key}` must be a text"
    if HALF.search(value):
        return f"`{key}` holds half a character (a lone surrogate), which no file could"
    if key == "date" and not _is_day(value):
        return f"`date` must be a day, like 2024-11-27, and is {value[:40]!r}"
    return ""


def _is_day(value: str) -> bool:
    """Whether it is a day, perhaps with a time behind it: the day is the one that is written."""
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return value[10:11] in ("", "T", " ")
