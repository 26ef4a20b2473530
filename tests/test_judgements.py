from __future__ import annotations

from pathlib import Path

import pytest

from kg import judgements
from kg.errors import FaultyInput, KgError, OntologyError
from kg.judgements import Judgement
from tests.conftest import Built, copied, refuses, run, toml

ID = "0123456789abcdef"
FILE = judgements.FILE


def judgement(**keys: str) -> str:
    return "[[judgement]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in keys.items())


def written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, "utf-8")
    return folder


# ---------------------------------------------------------------------- what a file may say


def test_no_file_no_judgements(tmp_path: Path) -> None:
    assert judgements.read(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (judgement(evidence=ID, verdict="wrong"), f"{FILE}:1: `why` is missing"),
        (judgement(evidence=ID, verdict="wrog", why="x"), "unknown verdict 'wrog'; did you mean 'wrong'?"),
        (judgement(evidence=ID, verdict="right", why=" "), "`why` must be a text"),
        (judgement(evidence=ID, verdict="right", why="x", by="me"), "unknown key 'by'; "),
        (judgement(evidence=ID).replace("judgement", "judgment"), "unknown key `judgment`; allowed is [[judgement]]"),
        (
            judgement(evidence=ID, verdict="right", why="x") + judgement(evidence=ID, verdict="wrong", why="y"),
            f"evidence {ID} is judged twice",
        ),
        ("[[judgement]\n", f"{FILE}:1: is not TOML"),
    ],
    ids=["no reason", "verdict", "empty reason", "unknown key", "unknown table", "twice", "no TOML"],
)
def test_what_is_wrong_in_a_file_is_told(text: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(FaultyInput) as caught:
        judgements.read(written(tmp_path, text))
    assert what in str(caught.value)


# ---------------------------------------------------------------------- recording


def test_a_judgement_is_kept_beside_what_stood_there(tmp_path: Path) -> None:
    written(tmp_path, "# Read in May.\n" + judgement(evidence="f" * 16, verdict="right", why="seen"))
    made = Judgement(ID, "unsure", 'who is "he"?\n', "he said no", "news", "claims.said")
    judgements.record(tmp_path, made)
    assert judgements.read(tmp_path)[ID] == made
    assert list(judgements.read(tmp_path)) == ["f" * 16, ID]
    assert (tmp_path / FILE).read_text("utf-8").startswith("# Read in May.\n")


def test_a_second_judgement_takes_the_place_of_the_first(tmp_path: Path) -> None:
    for verdict in ("wrong", "right"):
        judgements.record(tmp_path, Judgement(ID, verdict, "looked again"))
    assert [j.verdict for j in judgements.read(tmp_path).values()] == ["right"]


def test_without_a_reason_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="needs its reason"):
        judgements.record(tmp_path, Judgement(ID, "wrong", "  "))
    assert list(tmp_path.iterdir()) == []


def test_a_faulty_file_is_not_written_over(tmp_path: Path) -> None:
    written(tmp_path, "[[judgement]]\nverdict = 1\n")
    with pytest.raises(OntologyError):
        judgements.record(tmp_path, Judgement(ID, "wrong", "x"))
    assert (tmp_path / FILE).read_text("utf-8") == "[[judgement]]\nverdict = 1\n"


# ---------------------------------------------------------------------- on the command line


@pytest.fixture(scope="module")
def judged(built: Built, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object], dict[str, object]]:
    """The seeds built again after one of two pieces of evidence and one that stands alone were judged wrong."""
    root = copied(tmp_path_factory.mktemp("judged") / "project")
    assert run("build", cwd=root).returncode == 0
    rows = built.rows()
    by_statement: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        by_statement.setdefault(str(row["statement"]), []).append(row)
    several = next(r for r in by_statement.values() if len({(e["document"], e["start"]) for e in r}) > 1)[0]
    alone = next(r for r in by_statement.values() if len(r) == 1 and r[0]["relation"] == "holdsPost")[0]
    for row in (several, alone):
        done = run("judge", str(row["evidence"]), "wrong", "--why", "misread", cwd=root)
        assert (done.returncode, done.stdout) == (0, ""), done
    assert run("build", cwd=root).returncode == 0
    return root, several, alone


def test_wrong_evidence_is_withheld_and_the_statement_stays_with_the_rest(
    judged: tuple[Path, dict[str, object], dict[str, object]],
) -> None:
    root, several, alone = judged
    graph = (root / "exports" / "graph.ttl").read_text("utf-8")
    assert [f"{several['evidence']}" in graph, f"{several['statement']}" in graph] == [False, True]
    assert [f"{alone['evidence']}" in graph, f"{alone['statement']}" in graph] == [False, False]


def test_what_is_withheld_stands_among_the_refused_with_the_reason(
    judged: tuple[Path, dict[str, object], dict[str, object]],
) -> None:
    root, _, alone = judged
    refused = Built(root, run("ledger", cwd=root)).rows("refused.jsonl")
    (row,) = [r for r in refused if r["evidence"] == alone["evidence"]]
    assert (row["status"], row["guard"]) == ("withheld", "judged wrong: misread")


def test_extract_withholds_the_same(judged: tuple[Path, dict[str, object], dict[str, object]]) -> None:
    root, _, alone = judged
    done = run("extract", root / "seeds" / f"{alone['document']}.txt", cwd=root)
    assert str(alone["evidence"]) not in done.stdout
    assert str(alone["rule"]) in run("rules", "--scorecard", "--json", cwd=root).stdout


def test_a_judgement_on_evidence_that_is_gone_is_told_by_the_build(project: Path) -> None:
    written(project / "ontology", judgement(evidence=ID, verdict="right", why="x", says="A said B"))
    done = run("build", cwd=project)
    assert done.returncode == 0
    assert f"warning: the judgement on {ID} (right: A said B) is about evidence that is no more" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (("ffffffffffffffff", "wrong", "--why", "x"), 1, "no evidence in"),
        (("ffffffffffffffff", "wrnog", "--why", "x"), 1, "unknown verdict 'wrnog'; did you mean 'wrong'?"),
        (("ffffffffffffffff", "wrong", "--why", "\udcff"), 2, "Invalid value for '--why': is not UTF-8."),
    ],
    ids=["evidence", "verdict", "not UTF-8"],
)
def test_what_cannot_be_judged_is_refused(arguments: tuple[str, ...], code: int, what: str, built: Built) -> None:
    refuses(run("judge", *arguments, cwd=built.root), code, what)
    assert judgements.read(built.root / "ontology") == {}
