"""Commands that read: build the graph, extract from documents, list what became of their sentences."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.terminal import FOLDER, progress, root


@click.command()
@click.option("--out", type=FOLDER, default=None, help="Where to write; else exports/ of the project.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON on standard output.")
@click.option(
    "--quotes-only", is_flag=True, help="A page with the quoted sentences, without the full texts of their publishers."
)
@click.pass_context
def build(context: click.Context, out: Path | None, as_json: bool, quotes_only: bool) -> None:
    """Read seeds/ and ontology/, and write the graph, the page and the statements."""
    from dataclasses import asdict

    from kg.builds import build as make

    folder = root(context)
    with progress() as show:
        report = make(folder, out or folder / "exports", quotes_only=quotes_only, progress=show)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
        return
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)
    told = ", ".join(f"{n} {kind}" for kind, n in report.dispositions.items() if n or kind == "undecided")
    click.echo(
        f"{report.documents} documents, {report.statements} statements with {report.evidence} pieces of evidence, "
        f"{report.refused} refused.\nSentences: {told}.\n"
        f"{_register(report.disagreements)}\n"
        f"{report.rules} rules and shapes, {report.known_misses} known misses among their examples.\n"
        f"Checks: no error, {report.infos} info{'s' * (report.infos != 1)}; `kg check` tells more.\n"
        f"Written to {out or folder / 'exports'}.",
        err=True,
    )


def _register(counts: Mapping[str, int]) -> str:
    """How many disagreements there are of each verdict."""
    if not counts:
        return "No two statements disagree."
    told = ", ".join(f"{n} {verdict}" for verdict, n in counts.items())
    return f"Disagreements: {told}; `kg disagreements` shows them."


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.option(
    "--all", "everything", is_flag=True, help="Also former, acting and designate posts, and what was refused."
)
@click.option(
    "--entities",
    type=click.Choice(["all", "none"]),
    default="all",
    show_default=True,
    help="`none`: as if no name were curated; public lists of places and media stay.",
)
@click.pass_context
def extract(context: click.Context, paths: Sequence[Path], form: str, everything: bool, entities: str) -> None:
    """Print what the rules read in FILES, directories of *.txt, or - for standard input.

    \b
    kg extract --format jsonl seeds/*.txt
    curl ... | kg extract - | jq .quote
    """
    from kg import document, pipeline, rows
    from kg.model import Status

    folder = root(context)
    documents = [_standard_input()] if any(str(p) == "-" for p in paths) else []
    documents += [document.read(p) for p in document.gather([p for p in paths if str(p) != "-"])]
    ontology = pipeline.load(folder / "ontology", curated=entities == "all")
    shown = set(Status) if everything else {Status.ASSERTED, Status.PLANNED}
    write = {"jsonl": rows.jsonl}[form]
    for one in documents:
        found = pipeline.extract(one, ontology)
        said = [s for s in (*found.statements, *found.refused) if s.status in shown]
        click.echo(write(rows.rows(said, ontology.vocabulary)), nl=False)


def _standard_input() -> Any:
    from kg import document

    return document.from_bytes("-", sys.stdin.buffer.read())


@click.command()
@click.option("--undecided", is_flag=True, help="Only the sentences that nobody has decided on.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def ledger(context: click.Context, undecided: bool, as_json: bool) -> None:
    """List every sentence of the seeds with what became of it.

    That is one of: extracted, refused, unresolved, excluded, nothing (said a reader), todo or undecided.
    """
    from kg import builds, document, pipeline
    from kg.ledger import counts

    folder = root(context)
    ontology = pipeline.load(folder / "ontology")
    made = builds.knowledge(document.gather([folder / "seeds"]), ontology)
    texts = {e.document.name: e.document.text for e in made.extractions}
    every = []
    for name, dispositions in made.dispositions:
        for one in dispositions:
            every.append(one)
            if undecided and one.kind != "undecided":
                continue
            words = " ".join(texts[name][one.sentence.span.start : one.sentence.span.end].split())
            key = document.sentence_key(texts[name][one.sentence.span.start : one.sentence.span.end])
            if as_json:
                row = {
                    "document": name,
                    "line": one.sentence.line,
                    "key": key,
                    "disposition": one.kind,
                    "why": one.why,
                    "sentence": words,
                }
                click.echo(json.dumps(row, ensure_ascii=False))
            else:
                why = f" ({one.why})" if one.why else ""
                click.echo(f"{name}:{one.sentence.line}: {key} {one.kind}{why}: {words}")
    told = ", ".join(f"{n} {kind}" for kind, n in counts(every).items())
    click.echo(f"{len(every)} sentences: {told}", err=True)
