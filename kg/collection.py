"""Collection: what many documents say, merged: one fact that three of them state has three pieces of evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kg import document, ledger, pipeline
from kg.corpora.contents import Contents
from kg.model import Disposition, Extraction, Knowledge, Statement
from kg.pipeline import Ontology
from kg.statements import merge

Progress = Callable[[str], None]


def knowledge(paths: Sequence[Path], ontology: Ontology, *, progress: Progress = lambda _: None) -> Knowledge:
    """What the documents say, merged: a fact that three state is one statement with three pieces of evidence."""
    extractions: list[Extraction] = []
    for path in paths:
        progress(path.name)
        extractions.append(pipeline.extract(document.read(path), ontology))
    return _merged(extractions, [ledger.dispositions(e) for e in extractions])


def collected(kept: Contents, *, most: int, progress: Progress = lambda _: None) -> Knowledge:
    """What the partitions of an extraction say, merged in the same way.

    Of the texts there is what is quoted; of those that still stand in the input all, if there are no more than `most`
    statements. Raises CorpusError for partitions that are not as they were written.
    """
    pairs = list(kept.extractions(progress))
    made = _merged([e for e, _ in pairs], [d for _, d in pairs])
    if len(made.statements) > most:
        return made
    return replace(made, extractions=tuple(kept.whole(made.extractions)))


def _merged(extractions: Sequence[Extraction], dispositions: Iterable[tuple[Disposition, ...]]) -> Knowledge:
    names = (e.document.name for e in extractions)
    return Knowledge(
        tuple(extractions),
        union(s for e in extractions for s in e.statements),
        union(s for e in extractions for s in e.refused),
        tuple(zip(names, dispositions, strict=True)),
    )


def union(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """One statement for each id, with all its evidence; ordered by id."""
    same: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        same[statement.id].append(statement)
    return tuple(merge(same[key]) for key in sorted(same))
