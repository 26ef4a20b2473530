"""What a diagnosis tells of one sentence: frozen records, that `--json` prints as they are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A mention as the rules see it: its words, its classes, how it was found, and what is nested in it by slot."""

    slot: str
    words: str
    classes: tuple[str, ...]
    kind: str
    how: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a rule that matched: `kind` is named (by a shape), read, folded, refused, unresolved or dropped."""

    kind: str
    rule: str
    what: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """How far a rule came that did not match; elements of its pattern are in its own writing.

    `stood` of its `required` elements do; if `cued`, a word of the pattern's own is among them. The beginning of the
    pattern that `came` stands `at` some words; then it `wants` something, and `finds` something else; the rest, `after`
    that, stands at `after_at`. `lacks` are further elements that stand nowhere in the sentence. Where the whole pattern
    holds, `obstacle` is what kept the rule off; `besides` is why it would not look at the sentence in any case.
    """

    rule: str
    place: str
    stood: int
    required: int
    cued: bool = True
    came: tuple[str, ...] = ()
    at: str = ""
    wants: tuple[str, ...] = ()
    finds: str = ""
    after: tuple[str, ...] = ()
    after_at: str = ""
    lacks: tuple[str, ...] = ()
    obstacle: str = ""
    besides: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One sentence: what it is to the rules, what they made of it, and how far the others came.

    `strangers` are words that look like a name and are no mention; `unread` is why no rule looks at it at all, `only`
    the one rule of which it tells, if it tells of one.
    """

    sentence: str
    line: int
    zone: str
    skeleton: str = ""
    mentions: tuple[Part, ...] = ()
    strangers: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    near: tuple[Near, ...] = ()
    unread: str = ""
    only: str = ""
