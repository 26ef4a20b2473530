"""What a table of the rule book may hold: its keys, those it needs, and the kind of value of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from kg import errors
from kg.model import ZoneKind

Kind = tuple[str, Callable[[Any], bool]]


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)


def is_tables(value: Any) -> bool:
    """Whether a value is a list of tables.

    >>> is_tables([{"id": "a"}]), is_tables("a")
    (True, False)
    """
    return isinstance(value, list) and all(isinstance(v, dict) for v in value)


def _table_of(value: Any, fits: Callable[[Any], bool]) -> bool:
    return isinstance(value, dict) and all(map(fits, value.values()))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _triple(row: Any) -> bool:
    if not isinstance(row, list) or not 3 <= len(row) <= 4:
        return False
    return _texts(row[:3]) and all(_table_of(more, _is_text) for more in row[3:])


def _told(row: Any) -> bool:
    if not isinstance(row, list) or not 2 <= len(row) <= 4:
        return False
    return _texts(row[:-1]) and isinstance(row[-1], str | dict)


def _day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


_TEXT: Kind = ("a text", _is_text)
_FLAG: Kind = ("true or false", lambda v: isinstance(v, bool))
_TEXTS: Kind = ("a list of texts", _texts)
_TABLES: Kind = ("a list of tables", is_tables)
_ROWS: Kind = (
    "a list of [subject, relation, object], each with an optional table of qualifiers",
    lambda v: isinstance(v, list) and all(map(_triple, v)),
)
_NAMES: Kind = (
    "a table of part = [class, template]",
    lambda v: _table_of(v, lambda pair: _texts(pair) and len(pair) == 2),
)
_GUARDS: Kind = (
    "a list of patterns, or a table of status = list of patterns",
    lambda v: _texts(v) or _table_of(v, _texts),
)
_GIVES: Kind = ("a list of lists", lambda v: isinstance(v, list) and all(map(_told, v)))
_ZONE: Kind = ("a kind of zone: " + ", ".join(ZoneKind), lambda v: v in list(ZoneKind))
_DAY: Kind = ('a day as text, like "2024-11-26"', _day)

_FIELDS: dict[str, dict[str, Kind]] = {
    "mention": {
        "id": _TEXT, "says": _TEXT, "class": _TEXT, "pattern": _TEXT, "emits": _ROWS, "names": _NAMES, "proper": _FLAG,
        "refers": _FLAG, "describes": _FLAG, "example": _TABLES,
    },
    "scope": {"id": _TEXT, "says": _TEXT, "opens": _TEXT, "items": _TEXTS},
    "guard": {"id": _TEXT, "says": _TEXT, "status": _TEXT, "pattern": _TEXT, "never": _TEXTS},
    "rule": {
        "id": _TEXT, "says": _TEXT, "pattern": _TEXT, "emits": _ROWS, "folds": _TEXT, "unless": _GUARDS,
        "never": _TEXTS, "zone": _TEXTS, "scope": _TEXT, "status": _TEXT, "example": _TABLES,
    },
    "example": {"text": _TEXT, "gives": _GIVES, "zone": _ZONE, "date": _DAY, "also": _TEXTS, "todo": _FLAG},
}  # fmt: skip
_NEEDED = {
    "mention": ("id", "says", "class", "pattern", "example"),
    "scope": ("id", "says", "opens", "items"),
    "guard": ("id", "status", "pattern"),
    "rule": ("id", "says", "pattern", "example"),
    "example": ("text", "gives"),
}


def unknown(kind: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The keys that nobody reads, each with what is allowed; the table is read all the same.

    >>> [key for key, _ in unknown("guard", {"id": "a", "colour": "red"})]
    ['colour']
    """
    for key in sorted(table.keys() - _FIELDS[kind].keys()):
        yield key, errors.unknown("key", key, sorted(_FIELDS[kind]))


def faults(kind: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What makes one table unreadable: keys that are missing or of the wrong kind, each with the key of its line.

    >>> list(faults("example", {"text": "A b.", "gives": "a"}))
    [('gives', '`gives` must be a list of lists')]
    """
    fields = _FIELDS[kind]
    for key in _NEEDED[kind]:
        if key not in table:
            yield "id", f"the key {key!r} is missing"
    for key, value in table.items():
        if key in fields and not fields[key][1](value):
            yield key, f"`{key}` must be {fields[key][0]}"
