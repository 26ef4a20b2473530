from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg import exclusivities, pipeline
from kg.builds import registered
from kg.collection import knowledge, union
from kg.decisions import Apartness, Decisions
from kg.disagreements import Disagreement
from kg.document import gather
from kg.errors import OntologyError
from kg.exclusivities import Exclusivity
from kg.model import Document, Extraction, Knowledge, Literal, Node, Statement, Status
from kg.pipeline import Ontology
from kg.verdicts import Verdict
from kg.vocabulary import read as read_vocabulary
from tests.conftest import ONTOLOGY, SEEDS, copied
from tests.knowledge import node, state

#: A document of a test: the day it was published, or none, and its text.
Text = tuple[str, str]

DAY, NEXT, LATER, LAST = "2021-03-08", "2021-03-09", "2021-06-01", "2021-09-01"


@pytest.fixture(scope="module")
def rivalries(ontology: Ontology) -> tuple[Exclusivity, ...]:
    return exclusivities.read(ONTOLOGY, ontology.vocabulary)


def knowing(documents: Iterable[Document], statements: Iterable[Statement]) -> Knowledge:
    return Knowledge(tuple(Extraction(d, (), ()) for d in documents), union(statements), ())


def read_in(texts: Sequence[Text], ontology: Ontology) -> Knowledge:
    """What the curated rules read in these documents."""
    documents = [
        Document(f"news-{n}", text, published=date.fromisoformat(day) if day else None)
        for n, (day, text) in enumerate(texts)
    ]
    return knowing(documents, (s for d in documents for s in pipeline.extract(d, ontology).statements))


def found(
    read: Knowledge, ontology: Ontology, rivalries: tuple[Exclusivity, ...], *verdicts: Verdict
) -> tuple[Disagreement, ...]:
    return registered(read, ontology, rivalries, {v.disagreement: v for v in verdicts}).disagreements


def told(one: Disagreement) -> tuple[str, set[str]]:
    """The property, and what of each statement is not the same in all."""
    ends = [{s.subject.label, _value(s.object)} for s in one.statements]
    return one.predicate, set[str]().union(*ends) - ends[0].intersection(*ends)


def _value(thing: Node | Literal) -> str:
    return thing.label if isinstance(thing, Node) else thing.value


# ---------------------------------------------------------------------- planted contradictions, in words

PLANTED = {
    "two ministers": (
        [(DAY, "Xiao Yaqing, minister of MIIT, left."), (DAY, "Ada Lindqvist, minister of MIIT, left.")],
        ("ministerOf", {"Xiao Yaqing", "Ada Lindqvist"}),
    ),
    "two ministers, one between two snapshots of the other": (
        [
            (DAY, "Xiao Yaqing, minister of MIIT, left."),
            (LAST, "Xiao Yaqing, minister of MIIT, came back."),
            (LATER, "Ada Lindqvist, minister of MIIT, left."),
        ],
        ("ministerOf", {"Xiao Yaqing", "Ada Lindqvist"}),
    ),
    "two ministers, one as of no day": (
        [(DAY, "Xiao Yaqing, minister of MIIT, left."), ("", "Ada Lindqvist, minister of MIIT, left.")],
        ("ministerOf", {"Xiao Yaqing", "Ada Lindqvist"}),
    ),
    "two acting ministers": (
        [(DAY, "Bo Ekman, acting minister of MIIT, left."), (DAY, "Ada Lindqvist, acting minister of MIIT, left.")],
        ("ministerOf", {"Bo Ekman", "Ada Lindqvist"}),
    ),
    "a chairman and a chairwoman": (
        [
            (DAY, "Ada Lindqvist, chairwoman of Changan Automobile, left."),
            (DAY, "Bo Ekman, chairman of Changan Automobile, left."),
        ],
        ("chairOf", {"Bo Ekman", "Ada Lindqvist"}),
    ),
    "two cities": (
        [(DAY, "The second CISCE was held in Beijing."), (NEXT, "The second CISCE was held in Shanghai.")],
        ("heldIn", {"Beijing", "Shanghai"}),
    ),
    "a city and another country, as public lists know": (
        [(DAY, "The second CISCE was held in Shanghai."), (DAY, "The second CISCE was held in Japan.")],
        ("heldIn", {"Shanghai", "Japan"}),
    ),
    "a capital and another province": (
        [(DAY, "The second CISCE was held in Hefei."), (DAY, "The second CISCE was held in Sichuan.")],
        ("heldIn", {"Hefei", "Sichuan"}),
    ),
    "a city and another country": (
        [
            (DAY, "The second CISCE was held in Beijing. Beijing, China, is big."),
            (DAY, "The second CISCE was held in Japan."),
        ],
        ("heldIn", {"Beijing", "Japan"}),
    ),
    "two days": (
        [
            (DAY, "The second CISCE was held on March 2, 2021."),
            (DAY, "The second CISCE was held on March 5, 2021."),
        ],
        ("heldOn", {"2021-03-02", "2021-03-05"}),
    ),
    "two ranges of days are one disagreement": (
        [
            (DAY, "The second CISCE was held from March 2 to 5, 2021."),
            (DAY, "The second CISCE was held from March 3 to 6, 2021."),
        ],
        ("heldOn", {"2021-03-02", "2021-03-03", "2021-03-05", "2021-03-06"}),
    ),
    "held before it starts": (
        [
            (DAY, "The second CISCE opened in Beijing on March 5, 2021."),
            (DAY, "The second CISCE was held on March 2, 2021."),
        ],
        ("heldOn", {"2021-03-02", "2021-03-05"}),
    ),
    "two plans of one day": (
        [
            (DAY, "The second CISCE will be held in Beijing."),
            (DAY, "The second CISCE will be held in Shanghai."),
        ],
        ("heldIn", {"Beijing", "Shanghai"}),
    ),
    "two head offices": (
        [
            (DAY, "Changan Automobile is headquartered in Chongqing."),
            (DAY, "Changan Automobile is headquartered in Shanghai."),
        ],
        ("locatedIn", {"Chongqing", "Shanghai"}),
    ),
}


@pytest.mark.parametrize(("texts", "expected"), PLANTED.values(), ids=PLANTED)
def test_a_planted_contradiction_is_one_disagreement(
    texts: list[Text], expected: tuple[str, set[str]], ontology: Ontology, rivalries: tuple[Exclusivity, ...]
) -> None:
    (one,) = found(read_in(texts, ontology), ontology, rivalries)
    assert told(one) == expected
    assert one.open


COMPATIBLE = {
    "a minister and the next one": [
        (DAY, "Xiao Yaqing, minister of MIIT, left."),
        (NEXT, "Ada Lindqvist, minister of MIIT, left."),
    ],
    "a minister and a former one": [
        (DAY, "Xiao Yaqing, minister of MIIT, left."),
        (DAY, "Ada Lindqvist, former minister of MIIT, left."),
    ],
    "a minister and an acting one": [
        (DAY, "Xiao Yaqing, minister of MIIT, left."),
        (DAY, "Ada Lindqvist, acting minister of MIIT, left."),
    ],
    "two vice ministers": [
        (DAY, "Zhang Yunming, vice minister of MIIT, left."),
        (DAY, "Ada Lindqvist, vice minister of MIIT, left."),
    ],
    "ministers of two ministries": [
        (DAY, "Xiao Yaqing, minister of MIIT, left."),
        (DAY, "Ada Lindqvist, minister of commerce, left."),
    ],
    "one minister whom no curator knows, in two documents": [
        (DAY, "Ada Lindqvist, minister of MIIT, left."),
        (DAY, "Ada Lindqvist, minister of MIIT, came back."),
    ],
    "two who share a chair": [
        (DAY, "Ada Lindqvist, co-chairman of Changan Automobile, left."),
        (DAY, "Bo Ekman, co-chairman of Changan Automobile, left."),
    ],
    "a chairman and an executive one": [
        (DAY, "Ada Lindqvist, chairman of Changan Automobile, left."),
        (DAY, "Bo Ekman, executive chairman of Changan Automobile, left."),
    ],
    "a city and its country": [
        (DAY, "The second CISCE was held in Beijing."),
        (DAY, "The second CISCE was held in China."),
    ],
    "a hall and a city, where no text says where the hall is": [
        (DAY, "The second CISCE was held in the Chongqing International Expo Center."),
        (DAY, "The second CISCE was held in Chongqing."),
    ],
    "two editions": [
        (DAY, "The second CISCE was held in Beijing."),
        (DAY, "The third CISCE was held in Shanghai."),
    ],
    "two places in one sentence": [(DAY, "The second CISCE was held in Beijing and Shanghai.")],
    "a day and its month": [
        (DAY, "The second CISCE was held in March 2021."),
        (DAY, "The second CISCE was held on March 5, 2021."),
    ],
    "a day inside the range": [
        (DAY, "The second CISCE was held from March 2 to 5, 2021."),
        (DAY, "The second CISCE was held on March 3, 2021."),
    ],
    "two days inside the range": [
        (DAY, "The second CISCE was held from March 2 to 5, 2021."),
        (DAY, "The second CISCE was held on March 3, 2021."),
        (DAY, "The second CISCE was held on March 4, 2021."),
    ],
    "what was planned and what came": [
        (DAY, "The second CISCE will be held in Beijing."),
        (DAY, "The second CISCE was held in Shanghai."),
    ],
    "a plan that changed": [
        (DAY, "The second CISCE will be held in Beijing."),
        (NEXT, "The second CISCE will be held in Shanghai."),
    ],
    "a head office that moved": [
        (DAY, "Changan Automobile is headquartered in Chongqing."),
        (LATER, "Changan Automobile is headquartered in Shanghai."),
    ],
    "a head office, less precisely": [
        (DAY, "Changan Automobile is headquartered in Chongqing."),
        (DAY, "Changan Automobile is headquartered in China."),
    ],
}


@pytest.mark.parametrize("texts", COMPATIBLE.values(), ids=COMPATIBLE)
def test_what_may_all_be_true_is_none(
    texts: list[Text], ontology: Ontology, rivalries: tuple[Exclusivity, ...]
) -> None:
    read = read_in(texts, ontology)
    assert len(read.statements) > 1
    assert found(read, ontology, rivalries) == ()


# ---------------------------------------------------------------------- by hand: what texts of the rules seldom tell

NEWS = Document("news", "One.\nTwo.\nThree.\nFour.\n", published=date(2021, 3, 8))
OTHER = Document("other", "One.\nTwo.\nThree.\nFour.\n", published=date(2021, 3, 8))
EXPO, SERIES = node("tea-expo-2", "2nd Tea Expo", "Expo"), node("tea-expo", "Tea Expo", "Expo")
HALL, TOWN, SUBURB = (
    node(*n) for n in (("hall", "Grand Hall", "Venue"), ("ada", "Ada", "City"), ("lea", "Lea", "City"))
)
MINISTRY = node("trade", "Ministry of Trade", "Ministry")


def number(value: str) -> Literal:
    return Literal(value, "integer")


def held(document: Document, line: int, person: Node) -> Statement:
    return state(
        document, line, person, "holdsPost", MINISTRY, property="ministerOf", qualifiers=(("post", "Minister"),)
    )


EDITION = state(NEWS, 3, EXPO, "edition", number("2"))
BY_HAND = {
    "two numbers": ([EDITION, state(OTHER, 0, EXPO, "edition", number("3"))], 1),
    "a number in words": ([EDITION, state(OTHER, 0, EXPO, "edition", Literal("several"))], 0),
    "two halls of a series": (
        [state(NEWS, 0, SERIES, "heldIn", TOWN), state(OTHER, 0, SERIES, "heldIn", SUBURB)],
        0,
    ),
    "a hall in the suburb of the town": (
        [
            EDITION,
            state(NEWS, 0, EXPO, "heldIn", HALL),
            state(OTHER, 0, EXPO, "heldIn", TOWN),
            state(NEWS, 1, HALL, "locatedIn", SUBURB),
            state(OTHER, 1, SUBURB, "locatedIn", TOWN),
        ],
        0,
    ),
    "a hall in another town": (
        [
            EDITION,
            state(NEWS, 0, EXPO, "heldIn", HALL),
            state(OTHER, 0, EXPO, "heldIn", TOWN),
            state(NEWS, 1, HALL, "locatedIn", SUBURB),
        ],
        1,
    ),
    "a town that two texts put into one another": (
        [
            EDITION,
            state(NEWS, 0, EXPO, "heldIn", SUBURB),
            state(OTHER, 0, EXPO, "heldIn", TOWN),
            state(NEWS, 1, TOWN, "locatedIn", SUBURB),
            state(OTHER, 1, SUBURB, "locatedIn", TOWN),
        ],
        0,
    ),
    "three ministers are one disagreement": (
        [held(NEWS, n, node(f"p-{n}", name, "Person")) for n, name in enumerate(("Jane Roe", "Bo Ekman", "Li Na"))],
        1,
    ),
    "a candidate that may be the minister": (
        [
            held(NEWS, 0, node("jane-roe", "Jane Roe", "Person")),
            held(OTHER, 0, node("other/jane-e-roe", "Jane E. Roe", "Person", candidate=True)),
        ],
        0,
    ),
    "a candidate of another name": (
        [
            held(NEWS, 0, node("wang-wei", "Wang Wei", "Person")),
            held(OTHER, 0, node("other/wang-lei", "Wang Lei", "Person", candidate=True)),
        ],
        1,
    ),
    "two curated persons of one name": (
        [
            held(NEWS, 0, node("jane-roe", "Jane Roe", "Person")),
            held(OTHER, 0, node("jane-roe-2", "Jane Roe", "Person")),
        ],
        1,
    ),
}


@pytest.mark.parametrize(("statements", "many"), BY_HAND.values(), ids=BY_HAND)
def test_statements_made_by_hand(
    statements: list[Statement], many: int, ontology: Ontology, rivalries: tuple[Exclusivity, ...]
) -> None:
    assert len(found(knowing((NEWS, OTHER), statements), ontology, rivalries)) == many


def test_a_curator_who_tells_two_names_apart_makes_them_two(
    ontology: Ontology, rivalries: tuple[Exclusivity, ...]
) -> None:
    statements, _ = BY_HAND["a candidate that may be the minister"]
    apart = Decisions(apart=(Apartness("Jane E. Roe", "id:jane-roe", "her aunt"),))
    assert len(found(knowing((NEWS, OTHER), statements), replace(ontology, decisions=apart), rivalries)) == 1


# ---------------------------------------------------------------------- what is told of a disagreement


def test_what_more_documents_say_stands_and_the_other_is_disputed(
    ontology: Ontology, rivalries: tuple[Exclusivity, ...]
) -> None:
    texts = [
        (DAY, "Ada Lindqvist, minister of MIIT, left."),
        (DAY, "Xiao Yaqing, minister of MIIT, left for a long day at the harbour, where ships came and went."),
        (DAY, "Nobody knew why the tea was late, and Xiao Yaqing, the minister of MIIT, said so in plain words."),
    ]
    (one,) = found(read_in(texts, ontology), ontology, rivalries)
    assert [s.subject.label for s in one.statements] == ["Xiao Yaqing", "Ada Lindqvist"]
    assert one.disputes == (one.statements[1].id,)


def test_copies_of_one_text_are_no_majority(ontology: Ontology, rivalries: tuple[Exclusivity, ...]) -> None:
    texts = [
        (DAY, "Xiao Yaqing, minister of MIIT, left."),
        *[(DAY, "Ada Lindqvist, minister of MIIT, opened the fair.")] * 3,
    ]
    (one,) = found(read_in(texts, ontology), ontology, rivalries)
    assert one.statements[0].subject.label == "Xiao Yaqing"


def test_who_begins_on_the_last_day_of_another_may_have_followed_him(
    ontology: Ontology, rivalries: tuple[Exclusivity, ...]
) -> None:
    texts = [
        (DAY, "Xiao Yaqing, minister of MIIT, left."),
        (LATER, "Xiao Yaqing, minister of MIIT, came back."),
        (LATER, "Ada Lindqvist, minister of MIIT, left."),
    ]
    (one,) = found(read_in(texts, ontology), ontology, rivalries)
    assert (one.suggestion, one.verdict) == ("succession", "open")
    (other,) = found(read_in(PLANTED["two ministers"][0], ontology), ontology, rivalries)
    assert other.suggestion == ""


def test_a_verdict_closes_it_as_long_as_it_is_between_the_same_statements(
    ontology: Ontology, rivalries: tuple[Exclusivity, ...]
) -> None:
    texts = PLANTED["two ministers"][0]
    (one,) = found(read_in(texts, ontology), ontology, rivalries)
    verdict = Verdict(one.id, "source error", "a slip")
    (decided,) = found(read_in(texts, ontology), ontology, rivalries, verdict)
    assert (decided.verdict, decided.why, decided.open) == ("source error", "a slip", False)
    more = [*texts, (DAY, "Bo Ekman, minister of MIIT, left.")]
    (new,) = found(read_in(more, ontology), ontology, rivalries, verdict)
    assert (len(new.statements), new.verdict) == (3, "open")


def test_the_order_of_what_is_known_says_nothing(ontology: Ontology, rivalries: tuple[Exclusivity, ...]) -> None:
    read = read_in([t for texts, _ in PLANTED.values() for t in texts], ontology)
    first = found(read, ontology, rivalries)
    assert len(first) > 3
    turned = replace(read, statements=read.statements[::-1], extractions=read.extractions[::-1])
    assert found(turned, ontology, rivalries[::-1]) == first


def test_the_seeds_agree(ontology: Ontology, rivalries: tuple[Exclusivity, ...]) -> None:
    assert found(knowledge(gather([SEEDS]), ontology), ontology, rivalries) == ()


# ---------------------------------------------------------------------- declarations


def test_an_exclusivity_is_what_the_vocabulary_says(ontology: Ontology, rivalries: tuple[Exclusivity, ...]) -> None:
    by_name = {one.property: one for one in rivalries}
    minister = Exclusivity("ministerOf", True, frozenset({"Ministry"}), frozenset({"asOf", "post"}))
    assert by_name["ministerOf"] == minister
    # Without the declaration nothing excludes anything.
    read = read_in(PLANTED["two ministers"][0], ontology)
    assert found(read, ontology, tuple(one for one in rivalries if one != minister)) == ()


@pytest.mark.parametrize(
    ("declared", "what"),
    [
        ("kg:said kg:oneObjectFor kg:Persn .", "kg:said names kg:Persn, which is not declared"),
        ("kg:said kg:oneObjectFor kg:said .", "kg:said has kg:oneObjectFor 'said', which is not a class"),
        ("kg:said kg:oneObjectFor kg:Person ; kg:separator kg:said .", "kg:separator 'said', which is not a qualifier"),
        (
            "kg:said kg:separator kg:asOf .",
            "kg:said has kg:separator, but neither kg:oneSubjectFor nor kg:oneObjectFor",
        ),
        ("kg:Person kg:oneObjectFor kg:Person .", "kg:Person is no property below kg:relation"),
        (
            "kg:said kg:oneObjectFor kg:Person ; kg:firstDay kg:asOf .",
            "kg:firstDay 'asOf', which is not a property below kg:relation",
        ),
    ],
    ids=["unknown class", "no class", "no qualifier", "separator alone", "on a class", "no relation"],
)
def test_a_faulty_declaration_is_told(declared: str, what: str, tmp_path: Path) -> None:
    folder = copied(tmp_path / "project") / "ontology"
    with (folder / "kg.ttl").open("a", encoding="utf-8") as terms:
        terms.write(f"\n{declared}\n")
    with pytest.raises(OntologyError) as caught:
        exclusivities.read(folder, read_vocabulary(folder))
    assert what in str(caught.value)


def test_every_status_that_can_be_compared_is(ontology: Ontology, rivalries: tuple[Exclusivity, ...]) -> None:
    people = [node(f"p-{n}", name, "Person") for n, name in enumerate(("Jane Roe", "Bo Ekman"))]
    for status in Status:
        two = [replace(held(NEWS, n, one), status=status, id=f"{n}{status}") for n, one in enumerate(people)]
        many = int(status in {Status.ASSERTED, Status.ACTING, Status.DESIGNATE, Status.PLANNED})
        assert len(found(knowing((NEWS,), two), ontology, rivalries)) == many, status
