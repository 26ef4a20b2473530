from __future__ import annotations

import gc
import shutil
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import pipeline
from kg.errors import OntologyError
from kg.ledger import dispositions
from kg.model import EXCLUDED_ZONES, Document
from kg.pipeline import Ontology
from tests.conftest import ONTOLOGY, Reading, Row, Say, steps
from tests.hostile import PROSE

MIIT = "Ministry of Industry and Information Technology"


def items(reading: Reading) -> list[tuple[str, str, str]]:
    """What a scope's items propose: ordinal, words, and who speaks for the body."""
    rows = [r for r in reading.rows if r["rule"].startswith("measures.") and "ordinal" in r["qualifiers"]]
    return [(r["qualifiers"]["ordinal"], r["object"], r["qualifiers"].get("attributedTo", "")) for r in rows]


# ---------------------------------------------------------------------- scopes


def test_the_measures_of_a_seed_have_their_place_body_and_speaker(seeds: Mapping[str, Reading]) -> None:
    reading = seeds["001"]
    assert items(reading) == [
        ("1", "strengthen innovation and breakthroughs in basic and key areas", "Tian Yulong"),
        ("2", "stabilize and optimize the layout of industrial chain and supply chain", "Tian Yulong"),
        (
            "3",
            "speed up the digital transformation of manufacturing industry and promote integrated development",
            "Tian Yulong",
        ),
        (
            "4",
            "vigorously promote the high-quality development of the information and communication industry",
            "Tian Yulong",
        ),
        ("5", "increase support for the development of small and medium-sized enterprises", "Tian Yulong"),
        ("6", "strengthen the reform and opening-up measures", "Tian Yulong"),
        (
            "7",
            "do a good job in supporting the prevention and control of the normalized epidemic situation",
            "Tian Yulong",
        ),
        ("8", 'work out the "14th five year plan" in the field of industry and information technology', "Tian Yulong"),
    ]
    assert {r["subject"] for r in reading.rows if "ordinal" in r["qualifiers"]} == {MIIT}


def test_one_is_and_the_other_is_in_a_turn_of_a_seed(seeds: Mapping[str, Reading]) -> None:
    rows = [r for r in seeds["004"].rows if "ordinal" in r["qualifiers"]]
    assert [(r["subject"], r["qualifiers"]["ordinal"], r["object"]) for r in rows] == [
        ("Xiao Yaqing", "1", "reengineer industrial foundation"),
        ("Xiao Yaqing", "2", "speed up the construction of national manufacturing innovation centers"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "MIIT mainly takes the following measures:\nFirst, we should build ports. Ports matter.\n"
                "The second is to build roads.\nFinally, we will rest."
            ),
            [("1", "build ports", ""), ("2", "build roads", ""), ("3", "rest", "")],
        ),
        (
            "MIIT takes the following measures:\nFirst, build ports.\nTrade will grow.\nSecond, build roads.",
            [("1", "build ports", "")],
        ),
        ("MIIT takes the following measures:\nTrade will grow.\nFirst, build ports.", []),
        (
            "MIIT takes the following measures. First, build ports. It is cheap. Second, build roads.",
            [("1", "build ports", ""), ("2", "build roads", "")],
        ),
        ("MIIT takes three measures.\nFirst, build ports.", [("1", "build ports", "")]),
        ("First, build ports.\nSecond, build roads.", []),
        (
            "MIIT takes the following measures:\nFirst, build ports.\nTrade grows at first, build roads.",
            [("1", "build ports", "")],
        ),
    ],
    ids=[
        "first to finally",
        "ends at a paragraph without an item",
        "begins at once",
        "in one paragraph",
        "a number",
        "no opening",
        "a cue inside a sentence",
    ],
)
def test_enumerations(text: str, expected: list[tuple[str, str, str]], say: Say) -> None:
    assert items(say(text, zone="body")) == expected


def test_a_scope_ends_with_its_zone(say: Say) -> None:
    first = "Xiao Yaqing: MIIT takes the following measures. First, build ports.\nSecond, build roads.\n"
    assert [(n, words) for n, words, _ in items(say(f"{first}Tian Yulong: Third, wait."))] == [
        ("1", "build ports"),
        ("2", "build roads"),
    ]


@pytest.mark.parametrize(
    ("said", "speaker"),
    [
        ("Tian Yulong, chief engineer of MIIT, said that trade will grow.", "Tian Yulong"),
        ("Han Zheng said that trade will grow.", ""),
        (
            "Tian Yulong, chief engineer of MIIT, said that trade will grow.\nHan Zheng said that it will not.",
            "Tian Yulong",
        ),
        (
            (
                "Xiao Yaqing, minister of MIIT, said that trade will grow.\n"
                "Tian Yulong, chief engineer of MIIT, said that ports will."
            ),
            "Tian Yulong",
        ),
    ],
    ids=["who holds a post", "who holds none", "not the last sayer", "the last of two"],
)
def test_who_speaks_for_a_body_is_the_last_sayer_with_a_post_in_it(said: str, speaker: str, say: Say) -> None:
    reading = say(f"{said}\nMIIT takes the following measures:\nFirst, build ports.", zone="body")
    assert items(reading) == [("1", "build ports", speaker)]


@pytest.mark.parametrize("before", ["", "Xiao Yaqing: "], ids=["body", "turn"])
def test_the_measures_of_nobody_known_are_nobodys(before: str, say: Say) -> None:
    reading = say(
        f"{before}The company takes the following measures. First, build ports.", zone="" if before else "body"
    )
    assert items(reading) == []
    assert reading.open


def test_each_item_quotes_itself_and_points_to_the_opening(say: Say) -> None:
    text = "MIIT takes the following measures:\nFirst, we should build ports. Ports matter."
    reading = say(text, zone="body")
    (row,) = (r for r in reading.rows if "ordinal" in r["qualifiers"])
    assert row["quote"] == "First, we should build ports."
    assert reading.text[slice(*row["spans"]["object"])] == "build ports"
    assert row["antecedent"]["subject"] == {"spans": [[0, 4]], "how": "scope"}


# ---------------------------------------------------------------------- zones


ARTICLE = """Home > News > Ports

Trade minister opens port

By Jane Roe | Mar 20, 2024

BEIJING, March 20 (Xinhua) -- Xiao Yaqing, minister of MIIT, attended the second CISCE.

Han Zheng, vice president of China, addressed the second CISCE on March 20, 2024. (Xinhua/Zhai Jianlan)

Han said that trade will grow.

Related reading

Tian Yulong, chief engineer of MIIT, attended the second CISCE
"""


def test_facts_come_from_body_and_captions_and_not_from_related_reading(say: Say) -> None:
    reading = say(ARTICLE, zoned=True)
    attended = {r["subject"] for r in reading.rows if r["relation"] in ("attended", "spokeAt")}
    assert attended == {"Xiao Yaqing", "Han Zheng"}
    assert "Tian Yulong" not in {r["subject"] for r in reading.rows}
    assert "Zhai Jianlan" not in {r["subject"] for r in reading.rows} | {r["object"] for r in reading.rows}


def test_no_quote_of_a_seed_comes_from_an_excluded_zone(seeds: Mapping[str, Reading]) -> None:
    for name, reading in seeds.items():
        excluded = [s.span for s in reading.extraction.sentences if s.zone.kind in EXCLUDED_ZONES]
        assert excluded or name not in ("001", "003", "004")
        for row in (*reading.rows, *reading.refused):
            assert not [s for s in excluded if s.start < row["end"] and row["start"] < s.end]


def test_the_journalist_says_nothing(seeds: Mapping[str, Reading]) -> None:
    reading = seeds["004"]
    (question,) = (s for s in reading.extraction.sentences if "What plans and measures" in reading.text[slice(*s.span)])
    assert question.zone.kind.value == "question"
    assert [r["rule"] for r in reading.rows if r["start"] < question.span.end and question.span.start < r["end"]] == []


# ---------------------------------------------------------------------- the same again


def test_a_document_read_twice_says_the_same(seeds: Mapping[str, Reading], ontology: Ontology) -> None:
    for reading in seeds.values():
        assert pipeline.extract(reading.extraction.document, ontology) == reading.extraction


def test_rows_are_in_the_order_of_the_text(seeds: Mapping[str, Reading]) -> None:
    def order(row: Row) -> tuple[int, str]:
        return row["start"], row["rule"]

    for reading in seeds.values():
        assert list(reading.rows) == sorted(reading.rows, key=order)


@pytest.mark.parametrize("ends", ["\r\n", "\n\n", "\u2028"], ids=["CRLF", "empty lines", "line separator"])
def test_offsets_are_those_of_the_text_as_it_is(ends: str, say: Say) -> None:
    text = ends.join(
        ("Über “Café” 你好 🚢.", "Xiao Yaqing, minister of MIIT, attended the second CISCE.", "Xiao left.")
    )
    reading = say(text, zoned=True)
    row = reading.row("attended")
    assert reading.text[row["start"] : row["end"]] == row["quote"]
    assert reading.text[slice(*row["spans"]["subject"])].startswith("Xiao Yaqing")


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "\ufeffXiao Yaqing",
        "(((((" * 500,
        ")" * 2_000,
        '"' * 2_001,
        "<script>alert(1)</script> said that \x00\x07 {{7*7}}",
        "\n".join("«" * 50 for _ in range(50)),
        "the the the said said that that, Han Zheng, Han Zheng, said",
        ("Xiao Yaqing, minister of MIIT, " * 100) + "left.",
        "Han Zheng said " * 400,
        "\ue000\ue001\uf8f0\uf8f1\uf8f2\uf8f3 Xiao Yaqing \uf000 attended \uf001 the second CISCE.",
        "\x01\x02\x03\x04\x05 Xiao Yaqing \x06 \x01attended \x07 the \x02Event/ second CISCE.",
        "İ" * 300 + " Han Zheng attended the second CISCE.",
        "A" * 50_000,
        "Ministry of " * 700,
    ],
    ids=lambda text: repr(text[:20]),
)
@pytest.mark.parametrize("zoned", [True, False], ids=["zoned", "body"])
def test_hostile_texts_are_read_and_every_quote_holds(text: str, zoned: bool, say: Say) -> None:
    reading = say(text, zoned=zoned, zone="" if zoned else "body")
    for row in (*reading.rows, *reading.refused):
        assert text[row["start"] : row["end"]] == row["quote"]
        for start, end in row["spans"].values():
            assert row["start"] <= start < end <= row["end"]


WORDS = """Xiao Yaqing|Han Zheng|Han|He|he|the minister|a senior official|the company|Changan Automobile|Seres|MIIT
|the ministry|the second CISCE|CISCE|the expo|opening ceremony|of the second|the forum|a press conference|in|Beijing
|capital of China|China|Chinese|Vice Premier Li Jian|Li|minister of|vice minister of the|former|acting|not|never|said
|said that|announced|attended|addressed|held|was held|which will run from|Tuesday|to|Saturday|on|Nov. 26, 2024|and
|March 1|during|or|,|,|,|.|.|?|:|"|“|”|(|)|--|'s|of|the|by|if|reportedly|The regions|Sichuan|Chongqing|producing
|over 3.29 million|vehicles|in 2023|First,|Second,|Finally,|we should|takes the following measures:|One is to
|The other is to|is responsible for|the alliance|was initiated by|17|including|like|such as|as well as|based in
|partnership between|general manager|the company's|Themed|was attended by|about 1,100|participants|According to
|Noting that|the world's largest|is|trade will grow|Xinhua|Jane Roe|Co., Ltd.|《Charter》|signed|Xiao Yaqing:|MIIT:|Q:
|Related reading|(Xinhua/Zhai Jianlan)|BEIJING, Nov. 26 (Xinhua) --|2021/3/8 16:54:00|İ|🚢|新华社|肖亚庆"""
PIECES = [*WORDS.replace("\n", "").split("|"), "\n", "\n", "\n\n", "\u2028"]


@given(st.lists(st.sampled_from(PIECES), min_size=3, max_size=60).map(" ".join))
def test_whatever_the_text_its_statements_hold_to_their_words(say: Say, text: str) -> None:
    reading = say(text, zoned=True)
    for row in (*reading.rows, *reading.refused):
        assert text[row["start"] : row["end"]] == row["quote"]
        assert row["subject"]
        assert row["object"]
        for start, end in row["spans"].values():
            assert row["start"] <= start < end <= row["end"]
        for slot in ("subject", "object"):
            assert slot in row["spans"] or slot in row["antecedent"]
        for told in row["antecedent"].values():
            assert told["spans"] or told["how"] == "document"
    kinds = [d.kind for d in dispositions(reading.extraction)]
    assert len(kinds) == len(reading.extraction.sentences)


@pytest.mark.parametrize(
    "piece",
    [
        "tea ",
        "Han Zheng, Xiao Yaqing and ",
        "Han said that he said that ",
        "the company announced the ministry announced ",
        "opening ceremony of the second ",
        "in Beijing on May 1, 2020, ",
        '"tea" ',
        "(tea) ",
        "which will run from Tuesday to ",
        "the vice minister of the ministry, the minister, ",
    ],
)
def test_a_long_sentence_costs_a_linear_number_of_steps(piece: str, ontology: Ontology) -> None:
    def cost(words: int) -> int:
        document = Document("note", f"It is {piece * (words // len(piece.split()))}so.")
        return steps(lambda: pipeline.extract(document, ontology))

    cost(2_000)  # what is made once, whichever test comes first
    assert cost(2_000) < 2.3 * cost(1_000)


@pytest.mark.parametrize(
    "piece",
    [
        "Seres announced a car. The company announced a plan. ",
        "Han Zheng attended the forum. Han said that trade will grow. ",
        "MIIT held a press conference. He said that tea grows. ",
    ],
)
def test_a_long_document_costs_a_linear_number_of_steps(piece: str, ontology: Ontology) -> None:
    def cost(pieces: int) -> int:
        document = Document("note", piece * pieces)
        return steps(lambda: pipeline.extract(document, ontology))

    assert cost(160) < 2.3 * cost(80)


def test_a_sentence_of_five_thousand_words_is_read(say: Say) -> None:
    long = "and " * 2_500
    reading = say(f"Xiao Yaqing, minister of MIIT, {long} attended {long} left. Han Zheng attended the second CISCE.")
    assert ("Han Zheng", "attended", "2nd China International Supply Chain Expo") in reading.facts
    assert ("Xiao Yaqing", "holdsPost", MIIT) in reading.facts


def test_a_long_text_keeps_of_each_sentence_little_more_than_its_words(ontology: Ontology) -> None:
    document = Document("note", PROSE * 200)
    pipeline.extract(document, ontology)  # what is made once
    tracemalloc.start()
    try:
        pipeline.extract(document, ontology)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 170 * len(document.text)


def test_a_text_is_not_looked_through_for_garbage_while_it_is_read(
    ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    passage = pipeline.passage

    def watched(document: Document, ontology: Ontology, *, cut: None, whole: bool) -> pipeline.Passage:
        gc.callbacks.append(watch)
        try:
            return passage(document, ontology, cut=cut, whole=whole)
        finally:
            gc.callbacks.remove(watch)

    def watch(phase: str, _: dict[str, int]) -> None:
        looks.append(phase)

    monkeypatch.setattr(pipeline, "passage", watched)
    pipeline.extract(Document("note", PROSE * 20), ontology)
    assert not looks
    assert gc.isenabled()


# ---------------------------------------------------------------------- loading


def test_an_ontology_is_loaded_whole(ontology: Ontology) -> None:
    assert ontology.known
    assert ontology.book.rules
    assert ontology.book.shapes
    assert ontology.book.scopes
    assert ontology.book.guards


def test_an_ontology_is_shown_without_its_grammar_a_thousand_times(ontology: Ontology) -> None:
    assert len(repr(ontology)) < 10_000_000


def test_an_example_knows_no_curated_entity(ontology: Ontology) -> None:
    assert ontology.knowing(()).known == ()
    assert not list(ontology.knowing(()).reader.gazetteer.find("Xiao Yaqing of MIIT"))
    assert ontology.known


def test_faults_of_the_first_part_that_has_any_are_told(tmp_path: Path) -> None:
    shutil.copytree(ONTOLOGY, tmp_path / "ontology")
    (tmp_path / "ontology" / "words" / "zz.toml").write_text('[class]\nsaid = ["says"]\nempty = []\n')
    with pytest.raises(OntologyError) as caught:
        pipeline.load(tmp_path / "ontology")
    told = [str(f).removeprefix(f"{tmp_path}/ontology/words/") for f in caught.value.faults]
    assert told == [
        "zz.toml:2: the word class <said> stands in another file too",
        "zz.toml:3: <empty> is not a list of phrases",
    ]
