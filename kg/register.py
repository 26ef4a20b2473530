"""The register: disagreements and corroboration as RDF, as rows of `disagreements.jsonl`, and as people read them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import Literal as Value
from pyoxigraph import NamedNode, Triple

from kg.compatibility import snapshots
from kg.corroboration import Corroboration
from kg.disagreements import Disagreement
from kg.errors import CurationError, KgError
from kg.model import Document, Literal, Node, Statement
from kg.turtle import LABEL, TYPE, facts
from kg.verdicts import OPEN, Verdict
from kg.vocabulary import Vocabulary

FILE = "disagreements.jsonl"
#: Version of the rows.
SCHEMA = 1
_KEYS = frozenset("schema disagreement about verdict why suggestion disputes statements".split())

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Register:
    """What a build found by comparing its statements: which exclude one another, and who says each independently."""

    disagreements: tuple[Disagreement, ...] = ()
    corroboration: Corroboration = field(default_factory=Corroboration)


def triples(register: Register, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Each disagreement with its verdict, the independent documents of each statement, documents that share text."""

    def kg(name: str) -> NamedNode:
        return NamedNode(vocabulary.term(name))

    def node(*path: str) -> NamedNode:
        return NamedNode(vocabulary.iri(*path))

    for one in register.disagreements:
        yield from facts(
            node("disagreement", one.id),
            (TYPE, kg("Disagreement")),
            (LABEL, Value(label(one, vocabulary))),
            (kg("verdict"), kg(_term(one.verdict))),
            *((kg("between"), node("statement", s.id)) for s in one.statements),
            *((kg("disputes"), node("statement", id_)) for id_ in one.disputes),
        )
        if one.why:
            yield Triple(node("disagreement", one.id), kg("reason"), Value(one.why))
    for id_, groups in register.corroboration.sources.items():
        yield Triple(node("statement", id_), kg("independentDocuments"), Value(len(groups)))
    for pair in register.corroboration.shared:
        for left, right in (pair, pair[::-1]):
            yield Triple(node("document", left), kg("sharesTextWith"), node("document", right))


def _term(verdict: str) -> str:
    """The local name of a verdict.

    >>> _term("different things"), _term("open")
    ('differentThings', 'open')
    """
    first, *others = verdict.split()
    return first + "".join(word.capitalize() for word in others)


def label(one: Disagreement, vocabulary: Vocabulary) -> str:
    """What a disagreement is about, in words: the relation, and the thing of which there is one each."""
    return f"{vocabulary.label(one.predicate)}: {one.about.label}"


def rows(register: Register, documents: Mapping[str, Document], vocabulary: Vocabulary) -> Iterator[Row]:
    """One row for each disagreement, its statements with their sentences, documents and days; those told best first."""
    for one in register.disagreements:
        yield {
            "schema": SCHEMA,
            "disagreement": one.id,
            "about": label(one, vocabulary),
            "verdict": one.verdict,
            "why": one.why,
            "suggestion": one.suggestion,
            "disputes": list(one.disputes),
            "statements": [_statement(s, register.corroboration, documents, vocabulary) for s in one.statements],
        }


def _statement(
    one: Statement, corroboration: Corroboration, documents: Mapping[str, Document], vocabulary: Vocabulary
) -> Row:
    days = snapshots(one, documents)
    return {
        "statement": one.id,
        "says": f"{one.subject.label} {vocabulary.label(one.property)} {_printed(one.object)}",
        "status": one.status.value,
        "as_of": [day.isoformat() for day in days] if days else [],
        "independent": corroboration.independent(one),
        "evidence": [
            {
                "evidence": piece.id,
                "document": piece.document,
                "published": day.isoformat() if (day := documents[piece.document].published) else None,
                "quote": piece.quote,
                "rule": piece.rule,
            }
            for piece in one.evidence
        ],
    }


def _printed(thing: Node | Literal) -> str:
    return thing.value if isinstance(thing, Literal) else thing.words or thing.label


def read(folder: Path) -> list[Row]:
    """The disagreements of a build; raises KgError where there is none, or its file is something else."""
    path = folder / FILE
    try:
        found = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    except FileNotFoundError:
        raise KgError(f"{path}: no such file; `kg build` makes it") from None
    except ValueError:
        raise KgError(f"{path}: no rows of disagreements; `kg build` makes the file again") from None
    for number, one in enumerate(found, 1):
        if not isinstance(one, dict) or not one.keys() >= _KEYS:
            raise KgError(f"{path}:{number}: no row of a disagreement; `kg build` makes the file again")
        if one["schema"] != SCHEMA:
            raise KgError(f"{path}:{number}: a row of schema {one['schema']}, and this is {SCHEMA}; build it again")
    return found


def row(found: Iterable[Row], id_: str) -> Row:
    """The row of one disagreement; raises CurationError where none has this id."""
    for one in found:
        if one["disagreement"] == id_:
            return one
    raise CurationError(f"{id_}: no disagreement of the last build has this id; `kg disagreements` lists them")


def decided(row: Row, verdicts: Mapping[str, Verdict]) -> Row:
    """The row with the verdict that stands now: one may have been given since the build."""
    verdict = verdicts.get(row["disagreement"])
    return {**row, "verdict": verdict.verdict if verdict else OPEN, "why": verdict.why if verdict else ""}


def told(row: Row) -> Iterator[str]:
    """A disagreement for people: each statement, since when and how often it is told, and its sentences."""
    suggestion = f" (perhaps: {row['suggestion']})" if row["suggestion"] and row["verdict"] == OPEN else ""
    yield f"{row['disagreement']}  {row['about']}  [{row['verdict']}{suggestion}]"
    if row["why"]:
        yield f"  {row['why']}"
    for one in row["statements"]:
        days = " to ".join(dict.fromkeys(one["as_of"])) or "no day told"
        status = "" if one["status"] == "asserted" else f", {one['status']}"
        count = f"{one['independent']} independent document{'' if one['independent'] == 1 else 's'}"
        yield f"  {one['says']} ({days}{status}; {count})"
        for piece in one["evidence"]:
            yield f"    {piece['document']}: {' '.join(piece['quote'].split())}"
