from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import get_args, get_type_hints

import pytest

from kg.model import Evidence, Statement
from kg.pipeline import Ontology
from tests.conftest import Reading, Row, Say, marked

MIIT = "Ministry of Industry and Information Technology"
CISCE = "2nd China International Supply Chain Expo"
CIIE = "5th China International Import Expo"
CEREMONY = "opening ceremony of the second China International Supply Chain Expo"
SUBFORUM = "sub-forum of the Fifth Hongqiao International Economic Forum"
FORUM = "5th Hongqiao International Economic Forum"
ALLIANCE = "Intelligent Electric Vehicle Industry Chain Innovation and Cooperation Alliance"
JIANAN = "Sichuan Jian'an Industry Co., Ltd."
BUILD = "China To Build More Innovative, Reliable Supply Chains"
URGENCY = "Urgency in Rebuilding the Auto Industry Supply Chain Ecology"
XINHUA = "Chinese vice president proposes global industrial, supply chain cooperation"
BRIEFING = "SCIO briefing on development of industry and information technology"

#: What a person reads in the five documents: document, subject, relation, object, a piece of the sentence that says
#: so, and the family of rules that must have read it. `...` stands for the middle of a claim.
EXPECTED = """
000 | Zhang Yunming | holdsPost | {MIIT} | Zhang Yunming, vice minister of the Ministry | posts
000 | Zhang Yunming | spokeAt | {SUBFORUM} | Zhang said at a sub-forum of the Fifth | events
000 | {SUBFORUM} | partOf | {FORUM} | a sub-forum of the Fifth Hongqiao | events
000 | {SUBFORUM} | heldOn | Saturday | on Saturday, during the ongoing | events
000 | {SUBFORUM} | heldDuring | {CIIE} | during the ongoing Fifth China International Import Expo | events
000 | {CIIE} | heldIn | Shanghai | which is being held in Shanghai until Thursday | events
000 | {CIIE} | endsOn | Thursday | which is being held in Shanghai until Thursday | events
000 | {CIIE} | edition | 5 | Fifth China International Import Expo | events
000 | {FORUM} | edition | 5 | Fifth Hongqiao International Economic Forum | events
000 | {BUILD} | publishedBy | EV Update Media | EV Update Media | documents
000 | Zhang Yunming | said | China will step up ... stability of global supply chains | a senior official said | claims
000 | Zhang Yunming | said | since the COVID-19 outbreak, ... fight against the pandemic | According to him | claims
001 | Xiao Yaqing | holdsPost | {MIIT} | Xiao Yaqing, Minister of industry and information technology | posts
001 | Xiao Yaqing | spokeAt | press conference | said at a press conference held by | events
001 | press conference | organisedBy | State Council Information Office | a press conference held by the State | events
001 | Tian Yulong | holdsPost | {MIIT} | Tian Yulong, chief engineer of the Ministry | posts
001 | {MIIT} | responsibleFor | the supply of ... epidemic prevention and control | is responsible for | measures
001 | {MIIT} | proposed | strengthen innovation and ... in basic and key areas | First, we should strengthen | measures
001 | Xiao Yaqing | said | it is necessary to ... supplement the chain | Xiao Yaqing said that it is necessary | claims
002 | Han Zheng | holdsPost | China | Chinese Vice President Han Zheng | posts
002 | Han Zheng | attended | {CEREMONY} | Han attended the opening ceremony | events
002 | Han Zheng | spokeAt | {CEREMONY} | while addressing the opening ceremony | events
002 | {CEREMONY} | partOf | {CISCE} | the opening ceremony of the second China | events
002 | {CEREMONY} | heldOn | 2024-11-26 | in Beijing, capital of China, Nov. 26, 2024 | events
002 | {CISCE} | heldIn | Beijing | in Beijing | events
002 | {CISCE} | startsOn | 2024-11-26 | which will run from Tuesday to Saturday | events
002 | {CISCE} | endsOn | 2024-11-30 | which will run from Tuesday to Saturday | events
002 | {CISCE} | edition | 2 | second China International Supply Chain Expo | events
002 | {CISCE} | alsoKnownAs | CISCE | Supply Chain Expo (CISCE) | names
002 | {CISCE} | theme | Connecting the World for a Shared Future | Themed "Connecting the World | events
002 | Beijing | locatedIn | China | Beijing, capital of China | places
002 | {XINHUA} | publishedBy | Xinhua News Agency | Xinhua) 08:35, November 27, 2024 | documents
002 | {XINHUA} | publishedOn | 2024-11-27 | Xinhua) 08:35, November 27, 2024 | documents
002 | Han Zheng | said | China will adhere ... shared benefits | shared benefits, Han said | claims
002 | Han Zheng | said | China stands ready ... industrial and supply chains | he added | claims
002 | Han Zheng | proposed | promoting win-win ... industrial and supply chains | called for promoting | claims
003 | {URGENCY} | author | Ran Zheng | By RAN ZHENG | documents
003 | {URGENCY} | publishedOn | 2024-03-20 | Mar 20,2024 | documents
003 | Huang Chaoyong | holdsPost | {JIANAN} | Huang Chaoyong, the company's general manager | posts
003 | {JIANAN} | locatedIn | Ya'an City | based in Ya'an City | places
003 | Ya'an City | locatedIn | Sichuan | Ya'an City, Sichuan Province | places
003 | {ALLIANCE} | initiatedBy | Seres | The alliance's inception saw | alliances
003 | {ALLIANCE} | initiatedBy | Chongqing University | as well as key research institutions such as | alliances
003 | Changan Automobile | hasProduct | UNI-Z | latest addition to the UNI series, the UNI-Z | companies
003 | Sichuan and Chongqing | produced | over 3.29 million vehicles | the regions producing over 3.29 | companies
003 | Huang Chaoyong | said | We worked tirelessly ... remained operational | said Huang Chaoyong | claims
004 | press conference | heldIn | Beijing | held a press conference on March 1 in Beijing | events
004 | press conference | heldOn | 2021-03-01 | held a press conference on March 1 in Beijing | events
004 | press conference | organisedBy | State Council Information Office | The State Council Information | events
004 | Xiao Yaqing | spokeAt | press conference | Xiao Yaqing: | events
004 | Xiao Yaqing | said | They not only meet the needs ... global economic growth | They not only meet | claims
004 | {BRIEFING} | publishedOn | 2021-03-03 | March 3, 2021 | documents
"""

#: What no document says, though a hasty reader might: any row of this document with this subject, relation and
#: object; `*` is anything, `~` before words means that they are somewhere in it.
NEVER = """
000 | * | publishedOn | * | the text gives no date
000 | {SUBFORUM} | partOf | {CIIE} | during is not part of
000 | {CIIE} | startsOn | * | until Thursday is no beginning
000 | EV Update Media | describedAs | * | the masthead praises itself
001 | press conference | heldOn | * | recently is no date, 2021-03-08 is the day of publication
001 | press conference | heldIn | * | the place stands in 004 only
001 | ~Kazakhstan | * | * | related reading
001 | * | * | ~Kazakhstan | related reading
001 | * | * | ~Vietnam | related reading
001 | * | * | ~Rural Revitalization | related reading
001 | * | heldIn | ~Convention | the next article's exhibition
001 | Tian Yulong | said | ~what measures should be taken | a question
001 | Xiao Yaqing | proposed | ~innovation and breakthroughs in basic | Tian speaks for the ministry here
002 | {CISCE} | startsOn | 2024-11-30 | Saturday is its end
002 | {CISCE} | endsOn | 2024-11-26 | Tuesday is its beginning
002 | ~Zhai Jianlan | * | * | a photographer
002 | * | author | * | no author is named
002 | Han Zheng | spokeAt | {CISCE} | he addressed its ceremony
002 | * | organisedBy | * | nobody is named as its host
003 | Huang Chaoyong | holdsPost | Changan Automobile | another company's manager
003 | Huang Chaoyong | * | Changan Automobile | never named together
003 | Han Zheng | * | * | Ran Zheng wrote it
003 | Ran Zheng | holdsPost | * | an author
003 | {URGENCY} | author | Changan Automobile | it gave the photo
003 | ~meeting | heldIn | Chongqing | the dateline is not the venue
003 | {ALLIANCE} | initiatedBy | ~manufacturer | a heading is no member
003 | * | * | ~illegal and undesirable | boilerplate
004 | * | said | ~What plans and measures | the journalist asks
004 | * | said | ~We noticed the huge impact | the journalist's words
004 | * | said | ~Thank | a courtesy
004 | Xiao Yaqing | holdsPost | * | this text does not say what he is
004 | press conference | organisedBy | {MIIT} | the Information Office held it
004 | press conference | heldOn | 2021-03-03 | the day of publication
"""


def lines(table: str) -> list[list[str]]:
    names = {k: v for k, v in globals().items() if k.isupper() and isinstance(v, str) and "|" not in v}
    return [[cell.strip() for cell in line.format(**names).split(" | ")] for line in table.strip().splitlines()]


def same(told: str, wanted: str) -> bool:
    """Whether an object is the one wanted; of a claim the beginning and the end are told."""
    begin, dots, end = wanted.partition(" ... ")
    words = " ".join(told.split())
    return words.startswith(begin) and words.endswith(end) if dots else words == wanted


@pytest.mark.parametrize(
    ("name", "subject", "relation", "thing", "fragment", "family"),
    lines(EXPECTED),
    ids=[" ".join((line[0], line[1][:30], line[2], line[3][:30])) for line in lines(EXPECTED)],
)
def test_what_the_five_documents_say(
    name: str, subject: str, relation: str, thing: str, fragment: str, family: str, seeds: Mapping[str, Reading]
) -> None:
    reading = seeds[name]
    found = [
        r for r in reading.rows if (r["subject"], r["relation"]) == (subject, relation) and same(r["object"], thing)
    ]
    assert found
    assert [r["rule"] for r in found if fragment in " ".join(r["quote"].split()) and r["rule"].startswith(f"{family}.")]


@pytest.mark.parametrize(
    ("name", "subject", "relation", "thing", "why"),
    lines(NEVER),
    ids=[" ".join((line[0], line[4])) for line in lines(NEVER)],
)
def test_what_they_do_not_say(
    name: str, subject: str, relation: str, thing: str, why: str, seeds: Mapping[str, Reading]
) -> None:
    def fits(told: str, wanted: str) -> bool:
        return wanted == "*" or (wanted[1:] in told if wanted.startswith("~") else told == wanted)

    assert [
        (r["subject"], r["relation"], r["object"], why)
        for r in seeds[name].rows
        if fits(r["subject"], subject) and fits(r["relation"], relation) and fits(r["object"], thing)
    ] == []


def test_the_words_of_what_is_never_said_do_stand_in_the_documents(seeds: Mapping[str, Reading]) -> None:
    for name, *cells, _ in lines(NEVER):
        for words in cells:
            assert not words.startswith("~") or words[1:] in seeds[name].text


# ---------------------------------------------------------------------- qualifiers, dates


@pytest.mark.parametrize(
    ("name", "relation", "subject", "thing", "qualifiers"),
    [
        ("000", "holdsPost", "Zhang Yunming", MIIT, {"post": "vice minister"}),
        ("001", "holdsPost", "Xiao Yaqing", MIIT, {"post": "Minister", "asOf": "2021-03-08"}),
        ("001", "holdsPost", "Tian Yulong", MIIT, {"post": "chief engineer", "asOf": "2021-03-08"}),
        ("002", "holdsPost", "Han Zheng", "China", {"post": "Vice President", "asOf": "2024-11-27"}),
        ("003", "holdsPost", "Huang Chaoyong", JIANAN, {"post": "general manager", "asOf": "2024-03-20"}),
        ("000", "endsOn", CIIE, "Thursday", {"dateText": "Thursday"}),
        ("002", "startsOn", CISCE, "2024-11-26", {"dateText": "Tuesday"}),
        ("002", "endsOn", CISCE, "2024-11-30", {"dateText": "Saturday"}),
        ("004", "heldOn", "press conference", "2021-03-01", {"dateText": "March 1"}),
        ("003", "produced", "Sichuan and Chongqing", "over 3.29 million vehicles", {"period": "2023"}),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_qualifiers(
    name: str, relation: str, subject: str, thing: str, qualifiers: dict[str, str], seeds: Mapping[str, Reading]
) -> None:
    found = [
        r["qualifiers"]
        for r in seeds[name].rows
        if (r["relation"], r["subject"], r["object"]) == (relation, subject, thing)
    ]
    assert found
    assert [q for q in found if q != qualifiers] == []


def test_planned_is_what_will_be_and_only_that(seeds: Mapping[str, Reading]) -> None:
    planned = {
        (r["subject"], r["relation"], r["object"])
        for r in chain.from_iterable(s.rows for s in seeds.values())
        if r["status"] == "planned"
    }
    assert planned == {
        (CISCE, "startsOn", "2024-11-26"),
        (CISCE, "endsOn", "2024-11-30"),
        (CISCE, "heldIn", "Beijing"),
    }


@pytest.mark.parametrize(
    ("text", "published", "dates"),
    [
        (
            "The second CISCE, which will run from Tuesday to Saturday in Beijing, is large.",
            date(2024, 11, 25),
            {"startsOn": "2024-11-26", "endsOn": "2024-11-30"},
        ),
        (
            "The second CISCE, which will run from Tuesday to Saturday in Beijing, is large.",
            None,
            {"startsOn": "Tuesday", "endsOn": "Saturday"},
        ),
        (
            "The second CISCE, which will run from Dec. 30 to Jan. 2 in Beijing, is large.",
            date(2024, 12, 1),
            {"startsOn": "2024-12-30", "endsOn": "2025-01-02"},
        ),
        ("MIIT held a press conference on March 1 in Beijing.", date(2021, 3, 3), {"heldOn": "2021-03-01"}),
        ("MIIT held a press conference on Dec. 30 in Beijing.", date(2021, 1, 3), {"heldOn": "2020-12-30"}),
        ("MIIT held a press conference on March 1 in Beijing.", None, {"heldOn": "March 1"}),
        ("The forum was held in Beijing on Monday.", date(2024, 11, 27), {"heldOn": "2024-11-25"}),
        ("The forum was held from June 5 to 8.", None, {"startsOn": "June 5", "endsOn": "June 8"}),
        ("On Nov. 25, 2024 it rained. The forum was held on the same day.", None, {"heldOn": "2024-11-25"}),
        ("The forum was held on the same day.", date(2024, 11, 27), {}),
    ],
    ids=[
        "from Tuesday",
        "no anchor",
        "over the turn of the year",
        "the year of publication",
        "the year before",
        "no year",
        "past weekday",
        "a stretch without a year",
        "the day named before",
        "no day named before",
    ],
)
def test_dates_are_of_the_document_or_stay_words(
    text: str, published: date | None, dates: dict[str, str], say: Say
) -> None:
    reading = say(text, published=published)
    assert {
        r["relation"]: r["object"] for r in reading.rows if r["relation"] in ("startsOn", "endsOn", "heldOn")
    } == dates
    for row in reading.rows:
        if row["relation"] in dates:
            assert row["qualifiers"]["dateText"] in text
            assert row["object_type"] == ("date" if row["object"][:2] == "20" else "string")


def test_a_visit_dates_no_expo(say: Say) -> None:
    reading = say("Han Zheng attended the second CISCE in Beijing on Nov. 26, 2024.")
    assert {r["relation"] for r in reading.rows} & {"heldOn", "startsOn", "endsOn"} == set()


# ---------------------------------------------------------------------- status


@pytest.mark.parametrize(
    ("text", "status", "post"),
    [
        ("Xiao Yaqing, minister of MIIT, left.", "asserted", "minister"),
        ("Xiao Yaqing, former minister of MIIT, left.", "former", "former minister"),
        ("Former MIIT minister Xiao Yaqing left.", "former", "minister"),
        ("Xiao Yaqing, ex-minister of MIIT, left.", "former", "ex-minister"),
        ("Xiao Yaqing, acting minister of MIIT, left.", "acting", "acting minister"),
        ("Xiao Yaqing, minister-designate of MIIT, left.", "designate", "minister-designate"),
        ("Xiao Yaqing is the minister of MIIT.", "asserted", "minister"),
        ("Xiao Yaqing, vice minister of MIIT, left.", "asserted", "vice minister"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_how_a_post_is_held(text: str, status: str, post: str, say: Say) -> None:
    row = say(text).row("holdsPost", "Xiao Yaqing", MIIT)
    assert (row["status"], row["qualifiers"]["post"].lower()) == (status, post)


@pytest.mark.parametrize(
    ("text", "status", "fact"),
    [
        ("Xiao Yaqing did not attend a forum. Xiao Yaqing never attended the forum.", "negated", ("attended", "forum")),
        ("Xiao Yaqing, not the minister of MIIT, left.", "negated", ("holdsPost", MIIT)),
        ("Xiao Yaqing is not the minister of MIIT.", "negated", ("holdsPost", MIIT)),
        ("Xiao Yaqing reportedly attended the forum.", "hedged", ("attended", "forum")),
        ("If Xiao Yaqing attended the forum, all is well.", "conditional", ("attended", "forum")),
        ("Xiao Yaqing attended the forum and left?", "asked", ("attended", "forum")),
    ],
    ids=["never", "not in an apposition", "is not", "reportedly", "if", "question"],
)
def test_what_is_denied_doubted_or_asked_is_refused(text: str, status: str, fact: tuple[str, str], say: Say) -> None:
    reading = say(text)
    assert [r for r in reading.rows if (r["relation"], r["object"]) == fact] == []
    found = {(r["relation"], r["object"], r["status"]) for r in reading.refused if r["subject"] == "Xiao Yaqing"}
    assert (*fact, status) in found
    assert all(r["guard"] for r in reading.refused)


@pytest.mark.parametrize(
    ("text", "subject", "relation"),
    [
        ("Han Zheng or Xiao Yaqing attended the second CISCE.", "*", "attended"),
        ("Either Han Zheng or Xiao Yaqing attended the second CISCE.", "*", "attended"),
        ("Neither Han Zheng nor Xiao Yaqing attended the second CISCE.", "*", "attended"),
        ("Had Han Zheng attended the second CISCE, prices would have fallen.", "*", "attended"),
        ("According to rumours, Han Zheng attended the second CISCE.", "*", "attended"),
        ("Xiao Yaqing doubts Han Zheng attended the second CISCE.", "*", "attended"),
        (
            "Han Zheng, accompanied by Xiao Yaqing, minister of MIIT, attended the second CISCE.",
            "Xiao Yaqing",
            "attended",
        ),
        ("Han Zheng met Xiao Yaqing, minister of MIIT, who attended the second CISCE.", "Han Zheng", "attended"),
        ("Xiao Yaqing's spokesman attended the second CISCE.", "*", "attended"),
        ("The wife of Han Zheng attended the second CISCE.", "*", "attended"),
        ("Han Zheng was invited to attend the second CISCE.", "*", "attended"),
        ("It is false that Han Zheng attended the second CISCE.", "*", "attended"),
        ("Han Zheng said that Xiao Yaqing attended the second CISCE.", "*", "attended"),
        ("Han Zheng denied that Xiao Yaqing attended the second CISCE.", "*", "attended"),
        ("MIIT, not Seres, announced a plan.", "Seres", "announced"),
        ("Seres, which MIIT announced a plan for, left.", "Seres", "announced"),
        ("MIIT held no press conference.", "*", "organisedBy"),
        ("The forum was hosted by the mayor of Beijing.", "*", "organisedBy"),
        ("MIIT's press conference in Beijing was cancelled.", "*", "heldIn"),
        ("The second CISCE may be held in Beijing.", "*", "heldIn"),
        ("Xiao Yaqing, a critic of the minister of MIIT, left.", "*", "holdsPost"),
        ("Xiao Yaqing, son of the vice president of China, left.", "*", "holdsPost"),
        ("Xiao Yaqing, who wants to be minister of MIIT, left.", "*", "holdsPost"),
        ("Xiao Yaqing, secretary of the minister of MIIT, left.", "*", "holdsPost"),
        ("Xiao Yaqing and the vice president of China left.", "*", "holdsPost"),
        ("Han Zheng did not say that trade will grow.", "*", "said"),
        ("Han Zheng asked whether trade will grow.", "*", "said"),
        ("Seres produced no vehicles in 2023.", "*", "produced"),
    ],
    ids=lambda value: value if " " in value else "",
)
def test_what_a_sentence_does_not_say(text: str, subject: str, relation: str, say: Say) -> None:
    said = [r for r in say(text).rows if r["relation"] == relation and subject in ("*", r["subject"])]
    assert [(r["subject"], r["relation"], r["object"]) for r in said] == []


def test_refusals_leave_the_affirmed_alone(say: Say) -> None:
    reading = say("The forum was not held in Beijing. The forum was held in Chengdu.")
    assert {r["object"] for r in reading.rows if r["relation"] == "heldIn"} == {"Chengdu"}
    assert {r["object"] for r in reading.refused if r["relation"] == "heldIn"} == {"Beijing"}


# ---------------------------------------------------------------------- evidence


HOW = {"pronoun", "surname", "description", "list", "speaker", "occasion", "scope", "next sentence", "document"}


def test_every_quote_is_the_documents_own_words(seeds: Mapping[str, Reading]) -> None:
    for reading in seeds.values():
        for row in (*reading.rows, *reading.refused):
            assert reading.text[row["start"] : row["end"]] == row["quote"]
            assert 0 < len(row["quote"]) <= 1200


def test_every_slot_has_words_in_the_quote_or_an_antecedent(seeds: Mapping[str, Reading]) -> None:
    for reading in seeds.values():
        for row in (*reading.rows, *reading.refused):
            for start, end in row["spans"].values():
                assert row["start"] <= start < end <= row["end"]
            for slot in ("subject", "object"):
                assert slot in row["spans"] or slot in row["antecedent"], row
            for slot, found in row["antecedent"].items():
                assert found["how"] in HOW
                assert found["spans"] or found["how"] == "document", (slot, row)
                for start, end in found["spans"]:
                    assert 0 <= start < end <= len(reading.text)


def test_the_words_of_a_slot_are_those_at_its_span(seeds: Mapping[str, Reading]) -> None:
    for reading in seeds.values():
        for row in reading.rows:
            for slot in {"subject", "object"} & row["spans"].keys():
                words = reading.text[slice(*row["spans"][slot])]
                assert words.strip('"“”') == row[f"{slot}_text"].strip('"“”')


@pytest.mark.parametrize(
    ("name", "relation", "subject", "slot", "how", "words"),
    [
        ("000", "spokeAt", "Zhang Yunming", "subject", "surname", "Zhang Yunming"),
        ("002", "attendedBy", CISCE, None, "", ""),
        ("003", "produced", "Sichuan and Chongqing", "subject", "list", "Sichuan"),
        ("003", "holdsPost", "Huang Chaoyong", "object", "description", JIANAN),
        ("003", "initiatedBy", ALLIANCE, "subject", "description", ALLIANCE),
        ("004", "said", "Xiao Yaqing", "subject", "speaker", "Xiao Yaqing"),
        ("004", "spokeAt", "Xiao Yaqing", "object", "occasion", "press conference"),
        ("001", "proposed", MIIT, "subject", "scope", "Ministry of industry and information technology"),
        ("001", "proposed", MIIT, "attributedTo", "scope", "Tian Yulong"),
    ],
)
def test_antecedents_of_the_seeds(
    name: str, relation: str, subject: str, slot: str | None, how: str, words: str, seeds: Mapping[str, Reading]
) -> None:
    reading = seeds[name]
    found = [r for r in reading.rows if (r["relation"], r["subject"]) == (relation, subject)]
    assert found
    for row in found:
        if slot is None:
            assert "subject" in row["spans"]
            continue
        told = row["antecedent"][slot]
        assert told["how"] == how
        assert words in reading.words(told["spans"])


def test_the_same_fact_twice_is_one_statement_with_two_pieces_of_evidence(say: Say) -> None:
    reading = say("Han Zheng attended the second CISCE. Happily, Han Zheng attended the second CISCE.")
    (statement,) = (s for s in reading.extraction.statements if s.relation == "attended")
    assert [reading.text[slice(*e.span)] for e in statement.evidence] == [
        "Han Zheng attended the second CISCE.",
        "Happily, Han Zheng attended the second CISCE.",
    ]
    assert len({e.id for e in statement.evidence}) == 2


def test_another_period_metric_or_post_is_another_statement(say: Say) -> None:
    cars = say("Seres produced 5 cars in 2023. Seres produced 5 cars in 2024.")
    assert [r["qualifiers"]["period"] for r in cars.rows if r["relation"] == "produced"] == ["2023", "2024"]
    assert len({r["statement"] for r in cars.rows if r["relation"] == "produced"}) == 2


def test_a_statement_has_evidence_by_its_type() -> None:
    first, *others = get_args(get_type_hints(Statement)["evidence"])
    assert first is Evidence
    assert str(others) == "[*tuple[kg.model.Evidence, ...]]"


def test_only_the_most_specific_property_is_asserted(seeds: Mapping[str, Reading]) -> None:
    found = {
        (s.subject.label, s.property)
        for reading in seeds.values()
        for s in reading.extraction.statements
        if s.relation == "holdsPost"
    }
    assert found == {
        ("Zhang Yunming", "viceMinisterOf"),
        ("Xiao Yaqing", "ministerOf"),
        ("Tian Yulong", "chiefEngineerOf"),
        ("Han Zheng", "vicePresidentOf"),
        ("Huang Chaoyong", "generalManagerOf"),
    }


def test_claims_keep_their_whole_words_and_a_short_label(seeds: Mapping[str, Reading]) -> None:
    for reading in seeds.values():
        for statement in reading.extraction.statements:
            if statement.relation in ("said", "proposed"):
                claim = statement.object
                words = getattr(claim, "words", "")
                assert words
                assert words in reading.text
                assert len(getattr(claim, "label", "").split()) <= 10


def test_what_a_speaker_says_is_asserted_by_him_alone(seeds: Mapping[str, Reading]) -> None:
    evidence = [e for s in seeds["004"].extraction.statements if s.relation == "said" for e in s.evidence]
    assert {e.speaker.label for e in evidence if e.speaker} == {"Xiao Yaqing"}
    assert all(e.speaker for e in evidence)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "[Jane Roe|Person], [Ann Doe|Person] and [Li Bo|Person] attended the [Tea Expo|Expo].",
            {
                ("Jane Roe", "attended", "Tea Expo"),
                ("Ann Doe", "attended", "Tea Expo"),
                ("Li Bo", "attended", "Tea Expo"),
            },
        ),
        (
            "[Jane Roe|Person], head of [Acme|Company] and mayor of [Oslo|City], left.",
            {("Jane Roe", "holdsPost", "Acme"), ("Jane Roe", "holdsPost", "Oslo")},
        ),
        ("[Jane Roe|Person] presided over the [Tea Forum|Forum].", {("Jane Roe", "presidedOver", "Tea Forum")}),
        (
            "The [Tea Forum|Forum] was hosted by the [Tea Board|Body] and [Acme|Company].",
            {("Tea Forum", "organisedBy", "Tea Board"), ("Tea Forum", "organisedBy", "Acme")},
        ),
        (
            "The [Tea League|Alliance] was jointly founded by [Acme|Company] and [Oslo|City].",
            {("Tea League", "initiatedBy", "Acme"), ("Tea League", "initiatedBy", "Oslo")},
        ),
        ("[Acme|Company] is responsible for tea.", {("Acme", "responsibleFor", "tea")}),
        (
            "In May, 25 new schools were opened; the new schools cost 9 million yuan.",
            {("new schools", "figure", "25")},
        ),
        (
            "[Jane Roe|Person] said that tea, of all things, will sell.",
            {("Jane Roe", "said", "tea, of all things, will sell")},
        ),
    ],
    ids=["a list attends", "two posts", "presided", "two hosts", "founders", "responsible", "counted", "said"],
)
def test_the_rules_read_other_names_too(text: str, facts: set[tuple[str, str, str]], ontology: Ontology) -> None:
    assert facts <= marked(text, ontology).facts


def test_rows_have_the_keys_of_the_interface(seeds: Mapping[str, Reading]) -> None:
    keys = (
        "document statement evidence subject object subject_iri object_iri subject_type object_type subject_text "
        "object_text subject_names object_names relation label status qualifiers start end quote spans "
        "antecedent rule schema"
    ).split()
    rows: list[Row] = [r for reading in seeds.values() for r in reading.rows]
    assert {frozenset(r) for r in rows} == {frozenset(keys)}
    assert {(r["object_iri"] is None) for r in rows if r["object_type"] in ("date", "string", "integer")} == {True}
    assert {r["subject"] in r["subject_names"] for r in rows if r["subject_type"] != "Claim"} == {True}
