"""The command line: the only module that prints, and that ends the program."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kg.errors import FaultyInput, KgError

_FOLDER = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kg")
@click.option("--root", type=_FOLDER, default=None, help="The project; else the nearest folder upward with ontology/.")
@click.pass_context
def cli(context: click.Context, root: Path | None) -> None:
    """Documents to a knowledge graph whose every arrow shows its sentence and its rule.

    \b
    kg build                                  seeds/ and ontology/ to exports/
    kg extract --format jsonl article.txt     what the rules read in any document
    kg query 'SELECT * { ?s kg:ministerOf ?o }'
    kg explain 'Xiao Yaqing' ministerOf MIIT  which words say so, and which rule
    """
    context.obj = root


def _root(context: click.Context) -> Path:
    from kg.project import root

    chosen: Path | None = context.obj
    if chosen and not (chosen / "ontology").is_dir():
        raise KgError(f"{chosen}: no ontology/ in this folder")
    return chosen or root(Path.cwd())


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line on standard error that says what is being done, where a person watches."""
    shown = sys.stderr.isatty()

    def show(what: str) -> None:
        if shown:
            click.echo(f"\r\x1b[2K{what}", err=True, nl=False)

    try:
        yield show
    finally:
        if shown:
            click.echo("\r\x1b[2K", err=True, nl=False)


@cli.command()
@click.option("--out", type=_FOLDER, default=None, help="Where to write; else exports/ of the project.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON on standard output.")
@click.pass_context
def build(context: click.Context, out: Path | None, as_json: bool) -> None:
    """Read seeds/ and ontology/, and write the graph, the page and the statements."""
    from dataclasses import asdict

    from kg.build import build as make

    folder = _root(context)
    with _progress() as show:
        report = make(folder, out or folder / "exports", progress=show)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
        return
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)
    told = ", ".join(f"{n} {kind}" for kind, n in report.dispositions.items() if n or kind == "undecided")
    click.echo(
        f"{report.documents} documents, {report.statements} statements with {report.evidence} pieces of evidence, "
        f"{report.refused} refused.\nSentences: {told}.\nWritten to {out or folder / 'exports'}.",
        err=True,
    )


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.option(
    "--all", "everything", is_flag=True, help="Also former, acting and designate posts, and what was refused."
)
@click.pass_context
def extract(context: click.Context, paths: Sequence[Path], form: str, everything: bool) -> None:
    """Print what the rules read in FILES, directories of *.txt, or - for standard input.

    \b
    kg extract --format jsonl seeds/*.txt
    curl ... | kg extract - | jq .quote
    """
    from kg import document, pipeline, rows
    from kg.model import Status

    folder = _root(context)
    documents = [_standard_input()] if any(str(p) == "-" for p in paths) else []
    documents += [document.read(p) for p in document.gather([p for p in paths if str(p) != "-"])]
    ontology = pipeline.load(folder / "ontology")
    shown = set(Status) if everything else {Status.ASSERTED, Status.PLANNED}
    write = {"jsonl": rows.jsonl}[form]
    for one in documents:
        found = pipeline.extract(one, ontology)
        said = [s for s in (*found.statements, *found.refused) if s.status in shown]
        click.echo(write(rows.rows(said, ontology.vocabulary)), nl=False)


def _standard_input() -> Any:
    from kg import document

    return document.from_bytes("-", sys.stdin.buffer.read())


@cli.command()
@click.argument("query")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default=None,
    help="Else a table on a terminal, csv elsewhere.",
)
@click.option("--graph", type=click.Path(path_type=Path), default=None, help="Else exports/graph.ttl.")
@click.pass_context
def query(context: click.Context, query: str, form: str | None, graph: Path | None) -> None:
    """Ask the graph in SPARQL: a QUERY, or a file that holds one. The usual prefixes need not be declared.

    \b
    kg query 'SELECT ?who ?body { ?p kg:ministerOf ?b . ?p rdfs:label ?who . ?b rdfs:label ?body }'
    kg query question.rq --format json
    """
    from kg import store

    if any("\ud800" <= c <= "\udfff" for c in query):
        raise KgError("the query is not UTF-8")
    path = Path(query)
    if len(query) < 1000 and "{" not in query:
        if not path.is_file():
            raise KgError(f"{query}: neither a query (no `{{` in it) nor a file")
        try:
            query = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise KgError(f"{path}: is not UTF-8") from None
    result = store.query(graph or _root(context) / "exports" / "graph.ttl", query)
    form = form or ("table" if sys.stdout.isatty() else "csv")
    if form == "table":
        _table(result.variables, result.table())
    else:
        sys.stdout.buffer.write(result.as_csv() if form == "csv" else result.as_json() + b"\n")


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*head)
    for line in body:
        table.add_row(*(Text(cell) for cell in line))
    Console().print(table)
    click.echo(f"{len(body)} rows", err=True)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="The rules as JSON on standard output.")
@click.pass_context
def rules(context: click.Context, as_json: bool) -> None:
    """List the rules and shapes, run all their examples, and say what is wrong with any."""
    from kg import examples, pipeline
    from kg.errors import OntologyError

    ontology = pipeline.load(_root(context) / "ontology")
    every = ontology.book.readers
    if as_json:
        click.echo(json.dumps([{"id": r.id, "says": r.says, "pattern": r.expression.source} for r in every]))
    else:
        width = max(len(r.id) for r in every)
        for rule in every:
            click.echo(f"{rule.id:{width}}  {rule.says or rule.expression.source}")
    tally = examples.check(ontology)
    if tally.faults:
        raise OntologyError(tally.faults)
    click.echo(
        f"{len(every)} rules and shapes, {tally.run} examples right, {len(tally.todo)} known misses.",
        err=True,
    )


@cli.command()
@click.argument("subject")
@click.argument("relation")
@click.argument("object")
@click.option("--json", "as_json", is_flag=True, help="The rows of the evidence as JSON lines.")
@click.pass_context
def explain(context: click.Context, subject: str, relation: str, object: str, as_json: bool) -> None:
    """Show the sentences that state a fact, the rule, and which words filled which slot.

    SUBJECT and OBJECT are names as people know them, or parts of them; RELATION is `holdsPost` or `ministerOf`.

    \b
    kg explain 'Xiao Yaqing' ministerOf MIIT
    kg explain CISCE heldIn Beijing
    """
    from kg import explanation

    folder = _root(context)
    found = explanation.find(folder / "exports", subject, relation, object)
    if as_json:
        click.echo("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), nl=False)
        return
    for row in found:
        click.echo(explanation.told(row))


@cli.command()
@click.option("--undecided", is_flag=True, help="Only the sentences that nobody has decided on.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def ledger(context: click.Context, undecided: bool, as_json: bool) -> None:
    """List every sentence of the seeds with what became of it.

    That is one of: extracted, refused, unresolved, excluded, nothing (said a reader), todo or undecided.
    """
    from kg import build as building
    from kg import document, pipeline
    from kg.ledger import counts

    folder = _root(context)
    ontology = pipeline.load(folder / "ontology")
    made = building.knowledge(document.gather([folder / "seeds"]), ontology)
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


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs `kg` and exits: 0 where all went well, else the code of the error, whose lines go to standard error."""
    try:
        cli.main(args=list(arguments) if arguments is not None else None, prog_name="kg", standalone_mode=False)
    except FaultyInput as error:
        for fault in error.faults:
            click.echo(f"kg: {fault}", err=True)
        sys.exit(error.exit_code)
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        click.echo("kg: interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        click.echo(f"kg: {error.format_message()} See `kg --help`.", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(141)
