"""Frames: rows with columns, as Python, notebooks and pandas like them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from pyoxigraph import Literal, NamedNode

from kg import turtle
from kg.errors import KgError
from kg.store.answer import Answer, Cell
from kg.turtle import XSD

if TYPE_CHECKING:
    import pandas as pd

#: A row: a dict by columns, or a record with columns for attributes.
Row = TypeVar("Row")
Value = str | int | bool | float | Decimal | date | None

#: So many rows and characters are shown; all are there.
ROWS, WIDTH = 30, 60


class IRI(str):
    """An IRI, whole: a string like any other, told from words by its class."""

    __slots__ = ()


@dataclass(frozen=True, eq=False, repr=False)
class Table(Sequence[Row], Generic[Row]):
    """Rows, each with the same columns: a sequence to loop over, a table in a notebook, a data frame for pandas.

    >>> table = Table(("who", "days"), ({"who": "Jane <Roe>", "days": 3}, {"who": "John Doe", "days": None}))
    >>> table
    who         days
    Jane <Roe>  3
    John Doe
    >>> [row["who"] for row in table], table.column("days"), len(table[:1])
    (['Jane <Roe>', 'John Doe'], [3, None], 1)
    >>> "Jane &lt;Roe&gt;" in table._repr_html_()
    True
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Table[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Table[Row]:
        if isinstance(index, slice):
            return Table(self.columns, self.rows[index], self.prefixes)
        return self.rows[index]

    def column(self, name: str) -> list[Any]:
        """The values of one column; raises KgError for one that is not there."""
        if name not in self.columns:
            raise KgError(f"no column {name!r}; there are {', '.join(self.columns)}")
        return [_get(row, name) for row in self.rows]

    def to_dataframe(self) -> pd.DataFrame:
        """The same as a data frame of pandas, which must be installed: kg does not need it for anything else."""
        try:
            import pandas as pd
        except ImportError:
            raise KgError("pandas is not installed: pip install pandas, or take the rows as they are") from None
        return pd.DataFrame([[_get(row, name) for name in self.columns] for row in self.rows], columns=self.columns)

    def __repr__(self) -> str:
        lines = [self.columns, *(tuple(map(self._shown, self._cells(row))) for row in self.rows[:ROWS])]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        told = ["  ".join(cell.ljust(wide) for cell, wide in zip(line, widths, strict=True)).rstrip() for line in lines]
        return "\n".join((*told, *self._left_out()))

    def _repr_html_(self) -> str:
        # Without colours of its own: the notebook's, light or dark.
        rows = [list(map(self._short, self._cells(row))) for row in self.rows[:ROWS]]
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        lines = ("".join(f'<td dir="auto">{escape(cell)}</td>' for cell in row) for row in rows)
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        left = "".join(f"<p>{line}</p>" for line in self._left_out())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{left}"

    def _cells(self, row: Row) -> list[Any]:
        return [_get(row, name) for name in self.columns]

    def _left_out(self) -> list[str]:
        return [f"... {len(self) - ROWS} of {len(self)} rows more"] if len(self) > ROWS else []

    def _shown(self, value: Any) -> str:
        """A value in one line, cut; nothing in it steers a terminal."""
        words = " ".join(self._short(value).split())
        plain = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in words)
        return plain if len(plain) <= WIDTH else f"{plain[: WIDTH - 1]}…"

    def _short(self, value: Any) -> str:
        if isinstance(value, IRI):
            return turtle.compact(value, self.prefixes)
        if isinstance(value, Mapping):
            return ", ".join(f"{name}: {words}" for name, words in value.items())
        return "" if value is None else str(value)


def table(answer: Answer) -> Table[dict[str, Value]]:
    """What a query found, its terms as values of Python."""
    rows = tuple(dict(zip(answer.variables, map(value, row), strict=True)) for row in answer.rows)
    return Table(answer.variables, rows, answer.prefixes)


def value(term: Cell) -> Value:
    """A term as Python has it: an IRI, a number, a truth, a day; else its words; None where it is unbound.

    >>> day, number = Literal("2021-03-08", datatype=NamedNode(XSD + "date")), Literal(2)
    >>> value(day), value(number), value(Literal("words", language="en")), value(NamedNode("https://e.org/"))
    (datetime.date(2021, 3, 8), 2, 'words', 'https://e.org/')
    """
    if isinstance(term, NamedNode):
        return IRI(term.value)
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    # What is no such value, or a year that Python does not have, stays words.
    with suppress(ValueError, ArithmeticError, LookupError):
        return _READ.get(term.datatype.value.removeprefix(XSD), str)(term.value)
    return term.value


_READ: Mapping[str, Callable[[str], Value]] = {
    "boolean": {"true": True, "1": True, "false": False, "0": False}.__getitem__,
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
    "decimal": Decimal,
    **dict.fromkeys(("double", "float"), float),
    **dict.fromkeys(("integer", "int", "long", "nonNegativeInteger"), int),
}


def _get(row: object, name: str) -> Any:
    return row[name] if isinstance(row, Mapping) else getattr(row, name)
