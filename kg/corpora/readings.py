"""Readings: what the rules read in a batch of documents, as bytes to be kept; this runs in processes of its own."""

from __future__ import annotations

import faulthandler
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from kg import pipeline
from kg.corpora.batches import Batch
from kg.corpora.formats import Read, of
from kg.corpora.items import Item
from kg.corpora.tasks import Task
from kg.errors import FaultyInput
from kg.pipeline import Ontology


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, where it stands, and why."""

    document: str
    where: str
    error: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of documents in a row: a chunk for each file of the format, counts, and those that failed."""

    chunks: tuple[bytes, ...]
    counts: Counter[str] = field(default_factory=Counter)
    failed: tuple[Failure, ...] = ()

    def __add__(self, other: Reading) -> Reading:
        joined = tuple(a + b for a, b in zip(self.chunks, other.chunks, strict=True))
        return Reading(joined, self.counts + other.counts, self.failed + other.failed)


def read(task: Task, batch: Batch) -> Reading:
    """The reading of a batch. A document that fails is among the failed ones, whatever it raises.

    Raises OntologyError, and CorpusError where the ontology or kg is not the one of the task. The process ends where a
    document takes more than the task's seconds, in a library, too.
    """
    ontology, form = known(task), of(task.form)
    told, failed, counts = [], [], Counter[str]()
    for item in batch.items:
        with _Caught() as caught, _limited(task.limit(len(item.raw))):
            document = item.document()
            found = Read(pipeline.extract(document, ontology), ontology, task.everything)
            told.append(form.told(found))
            counts += found.counts
        if caught.error is not None:
            failed.append(Failure(name(item), *_said(item, caught.error)))
    return Reading(form.packed(told), counts, tuple(failed))


def known(task: Task) -> Ontology:
    """The ontology of a task, kept for the next batch.

    Raises OntologyError with its faults, and CorpusError where the ontology or kg is not the one of the task.
    """
    return _known(replace(task, form="", everything=False, seconds=0))


@lru_cache(maxsize=1)
def _known(task: Task) -> Ontology:
    task.check(task.folder)
    return pipeline.load(task.folder, curated=task.curated)


class _Caught:
    """Keeps what its block raises: one document must not stop the others, whatever is wrong with it or with a rule."""

    error: Exception | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> bool:
        self.error = error if isinstance(error, Exception) else None
        return self.error is not None


def name(item: Item) -> str:
    """What the document is called, as far as that can be told."""
    with _Caught():
        return item.name or str(json.loads(item.raw)["id"])
    return ""


def _said(item: Item, error: Exception) -> tuple[str, str]:
    """Where something is wrong, and what."""
    if not isinstance(error, FaultyInput):
        return item.where, " ".join(f"{type(error).__name__}: {error}".split())[:500]
    first, *more = error.faults
    where = f"{first.path}:{first.line}" if first.line else str(first.path)
    return where, "; ".join((first.what, *map(str, more)))


#: One document at a time: a process has one watch.
_WATCHED = Lock()


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Ends the process if the block takes longer, wherever it hangs: the watch is a thread without Python."""
    if not seconds:
        yield
        return
    with _WATCHED, Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
