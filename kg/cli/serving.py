"""The command that serves the graph."""

from __future__ import annotations

from collections.abc import Sequence

import click

from kg.cli.terminal import root


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any that is free."
)
@click.option("--reload", is_flag=True, help="Serve each new build as soon as it is there.")
@click.option("--seconds", type=click.FloatRange(0.1), default=20.0, show_default=True, help="A query's time.")
@click.option("--megabytes", type=click.IntRange(16), default=512, show_default=True, help="A query's memory.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name by which it may be asked.")
@click.option("--origin", "origins", multiple=True, metavar="URL", help="A site whose pages may read it; * for all.")
@click.pass_context
def serve(
    context: click.Context,
    host: str,
    port: int,
    reload: bool,
    seconds: float,
    megabytes: int,
    names: Sequence[str],
    origins: Sequence[str],
) -> None:
    """Serve the graph: the reading room, SPARQL, a page to ask on, and a page for every thing.

    \b
    /                the reading room
    /query           asks: saved questions, an editor, results as a table or to take along
    /sparql          SPARQL 1.1 Protocol: queries, no updates
    /question/NAME   a saved question, ?day=2021-03-15 its parameter, &format=csv its form
    /id/xiao-yaqing  a thing, as HTML, Turtle or JSON-LD
    \b
    kg serve
    kg serve --port 8080 --reload
    kg serve --host 0.0.0.0 --name graph.example.org --origin https://example.org
    """
    from kg import server

    server.serve(
        root(context),
        host=host,
        port=port,
        reload=reload,
        limits=server.Limits(seconds=seconds, memory=megabytes * 2**20),
        hosts=names,
        origins=origins,
        say=lambda line: click.echo(line, err=True),
    )
