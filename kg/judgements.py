"""Judgements: what people found right or wrong among the evidence, kept in `ontology/judgements.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import tomlkit

from kg import exports
from kg.errors import Fault, FaultyInput, KgError, OntologyError, unknown
from kg.model import Evidence, Statement, Status
from kg.toml import load

FILE = "judgements.toml"
VERDICTS = ("right", "wrong", "unsure")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's verdict on one piece of evidence, and why; `says`, `document` and `rule` are there for readers."""

    evidence: str
    verdict: str
    why: str
    says: str = ""
    document: str = ""
    rule: str = ""


_KEYS = tuple(f.name for f in fields(Judgement))


def read(folder: Path) -> dict[str, Judgement]:
    """The judgements of an ontology, by the id of the evidence; none where there is no such file.

    Raises OntologyError for an unknown key or verdict, a key missing, and evidence that is judged twice.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    data, where = load(path)
    faults = [
        Fault(path, where(key), f"unknown key `{key}`; allowed is [[judgement]]") for key in data.keys() - {"judgement"}
    ]
    made: dict[str, Judgement] = {}
    for n, table in enumerate(data.get("judgement", ())):
        wrong = list(_wrong(table))
        if table.get("evidence") in made:
            wrong.append(f"evidence {table['evidence']} is judged twice")
        faults += [Fault(path, where("judgement", n), what) for what in wrong]
        if not wrong:
            made[table["evidence"]] = Judgement(**table)
    if faults:
        raise OntologyError(faults)
    return made


def _wrong(table: Mapping[str, object]) -> Iterable[str]:
    for key, value in table.items():
        if key not in _KEYS:
            yield unknown("key", key, _KEYS)
        elif not isinstance(value, str) or not value.strip():
            yield f"`{key}` must be a text"
    for key in ("evidence", "verdict", "why"):
        if key not in table:
            yield f"`{key}` is missing"
    if table.get("verdict", "right") not in VERDICTS:
        yield unknown("verdict", str(table["verdict"]), VERDICTS)


def record(folder: Path, judgement: Judgement) -> None:
    """Writes a judgement into an ontology's file, in the place of an earlier one on the same evidence.

    All else in the file stays as it is. Raises KgError without a reason, and what `read` raises.
    """
    if not judgement.why.strip():
        raise KgError("a judgement needs its reason: --why '...'")
    read(folder)
    path = folder / FILE
    try:
        book = tomlkit.parse(path.read_text(encoding="utf-8") if path.is_file() else "")
    except ValueError as error:  # pragma: no cover - `read` has read it before
        raise FaultyInput([Fault(path, 0, str(error))]) from None
    told = {key: value for key, value in asdict(judgement).items() if value}
    every = book.setdefault("judgement", tomlkit.aot())
    earlier = next((n for n, old in enumerate(every) if old["evidence"] == judgement.evidence), None)
    if earlier is None:
        every.append(tomlkit.item(told))
    else:
        every[earlier] = tomlkit.item(told)
    exports.write(folder, {FILE: tomlkit.dumps(book).encode()})


def withhold(
    statements: Iterable[Statement], judged: Mapping[str, Judgement]
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements without the evidence that was judged wrong, and what is withheld, its reason as the guard.

    A statement stays as long as other evidence does.
    """
    kept: list[Statement] = []
    withheld: list[Statement] = []
    for statement in statements:
        good = [e for e in statement.evidence if not _is_wrong(e, judged)]
        bad = [
            replace(e, guard=f"judged wrong: {judged[e.id].why}") for e in statement.evidence if _is_wrong(e, judged)
        ]
        if good:
            kept.append(replace(statement, evidence=(good[0], *good[1:])))
        if bad:
            withheld.append(replace(statement, status=Status.WITHHELD, evidence=(bad[0], *bad[1:])))
    return tuple(kept), tuple(withheld)


def stale(statements: Iterable[Statement], judged: Mapping[str, Judgement]) -> tuple[str, ...]:
    """What to tell a curator of judgements on evidence that no document gives any more, in the order of the file."""
    there = {e.id for s in statements for e in s.evidence}
    return tuple(
        f"the judgement on {j.evidence} ({j.verdict}: {j.says or 'untold'}) is about evidence that is no more; "
        "judge it anew or delete it"
        for j in judged.values()
        if j.evidence not in there
    )


def _is_wrong(evidence: Evidence, judged: Mapping[str, Judgement]) -> bool:
    return evidence.id in judged and judged[evidence.id].verdict == "wrong"
