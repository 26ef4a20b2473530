"""The command that adds a document to the seeds."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.terminal import progress, root, shown
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.intake import Intake

_NEEDS = "kg add needs libraries that are not installed ({}): make .venv/.add, or pip install 'kg[add]'"


@click.command()
@click.argument("file", type=click.Path(allow_dash=True, path_type=Path))
@click.option("--name", default="", help="Its name in seeds/; else made of the file's name, or of the title.")
@click.option("--json", "as_json", is_flag=True, help="What was added and read as JSON on standard output.")
@click.pass_context
def add(context: click.Context, file: Path, name: str, as_json: bool) -> None:
    """Add a text, a web page or a PDF to seeds/, build, and show what was read in it and what is undecided.

    FILE is UTF-8 or UTF-16 text, HTML or PDF, told by what is in it; - is standard input. Its text goes to
    seeds/NAME.txt, its title, publisher, day and language, so far as it tells them, to seeds/NAME.toml: look them over.

    \b
    kg add article.html
    kg add --name tea-expo-2024 report.pdf
    curl ... | kg add - --json | jq .undecided
    """
    try:
        from kg import intake
        from kg.intake import formats
    except ImportError as error:
        if str(error.name).partition(".")[0] == "kg":
            raise
        raise KgError(_NEEDS.format(error.name or error)) from None
    folder = root(context)
    raw = sys.stdin.buffer.read(formats.LARGEST + 1) if str(file) == "-" else formats.load(file)
    with progress() as show:
        made = intake.add(folder, file, raw, name=name, progress=show)
    told = _told(made)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo("\n".join(map(shown, _lines(told))))
    for warning in made.report.warnings:
        click.echo(f"warning: {warning}", err=True)
    counts = ", ".join(f"{n} {kind}" for kind, n in told["dispositions"].items() if n or kind == "undecided")
    if count := made.report.disagreements.get("open", 0):
        click.echo(f"Disagreements in the graph now: {count} open; `kg disagreements --open` shows them.", err=True)
    click.echo(
        f"{len(told['statements'])} statements, {len(told['refused'])} refused.\nSentences: {counts}.\n"
        f"Written to {made.text} and {made.record.name}; look over what the latter says of it.",
        err=True,
    )


def _told(made: Intake) -> dict[str, Any]:
    """All that was read, as programs read it: statements as the rows of `kg extract`, sentences as of `kg ledger`."""
    from kg import rows
    from kg.document import sentence_key
    from kg.ledger import counts

    found, terms, document = made.extraction, made.vocabulary, made.extraction.document
    words = {s.index: document.text[s.span.start : s.span.end] for s in found.sentences}
    return {
        "document": document.name,
        "text": str(made.text),
        "record": str(made.record),
        "title": document.title,
        "publisher": document.publisher,
        "date": document.published.isoformat() if document.published else "",
        "language": document.language,
        "statements": list(rows.rows(found.statements, terms)),
        "refused": list(rows.rows(found.refused, terms)),
        "dispositions": counts(made.dispositions),
        "undecided": [
            {"line": s.line, "key": sentence_key(words[s.index]), "sentence": " ".join(words[s.index].split())}
            for s in (d.sentence for d in made.dispositions if d.kind == "undecided")
        ],
    }


def _lines(told: dict[str, Any]) -> Iterator[str]:
    """What was read, for people."""
    for key in ("title", "publisher", "date"):
        yield f"{key}: {told[key] or '-'}"
    for row in told["statements"]:
        status = "" if row["status"] == "asserted" else f" ({row['status']})"
        yield f"{row['subject']} — {row['relation']} — {row['object']}{status}"
    for one in told["undecided"]:
        yield f"{told['document']}:{one['line']}: {one['key']} undecided: {one['sentence']}"
