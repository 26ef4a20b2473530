"""Runs: a corpus led through the workers, batch by batch and in order; what fails is put aside, the rest goes on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from pathlib import Path
from time import monotonic
from typing import Any

from kg import pipeline
from kg.corpora import formats, readings
from kg.corpora.batches import PART_BYTES, Batch, batches
from kg.corpora.items import Item
from kg.corpora.readings import Failure, Reading
from kg.corpora.tasks import Task
from kg.corpora.workers import Workers
from kg.errors import CorpusError

#: Is told of each batch that is done, with what came of it: nothing where that was kept before.
Progress = Callable[[Batch, Reading | None], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be read and how: items, by whom, and a watch on the way."""

    items: Iterable[Item]
    task: Task
    workers: Workers
    progress: Progress = lambda _, __: None

    def readings(self, todo: Iterable[Batch] | None = None) -> Iterator[tuple[Batch, Reading]]:
        """All batches with what was read in them, in order; never more than the workers' window are out."""
        out: deque[tuple[Batch, Future[Reading]]] = deque()
        for batch in batches(self.items) if todo is None else todo:
            if len(out) == self.workers.window:
                yield self._done(*out.popleft())
            out.append((batch, self.workers.submit(batch)))
        while out:
            yield self._done(*out.popleft())

    def keep(self, folder: Path, inputs: Sequence[str], *, part: int = PART_BYTES, again: bool = False) -> Any:
        """The manifest of all that was read, kept in a folder; what was kept there before is not read again.

        `part` is how many bytes of documents make a partition. Raises CorpusError as `parts.open_` does, and where
        the input has changed; ExportError where the folder cannot be written.
        """
        task = self.task
        job = {
            "kg": task.version,
            "program": task.program,
            "ontology": task.ontology,
            "entities": "all" if task.curated else "none",
            "format": task.form,
            "seconds": task.seconds,
            "part": part,
            "inputs": list(inputs),
        }
        # Not before it is needed: one document is to be read at once.
        from kg.corpora import parts

        form = formats.of(task.form)
        with parts.open_(folder, job, form, again=again) as kept:
            every = batches(self.items, part)
            for batch, reading in self.readings(kept.todo(every, lambda batch: self.progress(batch, None))):
                kept.add(batch, reading)
                self.progress(batch, reading)
            return kept.finish(form.besides(pipeline.load(task.folder, curated=task.curated)))

    def _done(self, batch: Batch, future: Future[Reading]) -> tuple[Batch, Reading]:
        try:
            return batch, future.result()
        except self.workers.deaths:
            # Any of its documents may be guilty, the process may have been killed by somebody else, and others may
            # have waited for it: each is tried by itself.
            return batch, reduce(add, map(self._alone, batch.items))

    def _alone(self, item: Item) -> Reading:
        nothing = self._innocent()
        begun = monotonic()
        try:
            return self.workers.submit(Batch(0, True, (item,))).result()
        except self.workers.deaths:
            limit = self.task.limit(len(item.raw))
            late = monotonic() - begun >= limit
            died = "ended the process that read it: a fault in a library, or no memory left"
            why = f"took more than {limit:g} seconds" if late else died
            return replace(nothing, failed=(Failure(readings.name(item), item.where, why),))

    def _innocent(self) -> Reading:
        """The reading of no document: where even that ends a process, no document is to blame."""
        try:
            return self.workers.submit(Batch(0, True, ())).result()
        except self.workers.deaths as error:
            raise CorpusError(f"processes die before they have read anything: {error}") from error
