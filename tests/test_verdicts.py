from __future__ import annotations

from pathlib import Path

import pytest

from kg import verdicts
from kg.errors import FaultyInput
from kg.verdicts import Verdict
from tests.conftest import toml

ID = "0123456789abcdef"
FILE = verdicts.FILE


def verdict(**keys: str) -> str:
    return "[[verdict]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in keys.items())


def written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (verdict(disagreement=ID, verdict="open"), f"{FILE}:1: `why` is missing"),
        (verdict(verdict="open", why="x"), f"{FILE}:1: `disagreement` is missing"),
        (verdict(disagreement=ID, verdict="sucession", why="x"), "did you mean 'succession'?"),
        (verdict(disagreement=ID, verdict="open", why=" "), "`why` must be a text"),
        (verdict(disagreement=ID, verdict="open", why="x", by="me"), "unknown key 'by'; "),
        ("[[judgement]]\n", "unknown key `judgement`; allowed is [[verdict]]"),
        ("verdict = 3\n", f"{FILE}:1: `verdict` must be tables, each under [[verdict]]"),
        (verdict(disagreement=ID, verdict="open", why="x") * 2, f"{FILE}:5: disagreement {ID} is judged twice"),
        ("[[verdict]\n", f"{FILE}:1: is not TOML"),
    ],
    ids=["no reason", "no id", "verdict", "empty", "unknown key", "unknown table", "no tables", "twice", "no TOML"],
)
def test_what_is_wrong_in_a_file_is_told(text: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(FaultyInput) as caught:
        verdicts.read(written(tmp_path, text))
    assert what in str(caught.value)


def test_a_verdict_takes_the_place_of_an_earlier_one_and_leaves_the_rest(tmp_path: Path) -> None:
    written(tmp_path, "# Read in May.\n" + verdict(disagreement="f" * 16, verdict="open", why="seen"))
    for word in ("open", "different things"):
        verdicts.record(tmp_path, Verdict(ID, word, 'two "expos"', "A held in B / A held in C"))
    found = verdicts.read(tmp_path)
    assert [(v.disagreement, v.verdict) for v in found.values()] == [("f" * 16, "open"), (ID, "different things")]
    assert (tmp_path / FILE).read_text("utf-8").startswith("# Read in May.\n")


def test_a_verdict_on_what_is_no_more_is_stale() -> None:
    given = {ID: Verdict(ID, "succession", "x", "A and B"), "f" * 16: Verdict("f" * 16, "open", "y")}
    (told,) = verdicts.stale({"f" * 16}, given)
    assert told.startswith(f"the verdict on {ID} (succession: A and B) is about a disagreement that is no more")
