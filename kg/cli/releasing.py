"""The command that takes the graph away: a release, for whoever has no kg."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg import __version__
from kg.cli.terminal import FOLDER, progress, root


@click.command()
@click.argument("directory", metavar="DIR", type=FOLDER)
@click.option("--version", default=__version__, show_default=True, help="What the release is called.")
@click.option(
    "--since", type=FOLDER, default=None, help="The release before it; else the last one that stands beside DIR."
)
@click.option("--quotes-only", is_flag=True, help="A reading room without the full texts of the publishers.")
@click.option("--json", "as_json", is_flag=True, help="What was released, as JSON on standard output.")
@click.pass_context
def release(
    context: click.Context, directory: Path, version: str, since: Path | None, quotes_only: bool, as_json: bool
) -> None:
    """Build the project, and write it into DIR in every form that others take.

    That is RDF (Turtle, N-Triples, JSON-LD, TriG), CSV and GraphML, the reading room, the vocabulary as a page, all
    that was curated, a description, the changes since the release before, and SHA256SUMS. DIR then holds nothing else;
    one that holds other files is left alone.

    \b
    kg release releases/0.1.0
    kg release releases/0.2.0 --version 0.2.0 --since releases/0.1.0
    cd releases/0.2.0 && sha256sum -c SHA256SUMS
    """
    from dataclasses import asdict

    from kg import release as releases

    with progress() as show:
        made = releases.release(root(context), directory, version, since=since, quotes_only=quotes_only, progress=show)
    if as_json:
        click.echo(json.dumps(asdict(made)))
        return
    since_what = f"since {made.since}" if made.since else "the first one"
    click.echo(
        f"Release {made.version} ({since_what}): {made.statements} statements in {made.triples} triples, "
        f"{made.files} files.\nWritten to {directory}.",
        err=True,
    )
