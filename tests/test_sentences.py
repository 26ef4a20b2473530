from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.document import gather, read
from kg.model import Span, Zone, ZoneKind
from kg.sentences import sentences
from kg.zones import zones
from kg.zones.cues import Cues, cues
from tests.conftest import steps

ROOT = Path(__file__).parent.parent
WORDS = cues(ROOT / "ontology" / "words" / "zones.toml")


@pytest.fixture
def words() -> Cues:
    return WORDS


def cut(text: str, kind: ZoneKind = ZoneKind.BODY) -> list[str]:
    found = sentences(text, (Zone(kind, Span(0, len(text))),))
    return [text[slice(*sentence.span)] for sentence in found]


@pytest.mark.parametrize(
    "pieces",
    [
        ["It began on Nov. 26.", "Then in Dec. it ended."],
        ["Sichuan Jian'an Industry Co., Ltd., based in Ya'an City, Sichuan Province, has been so.", "It grew."],
        ["The talks with the U.S. Congress began.", "He left the U.S. on Monday."],
        ["It ranks No. 5 in the list.", "It is No. 1.", "Then came more."],
        ["Dr. Roe met Lt. Gen. Doe, Prof. Li Ming and Mr. J. K. Major.", "They agreed."],
        ["See pp. 3-5, Art. 6 and Vol. II of it.", "It says so."],
        ["Did he go?", "No.", "He stayed."],
        ["She said no.", "“Go!” he said.", "He went."],
        ["He said: “We go.", "We stay.”", "Then he left."],
        ['"We are glad.', 'It is good," the minister said.', "She left."],
        ["“We go.” The mayor said.", "“We stay.” Li Ming said on Monday.", "“No.”", "Li Ming said that they left."],
        ["“Why?” he asked.", "“Go!” Li Ming said.", "“Yes!”", "Then he left."],
        ["It is called “discover the future”。", "Next came more！", "“Good！”she said."],
        ["They met.", "They left early.", "Email a@b.com or see b.com now."],
        ["1. We do.", "2. We go.", "(3) We stay.", "It rose to 12.", "Then it fell."],
        ["He came at 5 p.m. on Tuesday.", "It grew by 3.5 percent, 10.9% in all."],
        ["Well...", "She left.", "And so…", "He stayed."],
        ["They supply masks, e.g. to schools, i.e. to all.", "That is good."],
    ],
    ids=lambda pieces: pieces[0][:24],
)
@pytest.mark.parametrize("space", [" ", "  ", "\u00a0 "], ids=["space", "two", "no-break"])
def test_a_paragraph_is_cut_where_a_sentence_ends(pieces: list[str], space: str) -> None:
    assert cut(space.join(pieces)) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("They met.They left early.", ["They met.", "They left early."]),
        ("They met。They left。", ["They met。", "They left。"]),
        ("   They met.   \u00a0", ["They met."]),
        ("\u200bThey met. They left.\ufeff", ["They met.", "They left."]),
    ],
    ids=["lost space", "other script", "edges", "invisible"],
)
def test_lost_and_strange_spaces(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Roe speaks, Nov. 26, 2024. (Xinhua/Zhai Jianlan)", ["Roe speaks, Nov. 26, 2024.", "(Xinhua/Zhai Jianlan)"]),
        ("Roe (right) meets Doe in Rome [Photo/Daily]", ["Roe (right) meets Doe in Rome", "[Photo/Daily]"]),
        ("Roe speaks. She left. (Photo by A B)", ["Roe speaks.", "She left.", "(Photo by A B)"]),
    ],
    ids=["stop", "no stop", "two sentences"],
)
def test_the_credit_of_a_picture_is_a_sentence_of_its_own(text: str, pieces: list[str]) -> None:
    assert cut(text, ZoneKind.CAPTION) == pieces


@pytest.mark.parametrize(
    "kind", ["title", "heading", "masthead", "navigation", "byline", "publication", "dateline"], ids=str
)
def test_a_line_that_is_no_text_is_one_sentence(kind: str) -> None:
    text = "Dr. Roe agrees. What next? See No. 5."
    assert cut(text, ZoneKind(kind)) == [text]


def test_sentences_are_numbered_and_know_their_zone_and_line() -> None:
    text = "A title\r\n\r\nOne. Two.\rThree.\nFour."
    found = sentences(text, zones(text, WORDS))
    told = [(s.index, s.line, s.zone.kind.value, text[slice(*s.span)]) for s in found]
    assert told == [
        (0, 1, "title", "A title"),
        (1, 3, "body", "One."),
        (2, 3, "body", "Two."),
        (3, 4, "body", "Three."),
        (4, 5, "body", "Four."),
    ]


@pytest.mark.parametrize("path", gather([ROOT / "seeds"]), ids=lambda path: path.stem[:3])
def test_each_sentence_of_a_seed_is_whole(path: Path, words: Cues) -> None:
    text = read(path).text
    for sentence in sentences(text, zones(text, words)):
        words_ = text[slice(*sentence.span)]
        assert words_ == words_.strip()
        assert text[: sentence.span.start].count("\n") + 1 == sentence.line
        if sentence.zone.kind in (ZoneKind.BODY, ZoneKind.TURN, ZoneKind.QUESTION):
            assert words_[0].isupper() or words_[0] in '"“'
            assert words_.rstrip('"”')[-1] in ".?!:"


LINES = st.lists(
    st.one_of(
        st.text(alphabet="ab.A?!: \u00a0\ufeff“”()-—>|1", max_size=40),
        st.sampled_from(
            [
                "",
                "Jane Roe:",
                "Jane Roe: We agree. Do you?",
                "BEIJING, Nov. 26 (Xinhua) -- He left. March 3, 2021",
                "Related reading",
                "About us",
                "By Jane Roe | March 3, 2021",
                "Title of a text - Some Daily - Online",
                "They met. They left. (Photo/A B)",
                "Home > News",
            ]
        ),
    ),
    max_size=12,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_zones_and_sentences_of_any_text_keep_their_order_and_lose_no_word(lines: list[str], end: str) -> None:
    text = end.join(lines)
    last = 0
    left = ""
    for zone in zones(text, WORDS):
        assert last <= zone.span.start < zone.span.end
        left += text[last : zone.span.start]
        last = zone.span.end
    left += text[last:]
    assert not left.replace("\ufeff", "").strip()
    at = 0
    for sentence in sentences(text, zones(text, WORDS)):
        assert max(at, sentence.zone.span.start) <= sentence.span.start < sentence.span.end <= sentence.zone.span.end
        assert not text[at : sentence.span.start].replace("\ufeff", "").strip()
        at = sentence.span.end


@pytest.mark.parametrize(
    "unit",
    [
        "The minister said it. ",
        'a.")',
        "“We go.” ",
        "。",
        "Q? ",
        "word, ",
        "Jane Roe:\n",
        "Privacy policy\n",
        "1 2 ",
        "> ",
        "a\n1\n",
    ],
)
def test_a_hostile_text_costs_a_linear_number_of_steps(unit: str) -> None:
    def cost(length: int) -> int:
        text = unit * (length // len(unit))
        return steps(lambda: sentences(text, zones(text, WORDS)))

    # Quadratic, the fourfold text would cost 16 times as much.
    assert cost(20_000) < 6 * max(cost(5_000), 1_000)
