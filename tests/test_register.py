from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser
from rdflib import Graph
from rdflib.query import ResultRow

from kg import register, turtle, verdicts
from kg.errors import KgError
from tests.conftest import Built, copied, refuses, run
from tests.page.visits import visit

#: A second minister as of the day of the first, in a document of its own; and the sentence of the first in another.
SECOND = "Ada Lindqvist, minister of industry and information technology, opened a tea fair in Shanghai on Monday.\n"
RECORD = 'title = "Tea fair <b>opens</b>"\ndate = 2021-03-08\n'
WIRE = "001_ec239430f14e9e0f"
OPEN = """SELECT ?about ?who ?day WHERE {
    ?disagreement a kg:Disagreement ; kg:verdict kg:open ; rdfs:label ?about ; kg:between ?statement .
    ?statement rdf:subject/rdfs:label ?who ; kg:evidence/kg:asOf ?day .
} ORDER BY ?who"""
DOCUMENTS = "https://kg.example.org/document/"
DISPUTED = "SELECT ?who WHERE { ?disagreement kg:disputes/rdf:subject/rdfs:label ?who }"
COPIES = "SELECT ?one ?other WHERE { ?one kg:sharesTextWith ?other } ORDER BY ?one"
SOURCES = """SELECT ?n WHERE {
    ?statement rdf:subject id:xiao-yaqing ; rdf:predicate kg:ministerOf ; kg:independentDocuments ?n .
}"""


@dataclass(frozen=True)
class Planted:
    """The seeds with a second minister and a copied paragraph, built; and what the command said."""

    root: Path
    said: str

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.exports / register.FILE).read_text("utf-8").splitlines()]

    def ask(self, query: str) -> list[tuple[str, ...]]:
        """The rows of a query, the same from Oxigraph and rdflib."""
        store, prefixes = turtle.load((self.exports / "graph.ttl").read_bytes())
        found = store.query(query, prefixes=prefixes)
        assert isinstance(found, ox.QuerySolutions)
        ours = [tuple(t.value for t in row if isinstance(t, ox.NamedNode | ox.Literal)) for row in found]
        graph = Graph().parse(self.exports / "graph.ttl", format="turtle")
        theirs = [tuple(map(str, row)) for row in graph.query(query) if isinstance(row, ResultRow)]
        assert theirs == ours
        return ours


def made(root: Path) -> Planted:
    done = run("build", cwd=root)
    assert done.returncode == 0, done
    return Planted(root, done.stderr)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    root = copied(tmp_path_factory.mktemp("planted") / "project")
    (root / "seeds" / "second.txt").write_text(SECOND, "utf-8")
    (root / "seeds" / "second.toml").write_text(RECORD, "utf-8")
    paragraph = next(x for x in (root / "seeds" / f"{WIRE}.txt").read_text("utf-8").split("\n") if "Xiao Yaqing," in x)
    copy = f"It rained on the fair, and few people came to see the tea that had won the prize.\n{paragraph}\n"
    (root / "seeds" / "copy.txt").write_text(copy, "utf-8")
    return made(root)


# ---------------------------------------------------------------------- what a build writes


def test_a_second_minister_is_one_entry_with_both_sentences_documents_and_days(planted: Planted) -> None:
    (row,) = planted.rows()
    assert (row["about"], row["verdict"]) == ("minister of: Ministry of Industry and Information Technology", "open")
    first, second = row["statements"]
    assert first["says"] == "Xiao Yaqing minister of Ministry of Industry and Information Technology"
    assert first["as_of"] == second["as_of"] == ["2021-03-08", "2021-03-08"]
    assert {e["document"]: e["published"] for e in first["evidence"]} == {WIRE: "2021-03-08", "copy": None}
    assert [e["quote"] for e in second["evidence"]] == [SECOND.strip()]
    assert row["disputes"] == [second["statement"]]
    assert "Disagreements: 1 open; `kg disagreements` shows them.\n" in planted.said


def test_the_seeds_alone_have_an_empty_register(built: Built) -> None:
    assert (built.exports / register.FILE).read_bytes() == b""
    assert "No two statements disagree.\n" in built.done.stderr


def test_both_engines_find_the_open_disagreement(planted: Planted) -> None:
    about = "minister of: Ministry of Industry and Information Technology"
    assert planted.ask(OPEN) == [(about, who, "2021-03-08") for who in ("Ada Lindqvist", "Xiao Yaqing")]
    assert planted.ask(DISPUTED) == [("Ada Lindqvist",)]


def test_the_saved_question_gives_both_sides(planted: Planted) -> None:
    done = run("query", "disagreements", "--why", "--labels", cwd=planted.root)
    rows = [
        (r["subjectLabel"], r["verdictLabel"], r["disputed"], r["whyDocument"])
        for r in csv.DictReader(done.stdout.splitlines())
    ]
    assert rows == [
        ("Xiao Yaqing", "open", "false", f"{DOCUMENTS}{WIRE}"),
        ("Xiao Yaqing", "open", "false", f"{DOCUMENTS}copy"),
        ("Ada Lindqvist", "open", "true", f"{DOCUMENTS}second"),
    ]


def test_whoever_asks_is_told_of_open_disagreements(planted: Planted) -> None:
    asked = run("query", "holders-in-order", cwd=planted.root)
    assert asked.stderr == "note: 2 statements are in an open disagreement: `kg query disagreements --why`\n"
    assert run("query", "members-of-an-alliance", cwd=planted.root).stderr == ""


def test_both_engines_tell_the_copy_and_count_it_once(planted: Planted) -> None:
    pair = [f"{DOCUMENTS}{name}" for name in (WIRE, "copy")]
    assert planted.ask(COPIES) == [(pair[0], pair[1]), (pair[1], pair[0])]
    assert planted.ask(SOURCES) == [("1",)]


def test_explain_tells_how_many_say_so_and_who_says_otherwise(planted: Planted) -> None:
    (row,) = planted.rows()
    done = run("explain", "Xiao Yaqing", "ministerOf", "MIIT", cwd=planted.root)
    *_, said, other = done.stdout.splitlines()
    assert said.endswith("Ministry of Industry and Information Technology: said by 1 document")
    assert other.startswith(f"  open disagreement {row['disagreement']}, with: Ada Lindqvist minister of ")
    two = run("explain", "Xiao Yaqing", "spokeAt", "press conference", cwd=planted.root).stdout
    assert "press conference: said by 2 independent documents\n" in two


# ---------------------------------------------------------------------- on the command line


def test_the_list_for_people_and_for_programs(planted: Planted) -> None:
    (row,) = planted.rows()
    done = run("disagreements", cwd=planted.root)
    assert (done.returncode, done.stderr) == (0, "1 disagreement, 1 open\n")
    assert done.stdout.startswith(f"{row['disagreement']}  minister of: ")
    assert f"    second: {SECOND}" in done.stdout
    assert [json.loads(x) for x in run("disagreements", "--json", cwd=planted.root).stdout.splitlines()] == [row]


WRONG = {
    "unknown id": (["ffffffffffffffff"], 2, "ffffffffffffffff: no disagreement of the last build has this id"),
    "verdict without id": (["--verdict", "open", "--why", "x"], 2, "--verdict needs the id of a DISAGREEMENT"),
    "verdict without reason": (["ID", "--verdict", "open"], 2, "--verdict and --why go together"),
    "empty reason": (["ID", "--verdict", "open", "--why", " "], 2, "must not be empty"),
    "unknown verdict": (["ID", "--verdict", "sucession", "--why", "x"], 2, "did you mean 'succession'?"),
    "verdict as JSON": (["ID", "--verdict", "open", "--why", "x", "--json"], 2, "--json are for the list"),
}


@pytest.mark.parametrize(("arguments", "code", "what"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_asked_or_decided(arguments: list[str], code: int, what: str, planted: Planted) -> None:
    (row,) = planted.rows()
    before = (planted.root / "ontology" / verdicts.FILE).read_bytes()
    done = run("disagreements", *(row["disagreement"] if a == "ID" else a for a in arguments), cwd=planted.root)
    refuses(done, code, what)
    assert (planted.root / "ontology" / verdicts.FILE).read_bytes() == before


_ROW = {
    "schema": 9, "disagreement": "", "about": "", "verdict": "", "why": "", "suggestion": "", "disputes": "",
    "statements": [],
}  # fmt: skip


@pytest.mark.parametrize(
    "content",
    ["{", json.dumps(_ROW), "[]", '{"schema": 1}'],
    ids=["no JSON", "another schema", "no object", "keys missing"],
)
def test_a_file_that_is_no_register_is_told(content: str, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no such file; `kg build` makes it"):
        register.read(tmp_path)
    (tmp_path / register.FILE).write_text(content, "utf-8")
    with pytest.raises(KgError, match=register.FILE):
        register.read(tmp_path)


def test_a_verdict_is_heeded_and_told_when_it_is_stale(planted: Planted, tmp_path: Path) -> None:
    root = copied(tmp_path / "project")
    for name in ("second.txt", "second.toml", f"{WIRE}.txt", f"{WIRE}.toml"):
        (root / "seeds" / name).write_bytes((planted.root / "seeds" / name).read_bytes())
    for path in (root / "seeds").glob("00[0234]_*"):
        path.unlink()
    before = made(root)
    (row,) = before.rows()
    done = run("disagreements", row["disagreement"], "--verdict", "source error", "--why", "a <b>slip</b>", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    listed = run("disagreements", cwd=root)
    assert "[source error]" in listed.stdout
    assert run("disagreements", "--open", cwd=root).stdout == ""
    after = made(root)
    assert "Disagreements: 1 source error; " in after.said
    assert [(r["verdict"], r["why"]) for r in after.rows()] == [("source error", "a <b>slip</b>")]
    assert after.ask(OPEN) == []
    reasons = "SELECT ?why WHERE { ?d kg:verdict kg:sourceError ; kg:reason ?why }"
    assert after.ask(reasons) == [("a <b>slip</b>",)]
    (root / "seeds" / "second.txt").unlink()
    (root / "seeds" / "second.toml").unlink()
    gone = made(root)
    assert gone.rows() == []
    assert f"warning: the verdict on {row['disagreement']} (source error: Xiao Yaqing minister of" in gone.said


def test_a_faulty_file_of_verdicts_stops_the_build(project: Path) -> None:
    (project / "ontology" / verdicts.FILE).write_text('[[verdict]]\ndisagreement = "x"\n', "utf-8")
    done = run("build", cwd=project)
    assert done.returncode == 2
    assert f"{verdicts.FILE}:1: `why` is missing" in done.stderr
    assert not (project / "exports").exists()


# ---------------------------------------------------------------------- the page of that build


def test_the_page_draws_one_arrow_as_open_and_leads_to_what_it_disagrees_with(
    planted: Planted, browser: Browser
) -> None:
    (row,) = planted.rows()
    stands, disputed = (one["statement"] for one in row["statements"])
    with visit(browser, planted.exports / "graph.html") as seen:
        edges = seen.network("body.data.edges.get()")
        assert [(e["id"], e["label"]) for e in edges if e.get("disputed")] == [(disputed, "minister of (open)")]
        look = {e["id"]: (e.get("dashes"), e["color"]["color"]) for e in edges}
        assert [id_ for id_ in look if look[id_] == look[disputed]] == [disputed]
        seen.go(f"#statement={disputed}")
        assert "Open disagreement" in seen.panel()
        seen.page.click("#panel .disagreement button.link")
        assert f"statement={stands}" in seen.page.url
        assert "Ada Lindqvist — minister of →" in seen.panel()
        assert "2 sentences in 2 documents, 1 independent" in seen.panel()
        assert "Shares text with" in seen.panel()
