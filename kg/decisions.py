"""Decisions: what curators said of names that texts use, in `ontology/candidates.toml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg import toml
from kg.errors import Fault, OntologyError, unknown
from kg.model import Node, Statement, Status
from kg.words import ordinal, slug

FILE = "candidates.toml"
_KEYS = {"rejected": ("name", "class", "why"), "apart": ("name", "from", "why")}

#: By what a name and its class are told from others: the words of the name as in an IRI, and the class.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A name that is none, or not of this class; `line` is where that is recorded."""

    name: str
    cls: str
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class Apartness:
    """A name that does not mean `other`: another name, or an entity by its IRI, `id:jane-roe`."""

    name: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a project."""

    rejected: Mapping[Key, Rejection] = field(default_factory=dict)
    apart: tuple[Apartness, ...] = ()

    def tells_apart(self, one: Collection[str], other: Collection[str]) -> bool:
        """Whether two things, each by all its names and its IRI, were said not to be the same."""
        left, right = ({slug(name) for name in names} for names in (one, other))
        pairs = ((slug(a.name), slug(a.other)) for a in self.apart)
        return any((a in left and b in right) or (b in left and a in right) for a, b in pairs)


def key(name: str, cls: str) -> Key:
    """The key of a name; case, spacing and marks don't count, as they do not in IRIs.

    >>> key("Jian'an Co., Ltd.", "Company")
    ('jianan-co-ltd', 'Company')
    """
    return slug(name), cls


def key_of(node: Node) -> Key:
    """The key of a node by its label; an edition (`2nd Tea Expo`) is known by its series."""
    first, _, rest = node.label.partition(" ")
    number = ordinal(first)
    edition = rest and number is not None and node.iri.endswith(f"-{number}")
    return key(rest if edition else node.label, node.type)


def read(folder: Path) -> Decisions:
    """The decisions of an `ontology/` folder; none where there is no such file.

    Raises OntologyError with all faults: an unknown or missing key, an empty text, a decision that stands twice.
    """
    path = folder / FILE
    if not path.is_file():
        return Decisions()
    tables, where = toml.load(path)
    faults = [Fault(path, where(*place), what) for place, what in _faults(tables)]
    if faults:
        raise OntologyError(sorted(faults, key=lambda fault: fault.line))
    rejected = [
        Rejection(t["name"], t["class"], t["why"], where("rejected", n))
        for n, t in enumerate(tables.get("rejected", ()))
    ]
    return Decisions(
        {key(r.name, r.cls): r for r in rejected},
        tuple(Apartness(t["name"], t["from"], t["why"]) for t in tables.get("apart", ())),
    )


def withhold(
    statements: Iterable[Statement], decisions: Decisions
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements that stand, and those that are withheld because what they are about was rejected.

    These keep their ids, so that a judgement on their evidence still finds it.
    """
    kept: list[Statement] = []
    withheld: list[Statement] = []
    for statement in statements:
        why = _why(statement, decisions)
        if why is None:
            kept.append(statement)
        else:
            first, *more = (replace(e, guard=f"rejected: {why}") for e in statement.evidence)
            withheld.append(replace(statement, status=Status.WITHHELD, evidence=(first, *more)))
    return tuple(kept), tuple(withheld)


def _why(statement: Statement, decisions: Decisions) -> str | None:
    for thing in (statement.subject, statement.object):
        if isinstance(thing, Node) and thing.candidate and (found := decisions.rejected.get(key_of(thing))):
            return found.why
    return None


def _faults(tables: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What is wrong, each with its place in the data."""
    for kind, every in tables.items():
        if kind not in _KEYS:
            yield (kind,), unknown("key", kind, _KEYS)
        elif not isinstance(every, list) or not all(isinstance(table, dict) for table in every):
            yield (kind,), f"`{kind}` must be tables, each under [[{kind}]]"
        else:
            for n, table in enumerate(every):
                yield from (((kind, n, name), what) for name, what in _wrong(table, _KEYS[kind]))
            yield from (((kind, n), "this decision stands twice") for n in _again(kind, every))


def _wrong(table: Mapping[str, Any], keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if name not in keys:
            yield name, unknown("key", name, keys)
        elif not isinstance(value, str) or not value.strip():
            yield name, f"`{name}` must be a text, and not empty"
    for name in keys:
        if name not in table:
            yield name, f"`{name}` is missing"


def _again(kind: str, tables: Sequence[Mapping[str, Any]]) -> Iterator[int]:
    seen: set[object] = set()
    for n, table in enumerate(tables):
        about, other = (str(table.get(k, n)) for k in _KEYS[kind][:2])
        # It is all the same which of two is said not to be the other.
        said: object = key(about, other) if kind == "rejected" else frozenset({slug(about), slug(other)})
        if said in seen:
            yield n
        seen.add(said)
