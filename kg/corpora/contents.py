"""Contents: what a build knows, out of the partitions of an extraction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from kg.corpora import formats, inputs, manifests, records, sources
from kg.corpora.tasks import digest
from kg.errors import CorpusError, DocumentError
from kg.model import Disposition, Document, Extraction

#: What a build takes.
_READABLE = ("jsonl", "parquet")


@dataclass(frozen=True, slots=True)
class Contents:
    """The partitions of a folder, whole and made with the ontology at hand; `open_` makes it."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def curated(self) -> bool:
        """Whether names were known when the documents were read."""
        return bool(self.manifest["entities"] == "all")

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to tell of documents that could not be read."""
        if not (failed := self.manifest["totals"]["failed"]):
            return ()
        return (
            f"{failed} document{'s' * (failed != 1)} could not be read; {self.folder / manifests.FAILED} tells why",
        )

    def extractions(self, progress: Callable[[str], None]) -> Iterator[tuple[Extraction, tuple[Disposition, ...]]]:
        """What was read in each document, and what became of its sentences; of its text there is what is quoted.

        Raises CorpusError for a file that is not as it was written, and for two documents of one name.
        """
        seen: set[str] = set()
        for listed in self.manifest["partitions"]:
            progress(listed["receipt"])
            receipt = self.folder / listed["receipt"]
            if not receipt.is_file() or sha256(receipt.read_bytes()).hexdigest() != listed["sha256"]:
                raise self._damaged(receipt)
            files = (manifests.read(receipt) or {})["files"]
            for name, told in files.items():
                self._check(self.folder / name, told["sha256"])
            for made in self._partition(*(self.folder / name for name in files)):
                if (name := made[0].document.name) in seen:
                    raise CorpusError(f"{self.folder}: two documents have the id {name!r}, and one of them must change")
                seen.add(name)
                yield made

    def _partition(self, statements: Path, documents: Path) -> Iterator[tuple[Extraction, tuple[Disposition, ...]]]:
        read = formats.reader(self.manifest["format"])
        said = defaultdict(list)
        for row in read(statements):
            said[row["document"]].append(row)
        for row in read(documents):
            yield records.extraction(row, said.pop(row["document"], ()))

    def texts(self) -> Iterator[Document]:
        """The documents of the input, where that is still to be found from here."""
        paths = [Path(given) for given in self.manifest["inputs"]]
        if inputs.STDIN in paths:
            return
        try:
            inputs.check(paths)
        except DocumentError:
            return
        for item in sources.items(inputs.sources(paths)):
            try:
                yield item.document()
            except DocumentError:
                continue

    def whole(self, extractions: Sequence[Extraction]) -> list[Extraction]:
        """The same with their whole texts, of those whose text still stands in the input as it was read."""
        at = {(one.document.name, one.document.sha256): n for n, one in enumerate(extractions)}
        made = list(extractions)
        for found in self.texts():
            if (n := at.get((found.name, found.digest))) is not None:
                made[n] = replace(made[n], document=replace(made[n].document, text=found.text, sha256=""))
        return made

    def _check(self, path: Path, wanted: str) -> None:
        try:
            with path.open("rb") as file:
                if file_digest(file, "sha256").hexdigest() == wanted:
                    return
        except OSError:
            pass
        raise self._damaged(path)

    def _damaged(self, path: Path) -> CorpusError:
        return CorpusError(
            f"{path}: is missing, or not as it was written; delete it and run the same `kg extract` again"
        )


def open_(folder: Path, ontology: Path) -> Contents:
    """The contents of a folder; raises CorpusError where it holds none, is not complete, or was made by other rules."""
    manifest = manifests.read(folder / manifests.MANIFEST)
    if manifest is None or manifest.get("schema") != manifests.SCHEMA:
        raise CorpusError(f"{folder}: holds no partitions; `kg extract PATH... --out {folder}` makes them")
    if manifest["format"] not in _READABLE:
        raise CorpusError(
            f"{folder}: holds partitions as {manifest['format']}, which are for a store; a build takes "
            f"{' and '.join(_READABLE)}"
        )
    if not manifest["complete"]:
        raise CorpusError(f"{folder}: is not complete; run the same `kg extract` again, and it goes on")
    if manifest["ontology"] != digest(ontology):
        raise CorpusError(f"{folder}: was read with another ontology than {ontology}; extract again, with --again")
    return Contents(folder, manifest)
