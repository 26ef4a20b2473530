"""The network in CSV and GraphML: as much as the graph has, readable by those who know no RDF, harmless to them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.network import Attributes, Network
from kg.release import columns, graphml
from tests.conftest import Built
from tests.knowledge import HOSTILE

BASE = "https://kg.example.org/"


def read(content: bytes) -> nx.MultiDiGraph[str]:
    found = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    assert isinstance(found, nx.MultiDiGraph)
    return found


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.fixture(scope="module")
def network(released: Path) -> nx.MultiDiGraph[str]:
    return kg.load(released).to_networkx()


def test_every_thing_is_a_node_and_every_statement_an_edge_or_an_attribute(
    network: nx.MultiDiGraph[str], built: Built
) -> None:
    rows = built.rows()
    spoken_of = {iri for row in rows for iri in (row["subject_iri"], row["object_iri"]) if iri}
    assert set(network) == spoken_of
    assert {key for *_, key in network.edges(keys=True)} == {
        f"{BASE}statement/{row['statement']}" for row in rows if row["object_iri"]
    }
    for row in rows:
        if row["object_iri"] is None:
            told = [v for n, v in network.nodes[row["subject_iri"]].items() if n.startswith("kg:")]
            assert any(row["object"] in str(value) for value in told), row
    assert network.number_of_edges() > 80


def test_graphml_is_read_back_as_it_was(network: nx.MultiDiGraph[str], released: Path) -> None:
    found = read((released / "graph.graphml").read_bytes())
    assert found.is_directed()
    assert set(found) == set(network)
    assert [name for name in network if found.nodes[name] != network.nodes[name]] == []
    assert sorted(found.edges(keys=True), key=str) == sorted(network.edges(keys=True), key=str)
    for source, target, key, told in network.edges(keys=True, data=True):
        assert found.edges[source, target, key] == told


def test_nodes_and_edges_have_labels_classes_statuses_and_days(network: nx.MultiDiGraph[str]) -> None:
    assert all(told["label"] and told["class"] for _, told in network.nodes(data=True))
    assert all(told["label"] and told["status"] for *_, told in network.edges(data=True))
    minister = network.edges[f"{BASE}id/xiao-yaqing", f"{BASE}id/miit", _key(network, "kg:ministerOf")]
    assert (minister["label"], minister["status"], minister["post"]) == (
        "minister of",
        "asserted",
        "minister, Ministry of Industry and Information Technology",
    )
    assert re.fullmatch(r"2021-03-0\d", minister["begin"])
    expo = next(told for _, told in network.nodes(data=True) if "planned" in str(told.get("kg:startsOn", "")))
    assert expo["begin"] < expo["end"]


def _key(network: nx.MultiDiGraph[str], property: str) -> str:
    (key,) = [key for *_, key, told in network.edges(keys=True, data=True) if told["property"] == property]
    return str(key)


def test_parallel_edges_and_loops_stay() -> None:
    nodes: dict[str, Attributes] = {name: {"label": name} for name in "ab"}
    ends = [("a", "b", "s1"), ("a", "b", "s2"), ("b", "a", "s3"), ("a", "a", "s4"), ("a", "a", "s5")]
    made = Network(nodes, [(*three, {"label": three[2]}) for three in ends])
    assert sorted(read(graphml.graphml(made)).edges(keys=True)) == sorted(ends)
    assert [(row["Source"], row["Target"], row["Id"]) for row in table(columns.edges(made))] == ends


def test_hostile_words_come_back_as_they_went(hostile: Mapping[str, bytes]) -> None:
    words = {told.get("words") for _, told in read(hostile["graph.graphml"]).nodes(data=True)}
    # XML reads every line end as a line feed.
    assert HOSTILE.translate({0: "\ufffd", 7: "\ufffd", 13: "\n"}) in words
    assert HOSTILE in {row["words"] for row in table(hostile["nodes.csv"])}


def test_characters_that_xml_forbids_are_replaced_in_every_place() -> None:
    bad = "a\x00\x07\x0b\x1f\ufffe\uffffz\t\n\U0001f600"
    content = graphml.graphml(Network({"n": {"label": bad}}, [("n", "n", "s", {"label": bad, "evidence": 1})]))
    found = read(content)
    good = "a" + "\ufffd" * 6 + "z\t\n\U0001f600"
    assert found.nodes["n"]["label"] == found.edges["n", "n", "s"]["label"] == good


def test_the_tables_are_the_network(network: nx.MultiDiGraph[str], released: Path) -> None:
    nodes, edges = (table((released / name).read_bytes()) for name in ("nodes.csv", "edges.csv"))
    assert [row["Id"] for row in nodes] == list(network)
    assert {(row["Source"], row["Target"], row["Id"]) for row in edges} == set(network.edges(keys=True))
    for row in nodes:
        told = network.nodes[row["Id"]]
        assert (row["Label"], row["class"]) == (columns.cell(told["label"]), told["class"])
        assert row["begin"] == told.get("begin", "")
    frame = pd.read_csv(released / "edges.csv")
    assert len(frame) == network.number_of_edges()
    assert set(frame["status"]) >= {"asserted"}


def test_csv_is_that_of_the_standard(released: Path, hostile: Mapping[str, bytes]) -> None:
    for content in ((released / "nodes.csv").read_bytes(), hostile["nodes.csv"]):
        assert content.endswith(b"\r\n")
        lines = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
        assert {len(line) for line in lines} == {len(lines[0])}


CUTS = re.compile(r"[;\t\r\n]")
SIGNS = set("=+-@−＋－＝＠﹢﹣﹦﹫")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet that skips blanks, quotation marks and what cannot be seen finds a sign of a formula."""
    rest = [c for c in cell if not (c.isspace() or c == '"' or unicodedata.category(c).startswith("C"))]
    return bool(rest) and rest[0] in SIGNS


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@a", '"=1', " \u200b=1", "a;=1", "a\n\t @b", "＝1", "\ttab", "\rx", "=", ";;=", "a;\t=b"],
)
def test_no_cell_is_a_formula_wherever_it_is_cut(text: str) -> None:
    made = columns.cell(text)
    assert not any(map(is_formula, CUTS.split(made)))
    assert made[0] not in "\t\r\n"
    assert made.replace("'", "") == text


@given(st.text(alphabet="=+-@a\" ;\t\r\n\u200b'−＝"))
def test_no_text_makes_a_formula_and_no_word_is_lost(text: str) -> None:
    made = columns.cell(text)
    assert not any(map(is_formula, CUTS.split(made)))
    assert made.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("text", ["a-b", "a = b", "1,100", "COVID-19; a + b", "'quoted'", "工信部"])
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert columns.cell(text) == text
