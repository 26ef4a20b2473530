from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kg.examples import check, cut_zones, read, told
from kg.model import ZoneKind
from kg.pipeline import Ontology
from kg.rules import Example, Shape
from tests.conftest import Book, marked, table

HIT: dict[str, Any] = {
    "text": "[Jane Roe|Person] attended [Tea Expo|Expo].",
    "gives": [["Jane Roe", "attended", "Tea Expo"]],
}
UNSAID = "fires, and `gives` does not say so:"
MISS: dict[str, Any] = {"text": "[Jane Roe|Person], who attended, met [Tea Expo|Expo].", "gives": []}


def rule(*examples: Mapping[str, object], **keys: object) -> str:
    return table(
        "rule",
        **{
            "id": "attended",
            "pattern": "{p:Person} [perhaps] attended {e:Event}",
            "emits": [["p", "attended", "e"]],
            "unless": {"hedged": ["perhaps attended"]},
            "example": list(examples),
            **keys,
        },
    )


def faults(known: Ontology) -> list[str]:
    return [f.what for f in check(known).faults]


def test_every_example_of_the_curated_rules_gives_what_it_says(ontology: Ontology) -> None:
    tally = check(ontology)
    assert [str(fault) for fault in tally.faults] == []
    assert tally.run == sum(len(r.examples) for r in ontology.book.readers)


def test_every_curated_rule_and_shape_has_a_hit_and_a_near_miss(ontology: Ontology) -> None:
    bare = [
        owner.id
        for owner in ontology.book.readers
        if isinstance(owner, Shape) or owner.emits  # a rule that only folds gives nothing itself
        if not any(e.gives and not e.todo for e in owner.examples) or all(e.gives for e in owner.examples)
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("examples", "found"),
    [
        ([HIT, MISS], []),
        (
            [HIT, {**MISS, "gives": HIT["gives"]}, MISS],
            ["does not give [Jane Roe] [attended] [Tea Expo], but nothing"],
        ),
        ([HIT, {**HIT, "gives": []}], [f"{UNSAID} [Jane Roe] [attended] [Tea Expo]; say it there, or tighten "]),
        (
            [HIT, MISS, {**HIT, "gives": [["Jane Roe", "attended", "Oil Expo"]]}],
            [
                "does not give [Jane Roe] [attended] [Oil Expo], but [Jane Roe] [attended] [Tea Expo]",
                f"{UNSAID} [Jane Roe] [attended] [Tea Expo]; ",
            ],
        ),
        (
            [HIT, MISS, {**HIT, "gives": [["Jane Roe", "attended", "Tea Expo", {"status": "planned"}]]}],
            [
                "does not give [Jane Roe] [attended] [Tea Expo] (status planned), but [Jane Roe] [attended] [Tea Exp",
                f"{UNSAID} [Jane Roe] [attended] [Tea Expo]; ",
            ],
        ),
        ([HIT, MISS, {**HIT, "gives": [["Jane Roe", "attended", "Tea Expo", {"status": "asserted"}]]}], []),
        ([HIT, MISS, {**HIT, "also": ["left"]}], ["left stands in `also`, and does not fire"]),
        ([HIT, MISS, {**MISS, "todo": True, "gives": HIT["gives"]}], []),
        ([HIT, MISS, {**HIT, "todo": True}], ["the todo example passes now: promote it"]),
        ([HIT, MISS, {"text": "[Jane Roe|Person] perhaps attended [Tea Expo|Expo].", "gives": []}], []),
        ([HIT, MISS, {**HIT, "zone": "title"}], ["does not give [Jane Roe] [attended] [Tea Expo], but nothing"]),
        (
            [HIT, {"text": "[Jane Roe|Person] attended.", "gives": []}],
            ["the near miss has nothing that could fill {e:Event}"],
        ),
    ],
    ids=[
        "right",
        "a miss that should hit",
        "a hit that should miss",
        "another object",
        "another status",
        "its status",
        "also in vain",
        "a known miss",
        "a known miss no more",
        "refused",
        "outside its zones",
        "a miss by a mile",
    ],
)
def test_an_example_gives_all_that_it_says_and_no_more(
    examples: list[dict[str, object]], found: list[str], book: Book
) -> None:
    made = faults(book(rule(*examples)))
    assert len(made) == len(found), made
    for what, begin in zip(made, found, strict=True):
        assert what.startswith(f"attended: {begin}")


def test_a_second_rule_that_fires_must_be_named(book: Book) -> None:
    twin = rule(HIT, MISS, id="twin")
    named = [{**HIT, "also": ["twin"]}, MISS]
    assert faults(book(rule(HIT, MISS), rule({**HIT, "also": ["attended"]}, MISS, id="twin"))) == [
        "attended: twin fires too: name it in `also`, or keep it out"
    ]
    assert [f for f in faults(book(rule(*named), twin)) if f.startswith("attended: ")] == []


def test_the_tally_counts_and_names_known_misses(book: Book) -> None:
    tally = check(book(rule(HIT, MISS, {**MISS, "todo": True, "gives": HIT["gives"]})))
    assert (tally.run, tally.faults) == (3, ())
    assert tally.todo == (f"attended: {MISS['text']}",)


def test_faults_have_the_place_of_the_example(book: Book) -> None:
    (fault,) = check(book(rule(HIT, MISS, {**HIT, "gives": []}))).faults
    assert fault.path.name == "all.toml"
    assert fault.line > 0


def test_shapes_are_run_too(book: Book) -> None:
    shape = table(
        "mention",
        id="edition",
        pattern="{n:Ordinal} {s:Event}",
        **{"class": "s"},
        example=[
            {"text": "The second [Tea Expo|Expo].", "gives": [["second Tea Expo", "Expo"]]},
            {"text": "The second, [Tea Expo|Expo].", "gives": []},
            {"text": "The third [Tea Expo|Expo].", "gives": [["third Tea Expo", "Forum"]]},
        ],
    )
    made = faults(book(shape))
    assert len(made) == 2
    assert made[0] == "edition: does not give [third Tea Expo] [Forum], but [third Tea Expo] [Expo]"
    assert made[1].startswith(f"edition: {UNSAID} [third Tea Expo] [Expo]; ")


def test_the_marks_tell_which_names_are_known_and_are_no_text(ontology: Ontology) -> None:
    text = "[Jane Roe|Person], [minister|Post] of [Tea|Ministry], met [Xiao Yaqing|Person] on [May 1, 2020|Date]."
    document, known = read(Example(0, text, (), date="2020-05-02"), ontology)
    assert document.text == "Jane Roe, minister of Tea, met Xiao Yaqing on May 1, 2020."
    assert str(document.published) == "2020-05-02"
    assert {(e.label, *e.classes) for e in known.known} == {
        ("Jane Roe", "Person"),
        ("Tea", "Ministry"),
        ("Xiao Yaqing", "Person"),
    }


@pytest.mark.parametrize(
    ("text", "zone", "zones"),
    [
        ("One.\nTwo.", "", [("body", "One.", ""), ("body", "Two.", "")]),
        ("One.\n\nTwo.", "title", [("title", "One.", ""), ("title", "Two.", "")]),
        (
            "Jane Roe: One.\nTwo.\nAnn Doe: Three.",
            "",
            [("turn", "One.", "Jane Roe"), ("turn", "Two.", "Jane Roe"), ("turn", "Three.", "Ann Doe")],
        ),
        ("Lead.\nJane Roe: One.", "", [("body", "Lead.", ""), ("turn", "One.", "Jane Roe")]),
        (
            "Measures are taken:\nFirst, build.",
            "body",
            [("body", "Measures are taken:", ""), ("body", "First, build.", "")],
        ),
    ],
    ids=["body", "a kind given", "turns", "a lead before turns", "a colon in a body"],
)
def test_the_lines_of_an_example_are_zones(text: str, zone: str, zones: list[tuple[str, str, str]]) -> None:
    made = cut_zones(text, zone)
    shown = [(z.kind.value, text[slice(*z.span)].strip(), text[slice(*z.speaker)] if z.speaker else "") for z in made]
    assert [z for z in shown if z[0] != "heading"] == zones


def test_a_line_with_a_colon_that_names_nobody_is_no_turn() -> None:
    assert [z.kind for z in cut_zones("The ministry takes the following measures:\nFirst, build.", "")] == [
        ZoneKind.BODY
    ] * 2


def test_what_a_statement_tells_people(ontology: Ontology) -> None:
    reading = marked("[Jane Roe|Person], head of [Acme|Company], left.", ontology)
    (statement,) = reading.extraction.statements
    assert told(statement) == ("Jane Roe", "holdsPost", "Acme", {"status": "asserted", "post": "head"})
