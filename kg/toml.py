"""TOML files with the line of every key, so that a fault in one can be found."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import Fault, FaultyInput

#: Where a value stands: keys, and positions in arrays counted from 0.
Step = str | int
Place = tuple[Step, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}|'
    r"'''(?:[^']|'{1,2}(?!'))*'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'"
)
_SCALAR = re.compile(r"[^,\]}#\n]*")
_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


class Where:
    """The line, from 1, of a key or an array's element; of what encloses it where it does not stand itself.

    Steps may be given one by one or in tuples.

    >>> rules = ["[[rule]]", 'id = "b"', "[[rule.example]]", 'text = "c"', "gives = [", '  ["d"],', "]"]
    >>> where = Where("\\n".join(['title = "a"', "", *rules]))
    >>> where("title"), where("rule", 0), where("rule", 0, "id"), where("rule", 0, "pattern")
    (1, 3, 4, 3)
    >>> where(("rule", 0, "example", 0), "text"), where(("rule", 0), "example", 0, "gives", 0)
    (6, 8)
    >>> where("nothing of the kind")
    1
    """

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _lines(self) -> dict[Place, int]:
        # Read only where somebody asks: of most files nobody does.
        lines: dict[Place, int] = {}
        for place, line in _places(self._source):
            lines.setdefault(place, line)
        return lines

    def __call__(self, *path: Step | Place) -> int:
        """The line of what stands at the end of the path."""
        steps = tuple(step for part in path for step in (part if isinstance(part, tuple) else (part,)))
        while steps and steps not in self._lines:
            steps = steps[:-1]
        return self._lines.get(steps, 1)


def load(path: Path, content: bytes | None = None) -> tuple[dict[str, Any], Where]:
    """The data of a TOML file, and where each part of it stands; `content` are its bytes if they have been read.

    Raises `FaultyInput` with one fault, and its line, for a file that is missing, not UTF-8 or not TOML.
    """
    try:
        source = (path.read_bytes() if content is None else content).decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FaultyInput([Fault(path, line, f"is not UTF-8: byte {error.start} cannot be read")]) from None
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise FaultyInput([Fault(path, 0, f"cannot be read: {what}")]) from None
    # tomllib folds Windows line ends itself when it reads a file, and refuses a lone carriage return.
    source = source.replace("\r\n", "\n")
    try:
        return tomllib.loads(source), Where(source)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        at = _AT.search(message)
        line = int(at[1]) if at and at[1] else source.rstrip("\n").count("\n") + 1
        raise FaultyInput([Fault(path, line, f"is not TOML: {_AT.sub('', message).lower()}")]) from None


def _places(source: str) -> Iterator[tuple[Place, int]]:
    """Every key, table and array element of a source that is known to be TOML, with its line."""
    counts: dict[Place, int] = {}
    table: Place = ()
    lines = _Lines(source)
    at = _end(_BLANK, source, 0)
    while at < len(source):
        line = lines.of(at)
        if source[at] == "[":
            many = source.startswith("[[", at)
            keys, at = _keys(source, at + (2 if many else 1))
            table = _enter(keys, counts, many)
            at = source.index("]", at) + (2 if many else 1)
            yield table, line
        else:
            keys, at = _keys(source, at)
            at = _end(_SPACE, source, at + 1)
            yield from ((table + keys[:n], line) for n in range(1, len(keys) + 1))
            inside: list[tuple[Place, int]] = []
            at = _value(source, at, table + keys, lines, inside)
            yield from inside
        at = _end(_BLANK, source, at)


def _enter(keys: Place, counts: dict[Place, int], many: bool) -> Place:
    """The table that a header opens: a name which stands for an array means that array's last element."""
    place: Place = ()
    for n, key in enumerate(keys):
        place += (key,)
        if many and n == len(keys) - 1:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place += (counts[place],)
    return place


def _value(source: str, at: int, place: Place, lines: _Lines, found: list[tuple[Place, int]]) -> int:
    """The end of the value that starts at `at`; the places inside it go to `found`."""
    if string := _STRING.match(source, at):
        return string.end()
    if source[at] not in "[{":
        return _end(_SCALAR, source, at)
    inline = source[at] == "{"
    at = _end(_BLANK, source, at + 1)
    count = 0
    while source[at] not in "]}":
        line = lines.of(at)
        keys: Place = (count,)
        if inline:
            keys, at = _keys(source, at)
            at = _end(_SPACE, source, at + 1)
        found.extend((place + keys[:n], line) for n in range(1, len(keys) + 1))
        at = _end(_BLANK, source, _value(source, at, place + keys, lines, found))
        if source[at] == ",":
            at = _end(_BLANK, source, at + 1)
        count += 1
    return at + 1


def _keys(source: str, at: int) -> tuple[Place, int]:
    """A dotted key, and the offset of what follows it."""
    keys: list[Step] = []
    while True:
        at = _end(_SPACE, source, at)
        key = _KEY.match(source, at)
        if key is None:  # pragma: no cover - tomllib has read the source before
            raise ValueError(source[at : at + 20])
        keys.append(next(iter(tomllib.loads(f"{key[0]} = 0"))) if key[0][0] in "\"'" else key[0])
        at = _end(_SPACE, source, key.end())
        if source[at] != ".":
            return tuple(keys), at
        at += 1


def _end(pattern: re.Pattern[str], source: str, at: int) -> int:
    found = pattern.match(source, at)
    return found.end() if found else at


class _Lines:
    """The line of an offset, for offsets asked in rising order."""

    def __init__(self, source: str) -> None:
        self._source, self._at, self._line = source, 0, 1

    def of(self, at: int) -> int:
        self._line += self._source.count("\n", self._at, at)
        self._at = at
        return self._line
