"""Cluster: the same work on the machines of a Dask scheduler; the ontology travels there, what was read comes back."""

from __future__ import annotations

import logging
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import dask
from distributed import Client, KilledWorker, LocalCluster, WorkerPlugin
from filelock import FileLock
from platformdirs import user_cache_path

from kg import exports, pipeline
from kg.corpora import readings, tasks
from kg.corpora.batches import Batch
from kg.corpora.readings import Reading
from kg.corpora.tasks import Task
from kg.corpora.workers import AHEAD, cores
from kg.errors import CorpusError, KgError

#: The address of a cluster of processes on this machine, made for the occasion.
LOCAL = "local"
#: A scheduler that does not answer in so many seconds is none.
_PATIENCE = 20


class Cluster:
    """The workers of a scheduler. What they read comes back to the one who asked: one that dies takes nothing along."""

    deaths: tuple[type[Exception], ...] = (KilledWorker,)

    def __init__(self, task: Task, address: str, jobs: int | None) -> None:
        """Raises CorpusError where nobody answers at the address, or kg is not the same there."""
        self._task, self._address = task, address
        with ExitStack() as stack:
            scheduler = stack.enter_context(_local(jobs or cores())) if address == LOCAL else address
            try:
                client = stack.enter_context(Client(scheduler, timeout=_PATIENCE))
            except (OSError, ValueError) as error:
                raise CorpusError(f"--scheduler {address}: nobody answers there: {error}") from None
            try:
                client.register_plugin(_Rules(task), name=f"kg {task.ontology}")
            except (ImportError, AttributeError, TypeError) as error:
                raise CorpusError(f"--scheduler {address}: the workers have no kg like this one: {error}") from None
            self._executor = client.get_executor(pure=False)
            self.window = AHEAD * max(1, sum(client.nthreads().values()))
            self._stack = stack.pop_all()

    def submit(self, batch: Batch) -> Future[Reading]:
        """The reading of a batch, by whichever worker is free."""
        future: Future[Reading] = self._executor.submit(_read, self._task, batch)
        return future

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)
        if isinstance(error, CancelledError):
            raise CorpusError(f"--scheduler {self._address}: the cluster has gone; the same command goes on") from None


def _local(jobs: int) -> Any:
    # Here a death is told at once; elsewhere the scheduler tries again as often as it is set to.
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    return LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL)


class _Rules(WorkerPlugin):
    """Brings the ontology's files to every worker, those too that join later, and has it compile them."""

    def __init__(self, task: Task) -> None:
        self.task, self.files = task, tasks.files(task.folder)

    def setup(self, worker: object) -> None:
        """Raises CorpusError where kg is not the same here, or cannot read the rules."""
        del worker
        folder = _place(self.task)
        try:
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(f"{folder}.lock"):
                if not folder.is_dir() or tasks.digest(folder) != self.task.ontology:
                    exports.replace(folder, self.files)
                self.task.check(folder)
                pipeline.load(folder, curated=self.task.curated)
        except KgError as error:
            # As one that can travel: a fault with its place cannot.
            raise CorpusError(str(error)) from None


def _place(task: Task) -> Path:
    """Where a worker keeps an ontology: the same place for all on a machine, so that it is compiled there once."""
    return user_cache_path("kg", appauthor=False) / "ontologies" / task.ontology


def _read(task: Task, batch: Batch) -> Reading:
    return readings.read(replace(task, folder=_place(task)), batch)
