from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg import turtle
from kg.builds import build, families, sayings
from kg.checks import Severity, inspect
from kg.checks.gates import findings
from kg.collection import knowledge, union
from kg.document import gather
from kg.errors import DocumentError, ExportError, GraphError, KgError
from kg.pipeline import Ontology
from kg.project import root
from kg.turtle import RDF
from tests.conftest import ONTOLOGY, ROOT, SEEDS, Built, copied, run

BASE = "https://kg.example.org/"
FILES = ["disagreements.jsonl", "graph.html", "graph.ttl", "refused.jsonl", "statements.jsonl"]


def exported(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def store(built: Built) -> tuple[ox.Store, dict[str, str]]:
    return turtle.load(built.graph.read_bytes())


# ---------------------------------------------------------------------- the same bytes


def test_the_same_bytes_in_another_place_order_and_locale(built: Built, tmp_path: Path) -> None:
    again = copied(tmp_path / "elsewhere" / "with space")
    out = tmp_path / "out"
    other = {"PYTHONHASHSEED": "2", "LC_ALL": "C", "LANG": "", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"}
    done = run("--root", again, "build", "--out", out, "--json", cwd=tmp_path, env=other)
    assert (done.returncode, done.stderr) == (0, "")
    assert exported(out) == exported(built.exports)
    assert not (again / "exports").exists()


def test_a_build_writes_five_files_and_no_more(built: Built) -> None:
    assert sorted(exported(built.exports)) == FILES
    assert sorted(p.name for p in built.root.iterdir()) == ["exports", "ontology", "seeds"]
    assert {p.name for p in (built.root / "seeds").iterdir()} == {p.name for p in SEEDS.iterdir()}


def test_no_export_tells_where_it_was_built(built: Built) -> None:
    for name, content in exported(built.exports).items():
        for place in (str(built.root), str(ROOT), str(Path.home())):
            assert place.encode() not in content, name


def test_an_export_ends_with_a_line_end_and_has_no_other_than_line_feeds(built: Built) -> None:
    for name in FILES[1:]:
        content = exported(built.exports)[name]
        assert not content or content.endswith(b"\n")
        assert b"\r" not in content


# ---------------------------------------------------------------------- the graph


def test_two_libraries_read_the_same_triples(built: Built, store: tuple[ox.Store, dict[str, str]]) -> None:
    graph = Graph().parse(built.graph, format="turtle")
    assert len(graph) == len(store[0])
    assert len(graph) > 1_000


def test_no_node_is_blank(store: tuple[ox.Store, dict[str, str]]) -> None:
    assert [q for q in store[0] if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)] == []


def test_the_graph_passes_every_check(built: Built) -> None:
    texts = {p.stem: p.read_bytes().decode() for p in SEEDS.glob("*.txt")}
    report = inspect(built.graph.read_bytes(), ontology=ONTOLOGY, texts=texts)
    assert [str(f) for f in report.findings if f.severity is not Severity.INFO] == []
    assert (report.nodes, report.quotes) == (report.all_nodes, report.all_quotes)


def minister(store: ox.Store, prefixes: dict[str, str]) -> ox.NamedNode:
    found = store.query(
        "SELECT ?s { ?s rdf:predicate kg:ministerOf ; rdf:subject id:xiao-yaqing ; kg:status kg:asserted }",
        prefixes=prefixes,
    )
    assert isinstance(found, ox.QuerySolutions)
    (row,) = found
    assert isinstance(row["s"], ox.NamedNode)
    return row["s"]


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        ("kg:evidence", "without evidence"),
        ("kg:status", ""),
        ("rdf:object", ""),
    ],
)
def test_a_graph_that_lost_one_triple_is_found_out(
    taken: str, told: str, store: tuple[ox.Store, dict[str, str]]
) -> None:
    whole, prefixes = store
    statement = minister(whole, prefixes)
    prefix, _, local = taken.partition(":")
    less = ox.Store()
    less.extend(q for q in whole if (q.subject, q.predicate.value) != (statement, prefixes[prefix] + local))
    assert len(less) < len(whole)
    found = [str(f) for f in findings(less, ONTOLOGY, prefixes)]
    assert [f for f in found if told in f and "xiao-yaqing" in f], found


def test_a_plain_triple_that_nobody_states_is_found_out(store: tuple[ox.Store, dict[str, str]]) -> None:
    whole, prefixes = store
    more = ox.Store()
    more.extend(whole)
    made_up = (ox.NamedNode(f"{BASE}id/{who}") for who in ("han-zheng", "miit"))
    person, ministry = made_up
    more.add(ox.Quad(person, ox.NamedNode(f"{BASE}ontology#ministerOf"), ministry))
    found = [str(f) for f in findings(more, ONTOLOGY, prefixes)]
    assert [f for f in found if "han-zheng" in f]


def test_statements_and_rows_agree(built: Built, store: tuple[ox.Store, dict[str, str]]) -> None:
    rows = built.rows()
    in_graph = {
        q.subject.value
        for q in store[0]
        if q.predicate.value == f"{RDF}predicate" and isinstance(q.subject, ox.NamedNode)
    }
    assert in_graph == {f"{BASE}statement/{r['statement']}" for r in rows}
    evidence = Counter(
        q.object.value
        for q in store[0]
        if q.predicate.value == f"{BASE}ontology#evidence" and isinstance(q.object, ox.NamedNode)
    )
    assert evidence == Counter(f"{BASE}evidence/{r['evidence']}" for r in rows)


def test_what_was_refused_is_in_no_other_file(built: Built) -> None:
    refused = {r["statement"] for r in built.rows("refused.jsonl")}
    assert refused & {r["statement"] for r in built.rows()} == set()
    graph = built.graph.read_text("utf-8")
    assert [s for s in refused if s in graph] == []


def test_a_machine_translation_is_marked_and_no_other_document(store: tuple[ox.Store, dict[str, str]]) -> None:
    marked = {
        q.subject.value.removeprefix(f"{BASE}document/")
        for q in store[0]
        if isinstance(q.subject, ox.NamedNode)
        and q.subject.value.startswith(f"{BASE}document/")
        and q.predicate.value == f"{BASE}ontology#machineTranslated"
        and q.object == ox.Literal(True)
    }
    assert marked == {"001_ec239430f14e9e0f"}


# ---------------------------------------------------------------------- documents together


def small(project: Path, **texts: str) -> Path:
    """The project with these documents instead of its own."""
    for path in (project / "seeds").iterdir():
        path.unlink()
    for name, text in texts.items():
        (project / "seeds" / f"{name}.txt").write_text(text, "utf-8")
    return project


def test_a_fact_in_three_documents_is_one_statement_with_three_pieces_of_evidence(
    project: Path, ontology: Ontology
) -> None:
    small(
        project,
        a="Xiao Yaqing, minister of MIIT, left.\n",
        b="The forum closed. Xiao Yaqing, Minister of Industry and Information Technology, left.\n",
        c="Xiao Yaqing is the minister of MIIT.\n",
    )
    made = knowledge(gather([project / "seeds"]), ontology)
    (statement,) = (s for s in made.statements if s.relation == "holdsPost")
    assert [e.document for e in statement.evidence] == ["a", "b", "c"]
    assert [e.rule.partition(".")[0] for e in statement.evidence] == ["posts"] * 3


def test_two_documents_with_a_ceremony_and_a_li_jian_give_four_nodes_in_the_graph(project: Path) -> None:
    said = "Chinese Vice Premier Li Jian attended the opening ceremony.\n"
    small(project, one=said, two=said)
    build(project, project / "exports")
    store, prefixes = turtle.load((project / "exports" / "graph.ttl").read_bytes())
    found = store.query(
        'SELECT DISTINCT ?thing { ?thing rdfs:label ?l FILTER (str(?l) IN ("Li Jian", "opening ceremony")) }',
        prefixes=prefixes,
    )
    assert isinstance(found, ox.QuerySolutions)
    assert sorted(
        row["thing"].value.removeprefix(f"{BASE}id/") for row in found if isinstance(row["thing"], ox.NamedNode)
    ) == [
        "one/li-jian",
        "one/opening-ceremony",
        "two/li-jian",
        "two/opening-ceremony",
    ]


def test_hostile_words_of_a_document_stay_words_in_every_export(project: Path) -> None:
    hostile = '</script><script>alert(1)</script> """ . \\ {{7*7}} \u2028 <b> & \u202e'
    small(project, a=f"Xiao Yaqing, minister of MIIT, said that {hostile} will grow.\n")
    report = build(project, project / "exports")
    assert report.statements == 2
    page = (project / "exports" / "graph.html").read_text("utf-8")
    assert "<script>alert" not in page
    store, _ = turtle.load((project / "exports" / "graph.ttl").read_bytes())
    quotes = [
        q.object.value
        for q in store
        if q.predicate.value == f"{BASE}ontology#quote" and isinstance(q.object, ox.Literal)
    ]
    assert quotes
    assert all(hostile.split()[0] in quote for quote in quotes)


def test_a_document_without_a_fact_is_built_all_the_same(project: Path) -> None:
    small(project, a="It rained.\n")
    report = build(project, project / "exports")
    assert (report.documents, report.statements, report.dispositions["undecided"]) == (1, 0, 1)
    assert sorted(exported(project / "exports")) == FILES


def test_the_report_counts_what_was_written(project: Path) -> None:
    small(project, a="Xiao Yaqing attended the second CISCE. Xiao Yaqing never attended the forum. It rained.\n")
    seen: list[str] = []
    report = build(project, project / "exports", progress=seen.append)
    rows = (project / "exports" / "statements.jsonl").read_text().splitlines()
    refused = (project / "exports" / "refused.jsonl").read_text().splitlines()
    assert (report.evidence, report.refused) == (len(rows), len(refused))
    assert sum(report.dispositions.values()) == 3
    assert seen[0] == "a.txt"
    assert seen[-1] == "page"


def test_union_is_in_the_order_of_ids_and_loses_nothing(ontology: Ontology) -> None:
    made = knowledge(gather([SEEDS]), ontology)
    every = [s for e in made.extractions for s in e.statements]
    assert [s.id for s in made.statements] == sorted({s.id for s in every})
    assert sum(len(s.evidence) for s in made.statements) == sum(len(s.evidence) for s in every)
    assert union(reversed(every)) == made.statements


# ---------------------------------------------------------------------- errors


@pytest.fixture
def old(project: Path) -> Path:
    """A small project that was built once."""
    small(project, a="Xiao Yaqing attended the second CISCE.\n")
    build(project, project / "exports")
    return project


def test_an_error_leaves_the_old_exports_whole(old: Path) -> None:
    before = exported(old / "exports")
    (old / "seeds" / "b.txt").write_bytes(b"")
    with pytest.raises(DocumentError):
        build(old, old / "exports")
    assert exported(old / "exports") == before


def test_a_graph_that_breaks_a_check_is_not_written(old: Path) -> None:
    before = exported(old / "exports")
    (old / "ontology" / "checks" / "nobody.rq").write_text(
        "#+ summary: Somebody was there\n#+ severity: ERROR\nSELECT ?who { ?who kg:attended ?what }\n"
    )
    (old / "seeds" / "b.txt").write_text("Han Zheng attended the second CISCE.\n")
    with pytest.raises(GraphError, match="Somebody was there: id:han-zheng"):
        build(old, old / "exports")
    assert exported(old / "exports") == before


def test_a_graph_that_breaks_a_shape_is_not_written(old: Path) -> None:
    before = exported(old / "exports")
    with (old / "ontology" / "shapes.ttl").open("a") as shapes:
        shapes.write(
            "\n<https://kg.example.org/shape/none> a <http://www.w3.org/ns/shacl#NodeShape> ;\n"
            "  <http://www.w3.org/ns/shacl#targetClass> <https://kg.example.org/ontology#Person> ;\n"
            "  <http://www.w3.org/ns/shacl#property> <https://kg.example.org/shape/none/age> .\n"
            "<https://kg.example.org/shape/none/age> <http://www.w3.org/ns/shacl#path> <https://schema.org/age> ;\n"
            '  <http://www.w3.org/ns/shacl#minCount> 1 ; <http://www.w3.org/ns/shacl#message> "how old?" .\n'
        )
    with pytest.raises(GraphError, match="how old"):
        build(old, old / "exports")
    assert exported(old / "exports") == before


def test_a_warning_is_reported_and_stops_nothing(old: Path) -> None:
    (old / "ontology" / "checks" / "nobody.rq").write_text(
        "#+ summary: Somebody was there\n#+ severity: WARN\nSELECT ?who { ?who kg:attended ?what }\n"
    )
    report = build(old, old / "exports")
    assert report.warnings == ("Somebody was there: id:xiao-yaqing",)


def test_exports_that_cannot_be_written_change_nothing(old: Path) -> None:
    before = exported(old / "exports")
    with pytest.raises(ExportError):
        build(old, old / "exports" / "graph.ttl")
    assert exported(old / "exports") == before


def test_nothing_recorded_of_a_sentence_that_says_something_stops_the_build(old: Path) -> None:
    from kg.document import sentence_key

    words = "Xiao Yaqing attended the second CISCE."
    (old / "seeds" / "a.toml").write_text(
        f'[[note]]\nsentence = "{sentence_key(words)}"\nwords = "Xiao"\ndisposition = "nothing"\nwhy = "vague"\n'
    )
    with pytest.raises(DocumentError, match=r"a\.toml.*nothing"):
        build(old, old / "exports")


# ---------------------------------------------------------------------- small parts


def test_the_project_is_the_nearest_folder_upward_with_an_ontology(tmp_path: Path) -> None:
    inner = tmp_path / "outer" / "inner"
    deep = inner / "seeds" / "deep"
    deep.mkdir(parents=True)
    (tmp_path / "outer" / "ontology").mkdir()
    assert root(deep) == tmp_path / "outer"
    (inner / "ontology").mkdir()
    assert root(deep) == inner
    with pytest.raises(KgError, match=r"no ontology/ here or in a folder above"):
        root(tmp_path)


def test_what_each_rule_says_and_how_each_class_is_drawn(ontology: Ontology) -> None:
    says, pattern = sayings(ontology)["posts.apposition"]
    assert says.endswith(("`.", ".", ".`"))
    assert "{person:Person}" in pattern
    drawn = families(ontology.vocabulary)
    assert [drawn[c] for c in ("Ministry", "Company", "City", "Country", "Venue", "Expo", "Person")] == [
        "Body",
        "Body",
        "Polity",
        "Polity",
        "Place",
        "Event",
        "Person",
    ]


def test_a_day_of_the_record_dates_what_the_text_does_not(project: Path, ontology: Ontology) -> None:
    small(project, a="MIIT held a press conference on March 1.\n")
    (project / "seeds" / "a.toml").write_text("date = 2021-03-03\n")
    made = knowledge(gather([project / "seeds"]), ontology)
    days = {getattr(s.object, "value", "") for s in made.statements if s.relation == "heldOn"}
    assert days == {date(2021, 3, 1).isoformat()}


def test_the_committed_exports_are_read_by_the_same_code(built: Built) -> None:
    shutil.copytree(built.exports, built.root.parent / "copy", dirs_exist_ok=True)
    done: subprocess.CompletedProcess[str] = run(
        "query", "--graph", built.root.parent / "copy" / "graph.ttl", "ASK { ?s ?p ?o }"
    )
    assert done.stdout.split() == ["answer", "true"]
