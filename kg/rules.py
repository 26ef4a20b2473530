"""The rule book: shapes of names, scopes, guards and extraction rules, compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.expression import Expression
from kg.index import Index
from kg.model import REFUSED, Status, ZoneKind
from kg.skeleton import Skeleton

#: Where rules apply that name no zone.
USUAL_ZONES = (ZoneKind.BODY, ZoneKind.CAPTION, ZoneKind.TURN)
#: What an emission may name besides the slots of its pattern.
GIVEN = frozenset({"document", "speaker", "occasion", "agent", "ordinal", "ministry", "meeting", "self"})
STATUSES = tuple(s.value for s in Status if s not in REFUSED)
#: A name marked in an example: `[Jane Roe|Person]`.
MARK = re.compile(r"\[([^\[\]|]+)\|(\w+)\]")
#: What a guard may find; only a person withholds.
GUARDS = tuple(s.value for s in Status if s in REFUSED and s is not Status.WITHHELD)


@dataclass(frozen=True, slots=True)
class Emission:
    """A statement to be made: slots (`post`, `post.body`, `'words'`), a relation, and slots for qualifiers."""

    subject: str
    relation: str
    object: str
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Guard:
    """Where this pattern stands the fact is refused, as `status` says; without a status it is no fact at all.

    Where one of `never` stands, the guard itself does not hold.
    """

    status: Status | None
    expression: Expression
    never: tuple[Expression, ...] = ()

    def holds(self, skeleton: Skeleton, ranges: Mapping[str, tuple[int, int]]) -> bool:
        """Whether it stands around the units of `match`, with the slots of a rule bound."""
        return self.expression.guards(skeleton, ranges) and not any(n.guards(skeleton, ranges) for n in self.never)


@dataclass(frozen=True, slots=True)
class Example:
    """A text with names marked `[Jane Roe|Person]`, and what the rule says of it."""

    line: int
    text: str
    gives: tuple[tuple[Any, ...], ...]
    zone: str = ""
    date: str = ""
    also: tuple[str, ...] = ()
    todo: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it says. With `folds` its whole span becomes a mention of that slot."""

    id: str
    says: str
    path: Path
    line: int
    expression: Expression
    emits: tuple[Emission, ...]
    examples: tuple[Example, ...]
    folds: str = ""
    guards: tuple[Guard, ...] = ()
    zones: tuple[ZoneKind, ...] = USUAL_ZONES
    scope: str = ""
    status: Status = Status.ASSERTED


@dataclass(frozen=True, slots=True)
class Shape:
    """How a name or a description not known yet looks, and the class of what it names.

    `proper`: equal words mean one thing in all documents; `refers`: it may stand for something named before;
    `describes`: it may be a thing by itself. `inherits` is the slot whose classes it takes. A slot `self` is all that
    the mention covers; what stands around it is context. `names` builds a nested name from slots.
    """

    id: str
    says: str
    path: Path
    line: int
    cls: str
    expression: Expression
    emits: tuple[Emission, ...]
    examples: tuple[Example, ...]
    names: tuple[tuple[str, str, str], ...] = ()
    inherits: str = ""
    proper: bool = False
    refers: bool = False
    describes: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of sentences that `opens` begins, and the cues that begin its items."""

    id: str
    opens: Expression
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything that `ontology/mentions` and `ontology/rules` hold, compiled."""

    shapes: tuple[Shape, ...]
    scopes: tuple[Scope, ...]
    guards: tuple[Guard, ...]
    rules: tuple[Rule, ...]
    _indices: dict[tuple[frozenset[ZoneKind], bool], Index[Rule]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def index(self, kinds: frozenset[ZoneKind], *, folding: bool) -> Index[Rule]:
        """The rules without scope for zones of these kinds, those that fold or the others, by what they need."""
        key = kinds, folding
        if key not in self._indices:
            here = (r for r in self.rules if kinds & set(r.zones) and not r.scope and bool(r.folds) == folding)
            self._indices[key] = Index(tuple(here))
        return self._indices[key]

    @property
    def readers(self) -> tuple[Shape | Rule, ...]:
        """All that evidence may name: shapes and rules."""
        return (*self.shapes, *self.rules)
