"""Workers: who reads batches, this process itself or others."""

from __future__ import annotations

import os
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol, Self

from kg.corpora import readings
from kg.corpora.batches import Batch
from kg.corpora.readings import Reading
from kg.corpora.tasks import Task

#: So many batches for each worker are out at once: one in work, one waiting, and some done before their turn.
AHEAD = 4


class Workers(AbstractContextManager["Workers"], Protocol):
    """Who reads batches; `window` are out at once, and a future raises one of `deaths` where a process died."""

    window: int
    deaths: tuple[type[Exception], ...]

    def submit(self, batch: Batch) -> Future[Reading]:
        """The reading of a batch, some day."""


class Here:
    """No process but this one, for a handful of documents. Nothing watches over it."""

    window = 1
    deaths: tuple[type[Exception], ...] = ()

    def __init__(self, task: Task) -> None:
        self._task = replace(task, seconds=0)

    def submit(self, batch: Batch) -> Future[Reading]:
        """The reading of a batch, at once."""
        done = Future[Reading]()
        done.set_result(readings.read(self._task, batch))
        return done

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
