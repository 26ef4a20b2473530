"""Extractions that are watched, and stopped in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
from watchfiles import watch

from tests.conftest import ROOT


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """`kg extract` in a session of its own, as a terminal starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "extract", *map(str, arguments)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def await_(folder: Path, there: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Waits until something is there, or the process has ended without it."""
    for _ in watch(folder, debounce=1, step=1, rust_timeout=200, yield_on_timeout=True, raise_interrupt=False):
        if there() or process.poll() is not None:
            return


def receipts(out: Path) -> int:
    return len(list(out.glob("receipt-*.json")))


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    found: list[psutil.Process] = psutil.Process(process.pid).children(recursive=True)
    return found
