from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import Ontology
from tests.conftest import ROOT, SEEDS, Built, copied, refuses, run, table

COMMANDS = tuple(
    "build extract add query queries serve check rules candidates explain ledger whynot diff judge disagreements"
    " release".split()
)
MINISTER = """SELECT ?who ?body ?quote ?document ?rule {
  ?person rdfs:label ?who ; kg:ministerOf ?ministry . ?ministry rdfs:label ?body .
  ?statement rdf:subject ?person ; rdf:predicate kg:ministerOf ; rdf:object ?ministry ; kg:status kg:asserted ;
             kg:evidence ?evidence .
  ?evidence kg:quote ?quote ; oa:hasSource ?document ; kg:byRule ?rule .
  FILTER (str(?who) = "Xiao Yaqing" && str(?body) = "Ministry of Industry and Information Technology")
}"""
EXPO = """SELECT ?where ?from ?to {
  ?expo skos:altLabel|rdfs:label|kg:alsoKnownAs ?short ; kg:heldIn ?place . ?place rdfs:label ?where .
  ?s1 rdf:subject ?expo ; rdf:predicate kg:startsOn ; rdf:object ?from ; kg:status kg:planned .
  ?s2 rdf:subject ?expo ; rdf:predicate kg:endsOn ; rdf:object ?to ; kg:status kg:planned .
  FILTER (str(?short) = "CISCE")
}"""


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    assert (done.returncode, done.stderr) == (0, ""), done
    return [json.loads(line) for line in done.stdout.split("\n") if line]


# ---------------------------------------------------------------------- bad input


BAD = {
    "latin.txt": "Han Zheng in München".encode("latin-1"),
    "empty.txt": b"",
    "blank.txt": b"\xef\xbb\xbf \r\n\t\n",
    "picture.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
}


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "none").mkdir()
    (folder / "good.txt").write_text("Han Zheng attended the second CISCE.\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("latin.txt", "latin.txt:1: is not UTF-8: byte 14"),
        ("empty.txt", "empty.txt: is empty"),
        ("blank.txt", "blank.txt: is empty"),
        ("picture.txt", "picture.txt: is a binary, not a text"),
        ("missing.txt", "missing.txt: no such file"),
        ("none", "none: is a directory without documents (*.txt, *.jsonl, *.parquet)"),
    ],
)
def test_what_is_no_document_is_refused(name: str, what: str, bad: Path) -> None:
    refuses(run("extract", "--format", "jsonl", bad / name), 2, str(bad), what)


def test_a_bad_document_does_not_stop_the_good_ones_and_is_told(bad: Path) -> None:
    done = run("extract", bad / "latin.txt", bad / "good.txt")
    assert (done.returncode, done.stdout) == (1, run("extract", bad / "good.txt").stdout)
    assert done.stdout
    assert done.stderr == f"kg: {bad / 'latin.txt'}:1: is not UTF-8: byte 14 cannot be read\n"


@pytest.mark.parametrize(
    ("stdin", "what"),
    [
        (b"", "-: is empty"),
        (b"caf\xe9", "-:1: is not UTF-8: byte 3"),
        (b"a\0b", "-: is a binary, not a text"),
    ],
    ids=["empty", "latin-1", "binary"],
)
def test_what_is_no_text_on_standard_input_is_refused(stdin: bytes, what: str) -> None:
    refuses(run("extract", "-", stdin=stdin), 2, what)


def test_all_bad_documents_are_named_each_on_its_line(bad: Path) -> None:
    done = run("extract", bad / "missing.txt", bad / "none", bad / "nowhere.txt")
    assert (done.returncode, done.stdout) == (2, "")
    told = done.stderr.splitlines()
    assert [line.startswith("kg: ") for line in told] == [True] * 3
    assert [name for name, line in zip(("missing", "none", "nowhere"), told, strict=True) if name not in line] == []


PREFIXES = """@prefix kg: <ontology#> .
@prefix id: <id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
RULE = table("rule", id="mine", pattern="{p:Person} left {e:Event}", emits=[["p", "attended", "e"]])


@pytest.mark.parametrize(
    ("path", "text", "what"),
    [
        (
            "rules/mine.toml",
            RULE.replace("{e:Event}", "{e:Qqq}"),
            "rules/mine.toml:4: unknown class 'Qqq'; allowed are Academy, ",
        ),
        (
            "rules/mine.toml",
            RULE.replace("{e:Event}", "{e:Evnt}"),
            "rules/mine.toml:4: unknown class 'Evnt'; did you mean 'Event'? Allowed are Academy, ",
        ),
        ("rules/mine.toml", "[[rule]\n", "rules/mine.toml:1: is not TOML"),
        ("rules/mine.toml", b"# caf\xe9\n", "rules/mine.toml:"),
        ("entities/mine.ttl", "@prefix id: <id/> .\nid:x a\n", "entities/mine.ttl:"),
        (
            "entities/zz.ttl",
            PREFIXES + 'id:miit a kg:Ministry ; skos:prefLabel "Another ministry"@en .\n',
            "entities/zz.ttl:4: the IRI <https://kg.example.org/id/miit> was used before, in bodies.ttl",
        ),
        (
            "entities/zz.ttl",
            PREFIXES + 'id:han-two a kg:Person ; skos:prefLabel "Han Zheng"@en .\n',
            "have equal label and class, and no owl:differentFrom tells them apart",
        ),
    ],
    ids=[
        "unknown class",
        "a class like it",
        "no TOML",
        "rules not UTF-8",
        "no Turtle",
        "one IRI twice",
        "equal label and class",
    ],
)
def test_a_fault_of_the_ontology_stops_with_its_place(path: str, text: str | bytes, what: str, project: Path) -> None:
    (project / "ontology" / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    refuses(run("rules", cwd=project), 2, what)


def test_all_faults_of_the_rules_are_told_at_once(project: Path) -> None:
    (project / "ontology" / "rules" / "mine.toml").write_text(RULE.replace("{e:Event}", "{e:Evnt}"))
    (project / "ontology" / "rules" / "yours.toml").write_text("[[rule]\n")
    done = run("extract", "-", cwd=project, stdin=b"Text.")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 2)


def test_a_seed_changed_after_its_hash_was_recorded_stops_the_build(project: Path) -> None:
    seed = next((project / "seeds").glob("000*.txt"))
    seed.write_bytes(seed.read_bytes() + b"\nMore.\n")
    refuses(run("build", cwd=project), 2, seed.name, "was changed after its hash was recorded")
    assert not (project / "exports").exists()


def test_a_project_without_documents_stops_the_build(project: Path) -> None:
    for path in (project / "seeds").iterdir():
        path.unlink()
    refuses(run("build", cwd=project), 2, "seeds: is a directory without documents")


def test_exports_that_cannot_be_written_are_told(project: Path) -> None:
    (project / "file").write_text("mine")
    refuses(run("build", "--out", project / "file", cwd=project), 4, f"{project}/file: cannot be written")
    assert (project / "file").read_text() == "mine"


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELECT ?s {\n  ?s ?p ;;; }}", "line 2, column"),
        ("SELECT * { ?s ?p ", "line 1, column"),
        ("SELECT * { ?s nix:p ?o }", "prefix"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "line 1, column 1: no INSERT"),
        ("PREFIX a: <a:>\nDELETE WHERE { ?s ?p ?o }", "line 2, column 1: no DELETE"),
        ("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }", "line 1, column 12: no SERVICE"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "line 1, column 10: no FROM"),
        ("LOAD <file:///etc/passwd> INTO GRAPH <a:{b}>", "no LOAD"),
    ],
    ids=["syntax", "too early", "prefix", "insert", "delete", "service", "from", "load"],
)
def test_a_query_that_may_not_be_asked(query: str, what: str, built: Built) -> None:
    refuses(run("query", "--graph", built.graph, query), 2, what)


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (["query", "nothing.rq"], 2, "nothing.rq: neither a query"),
        (["query", "--graph", "{bad}/missing.ttl", "SELECT * { ?s ?p ?o }"], 2, "missing.ttl: cannot be read"),
        (["query", "--graph", "{bad}/picture.txt", "SELECT * { ?s ?p ?o }"], 3, "picture.txt"),
        (["query", "{bad}/latin.txt"], 2, "latin.txt"),
        (["query", "{bad}/none"], 2, "none: is a folder; name a question"),
        (["--root", "{bad}", "ledger"], 1, "no ontology/ in this folder"),
    ],
    ids=["no such query", "no graph", "no Turtle", "a query not UTF-8", "a folder as query", "no ontology"],
)
def test_other_things_that_are_not_there(arguments: list[str], code: int, what: str, bad: Path) -> None:
    refuses(run(*(a.format(bad=bad) if "{bad}" in a else a for a in arguments)), code, what)


def test_outside_of_a_project_it_says_where_to_go(bad: Path) -> None:
    refuses(run("rules", cwd=bad), 1, "no ontology/ here or in a folder above", "--root")


def test_before_the_first_build_explain_says_how_to_build(project: Path) -> None:
    refuses(run("explain", "a", "b", "c", cwd=project), 1, "statements.jsonl: no such file", "kg build")


def test_a_byte_in_an_argument_that_is_no_text_is_no_crash(built: Built) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "query", "--graph", str(built.graph), b"SELECT * { ?s ?p '\xff' }"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.stdout.count(b"\n") <= 1


@pytest.mark.parametrize(
    "arguments", [["nosuch"], ["extract"], ["extract", "--format", "xml", "-"], ["build", "--nosuch"], ["explain", "a"]]
)
def test_what_is_no_command_is_told_without_a_traceback(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "help" in done.stderr


# ---------------------------------------------------------------------- extract


def test_extract_reads_files_and_standard_input_alike(bad: Path) -> None:
    file = lines(run("extract", "--format", "jsonl", bad / "good.txt"))
    stdin = lines(run("extract", "-", stdin=(bad / "good.txt").read_bytes()))
    assert [r["document"] for r in (*file, *stdin)] == ["good"] * len(file) + ["-"] * len(file)
    said = [[(r["subject"], r["relation"], r["object"], r["quote"]) for r in rows] for rows in (file, stdin)]
    assert said[0] == said[1]
    assert ("Han Zheng", "attended") in {fact[:2] for fact in said[0]}


def test_extract_of_a_folder_prints_what_the_build_exports(built: Built) -> None:
    printed = lines(run("extract", "--format", "jsonl", SEEDS))
    assert printed == [r for r in built.rows() if r["status"] in ("asserted", "planned")]


def test_extract_prints_documents_in_the_order_of_their_names(built: Built) -> None:
    rows = built.rows()
    assert [r["document"] for r in rows] == sorted(r["document"] for r in rows)


def test_all_prints_former_acting_and_refused_too() -> None:
    text = (
        b"Xiao Yaqing, former minister of MIIT, met Han Zheng, acting minister of MIIT.\n\n"
        b"Xiao Yaqing never attended the second CISCE.\n"
    )
    some, every = lines(run("extract", "-", stdin=text)), lines(run("extract", "--all", "-", stdin=text))
    assert {r["status"] for r in some} == {"asserted"}
    assert {r["status"] for r in every} == {"asserted", "former", "acting", "negated"}
    assert [r["guard"] for r in every if r["status"] == "negated"] == ["<negation> <attended>"]
    assert {r["evidence"] for r in some} < {r["evidence"] for r in every}


def test_letters_of_all_scripts_come_out_as_they_went_in_whatever_the_locale() -> None:
    text = "Xiao Yaqing said that “贸易” grows – 🚢.".encode()
    plain = {"LC_ALL": "C", "LANG": "", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    (row,) = lines(run("extract", "-", stdin=text, env=plain))
    assert row["quote"] == text.decode()


# ---------------------------------------------------------------------- query


def answer(built: Built, query: str) -> list[dict[str, str]]:
    done = run("query", "--graph", built.graph, "--format", "csv", query)
    assert (done.returncode, done.stderr) == (0, ""), done
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_by_label_a_query_finds_the_minister_with_his_evidence(built: Built) -> None:
    (row,) = answer(built, MINISTER)
    assert row["quote"].startswith(
        "Recently, Xiao Yaqing, Minister of industry and information technology, said at a press"
    )
    assert row["document"].endswith("document/001_ec239430f14e9e0f")
    assert row["rule"].endswith("rule/posts.apposition")


def test_by_label_a_query_finds_where_and_when_the_expo_is_held(built: Built) -> None:
    found = {tuple(row.values()) for row in answer(built, EXPO)}
    assert found == {("Beijing", "2024-11-26", "2024-11-30")}


def test_a_query_can_stand_in_a_file(built: Built, tmp_path: Path) -> None:
    (tmp_path / "minister.rq").write_text(MINISTER)
    done = run("query", "--graph", built.graph, tmp_path / "minister.rq")
    assert done.stdout.splitlines()[0] == "who,body,quote,document,rule"
    assert len(list(csv.reader(io.StringIO(done.stdout)))) == 2


def test_a_query_asks_the_projects_own_graph(built: Built) -> None:
    done = run("query", "ASK { ?p kg:ministerOf ?m }", cwd=built.root)
    assert done.stdout.split() == ["answer", "true"]


def test_answers_as_json_and_as_a_table(built: Built) -> None:
    query = "SELECT ?who { ?p kg:ministerOf ?m ; rdfs:label ?who }"
    as_json = json.loads(run("query", "--graph", built.graph, "--format", "json", query).stdout)
    assert [b["who"]["value"] for b in as_json["results"]["bindings"]] == ["Xiao Yaqing"]
    as_table = run("query", "--graph", built.graph, "--format", "table", query)
    assert "Xiao Yaqing" in as_table.stdout
    assert "who" in as_table.stdout
    assert as_table.stderr == "1 row\n"


# ---------------------------------------------------------------------- the other commands


def test_build_says_what_it_made_and_prints_nothing_else(built: Built) -> None:
    assert built.done.stdout == ""
    told = built.done.stderr.splitlines()
    assert re.fullmatch(r"5 documents, \d+ statements with \d+ pieces of evidence, \d+ refused\.", told[-6])
    assert re.fullmatch(r"Sentences: \d+ extracted, .*\b\d+ undecided\.", told[-5])
    assert told[-4] == "No two statements disagree."
    assert re.fullmatch(r"\d+ rules and shapes, \d+ known misses among their examples\.", told[-3])
    assert told[-2] == "Checks: no error, 1 info; `kg check` tells more."
    assert told[-1] == f"Written to {built.exports}."
    assert "\x1b" not in built.done.stderr


@pytest.mark.parametrize(
    ("subject", "relation", "thing"),
    [
        ("Xiao Yaqing", "ministerOf", "MIIT"),
        ("xiao yaqing", "minister of", "工信部"),
    ],
)
def test_explain_shows_the_sentence_the_rule_and_the_words(
    subject: str, relation: str, thing: str, built: Built
) -> None:
    done = run("explain", subject, relation, thing, cwd=built.root)
    assert (done.returncode, done.stderr) == (0, "")
    for piece in (
        "Xiao Yaqing — minister of — Ministry of Industry and Information Technology",
        "001_ec239430f14e9e0f, characters ",
        "Recently, Xiao Yaqing, Minister of industry and information technology, said at a press conference",
        "rule posts.apposition",
        "subject: 'Xiao Yaqing'",
        "post: 'Minister'",
        "asOf = 2021-03-08",
    ):
        assert piece in done.stdout


def test_explain_shows_what_stands_for_what(built: Built) -> None:
    told = run("explain", "Zhang Yunming", "spokeAt", "Hongqiao", cwd=built.root).stdout
    assert re.search(r"subject: stands for what is named at \d+-\d+ \(surname\)", told)


def test_explain_as_json_is_the_rows(built: Built) -> None:
    rows = lines(run("explain", "--json", "CISCE", "heldIn", "Beijing", cwd=built.root))
    assert rows
    assert {(r["relation"], r["object"]) for r in rows} == {("heldIn", "Beijing")}


def test_explain_of_what_is_not_said_tells_what_is(built: Built) -> None:
    done = run("explain", "Xiao Yaqing", "presidentOf", "Atlantis", cwd=built.root)
    refuses(done, 1, "no statement 'Xiao Yaqing' presidentOf 'Atlantis'", "Xiao Yaqing holdsPost Ministry")


def test_rules_lists_every_rule_and_runs_its_examples(ontology: Ontology) -> None:
    done = run("rules")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"\d+ rules and shapes, \d+ examples right, \d+ known misses\.\n", done.stderr)
    assert [line.split()[0] for line in done.stdout.splitlines()] == [r.id for r in ontology.book.readers]


def test_an_example_that_is_wrong_is_told_with_its_place_and_the_rules_as_json(project: Path) -> None:
    wrong = [
        {"text": "[Jane Roe|Person] left [Tea Expo|Expo].", "gives": [["Jane Roe", "attended", "Oil Expo"]]},
        {"text": "[Jane Roe|Person] left, not [Tea Expo|Expo].", "gives": []},
    ]
    text = table("rule", id="mine", pattern="{p:Person} left {e:Event}", emits=[["p", "attended", "e"]], example=wrong)
    (project / "ontology" / "rules" / "mine.toml").write_text(text)
    done = run("rules", "--json", cwd=project)
    assert done.returncode == 2
    place = f"kg: {project}/ontology/rules/mine.toml:6: mine: "
    missing = "does not give [Jane Roe] [attended] [Oil Expo], but [Jane Roe] [attended] [Tea Expo]\n"
    assert place + missing in done.stderr
    assert f"{place}fires, and `gives` does not say so: [Jane Roe] [attended] [Tea Expo]; " in done.stderr
    listed = {r["id"]: r for r in json.loads(done.stdout)}
    assert listed["mine"] == {"id": "mine", "says": "It says so.", "pattern": "{p:Person} left {e:Event}"}


def test_the_ledger_lists_every_sentence_once(built: Built) -> None:
    done = run("ledger", "--json", cwd=built.root)
    rows = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert done.returncode == 0
    assert {r["document"][:3] for r in rows} == {"000", "001", "002", "003", "004"}
    assert {r["disposition"] for r in rows} <= {
        "extracted",
        "refused",
        "unresolved",
        "excluded",
        "nothing",
        "todo",
        "undecided",
    }
    assert f"{len(rows)} sentences: " in done.stderr
    assert len({(r["document"], r["key"], r["line"]) for r in rows}) == len(rows)


def test_the_undecided_alone(tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    for path in (project / "seeds").iterdir():
        path.unlink()
    (project / "seeds" / "a.txt").write_text("Han Zheng attended the second CISCE. It rained.\n")
    done = run("ledger", "--undecided", cwd=project)
    assert [line.partition(" undecided: ")[2] for line in done.stdout.splitlines()] == ["It rained."]
    assert "2 sentences: 1 extracted" in done.stderr


# ---------------------------------------------------------------------- help


@pytest.fixture(scope="module")
def helps() -> dict[str, str]:
    """What `--help` prints of the whole and of each command."""
    return {command: run(*command.split(), "--help").stdout for command in ("", *COMMANDS)}


def test_help_lists_the_commands_and_how_to_begin(helps: dict[str, str]) -> None:
    listed = helps[""].partition("\nCommands:\n")[2]
    assert re.findall(r"^  (\w+) +[A-Z]", listed, re.MULTILINE) == sorted(COMMANDS)
    assert "kg extract --format jsonl" in helps[""]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_and_what_it_takes(command: str, helps: dict[str, str]) -> None:
    usage, sentence, *_ = helps[command].split("\n\n")
    assert usage.startswith(f"Usage: kg {command} [OPTIONS]")
    assert re.match(r" +[A-Z].*\.", sentence, re.DOTALL)
    options = helps[command].partition("\nOptions:\n")[2].split("\n  -")
    assert [o for o in options if not re.search(r"  +(?:[A-Z][^\n]+|\[default)", o)] == []


def test_files_named_in_the_help_exist(helps: dict[str, str]) -> None:
    named = {path for told in helps.values() for path in re.findall(r"\bontology/[\w./-]+\w", told)}
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"kg, version \d+\.\d+\.\d+\n", run("--version").stdout)


def test_the_installed_command_is_the_same_program(helps: dict[str, str]) -> None:
    command = Path(sys.executable).parent / "kg"
    done = subprocess.run(
        [str(command), "--help"], capture_output=True, text=True, check=False, cwd=ROOT, env=dict(os.environ)
    )
    assert done.stdout == helps[""]
