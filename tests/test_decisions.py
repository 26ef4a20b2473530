from __future__ import annotations

from pathlib import Path

import pytest

from kg.decisions import Decisions, read, withhold
from kg.errors import OntologyError
from kg.model import Status
from kg.rules import GUARDS
from tests.conftest import Say

REJECTED = '[[rejected]]\nname = "A"\nclass = "Person"\nwhy = "b"\n'
APART = '[[apart]]\nname = "A"\nfrom = "B"\nwhy = "b"\n'


def decisions(folder: Path, text: str) -> Decisions:
    (folder / "candidates.toml").write_text(text, "utf-8")
    return read(folder)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("[[rejectd]]\n", ["1: unknown key 'rejectd'; did you mean 'rejected'? Allowed are rejected, apart"]),
        ("rejected = 1\n", ["1: `rejected` must be tables, each under [[rejected]]"]),
        (
            f"# x\n{REJECTED}whi = 'c'\n",
            ["6: unknown key 'whi'; did you mean 'why'? Allowed are name, class, why"],
        ),
        (REJECTED.replace('"b"', '" "'), ["4: `why` must be a text, and not empty"]),
        (REJECTED.replace('"A"', "1"), ["2: `name` must be a text, and not empty"]),
        ('[[apart]]\nname = "A"\n', ["1: `from` is missing", "1: `why` is missing"]),
        (f"{REJECTED}\n{APART}\n{REJECTED.replace('A', 'a')}", ["11: this decision stands twice"]),
        (f"{APART}\n{APART.replace('A', 'C').replace('B', 'A').replace('C', 'B')}", ["6: this decision stands twice"]),
        ("[[apart]\n", ["1: is not TOML: expected ']]' at the end of an array declaration"]),
    ],
    ids=[
        "unknown table", "no tables", "unknown key", "empty", "no text", "missing", "twice", "the other way", "no TOML",
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text: str, faults: list[str], tmp_path: Path) -> None:
    with pytest.raises(Exception, match="candidates") as caught:
        decisions(tmp_path, text)
    assert str(caught.value).splitlines() == [f"{tmp_path / 'candidates.toml'}:{fault}" for fault in faults]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(OntologyError) as caught:
        decisions(tmp_path, "[[rejected]]\n[[apart]]\n")
    assert [f.line for f in caught.value.faults] == [1, 1, 1, 2, 2, 2]


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert read(tmp_path) == Decisions()


def test_one_name_may_be_rejected_as_two_classes(tmp_path: Path) -> None:
    made = decisions(tmp_path, f"{REJECTED}\n{REJECTED.replace('Person', 'Company')}")
    assert set(made.rejected) == {("a", "Person"), ("a", "Company")}


def test_only_what_is_about_the_rejected_name_of_that_class_is_withhold(tmp_path: Path, say: Say) -> None:
    said = say("John Doe, president of the Springfield Tea Association, met Han Zheng. Han Zheng attended CISCE.")
    stated = said.extraction.statements
    text = '[[rejected]]\nname = "JOHN  DOE"\nclass = "{}"\nwhy = "x"\n'
    stand, fall = withhold(stated, decisions(tmp_path, text.format("Person")))
    assert {s.subject.label for s in fall} == {"John Doe"}
    assert {s.subject.label for s in stand} == {s.subject.label for s in stated} - {"John Doe"} != set()
    assert withhold(stated, decisions(tmp_path, text.format("Company"))) == (stated, ())


def test_what_is_withheld_keeps_its_ids_and_tells_why(tmp_path: Path, say: Say) -> None:
    stated = say("John Doe, president of the Springfield Tea Association, attended CISCE.").extraction.statements
    text = '[[rejected]]\nname = "John Doe"\nclass = "Person"\nwhy = "x"\n'
    _, fall = withhold(stated, decisions(tmp_path, text))
    assert fall
    before = {s.id: [e.id for e in s.evidence] for s in stated}
    for one in fall:
        assert one.status is Status.WITHHELD
        assert [e.id for e in one.evidence] == before[one.id]
        assert {e.guard for e in one.evidence} == {"rejected: x"}


def test_a_curated_entity_is_never_withhold(tmp_path: Path, say: Say) -> None:
    stated = say("Han Zheng attended the second CISCE.").extraction.statements
    assert {s.subject.label for s in stated} >= {"Han Zheng"}
    text = '[[rejected]]\nname = "Han Zheng"\nclass = "Person"\nwhy = "x"\n'
    assert withhold(stated, decisions(tmp_path, text)) == (stated, ())


def test_no_rule_withholds() -> None:
    assert "withheld" not in GUARDS
