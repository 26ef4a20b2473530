"""Commands that ask the built graph."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kg.cli.terminal import root, table
from kg.errors import KgError


@click.command()
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
    result = store.query(graph or root(context) / "exports" / "graph.ttl", query)
    form = form or ("table" if sys.stdout.isatty() else "csv")
    if form == "table":
        table(result.variables, result.table())
    else:
        sys.stdout.buffer.write(result.as_csv() if form == "csv" else result.as_json() + b"\n")


@click.command()
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

    folder = root(context)
    found = explanation.find(folder / "exports", subject, relation, object)
    if as_json:
        click.echo("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), nl=False)
        return
    for row in found:
        click.echo(explanation.told(row))
