from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from kg import rows
from kg.network import Network, Value
from kg.release import columns
from tests.properties.strategies import TEXTS

VALUES = st.one_of(TEXTS, st.integers(), st.booleans())
TOLD = st.fixed_dictionaries({"label": TEXTS}, optional=dict.fromkeys(("kg:words", "kg:edition", "class"), VALUES))


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


@given(st.dictionaries(TEXTS.filter(bool), TOLD, max_size=4))
def test_nodes_are_read_back_cell_by_cell(nodes: dict[str, dict[str, Value]]) -> None:
    found = read(columns.nodes(Network(nodes, [])))
    assert [row["Id"] for row in found] == [columns.cell(iri) for iri in nodes]
    for row, told in zip(found, nodes.values(), strict=True):
        assert row["Label"] == columns.cell(told["label"])
        for name in told.keys() - {"label"}:
            assert row[name] == columns.cell(told[name])


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TOLD), max_size=4))
def test_edges_are_read_back_cell_by_cell(edges: list[tuple[str, str, str, dict[str, Value]]]) -> None:
    found = read(columns.edges(Network({}, edges)))
    wanted = [[*map(columns.cell, (one, other, key, told["label"]))] for one, other, key, told in edges]
    assert [[row[name] for name in ("Source", "Target", "Id", "Label")] for row in found] == wanted


@given(st.lists(st.dictionaries(TEXTS, VALUES, max_size=3), max_size=4))
def test_rows_are_read_back_line_by_line(made: list[dict[str, Value]]) -> None:
    written = rows.jsonl(made)
    assert [json.loads(line) for line in written.split("\n") if line] == made
    assert written.count("\n") == len(made)
