"""The commands that ask and check a built graph, as processes."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from kg import questions
from kg.graph import write
from tests.conftest import ONTOLOGY, ROOT, Built, refuses, run
from tests.knowledge import RULES, knowledge, vocabulary

WIDE = {"COLUMNS": "200"}


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    assert (done.returncode, done.stderr) == (0, ""), done
    return list(csv.DictReader(io.StringIO(done.stdout)))


# ------------------------------------------------------------------------------------------------ saved questions


def test_a_saved_question_is_asked_by_its_name(built: Built) -> None:
    found = rows(run("query", "posts-on-a-day", cwd=built.root))
    assert [row["person"].rpartition("/")[2] for row in found] == ["tian-yulong", "xiao-yaqing"]


def test_its_parameters_take_a_day_and_a_name(built: Built) -> None:
    found = rows(run("query", "posts-on-a-day", "--param", "day=2024-11-27", cwd=built.root))
    assert [row["asOf"] for row in found] == ["2024-11-27", "2024-03-20", "2021-03-08", "2021-03-08"]
    found = rows(run("query", "posts-of-a-person", "-p", "person=han zheng", "--labels", cwd=built.root))
    assert [row["postLabel"] for row in found] == ["vice president, China"]


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["SELECT * {" + "{" * 2500 + "}" * 2500 + "}"], "line 1, column 210: the query is nested too deeply"),
        (["SELECT (" + "+".join("1" * 20_000) + " AS ?x) {}"], "line 1, column 4010: the query has too many parts"),
        (["ASK {" + "OPTIONAL { ?s ?p 1 }" * 4_000 + "}"], "line 1, column 40006: the query has too many parts"),
        (["seeds"], "seeds: is a folder; name a question"),
        ([""], "nothing is asked: give a question's name"),
        (["officials-and-press", "-p", "word=\udcff"], "word: is not UTF-8"),
        (["posts-on-a-day", "-p", "day=tomorrow"], "day: 'tomorrow' is no day; a day is written 2021-03-08"),
        (["posts-on-a-day", "-p", "day"], "--param day: is written NAME=VALUE"),
        (["posts-on-a-day", "-p", "dya=2021-03-08"], "unknown parameter 'dya'; did you mean 'day'?"),
        (["posts-of-a-person", "-p", "person=Nobody"], "person: nothing in the graph has the name 'Nobody'"),
        (["posts-of-a-person", "-p", "person=han"], "the name 'han'; did you mean 'Han Zheng' or 'Shanghai' or"),
        (["posts-of-a-person", "-p", "person=Xioa Yaqing"], "the name 'Xioa Yaqing'; did you mean 'Xiao Yaqing'?"),
        (["posts-of-a-person", "-p", "person=id:nobody"], "person: nothing in the graph is id:nobody"),
        (["post-on-a-day"], "unknown question 'post-on-a-day'; did you mean 'posts-on-a-day'?"),
        (["documents", "--why"], "a column ?statement; this answer has ?document, "),
        (["ASK {}", "--why"], "a column ?statement; this answer has truth"),
    ],
    ids=[
        "deep",
        "a long sum",
        "many optional parts",
        "a folder",
        "nothing",
        "half a letter",
        "no day",
        "no value",
        "no parameter",
        "no name",
        "part of names",
        "a slip",
        "no IRI",
        "no question",
        "no statements",
        "no rows",
    ],
)
def test_what_cannot_be_asked_is_one_line(arguments: list[str], wrong: str, built: Built) -> None:
    refuses(run("query", *arguments, cwd=built.root), 2, wrong)


@pytest.mark.parametrize(
    ("sparql", "note"),
    [
        ("SELECT ?x { ?x kg:attendedd ?y }", "note: the graph does not use kg:attendedd; did you mean kg:attended?"),
        ("SELECT ?x { ?x a kg:Persn }", "note: the graph does not use kg:Persn; did you mean kg:Person?"),
        ("SELECT ?x { ?x kg:holdsPost ?y }", "note: no triple has kg:holdsPost, only properties below it: ask"),
        ("SELECT ?x { ?x kg:ministerOf 'nobody' }", ""),
        ("SELECT ?x { ?x kg:ministerOf ?y }", ""),
    ],
    ids=["a slip in a property", "a slip in a class", "a property above others", "nothing fits", "something fits"],
)
def test_an_empty_answer_says_which_terms_say_nothing(sparql: str, note: str, built: Built) -> None:
    done = run("query", sparql, cwd=built.root)
    assert done.returncode == 0
    assert done.stderr.startswith(note)
    assert bool(done.stderr) == bool(note)


def test_beside_each_row_stands_why(built: Built) -> None:
    found = rows(run("query", "posts-of-a-person", "--why", "-p", "person=Han Zheng", cwd=built.root))
    assert [row["whyQuote"][:33] for row in found] == ["Chinese Vice President Han Zheng "] * 3
    assert {row["whyRule"].rpartition("/")[2] for row in found} == {"posts.before-name"}
    assert {row["whyDocument"].rpartition("/")[2] for row in found} == {"002_6068a20fdb5ae628"}
    told = run("query", "posts-of-a-person", "--why", "--format", "json", cwd=built.root)
    (binding,) = json.loads(told.stdout)["results"]["bindings"]
    assert binding["whyQuote"]["value"].startswith("Recently, Xiao Yaqing, Minister of industry")
    assert binding["whyEvidence"]["type"] == "uri"


def test_on_a_terminal_the_sentences_stand_below_each_row(built: Built) -> None:
    done = run("query", "posts-on-a-day", "--why", "--format", "table", cwd=built.root, env=WIDE)
    assert done.returncode == 0
    assert done.stderr == "2 records\n"
    first, second = done.stdout.strip().split("\n\n")
    assert [line.split()[0] for line in first.splitlines()[:5]] == ["person", "post", "body", "asOf", "because"]
    assert "Tian Yulong  id:tian-yulong" in first
    assert "“In view of the complex economic situation, what measures should be taken" in first
    assert "doc:001_ec239430f14e9e0f, characters 328 to 598; rule:posts.apposition; machine-translated" in second


@pytest.mark.parametrize("why", [(), ("--why",)], ids=["table", "why"])
def test_hostile_words_do_not_steer_a_terminal(why: tuple[str, ...], tmp_path: Path) -> None:
    graph = tmp_path / "graph.ttl"
    graph.write_bytes(write(knowledge(), vocabulary=vocabulary(), rules=RULES))
    asked = (
        "SELECT ?measure ?words ?statement { ?statement rdf:object ?measure . ?measure a kg:Measure ; kg:words ?words }"
    )
    done = run("query", "--graph", graph, asked, "--format", "table", *why, env={"COLUMNS": "400"})
    assert done.returncode == 0
    assert "</script><script>alert(1)</script>" in done.stdout
    assert [c for c in done.stdout if not c.isprintable() and c != "\n"] == []
    assert "\\x07" in done.stdout


def test_rows_that_differ_only_in_the_statement_are_one_record(built: Built) -> None:
    done = run("query", "speakers-at-an-event", "--why", "--format", "table", cwd=built.root, env=WIDE)
    assert done.stderr == "1 record\n"
    assert done.stdout.count("because") == 6


def test_in_a_table_a_label_stands_above_its_iri(built: Built) -> None:
    done = run("query", "posts-of-a-person", "--format", "table", cwd=built.root, env=WIDE)
    lines = [[cell.strip() for cell in line.split("│")] for line in done.stdout.splitlines() if "│" in line]
    assert lines[0][3:5] == ["asserted", "2021-03-08"]
    assert (lines[0][2], lines[1][2]) == ("Ministry of Industry and Information Technology", "id:miit")
    assert done.stderr == "1 row\n"


def test_the_questions_are_listed_with_values_as_they_are_typed(built: Built) -> None:
    found = rows(run("queries", cwd=built.root))
    assert [row["question"] for row in found] == [q.name for q in questions.gather(ONTOLOGY)]
    told = {row["question"]: row["parameters"] for row in found}
    assert told["events-in-a-city"] == "city=id:beijing from=2021-01-01 to=2024-12-31"
    assert told["officials-and-press"] == "word='supply chain'"
    tagged = rows(run("queries", "--tag", "posts", cwd=built.root))
    assert {"posts-on-a-day", "posts-of-a-person"} <= {row["question"] for row in tagged} < set(told)


def test_the_questions_as_json_can_be_asked_again(built: Built) -> None:
    done = run("queries", "--json", cwd=built.root)
    told = {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert told["posts-on-a-day"]["parameters"] == [
        {
            "name": "day",
            "about": "the day; the last document up to it counts, and one of a later day says nothing of it",
            "default": "2021-03-08",
        }
    ]
    again = run("query", told["planned"]["sparql"], cwd=built.root)
    assert again.stdout == run("query", "planned", cwd=built.root).stdout != ""


@pytest.mark.parametrize("name", ["planned", "two-steps"])
def test_a_question_is_printed_for_an_engine_that_knows_no_prefix(name: str, built: Built) -> None:
    done = run("queries", name, cwd=built.root)
    assert (done.returncode, done.stderr) == (0, "")
    bare = pyoxigraph.Store()
    bare.bulk_load(path=built.graph, format=pyoxigraph.RdfFormat.TURTLE)
    found = bare.query(done.stdout)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert len(list(found)) == len(rows(run("query", name, cwd=built.root))) > 2


def test_a_question_that_there_is_not_is_not_printed(built: Built) -> None:
    refuses(run("queries", "plannd", cwd=built.root), 2, "unknown question 'plannd'; did you mean 'planned'?")
    refuses(run("queries", "--tag", "post", cwd=built.root), 2, "unknown tag 'post'; did you mean 'posts'?")


def test_an_interrupt_ends_a_query_that_does_not_come_back(tmp_path: Path, built: Built) -> None:
    # The graph comes through a pipe: once somebody reads there, the query has begun.
    pipe = tmp_path / "graph.ttl"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "kg", "query", "--graph", str(pipe), "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=built.root, env=env, stdout=subprocess.DEVNULL) as process:
        with pipe.open("wb") as writer:
            writer.write(built.graph.read_bytes())
        process.send_signal(signal.SIGINT)
        assert process.wait() == -signal.SIGINT


# ----------------------------------------------------------------------------------------------------------- check


def broken(built: Built, folder: Path, *more: str) -> Path:
    path = folder / "broken.ttl"
    path.write_text(built.graph.read_text("utf-8") + "\n".join(("", *more, "")), "utf-8")
    return path


def test_a_good_graph_is_told_so(built: Built) -> None:
    done = run("check", cwd=built.root)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "INFO   A post without a day as of which it is held (posts-without-as-of)",
        "       id:zhang-yunming post:miit/vice-minister kg:asserted",
    ]
    assert done.stderr.startswith("0 ERROR, 0 WARN, 1 INFO. Shapes held against all ")
    assert done.stderr.endswith(" quotes compared with their documents.\n")


def test_an_error_ends_with_one_and_stands_first(built: Built, tmp_path: Path) -> None:
    path = broken(
        built, tmp_path, 'id:seres rdfs:label "Seres Group" .', 'id:lost a kg:City ; rdfs:label "\\u202eLost" .'
    )
    done = run("check", "--graph", path, cwd=built.root)
    assert done.returncode == 1
    heads = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert [line.split()[0] for line in heads] == ["ERROR", "ERROR", "WARN", "INFO"]
    assert heads[1:3] == [
        "ERROR  Two labels for one thing (one-label-each)",
        "WARN   Nothing leads to a node (orphans)",
    ]


def test_a_warning_alone_is_no_failure(built: Built, tmp_path: Path) -> None:
    path = broken(built, tmp_path, 'id:lost a kg:City ; rdfs:label "Lost" .')
    done = run("check", "--graph", path, "--json", cwd=built.root)
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert report["counts"] == {"ERROR": 0, "WARN": 1, "INFO": 1}
    assert report["findings"][0] == {
        "severity": "WARN",
        "check": "orphans",
        "says": "Nothing leads to a node",
        "where": "id:lost kg:City",
    }
    assert report["nodes"]["checked"] == report["nodes"]["of"] > 500
    assert report["quotes"]["compared"] == report["quotes"]["of"] > 100
    assert "orphans" in report["checks"]


def test_many_findings_of_one_check_are_cut_on_a_terminal_only(built: Built, tmp_path: Path) -> None:
    path = broken(built, tmp_path, *(f'id:lost-{n} a kg:City ; rdfs:label "Lost {n}" .' for n in range(30)))
    done = run("check", "--graph", path, cwd=built.root)
    assert "       … and 10 more; --json has them all\n" in done.stdout
    told = json.loads(run("check", "--graph", path, "--json", cwd=built.root).stdout)
    assert told["counts"]["WARN"] == 30


def test_without_seeds_no_quote_is_compared(built: Built, tmp_path: Path) -> None:
    (tmp_path / "ontology").symlink_to(built.root / "ontology")
    done = run("--root", tmp_path, "check", "--graph", built.graph, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.count("its text is not in seeds/") == 5


@pytest.mark.parametrize(
    ("content", "code", "wrong"),
    [(None, 2, "cannot be read"), (b"no graph", 3, "the graph is no Turtle"), (b"<a:b> a <c:d> .", 3, "no prefix kg:")],
    ids=["missing", "no Turtle", "none of ours"],
)
def test_what_cannot_be_checked_is_one_line(
    content: bytes | None, code: int, wrong: str, built: Built, tmp_path: Path
) -> None:
    path = tmp_path / "graph.ttl"
    if content is not None:
        path.write_bytes(content)
    refuses(run("check", "--graph", path, cwd=built.root), code, str(path), wrong)
