"""Explanations: the sentences behind a fact of the built graph, with the words that filled each slot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import Literal as Value
from pyoxigraph import NamedNode

from kg import register, rows, turtle
from kg.errors import KgError
from kg.rows import Row
from kg.words import fold


def find(exports: Path, subject: str, relation: str, object: str) -> list[Row]:
    """The rows whose subject and object bear these names and whose relation (or label of it) is this one.

    Raises KgError where nothing was built, or no such statement stands in the graph.
    """
    every = rows.read(exports / "statements.jsonl")
    found = [
        r for r in every
        if _is_relation(r, relation) and _bears(r, "subject", subject) and _bears(r, "object", object)
    ]  # fmt: skip
    if not found:
        said = sorted({name for r in every for name in (_camel(r["label"]), r["relation"])})
        alike = [] if any(_is_relation(r, relation) for r in every) else get_close_matches(relation, said, n=1)
        meant = f" (did you mean {alike[0]!r}?)" if alike else ""
        near = sorted(
            {f"{r['subject']} {r['relation']} {r['object'][:60]}" for r in every if _bears(r, "subject", subject)}
        )
        hint = "; of this subject the graph says: " + " | ".join(near[:5]) if near else "; no subject bears this name"
        raise KgError(f"no statement {subject!r} {relation} {object!r}{meant}{hint}")
    return found


def evidence(exports: Path, id_: str) -> Row:
    """The row of one piece of evidence of the built graph, said or refused; raises KgError where there is none."""
    for name in ("statements.jsonl", "refused.jsonl"):
        for row in rows.read(exports / name):
            if row["evidence"] == id_:
                return row
    raise KgError(f"{id_}: no evidence in {exports} has this id; `kg explain` and --json rows show them")


def standing(exports: Path, rows: Iterable[Row]) -> Iterator[str]:
    """For each statement of the rows: how many independent documents state it, and what it disagrees with."""
    store, prefixes = turtle.load((exports / "graph.ttl").read_bytes())
    kg, base = prefixes["kg"], prefixes["st"]
    disputed = register.read(exports)
    for id_, row in {r["statement"]: r for r in rows}.items():
        counts = store.quads_for_pattern(NamedNode(base + id_), NamedNode(f"{kg}independentDocuments"), None)
        count = next((int(q.object.value) for q in counts if isinstance(q.object, Value)), 1)
        documents = "1 document" if count == 1 else f"{count} independent documents"
        yield f"{row['subject']} — {row['label']} — {row['object']}: said by {documents}"
        for one in disputed:
            if id_ in (s["statement"] for s in one["statements"]):
                others = "; ".join(s["says"] for s in one["statements"] if s["statement"] != id_)
                yield f"  {one['verdict']} disagreement {one['disagreement']}, with: {others}"


def _is_relation(row: Row, relation: str) -> bool:
    label = fold(row["label"])
    return fold(relation) in (fold(row["relation"]), label, fold(_camel(row["label"])))


def _camel(label: str) -> str:
    """A label as a relation is written: `minister of` as `ministerOf`."""
    first, *rest = label.split()
    return first + "".join(word.capitalize() for word in rest)


def _bears(row: Row, side: str, name: str) -> bool:
    names = [row[side], row[f"{side}_text"], *row[f"{side}_names"]]
    return any(fold(name) in fold(n) for n in names)


def told(row: Row) -> str:
    """One piece of evidence for people: the fact, the sentence, the rule, and the words of each slot."""
    return "\n".join(_lines(row))


def _lines(row: Row) -> Iterator[str]:
    status = "" if row["status"] == "asserted" else f" ({row['status']})"
    yield f"{row['subject']} — {row['label']} — {row['object']}{status}"
    yield f"  {row['document']}, characters {row['start']} to {row['end']}:"
    yield f"    {' '.join(row['quote'].split())}"
    yield f"  rule {row['rule']}, evidence {row['evidence']}"
    for slot, (start, end) in row["spans"].items():
        yield f"    {slot}: {row['quote'][start - row['start'] : end - row['start']]!r}"
    for slot, antecedent in row["antecedent"].items():
        places = ", ".join(f"{s}-{e}" for s, e in antecedent["spans"]) or "the document itself"
        yield f"    {slot}: stands for what is named at {places} ({antecedent['how']})"
    for name, value in row["qualifiers"].items():
        yield f"    {name} = {value}"
