"""The bar that shows how far an extraction is, where a person watches."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.corpora.batches import Batch
    from kg.corpora.readings import Reading
    from kg.corpora.runs import Progress


@contextmanager
def watched(paths: Sequence[Path], done: Counter[str] | None = None, *, bar: bool = True) -> Iterator[Progress]:
    """Counts what is done, and shows it with a bar where a person watches: documents, MB/s, the time that is left."""
    counted = Counter[str]() if done is None else done

    def count(_: Batch, reading: Reading | None) -> None:
        counted["new"] += reading is not None

    if not bar or not sys.stderr.isatty():
        yield count
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from kg.corpora import inputs

    total = sum(source.size for source in inputs.sources(paths))
    look = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %  {task.fields[documents]:,} documents  {task.fields[rate]:.2f} MB/s"),
        TextColumn("{task.fields[failed]} failed"),
        TimeRemainingColumn(),
    )
    with Bar(*look, console=Console(stderr=True), transient=True) as view:
        line = view.add_task("", total=total, documents=0, rate=0.0, failed=0)
        read = Counter[str]()

        def show(batch: Batch, reading: Reading | None) -> None:
            count(batch, reading)
            if reading:
                read.update(reading.counts)
                read["failed"] += len(reading.failed)
            rate = read["bytes"] / 1e6 / max(view.tasks[0].elapsed or 0, 0.1)
            weight = sum(item.weight for item in batch.items)
            view.update(line, advance=weight, documents=read["documents"], rate=rate, failed=read["failed"])

        yield show
