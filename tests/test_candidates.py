from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import document, pipeline
from kg.candidates import Candidate, find
from kg.cli import main
from kg.pipeline import Ontology
from kg.words import fold
from tests.conftest import ONTOLOGY, ROOT, SEEDS, Row, copied, run

TEXT = """\
Jane Roe, president of the Northport Trade Association, attended the second Harbour Expo in Chengdu.
Roe said that trade will grow.
The Northport Trade Association (NTA) hosted the second Harbour Expo. NTA said that ports matter.
"Trade is good," said Jane Row, president of the North-port Trade Association.
Analyst Goldman Bolt attended a press conference.
"""
IRI = "https://kg.example.org/id/"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A project with one more document, whose names nobody has curated."""
    root = copied(tmp_path / "project")
    (root / "seeds" / "harbour.txt").write_text(TEXT, "utf-8")
    return root


Decide = Callable[..., str]


@pytest.fixture
def decide(harbour: Path, capsys: pytest.CaptureFixture[str]) -> Decide:
    """What `kg candidates` says of a decision that it takes, or of one that it refuses."""

    def deciding(*arguments: str, code: int = 0) -> str:
        ended: object = 0
        try:
            main(["--root", str(harbour), "candidates", *arguments, str(harbour / "seeds" / "harbour.txt")])
        except SystemExit as end:
            ended = end.code
        said = capsys.readouterr()
        assert (ended, said.out, len(said.err.splitlines())) == (code, "", 1), said
        return said.err.strip()

    return deciding


def listed(root: Path, *arguments: str, text: str = "seeds/harbour.txt") -> dict[tuple[str, str], Row]:
    """The candidates of a text, by class and name."""
    done = run("candidates", "--json", *arguments, text, cwd=root)
    assert done.returncode == 0, done
    return {(row["class"], row["name"]): row for row in map(json.loads, done.stdout.splitlines())}


def files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


# ------------------------------------------------------------------------------------- the list


@dataclass(frozen=True)
class Listed:
    every: tuple[Candidate, ...]
    ontology: Ontology

    def one(self, name: str) -> Candidate:
        (found,) = [c for c in self.every if c.name == name]
        return found


@pytest.fixture(scope="module")
def uncurated() -> Listed:
    """The names of the five documents, if nobody had curated any of them."""
    ontology = pipeline.load(ONTOLOGY, curated=False)
    return Listed(find(document.gather([SEEDS]), ontology), ontology)


def test_the_sentence_of_a_candidate_stands_at_its_line_and_holds_the_name(uncurated: Listed) -> None:
    assert len(uncurated.every) > 15
    for one in uncurated.every:
        line = one.path.read_text("utf-8").split("\n")[one.line - 1]
        assert one.sentence in " ".join(line.split()), one
        assert fold(one.name) in fold(one.sentence), one


def test_the_most_frequent_name_comes_first(uncurated: Listed) -> None:
    counts = [(c.mentions, c.statements) for c in uncurated.every]
    assert counts == sorted(counts, reverse=True)
    assert all(c.mentions >= c.documents >= 1 for c in uncurated.every)


def test_names_are_listed_and_descriptions_are_not(uncurated: Listed) -> None:
    names = {(c.cls, c.name) for c in uncurated.every}
    assert {
        ("Person", "Han Zheng"),
        ("Ministry", "Ministry of Industry and Information Technology"),
        ("Expo", "China International Supply Chain Expo"),
        ("Venue", "Chongqing International Expo Center"),
        ("Company", "Seres"),
    } <= names
    words = {word for _, name in names for word in re.findall(r"\w+", name)}
    assert words.isdisjoint({"press", "ceremony", "suppliers", "partnership", "President"})


def test_what_a_public_list_names_needs_no_curator(uncurated: Listed) -> None:
    known = uncurated.ontology.reader.gazetteer.named("Beijing")
    assert known
    assert "Beijing" not in {c.name for c in uncurated.every}


def test_what_a_curator_has_named_is_no_candidate(ontology: Ontology) -> None:
    names = {c.name for c in find(document.gather([SEEDS]), ontology)}
    assert names.isdisjoint(name for entity in ontology.known for name in entity.names)


def test_a_short_form_counts_for_the_name_it_stands_for(uncurated: Listed, harbour: Path) -> None:
    # `Han` and `Mr. Han`, `Roe`, and `NTA` behind the name that it stands for in brackets.
    assert "Han" not in {c.name for c in uncurated.every}
    assert uncurated.one("Han Zheng").mentions > 3
    found = listed(harbour)
    assert found["Person", "Jane Roe"]["mentions"] == 2
    assert found["Association", "Northport Trade Association"]["mentions"] == 3
    assert {name for _, name in found} & {"Roe", "NTA"} == set()


def test_an_edition_is_listed_by_its_series(harbour: Path) -> None:
    found = listed(harbour)
    expo = found["Expo", "Harbour Expo"]
    assert (expo["mentions"], expo["documents"], expo["path"], expo["line"]) == (2, 1, "seeds/harbour.txt", 1)
    assert expo["statements"] >= 3
    assert not [name for _, name in found if "second" in name.lower()]


def test_a_name_that_no_statement_uses_is_listed_too(harbour: Path) -> None:
    (harbour / "seeds" / "more.txt").write_text("Ports lie near the Springfield Dairy Association.\n", "utf-8")
    row = listed(harbour, text="seeds")["Association", "Springfield Dairy Association"]
    assert (row["mentions"], row["statements"]) == (1, 0)


def test_a_part_of_a_name_is_no_name_of_its_own(harbour: Path) -> None:
    text = "He is with the Political Bureau of the Northport Labour Party.\n"
    (harbour / "seeds" / "more.txt").write_text(text, "utf-8")
    names = {name for _, name in listed(harbour, text="seeds/more.txt")}
    assert "Political Bureau of the Northport Labour Party" in names
    assert "Political Bureau" not in names


def test_the_speaker_of_a_transcript_is_named_by_the_label(harbour: Path) -> None:
    text = "Transcript\n\nJohn Doe: Trade will grow. Thank you all.\n\nMary Major: Ports matter a great deal.\n"
    (harbour / "seeds" / "turns.txt").write_text(text, "utf-8")
    assert {name for cls, name in listed(harbour, text="seeds/turns.txt") if cls == "Person"} == {
        "John Doe",
        "Mary Major",
    }


def test_names_that_look_alike_are_near_and_others_are_not(harbour: Path) -> None:
    found = listed(harbour)
    near = {name: [(n["name"], n["iri"]) for n in row["near"]] for (_, name), row in found.items()}
    assert near["Jane Row"] == [("Jane Roe", None)]
    assert near["Northport Trade Association"] == [("North-port Trade Association", None)]
    assert near["Harbour Expo"] == []
    assert all(86 <= n["score"] <= 100 for row in found.values() for n in row["near"])


def test_what_is_curated_is_near_by_its_iri(harbour: Path) -> None:
    (harbour / "seeds" / "more.txt").write_text("The 3rd China International Imported Expo opened.\n", "utf-8")
    near = listed(harbour, text="seeds/more.txt")["Expo", "China International Imported Expo"]["near"]
    assert (near[0]["name"], near[0]["iri"]) == (
        "China International Import Expo",
        "id:china-international-import-expo",
    )


def test_the_same_documents_give_the_same_lines(harbour: Path) -> None:
    first, second = (run("candidates", cwd=harbour, env={"PYTHONHASHSEED": seed}) for seed in "12")
    assert first.stdout == second.stdout
    assert first.stdout.startswith("Association: Northport Trade Association (3 mentions in 1 document, ")
    assert first.stderr == "6 names in 6 documents that no curator has decided on\n"


def test_only_a_class_and_those_below_it(harbour: Path) -> None:
    assert {cls for cls, _ in listed(harbour, "--class", "Body")} == {"Association"}
    assert set(listed(harbour, "--class", "Event")) == {("Expo", "Harbour Expo")}


def test_an_escape_in_a_text_is_shown_and_not_sent(harbour: Path) -> None:
    (harbour / "seeds" / "bad.txt").write_text("Ports\x1b[2J lie near the Springfield Dairy Association.\n", "utf-8")
    out = run("candidates", "seeds/bad.txt", cwd=harbour).stdout
    assert "\x1b" not in out
    assert "Ports\\x1b[2J lie near" in out


# ------------------------------------------------------------------------------------- accepted


def built(root: Path) -> tuple[list[Row], list[Row], str]:
    done = run("build", cwd=root)
    assert done.returncode == 0, done
    said, refused = (
        [json.loads(line) for line in (root / "exports" / name).read_text("utf-8").splitlines()]
        for name in ("statements.jsonl", "refused.jsonl")
    )
    return said, refused, (root / "exports" / "graph.ttl").read_text("utf-8")


def test_an_accepted_name_is_an_entity_of_the_next_build(harbour: Path, decide: Decide) -> None:
    path = harbour / "ontology" / "entities" / "officials.ttl"
    before = path.read_text("utf-8")
    assert (
        decide("--accept", "jane roe") == f"{path}: id:jane-roe a kg:Person, 'Jane Roe'. Add there what else you know."
    )
    assert path.read_text("utf-8") == f'{before}\nid:jane-roe a kg:Person ;\n    skos:prefLabel "Jane Roe"@en .\n'
    said, _, graph = built(harbour)
    assert {r["subject_iri"] for r in said if r["subject"] == "Jane Roe"} == {f"{IRI}jane-roe"}
    assert "id:jane-roe a kg:Person" in graph
    found = listed(harbour)
    assert ("Person", "Jane Roe") not in found
    assert found["Person", "Jane Row"]["near"][0]["iri"] == "id:jane-roe"


@pytest.mark.parametrize(
    ("arguments", "file", "block"),
    [
        (["Harbour Expo"], "events.ttl", 'id:harbour-expo a kg:Expo ;\n    skos:prefLabel "Harbour Expo"@en .\n'),
        (
            ["Northport Trade Association", "--slug", "nta"],
            "bodies.ttl",
            'id:nta a kg:Association ;\n    skos:prefLabel "Northport Trade Association"@en .\n',
        ),
        (
            ["Goldman Bolt", "--class", "Company", "--slug", "bolt"],
            "companies.ttl",
            'id:bolt a kg:Company ;\n    skos:prefLabel "Goldman Bolt"@en .\n',
        ),
        # No summit is curated; an expo is its nearest relative.
        (
            ["Harbour Expo", "--class", "Summit"],
            "events.ttl",
            'id:harbour-expo a kg:Summit ;\n    skos:prefLabel "Harbour Expo"@en .\n',
        ),
    ],
    ids=["expo", "body", "class and slug", "nearest relative"],
)
def test_an_entity_goes_where_its_like_stands(
    arguments: list[str], file: str, block: str, harbour: Path, decide: Decide
) -> None:
    before = files(harbour)
    decide("--accept", *arguments)
    after = files(harbour)
    changed = f"ontology/entities/{file}"
    assert {name for name in after if after[name] != before.get(name)} == {changed}
    assert after[changed].decode() == f"{before[changed].decode()}\n{block}"


def test_line_ends_of_a_file_stay_as_they_are(harbour: Path, decide: Decide) -> None:
    path = harbour / "ontology" / "entities" / "officials.ttl"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").rstrip())
    decide("--accept", "Jane Roe")
    decide("--same", "Jane Row", "--as", "id:jane-roe")
    raw = path.read_bytes()
    assert raw.endswith(b'"Jane Roe"@en ;\r\n    skos:altLabel "Jane Row"@en .\r\n')
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_a_seed_that_lost_its_entity_gets_it_back(tmp_path: Path) -> None:
    root = copied(tmp_path / "project")
    path = root / "ontology" / "entities" / "officials.ttl"
    before = path.read_text("utf-8")
    path.write_text(re.sub(r"id:tian-yulong a [^\n]*\n(?:    [^\n]*\n)+\n", "", before), "utf-8")
    assert ("Person", "Tian Yulong") in listed(root, text="seeds")
    assert run("candidates", "--accept", "Tian Yulong", cwd=root).returncode == 0
    assert path.read_text("utf-8").endswith('\n\nid:tian-yulong a kg:Person ;\n    skos:prefLabel "Tian Yulong"@en .\n')
    assert listed(root, text="seeds") == {}


# ------------------------------------------------------------------------------------- the same


def test_two_names_that_are_said_to_be_the_same_are_one_node(harbour: Path, decide: Decide) -> None:
    decide("--accept", "Northport Trade Association")
    path = harbour / "ontology" / "entities" / "bodies.ttl"
    told = decide("--same", "North-port Trade Association", "--as", "Northport Trade Association")
    assert told == f"{path}: 'North-port Trade Association' is another name of 'Northport Trade Association'."
    said, _, _ = built(harbour)
    posts = {r["subject"]: r["object_iri"] for r in said if r["document"] == "harbour" and r["relation"] == "holdsPost"}
    assert posts == dict.fromkeys(("Jane Roe", "Jane Row"), f"{IRI}northport-trade-association")
    assert {cls for cls, _ in listed(harbour)} == {"Person", "Expo"}


BLOCKS = {
    "last of its names": (
        'id:row a kg:Person ;\n    skos:prefLabel "J. Row"@en ;\n    skos:altLabel "Rowe"@en , "罗"@zh . # one\n',
        '"罗"@zh',
        '"罗"@zh , "Jane Row"@en',
    ),
    "no other name yet": (
        'id:row a kg:Person ;\n\tskos:prefLabel "J. Row; of . Ada"@en .\n',
        '"J. Row; of . Ada"@en',
        '"J. Row; of . Ada"@en ;\n\tskos:altLabel "Jane Row"@en',
    ),
    "a remark on the label": (
        'id:row a kg:Person ;\n    skos:prefLabel "J. Row"@en ; # so she signs\n    schema:familyName "Row" .\n',
        "# so she signs\n",
        '# so she signs\n    skos:altLabel "Jane Row"@en ;\n',
    ),
    "one line": (
        'id:row a kg:Person ; skos:prefLabel "J. Row"@en.\n',
        '"J. Row"@en',
        '"J. Row"@en ;\n    skos:altLabel "Jane Row"@en',
    ),
    "IRIs in full": (
        '<id/row> a kg:Person ;\n    <http://www.w3.org/2004/02/skos/core#prefLabel> "J. Row"@en .\n',
        '"J. Row"@en',
        '"J. Row"@en ;\n    <http://www.w3.org/2004/02/skos/core#altLabel> "Jane Row"@en',
    ),
    "a name of many lines": (
        'id:row a kg:Person ;\n    skos:note """A "judge" .\n# no remark\n""" ;\n    skos:prefLabel "J. Row"@en .\n',
        '"J. Row"@en',
        '"J. Row"@en ;\n    skos:altLabel "Jane Row"@en',
    ),
}


@pytest.mark.parametrize(("block", "old", "new"), BLOCKS.values(), ids=BLOCKS)
def test_a_name_is_added_and_nothing_else_changes(
    block: str, old: str, new: str, harbour: Path, decide: Decide
) -> None:
    path = harbour / "ontology" / "entities" / "officials.ttl"
    before = f"{path.read_text('utf-8')}\n# About her.\n{block}\n# The end: id:row a kg:Person .\n"
    path.write_text(before, "utf-8")
    decide("--same", "Jane Row", "--as", "id:row")
    assert before.count(old) == 1
    assert path.read_text("utf-8") == before.replace(old, new)


def test_what_cannot_be_edited_safely_is_left_to_the_curator(harbour: Path, decide: Decide) -> None:
    path = harbour / "ontology" / "entities" / "officials.ttl"
    with path.open("a", encoding="utf-8") as file:
        file.write('\n@prefix her: <id/> .\nher:row a kg:Person ; skos:prefLabel "J. Row"@en .\n')
    before = files(harbour)
    told = decide("--same", "Jane Row", "--as", "J. Row", code=2)
    assert told.endswith('cannot be edited safely; write there by hand: id:row skos:altLabel "Jane Row"@en .')
    assert f"{path}: " in told
    assert files(harbour) == before


# ------------------------------------------------------------------------------------- rejected, kept apart


def test_nothing_is_said_of_a_name_that_was_rejected(harbour: Path, decide: Decide) -> None:
    told = decide("--reject", "Harbour Expo", "--why", 'half a "name"')
    assert re.fullmatch(
        r".*/ontology/candidates\.toml: 'Harbour Expo' is rejected as Expo; \d statements of these .* withheld\.", told
    )
    said, refused, graph = built(harbour)
    about = [r for r in refused if r["status"] == "withheld"]
    assert {r["relation"] for r in about} >= {"attended", "heldIn", "edition"}
    assert {r["guard"] for r in about} == {'rejected: half a "name"'}
    assert not [r for r in said if "Harbour Expo" in (r["subject"] + r["object"])]
    assert "harbour-expo" not in graph
    assert ("Expo", "Harbour Expo") not in listed(harbour)


def test_a_sentence_whose_only_statement_is_withheld_is_refused_with_the_reason(harbour: Path, decide: Decide) -> None:
    decide("--reject", "Goldman Bolt", "--why", "a hedge fund")
    lines = run("ledger", cwd=harbour).stdout.splitlines()
    (line,) = [line for line in lines if "Goldman Bolt" in line]
    assert re.search(r" refused \(\S+: rejected: a hedge fund\): Analyst Goldman Bolt", line)


def test_decisions_are_kept_below_those_that_stand_there(harbour: Path, decide: Decide) -> None:
    path = harbour / "ontology" / "candidates.toml"
    first = '# Mine.\n\n[[apart]]\nname = "Jane Row"   # judge\nfrom = "id:han-zheng"\nwhy = "no"\n# The end.\n'
    path.write_text(first, "utf-8")
    decide("--reject", "Goldman Bolt", "--why", "a fund")
    decide("--apart", "Jane Roe", "--from", "Jane Row", "--why", "another post")
    assert path.read_text("utf-8") == (
        f'{first}\n[[rejected]]\nname = "Goldman Bolt"\nclass = "Person"\nwhy = "a fund"\n'
        '\n[[apart]]\nname = "Jane Roe"\nfrom = "Jane Row"\nwhy = "another post"\n'
    )


def test_the_file_of_decisions_is_made_where_there_is_none(harbour: Path, decide: Decide) -> None:
    path = harbour / "ontology" / "candidates.toml"
    head = path.read_text("utf-8")
    path.unlink()
    decide("--reject", "Goldman Bolt", "--why", "a fund")
    assert path.read_text("utf-8").startswith(f"{head}\n[[rejected]]\n")


def test_names_that_are_kept_apart_are_not_suggested_again(harbour: Path, decide: Decide) -> None:
    decide("--apart", "Jane Row", "--from", "Jane Roe", "--why", "another post in the same year")
    found = listed(harbour)
    assert found["Person", "Jane Row"]["near"] == found["Person", "Jane Roe"]["near"] == []
    decide("--accept", "Jane Roe")
    assert listed(harbour)["Person", "Jane Row"]["near"] == []


def test_an_entity_is_kept_apart_by_its_iri(harbour: Path, decide: Decide) -> None:
    decide("--accept", "Jane Roe")
    decide("--apart", "Jane Row", "--from", "Jane Roe", "--why", "another post")
    assert 'from = "id:jane-roe"' in (harbour / "ontology" / "candidates.toml").read_text("utf-8")
    assert listed(harbour)["Person", "Jane Row"]["near"] == []


def test_examples_of_rules_know_of_no_decision(harbour: Path, decide: Decide) -> None:
    decide("--reject", "Jane Roe", "--why", "no such person")
    assert run("rules", cwd=harbour).returncode == 0


# ------------------------------------------------------------------------------------- what is refused


AMBIGUOUS = '\nid:row-1 a kg:Person ; skos:prefLabel "Row"@en .\nid:row-2 a kg:Company ; skos:prefLabel "Row"@en .\n'
REFUSED: Mapping[str, tuple[list[str], str]] = {
    "two at a time": (
        ["--accept", "a", "--reject", "b", "--why", "c"],
        "--accept and --reject are 2 decisions: one at a time.",
    ),
    "no entity": (["--same", "a"], "--same needs --as."),
    "no reason": (["--reject", "a"], "--reject needs --why."),
    "no other": (["--apart", "a", "--why", "b"], "--apart needs --from."),
    "no reason to part": (["--apart", "a", "--from", "b"], "--apart needs --why."),
    "empty reason": (["--reject", "a", "--why", " "], "Invalid value for '--why': must not be empty."),
    "not UTF-8": (["--reject", "a", "--why", "\udcff"], "Invalid value for '--why': is not UTF-8."),
    "slug alone": (["--slug", "a"], "--slug goes with --accept."),
    "reason alone": (["--why", "a"], "--why goes with --reject or --apart."),
    "not with this": (["--accept", "a", "--as", "b"], "--as goes with --same, not with --accept."),
    "class of the same": (
        ["--same", "a", "--as", "b", "--class", "Person"],
        "--class goes with --accept or --reject, not with --same.",
    ),
    "json of a decision": (["--accept", "a", "--json"], "--json is for the list, not for --accept."),
    "class that is none": (["--class", "Persn"], "unknown class of an entity 'Persn'; did you mean 'Person'?"),
    "class of no entity": (["--accept", "Jane Roe", "--class", "Date"], "unknown class of an entity 'Date'; "),
    "known": (["--accept", "MIIT"], "'MIIT' is known already: it is id:miit"),
    "listed": (
        ["--accept", "Japan"],
        "'Japan' is known already: it is id:japan, from a public list of ontology/words/",
    ),
    "never seen": (
        ["--accept", "Mary Major"],
        "'Mary Major' is no name that these documents use; `kg candidates` lists those that are",
    ),
    "a description": (["--accept", "press conference"], "'press conference' is no name that these documents use; "),
    "not of that class": (
        ["--reject", "Jane Roe", "--class", "Company", "--why", "b"],
        "'Jane Roe' is named as Person, not as Company",
    ),
    "slug taken": (
        ["--accept", "Jane Roe", "--slug", "miit"],
        "id:miit is taken, by 'Ministry of Industry and Information Technology'; choose another with --slug",
    ),
    "slug of a list": (["--accept", "Jane Roe", "--slug", "japan"], "id:japan is taken, by 'Japan'; "),
    "slug that is none": (["--accept", "Jane Roe", "--slug", "Jane Roe"], "'Jane Roe' is no slug; 'jane-roe' is one"),
    "entity that is none": (
        ["--same", "Jane Roe", "--as", "id:nobody"],
        "'id:nobody' is neither the IRI nor a name of an entity in ontology/entities/",
    ),
    "entity of a list": (
        ["--same", "Jane Roe", "--as", "Japan"],
        "'Japan' stands in a public list of ontology/words/: write other names there, as `also`",
    ),
    "one of two": (["--same", "Jane Roe", "--as", "Row"], "'Row' may be id:row-1, id:row-2: say which, by its IRI"),
    "from nobody": (["--apart", "Jane Roe", "--from", "x", "--why", "y"], "'x' is neither the IRI nor a name of an "),
    "from itself": (
        ["--apart", "Jane Roe", "--from", "jane roe", "--why", "y"],
        "'Jane Roe' cannot be kept apart from itself",
    ),
    "no document": (["--accept", "Jane Roe", "nowhere.txt"], "nowhere.txt: no such file"),
}


@pytest.mark.parametrize(("arguments", "what"), REFUSED.values(), ids=REFUSED)
def test_a_decision_that_cannot_be_taken_is_refused(
    arguments: list[str], what: str, harbour: Path, decide: Decide
) -> None:
    with (harbour / "ontology" / "entities" / "officials.ttl").open("a", encoding="utf-8") as file:
        file.write(AMBIGUOUS)
    before = files(harbour)
    assert decide(*arguments, code=2).startswith(f"kg: {what}")
    assert files(harbour) == before


def test_a_name_of_two_classes_wants_its_class(harbour: Path, decide: Decide) -> None:
    text = f"{TEXT}Goldman Bolt said that tea grows.\n"
    (harbour / "seeds" / "harbour.txt").write_text(text, "utf-8")
    told = decide("--reject", "Goldman Bolt", "--why", "a fund", code=2)
    assert told == "kg: 'Goldman Bolt' is named as Agent and as Person: say which with --class"
    decide("--reject", "Goldman Bolt", "--why", "a fund", "--class", "Person")
    assert {cls for cls, name in listed(harbour) if name == "Goldman Bolt"} == {"Agent"}


def test_a_decision_is_not_taken_twice(decide: Decide) -> None:
    decide("--reject", "Goldman Bolt", "--why", "a fund")
    for action in (["--accept", "Goldman Bolt"], ["--reject", "Goldman Bolt", "--why", "b"]):
        assert decide(*action, code=2) == (
            "kg: 'Goldman Bolt' was rejected as Person, line 3 of candidates.toml (a fund); "
            "to decide otherwise, take that out"
        )
    decide("--apart", "Jane Roe", "--from", "Jane Row", "--why", "a")
    told = decide("--apart", "Jane Row", "--from", "Jane Roe", "--why", "a", code=2)
    assert told.endswith("candidates.toml says already that 'Jane Row' is not 'Jane Roe'")


def test_a_project_without_entities_says_so(harbour: Path, decide: Decide) -> None:
    for path in harbour.glob("ontology/entities/*.ttl"):
        path.unlink()
    told = decide("--accept", "Jane Roe", code=2)
    assert told.endswith("entities: no file with entities yet; begin one (*.ttl) with its prefixes")


def test_a_file_without_the_prefixes_is_left_to_the_curator(harbour: Path, decide: Decide) -> None:
    path = harbour / "ontology" / "entities" / "officials.ttl"
    path.write_text(path.read_text("utf-8").replace("id: <id/>", "i: <id/>").replace("id:", "i:"), "utf-8")
    before = files(harbour)
    told = decide("--accept", "Jane Roe", code=2)
    assert told.endswith('write there by hand: id:jane-roe a kg:Person ; skos:prefLabel "Jane Roe"@en .')
    assert files(harbour) == before


def test_decisions_in_another_form_are_left_to_the_curator(harbour: Path, decide: Decide) -> None:
    path = harbour / "ontology" / "candidates.toml"
    path.write_text('rejected = [{ name = "A", class = "Person", why = "b" }]\n', "utf-8")
    before = files(harbour)
    told = decide("--reject", "Jane Roe", "--why", "c", code=2)
    assert f"{path}: is of a form that cannot be added to safely; write there by hand: " in told
    assert files(harbour) == before


def test_the_help_shows_examples() -> None:
    shown = run("candidates", "--help", cwd=ROOT).stdout
    assert "kg candidates --accept 'Jane Roe'" in shown
    assert "--why WORDS" in shown
