from __future__ import annotations

from pathlib import Path

import pytest

from kg import rulebook
from kg.errors import OntologyError
from kg.model import Status, ZoneKind
from kg.pipeline import Ontology
from kg.rules import Emission
from tests.conftest import Book, table, toml

HIT = {"text": "[Roe|Person] left [Tea Expo|Expo].", "gives": [["Roe", "attended", "Tea Expo"]]}
MISS = {"text": "[Roe|Person] left after [Tea Expo|Expo].", "gives": []}
GOOD = {
    "id": "good",
    "says": "Who left an event was there.",
    "pattern": "{who:Person} left {what:Event}",
    "emits": [["who", "attended", "what"]],
    "example": [HIT, MISS],
}


def rule(**changes: object) -> str:
    """A rule that is right but for these keys; None leaves one out."""
    keys = {k: v for k, v in {**GOOD, **changes}.items() if v is not None}
    return "[[rule]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in keys.items())


def faults(folder: Path, ontology: Ontology, **files: str) -> list[str]:
    """What is wrong with a rule book, as `file:line: what`; `rules__a` is rules/a.toml."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".toml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    try:
        rulebook.read(folder, vocabulary=ontology.vocabulary, alphabet=ontology.reader.alphabet)
    except OntologyError as error:
        return [str(fault).removeprefix(f"{folder}/") for fault in error.faults]
    return []


def test_a_rule_is_read_whole(book: Book) -> None:
    made = book(
        table("scope", id="measures", opens="{agent:Body} takes measures", items=["first ,"]),
        table("guard", id="guards.if", status="conditional", pattern="if ... {match}"),
        rule(
            folds="who",
            unless={"negated": ["not {what}"], "hedged": ["perhaps {match}"]},
            never=["{what} closed"],
            zone=["title", "turn"],
            scope="measures",
            status="planned",
            emits=[["who", "attended", "what", {"asOf": "what"}], ["speaker", "attended", "what.whole"]],
        ),
    ).book
    (one,) = made.rules
    assert (one.id, one.says, one.line) == ("good", "Who left an event was there.", made.rules[0].line)
    assert one.emits == (
        Emission("who", "attended", "what", (("asOf", "what"),)),
        Emission("speaker", "attended", "what.whole"),
    )
    assert (one.folds, one.scope, one.status) == ("who", "measures", Status.PLANNED)
    assert one.zones == (ZoneKind.TITLE, ZoneKind.TURN)
    assert [(g.status, g.expression.source) for g in one.guards] == [
        (Status.NEGATED, "not {what}"),
        (Status.HEDGED, "perhaps {match}"),
        (None, "{what} closed"),
    ]
    assert [e.text for e in one.examples] == [HIT["text"], MISS["text"]]
    assert [g.status for g in made.guards] == [Status.CONDITIONAL]
    assert [s.id for s in made.scopes] == ["measures"]


def test_guards_without_a_status_negate_and_zones_have_a_usual_choice(book: Book) -> None:
    (one,) = book(rule(unless=["never {what}"])).book.rules
    assert [g.status for g in one.guards] == [Status.NEGATED]
    assert one.zones == (ZoneKind.BODY, ZoneKind.CAPTION, ZoneKind.TURN)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            rule(colour="red"),
            [
                "rules/a.toml:7: unknown key 'colour'; allowed are emits, example, folds, id, never, pattern, says, ",
            ],
        ),
        (rule(emit=[]), ["rules/a.toml:7: unknown key 'emit'; did you mean 'emits'? Allowed are emits, example, "]),
        (rule(pattern=None), ["rules/a.toml:2: the key 'pattern' is missing"]),
        (
            rule(says=None, example=None),
            ["rules/a.toml:2: the key 'says' is missing", "rules/a.toml:2: the key 'example' is missing"],
        ),
        (
            rule(pattern="{who:Person} left {what:Ocasion}"),
            ["rules/a.toml:4: unknown class 'Ocasion'; allowed are Academy, Acronym, "],
        ),
        (
            rule(pattern="{who:Person} left {what:Evnt}"),
            ["rules/a.toml:4: unknown class 'Evnt'; did you mean 'Event'? Allowed are Academy, Acronym, "],
        ),
        (
            rule(pattern="{who:Person} <departed> {what:Event}"),
            ["rules/a.toml:4: unknown word class 'departed'; allowed are "],
        ),
        (
            rule(pattern="{who:Person} <atended> {what:Event}"),
            ["rules/a.toml:4: unknown word class 'atended'; did you mean 'attended'? Allowed are "],
        ),
        (
            rule(pattern="({who:Person} left {what:Event}"),
            [
                "rules/a.toml:4: a bracket '(' is never closed, in '({who:Person} left {what:Event}'",
            ],
        ),
        (
            rule(pattern="{who:Person} left {what:Event} {name:Caps}"),
            ["rules/a.toml:4: a slot of Caps stands only in [[mention]]"],
        ),
        (rule(emits=[["who", "toured", "what"]]), ["rules/a.toml:5: unknown relation 'toured'; allowed are "]),
        (
            rule(emits=[["who", "atended", "what"]]),
            ["rules/a.toml:5: unknown relation 'atended'; did you mean 'attended'? Allowed are "],
        ),
        (
            rule(emits=[["he", "attended", "what"]]),
            [
                "rules/a.toml:5: unknown slot 'he'; allowed are who, what, agent, document, meeting, ministry, ",
            ],
        ),
        (
            rule(emits=[["whom", "attended", "what"]]),
            ["rules/a.toml:5: unknown slot 'whom'; did you mean 'who'? Allowed are who, what, agent, document, "],
        ),
        (
            rule(emits=[["who", "attended", "what", {"asOf": "day"}]]),
            ["rules/a.toml:5: unknown slot 'day'; allowed are who, what, agent, "],
        ),
        (rule(emits=[["who", "attended"]]), ["rules/a.toml:5: `emits` must be a list of [subject, relation, object]"]),
        (
            rule(emits=[["what", "attended", "what"]]),
            ["rules/a.toml:5: what:Event breaks the domain of 'attended': Agent"],
        ),
        (
            rule(emits=[["who", "attended", "who"]]),
            ["rules/a.toml:5: who:Person breaks the range of 'attended': Event"],
        ),
        (
            rule(pattern="{who:Person} left {what=the sea}", emits=[["who", "attended", "what"]]),
            [
                "rules/a.toml:5: what:Clause breaks the range of 'attended': Event",
                "rules/a.toml:6: the near miss lacks",
            ],
        ),
        (
            rule(emits=[["who", "attended", "what", {"mood": "what"}]]),
            ["rules/a.toml:5: unknown qualifier 'mood'; allowed are "],
        ),
        (
            rule(emits=[["who", "attended", "what", {"asof": "what"}]]),
            ["rules/a.toml:5: unknown qualifier 'asof'; did you mean 'asOf'? Allowed are "],
        ),
        (rule(emits=None), ["rules/a.toml:2: the rule neither emits nor folds"]),
        (rule(folds="where"), ["rules/a.toml:7: no slot 'where' to fold; allowed are what, who"]),
        (
            rule(status="probable"),
            ["rules/a.toml:7: unknown status 'probable'; allowed are asserted, planned, former, acting, designate"],
        ),
        (
            rule(status="planed"),
            ["rules/a.toml:7: unknown status 'planed'; did you mean 'planned'? Allowed are asserted, planned, "],
        ),
        (rule(zone=["sidebar"]), ["rules/a.toml:7: unknown zone 'sidebar'; allowed are masthead, title, "]),
        (
            rule(zone=["bodies"]),
            ["rules/a.toml:7: unknown zone 'bodies'; did you mean 'body'? Allowed are masthead, title, "],
        ),
        (rule(scope="measures"), ["rules/a.toml:2: unknown scope 'measures'; allowed are none"]),
        (
            table("scope", id="measures", opens="{who:Body} takes measures", items=["first ,"]) + rule(scope="measure"),
            ["rules/a.toml:7: unknown scope 'measure'; did you mean 'measures'? Allowed are measures"],
        ),
        (
            rule(unless=["not {when}"]),
            ["rules/a.toml:7: unknown slot 'when'; allowed are match, what, who, in 'not {when}'"],
        ),
        (
            rule(unless=["not {whom}"]),
            ["rules/a.toml:7: unknown slot 'whom'; did you mean 'who'? Allowed are match, what, who, in "],
        ),
        (
            rule(unless={"doubted": ["not {what}"]}),
            ["rules/a.toml:7: unknown status of a guard 'doubted'; allowed are "],
        ),
        (
            rule(unless={"negative": ["not {what}"]}),
            ["rules/a.toml:7: unknown status of a guard 'negative'; did you mean 'negated'? Allowed are "],
        ),
        (rule(never=["({what}"]), ["rules/a.toml:7: a bracket '(' is never closed"]),
        (rule(example=[HIT, MISS, {"text": "[Roe|Person]"}]), ["rules/a.toml:6: the key 'gives' is missing"]),
        (
            rule(example=[HIT, MISS, {**MISS, "comment": "no"}]),
            ["rules/a.toml:6: unknown key 'comment'; allowed are also, date, gives, text, todo, zone"],
        ),
        (
            rule(example=[HIT, MISS, {**MISS, "zones": "title"}]),
            ["rules/a.toml:6: unknown key 'zones'; did you mean 'zone'? Allowed are also, date, "],
        ),
        (
            rule(example=[HIT, MISS, {"text": "[Roe|Persona] left [Tea|Expo].", "gives": []}]),
            ["rules/a.toml:6: unknown class of a mark 'Persona'; did you mean 'Person'? Allowed are Academy, "],
        ),
        (rule(example=[MISS]), ["rules/a.toml:2: no example fires"]),
        (rule(example=[HIT]), ["rules/a.toml:2: no near miss"]),
        (rule(example=[{**HIT, "todo": True}, MISS]), ["rules/a.toml:2: no example fires"]),
        (
            rule(example=[HIT, {"text": "[Roe|Person] opened [Tea Expo|Expo].", "gives": []}]),
            [
                "rules/a.toml:6: the near miss lacks what every match has: left",
            ],
        ),
        ("[[rule]\n", ["rules/a.toml:1: is not TOML: "]),
        ("[[rules]]\nid = 1\n", ["rules/a.toml:1: unknown [[rules]]; allowed are scope, guard, rule"]),
        (
            '[[scope]]\nid = "s"\nsays = "S."\nopens = "(a"\nitems = ["b)"]\n',
            [
                "rules/a.toml:4: a bracket '(' is never closed, in '(a'",
                "rules/a.toml:5: a bracket ')' was never opened, in ",
            ],
        ),
        (
            '[[scope]]\nid = "s"\nsays = "S."\n',
            ["rules/a.toml:2: the key 'opens' is missing", "rules/a.toml:2: the key 'items' is missing"],
        ),
        (
            '[[guard]]\nid = "g"\nstatus = "maybe"\npattern = "if {match}"\n',
            ["rules/a.toml:4: unknown status of a guard 'maybe'; allowed are "],
        ),
        (
            '[[guard]]\nid = "g"\nstatus = "asked"\npattern = "if {who}"\n',
            ["rules/a.toml:4: unknown slot 'who'; allowed are match"],
        ),
    ],
    ids=[
        "unknown key",
        "a key like it",
        "no pattern",
        "two keys missing",
        "unknown class",
        "a class like it",
        "unknown word class",
        "a word class like it",
        "open bracket",
        "names only in shapes",
        "unknown relation",
        "a relation like it",
        "unknown slot",
        "a slot like it",
        "unknown slot of a qualifier",
        "no triple",
        "domain",
        "range",
        "words where a thing stands",
        "unknown qualifier",
        "a qualifier like it",
        "says nothing",
        "folds no slot",
        "unknown status",
        "a status like it",
        "unknown zone",
        "a zone like it",
        "unknown scope",
        "a scope like it",
        "guard of no slot",
        "guard of a slot like it",
        "status of a guard",
        "a guard's status like it",
        "guard's bracket",
        "example without gives",
        "example's unknown key",
        "an example's key like it",
        "a mark's class like it",
        "no example fires",
        "no near miss",
        "only a todo fires",
        "miss without the cue",
        "no TOML",
        "unknown kind",
        "scope's patterns",
        "scope's keys",
        "guard's status",
        "book guard of a slot",
    ],
)
def test_a_rule_with_a_fault_is_refused_with_its_place_and_what_is_allowed(
    text: str,
    found: list[str],
    tmp_path: Path,
    ontology: Ontology,
) -> None:
    told = faults(tmp_path, ontology, rules__a=text)
    assert len(told) == len(found), told
    for line, begin in zip(sorted(told), sorted(found), strict=True):
        assert line.startswith(begin)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            table("mention", id="m", pattern="{n:Caps}", **{"class": "Person"}, refer=True),
            "mentions/a.toml:6: unknown key 'refer'; did you mean 'refers'? Allowed are ",
        ),
        (
            table("mention", id="m", pattern="{n:Caps}", **{"class": "Persona"}),
            "mentions/a.toml:5: unknown class 'Persona'; did you mean 'Person'? Allowed are ",
        ),
        (
            table("mention", id="m", pattern="{n:Caps}", **{"class": "Qqq"}),
            "mentions/a.toml:5: unknown class 'Qqq'; allowed are ",
        ),
        (table("mention", id="m", pattern="{n:Caps}"), "mentions/a.toml:2: the key 'class' is missing"),
        (
            table("mention", id="m", pattern="{n:Event}", **{"class": "Event"}, emits=[["self", "edition", "m"]]),
            "mentions/a.toml:6: unknown slot 'm'; allowed are n, self, ",
        ),
        (
            table("mention", id="m", pattern="{n:Event}", **{"class": "Event"}, emits=[["selv", "partOf", "n"]]),
            "mentions/a.toml:6: unknown slot 'selv'; did you mean 'self'? Allowed are n, self, ",
        ),
        (
            table("mention", id="m", pattern="{n:Person}", **{"class": "Event"}, emits=[["self", "partOf", "n"]]),
            "mentions/a.toml:6: n:Person breaks the range",
        ),
        (table("rule", **GOOD), "mentions/a.toml:1: unknown [[rule]]; allowed are mention"),
        (
            table("mention", id="m", pattern="{n:Caps}", **{"class": "Person"}, names={"body": "Ministry"}),
            "mentions/a.toml:6: ",
        ),
        (
            table(
                "mention",
                id="m",
                pattern="{n:Caps}",
                **{"class": "Person"},
                names={"body": ["Ministri", "Ministry of {n}"]},
            ),
            "mentions/a.toml:6: unknown class 'Ministri'; did you mean 'Ministry'? Allowed are ",
        ),
        (
            table(
                "mention",
                id="m",
                pattern="{n:Caps}",
                **{"class": "Person"},
                names={"body": ["Ministry", "Ministry of {field}"]},
            ),
            "mentions/a.toml:6: no slot 'field' in 'Ministry of {field}'; allowed are n, self",
        ),
    ],
    ids=[
        "a key like it",
        "a class like it",
        "unknown class",
        "no class",
        "unknown slot",
        "a slot like it",
        "range",
        "a rule among shapes",
        "name without class",
        "name of no class",
        "name of no slot",
    ],
)
def test_a_shape_of_names_with_a_fault_is_refused(text: str, found: str, tmp_path: Path, ontology: Ontology) -> None:
    (told,) = faults(tmp_path, ontology, mentions__a=text)
    assert told.startswith(found)


@pytest.mark.parametrize(
    "change",
    [
        {"emits": "who attended what"},
        {"emits": [[1, 2, 3]]},
        {"emits": [["who", "attended", "what", "day"]]},
        {"pattern": 7},
        {"zone": "body"},
        {"unless": "closed"},
        {"unless": {"negated": "closed"}},
        {"never": "closed"},
        {"example": "[Roe|Person] left."},
        {"example": [{"text": 7, "gives": []}]},
        {"example": [HIT, MISS, {"text": "[Roe|Person] left [Tea|Expo].", "gives": ["Roe", "attended", "Tea"]}]},
        {"example": [HIT, MISS, {"text": "[Roe|Person] left [Tea|Expo].", "gives": [], "date": "tomorrow"}]},
        {"example": [HIT, MISS, {"text": "[Roe|Person] left [Tea|Expo].", "gives": [], "zone": "bodies"}]},
        {"example": [HIT, MISS, {"text": "[Roe|Persona] left [Tea|Expo].", "gives": []}]},
        {"id": 7},
        {"status": ["asserted"]},
        {"folds": ["who"]},
    ],
    ids=lambda change: str(change).replace(str(HIT), "HIT").replace(str(MISS), "MISS"),
)
def test_a_value_of_the_wrong_kind_is_a_fault_with_its_line_and_no_crash(
    change: dict[str, object], tmp_path: Path, ontology: Ontology
) -> None:
    told = faults(tmp_path, ontology, rules__a=rule(**change))
    assert told
    assert all(line.startswith("rules/a.toml:") for line in told)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path, ontology: Ontology) -> None:
    told = faults(
        tmp_path,
        ontology,
        mentions__shapes=table("mention", id="m", pattern="(", **{"class": "Person"}, example=[HIT, MISS]),
        rules__broken="[[rule]\n",
        rules__many=rule(pattern="{who:Nobody}") + rule(id="other", colour="red", emits=[["who", "visited", "what"]]),
        rules__right=rule(id="right"),
    )
    assert sorted(line.partition(": ")[0] for line in told) == [
        "mentions/shapes.toml:4",
        "rules/broken.toml:1",
        "rules/many.toml:11",
        "rules/many.toml:13",
        "rules/many.toml:4",
    ]


def test_one_id_stands_for_one_rule_in_all_files(tmp_path: Path, ontology: Ontology) -> None:
    shape = table("mention", id="good", pattern="{n:Caps}", **{"class": "Person"})
    told = faults(tmp_path, ontology, mentions__a=shape, rules__a=rule(id="other"), rules__b=rule())
    assert told == ["rules/b.toml:2: the id 'good' was used before, in a.toml:2"]


def test_a_class_may_stand_where_one_above_or_below_it_is_allowed(book: Book) -> None:
    made = book(
        rule(id="below", pattern="{who:Person} left {what:Expo}"),
        rule(id="above", pattern="{who:Thing} left {what:Event}"),
        rule(id="one-of-several", pattern="{who:Person|Topic} left {what:Event}"),
    )
    assert [r.id for r in made.book.rules] == ["below", "above", "one-of-several"]


def test_the_curated_book_has_unique_ids_and_says_what_each_rule_is_for(ontology: Ontology) -> None:
    every = ontology.book.readers
    assert len({r.id for r in every}) == len(every)
    assert [r.id for r in ontology.book.rules if not r.says.rstrip("`").endswith((".", "?", '"'))] == []
    assert [r.id for r in ontology.book.rules if r.path.stem != r.id.split(".")[0]] == []


def test_no_curated_rule_or_shape_names_an_entity(ontology: Ontology) -> None:
    names = {name for e in ontology.known for name in e.names if name.isascii() and " " in name}
    named = [(r.id, name) for r in ontology.book.readers for name in names if name in r.expression.source]
    assert named == []
