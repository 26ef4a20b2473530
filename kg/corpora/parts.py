"""Parts: the folder in which the partitions of an extraction are kept, whole whenever it is stopped."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import file_digest, sha256
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout

from kg import exports
from kg.corpora.batches import Batch
from kg.corpora.formats import Format
from kg.corpora.manifests import COUNTS, FAILED, MANIFEST, SCHEMA, Job, changed, name, read, short, written_as
from kg.corpora.readings import Failure, Reading
from kg.errors import CorpusError, ExportError

LOCK = ".lock"
#: The names of files that were being written when somebody cut it off, and of all that an extraction may write.
_BESIDE = re.compile(r"\..+\.new(\.2)?")
_OURS = re.compile(rf"{_BESIDE.pattern}|\w+-\d{{6,}}\.\w+|failed\.jsonl|background\.nq")


class Parts:
    """The partitions of one job. Each is there if its receipt is, which is written last; `open_` makes it."""

    def __init__(self, folder: Path, job: Job, form: Format) -> None:
        self.folder, self.job, self.form = folder, job, form
        #: How many partitions the input has, as far as it has been seen, and how many it had if all were read before.
        self.count = 0
        there = read(folder / MANIFEST) or {}
        self.known = len(there["partitions"]) if there.get("complete") else None
        self._spools: list[IO[bytes]] = []
        self._counts, self._failed, self._input = Counter[str](), list[Failure](), sha256()

    def receipt(self, part: int) -> dict[str, Any] | None:
        """The receipt of a partition, if that is there with all its files."""
        found = read(self.folder / name("receipt.json", part))
        files = found["files"].items() if found else ()
        whole = all((self.folder / n).is_file() and (self.folder / n).stat().st_size == f["bytes"] for n, f in files)
        return found if whole else None

    def todo(self, every: Iterable[Batch], skipped: Callable[[Batch], None]) -> Iterator[Batch]:
        """The batches of partitions that are not there yet; the others are held against what was read before.

        Raises CorpusError where they are not the same.
        """
        for part, run in groupby(every, key=attrgetter("part")):
            self.count = part + 1
            if self.known is not None and self.count > self.known:
                raise changed(self.folder, "there is more of it")
            kept = self.receipt(part)
            if not kept:
                yield from run
                continue
            digest = sha256()
            for batch in run:
                for item in batch.items:
                    digest.update(item.digest)
                skipped(batch)
            if digest.hexdigest() != kept["input"]:
                raise changed(self.folder, f"{batch.items[0].where} or what stands before it was another")

    def add(self, batch: Batch, reading: Reading) -> None:
        """Takes the next batch of a partition; the last one closes it.

        Raises ExportError where it cannot be written.
        """
        with _writing(self.folder):
            if not self._spools:
                self._spools = [self._spool(file, batch.part).open("wb") for file in self.form.files]
                self._counts, self._failed, self._input = Counter(), [], sha256()
            for file, chunk in zip(self._spools, reading.chunks, strict=True):
                file.write(chunk)
            for item in batch.items:
                self._input.update(item.digest)
            self._counts.update(reading.counts)
            self._failed += reading.failed
            if batch.last:
                self._close(batch.part)

    def _spool(self, file: str, part: int) -> Path:
        return self.folder / f".{name(file, part)}.new"

    def _close(self, part: int) -> None:
        made: dict[str, dict[str, Any]] = {}
        for file, spool in zip(self.form.files, self._spools, strict=True):
            spool.close()
            path = self.folder / name(file, part)
            self.form.finish(self._spool(file, part), path)
            with path.open("rb") as written:
                os.fsync(written.fileno())
                made[path.name] = {"sha256": file_digest(written, "sha256").hexdigest(), "bytes": written.tell()}
        self._spools = []
        # A receipt must not be there before what it tells of.
        exports.settle(self.folder)
        receipt = {
            "part": part,
            "input": self._input.hexdigest(),
            "counts": {key: self._counts[key] for key in COUNTS},
            "failed": [asdict(one) for one in self._failed],
            "files": made,
        }
        exports.put(self.folder / name("receipt.json", part), written_as(receipt))

    def finish(self, besides: Mapping[str, bytes]) -> dict[str, Any]:
        """The manifest of the whole job, written with all that failed, and with files besides.

        Raises CorpusError where there are more partitions than the input has, ExportError where it cannot be written.
        """
        totals: Counter[str] = Counter()
        failed: list[dict[str, str]] = []
        listed = []
        for part in range(self.count):
            path = self.folder / name("receipt.json", part)
            receipt = read(path) or {}
            totals.update(receipt["counts"])
            failed += receipt["failed"]
            listed.append({"receipt": path.name, "sha256": sha256(path.read_bytes()).hexdigest()})
        if (self.folder / name("receipt.json", self.count)).exists():
            raise changed(self.folder, "there is less of it")
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in failed)
        counted = {**{key: totals[key] for key in COUNTS}, "failed": len(failed)}
        manifest = {**self.job, "complete": True, "totals": counted, "partitions": listed}
        with _writing(self.folder):
            for file, content in besides.items():
                exports.put(self.folder / file, content)
            exports.put(self.folder / FAILED, lines.encode("utf-8", "backslashreplace"))
            if read(self.folder / MANIFEST) != manifest:
                exports.put(self.folder / MANIFEST, written_as(manifest))
        return manifest


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Within it what cannot be written is told: the same command takes away what is half there, and goes on."""
    try:
        yield
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise ExportError(f"{folder}: cannot be written: {what}; the same command goes on from here") from None


@contextmanager
def open_(folder: Path, job: Job, form: Format, *, again: bool = False) -> Iterator[Parts]:
    """The parts of a job in a folder, which nobody else may write to meanwhile.

    Raises CorpusError, with nothing touched, where the folder is in use, or holds anything else or the parts of another
    job; with `again` those are deleted first. Raises ExportError where it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise CorpusError(f"{folder}: another `kg extract` is writing there") from None
    except OSError as error:
        raise ExportError(f"{folder}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    try:
        with _writing(folder):
            _prepare(folder, {"schema": SCHEMA, **job}, again=again)
        yield Parts(folder, {"schema": SCHEMA, **job}, form)
    finally:
        lock.release()


def _prepare(folder: Path, job: Job, *, again: bool) -> None:
    there = read(folder / MANIFEST)
    found = [path for path in folder.iterdir() if path.name != LOCK]
    if there is None and not all(_BESIDE.fullmatch(path.name) for path in found):
        raise CorpusError(f"{folder}: holds other files than those of an extraction; take another --out")
    if there is not None and not again and (differ := [key for key in job if there.get(key) != job[key]]):
        told = "; ".join(f"{key} {short(there.get(key))}, and now {short(job[key])}" for key in differ)
        raise CorpusError(f"{folder}: holds another extraction ({told}); take another --out, or --again to replace it")
    if again:
        # First one that fits no job: cut off here, nothing is taken for a part of this one.
        exports.put(folder / MANIFEST, written_as({"schema": SCHEMA, "complete": False}))
    for path in found:
        if (_OURS if again else _BESIDE).fullmatch(path.name):
            path.unlink(missing_ok=True)
    if again or there is None:
        exports.put(folder / MANIFEST, written_as({**job, "complete": False}))
