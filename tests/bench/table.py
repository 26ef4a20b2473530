"""The table of a bench: one row for each claim, with what was measured of both sides."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench.race import Course


@dataclass(frozen=True)
class Aim:
    """What a figure should reach, or stay below."""

    figure: float
    at_most: bool = False

    def told(self, unit: str) -> str:
        return f"{'<=' if self.at_most else '>='} {self.figure:g}{unit}"

    def shortfall(self, found: float, unit: str) -> str:
        """By how much it is missed; `met` where it is not."""
        if found <= self.figure if self.at_most else found >= self.figure:
            return "met"
        factor = found / self.figure if self.at_most else self.figure / found
        return (
            f"{'over' if self.at_most else 'short'} by {abs(found - self.figure):.3g}{unit}: a factor of {factor:.3g}"
        )


@dataclass(frozen=True)
class Row:
    """One claim: a figure, its aim if it has one, and the speed and memory behind it."""

    key: str
    what: str
    figure: float
    unit: str
    aim: Aim | None
    #: Who was measured: its name, its speed or time, and its peak of memory in megabytes.
    sides: tuple[tuple[str, str, float], ...]
    #: Whether both sides gave the same, or what else is to be known.
    told: str = ""

    @property
    def verdict(self) -> str:
        return self.aim.shortfall(self.figure, self.unit) if self.aim else "as found"

    def data(self) -> dict[str, Any]:
        """The row for programs."""
        return {**asdict(self), "verdict": self.verdict}

    def lines(self) -> Iterator[str]:
        """The row for people."""
        aim = self.aim.told(self.unit) if self.aim else ""
        yield f"{self.key:<10}{self.what:<58}{self.figure:>9.3g}{self.unit:<6}{aim:<12}{self.verdict}"
        for name, speed, peak in self.sides:
            yield f"{'':<10}  {name:<40}{speed:>16}{peak:>15.0f} MB"
        if self.told:
            yield f"{'':<10}  {self.told}"


def say(words: str) -> None:
    """What goes on, on standard error."""
    print(words, file=sys.stderr, flush=True)


def rate(course: Course, size: int) -> str:
    """Megabytes in a second of the processor."""
    return f"{size / course.work / 1e6:.3g} MB/s"


def seconds(course: Course) -> str:
    """Seconds of a clock."""
    return f"{course.seconds:.3g} s"


def table(rows: Iterable[Row]) -> Iterator[str]:
    """The lines of the table."""
    yield f"{'row':<10}{'what is compared':<58}{'found':>9}{'':<6}{'aim':<12}verdict; below: who, how fast, peak memory"
    for row in rows:
        yield from row.lines()
