"""Intake: a text, web page or PDF becomes a document of the seeds, with what is known of it recorded beside it.

Needs the libraries of the extra `add`; importing it without them raises ImportError.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg import document, exports, ledger, pipeline
from kg.builds import Report, build
from kg.intake import formats, record
from kg.model import Disposition, Extraction
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Intake:
    """A document that was added: its text and its record, what was read in it, and the build with it."""

    text: Path
    record: Path
    extraction: Extraction
    dispositions: tuple[Disposition, ...]
    vocabulary: Vocabulary
    report: Report


def add(
    folder: Path, path: Path, raw: bytes, *, name: str = "", progress: Callable[[str], None] = lambda _: None
) -> Intake:
    """Adds the bytes of a text, web page or PDF to the seeds of a project folder, and builds its exports.

    `path` is where the bytes come from, `-` if from no file; `name` is what the document shall be called. Raises
    DocumentError for bytes without text, for a name that is taken or cannot be, and for a text that is a seed already,
    and all that a build raises. Then nothing was added, and the exports are as they were.
    """
    with exports.alone(folder, lambda: progress("waiting: another kg writes here")):
        return _add(folder, path, raw, name, progress)


def _add(folder: Path, path: Path, raw: bytes, name: str, progress: Callable[[str], None]) -> Intake:
    progress("reading")
    ontology = pipeline.load(folder / "ontology")
    source = record.known(formats.read(path, raw, ontology.cues), ontology)
    name = record.name(name, path, source.title)
    seeds = folder / "seeds"
    record.check_new(name, source, path, seeds)
    text, beside = seeds / f"{name}.txt", seeds / f"{name}.toml"
    # The text last: a record without a text is no document.
    exports.write(seeds, {beside.name: record.toml(source).encode(), text.name: source.text.encode()})
    try:
        extraction = pipeline.extract(document.read(text), ontology)
        dispositions = ledger.dispositions(extraction)
        report = build(folder, folder / "exports", progress=progress)
    except BaseException:
        text.unlink(missing_ok=True)
        beside.unlink(missing_ok=True)
        raise
    return Intake(text, beside, extraction, dispositions, ontology.vocabulary, report)
