"""The terminal: what the commands share, the project they work on, progress and tables."""

from __future__ import annotations

import csv
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from kg import project
from kg.errors import KgError
from kg.words import HALF

#: A folder as an option.
FOLDER = click.Path(path_type=Path)


def root(context: click.Context) -> Path:
    """The project: the folder given by `--root`, else the nearest upward; raises KgError where there is none."""
    chosen: Path | None = context.obj
    if chosen and not (chosen / "ontology").is_dir():
        raise KgError(f"{chosen}: no ontology/ in this folder")
    return chosen or project.root(Path.cwd())


def words(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """A text as a file can hold it, in one line and not empty."""
    if value is None:
        return None
    if HALF.search(value):
        raise click.BadParameter("is not UTF-8.")
    if not value.strip():
        raise click.BadParameter("must not be empty.")
    return " ".join(value.split())


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
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


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C ends the program at once: a long query does not come back to Python, where it would be noticed."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def listing(head: Sequence[str], body: Sequence[Sequence[str]]) -> None:
    """Prints a table where a person watches, else CSV."""
    if sys.stdout.isatty():
        table(head, body)
    else:
        csv.writer(sys.stdout, lineterminator="\n").writerows((head, *body))


def shown(text: str) -> str:
    """A line of a document's words as it may go to a terminal: what steers one, or turns the line round, is spelt out.

    >>> print(shown("Roe \x1b[2J 工信部 \u202e"))
    Roe \\x1b[2J 工信部 \\u202e
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def table(head: Sequence[str], body: Sequence[Sequence[str]]) -> None:
    """Prints a table, and on standard error how many rows it has."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*head)
    for line in body:
        table.add_row(*(Text(cell, overflow="fold") for cell in line))
    Console().print(table)
    click.echo(f"{len(body)} rows", err=True)
