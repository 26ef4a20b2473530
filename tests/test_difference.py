from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from kg.difference import changes, difference
from tests.conftest import Built, Row, copied, refuses, run

VENUE = "events.at-place-on-day"


def row(statement: str, evidence: str, start: int = 0) -> Row:
    return {"statement": statement, "evidence": evidence, "document": "d", "start": start}


def test_a_statement_with_other_evidence_is_neither_gained_nor_lost() -> None:
    before = [row("a", "1"), row("b", "2", 5), row("c", "3", 7)]
    after = [row("a", "1"), row("b", "4", 6), row("d", "5", 9)]
    assert [(change, r["evidence"]) for change, r in changes(difference(before, after))] == [
        ("lost", "3"),
        ("gained", "5"),
        ("evidence-lost", "2"),
        ("evidence-gained", "4"),
    ]


def test_equal_states_differ_in_nothing() -> None:
    found = difference([row("a", "1")], [row("a", "1")])
    assert (found.gained, found.lost, found.moved) == ((), (), ())


# ---------------------------------------------------------------------- on the command line


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its build committed, then a document more and a rule less."""
    root = copied(tmp_path_factory.mktemp("repository") / "project")
    assert run("build", cwd=root).returncode == 0
    git = ["git", "-C", str(root), "-c", "user.name=Jane Roe", "-c", "user.email=jane@example.org"]
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "The first build"]):
        subprocess.run([*git, *command], check=True)
    seed = root / "seeds" / "new.txt"
    seed.write_text("Han Zheng attended the second CISCE.\n", "utf-8")
    return root


def test_what_a_new_document_adds_is_shown_with_sentence_and_rule(repository: Path) -> None:
    done = run("diff", cwd=repository)
    assert done.returncode == 0, done
    assert done.stdout.splitlines()[0].startswith("+ Han Zheng — attended — ")
    assert done.stdout.splitlines()[1].endswith(": Han Zheng attended the second CISCE.")
    assert done.stderr.startswith("1 gained, 0 lost, ")


def test_a_build_elsewhere_is_compared_like_a_revision(repository: Path, built: Built) -> None:
    for state in (built.root, built.exports, Path("HEAD")):
        assert run("diff", str(state), cwd=repository).stdout == run("diff", cwd=repository).stdout


def test_without_a_rule_its_statements_are_lost(built: Built) -> None:
    done = run("diff", "--without", VENUE, "--evidence", "--json", cwd=built.root)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    lost = {r["evidence"] for r in found if r["change"] in ("lost", "evidence-lost")}
    assert lost >= {r["evidence"] for r in built.rows() if r["rule"] == VENUE} > set()
    assert {r["rule"] for r in found if r["change"].endswith("gained")}.isdisjoint({VENUE})


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("v9.9",), "v9.9: neither a folder nor a revision of git"),
        (("ontology",), "ontology: no statements.jsonl here or in exports/"),
        (("--without", "events.at-plac"), "unknown rule 'events.at-plac'; did you mean 'events.at-place'?"),
    ],
    ids=["revision", "folder", "rule"],
)
def test_what_cannot_be_compared_is_told(arguments: tuple[str, ...], what: str, repository: Path) -> None:
    refuses(run("diff", *arguments, cwd=repository), 1, what)


def test_outside_of_a_repository_it_says_so(built: Built) -> None:
    refuses(run("diff", cwd=built.root, env={"GIT_CEILING_DIRECTORIES": "/"}), 1, "is in no git repository")
