"""`import kg`: what a Python program gets is what the command line gives and the graph says."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

import kg
from kg import graph as graphs
from kg.api import _ontology
from kg.facts import from_row
from tests.conftest import ROOT, SEEDS, Built, run
from tests.knowledge import HOSTILE, RULES, knowledge, vocabulary

QUESTION = "SELECT ?who ?body ?day { ?who kg:ministerOf ?body . ?m org:member ?who ; kg:asOf ?day }"


@pytest.fixture(scope="module")
def graph(built: Built) -> kg.Graph:
    return kg.load(built.root)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    path = tmp_path_factory.mktemp("hostile") / "<img src=x>.ttl"
    path.write_bytes(graphs.write(knowledge(), vocabulary=vocabulary(), rules=RULES))
    return kg.load(path)


# ---------------------------------------------------------------------- the import


def test_importing_it_loads_nothing_and_every_public_name_is_there() -> None:
    code = """
import sys, kg
heavy = {"kg.api", "kg.store", "pyoxigraph", "rdflib", "networkx", "pyvis", "pandas", "jinja2"} & set(sys.modules)
assert not heavy, heavy
assert set(kg.__all__) < set(dir(kg))
assert all(getattr(kg, name).__doc__ for name in kg.__all__)
assert not {"rdflib", "networkx", "pyvis", "pandas"} & set(sys.modules)
from kg import *
assert load is kg.load and build is kg.build
"""
    subprocess.run([sys.executable, "-P", "-c", code], check=True, cwd=ROOT)


def test_a_name_that_is_not_there_is_told_as_python_tells_it() -> None:
    missing = "bild"
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'bild'"):
        getattr(kg, missing)


def test_its_types_are_there_for_programs_that_use_it() -> None:
    assert (files("kg") / "py.typed").is_file()


# ---------------------------------------------------------------------- loading


def test_a_graph_is_loaded_from_a_file_a_project_and_exports(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = {len(kg.load(where)) for where in (built.root, str(built.exports), built.graph)}
    monkeypatch.chdir(built.root / "ontology")
    assert sizes == {len(kg.load())}


@pytest.mark.parametrize("name", ["none.ttl", "empty", "text.ttl", "foreign.ttl"])
def test_what_is_no_graph_of_ours_is_told_in_a_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.ttl").write_text("this is no graph")
    (tmp_path / "foreign.ttl").write_text("@prefix e: <https://e.org/> .\ne:a e:b e:c .\n")
    with pytest.raises(kg.KgError) as caught:
        kg.load(tmp_path / name).facts()
    assert "\n" not in str(caught.value)


# ---------------------------------------------------------------------- asking


def test_rows_are_dicts_of_python_values_with_labels(graph: kg.Graph) -> None:
    found = graph.query(QUESTION)
    assert found.columns == ("who", "whoLabel", "body", "bodyLabel", "day")
    for row in found:
        assert isinstance(row["who"], kg.IRI)
        assert (row["who"], row["whoLabel"]) == ("https://kg.example.org/id/xiao-yaqing", "Xiao Yaqing")
        assert isinstance(row["day"], date)
    assert graph.query(QUESTION, labels=False).columns == ("who", "body", "day")


def test_a_saved_question_takes_values_of_python(graph: kg.Graph, built: Built) -> None:
    for day in (date(2021, 3, 15), "2021-03-15"):
        found = graph.query("posts-on-a-day", day=day)
        done = run("query", "posts-on-a-day", "--param", "day=2021-03-15", "--labels", cwd=built.root)
        assert len(found) == len(done.stdout.splitlines()) - 1 > 0
        assert done.stdout.splitlines()[0] == ",".join(found.columns)


@pytest.mark.parametrize(
    ("asked", "values", "what"),
    [
        ("no-such-question", {}, "unknown question 'no-such-question'"),
        ("posts-on-a-day", {"dai": "2021-03-15"}, "unknown parameter 'dai'; did you mean 'day'?"),
        ("posts-on-a-day", {"day": "soon"}, "'soon' is no day"),
        ("SELECT * { ?s ?p }", {}, "line 1, column"),
        ("DROP ALL {}", {}, "no DROP"),
        ("ASK { ?s ?p ?o }", {}, "graph.ask"),
    ],
)
def test_what_cannot_be_asked_is_told(asked: str, values: dict[str, Any], what: str, graph: kg.Graph) -> None:
    with pytest.raises(kg.KgError, match=re.escape(what)):
        graph.query(asked, **values)


def test_the_truth_of_a_question(graph: kg.Graph) -> None:
    assert graph.ask("ASK { ?who kg:ministerOf ?body }") is True
    assert graph.ask("ASK { ?who kg:deputyMinisterOf ?body }") is False
    assert graph.ask("SELECT * { ?who kg:deputyMinisterOf ?body }") is False


def test_names_and_labels(graph: kg.Graph) -> None:
    (iri,) = graph.named("xiao yaqing")
    assert graph.label(iri) == graph.label("id:xiao-yaqing") == "Xiao Yaqing"
    assert graph.named("nobody at all") == []
    assert graph.label("id:nobody-at-all") == ""


# ---------------------------------------------------------------------- facts


def test_the_facts_of_the_graph_are_the_rows_of_the_build(graph: kg.Graph, built: Built) -> None:
    """But for a post, which is a thing of its own in the graph."""

    def plain(fact: kg.Fact) -> kg.Fact:
        return replace(fact, qualifiers={n: v for n, v in fact.qualifiers.items() if n != "post"})

    assert [plain(fact) for fact in graph.facts()] == [plain(from_row(row)) for row in built.rows()]


@pytest.mark.parametrize(
    "asked",
    [
        {"subject": "Xiao Yaqing", "relation": "ministerOf"},
        {"subject": "id:xiao-yaqing", "relation": "kg:holdsPost"},
        {"subject": "https://kg.example.org/id/xiao-yaqing", "object": "miit"},
    ],
    ids=["name", "prefix", "IRI"],
)
def test_facts_are_chosen_by_name_iri_and_relation(asked: dict[str, str], graph: kg.Graph) -> None:
    found = graph.facts(**asked)
    assert {(f.subject, f.relation) for f in found} == {("Xiao Yaqing", "holdsPost")}
    assert graph.evidence(found[0].statement).rows == tuple(f for f in found if f.statement == found[0].statement)
    assert all(f.subject in f.quote or f.subject.split()[0] in f.quote for f in found)


def test_facts_about_a_value_and_about_nothing(graph: kg.Graph) -> None:
    assert {f.relation for f in graph.facts(relation="edition", object="2")} == {"edition"}
    assert len(graph.facts("Nobody At All")) == 0
    with pytest.raises(kg.KgError, match="0000: no statement of this graph"):
        graph.evidence("0000")


def test_what_is_read_in_a_text_is_what_the_command_reads(built: Built) -> None:
    seed = next(SEEDS.glob("002*.txt"))
    found = kg.extract(seed, root=built.root)
    assert [asdict(f) for f in found] == [asdict(from_row(r)) for r in built.rows() if r["document"] == seed.stem]
    text = seed.read_text("utf-8")
    assert all(text[f.start : f.end] == f.quote for f in found)


def test_a_text_has_a_day_a_name_and_near_facts(built: Built) -> None:
    text = "The second CISCE opened in Beijing on Tuesday. Han Zheng did not attend the first CISCE."
    said = kg.extract(text, root=built.root, name="note", published="2024-11-27")
    assert {(f.document, f.status) for f in said} == {("note", "asserted")}
    assert "2024-11-26" in said.column("object")
    assert {f.status for f in kg.extract(text, root=built.root, refused=True)} >= {"asserted", "negated"}


@pytest.mark.parametrize(
    ("text", "published", "what"),
    [
        ("", None, "text: is empty"),
        ("a\0b", None, "is a binary"),
        ("Roe \ud800 left.", None, "text: holds half a character"),
        ("Roe left.", "Tuesday", "'Tuesday' is no day"),
    ],
)
def test_what_is_no_text_and_no_day_is_told(text: str, published: str | None, what: str, built: Built) -> None:
    with pytest.raises(kg.KgError, match=what):
        kg.extract(text, root=built.root, published=published)


def test_an_ontology_is_read_once_and_again_when_it_changed(project: Path) -> None:
    first = _ontology(project / "ontology")
    assert _ontology(project / "ontology") is first
    (project / "ontology" / "entities" / "more.ttl").write_text(
        "@prefix kg: <ontology#> .\n@prefix id: <id/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'id:tea-guild a kg:Association ; skos:prefLabel "Tea Guild"@en .\n'
    )
    assert _ontology(project / "ontology") is not first
    assert kg.extract("Han Zheng met the Tea Guild.", root=project).columns[0] == "subject"


def test_a_build_is_that_of_the_command(project: Path, built: Built, tmp_path: Path) -> None:
    report = kg.build(project, tmp_path / "out")
    assert report.evidence == len(built.rows())
    for path in built.exports.iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()
    assert not (project / "exports").exists()


# ---------------------------------------------------------------------- pandas and networkx


def test_pandas_takes_rows_and_facts_as_they_are(graph: kg.Graph) -> None:
    for table in (graph.query(QUESTION), graph.facts()):
        frame = table.to_dataframe()
        assert tuple(frame.columns) == table.columns
        assert len(frame) == len(table) > 0
        pd.testing.assert_frame_equal(frame, pd.DataFrame(table))
    assert frame["relation"].value_counts()["said"] == len(graph.facts(relation="said"))


def test_a_frame_without_rows_has_its_columns(graph: kg.Graph) -> None:
    assert tuple(graph.facts("Nobody At All").to_dataframe().columns) == graph.facts().columns


def test_without_pandas_it_says_so(graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(kg.KgError, match="pandas is not installed"):
        graph.facts().to_dataframe()


def test_a_walk_with_networkx(graph: kg.Graph) -> None:
    network = graph.to_networkx()
    assert isinstance(network, nx.MultiDiGraph)
    (person,), (body,) = graph.named("Xiao Yaqing"), graph.named("MIIT")
    assert nx.has_path(network, person, body)
    assert network.nodes[body]["class"] == "Ministry"
    said = {told["label"] for *_, told in network.out_edges(person, data=True)}
    assert {"said", "minister of"} <= said


# ---------------------------------------------------------------------- in a notebook


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_a_notebook_shows_tables_and_text_stays_text(hostile: kg.Graph) -> None:
    for shown in (hostile.facts(), hostile.query("SELECT ?c ?words { ?c kg:words ?words }"), hostile):
        reader = Reader()
        reader.feed(shown._repr_html_())
        assert reader.tags <= {"table", "thead", "tbody", "tr", "th", "td", "p", "caption"}
        assert reader.attributes <= {"dir", "scope"}
    reader = Reader()
    reader.feed(hostile.facts()._repr_html_())
    assert any("</script>" in words for words in reader.words)


def test_a_terminal_shows_a_row_in_a_line_and_obeys_nothing(hostile: kg.Graph) -> None:
    shown = repr(hostile.facts())
    assert len(shown.splitlines()) == len(hostile.facts()) + 1
    assert all(c.isprintable() for line in shown.split("\n") for c in line)
    assert HOSTILE[:10] in str([f.object for f in hostile.facts()])


def test_a_long_table_says_what_is_left_out(graph: kg.Graph) -> None:
    facts = graph.facts()
    assert repr(facts).endswith(f"... {len(facts) - 30} of {len(facts)} rows more")
    assert f"of {len(facts)} rows more</p>" in facts._repr_html_()
    assert len(facts[30:]) == len(facts) - 30
    assert "... " not in repr(facts[:3])


def test_a_column_that_is_not_there_is_told(graph: kg.Graph) -> None:
    with pytest.raises(kg.KgError, match="no column 'whom'; there are who, "):
        graph.query(QUESTION).column("whom")


def test_a_moment_is_its_day(built: Built) -> None:
    said = kg.extract(
        "Jane Roe, minister of the Ministry of Tea, left.",
        root=built.root,
        published=datetime(2024, 1, 3, 10, 5, tzinfo=UTC),
    )
    assert {fact.qualifiers.get("asOf") for fact in said if fact.relation == "holdsPost"} == {"2024-01-03"}


def test_a_truth_in_another_spelling_is_words(graph: kg.Graph) -> None:
    assert graph.query("SELECT ('TRUE'^^xsd:boolean AS ?x) {}")[0]["x"] == "TRUE"
