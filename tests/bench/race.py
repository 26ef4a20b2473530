"""A race: the same work done by several, each in a process of its own, one at a time, in turns."""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pkgutil import resolve_name
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Runner:
    """Who races, in a process of its own.

    `make` names a function, `module:function`, that makes the work and all it needs; only the work is timed. What it
    returns is compared; if that is a function, what the function returns, afterwards.
    """

    name: str
    make: str
    arguments: tuple[Any, ...] = ()


@dataclass
class Course:
    """What was measured of one: seconds and seconds of all processors each time, the peak of memory, what came out."""

    name: str
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    #: Megabytes, of the largest process.
    peak: float = 0.0
    out: Any = None

    @property
    def seconds(self) -> float:
        """The median of the times, in seconds of a clock."""
        return median(self.wall)

    @property
    def work(self) -> float:
        """The median of the times, in seconds of the processor: others on the machine count less."""
        return median(self.processor)


def race(runners: Sequence[Runner], rounds: int) -> list[Course]:
    """What was measured of each, after a first time that does not count."""
    context = multiprocessing.get_context("spawn")
    courses, started = [], []
    for runner in runners:
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, runner.make, runner.arguments))
        process.start()
        there.close()
        courses.append(Course(runner.name))
        started.append((process, here))
        here.recv()  # it is ready, alone
    for lap in range(rounds + 1):
        for course, (_, here) in zip(courses, started, strict=True):
            here.send(True)
            wall, processor, course.peak, course.out = here.recv()
            if lap:
                course.wall.append(wall)
                course.processor.append(processor)
    for process, here in started:
        here.send(False)
        process.join()
    return courses


def _serve(there: Connection, make: str, arguments: tuple[Any, ...]) -> None:
    # Only here: what a process has loaded counts for the memory of those that it starts.
    work = resolve_name(make)(*arguments)
    there.send(True)
    while there.recv():
        wall, processor = time.perf_counter(), time.process_time()
        out = work()
        told = time.perf_counter() - wall, time.process_time() - processor
        peak = _peak()
        there.send((*told, peak, out() if callable(out) else out))


def commands(name: str, arguments: Sequence[str], rounds: int, cwd: str | os.PathLike[str], **env: str) -> Course:
    """What was measured of `python -m kg ...`, in a fresh process each time."""
    course = Course(name)
    for lap in range(rounds + 1):
        begun = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "kg", *arguments],
            cwd=cwd,
            env={**os.environ, **env},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            said = process.stderr.read() if process.stderr else b""
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"kg {' '.join(arguments)} ended with {process.returncode}: {said.decode()}")
        if lap:
            course.wall.append(time.perf_counter() - begun)
            course.processor.append(used.ru_utime + used.ru_stime)
        course.peak = max(course.peak, used.ru_maxrss / 1024)
    return course


def _peak() -> float:
    """Megabytes at most so far, of this process or of one that it has ended."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
