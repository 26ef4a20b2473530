from __future__ import annotations

from collections.abc import Mapping

import pytest

from kg.model import Sameness
from kg.pipeline import Ontology
from tests.conftest import Reading, Row, Say, marked

BASE = "https://kg.example.org/id/"
MIIT = "Ministry of Industry and Information Technology"


def nodes(*readings: Reading) -> dict[str, str]:
    """The label of every node that statements are about, by the last part of its IRI."""
    return {
        r[f"{side}_iri"].removeprefix(BASE): r[side]
        for reading in readings
        for r in reading.rows
        for side in ("subject", "object")
        if (r[f"{side}_iri"] or "").startswith(BASE)
    }


def antecedent(reading: Reading, row: Row, slot: str = "subject") -> tuple[str, list[str]]:
    found = row["antecedent"][slot]
    return found["how"], reading.words(found["spans"])


# ---------------------------------------------------------------------- nodes across documents


def test_two_documents_with_a_ceremony_and_a_li_jian_give_four_nodes(say: Say) -> None:
    one = say("Chinese Vice Premier Li Jian addressed the opening ceremony.", name="one")
    two = say("Chinese Vice Premier Li Jian attended the opening ceremony.", name="two")
    assert nodes(one, two) == {
        "china": "China",
        "one/li-jian": "Li Jian",
        "one/opening-ceremony": "opening ceremony",
        "two/li-jian": "Li Jian",
        "two/opening-ceremony": "opening ceremony",
    }


def test_in_one_document_they_are_two_nodes(say: Say) -> None:
    one = say(
        "Chinese Vice Premier Li Jian attended the opening ceremony.\n"
        "Li left early. Later Li Jian spoke at the opening ceremony.\n"
    )
    assert set(nodes(one)) == {"china", "note/li-jian", "note/opening-ceremony"}
    assert {r["object_iri"] for r in one.rows if r["relation"] in ("attended", "spokeAt")} == {
        f"{BASE}note/opening-ceremony"
    }


def test_two_ceremonies_of_two_events_are_two(say: Say) -> None:
    one = say(
        "Han Zheng attended the opening ceremony of the second CISCE.\n"
        "Xiao Yaqing attended the opening ceremony of the fifth China International Import Expo.\n"
    )
    assert one.row("attended", "Han Zheng")["object_iri"] != one.row("attended", "Xiao Yaqing")["object_iri"]


@pytest.mark.parametrize("article", ["The next", "Another"])
def test_the_next_meeting_is_not_the_one_before_it(say: Say, article: str) -> None:
    one = say(f"Han Zheng attended a meeting in Berlin. {article} meeting will be held in Beijing.")
    assert one.row("attended")["object_iri"] == f"{BASE}note/meeting"
    assert one.row("heldIn", thing="Beijing")["subject_iri"] == f"{BASE}note/meeting-2"


def test_an_edition_is_one_node_in_all_documents(say: Say) -> None:
    one = say("Han Zheng attended the second CISCE.", name="one")
    two = say("Xiao Yaqing attended the 2nd China International Supply Chain Expo (CISCE).", name="two")
    three = say("Xiao Yaqing attended the third CISCE.", name="three")
    iris = [r.row("attended")["object_iri"].removeprefix(BASE) for r in (one, two, three)]
    series = "china-international-supply-chain-expo"
    assert iris == [f"{series}-2", f"{series}-2", f"{series}-3"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The second CISCE opened. Han Zheng attended CISCE.", "-2"),
        ("Han Zheng attended CISCE. The second CISCE opened.", "-2"),
        ("Han Zheng attended CISCE.", ""),
        ("The second CISCE was larger than the first CISCE. Han Zheng attended CISCE.", ""),
    ],
    ids=["before", "behind", "no edition", "two editions"],
)
def test_a_bare_series_means_the_documents_only_edition(text: str, number: str, say: Say) -> None:
    row = say(text).row("attended")
    assert row["object_iri"] == f"{BASE}china-international-supply-chain-expo{number}"


def test_an_edition_the_noun_for_it_and_its_bare_name_are_one_event(say: Say) -> None:
    reading = say(
        "The third Tea Trade Forum opened in Astana on May 3, 2024. The forum was attended by 300 guests. "
        "The Tea Trade Forum was hosted by the Ministry of Commerce."
    )
    told = {r["relation"]: (r["subject"], r["subject_iri"]) for r in reading.rows}
    assert told.keys() >= {"heldIn", "startsOn", "attendedBy", "organisedBy"}
    assert set(told.values()) == {("3rd Tea Trade Forum", f"{BASE}tea-trade-forum-3")}


def test_the_ministry_is_one_node_in_three_seeds(seeds: Mapping[str, Reading]) -> None:
    by_document = {name: nodes(seeds[name]) for name in ("000", "001")}
    assert {name: found.get("miit") for name, found in by_document.items()} == {"000": MIIT, "001": MIIT}
    four = seeds["004"]
    assert MIIT not in nodes(four).values() or nodes(four)["miit"] == MIIT
    others = {
        slug for found in (*by_document.values(), nodes(four)) for slug in found if "ministry-of-industry" in slug
    }
    assert others == set()


def test_the_press_conference_of_two_seeds_is_one_by_decision_and_no_other_is_it(
    seeds: Mapping[str, Reading], say: Say
) -> None:
    shared = "004_20430a00275623ba/press-conference"
    assert seeds["001"].row("spokeAt", "Xiao Yaqing")["object_iri"] == BASE + shared
    assert {r["subject_iri"] for r in seeds["004"].rows if r["relation"] == "organisedBy"} == {BASE + shared}
    third = say("The State Council Information Office held a press conference.", name="third")
    assert third.row("organisedBy")["subject_iri"] == BASE + "third/press-conference"


def test_a_recorded_decision_makes_one_what_two_documents_tell_by_description(say: Say) -> None:
    told = (Sameness("opening-ceremony", "one/opening-ceremony", "Both tell of the same evening."),)
    two = say("Han Zheng attended the opening ceremony.", name="two", same=told)
    assert two.row("attended")["object_iri"] == BASE + "one/opening-ceremony"


def test_names_that_differ_by_one_letter_are_two_persons(seeds: Mapping[str, Reading]) -> None:
    assert seeds["003"].row("author")["object_iri"] == BASE + "ran-zheng"
    assert {r["subject"] for r in seeds["003"].rows} & {"Han Zheng"} == set()
    assert "ran-zheng" not in nodes(seeds["002"])


# ---------------------------------------------------------------------- what words stand for


@pytest.mark.parametrize(
    ("text", "who", "spans"),
    [
        ("Han Zheng arrived. Han said that trade will grow.", "Han Zheng", ["Han Zheng"]),
        ("Han said that trade will grow. Then Han Zheng left.", "Han Zheng", ["Han Zheng"]),
        ("Chinese Vice Premier Li Jian left. Li said that trade will grow.", "Li Jian", ["Li Jian"]),
    ],
    ids=["behind the name", "before the name", "nobody has curated"],
)
def test_surnames(text: str, who: str, spans: list[str], say: Say) -> None:
    reading = say(text)
    assert antecedent(reading, reading.row("said", who)) == ("surname", spans)


def test_either_end_of_an_unknown_name_stands_for_it(ontology: Ontology) -> None:
    for name in ("Jane", "Roe"):
        reading = marked(f"[Jane Roe|Person] left. {name} said that trade will grow.", ontology)
        assert antecedent(reading, reading.row("said", "Jane Roe")) == ("surname", ["Jane Roe"])


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Han Zheng, vice president of China, arrived. He said that trade will grow.", "Han Zheng"),
        ("Han Zheng said that trade will grow. According to him, ports will grow.", "Han Zheng"),
        ("Han Zheng arrived and said that he left.\nHe said that trade will grow.", "Han Zheng"),
        ("Han Zheng arrived. Han said that trade will grow. He said that ports will grow.", "Han Zheng"),
    ],
    ids=["before it", "him", "in the paragraph before", "a surname between"],
)
def test_pronouns(text: str, who: str, say: Say) -> None:
    reading = say(text)
    rows = [r for r in reading.rows if r["subject_text"].lower() in ("he", "him")]
    assert [(r["subject"], antecedent(reading, r)[0]) for r in rows] == [(who, "pronoun")]


def test_he_behind_somebody_nobody_knows_is_left_open(say: Say) -> None:
    reading = say("Han Zheng arrived. Qwerty said that tea is cheap. He said that trade will grow.")
    assert not [r for r in reading.rows if r["object"] == "trade will grow"]


def test_a_workshop_told_of_once_is_the_workshop(say: Say) -> None:
    reading = say("MIIT opened a workshop on Monday. Han Zheng addressed the workshop.")
    assert reading.row("spokeAt")["object"] == "workshop"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Changan Automobile opened a plant. The company announced a new car.", "Changan Automobile"),
        ("MIIT is large. The ministry announced a new car.", MIIT),
        ("Seres is old. MIIT is large. The company announced a new car.", "Seres"),
        ("Xiao Yaqing, minister of MIIT, arrived. Seres left. The minister said that trade will grow.", "Xiao Yaqing"),
        (
            "Chinese Vice Premier Li Jian left. Chinese Premier Wang Tao came. The vice premier said that tea grows.",
            "Li Jian",
        ),
        (
            "Chinese Premier Wang Tao left. Chinese Vice Premier Li Jian left. The premier said that trade will grow.",
            "Wang Tao",
        ),
    ],
    ids=["company", "ministry", "by its class", "by his post", "not another rank", "not a lower rank"],
)
def test_descriptions(text: str, who: str, say: Say) -> None:
    reading = say(text)
    (row,) = (r for r in reading.rows if r["relation"] in ("announced", "said"))
    how, spans = antecedent(reading, row)
    assert (row["subject"], how) == (who, "description")
    assert spans
    assert all(span in text for span in spans)


@pytest.mark.parametrize(
    ("before", "event"),
    [
        ("A signing ceremony was held in Beijing.", "signing ceremony"),
        ("A signing ceremony was held in Beijing after the closing ceremony.", "ceremony"),
        ("A signing ceremony was held in Beijing after a ceremony.", "ceremony"),
    ],
)
def test_a_shorter_description_stands_for_the_one_longer_one_before_it(before: str, event: str, say: Say) -> None:
    assert say(f"{before} Han Zheng attended the ceremony.").row("attended")["object"] == event


def test_a_person_named_in_full_again_needs_no_word_that_says_so(say: Say) -> None:
    one = say("Chinese Vice Premier Ruvo Talmek left early.\nThey say that Ruvo Talmek, however, is rich.\n")
    assert one.row("holdsPost")["subject"] == "Ruvo Talmek"
    two = say(
        "Chinese Vice Premier Ruvo Talmek left early.\nLater Han Zheng, Ruvo Talmek and Xiao Yaqing joined the talks.\n"
    )
    assert ("Ruvo Talmek", "attended", "talks") in two.facts


def test_the_expo_and_the_ceremony_stand_for_what_was_named(say: Say) -> None:
    reading = say(
        "The opening ceremony of the second CISCE was held in Beijing.\n"
        "Han Zheng attended the expo. Xiao Yaqing attended the ceremony.\n"
    )
    expo, ceremony = reading.row("attended", "Han Zheng"), reading.row("attended", "Xiao Yaqing")
    assert expo["object"] == "2nd China International Supply Chain Expo"
    assert ceremony["object"] == "opening ceremony of the second CISCE"
    assert antecedent(reading, expo, "object")[0] == antecedent(reading, ceremony, "object")[0] == "description"


@pytest.mark.parametrize(
    ("text", "group", "spans"),
    [
        (
            "Sichuan and Chongqing cooperate. The regions produced 3 million cars.",
            "Sichuan and Chongqing",
            ["Sichuan", "Chongqing"],
        ),
        (
            "Sichuan and Chongqing cooperate. The two regions produced 3 million cars.",
            "Sichuan and Chongqing",
            ["Sichuan", "Chongqing"],
        ),
        (
            "Sichuan, Chengdu and Chongqing met. Seres and Acme left. The three regions produced 3 million cars.",
            "Sichuan, Chengdu and Chongqing",
            ["Sichuan", "Chengdu", "Chongqing"],
        ),
    ],
    ids=["regions", "two regions", "the list of three"],
)
def test_lists(text: str, group: str, spans: list[str], say: Say) -> None:
    reading = say(text)
    row = reading.row("produced")
    assert (row["subject"], row["subject_type"]) == (group, "Group")
    assert antecedent(reading, row) == ("list", spans)


def test_members_told_by_a_list_before_are_each_a_statement(say: Say) -> None:
    bodies = ["Ministry of Commerce", "Ministry of Finance", "Ministry of Transport"]
    reading = say(
        "The Ministry of Commerce, the Ministry of Finance and the Ministry of Transport met. "
        "The Trade Working Group made up of these three departments met."
    )
    members = [r for r in reading.rows if r["relation"] == "hasMember"]
    assert {r["subject"] for r in members} == {"Trade Working Group"}
    assert sorted(r["object"] for r in members) == bodies
    for row in members:
        assert row["object_text"] == "these three departments"
        assert antecedent(reading, row, "object")[0] == "list"


def test_an_abbreviation_in_brackets_stands_for_the_body_behind_it(say: Say) -> None:
    reading = say(
        "The Vietnam Chamber of Commerce and Industry (VCCI) met. VCCI President Pham Tan Cong said trade grew."
    )
    row = reading.row("holdsPost", "Pham Tan Cong")
    assert (row["object"], row["qualifiers"]["post"]) == ("Vietnam Chamber of Commerce and Industry", "President")


def test_a_senior_official_may_be_named_in_the_next_sentence(say: Say) -> None:
    reading = say("Chains are goods, a senior official said. Zhang Yunming, vice minister of MIIT, left.")
    row = reading.row("said", "Zhang Yunming")
    assert row["subject_text"] == "a senior official"
    assert antecedent(reading, row) == ("next sentence", ["Zhang Yunming"])


def test_without_a_post_the_next_sentence_does_not_name_the_official(say: Say) -> None:
    row = say("Chains are goods, a senior official said. Zhang Yunming left.").row("said")
    assert (row["subject"], row["antecedent"]) == ("senior official", {})


def test_speakers_of_a_transcript_and_its_occasion(say: Say) -> None:
    reading = say(
        "MIIT held a press conference on March 1, 2021 in Beijing.\n"
        "Xiao Yaqing: Trade will grow.\nPorts will grow.\nTian Yulong: Roads will grow.\n"
    )
    said = {r["object"]: r["subject"] for r in reading.rows if r["relation"] == "said"}
    assert said == {
        "Trade will grow": "Xiao Yaqing",
        "Ports will grow": "Xiao Yaqing",
        "Roads will grow": "Tian Yulong",
    }
    row = reading.row("spokeAt", "Tian Yulong")
    (speech,) = (r for r in reading.rows if r["object"] == "Ports will grow")
    assert antecedent(reading, speech) == ("speaker", ["Xiao Yaqing"])
    assert antecedent(reading, row, "object") == ("occasion", ["press conference"])


@pytest.mark.parametrize(
    ("text", "event"),
    [
        # the one event that the text tells of
        ("The [Tea Fair|Expo] was held in [Elm|City].\n[Jane Roe|Person] delivered a speech.", "Tea Fair"),
        # of several the one of the last sentence that tells of any, the part before the whole
        (
            (
                "The [Tea Fair|Expo] was held in [Elm|City].\n[John Doe|Person] chaired the closing session.\n"
                "[Jane Roe|Person] delivered a speech."
            ),
            "closing session",
        ),
        (
            (
                "The [Elm Forum|Forum] was held in [Elm|City].\n"
                "The opening ceremony of the [Tea Fair|Expo] was held at the [Old Hall|Venue].\n"
                "[Jane Roe|Person] delivered a speech."
            ),
            "opening ceremony of the Tea Fair",
        ),
        # two in one sentence, or none: nobody can tell
        (
            (
                "The [Tea Fair|Expo] and the [Elm Forum|Forum] were held in [Elm|City].\n"
                "[Jane Roe|Person] delivered a speech."
            ),
            None,
        ),
        ("[Jane Roe|Person] delivered a speech.", None),
    ],
)
def test_where_somebody_spoke_is_the_event_told_of_last(ontology: Ontology, text: str, event: str | None) -> None:
    assert [r["object"] for r in marked(text, ontology).rows if r["relation"] == "spokeAt"] == (
        [event] if event else []
    )


def test_the_event_told_of_long_ago_is_not_where_somebody_speaks(ontology: Ontology) -> None:
    far = "Leaves are green. " * 60
    text = (
        f"The [Tea Fair|Expo] was held in [Elm|City].\nThe [Elm Forum|Forum] was held in [Elm|City].\n{far}\n"
        "[Jane Roe|Person] delivered a speech."
    )
    assert "spokeAt" not in {r["relation"] for r in marked(text, ontology).rows}


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        ("At the meeting, tolls were discussed.", "meeting"),
        ("Leaves are green.\nAfter the talks nobody spoke.", "talks"),
        ("At the meeting of growers, tolls were discussed.", None),
        ("Leaves are green.", None),
        ("A meeting is not the meeting.\n" * 5, None),
    ],
)
def test_those_who_met_were_at_the_meeting_that_the_text_goes_on_to_tell(
    ontology: Ontology, behind: str, found: str | None
) -> None:
    reading = marked(f"[Jane Roe|Person] met [John Doe|Person] in [Elm|City].\n{behind}", ontology)
    told = {(r["subject"], r["object"]) for r in reading.rows if r["relation"] == "attended"}
    assert told == ({("Jane Roe", found), ("John Doe", found)} if found else set())


def test_a_meeting_told_before_is_another_than_that_of_those_who_met(ontology: Ontology) -> None:
    text = "[Ann Poe|Person] attended a meeting. [Jane Roe|Person] met [John Doe|Person]. The meeting was long."
    assert [r["subject"] for r in marked(text, ontology).rows if r["relation"] == "attended"] == ["Ann Poe"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ('[Jane Roe|Person] said [Li Wei|Person] left. "Pests are back," he told a press conference.', "Jane Roe"),
        ('[Jane Roe|Person] met [Li Wei|Person]. "Pests are back," he told a press conference.', None),
    ],
)
def test_he_behind_a_quotation_is_the_one_who_spoke_before(ontology: Ontology, text: str, subject: str | None) -> None:
    rows = [r["subject"] for r in marked(text, ontology).rows if r["relation"] == "spokeAt"]
    assert rows == ([subject] if subject else [])


def test_the_title_of_a_transcript_may_be_its_occasion(say: Say) -> None:
    text = "SCIO press conference on tolls\n\nJune 7, 2020\n\nJane Roe:\n\nThe harbour froze in January.\n"
    spoke = [r for r in say(text, zoned=True).rows if r["relation"] == "spokeAt"]
    assert {r["object"] for r in spoke} <= {"SCIO press conference"}
    assert spoke


def test_a_speaker_nobody_has_curated_belongs_to_the_document(say: Say) -> None:
    reading = say("Jane Roe: Trade will grow.")
    assert reading.row("said")["subject_iri"] == f"{BASE}note/jane-roe"


@pytest.mark.parametrize(
    "name", ["MIIT", "Xinhua", "Ministry of Industry and Information Technology", "CISCE", "China"]
)
def test_a_speaker_who_is_no_person_says_what_he_says_or_nothing(name: str, say: Say) -> None:
    reading = say(f"MIIT held a press conference in Beijing.\n{name}: Trade will grow.\nXiao Yaqing: Ports will.")
    assert reading.row("said", "Xiao Yaqing")["object"] == "Ports will"
    assert {r["subject_type"] for r in reading.rows if r["relation"] == "spokeAt"} <= {"Person"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Han Zheng met Xiao Yaqing. He said that trade will grow.", "2 persons"),
        ("Han Zheng arrived. It rained. It snowed. It hailed. He said that trade will grow.", "no person"),
        ("He said that trade will grow.", "no person"),
        ("Trade will grow, he said. Then Han Zheng left.", "no person"),
        (
            "Han Zheng left. Chinese Vice Premier Han Bing left. Han said that trade will grow.",
            "2 persons bear this surname",
        ),
        (
            "Changan Automobile and Seres left. The company announced a new car.",
            "it may be Changan Automobile or Seres",
        ),
        ("The company announced a new car.", "nothing before it is such a thing"),
        ("Changan Automobile left. The ministry announced a new car.", "nothing before it is such a thing"),
        ("The regions produced 3 million cars.", "nothing before it is such a list"),
        ("Sichuan cooperates. The regions produced 3 million cars.", "nothing before it is such a list"),
        (
            "Sichuan, Chengdu and Chongqing met. The two regions produced 3 million cars.",
            "nothing before it is such a list",
        ),
        ("The minister said that trade will grow.", "nobody before it"),
        (
            "The second CISCE and the fifth China International Import Expo closed. Han Zheng attended the expo.",
            "it may be ",
        ),
    ],
    ids=[
        "two persons",
        "too far back",
        "nobody",
        "only behind it",
        "two bearers of a surname",
        "two companies",
        "no company",
        "no ministry",
        "no list",
        "no list of one",
        "a list of three",
        "no minister",
        "two expos",
    ],
)
def test_what_cannot_be_told_is_no_statement_but_a_note(text: str, why: str, say: Say) -> None:
    reading = say(text)
    assert [r for r in reading.rows if r["relation"] in ("said", "announced", "produced", "attended")] == []
    assert reading.open
    assert [told for _, told in reading.open if why not in told] == []


@pytest.mark.parametrize(
    "text",
    [
        "Trade ministers met. Minister Han said that trade will grow.",
        "Ran Zheng left. Zheng Han said that trade will grow.",
        "hanzheng said that trade will grow.",
        "The Han dynasty said that trade will grow.",
    ],
)
def test_other_words_are_not_mistaken_for_a_person(text: str, say: Say) -> None:
    assert [r["subject"] for r in say(text).rows if r["subject"] in ("Han Zheng", "Ran Zheng")] == []


def test_a_name_that_two_entities_bear_is_chosen_by_the_slots_class_or_not_at_all(ontology: Ontology) -> None:
    known = marked("[Acme|Company] held a forum. [Acme|Company] left.", ontology)
    assert known.row("organisedBy")["object"] == "Acme"
    both = "[Harbour|City] held a forum in [Harbour|City]."
    assert marked(both, ontology).facts <= {("forum", "heldIn", "Harbour"), ("forum", "organisedBy", "Harbour")}


def test_a_name_told_once_with_what_it_is_part_of_means_that(say: Say) -> None:
    text = "The Port Alliance of the second CISCE met. {}The Port Alliance now has 35 member firms."
    named = say(text.format("")).row("figure")
    assert named["subject"] == "Port Alliance of the second CISCE"
    assert named["antecedent"]["subject"]["how"] == "description"
    two = say(text.format("The Port Alliance of the third CISCE left. ")).row("figure")
    assert two["subject"] == "Port Alliance"


@pytest.mark.parametrize(
    ("words", "alike"),
    [
        ("The Ministry of Finance", False),
        ("The Ministry of Harbours", False),
        ("The Kenya Department of Commerce", True),
        ("Acme Harbour Co., Ltd.", True),
    ],
)
def test_an_authority_is_one_thing_in_all_documents_only_where_its_name_tells_whose(
    words: str, alike: bool, say: Say
) -> None:
    first, second = (
        {row["subject_iri"] for row in say(f"{words} said that tea is cheap.", name=name).rows} for name in ("a", "b")
    )
    assert len(first) == len(second) == 1
    assert (first == second) is alike
