"""The build: from seeds/ and ontology/ to everything in exports/."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from kg.corroboration import corroborate
from kg.exclusivities import Exclusivity
from kg.model import Extraction, Knowledge, Node, Statement
from kg.pipeline import Ontology
from kg.register import Register
from kg.statements import merge
from kg.verdicts import Verdict
from kg.vocabulary import Vocabulary

Progress = Callable[[str], None]


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


def build(folder: Path, out: Path, *, quotes_only: bool = False, progress: Progress = lambda _: None) -> Report:
    """Reads the seeds of a project folder and writes `out`: graph.ttl, graph.html and the three .jsonl files.

    With `quotes_only` the page carries the sentences that it quotes, and not the full texts of the documents.
    Of two builds of one project the second waits for the first. Raises OntologyError, DocumentError, GraphError or
    ExportError, and then changes nothing.
    """
    with exports.alone(folder, lambda: progress("waiting: another kg writes here")):
        return _build(folder, out, quotes_only=quotes_only, progress=progress)


def _build(folder: Path, out: Path, *, quotes_only: bool, progress: Progress) -> Report:
    ontology = pipeline.load(folder / "ontology")
    decided = verdicts.read(folder / "ontology")
    rivalries = exclusivities.read(folder / "ontology", ontology.vocabulary)
    made = knowledge(document.gather([folder / "seeds"]), ontology, progress=progress)
    terms = ontology.vocabulary
    progress("register")
    found = registered(made, ontology, rivalries, decided)
    progress("graph")
    told = {e.iri: e.told for e in ontology.known}
    turtle = graph.write(made, vocabulary=terms, rules=sayings(ontology), told=told, found=found)
    progress("checks")
    texts = {e.document.name: e.document.text for e in made.extractions}
    checked = checks.validate(turtle, ontology=folder / "ontology", texts=texts)
    progress("page")
    html = page.render(
        made,
        base=terms.base,
        labels=terms.labels,
        rules=sayings(ontology),
        families=families(terms),
        digest=sha256(turtle).hexdigest(),
        quotes_only=quotes_only,
        found=found,
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


def knowledge(paths: Sequence[Path], ontology: Ontology, *, progress: Progress = lambda _: None) -> Knowledge:
    """What the documents say, merged: a fact that three state is one statement with three pieces of evidence."""
    extractions: list[Extraction] = []
    for path in paths:
        progress(path.name)
        extractions.append(pipeline.extract(document.read(path), ontology))
    return Knowledge(
        tuple(extractions),
        union(s for e in extractions for s in e.statements),
        union(s for e in extractions for s in e.refused),
        tuple((e.document.name, ledger.dispositions(e)) for e in extractions),
    )


def union(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """One statement for each id, with all its evidence; ordered by id."""
    same: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        same[statement.id].append(statement)
    return tuple(merge(same[key]) for key in sorted(same))


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
