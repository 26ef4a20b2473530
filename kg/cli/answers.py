"""Answers: what a query found, as people look at it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import click
from pyoxigraph import NamedNode
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.terminal import shown
from kg.store import Answer, Cell, Reason, Store
from kg.store.reason import place
from kg.turtle import compact


def table(answer: Answer, store: Store) -> None:
    """Prints rows as a table, each thing by its label above its IRI; how many, on standard error."""
    lines = Table(*answer.variables, show_lines=any(store.label(i) for row in answer.rows for i in _iris(row)))
    for row in answer.rows:
        lines.add_row(*(_cell(answer, store, term) for term in row))
    Console().print(lines)
    _count(len(answer.rows), "row")


def reasoned(answer: Answer, store: Store) -> None:
    """Prints each row as a record, below it the sentences of its statements, with document and rule.

    Rows that differ in nothing but the statement are one record.
    """
    column = place(answer)
    names = [name for n, name in enumerate(answer.variables) if n != column]
    records = 0
    for key, rows in groupby(answer.rows, key=lambda row: (*row[:column], *row[column + 1 :])):
        lines = Table.grid(padding=(0, 2))
        for name, term in zip(names, key, strict=True):
            if term is not None:
                lines.add_row(Text(name, style="dim"), _cell(answer, store, term, between="  "))
        for statement in dict.fromkeys(row[column] for row in rows):
            for reason in store.reasons(statement.value) if isinstance(statement, NamedNode) else ():
                lines.add_row(Text("because", style="bold"), _because(answer, reason))
        if records:
            click.echo()
        Console().print(lines)
        records += 1
    _count(records, "record")


def _because(answer: Answer, reason: Reason) -> Text:
    document, rule = (compact(iri, answer.prefixes) for iri in (reason.document, reason.rule))
    told = f"{document}, characters {reason.start} to {reason.end}; {rule}"
    told += "; machine-translated" if reason.translated else ""
    words = " ".join(shown(" ".join(reason.quote.split())).split())
    return Text.assemble(Text(f"“{words}”", overflow="fold"), "\n", Text(told, style="dim", overflow="fold"))


def _cell(answer: Answer, store: Store, term: Cell, between: str = "\n") -> Text:
    words = shown(" ".join(answer.short(term).split()))
    label = shown(store.label(term.value)) if isinstance(term, NamedNode) else ""
    if not label:
        return Text(words, overflow="fold")
    return Text.assemble(Text(label), between, Text(words, style="dim"), overflow="fold")


def _iris(row: tuple[Cell, ...]) -> Iterator[str]:
    return (term.value for term in row if isinstance(term, NamedNode))


def _count(number: int, what: str) -> None:
    click.echo(f"{number} {what}" if number == 1 else f"{number} {what}s", err=True)
