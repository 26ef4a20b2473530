"""`kg release`: the same bytes, all or nothing, over nothing that is somebody's own; what changed since the last."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, parse
from rdflib.plugins.sparql import prepareQuery

import kg
from kg import turtle
from kg.errors import KgError
from kg.release import changes
from tests.conftest import ROOT, Built, refuses, run


def found(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def again(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the release, written over by the same once more: elsewhere, in another order of hashes, to a link."""
    folder = tmp_path_factory.mktemp("again")
    shutil.copytree(ROOT / "ontology", folder / "ontology")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(released, folder / "real")
    (folder / "link").symlink_to("real")
    env = {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    done = run("--root", folder, "release", folder / "link", "--json", cwd=folder, env=env)
    assert done.returncode == 0, done
    assert json.loads(done.stdout) == {
        "version": kg.__version__,
        "since": "",
        "triples": len(kg.load(released)),
        "statements": len({fact.statement for fact in kg.load(released).facts()}),
        "files": len(found(released)),
    }
    return folder


def test_the_same_bytes_in_another_place_and_over_itself(released: Path, again: Path) -> None:
    assert found(again / "real") == found(released)
    assert (again / "link").is_symlink()
    assert sorted(p.name for p in again.iterdir()) == ["link", "ontology", "real", "seeds"]


def test_the_build_in_it_is_that_of_the_build(released: Path, built: Built) -> None:
    for path in built.exports.iterdir():
        assert (released / path.name).read_bytes() == path.read_bytes(), path.name


def test_all_that_was_curated_is_in_it(released: Path) -> None:
    theirs = released / "ontology"
    for path in (p for p in (ROOT / "ontology").rglob("*") if p.is_file()):
        content = (theirs / path.relative_to(ROOT / "ontology")).read_bytes()
        assert content.endswith(path.read_bytes())
        before = content.removesuffix(path.read_bytes()).splitlines()
        start = {".ttl": b"@base <", ".rq": b"PREFIX "}.get(path.suffix, b"none")
        assert all(line.startswith(start) for line in before), path


def test_questions_and_checks_are_whole_for_engines_that_know_no_kg(released: Path) -> None:
    store, _ = turtle.load((released / "graph.ttl").read_bytes())
    queries = sorted((released / "ontology").glob("*/*.rq"))
    assert {path.parent.name for path in queries} == {"checks", "queries"}
    for path in queries:
        text = path.read_text("utf-8")
        prepareQuery(text)
        found = store.query(text)
        assert isinstance(found, QuerySolutions)
        assert bool(list(found)) or path.parent.name == "checks" or "#+ may-be-empty:" in text, path


def test_it_is_asked_and_reads_texts_by_itself(released: Path, tmp_path: Path) -> None:
    assert len(kg.load(released).query("posts-on-a-day", day="2021-03-15")) > 0
    done = run("--root", released, "query", "posts-on-a-day", "--graph", released / "graph.ttl", cwd=tmp_path)
    assert done.stdout.startswith("person,")
    assert kg.extract("Han Zheng attended the second CISCE.", root=released)[0].relation == "attended"


# ---------------------------------------------------------------------- what it leaves alone


@pytest.fixture
def copy(released: Path, tmp_path: Path) -> Path:
    return shutil.copytree(released, tmp_path / "release")


def foreign(folder: Path) -> None:
    (folder / "mine.txt").write_text("mine")


def deep(folder: Path) -> None:
    (folder / "ontology" / "mine.ttl").write_text("mine")


def changed(folder: Path) -> None:
    (folder / "README.md").write_text("mine")


def unsummed(folder: Path) -> None:
    (folder / "SHA256SUMS").write_text("no sums\n")


def linked(folder: Path) -> None:
    (folder / "link").symlink_to(folder / "README.md")


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (foreign, "mine.txt is of no release; name another folder"),
        (deep, "ontology/mine.ttl is of no release"),
        (changed, "README.md was changed since its release was written"),
        (unsummed, "is of no release"),
        (linked, "link is of no release"),
    ],
)
def test_a_folder_that_is_no_release_stays_as_it_is(spoil: object, what: str, copy: Path, built: Built) -> None:
    assert callable(spoil)
    spoil(copy)
    before = found(copy)
    refuses(run("release", copy, cwd=built.root), 4, str(copy), what)
    assert found(copy) == before


def test_a_file_is_no_folder_and_an_empty_one_is_free(tmp_path: Path, built: Built) -> None:
    (tmp_path / "file").write_text("mine")
    refuses(run("release", tmp_path / "file", cwd=built.root), 4, "is a file")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_project_with_a_fault_leaves_the_release_before_it(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "p" / "ontology").mkdir(parents=True)
    before = found(copy)
    assert run("--root", tmp_path / "p", "release", copy, cwd=tmp_path).returncode == 2
    assert found(copy) == before


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--version", "../1"), "'../1' is no version"),
        (("--version", ""), "'' is no version"),
        (("--version", "1 0"), "such as 0.2.0"),
        (("--since", "nowhere"), "nowhere: is no release"),
        (("--since", "exports"), "exports: is no release; name a folder that `kg release` wrote"),
    ],
)
def test_what_is_no_version_and_no_release_is_told(arguments: tuple[str, ...], what: str, built: Built) -> None:
    refuses(run("release", "out", *arguments, cwd=built.root), 2, what)
    assert not (built.root / "out").exists()


# ---------------------------------------------------------------------- what changed


def test_the_first_release_says_so(released: Path) -> None:
    assert "0.1.0 is the first release" in (released / "CHANGES.md").read_text("utf-8")


def test_a_release_tells_what_it_gained_and_lost_since_the_one_beside_it(released: Path, project: Path) -> None:
    releases = project / "releases"
    shutil.copytree(released, releases / "0.1.0")
    (releases / "notes").mkdir()
    (project / "seeds" / "new.txt").write_text("Han Zheng attended the second CISCE.\n\n````\nrm -rf\n", "utf-8")
    for path in (project / "seeds").glob("002*"):
        path.unlink()
    done = run("release", releases / "0.2.0", "--version", "0.2.0", cwd=project)
    assert done.returncode == 0, done
    assert done.stderr.startswith("Release 0.2.0 (since 0.1.0): ")
    told = (releases / "0.2.0" / "CHANGES.md").read_text("utf-8")
    gone = {f.statement for f in kg.load(released).facts() if f.document.startswith("002")}
    now = {f.statement for f in kg.load(releases / "0.2.0").facts()}
    before = {f.statement for f in kg.load(released).facts()}
    assert gone - now
    assert f"{len(now - before)} statements gained, {len(before - now)} lost" in told
    signs = [line[0] for line in told.splitlines() if line[:2] in {"+ ", "- "}]
    assert (signs.count("+"), signs.count("-")) == (len(now - before), len(before - now))
    assert "\n    new, events.attended: Han Zheng attended the second CISCE.\n" in told
    # What the other documents say has not changed by it.
    assert graphs_of(releases / "0.2.0", without="new") == graphs_of(released, without="002")
    described = (releases / "0.2.0" / "void.ttl").read_text("utf-8")
    assert "dcat:previousVersion <https://kg.example.org/release/0.1.0>" in described


def graphs_of(release: Path, *, without: str) -> set[Quad]:
    """What stands in the graphs of documents, but for those whose name begins so."""
    quads = parse((release / "graph.trig").read_bytes(), format=RdfFormat.TRIG)
    start = f"https://kg.example.org/document/{without}"
    return {q for q in quads if isinstance(q.graph_name, NamedNode) and not q.graph_name.value.startswith(start)}


ROW = {
    "schema": 1, "document": "d", "statement": "s", "evidence": "e", "subject": "Roe", "relation": "said",
    "object": "x", "status": "asserted", "label": "said", "qualifiers": {}, "start": 0, "quote": "a\n````\nb",
    "rule": "r",
}  # fmt: skip


def test_no_document_ends_the_block_of_changes() -> None:
    told = changes.told("0.2", [{**ROW, "object": "````\n# Ours\n"}], changes.Earlier("0.1", [])).decode()
    lines = told.split("\n")
    fences = [n for n, line in enumerate(lines) if line.lstrip("`") in {"", "diff"} and line.startswith("`````")]
    assert len(fences) == 2
    assert fences[0] < lines.index("# Ours") < fences[1]


def test_nothing_changed_is_told_in_a_line() -> None:
    told = changes.told("0.2", [ROW], changes.Earlier("0.1", [ROW])).decode()
    assert told == "# Changes\n\n0.2 since 0.1: 0 statements gained, 0 lost, 0 on other evidence (`~`).\n"


@pytest.mark.parametrize(
    ("version", "expected"),
    [("0.1.0", None), ("0.2.0", "0.1.0"), ("0.10.0", "0.9.0"), ("1.0", "1.0-rc1"), ("1.0-rc1", "0.10.0")],
)
def test_the_release_before_is_the_last_of_those_beside_it(
    version: str, expected: str | None, released: Path, tmp_path: Path
) -> None:
    for other in ("0.1.0", "0.9.0", "0.10.0", "1.0-rc1", "1.0"):
        folder = tmp_path / f"kg-{other}"
        folder.mkdir()
        shutil.copy(released / "SHA256SUMS", folder)
        shutil.copy(released / "statements.jsonl", folder)
        described = (released / "void.ttl").read_text("utf-8")
        (folder / "void.ttl").write_text(described.replace('version "0.1.0"', f'version "{other}"'), "utf-8")
    before = changes.beside(tmp_path / f"kg-{version}", version)
    assert (before.version if before else None) == expected


def test_what_stands_beside_and_is_no_release_is_passed_over(tmp_path: Path, copy: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (copy / "void.ttl").write_text("no Turtle")
    assert changes.beside(tmp_path / "new", "9") is None
    with pytest.raises(KgError, match="is no release"):
        changes.earlier(copy)
