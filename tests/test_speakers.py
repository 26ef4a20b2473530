"""Who speaks: quotations over sentences and paragraphs, pronouns behind them, one word for a name, a post again."""

from __future__ import annotations

import pytest

from kg.model import Sentence, Span, Zone, ZoneKind
from kg.quotations import quotations
from tests.conftest import Say


def said(text: str, say: Say) -> list[tuple[str, str]]:
    rows = sorted((r for r in say(text).rows if r["relation"] in ("said", "proposed")), key=lambda r: r["start"])
    return list(dict.fromkeys((r["subject"], r["object"]) for r in rows))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It is cold. We wait," Jane Roe said.', [("Jane Roe", "It is cold"), ("Jane Roe", "We wait")]),
        ("“It is cold. We wait,” said Jane Roe.", [("Jane Roe", "It is cold"), ("Jane Roe", "We wait")]),
        (
            'Jane Roe said that ice is thin.\n"It is cold. We wait."\n"Nobody comes."',
            [("Jane Roe", w) for w in ("ice is thin", "It is cold", "We wait", "Nobody comes")],
        ),
        ('Jane Roe met Li Wei.\n"It is cold. We wait."', []),
        ('Jane Roe left.\n"It is cold. Do we wait?"', []),
        ('Jane Roe said that 5" of ice are thin. It is cold. We wait.', [("Jane Roe", '5" of ice are thin')]),
    ],
)
def test_a_quotation_has_the_speaker_before_it_or_where_it_ends(
    text: str, expected: list[tuple[str, str]], say: Say
) -> None:
    assert said(text, say) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what is only quoted is nobody's antecedent
        ('Jane Roe met growers.\n"It is cold. We thank Li Wei," she said.', "Jane Roe"),
        # who spoke before goes on speaking, though a second person is named
        ("Jane Roe said that ice is thin, after talks with Li Wei. She added that it melts.", "Jane Roe"),
        # behind the words, the pronoun means nobody in them
        ("Jane Roe said that ice is thin. The port was dug by Li Wei, she said.", "Jane Roe"),
        # over a sentence that names nobody
        ("Jane Roe said that ice is thin. The port is small. She added that it melts.", "Jane Roe"),
        ("Jane Roe met Mr. John Doe. She added that it melts.", None),
        ("Jane Roe said that ice is thin. Crank Bolt fell. She added that it melts.", None),
    ],
)
def test_he_and_she_go_on_speaking(text: str, expected: str | None, say: Say) -> None:
    last = said(text, say)[-1:]
    assert [who for who, what in last if what != "ice is thin"] == ([expected] if expected else [])


def test_one_word_that_speaks_is_the_one_longer_name_that_ends_with_it(say: Say) -> None:
    text = "They met Bolton Crankshaw in May. Crankshaw said that ice is thin."
    assert said(text, say) == [("Bolton Crankshaw", "ice is thin")]


def test_of_two_longer_names_it_is_neither(say: Say) -> None:
    text = "They met Bolton Crankshaw and Tulip Crankshaw. Crankshaw said that ice is thin."
    assert said(text, say) == [("Crankshaw", "ice is thin")]


def test_a_post_named_again_means_its_holder(say: Say) -> None:
    text = "Chinese Premier Jane Roe came. The Chinese premier said that ice is thin."
    assert said(text, say) == [("Jane Roe", "ice is thin")]


def test_quotations_know_where_they_end() -> None:
    text = '"It is cold. We wait," she said. "It is late."'
    cuts = [(0, 12), (13, 32), (33, len(text))]
    zone = Zone(ZoneKind.BODY, Span(0, len(text)))
    found = quotations(text, [Sentence(n, Span(*cut), zone, 1) for n, cut in enumerate(cuts)])
    assert found.whole == {0: 1, 2: None}
    assert found.around(5) == Span(0, 21)
    assert found.around(25) is None
