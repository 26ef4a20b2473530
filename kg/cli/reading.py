"""Commands that read the seeds: build the graph, list what became of their sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from kg.cli.terminal import FOLDER, progress, root


@click.command()
@click.option("--out", type=FOLDER, default=None, help="Where to write; else exports/ of the project.")
@click.option("--from", "parts", type=FOLDER, default=None, help="What `kg extract --out` has made, and not seeds/.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON on standard output.")
@click.option(
    "--quotes-only", is_flag=True, help="A page with the quoted sentences, without the full texts of their publishers."
)
@click.pass_context
def build(context: click.Context, out: Path | None, parts: Path | None, as_json: bool, quotes_only: bool) -> None:
    """Read seeds/ and ontology/, and write the graph, the page and the statements.

    \b
    kg build                            seeds/ to exports/
    kg build --from parts --out graph   what `kg extract archive/ --out parts` has read
    """
    from dataclasses import asdict

    from kg.builds import build as make

    folder = root(context)
    with progress() as show:
        report = make(folder, out or folder / "exports", parts=parts, quotes_only=quotes_only, progress=show)
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
@click.option("--undecided", is_flag=True, help="Only the sentences that nobody has decided on.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def ledger(context: click.Context, undecided: bool, as_json: bool) -> None:
    """List every sentence of the seeds with what became of it.

    That is one of: extracted, refused, unresolved, excluded, nothing (said a reader), todo or undecided.
    """
    from kg import collection, document, pipeline
    from kg.ledger import counts

    folder = root(context)
    ontology = pipeline.load(folder / "ontology")
    made = collection.knowledge(document.gather([folder / "seeds"]), ontology)
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
