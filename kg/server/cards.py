"""What a page shows of a thing, in records that a template knows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing or value: what it is called, its IRI in short, and where it is found; `href` is empty for values."""

    words: str
    short: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with its document and the rule that read it; `translated` by a machine it is not the speaker's own."""

    quote: str
    document: Cell
    rule: Cell
    translated: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of which the thing is one end."""

    subject: Cell
    relation: Cell
    object: Cell
    status: str
    statement: Cell
    room: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A property with its values, in the order of their words; `more` is how many are not shown."""

    name: Cell
    values: tuple[Cell, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Thing:
    """All that a page about one thing shows; `room` is its place in the reading room, empty where it has none."""

    iri: str
    label: str
    classes: tuple[Cell, ...]
    values: tuple[Row, ...]
    out: tuple[Fact, ...]
    inward: tuple[Fact, ...]
    more: int
    mentions: tuple[Row, ...]
    room: str


@dataclass(frozen=True, slots=True)
class Word:
    """A term of the vocabulary: what is above it, how often it is used, and where to ask for its uses."""

    kind: str
    name: str
    cell: Cell
    above: tuple[Cell, ...]
    uses: int
    ask: str
