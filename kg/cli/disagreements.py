"""The command for statements that exclude one another: list them, and decide on one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import root, shown, words

if TYPE_CHECKING:
    from pathlib import Path

    from kg.register import Row


@click.command()
@click.argument("disagreement", default="")
@click.option("--verdict", help="It is a `succession`, a `source error`, `different things`, or `open`.")
@click.option("--why", metavar="WORDS", callback=words, help="The reason, kept with the verdict.")
@click.option("--open", "only_open", is_flag=True, help="Only those that nobody has decided.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def disagreements(
    context: click.Context, disagreement: str, verdict: str | None, why: str | None, only_open: bool, as_json: bool
) -> None:
    """List the statements of the last build that exclude one another, with sentences and days, or decide on one.

    DISAGREEMENT is an id, as the list shows it. Verdicts go into ontology/disagreements.toml. What excludes what is
    declared on the properties in ontology/kg.ttl.

    \b
    kg disagreements --open
    kg disagreements 0123456789abcdef
    kg disagreements 0123456789abcdef --verdict succession --why 'she followed him on that day'
    """
    if verdict is not None and not disagreement:
        raise click.UsageError("--verdict needs the id of a DISAGREEMENT.")
    if (why is None) != (verdict is None):
        raise click.UsageError("--verdict and --why go together.")
    if verdict is not None and (only_open or as_json):
        raise click.UsageError("--open and --json are for the list, not for --verdict.")

    from kg import register, verdicts

    folder = root(context)
    decided = verdicts.read(folder / "ontology")
    found = register.read(folder / "exports")
    if disagreement:
        found = [register.row(found, disagreement)]
    if verdict is not None and why is not None:
        _decide(folder, found[0], verdict, why)
        return
    rows = [register.decided(row, decided) for row in found]
    rows = [row for row in rows if row["verdict"] == verdicts.OPEN or not only_open]
    for row in rows:
        if as_json:
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            click.echo("\n".join(map(shown, register.told(row))))
    still = sum(row["verdict"] == verdicts.OPEN for row in rows)
    click.echo(f"{len(rows)} disagreement{'' if len(rows) == 1 else 's'}, {still} open", err=True)


def _decide(folder: Path, row: Row, verdict: str, why: str) -> None:
    from kg import verdicts
    from kg.errors import CurationError, unknown

    if verdict not in verdicts.VERDICTS:
        raise CurationError(unknown("verdict", verdict, verdicts.VERDICTS))
    says = " / ".join(one["says"] for one in row["statements"])
    verdicts.record(folder / "ontology", verdicts.Verdict(row["disagreement"], verdict, why, says))
    place = folder / "ontology" / verdicts.FILE
    click.echo(f"{verdict}: {shown(says)}\nRecorded in {place}; `kg build` heeds it.", err=True)
