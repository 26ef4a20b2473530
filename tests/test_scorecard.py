from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg import pipeline, scorecard
from kg.collection import knowledge
from kg.document import gather
from kg.model import Extraction
from kg.pipeline import Ontology
from tests.conftest import ONTOLOGY, SEEDS, Built, run, table


@pytest.fixture(scope="module")
def extractions(ontology: Ontology) -> tuple[Extraction, ...]:
    return knowledge(gather([SEEDS]), ontology).extractions


def test_it_counts_what_stands_in_the_exports(built: Built) -> None:
    rows, refused = built.rows(), built.rows("refused.jsonl")
    done = run("rules", "--scorecard", "--json", cwd=built.root)
    lines = {line["rule"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert sum(sum(line["documents"].values()) for line in lines.values()) == len(rows)
    assert sum(line["refused"] for line in lines.values()) == len(refused)
    venue = [r["document"] for r in rows if r["rule"] == "events.at-place"]
    assert lines["events.at-place"]["documents"] == {d: venue.count(d) for d in set(venue)}


def test_people_get_a_table_and_the_silent_rules_by_name(built: Built) -> None:
    done = run("rules", "--scorecard", cwd=built.root)
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [line["rule"] for line in lines if line["fired"] == line["refused"] == "0"] == []
    assert " say nothing in the seeds: " in done.stderr


def test_a_judgement_counts_for_its_rule(ontology: Ontology, extractions: tuple[Extraction, ...]) -> None:
    from kg.judgements import Judgement

    evidence = extractions[0].statements[0].evidence[0]
    judged = {evidence.id: Judgement(evidence.id, "unsure", "x")}
    line = next(x for x in scorecard.scorecard(ontology.book, extractions, judged) if x.rule == evidence.rule)
    assert line.judged == {"right": 0, "wrong": 0, "unsure": 1}


def test_a_rule_that_only_repeats_another_is_shadowed(extractions: tuple[Extraction, ...]) -> None:
    first = extractions[0].statements[0]
    echo = replace(first, evidence=(*first.evidence, replace(first.evidence[0], id="echo", rule="echo")))
    doubled = replace(extractions[0], statements=(echo, *extractions[0].statements[1:]))
    assert ("echo", first.evidence[0].rule) in scorecard.shadowed((doubled,))
    assert "echo" not in dict(scorecard.shadowed(extractions))


# ---------------------------------------------------------------------- what is wrong with a rule whatever it reads


def test_our_own_rules_have_none_of_it(ontology: Ontology) -> None:
    assert list(scorecard.faults(ontology.book, ontology.reader.gazetteer)) == []


LEFT = "{p:Person} left {e:Event}"
EXAMPLES = [
    {"text": "[Jane Roe|Person] left the [Tea Expo|Event].", "gives": [["Jane Roe", "attended", "Tea Expo"]]},
    {"text": "[Jane Roe|Person] has left, not the [Tea Expo|Event].", "gives": []},
]


@pytest.mark.parametrize(
    ("rules", "what"),
    [
        (
            table("rule", id="one", says="x", pattern=LEFT, emits=[["p", "attended", "e"]], example=EXAMPLES)
            + table("rule", id="two", says="y", pattern=LEFT, emits=[["p", "attended", "e"]], example=EXAMPLES),
            "two is one again; one of them is enough",
        ),
        (
            table(
                "rule",
                id="one",
                says="x",
                pattern="{p:Person} left {e:Event} for the Ministry of Industry and Information Technology",
                emits=[["p", "attended", "e"]],
                example=[
                    {
                        "text": "[Jane Roe|Person] left [Tea Expo|Event] for the Ministry of Industry and Information "
                        "Technology.",
                        "gives": [["Jane Roe", "attended", "Tea Expo"]],
                    },
                    {
                        "text": "[Jane Roe|Person], for the Ministry of Industry and Information Technology, had left "
                        "[Tea Expo|Event].",
                        "gives": [],
                    },
                ],
            ),
            "one holds the name 'ministry of industry and information technology'; names belong into entities/",
        ),
    ],
    ids=["duplicate", "name"],
)
def test_a_bad_rule_is_told_by_file_and_line(rules: str, what: str, project: Path) -> None:
    (project / "ontology" / "rules" / "mine.toml").write_text(rules, "utf-8")
    found = scorecard.faults(pipeline.load(project / "ontology").book, pipeline.load(ONTOLOGY).reader.gazetteer)
    assert [str(f).partition("mine.toml:")[2].partition(": ")[2] for f in found] == [what]


def test_the_command_refuses_a_bad_rule(project: Path) -> None:
    doubled = (project / "ontology" / "rules" / "members.toml").read_text("utf-8")
    (project / "ontology" / "rules" / "twins.toml").write_text(doubled.replace('id = "', 'id = "twins.'), "utf-8")
    done = run("rules", cwd=project)
    assert done.returncode == 2
    assert "twins.toml:" in done.stderr
    assert " again; one of them is enough" in done.stderr
