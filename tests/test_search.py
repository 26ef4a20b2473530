from __future__ import annotations

import pytest
import re2

from kg import search
from kg.expression import compile
from kg.grammar import Grammar
from kg.model import LONGEST_SENTENCE
from kg.pipeline import Ontology
from tests.bench_hostile import sentence
from tests.hostile import PATTERNS
from tests.test_expression import skeleton as marked_skeleton


@pytest.mark.parametrize("near", [1, 2, 5, search.NEAR])
@pytest.mark.parametrize("written", ["tea", "tea.*?milk", "^tea", "milk$", "a*", "(?:é|茶)+", "tea|milk", "", "rice"])
def test_where_nothing_competes_all_is_found_wherever_one_looks_first(written: str, near: int) -> None:
    text = "tea, tee, té 茶茶 and a little milk; tea and milk".encode()
    regexp = re2.compile(written)
    found = [m.span() for m in search.matches(regexp, text, near) if m[0]]
    assert found == [m.span() for m in regexp.finditer(text) if m[0]]


def test_a_list_is_found_whole_however_long_it_is(ontology: Ontology) -> None:
    names = ", ".join(f"[Roe{n}|Person]" for n in range(900))
    _, skeleton = marked_skeleton(f"by {names}.", ontology.reader.alphabet)
    assert len(skeleton.string) > 5 * search.NEAR
    (found,) = compile("by {p:Person+}", Grammar(ontology.reader.alphabet)).find(skeleton)
    assert found.slots["p"] == (1, 1_800)


def test_what_is_near_is_found_with_its_optional_part_and_what_is_far_without() -> None:
    regexp = re2.compile("tea(?:.*?rice)?")
    for far, words in ((search.NEAR - 10, 1), (search.NEAR, 0)):
        (found,) = search.matches(regexp, b"tea" + b" " * far + b"rice")
        assert found.end() == (3, far + 7)[words]


@pytest.mark.parametrize("kind", PATTERNS)
def test_a_pattern_looks_through_twice_as_much_of_a_sentence_that_is_twice_as_long(
    kind: str, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    pattern, words = PATTERNS[kind]
    real, looked = re2._Regexp.search, 0

    def counted(regexp: re2._Regexp[str], text: bytes, at: int, end: int) -> re2._Match[bytes] | None:
        nonlocal looked
        looked += min(end, len(text)) - at
        return real(regexp, text, at, end)

    monkeypatch.setattr(re2._Regexp, "search", counted)
    costs = []
    # In shorter sentences much of the text is near, and what is near costs less.
    for size in (LONGEST_SENTENCE // 2, LONGEST_SENTENCE):
        skeleton, looked = sentence(ontology, words, size), 0
        list(compile(pattern, Grammar(ontology.reader.alphabet))._found(skeleton, 0))
        costs.append(looked)
    once, twice = costs
    assert 0 < twice < 2.3 * once
