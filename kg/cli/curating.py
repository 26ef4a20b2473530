"""Commands for curators: what the rules are, and how they do."""

from __future__ import annotations

import json

import click

from kg.cli.terminal import root


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The rules as JSON on standard output.")
@click.pass_context
def rules(context: click.Context, as_json: bool) -> None:
    """List the rules and shapes, run all their examples, and say what is wrong with any."""
    from kg import examples, pipeline
    from kg.errors import OntologyError

    ontology = pipeline.load(root(context) / "ontology")
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
