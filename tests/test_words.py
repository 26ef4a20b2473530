from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import wordlists
from kg.errors import OntologyError
from kg.words import _ORDINALS, _UNITS, NUMERAL, bare, cardinal, english_ordinal, fold, ordinal, singular, slug, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ministry", "ministry"),
        ("“a” „b‟ «c» 「d」", '"a" "b" "c" "d"'),
        ("the nation’s ‘top’", "the nation's 'top'"),
        ("a–b — c ‑ d", "a-b - c - d"),
        ("1\u00a0100\u202f000\u3000", "1 100 000 "),
        ("你好，（再见）。", "你好,(再见)."),
        ("İSTANBUL STRAẞE", "istanbul straße"),
    ],
    ids=["case", "quotation marks", "apostrophes", "dashes", "spaces", "full width", "letters that grow"],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_every_offset_and_folds_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("China's plan", ["china", "'s", "plan"]),
        ("China’s plan", ["china", "'s", "plan"]),
        ("officials' and can't", ["officials", "'", "and", "can't"]),
        ("Jian'an Co., Ltd.", ["jian'an", "co", ".", ",", "ltd", "."]),
        ("the U.S. and the U.K.", ["the", "u.s.", "and", "the", "u.k."]),
        ("1,100 of 3.29 and 10.9%", ["1,100", "of", "3.29", "and", "10.9", "%"]),
        ("1,10 or 1,2,3", ["1", ",", "10", "or", "1", ",", "2", ",", "3"]),
        ("16th, 35TH and 5G", ["16th", ",", "35th", "and", "5g"]),
        ("€4.7bn, 3m, PM2.5. COP28.", ["€", "4.7bn", ",", "3m", ",", "pm2.5", ".", "cop28", "."]),
        ("sub-forum win‑win a--b c — d", ["sub-forum", "win-win", "a", "-", "b", "c", "-", "d"]),
        ("R&D, AT&T", ["r&d", ",", "at&t"]),
        ("(Xinhua/Zhai)", ["(", "xinhua", "/", "zhai", ")"]),
        ("“Connecting,” he said", ['"', "connecting", ",", '"', "he", "said"]),
        ("工信部 said", ["工信部", "said"]),
        (" \n\t", []),
    ],
    ids=lambda value: value if isinstance(value, str) and value.strip() else "",
)
def test_tokens(text: str, words: list[str]) -> None:
    assert [word for word, _, _ in tokens(text)] == words


@given(st.text(alphabet=st.sampled_from("aZ9 .,'’s-—\"(\u00a0é中İ\n")))
def test_tokens_stand_where_they_say_and_leave_out_only_spaces(text: str) -> None:
    found = tokens(text)
    at = 0
    for _, start, end in found:
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


def test_tokens_between_two_offsets_keep_the_documents_offsets() -> None:
    text = "One two three"
    assert tokens(text, 4, 9) == [("two", 4, 7), ("t", 8, 9)]


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("first", 1),
        ("Fifth", 5),
        ("twelfth", 12),
        ("twentieth", 20),
        ("twenty-third", 23),
        ("ninety-ninth", 99),
        ("fortieth", 40),
        ("sixthly", 6),
        ("16th", 16),
        ("21ST", 21),
        ("2nd", 2),
        ("three", None),
        ("fifty", None),
        ("", None),
        ("twenty-twentieth", None),
        ("16", None),
    ],
)
def test_ordinals(word: str, number: int | None) -> None:
    assert ordinal(word) == number


@pytest.mark.parametrize(
    ("word", "number"),
    [("four", 4), ("Twenty", 20), ("17", 17), ("12,000", 12000), ("3.29", None), ("many", None), ("first", None)],
)
def test_cardinals(word: str, number: int | None) -> None:
    assert cardinal(word) == number


@given(st.integers(1, 99))
def test_an_ordinal_in_digits_reads_back(number: int) -> None:
    assert ordinal(english_ordinal(number)) == number


@pytest.mark.parametrize(
    ("text", "segment"),
    [
        ("Ministry of Industry and Information Technology", "ministry-of-industry-and-information-technology"),
        ("Sichuan Jian'an Industry Co., Ltd.", "sichuan-jianan-industry-co-ltd"),
        ("Café — 2024", "cafe-2024"),
        ("工信部", "工信部"),
        ("snake_case", "snake-case"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>", "script"),
        ("!", "x"),
        ("", "x"),
    ],
)
def test_slugs(text: str, segment: str) -> None:
    assert slug(text) == segment


@given(st.text())
def test_a_slug_is_one_segment_and_never_empty(text: str) -> None:
    made = slug(text)
    assert made
    assert not set(made) & set(" /#?<>\"'%\\\n")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a  press\nconference", "press conference"),
        ("The Expo", "Expo"),
        ("its general manager", "general manager"),
        ("another forum", "another forum"),
        ("theatre", "theatre"),
    ],
)
def test_a_description_without_its_article(text: str, rest: str) -> None:
    assert bare(text) == rest


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("leading car manufacturers", "leading car manufacturer"),
        ("research companies", "research company"),
        ("key research institutions", "key research institution"),
        ("branches", "branch"),
        ("boxes", "box"),
        ("press", "press"),
    ],
)
def test_the_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


@pytest.mark.parametrize("name", ["closing", "lower", "nouns", "plain"])
def test_no_word_class_has_a_name_of_the_pattern_language(name: str, tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "a.toml").write_text(f'[class]\n{name} = ["zzz"]\n', "utf-8")
    with pytest.raises(OntologyError, match=f"a.toml:2: <{name}> is a class of the pattern language itself"):
        wordlists.read(tmp_path)


@pytest.mark.parametrize("word", [*_UNITS, *_ORDINALS, "sixthly", "twenty-third", "ninetieth", "16th", "1,100"])
def test_a_numeral_begins_like_one(word: str) -> None:
    assert NUMERAL.search(word)
