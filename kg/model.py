"""What the stages hand to one another: frozen records, no behaviour beyond looking into themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple


class Span(NamedTuple):
    """Characters `start` to `end` (exclusive) of a document's decoded text."""

    start: int
    end: int


class ZoneKind(StrEnum):
    """What a line of a document is for."""

    MASTHEAD = "masthead"
    TITLE = "title"
    BYLINE = "byline"
    PUBLICATION = "publication"
    DATELINE = "dateline"
    CAPTION = "caption"
    BODY = "body"
    TURN = "turn"
    QUESTION = "question"
    #: No zone of lines: a sentence of the body that stands wholly in quotation marks.
    QUOTATION = "quotation"
    HEADING = "heading"
    RELATED = "related"
    NAVIGATION = "navigation"
    BOILERPLATE = "boilerplate"


#: Zones that speak of other documents, or of none: no fact comes from them.
EXCLUDED_ZONES = frozenset({ZoneKind.RELATED, ZoneKind.NAVIGATION, ZoneKind.BOILERPLATE})
#: Characters of the longest sentence that is read; what is longer is a list, a table or a text without stops.
LONGEST_SENTENCE = 25_000


class Status(StrEnum):
    """How a fact is meant. The last five are refused, the very last by a person: they stand only in `refused.jsonl`."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    FORMER = "former"
    ACTING = "acting"
    DESIGNATE = "designate"
    NEGATED = "negated"
    HEDGED = "hedged"
    CONDITIONAL = "conditional"
    ASKED = "asked"
    WITHHELD = "withheld"


REFUSED = frozenset({Status.NEGATED, Status.HEDGED, Status.CONDITIONAL, Status.ASKED, Status.WITHHELD})


@dataclass(frozen=True, slots=True)
class LedgerNote:
    """A person's word on one sentence, kept in the seed's `.toml` under a hash of the sentence."""

    sentence: str
    disposition: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sameness:
    """A recorded decision: what this document calls `local` is the thing `same_as`, because of `why`."""

    local: str
    same_as: str
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what is recorded beside it. `name` is the file's name without its ending.

    `sha256` is that of the whole text where `text` has only the passages that are quoted, each in its place.
    """

    name: str
    text: str
    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = "en"
    machine_translated: bool = False
    notes: tuple[LedgerNote, ...] = ()
    same: tuple[Sameness, ...] = ()
    sha256: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of its whole text."""
        return self.sha256 or sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Zone:
    """One line (or part of a line) of a document and its kind; `speaker` are the words that name a turn's speaker."""

    kind: ZoneKind
    span: Span
    speaker: Span | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """`document.text[span.start:span.end]`, inside one zone. `line` counts the lines of text from 1."""

    index: int
    span: Span
    zone: Zone
    line: int

    @property
    def unread(self) -> str:
        """Why no rule reads it: its zone, which speaks of other documents or of none, or that it is too long."""
        if self.zone.kind in EXCLUDED_ZONES:
            return self.zone.kind.value
        return "too long" if self.span.end - self.span.start > LONGEST_SENTENCE else ""


class MentionKind(StrEnum):
    """How words came to be a mention."""

    NAME = "name"
    SHAPE = "shape"
    NOUN = "noun"
    PRONOUN = "pronoun"
    SURNAME = "surname"
    ABBREVIATION = "abbreviation"
    MEMBER = "member"
    LITERAL = "literal"


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """Words that name, describe or stand for something, with the classes the thing may have.

    `entities` are the curated ones that bear this name; `parts` the mentions nested inside by a shape, under the
    names of its slots (`whole`, `ordinal`, `body`); `value` what a literal means; `article` the word before a
    description (`the`, `a`), in lower case.
    """

    span: Span
    text: str
    classes: frozenset[str]
    kind: MentionKind
    entities: tuple[str, ...] = ()
    shape: str = ""
    parts: tuple[tuple[str, Mention], ...] = ()
    value: object = None
    article: str = ""

    def part(self, name: str) -> Mention | None:
        """The nested mention of that name, or none."""
        return dict(self.parts).get(name)

    def at(self, path: str) -> tuple[Mention, ...]:
        """The mentions at a path, `self` or `whole.series`; several where a part is a list."""
        first, _, rest = path.removeprefix("self").removeprefix(".").partition(".")
        if not first:
            return (self,)
        return tuple(found for name, part in self.parts if name == first for found in part.at(rest))

    def ending(self) -> tuple[Mention, ...]:
        """The mention and those nested in it that end where it ends, innermost first."""
        inner = [m for _, part in self.parts if part.span.end == self.span.end for m in part.ending()]
        return (*inner, self)

    def nested(self) -> tuple[Mention, ...]:
        """The mention and all that are nested in it, outermost first."""
        return (self, *(m for _, part in self.parts for m in part.nested()))


@dataclass(frozen=True, slots=True)
class Node:
    """What a statement is about: an entity or, with its whole `words`, a claim or measure (label: its short form).

    `type` is a class of the vocabulary by its local name. `candidate`: texts name it, but no curator has.
    """

    iri: str
    label: str
    type: str
    names: tuple[str, ...] = ()
    candidate: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value; `datatype` is the local name of an XSD type: string, integer, date, gYear, gYearMonth.

    A date also has its first and last day.
    """

    value: str
    datatype: str = "string"
    begin: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Where the thing is named for which a slot has only `he` or `the company`, or no word at all."""

    slot: str
    spans: tuple[Span, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of one document that state a fact, and the rule that read them.

    Every slot has a span inside the quote, or an antecedent. `qualifiers` are those that are no part of the
    statement's identity: dateText, asOf, attributedTo, ordinal, count ...
    """

    id: str
    document: str
    span: Span
    quote: str
    rule: str
    subject_text: str
    object_text: str
    spans: tuple[tuple[str, Span], ...]
    antecedents: tuple[Antecedent, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()
    speaker: Node | None = None
    guard: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact with at least one piece of evidence: the type admits no other.

    Its identity is subject, property, object, status and `qualifiers` (post, metric, period). `relation` is a
    name of the interface (`holdsPost`); `property` the most specific property of the vocabulary (`ministerOf`).
    """

    id: str
    subject: Node
    relation: str
    property: str
    object: Node | Literal
    status: Status
    qualifiers: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, *tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A rule matched, but what one of its slots stands for could not be told."""

    sentence: int
    rule: str
    slot: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A rule matched, but makes no statement of these words; `missing` is the place of one that nothing fills."""

    sentence: int
    rule: str
    words: str
    why: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Disposition:
    """What became of one sentence: extracted, refused, unresolved, excluded, nothing, todo or undecided."""

    sentence: Sentence
    kind: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that the rules read in one document. Each statement has evidence from this document only."""

    document: Document
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    refused: tuple[Statement, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a build knows: documents read, and statements merged over them; what every export is made from."""

    extractions: tuple[Extraction, ...]
    statements: tuple[Statement, ...]
    refused: tuple[Statement, ...]
    dispositions: tuple[tuple[str, tuple[Disposition, ...]], ...] = field(default=())
