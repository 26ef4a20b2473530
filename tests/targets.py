"""What must hold of any bytes: of a document that is read, and of a rule file that is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kg import document, ledger, pipeline, rows, rulebook, wordlists
from kg.errors import DocumentError, OntologyError
from kg.pipeline import Ontology
from kg.skeleton import Skeleton

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"
#: A sentence in which much of a rule book may find something.
PROBE = 'Jane Roe, minister of trade of China, told the 3rd Tea Expo (TE) on May 3: "Tea, rice and 300 ships came."'


@cache
def ontology() -> Ontology:
    """The curated ontology, read once."""
    return pipeline.load(ONTOLOGY)


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """The curated word lists, read once."""
    return wordlists.read(ONTOLOGY)


@cache
def probes() -> tuple[Skeleton, ...]:
    """The skeletons of the sentence on which rules are tried."""
    return tuple(pipeline.passage(document.from_text("probe", PROBE), ontology()).skeletons.values())


def extraction(raw: bytes) -> None:
    """Bytes are a document or a clear error; all that is read in one stands in its words, and can be written."""
    try:
        made = document.from_bytes("fuzz", raw)
    except DocumentError:
        return
    found = pipeline.extract(made, ontology())
    for statement in (*found.statements, *found.refused):
        assert statement.evidence
        for evidence in statement.evidence:
            assert made.text[evidence.span.start : evidence.span.end] == evidence.quote
            for _, span in evidence.spans:
                assert evidence.span.start <= span.start < span.end <= evidence.span.end
    at = 0
    for sentence in found.sentences:
        assert at <= sentence.span.start < sentence.span.end
        at = sentence.span.end
    assert len(ledger.dispositions(found)) == len(found.sentences)
    rows.jsonl(rows.rows((*found.statements, *found.refused), ontology().vocabulary)).encode()


def loading(raw: bytes) -> None:
    """A rule file is a rule book, which can be searched with, or faults of which each has its place."""
    curated = ontology()
    with TemporaryDirectory() as folder:
        for kind in ("rules", "mentions"):
            file = Path(folder, kind, "fuzz.toml")
            file.parent.mkdir()
            file.write_bytes(raw)
            try:
                book = rulebook.read(Path(folder), vocabulary=curated.vocabulary, alphabet=curated.reader.alphabet)
            except OntologyError as error:
                strange = [fault for fault in error.faults if fault.path != file]
            else:
                strange = []
                for reader in book.readers:
                    for skeleton in probes():
                        list(reader.expression.find(skeleton))
            assert not strange
            file.unlink()


#: What is fuzzed, by the name of the folder of tests/findings/ that keeps what was found.
TARGETS: Mapping[str, Callable[[bytes], None]] = {"extract": extraction, "rules": loading}
