from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.alphabet import Alphabet
from kg.expression import Found, compile
from kg.grammar import Grammar
from kg.pattern import PatternError
from kg.pipeline import Ontology
from kg.skeleton import Skeleton
from tests.plain import plain_loop
from tests.properties.strategies import MATCHED, Matched
from tests.test_expression import WORDS, skeleton

SIGNS = st.text(alphabet="ab{}:=[]()|<>+.^$\\ ,'§P7é\n", max_size=30)


@pytest.fixture(scope="module")
def alphabet(ontology: Ontology) -> Alphabet:
    return Alphabet({name: sorted(above) for name, above in ontology.vocabulary.classes.items()}, WORDS)


def plain(pattern: str, grammar: Grammar, sentence: Skeleton) -> list[Found]:
    """What a pattern finds without a look at what it needs first."""
    with plain_loop():
        return list(compile(pattern, grammar).find(sentence))


@given(MATCHED, st.sampled_from(["", "^ "]), st.sampled_from(["", " $"]))
def test_a_pattern_matches_the_sentence_made_for_it(alphabet: Alphabet, made: Matched, begins: str, ends: str) -> None:
    _, sentence = skeleton(made.sentence, alphabet)
    found = list(compile(f"{begins}{made.pattern}{ends}", Grammar(alphabet)).find(sentence))
    assert found
    assert found[0].first == 0
    for match in found:
        for first, last in match.slots.values():
            assert match.first <= first < last <= match.last


@given(MATCHED, MATCHED)
def test_the_quick_way_finds_what_the_plain_one_finds(alphabet: Alphabet, one: Matched, other: Matched) -> None:
    _, sentence = skeleton(f"{other.sentence} {one.sentence} {other.sentence}", alphabet)
    grammar = Grammar(alphabet)
    for pattern in (one.pattern, other.pattern):
        assert list(compile(pattern, grammar).find(sentence)) == plain(pattern, grammar, sentence)


@given(SIGNS)
def test_any_signs_are_a_pattern_or_an_error_of_patterns(alphabet: Alphabet, source: str) -> None:
    _, sentence = skeleton("a [Jane Roe|Person] b, (a 7) P", alphabet)
    with contextlib.suppress(PatternError):
        for match in compile(source, Grammar(alphabet)).find(sentence):
            assert 0 <= match.first < match.last <= len(sentence.units)
