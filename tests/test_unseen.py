"""A document whose names nobody knows gives its posts, events and claims all the same, as candidates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ONTOLOGY, Row, run

TEXT = """\
Harbour minister opens third Northland Tea and Timber Forum

NORTHPORT, May 3, 2022 (Coaster) -- The third Northland Tea and Timber Forum opened in Northport on Tuesday.

Jane Roe, director of the Northland Harbour Bureau, addressed the opening ceremony. "Trade will grow," she said.

The forum was hosted by the Ministry of Harbours and the Northland Tea Association. John Doe, deputy director of the \
Northland Timber Commission, presided over the opening ceremony. Jane Roe did not attend the closing ceremony.

The Coastal Growers Alliance, whose members include Acme Tea Co., Ltd. and the Bolt Timber Group, released a white \
paper. Doe said in Northport that prices would fall.
"""
FORUM = "3rd Northland Tea and Timber Forum"
ALLIANCE = "Coastal Growers Alliance"
FACTS = {
    (FORUM, "edition", "3"),
    (FORUM, "heldIn", "Northport"),
    (FORUM, "startsOn", "2022-05-03"),
    (FORUM, "organisedBy", "Ministry of Harbours"),
    (FORUM, "organisedBy", "Northland Tea Association"),
    ("Jane Roe", "holdsPost", "Northland Harbour Bureau"),
    ("Jane Roe", "spokeAt", "opening ceremony"),
    ("Jane Roe", "said", "Trade will grow"),
    ("John Doe", "holdsPost", "Northland Timber Commission"),
    ("John Doe", "presidedOver", "opening ceremony"),
    ("John Doe", "said", "prices would fall"),
    (ALLIANCE, "hasMember", "Acme Tea Co., Ltd."),
    (ALLIANCE, "hasMember", "Bolt Timber Group"),
    (ALLIANCE, "released", "a white paper"),
    ("forum", "title", "Harbour minister opens third Northland Tea and Timber Forum"),
    ("forum", "publishedBy", "Coaster"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rules, and this one document."""
    root = tmp_path_factory.mktemp("unseen")
    (root / "ontology").symlink_to(ONTOLOGY)
    (root / "seeds").mkdir()
    (root / "seeds" / "forum.txt").write_text(TEXT, "utf-8")
    assert run("build", cwd=root).returncode == 0
    return root


@pytest.mark.parametrize("entities", ["all", "none"])
def test_all_that_it_says_is_read_and_nothing_else(entities: str, project: Path) -> None:
    done = run("extract", "--entities", entities, project / "seeds" / "forum.txt", cwd=project)
    rows: list[Row] = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(r["subject"], r["relation"], r["object"]) for r in rows} == FACTS


def test_what_is_denied_is_refused(project: Path) -> None:
    refused = (project / "exports" / "refused.jsonl").read_text("utf-8")
    assert [(r["subject"], r["relation"], r["status"]) for r in map(json.loads, refused.splitlines())] == [
        ("Jane Roe", "attended", "negated")
    ]


def test_its_names_are_candidates(project: Path) -> None:
    listed = run("candidates", "--json", cwd=project).stdout
    names = {row["name"]: row["class"] for row in map(json.loads, listed.splitlines())}
    assert names.items() >= {
        ("Jane Roe", "Person"),
        ("John Doe", "Person"),
        ("Ministry of Harbours", "Ministry"),
        ("Northland Tea and Timber Forum", "Forum"),
        (ALLIANCE, "Alliance"),
    }
    asked = "SELECT ?name { ?who kg:candidate true ; rdfs:label ?name }"
    assert {"Jane Roe", FORUM} <= set(run("query", asked, cwd=project).stdout.splitlines())
