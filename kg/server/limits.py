"""How much a reader may ask of the server."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and numbers, each of one query unless it says otherwise.

    A query that has run `quick_seconds` is a long one: it makes room for others, runs at a lower priority, and only
    `long` of them run at a time. `memory` is what it may take beside the graph, which all workers share.
    """

    seconds: float = 20.0
    quick_seconds: float = 1.0
    memory: int = 512 * 2**20
    answer: int = 64 * 2**20
    body: int = 2**20
    body_seconds: float = 10.0
    quick: int = max(4, os.cpu_count() or 1)
    long: int = max(4, os.cpu_count() or 1)
    waiting: int = 128
    #: For answers that are still being given when the server is told to stop.
    stop_seconds: float = 10.0
