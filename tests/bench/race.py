"""A race: the same work done by several, each in a process of its own, one at a time, in turns."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from pkgutil import resolve_name
from statistics import median
from typing import Any, NamedTuple, Protocol

import psutil

#: So many seconds pass between two looks at a command; of a shorter one the system itself tells enough.
LOOK = 0.1


@dataclass
class Course:
    """What was measured of one: seconds of the clock and of all processors, peak megabytes, what came out."""

    name: str
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    #: Of all its processes together.
    peak: float = 0.0
    out: Any = None

    @property
    def seconds(self) -> float:
        """The median of the times, in seconds of the clock."""
        return median(self.wall)

    @property
    def work(self) -> float:
        """The median of the times, in seconds of the processor: others on the machine count less."""
        return median(self.processor)


class Ready(NamedTuple):
    """What runs once, and tells seconds of the clock and of processors, and peak megabytes; and what came out."""

    run: Callable[[], tuple[float, float, float]]
    out: Callable[[], Any]


class Racer(Protocol):
    @property
    def name(self) -> str:
        """What the table calls it."""

    def ready(self) -> AbstractContextManager[Ready]:
        """Made ready to run, with all it needs."""


def race(racers: Sequence[Racer], rounds: int) -> list[Course]:
    """What was measured of each, after a first time that does not count."""
    courses = [Course(racer.name) for racer in racers]
    with ExitStack() as stack:
        started = [stack.enter_context(racer.ready()) for racer in racers]
        for n in range(rounds + 1):
            for course, one in zip(courses, started, strict=True):
                wall, processor, peak = one.run()
                course.peak = max(course.peak, peak)
                if n:
                    course.wall.append(wall)
                    course.processor.append(processor)
        for course, one in zip(courses, started, strict=True):
            course.out = one.out()
    return courses


@dataclass(frozen=True)
class Runner:
    """Work in a process of its own.

    `make` names a function, `module:function`, that makes the work and all it needs; only the work is timed. What it
    returns is compared; if that is a function, what the function returns, afterwards.
    """

    name: str
    make: str
    arguments: tuple[Any, ...] = ()

    @contextmanager
    def ready(self) -> Iterator[Ready]:
        """The process, waiting."""
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, self.make, self.arguments))
        process.start()
        there.close()
        here.recv()

        def ask(what: str) -> Any:
            here.send(what)
            return here.recv()

        try:
            yield Ready(partial(ask, "run"), partial(ask, "out"))
        finally:
            here.close()
            process.join()


def _serve(there: Connection, make: str, arguments: tuple[Any, ...]) -> None:
    # Only here: what a process has loaded counts for the memory of those that it starts.
    work, out = resolve_name(make)(*arguments), None
    there.send("ready")
    while True:
        try:
            wish = there.recv()
        except EOFError:
            return
        if wish == "out":
            there.send(out() if callable(out) else out)
            continue
        out = None
        wall, processor = time.perf_counter(), time.process_time()
        out = work()
        told = time.perf_counter() - wall, time.process_time() - processor
        there.send((*told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


@dataclass(frozen=True)
class Command:
    """`python -m kg ...`, in a fresh process each time; what it has compiled stays in `home`."""

    name: str
    arguments: tuple[str, ...]
    home: str
    #: A folder that it writes: gone before the next time.
    writes: Path | None = None

    @contextmanager
    def ready(self) -> Iterator[Ready]:
        """As it stands."""
        yield Ready(self._run, lambda: None)

    def _run(self) -> tuple[float, float, float]:
        if self.writes:
            shutil.rmtree(self.writes, ignore_errors=True)
        begun = time.perf_counter()
        with (
            tempfile.TemporaryFile() as said,
            subprocess.Popen(
                [sys.executable, "-m", "kg", *self.arguments],
                # Python keeps what it has compiled, as it does for everybody who does not forbid it.
                env={
                    **os.environ,
                    "XDG_CACHE_HOME": self.home,
                    "PYTHONPYCACHEPREFIX": self.home,
                    "PYTHONDONTWRITEBYTECODE": "",
                },
                stdout=subprocess.DEVNULL,
                stderr=said,
            ) as process,
        ):
            with Family(process.pid).watched() as family:
                _, status, used = os.wait4(process.pid, 0)
                wall = time.perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                said.seek(0)
                words = " ".join(self.arguments)
                raise RuntimeError(f"kg {words} ended with {process.returncode}: {said.read().decode()}")
        processor = max(used.ru_utime + used.ru_stime, family.processor)
        return wall, processor, max(used.ru_maxrss / 1024, family.peak)


class Family:
    """A process and all that it has started, whoever waits for them, looked at from time to time."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._worked: dict[int, float] = {}
        #: Megabytes of all together, at most.
        self.peak = 0.0

    @property
    def processor(self) -> float:
        """Seconds of all processors, of all of them."""
        return sum(self._worked.values())

    @contextmanager
    def watched(self) -> Iterator[Family]:
        """Looked at as long as it is entered."""
        done = threading.Event()

        def look_on() -> None:
            while not done.wait(LOOK):
                self.look()

        thread = threading.Thread(target=look_on)
        thread.start()
        try:
            yield self
        finally:
            done.set()
            thread.join()

    def look(self) -> None:
        """Adds what they have used by now."""
        together = 0
        with suppress(psutil.Error):
            parent = psutil.Process(self._pid)
            for one in (parent, *parent.children(recursive=True)):
                with suppress(psutil.Error), one.oneshot():
                    together += one.memory_info().rss
                    times = one.cpu_times()
                    self._worked[one.pid] = times.user + times.system
        self.peak = max(self.peak, together / 2**20)
