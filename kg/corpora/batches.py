"""Batches: runs of documents that one process reads at a time, and partitions, the longer runs that are kept as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.corpora.items import Item

#: A batch ends with so many bytes or documents: some seconds of work, and little to send.
BATCH_BYTES, BATCH_DOCUMENTS = 1 << 17, 64
#: So does a partition; its bytes may be chosen.
PART_BYTES, PART_DOCUMENTS = 8 << 20, 10_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents in a row, of one partition; `last` if it is the end of it."""

    part: int
    last: bool
    items: tuple[Item, ...]


def batches(items: Iterable[Item], part_bytes: int = PART_BYTES) -> Iterator[Batch]:
    """The batches of some items in order. Where one begins depends on nothing but the items.

    >>> from pathlib import Path
    >>> some = [Item(Path("a.jsonl"), n, b"x" * 60) for n in range(5)]
    >>> [(batch.part, batch.last, len(batch.items)) for batch in batches(some, part_bytes=100)]
    [(0, True, 2), (1, True, 2), (2, True, 1)]
    """
    part = 0
    held: list[Item] = []
    in_part = in_batch = documents = 0
    for item in items:
        if in_part >= part_bytes or documents == PART_DOCUMENTS:
            yield Batch(part, True, tuple(held))
            held, part, in_part, in_batch, documents = [], part + 1, 0, 0, 0
        elif in_batch >= BATCH_BYTES or len(held) == BATCH_DOCUMENTS:
            yield Batch(part, False, tuple(held))
            held, in_batch = [], 0
        held.append(item)
        in_part, in_batch, documents = in_part + len(item.raw), in_batch + len(item.raw), documents + 1
    if held:
        yield Batch(part, True, tuple(held))
