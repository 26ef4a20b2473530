"""Commands that ask the built graph."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from shlex import quote

import click

from kg.cli.terminal import interruptible, listing, root
from kg.errors import QueryError, unknown
from kg.words import HALF

#: The names of `kg.store.forms`, which would load the store for `--help`.
FORMS = ("csv", "tsv", "json", "xml", "turtle", "jsonld", "nt", "rdfxml")


@click.command()
@click.argument("query")
@click.option("--param", "-p", "values", multiple=True, metavar="NAME=VALUE", help="A saved question's parameter.")
@click.option("--format", "form", type=click.Choice(["table", *FORMS]), help="Else a table on a terminal, or csv.")
@click.option("--labels", is_flag=True, help="A column with labels behind each with IRIs, in any form.")
@click.option("--why", is_flag=True, help="The sentences, documents and rules behind each `?statement`.")
@click.option("--graph", type=click.Path(path_type=Path), default=None, help="Else exports/graph.ttl.")
@click.pass_context
def query(
    context: click.Context,
    query: str,
    values: Sequence[str],
    form: str | None,
    labels: bool,
    why: bool,
    graph: Path | None,
) -> None:
    """Ask the graph in SPARQL: a saved question by its name (`kg queries`), a QUERY, or a file that holds one.

    The usual prefixes need not be declared. A parameter that is a thing takes its name or its IRI.

    \b
    kg query posts-on-a-day --param day=2021-03-15 --why
    kg query posts-of-a-person -p person='Han Zheng' --format json
    kg query 'SELECT ?who ?body { ?who kg:ministerOf ?body }'
    kg query question.rq --format json
    kg query 'DESCRIBE id:miit' --format turtle
    """
    from kg import questions, store
    from kg.cli import answers

    if HALF.search(query):
        raise QueryError("the query is not UTF-8")
    asked = questions.find(root(context) / "ontology", query)
    with interruptible():
        loaded = store.load(graph or root(context) / "exports" / "graph.ttl")
        sparql = asked.bind(_values(values), prefixes=loaded.prefixes, named=loaded.named, like=loaded.like)
        answer = loaded.query(sparql)
        remarks = loaded.remarks(sparql, answer)
    for remark in remarks:
        click.echo(f"note: {remark}", err=True)
    form = form or ("table" if sys.stdout.isatty() else "turtle" if answer.kind is store.Kind.TRIPLES else "csv")
    if form == "table":
        (answers.reasoned if why else answers.table)(answer, loaded)
        return
    answer = loaded.reasoned(answer) if why else answer
    answer = answer.labelled(loaded.label) if labels else answer
    sys.stdout.buffer.write(answer.write(form).rstrip(b"\n") + b"\n")


def _values(given: Sequence[str]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in given]
    if bare := [name for name, equals, _ in pairs if not equals]:
        raise QueryError(f"--param {bare[0]}: is written NAME=VALUE")
    return {name: value for name, _, value in pairs}


@click.command()
@click.argument("name", required=False)
@click.option("--tag", default=None, help="Only those with this tag.")
@click.option("--json", "as_json", is_flag=True, help="The questions as JSON lines, with their SPARQL.")
@click.pass_context
def queries(context: click.Context, name: str | None, tag: str | None, as_json: bool) -> None:
    """List the saved questions: what each asks, and what may be changed in it; or print one, with its prefixes.

    \b
    kg queries
    kg queries --tag posts
    kg queries posts-on-a-day > mine.rq
    """
    from kg import questions, vocabulary

    if name is not None:
        asked = questions.known(root(context) / "ontology", name)
        click.echo(asked.declared(vocabulary.read(root(context) / "ontology").prefixes), nl=False)
        return
    every = questions.gather(root(context) / "ontology")
    tags = sorted({each for q in every for each in q.tags})
    if tag is not None and tag not in tags:
        raise QueryError(unknown("tag", tag, tags))
    found = [q for q in every if tag is None or tag in q.tags]
    if as_json:
        rows = (
            {
                "name": q.name,
                "summary": q.summary,
                "tags": q.tags,
                "parameters": [{"name": p.name, "about": p.about, "default": p.typed} for p in q.parameters],
                "sparql": q.text,
            }
            for q in found
        )
        click.echo("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), nl=False)
        return
    body = [(q.name, q.summary, " ".join(f"{p.name}={quote(p.typed)}" for p in q.parameters)) for q in found]
    listing(("question", "asks", "parameters"), body)


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
    for line in explanation.standing(folder / "exports", found):
        click.echo(line)
