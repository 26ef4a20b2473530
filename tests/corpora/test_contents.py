from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import builds
from kg.builds import build
from kg.corpora import contents
from kg.errors import CorpusError
from kg.verdicts import Verdict, record
from tests.conftest import ROOT, SEEDS, Built, refuses, run
from tests.corpora.conftest import Keep, lines, rows


@pytest.fixture
def out(kept: Path, tmp_path: Path) -> Path:
    """Partitions that a test may change."""
    shutil.copytree(kept, tmp_path / "parts")
    return tmp_path / "parts"


def test_documents_that_failed_are_missing_and_the_build_says_so(tmp_path: Path, keep: Keep) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines([{"id": "a", "text": "Han Zheng attended the second CISCE."}, {"id": "b"}]))
    keep(path, tmp_path / "parts")
    report = build(ROOT, tmp_path / "graph", parts=tmp_path / "parts")
    assert report.documents == 1
    assert [w for w in report.warnings if "could not be read" in w] == [
        f"1 document could not be read; {tmp_path / 'parts' / 'failed.jsonl'} tells why"
    ]


# ---------------------------------------------------------------------- the page


def page(out: Path) -> str:
    return (out / "graph.html").read_text("utf-8")


def test_the_page_has_whole_texts_while_they_stand_in_the_input_and_then_quotes(tmp_path: Path, keep: Keep) -> None:
    path = tmp_path / "a.jsonl"
    said = "Han Zheng attended the second CISCE."
    texts = {"changed": "Ships came in.", "same": "Boats went out."}
    path.write_bytes(lines([{"id": name, "text": f"{said}\n{more}"} for name, more in texts.items()]))
    keep(path, tmp_path / "parts")
    build(ROOT, tmp_path / "whole", parts=tmp_path / "parts")
    path.write_bytes(path.read_bytes().replace(b"Ships came", b"Ships went"))
    build(ROOT, tmp_path / "some", parts=tmp_path / "parts")
    path.unlink()
    build(ROOT, tmp_path / "none", parts=tmp_path / "parts")
    shown = [
        [words in page(tmp_path / name) for words in (said, *texts.values())] for name in ("whole", "some", "none")
    ]
    assert shown == [[True, True, True], [True, False, True], [True, False, False]]
    assert "Ships went" not in page(tmp_path / "some")
    for name in ("some", "none"):
        for file in ("graph.ttl", "statements.jsonl", "refused.jsonl", "disagreements.jsonl"):
            assert (tmp_path / name / file).read_bytes() == (tmp_path / "whole" / file).read_bytes()


def test_of_too_many_statements_there_is_no_page_and_it_says_so(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "MOST", 5)
    report = build(ROOT, tmp_path / "graph", parts=out)
    assert report.statements > 5
    assert f"{report.statements} statements are too many for one page" in report.warnings
    assert f"<p>{report.statements} statements are too many for one page." in page(tmp_path / "graph")
    assert len(page(tmp_path / "graph")) < 500


# ---------------------------------------------------------------------- what is not whole


@pytest.mark.parametrize(
    "name", ["statements-000001.jsonl", "documents-000002.jsonl", "receipt-000001.json"], ids=lambda n: n.split("-")[0]
)
@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_file_that_is_not_as_it_was_written(name: str, damage: str, out: Path, tmp_path: Path) -> None:
    path = out / name
    before = path.read_bytes()
    path.unlink()
    if damage == "changed":
        path.write_bytes(before.replace(b"1", b"2"))
    done = run("build", "--from", out, "--out", tmp_path / "graph")
    refuses(done, 2, f"{path}: is missing, or not as it was written; delete it and run the same `kg extract` again")
    assert not (tmp_path / "graph").exists()


def test_what_is_not_complete_is_refused(out: Path, tmp_path: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text())
    (out / "manifest.json").write_text(json.dumps({**manifest, "complete": False}))
    refuses(run("build", "--from", out, "--out", tmp_path / "graph"), 2, "is not complete; run the same `kg extract`")


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"schema": 99}'], ids=["none", "empty", "list", "schema"])
def test_a_folder_without_a_manifest_is_none(content: bytes | None, out: Path, tmp_path: Path) -> None:
    (out / "manifest.json").unlink()
    if content is not None:
        (out / "manifest.json").write_bytes(content)
    refuses(run("build", "--from", out, "--out", tmp_path / "graph"), 2, "holds no partitions; `kg extract PATH...")


def test_other_rules_are_refused_and_a_verdict_is_none(project: Path, out: Path) -> None:
    contents.open_(out, project / "ontology")
    record(project / "ontology", Verdict("0" * 16, "succession", "She followed him."))
    contents.open_(out, project / "ontology")
    with (project / "ontology" / "kg.ttl").open("a") as file:
        file.write("\n# Another one.\n")
    with pytest.raises(CorpusError, match="was read with another ontology"):
        contents.open_(out, project / "ontology")


def test_two_documents_of_one_name_are_refused(tmp_path: Path, keep: Keep) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([{"id": "a", "text": f"Trade grew {n} times."} for n in range(2)]))
    keep(tmp_path / "a.jsonl", tmp_path / "parts")
    refuses(run("build", "--from", tmp_path / "parts", "--out", tmp_path / "graph"), 2, "two documents have the id 'a'")


# ---------------------------------------------------------------------- quads


def test_the_quads_of_all_documents_are_the_graph_but_for_what_comparing_them_tells(
    built: Built, keep: Keep, tmp_path: Path
) -> None:
    keep(SEEDS, tmp_path / "parts", "nquads", part=5_000)
    files = [*sorted((tmp_path / "parts").glob("quads-*.nq")), tmp_path / "parts" / "background.nq"]
    assert len(files) > 3
    store = ox.Store()
    for file in files:
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    graph = ox.Store()
    graph.bulk_load(path=str(built.graph), format=ox.RdfFormat.TURTLE)
    mine, whole = ({q.triple for q in one} for one in (store, graph))
    terms = "https://kg.example.org/ontology#"
    missing = {t.predicate.value.removeprefix(terms) for t in whole - mine}
    assert missing == {"independentDocuments"}
    more = {t for t in mine - whole if not about_terms(t)}
    assert more == set()
    names = {q.graph_name.value for q in store if isinstance(q.graph_name, ox.NamedNode)}
    assert names == {f"https://kg.example.org/document/{p.stem}" for p in SEEDS.glob("*.txt")}


def about_terms(triple: ox.Triple) -> bool:
    """Whether it is of the vocabulary or of a rule: the graph has those that it uses."""
    subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
    return subject.startswith(("https://kg.example.org/ontology", "https://kg.example.org/rule/")) or not (
        subject.startswith("https://kg.example.org/")
    )


def test_quads_are_not_for_a_build(keep: Keep, corpus: Path, tmp_path: Path) -> None:
    keep(corpus, tmp_path / "parts", "nquads")
    refuses(
        run("build", "--from", tmp_path / "parts", "--out", tmp_path / "graph"), 2, "which are for a store", "jsonl"
    )


# ---------------------------------------------------------------------- rows


def test_rows_have_all_that_the_command_prints(kept: Path, corpus: Path) -> None:
    printed = [json.loads(line) for line in run("extract", "--all", corpus, "--jobs", "1").stdout.splitlines()]
    assert [{key: one[key] for key in other} for one, other in zip(rows(kept), printed, strict=True)] == printed


def test_parquet_has_the_same_rows(kept: Path, corpus: Path, keep: Keep, tmp_path: Path) -> None:
    from kg.corpora.formats import columns

    keep(corpus, tmp_path / "parts", "parquet")
    found = [row for path in sorted((tmp_path / "parts").glob("statements-*")) for row in columns.read(path)]
    assert found == rows(kept)
