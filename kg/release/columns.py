"""Columns: the network as two tables of CSV, for Gephi, spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from kg.network import Network, Value

_SIGNS = frozenset("=+-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20")
_CUTS = frozenset(";\t\r\n")


def nodes(network: Network) -> bytes:
    """One line for each node; `Id` and `Label` are what Gephi looks for."""
    rows = [{"Id": iri, "Label": told["label"], **_without_label(told)} for iri, told in network.nodes.items()]
    return _csv(("Id", "Label", "class", "names", "words", "candidate", "begin", "end"), rows)


def edges(network: Network) -> bytes:
    """One line for each edge, parallel ones too: from `Source` to `Target`, `Id` is the statement's IRI."""
    rows = [
        {"Source": source, "Target": target, "Id": statement, "Label": told["label"], **_without_label(told)}
        for source, target, statement, told in network.edges
    ]
    fixed = ("property", "status", "post", "begin", "end", "evidence", "independent", "documents", "rules", "quotes")
    return _csv(("Source", "Target", "Id", "Label", *fixed), rows)


def cell(value: Value) -> str:
    r"""A value as a spreadsheet may read it: no cell becomes a formula, also where it cuts at semicolons or lines.

    An apostrophe goes before each sign that would begin one, behind blanks, quotation marks and what cannot be seen, as
    in the reading room's CSV.

    >>> cell("=1+1"), cell("rose; =2"), cell(True), cell("10 - 2")
    ("'=1+1", "rose;' =2", 'true', '10 - 2')
    """
    text = str(value).lower() if isinstance(value, bool) else str(value)
    made: list[str] = []
    formula = False  # whether what follows would be one, if a cell began here
    for sign in reversed(text):
        if formula and sign in _CUTS:
            made.append("'")
        if sign in _SIGNS:
            formula = True
        elif sign == ";" or not (sign.isspace() or sign == '"' or unicodedata.category(sign).startswith("C")):
            formula = False
        made.append(sign)
    if formula or text[:1] in {"\t", "\r", "\n"}:
        made.append("'")
    return "".join(reversed(made))


def _without_label(told: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in told.items() if name != "label"}


def _csv(fixed: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> bytes:
    """RFC 4180, in UTF-8: fixed columns first, then what some row has, by name."""
    rows = list(rows)
    names = (*fixed, *sorted({name for row in rows for name in row} - set(fixed)))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([cell(row.get(name, "")) for name in names] for row in rows)
    return out.getvalue().encode()
