"""The build: from seeds/ and ontology/ to everything in exports/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg import (
    checks,
    disagreements,
    document,
    exclusivities,
    exports,
    graph,
    judgements,
    ledger,
    nearness,
    page,
    pipeline,
    register,
    rows,
    verdicts,
)
from kg.checks import Severity
from kg.collection import collected, knowledge
from kg.corpora import contents
from kg.corroboration import corroborate
from kg.exclusivities import Exclusivity
from kg.model import Knowledge, Node
from kg.pipeline import Ontology
from kg.register import Register
from kg.verdicts import Verdict
from kg.vocabulary import Vocabulary

Progress = Callable[[str], None]
#: Of more statements no page is made: a browser would not draw it.
MOST = 20_000
_NO_PAGE = (
    '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Too large for a page</title>\n'
    "<p>{:,} statements are too many for one page. They stand in <code>graph.ttl</code>: ask it with "
    "<code>kg query</code>, or load it into a store.</p>\n</html>\n"
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made: how many documents, statements and refused near-facts, and the ledger's counts.

    `rules` counts rules and shapes, `known_misses` their examples that are to pass one day, `disagreements` those of
    each verdict, `infos` what the checks found that is neither an error nor a warning.
    """

    documents: int
    statements: int
    evidence: int
    refused: int
    dispositions: dict[str, int]
    rules: int
    known_misses: int
    disagreements: dict[str, int]
    infos: int
    warnings: tuple[str, ...]


def build(
    folder: Path,
    out: Path,
    *,
    parts: Path | None = None,
    quotes_only: bool = False,
    progress: Progress = lambda _: None,
) -> Report:
    """Reads the seeds of a project folder and writes `out`: graph.ttl, graph.html and the three .jsonl files.

    With `parts` it takes what was extracted to that folder, and not the seeds. With `quotes_only` the page carries the
    sentences that it quotes, and not the full texts of the documents; of more than `MOST` statements there is none.
    Of two builds of one project the second waits for the first. Raises OntologyError, DocumentError, CorpusError,
    GraphError or ExportError, and then changes nothing.
    """
    with exports.alone(folder, lambda: progress("waiting: another kg writes here")):
        return _build(folder, out, parts=parts, quotes_only=quotes_only, progress=progress)


def _build(folder: Path, out: Path, *, parts: Path | None, quotes_only: bool, progress: Progress) -> Report:
    kept = contents.open_(parts, folder / "ontology") if parts else None
    ontology = pipeline.load(folder / "ontology", curated=not kept or kept.curated)
    decided = verdicts.read(folder / "ontology")
    rivalries = exclusivities.read(folder / "ontology", ontology.vocabulary)
    if kept:
        made = collected(kept, most=0 if quotes_only else MOST, progress=progress)
    else:
        made = knowledge(document.gather([folder / "seeds"]), ontology, progress=progress)
    terms = ontology.vocabulary
    progress("register")
    found = registered(made, ontology, rivalries, decided)
    progress("graph")
    told = {e.iri: e.told for e in ontology.known}
    turtle = graph.write(made, vocabulary=terms, rules=sayings(ontology), told=told, found=found)
    progress("checks")
    texts = {e.document.name: e.document.text for e in made.extractions if not e.document.sha256}
    checked = checks.validate(turtle, ontology=folder / "ontology", texts=texts)
    progress("page")
    large = len(made.statements) > MOST
    html = (
        _NO_PAGE.format(len(made.statements))
        if large
        else page.render(
            made,
            base=terms.base,
            labels=terms.labels,
            rules=sayings(ontology),
            families=families(terms),
            digest=sha256(turtle).hexdigest(),
            quotes_only=quotes_only,
            found=found,
        )
    )
    documents = {e.document.name: e.document for e in made.extractions}
    files = {
        "graph.ttl": turtle,
        "statements.jsonl": rows.jsonl(rows.rows(made.statements, terms)).encode(),
        "refused.jsonl": rows.jsonl(rows.rows(made.refused, terms)).encode(),
        register.FILE: rows.jsonl(register.rows(found, documents, terms)).encode(),
        "graph.html": html.encode(),
    }
    exports.publish(out, files)
    return Report(
        documents=len(made.extractions),
        statements=len(made.statements),
        evidence=sum(len(s.evidence) for s in made.statements),
        refused=len(made.refused),
        dispositions=ledger.counts(d for _, every in made.dispositions for d in every),
        rules=len(ontology.book.readers),
        known_misses=sum(e.todo for reader in ontology.book.readers for e in reader.examples),
        disagreements={v: n for v in verdicts.VERDICTS if (n := [d.verdict for d in found.disagreements].count(v))},
        infos=checked.counts[Severity.INFO],
        warnings=(
            *(kept.warnings if kept else ()),
            *([f"{len(made.statements)} statements are too many for one page"] if large else ()),
            *(str(f) for f in checked.findings if f.severity is Severity.WARN),
            *judgements.stale((*made.statements, *made.refused), ontology.judged),
            *verdicts.stale({d.id for d in found.disagreements}, decided),
        ),
    )


def registered(
    made: Knowledge, ontology: Ontology, rivalries: Iterable[Exclusivity], decided: Mapping[str, Verdict]
) -> Register:
    """What comparing all statements finds: disagreements with their verdicts, and who says what independently."""
    corroboration = corroborate(made)

    def alike(one: Node, other: Node) -> bool:
        return nearness.alike(one, other, ontology.vocabulary, ontology.decisions)

    known = ontology.reader.gazetteer.entities
    within = {
        iri: [Node(i, known[i].label, min(known[i].classes)) for i in entity.within] for iri, entity in known.items()
    }
    found = disagreements.find(
        made,
        rivalries,
        vocabulary=ontology.vocabulary,
        corroboration=corroboration,
        within=within,
        alike=alike,
        verdicts=decided,
    )
    return Register(found, corroboration)


def sayings(ontology: Ontology) -> dict[str, tuple[str, str]]:
    """What each rule and shape says, and its pattern, by its id."""
    every = ontology.book.readers
    return {r.id: (r.says, r.expression.source) for r in every}


def families(vocabulary: Vocabulary) -> dict[str, str]:
    """Which class each class of entities is drawn as: the topmost below `Agent`, `Place` or `Thing`."""
    order = (
        "Person",
        "Group",
        "Polity",
        "Body",
        "Place",
        "Event",
        "Initiative",
        "Work",
        "Product",
        "Topic",
        "Claim",
    )
    return {c: next((f for f in order if vocabulary.is_a(c, f)), c) for c in vocabulary.classes}
