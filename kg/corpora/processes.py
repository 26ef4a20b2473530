"""Processes of this machine that read batches; one that dies takes nothing along but its own batch."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from threading import Thread
from types import TracebackType
from typing import Self

from kg.corpora import readings
from kg.corpora.batches import Batch
from kg.corpora.readings import Reading
from kg.corpora.tasks import Task
from kg.corpora.workers import AHEAD


class Processes:
    """A process for each job, each with an executor of its own: a pool of several is broken by the death of one."""

    deaths: tuple[type[Exception], ...] = (BrokenProcessPool,)

    def __init__(self, task: Task, jobs: int) -> None:
        self.window = AHEAD * jobs
        self._task = task
        several = multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in several else "spawn")
        self._context.set_forkserver_preload(["kg.corpora.readings"])
        self._life, self._alive = self._context.Pipe(duplex=False)
        self._executors = [self._fresh() for _ in range(jobs)]
        self._given: list[list[Future[Reading]]] = [[] for _ in range(jobs)]

    def submit(self, batch: Batch) -> Future[Reading]:
        """The reading of a batch by the process that has least to do; a new one where that has died."""
        for given in self._given:
            given[:] = (future for future in given if not future.done())
        n = min(range(len(self._given)), key=lambda n: len(self._given[n]))
        try:
            future = self._executors[n].submit(readings.read, self._task, batch)
        except BrokenProcessPool:
            self._executors[n].shutdown()
            self._executors[n] = self._fresh()
            future = self._executors[n].submit(readings.read, self._task, batch)
        self._given[n].append(future)
        return future

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._alive.close()
        for executor in self._executors:
            executor.shutdown(cancel_futures=True)

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, self._context, initializer=_begin, initargs=(self._life,))


def _begin(life: Connection) -> None:
    """A worker's first act: Ctrl-C is meant for the one who started it; where that one is killed, it ends, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, args=(life,), daemon=True).start()


def _follow(life: Connection) -> None:
    life.poll(None)
    os._exit(1)
