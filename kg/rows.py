"""Rows: one JSON object for each piece of evidence of each statement; the interface that other programs rely on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.model import Evidence, Literal, Node, Statement
from kg.vocabulary import Vocabulary

#: One row, by its keys.
Row = dict[str, Any]
#: Version of the format. A new key does not raise it; a key that changes its meaning does.
SCHEMA = 1


def rows(statements: Iterable[Statement], vocabulary: Vocabulary) -> Iterator[Row]:
    """The rows of statements: by document, then by place in it, then by rule."""
    for statement, evidence in placed(statements):
        yield row(statement, evidence, vocabulary)


def placed(statements: Iterable[Statement]) -> list[tuple[Statement, Evidence]]:
    """Each piece of evidence with its statement, in the order of rows."""
    pairs = [(s, e) for s in statements for e in s.evidence]
    pairs.sort(key=lambda p: (p[1].document, p[1].span.start, p[1].rule, p[1].span.end, p[0].id, p[1].id))
    return pairs


def row(statement: Statement, evidence: Evidence, vocabulary: Vocabulary) -> Row:
    """One row, its keys in the order in which people read them."""
    subject, thing = statement.subject, statement.object
    node = thing if isinstance(thing, Node) else None
    made: Row = {
        "schema": SCHEMA,
        "document": evidence.document,
        "statement": statement.id,
        "evidence": evidence.id,
        "subject": subject.label,
        "relation": statement.relation,
        "object": _printed(thing),
        "status": statement.status.value,
        "label": vocabulary.label(statement.property),
        "qualifiers": dict(sorted((*statement.qualifiers, *evidence.qualifiers))),
        "subject_iri": subject.iri,
        "subject_type": subject.type,
        "subject_text": evidence.subject_text,
        "subject_names": list(subject.names),
        "object_iri": node.iri if node else None,
        "object_type": node.type if node else thing.datatype if isinstance(thing, Literal) else "",
        "object_text": evidence.object_text,
        "object_names": list(node.names) if node else [],
        "start": evidence.span.start,
        "end": evidence.span.end,
        "quote": evidence.quote,
        "spans": {name: list(span) for name, span in evidence.spans},
        "antecedent": {a.slot: {"spans": [list(s) for s in a.spans], "how": a.how} for a in evidence.antecedents},
        "rule": evidence.rule,
    }
    if evidence.guard:
        made["guard"] = evidence.guard
    return made


def _printed(thing: Node | Literal) -> str:
    if isinstance(thing, Literal):
        return thing.value
    return thing.words or thing.label


def jsonl(made: Iterable[Row]) -> str:
    """The rows as lines of JSON."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made)


def read(path: Path) -> list[Row]:
    """The rows of a file that `jsonl` wrote; raises KgError where there is none, or it is something else."""
    if not path.is_file():
        raise KgError(f"{path}: no such file; `kg build` makes it")
    return parse(path.read_text(encoding="utf-8"), str(path))


def parse(lines: str, source: str) -> list[Row]:
    """The rows in the text of such a file, told apart by its name; raises KgError where it is something else."""
    made: list[Row] = []
    for n, line in enumerate(lines.split("\n"), 1):
        try:
            made += [json.loads(line)] if line else []
        except ValueError:
            raise KgError(f"{source}:{n}: not a row of statements; `kg build` makes the file again") from None
    if made and made[0].get("schema") != SCHEMA:
        raise KgError(f"{source}: rows of schema {made[0].get('schema')}, and this is {SCHEMA}; build it again")
    return made
