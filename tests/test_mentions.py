from __future__ import annotations

from itertools import pairwise

import pytest

from kg.examples import cut_zones, read
from kg.mentions import mentions
from kg.model import Document, Mention, MentionKind, Span, ZoneKind
from kg.pipeline import Ontology
from kg.rules import Example
from kg.sentences import sentences
from tests.conftest import Book, Reading, steps, table


def found(text: str, ontology: Ontology, zone: str = "") -> list[Mention]:
    """The outermost mentions of a text whose names are marked."""
    made, known = read(Example(0, text, (), zone), ontology)
    return _mentions(made, known, zone)


def _mentions(made: Document, known: Ontology, zone: str = "") -> list[Mention]:
    cut = sentences(made.text, cut_zones(made.text, zone))
    skeletons = mentions(made, cut, known.reader).values()
    return [unit.mention for skeleton in skeletons for unit in skeleton.units if unit.mention]


def shown(mention: Mention) -> tuple[str, str, str]:
    return mention.text, "|".join(sorted(mention.classes)), mention.kind.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Nov. 26, 2024 it rained.", [("Nov. 26, 2024", "Date", "literal")]),
        ("It fell by 10 of 3.29.", [("10", "Number", "literal"), ("3.29", "Number", "literal")]),
        ("It was the third of five, and one more.", [("third", "Ordinal", "literal"), ("five", "Number", "literal")]),
        ("A “so-called” plan", [("“so-called”", "Quotation", "literal")]),
        ('A "plan that never closes', []),
        ("The 《Charter of Tea》", [("《Charter of Tea》", "Title", "literal")]),
        ("the WTO and the G20", [("WTO", "Acronym", "literal"), ("G20", "Acronym", "literal")]),
        (
            "He left. Then she left him.",
            [("He", "Person", "pronoun"), ("she", "Person", "pronoun"), ("him", "Person", "pronoun")],
        ),
        ("it and they", []),
        ("[Tea Expo|Expo] and [Jane Roe|Person]", [("Tea Expo", "Expo", "name"), ("Jane Roe", "Person", "name")]),
        ("[China|Country]'s [China Tea Expo|Expo]", [("China", "Country", "name"), ("China Tea Expo", "Expo", "name")]),
        ("Coastal [Arcadia|Country] and [Arcadia|Country] Tugs", [("Arcadia", "Thing", "name")] * 2),
        ("In June [Arcadia|Country] rose", [("Arcadia", "Country", "name")]),
        ("In [Arcadia|Country], [Arcadia|Country] tugs", [("Arcadia", "Country", "name")] * 2),
        ("The “[Tea Expo|Expo]” ended.", [("Tea Expo", "Expo|Quotation", "name")]),
        ("[Tea Expo|Expo] and TEA EXPO, not tea expo", [("Tea Expo", "Expo", "name"), ("TEA EXPO", "Expo", "name")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_names_and_literals(text: str, expected: list[tuple[str, str, str]], book: Book) -> None:
    assert [shown(m) for m in found(text, book())] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Jane Roe|Person] came. Roe left.", [("Jane Roe", "name"), ("Roe", "surname")]),
        ("[Jane Roe|Person] came. Jane left.", [("Jane Roe", "name"), ("Jane", "surname")]),
        ("[John Roe Jr|Person] came. Roe left.", [("John Roe Jr", "name"), ("Roe", "surname")]),
        ("Roe left. [Jane Roe|Person] came.", [("Roe", "surname"), ("Jane Roe", "name")]),
        ("[Jane Roe|Person] came. So did Anna Roe.", [("Jane Roe", "name")]),
        ("[Jane Roe|Person] came. roe is a deer.", [("Jane Roe", "name")]),
        ("[He Tao|Person] came. He left. Later He left.", [("He Tao", "name"), ("He", "pronoun"), ("He", "surname")]),
        ("[Roe Works|Company] came. Roe left.", [("Roe Works", "name")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_surnames_are_learned_from_the_document(text: str, expected: list[tuple[str, str]], book: Book) -> None:
    assert [(m.text, m.kind.value) for m in found(text, book())] == expected


EDITION = table("mention", id="edition", pattern="{ordinal:Ordinal} {series:Event}", **{"class": "series"})
PART = table("mention", id="part", pattern="{part:Event} of [the] {whole:Event}", **{"class": "part"})
CEREMONY = table("mention", id="ceremony", pattern="[opening] ceremony", **{"class": "Ceremony"}, refers=True)
MINISTER = table(
    "mention",
    id="minister",
    pattern="{post=minister} of {field=trade [and <word>]|tea}",
    names={"body": ["Ministry", "Ministry of {field}"]},
    **{"class": "PostOf"},
)


def test_shapes_nest_and_the_parts_stay_reachable(book: Book) -> None:
    text = "She opened the opening ceremony of the second [Tea Expo|Expo]."
    (_, ceremony) = found(text, book(EDITION, PART, CEREMONY))
    assert shown(ceremony) == ("opening ceremony of the second Tea Expo", "Ceremony", "shape")
    assert ceremony.article == "the"
    assert [(m.text, m.shape) for m in ceremony.nested()] == [
        ("opening ceremony of the second Tea Expo", "part"),
        ("opening ceremony", "ceremony"),
        ("second Tea Expo", "edition"),
        ("second", ""),
        ("Tea Expo", ""),
    ]
    assert [m.text for m in ceremony.at("self.whole.series")] == ["Tea Expo"]
    assert [m.text for m in ceremony.ending()] == [
        "Tea Expo",
        "second Tea Expo",
        "opening ceremony of the second Tea Expo",
    ]
    assert ceremony.at("whole.nobody") == ()


def test_the_order_of_shapes_in_their_file_does_not_matter(book: Book) -> None:
    text = "The opening ceremony of the second [Tea Expo|Expo]."
    every = [
        [m.text for m in found(text, book(*order))] for order in ((EDITION, PART, CEREMONY), (CEREMONY, PART, EDITION))
    ]
    assert every[0] == every[1] == ["opening ceremony of the second Tea Expo"]


def test_a_shape_can_build_a_name_from_its_words(book: Book) -> None:
    unknown, known = book(MINISTER), "[Ministry of Trade|Ministry] and the minister of trade; the minister of tea."
    ministry, trade, tea = found(known, unknown)
    for mention, name, entities in ((trade, "Ministry of Trade", ministry.entities), (tea, "Ministry of Tea", ())):
        body = mention.part("body")
        assert body is not None
        assert (body.text, body.classes, body.entities) == (name, frozenset({"Ministry"}), entities)
        assert mention.span.start <= body.span.start < body.span.end <= mention.span.end


def test_a_shape_inherits_the_class_of_its_slot(book: Book) -> None:
    made = found("The second [Tea Forum|Forum] and the third [Tea Expo|Expo].", book(EDITION))
    assert [shown(m) for m in made] == [("second Tea Forum", "Forum", "shape"), ("third Tea Expo", "Expo", "shape")]


def test_what_stands_around_self_is_context(book: Book) -> None:
    official = table(
        "mention", id="o", pattern="{self=a senior official} (<said>|,)", **{"class": "Person"}, refers=True
    )
    assert [m.text for m in found("A senior official said so to a senior official.", book(official))] == [
        "A senior official"
    ]


@pytest.mark.parametrize("zone", [ZoneKind.RELATED, ZoneKind.NAVIGATION, ZoneKind.BOILERPLATE])
def test_zones_about_other_documents_are_not_read(zone: ZoneKind, book: Book) -> None:
    assert found("[Jane Roe|Person] came on May 1, 2020.", book(), zone.value) == []


@pytest.mark.parametrize(
    ("text", "mention", "cls", "parts"),
    [
        ("the 2nd [Tea Expo|Expo]", "2nd Tea Expo", "Expo", {"ordinal": "2nd", "series": "Tea Expo"}),
        (
            "the closing ceremony of the [Tea Expo|Expo]",
            "closing ceremony of the Tea Expo",
            "Ceremony",
            {"part": "closing ceremony", "whole": "Tea Expo"},
        ),
        (
            "the [Tea Expo|Expo]'s opening ceremony",
            "Tea Expo's opening ceremony",
            "Ceremony",
            {"part": "opening ceremony", "whole": "Tea Expo"},
        ),
        (
            "vice minister of the [Ministry of Tea|Ministry]",
            "vice minister of the Ministry of Tea",
            "PostOf",
            {"post": "vice minister", "body": "Ministry of Tea"},
        ),
        (
            "[Acme|Company]'s general manager",
            "Acme's general manager",
            "PostOf",
            {"post": "general manager", "body": "Acme"},
        ),
        (
            "the former minister of commerce",
            "former minister of commerce",
            "PostOf",
            {"post": "former minister", "field": "commerce", "body": "Ministry of Commerce"},
        ),
        (
            "the partnership between [Oslo|City], [Bergen|City] and [Acme|Company]",
            "the partnership between Oslo, Bergen and Acme",
            "Partnership",
            {"part": "the partnership", "member": "Oslo, Bergen, Acme"},
        ),
        ("over 3.29 million cars", "over 3.29 million", "Number", {"n": "3.29"}),
        ("It met the four departments.", "the four departments", "Group", {}),
        ("the two regions", "the two regions", "Group", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_curated_shapes(text: str, mention: str, cls: str, parts: dict[str, str], ontology: Ontology) -> None:
    made = [m for m in found(text, ontology) if m.text == mention]
    assert [shown(m)[:2] for m in made] == [(mention, cls)]
    told: dict[str, str] = {}
    for name, part in made[0].parts:
        told[name] = f"{told[name]}, {part.text}" if name in told else part.text
    assert parts.items() <= told.items()


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Chinese Vice Premier Li Jian left.", "Li Jian"),
        ("[Ministry of Tea|Ministry] spokesperson Anna Maria Roe said so.", "Anna Maria Roe"),
        ("Minister of Commerce Wang Tao, who left, said so.", "Wang Tao"),
        ("Minister of Commerce Robert E. Roe Jr. left.", "Robert E. Roe Jr."),
        ("Minister of Commerce Peter d'Arcy O'Roe said so.", "Peter d'Arcy O'Roe"),
        ("Minister of Commerce Ana das Roe e Doe said so.", "Ana das Roe e Doe"),
    ],
)
def test_a_person_nobody_has_curated_after_a_title(text: str, person: str, ontology: Ontology) -> None:
    known = ontology.knowing([e for e in ontology.known if e.iri.endswith("id/china")]) if "Chinese" in text else None
    made = _mentions(Document("note", text), known) if known else found(text, ontology)
    assert [(m.text, m.entities) for m in made if m.classes == {"Person"}] == [(person, ())]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("The [Arcadia|Country] Tugs Ministry met.", "Arcadia"),
        ("The Harbour Council for Tides met.", "Harbour Council"),
        ("The Common Market of Tide States Council met.", "Tide States Council"),
    ],
)
def test_what_is_cut_out_of_a_longer_name_is_nothing(text: str, cut: str, ontology: Ontology) -> None:
    assert {m.text: m.classes for m in found(text, ontology)}[cut] == {"Thing"}


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("The [Council of Ministers|Council]' office met.", "'s"),
        ("The [Council of Ministers|Council]'s office met.", "'s"),
        ("The '[Council of Ministers|Council]', an office.", "'"),
    ],
)
def test_the_mark_behind_a_name_of_several_is_the_genitive(text: str, behind: str, ontology: Ontology) -> None:
    made, known = read(Example(0, text, (), ""), ontology)
    (skeleton,) = mentions(made, sentences(made.text, cut_zones(made.text, "")), known.reader).values()
    at = next(i for i, unit in enumerate(skeleton.units) if unit.mention)
    assert skeleton.units[at + 1].text == behind


def test_every_mention_of_the_seeds_is_in_its_place(seeds: dict[str, Reading], ontology: Ontology) -> None:
    for reading in seeds.values():
        made = reading.extraction
        for skeleton in mentions(made.document, made.sentences, ontology.reader).values():
            spans = [u.span for u in skeleton.units]
            assert spans == sorted(spans)
            for before, behind in pairwise(spans):
                assert before.end <= behind.start
            for unit in skeleton.units:
                if unit.mention:
                    assert reading.text[slice(*unit.mention.span)].strip('"“”') == unit.mention.text.strip('"“”')
                    assert all(
                        Span(*unit.span).start <= m.span.start < m.span.end <= unit.span.end
                        for m in unit.mention.nested()
                    )


@pytest.mark.parametrize(
    "piece",
    [
        "opening ceremony of the ",
        "second ",
        "vice minister of the ",
        "Chinese Vice Premier Li ",
        "( ",
        '"',
        '"tea" ',
        "Ministry of Industry and Information Technology ",
        "Li Jian, ",
        "A&",
    ],
)
def test_a_hostile_sentence_costs_a_linear_number_of_steps(piece: str, ontology: Ontology) -> None:
    def cost(words: int) -> int:
        text = "So " + piece * (words // max(1, len(piece.split())))
        made, cut = Document("note", text), sentences(text, cut_zones(text, "body"))
        return steps(lambda: mentions(made, cut, ontology.reader))

    assert cost(2_000) < 2.3 * cost(1_000)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("He Ping, vice minister of trade, spoke.", "He Ping"),
        ("Trade was on the mind of He Ping, vice minister of trade.", "He Ping"),
        ("He, vice minister of trade, spoke.", "He"),
    ],
)
def test_he_before_another_part_of_a_name_is_a_surname(text: str, person: str, ontology: Ontology) -> None:
    first = next(m for m in found(text, ontology) if "Person" in m.classes)
    assert (first.text, first.kind is MentionKind.PRONOUN) == (person, person == "He")
