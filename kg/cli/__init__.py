"""The command line: the only package that prints, and that ends the program."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli import (
    adding,
    asking,
    candidates,
    checking,
    curating,
    diagnosis,
    disagreements,
    extracting,
    output,
    reading,
    releasing,
    serving,
)
from kg.cli.terminal import FOLDER
from kg.errors import FaultyInput, KgError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kg")
@click.option("--root", type=FOLDER, default=None, help="The project; else the nearest folder upward with ontology/.")
@click.pass_context
def cli(context: click.Context, root: Path | None) -> None:
    """Documents to a knowledge graph whose every arrow shows its sentence and its rule.

    \b
    kg build                                  seeds/ and ontology/ to exports/
    kg extract --format jsonl article.txt     what the rules read in any document
    kg add article.html                       a text, web page or PDF into seeds/
    kg query posts-on-a-day --why             a saved question (`kg queries`), or SPARQL
    kg check                                  what is wrong with the graph
    kg serve                                  the graph in a browser, and SPARQL for programs
    kg explain 'Xiao Yaqing' ministerOf MIIT  which words say so, and which rule
    kg whynot 'Jane Roe leads the forum.'     why the rules did not read a sentence
    kg disagreements                          which statements exclude one another
    kg release DIR                            all of it, in every form that others take
    """
    context.obj = root


for _command in (
    reading.build,
    extracting.extract,
    adding.add,
    asking.query,
    asking.queries,
    asking.explain,
    serving.serve,
    checking.check,
    diagnosis.whynot,
    reading.ledger,
    curating.rules,
    curating.diff,
    curating.judge,
    candidates.candidates,
    disagreements.disagreements,
    releasing.release,
):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs `kg` and exits: 0 where all went well, else the code of the error, whose lines go to standard error."""
    try:
        given = list(arguments) if arguments is not None else None
        # `context.exit(1)` comes back as a number, all else as nothing.
        with output.whole():
            code = cli.main(args=given, prog_name="kg", standalone_mode=False)
        if code:
            sys.exit(code)
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
