from __future__ import annotations

import pytest

from kg.examples import cut_zones, read
from kg.matches import cue, mention_at, scan
from kg.mentions import mentions
from kg.model import ZoneKind
from kg.pipeline import Ontology
from kg.rules import Example
from kg.sentences import sentences
from tests.conftest import Book, marked, table

POST = table("mention", id="post", pattern="(minister|mayor|head)", **{"class": "Post"})
POST_OF = table("mention", id="post-of", pattern="{post:Post} of [the] {body:Body|Place}", **{"class": "PostOf"})
APPOSITION = table(
    "rule",
    id="apposition",
    pattern="{person:Person}, [not] [the|a] {post:PostOf} [,]",
    emits=[["person", "holdsPost", "post.body", {"post": "post.post"}]],
    folds="person",
    unless={"negated": ["not [the|a] {post}"]},
)
ATTENDED = table(
    "rule",
    id="attended",
    pattern="{who:Person+} [perhaps] attended [the] {event:Event}",
    emits=[["who", "attended", "event"]],
    unless={"hedged": ["perhaps attended"]},
)
HELD = table(
    "rule",
    id="held",
    pattern="{event:Event} held by [the] {body:Body}",
    emits=[["event", "organisedBy", "body"]],
    folds="event",
)
LIES = table(
    "rule",
    id="lies",
    pattern="{city:City} [in {x:Region}], {country:Country} [,]",
    emits=[["city", "locatedIn", "country"]],
    folds="city",
)
RULES = (POST, POST_OF, APPOSITION, ATTENDED, HELD, LIES)


def facts(text: str, known: Ontology) -> set[tuple[str, str, str]]:
    return marked(text, known).facts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "[Hou Tao|Person], head of [Acme|Company], and [Ye Xi|Person], mayor of [Oslo|City], "
                "attended the [Tea Expo|Expo]."
            ),
            {
                ("Hou Tao", "holdsPost", "Acme"),
                ("Ye Xi", "holdsPost", "Oslo"),
                ("Hou Tao", "attended", "Tea Expo"),
                ("Ye Xi", "attended", "Tea Expo"),
            },
        ),
        (
            "[Hou Tao|Person] met [Ye Xi|Person], mayor of [Oslo|City], who attended the [Tea Expo|Expo].",
            {("Ye Xi", "holdsPost", "Oslo")},
        ),
        (
            "[Hou Tao|Person], head of the [Ministry of Tea|Ministry], attended the [Tea Expo|Expo].",
            {("Hou Tao", "holdsPost", "Ministry of Tea"), ("Hou Tao", "attended", "Tea Expo")},
        ),
        (
            "[Hou Tao|Person], head of [Acme|Company], attended the [Tea Expo|Expo] held by the [Tea Board|Body].",
            {
                ("Hou Tao", "holdsPost", "Acme"),
                ("Hou Tao", "attended", "Tea Expo"),
                ("Tea Expo", "organisedBy", "Tea Board"),
            },
        ),
        ("[Hou Tao|Person] perhaps attended the [Tea Expo|Expo].", set()),
        (
            "[Hou Tao|Person], not the head of [Acme|Company], attended the [Tea Expo|Expo].",
            {("Hou Tao", "attended", "Tea Expo")},
        ),
        (
            "[Oslo|City], [Norway|Country], and [Bergen|City], [Norway|Country], agreed.",
            {("Oslo", "locatedIn", "Norway"), ("Bergen", "locatedIn", "Norway")},
        ),
    ],
    ids=[
        "two appositions in a list",
        "a relative clause is another's",
        "the body attends nothing",
        "an event with its host",
        "a guard",
        "a guarded apposition still folds",
        "a list of folded places",
    ],
)
def test_folds(text: str, expected: set[tuple[str, str, str]], book: Book) -> None:
    assert facts(text, book(*RULES)) == expected


def test_what_a_guard_refuses_is_kept_apart_with_the_guard(book: Book) -> None:
    reading = marked("[Hou Tao|Person] perhaps attended the [Tea Expo|Expo].", book(*RULES))
    (row,) = reading.refused
    assert (row["subject"], row["relation"], row["object"]) == ("Hou Tao", "attended", "Tea Expo")
    assert (row["status"], row["guard"], row["rule"]) == ("hedged", "perhaps attended", "attended")


def test_the_closing_comma_belongs_to_the_apposition_or_to_the_list(book: Book) -> None:
    known = book(*RULES)
    text = "[Hou Tao|Person], head of [Acme|Company], [Ye Xi|Person] and [Li Bo|Person] attended the [Tea Expo|Expo]."
    assert {f for f in facts(text, known) if f[1] == "attended"} == {
        (name, "attended", "Tea Expo") for name in ("Hou Tao", "Ye Xi", "Li Bo")
    }


def test_only_what_self_takes_is_folded_where_a_rule_has_it(book: Book) -> None:
    pattern = "{self={person:Person}, [the|a] {post:PostOf}}, and {next:Person}"
    emits = [["person", "holdsPost", "post.body", {"post": "post.post"}]]
    rolled = table("rule", id="rolled", pattern=pattern, emits=emits, folds="person")
    known = book(POST, POST_OF, rolled, ATTENDED)
    text = "[Hou Tao|Person], head of [Acme|Company], and [Ye Xi|Person] attended the [Tea Expo|Expo]."
    assert facts(text, known) == {
        ("Hou Tao", "holdsPost", "Acme"),
        ("Hou Tao", "attended", "Tea Expo"),
        ("Ye Xi", "attended", "Tea Expo"),
    }


def test_appositions_are_read_once_though_folding_repeats(book: Book) -> None:
    reading = marked("[Hou Tao|Person], head of [Acme|Company], attended the [Tea Expo|Expo].", book(*RULES))
    assert len(reading.rows) == 2


@pytest.mark.parametrize(
    ("status", "text", "kept"),
    [
        ("conditional", "If [Hou Tao|Person] attended the [Tea Expo|Expo], all will be well.", set()),
        ("asked", "[Hou Tao|Person] attended the [Tea Expo|Expo]?", set()),
        ("", "[Hou Tao|Person] attended the [Tea Expo|Expo] if invited.", {("Hou Tao", "attended", "Tea Expo")}),
    ],
)
def test_guards_of_the_whole_book(status: str, text: str, kept: set[tuple[str, str, str]], book: Book) -> None:
    guards = (
        table("guard", id="if", status="conditional", pattern="if ... {match}"),
        table("guard", id="question", status="asked", pattern="{match} ... ?"),
    )
    reading = marked(text, book(*RULES, *guards))
    assert reading.facts == kept
    assert [r["status"] for r in reading.refused] == ([status] if status else [])


def test_where_a_guards_never_stands_the_guard_does_not_hold(book: Book) -> None:
    guard = table("guard", id="if", status="conditional", pattern="if ... {match}", never=["^ asked if ... , {match}"])
    known = book(*RULES, guard)
    assert facts("Asked if [Acme|Company] paid, [Hou Tao|Person] attended the [Tea Expo|Expo].", known)
    assert not facts("Asked if [Hou Tao|Person] attended the [Tea Expo|Expo], they left.", known)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "two tasks: digging canals, wide and deep, and planting trees.",
            {"digging canals, wide and deep", "planting trees"},
        ),
        ("three tasks: lower fees, new piers and peace.", {"lower fees", "new piers", "peace"}),
        ("three tasks: lower fees and peace.", set()),
        ("some tasks: lower fees, new piers and peace.", set()),
        ("some tasks: digging and dredging canals.", set()),
        ("some tasks: digging canals and slowly planting trees.", {"digging canals", "slowly planting trees"}),
        ("some tasks: first, fees; second, piers (old; new); and third, peace.", {"fees", "piers (old; new)", "peace"}),
        ("some tasks: first, lower fees, second, new piers, and finally, peace.", {"lower fees", "new piers", "peace"}),
    ],
)
def test_an_enumeration_is_cut_only_where_that_is_sure(text: str, expected: set[str], book: Book) -> None:
    rule = table(
        "rule",
        id="a",
        pattern="{a:Person} set ({count:Number}|some) tasks : {item:Clause+} $",
        emits=[["a", "proposed", "item"]],
    )
    assert facts(f"[Hou Tao|Person] set {text}", book(rule)) == {("Hou Tao", "proposed", item) for item in expected}


def test_never_means_no_fact_and_no_refusal(book: Book) -> None:
    rule = table(
        "rule",
        id="a",
        pattern="{who:Person} attended [the] {event:Event}",
        emits=[["who", "attended", "event"]],
        never=["{event} in vain"],
        unless={"hedged": ["in vain"]},
    )
    reading = marked("[Hou Tao|Person] attended the [Tea Expo|Expo] in vain.", book(rule))
    assert (reading.facts, reading.refused) == (set(), ())


@pytest.mark.parametrize(
    ("zones", "here"),
    [
        ([], {"body", "caption", "turn"}),
        (["title"], {"title"}),
        (["dateline", "body"], {"dateline", "body"}),
    ],
)
def test_a_rule_reads_only_its_zones(zones: list[str], here: set[str], book: Book) -> None:
    keys = {"zone": zones} if zones else {}
    known = book(table("rule", id="a", pattern="{p:Person} attended {e:Event}", emits=[["p", "attended", "e"]], **keys))
    text = "[Hou Tao|Person] attended [Tea Expo|Expo]."
    assert {kind.value for kind in ZoneKind if marked(text, known, kind.value).facts} == here


def test_the_innermost_mention_that_ends_there_fills_a_slot_with_its_mark(book: Book) -> None:
    shapes = (
        table("mention", id="ceremony", pattern="opening ceremony", **{"class": "Ceremony"}, refers=True),
        table("mention", id="part", pattern="{part:Event} of [the] {whole:Event}", **{"class": "part"}),
    )
    rules = [
        table("rule", id=f"r{n}", pattern=f"{{e:Event{mode}}}, which was in {{p:Place}}", emits=[["e", "heldIn", "p"]])
        for n, mode in enumerate(("", "<"))
    ]
    text = "They left the opening ceremony of the [Tea Expo|Expo], which was in [Oslo|City]."
    assert facts(text, book(*shapes, rules[0])) == {("opening ceremony of the Tea Expo", "heldIn", "Oslo")}
    assert facts(text, book(*shapes, rules[1])) == {("Tea Expo", "heldIn", "Oslo")}


def test_parts_of_nested_mentions_and_constants_fill_statements(book: Book) -> None:
    rule = table(
        "rule",
        id="a",
        pattern="{e:Event} was attended by {n:Number} people",
        folds="e",
        emits=[["e.whole", "attendedBy", "n"], ["e", "theme", "'tea'"], ["e.whole.nothing", "attendedBy", "n"]],
    )
    shapes = (
        table("mention", id="ceremony", pattern="opening ceremony", **{"class": "Ceremony"}, refers=True),
        table("mention", id="part", pattern="{part:Event} of [the] {whole:Event}", **{"class": "part"}),
    )
    text = "The opening ceremony of the [Tea Expo|Expo] was attended by 300 people."
    assert facts(text, book(*shapes, rule)) == {
        ("Tea Expo", "attendedBy", "300"),
        ("opening ceremony of the Tea Expo", "theme", "tea"),
    }


def test_every_member_of_a_list_is_a_statement_with_its_groups_heading(book: Book) -> None:
    rule = table(
        "rule",
        id="a",
        pattern="{a:Alliance} was set up by {m:Agent+}",
        emits=[["a", "initiatedBy", "m"], ["m", "describedAs", "m.heading"]],
    )
    reading = marked(
        "[Tea League|Alliance] was set up by tea makers like [Acme|Company], [Bolt|Company], and [Cog|Company], "
        "as well as key institutes such as [Dart|Institute], and [Oslo|City].",
        book(rule),
    )
    assert reading.facts == {
        *(("Tea League", "initiatedBy", name) for name in ("Acme", "Bolt", "Cog", "Dart", "Oslo")),
        *((name, "describedAs", "tea maker") for name in ("Acme", "Bolt", "Cog")),
        *((name, "describedAs", "key institute") for name in ("Dart", "Oslo")),
    }
    quoted = {
        r["object"]: reading.text[slice(*r["spans"]["object"])] for r in reading.rows if r["relation"] == "describedAs"
    }
    assert quoted == {"tea maker": "tea makers", "key institute": "key institutes"}


def test_the_cue_is_the_longest_stretch_of_the_rules_own_words(book: Book) -> None:
    known = book(*RULES)
    reading = marked("Yesterday [Hou Tao|Person] attended the [Tea Expo|Expo] with joy.", known)
    row = reading.row("attended")
    assert reading.text[slice(*row["spans"]["cue"])] == "attended the"


def test_the_lone_comma_of_an_apposition_is_no_cue(book: Book) -> None:
    reading = marked("[Hou Tao|Person], head of [Acme|Company], left.", book(*RULES))
    assert "cue" not in reading.row("holdsPost")["spans"]


def test_scanning_from_a_unit_on(book: Book) -> None:
    text = "[Hou Tao|Person] attended [Tea Expo|Expo], [Ye Xi|Person] attended [Oil Expo|Expo]."
    document, known = read(Example(0, text, ()), book(ATTENDED))
    (sentence,) = sentences(document.text, cut_zones(document.text, ""))
    skeleton = mentions(document, [sentence], known.reader)[sentence.index]
    behind = next(n for n, unit in enumerate(skeleton.units) if unit.mention and unit.mention.text == "Ye Xi")
    (match,) = scan(sentence, skeleton, known.book.rules[0], (), behind)
    mention, words = mention_at(match, "event"), cue(match)
    assert mention is not None
    assert words is not None
    assert (mention.text, document.text[slice(*words)]) == ("Oil Expo", "attended")
    assert mention_at(match, "nobody") is None
