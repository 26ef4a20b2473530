from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.notation import written
from kg.pattern import parse
from kg.pipeline import Ontology


def sources(ontology: Ontology, words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Every pattern that curators have written: rules, shapes, guards, scopes and word classes."""
    book = ontology.book
    yield from (r.expression.source for r in book.readers)
    yield from (g.expression.source for g in (*book.guards, *(g for r in book.rules for g in r.guards)))
    yield from (e.source for s in book.scopes for e in (s.opens, *s.items))
    yield from (phrase for phrases in words.values() for phrase in phrases)


def test_every_curated_pattern_is_written_back_as_the_same_tree(
    ontology: Ontology, words: Mapping[str, tuple[str, ...]]
) -> None:
    every = set(sources(ontology, words))
    assert len(every) > 1000
    assert [s for s in every if parse(written(parse(s))) != parse(s)] == []


LEAVES = st.sampled_from(
    r"held Group 's U.S. 1,100 , — \( \$ \\ \| ... ^ $ <said> {p:Person} {e:Event<} {m:Body|Polity+} {who}".split()
)
PATTERNS = st.recursive(
    st.lists(LEAVES, min_size=1, max_size=3).map(" ".join),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"[{'|'.join(parts)}]"),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"{{what={'|'.join(parts)}}}"),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=2).map("|".join),
    ),
    max_leaves=8,
)


@given(PATTERNS)
def test_any_pattern_is_written_back_as_the_same_tree(source: str) -> None:
    assert parse(written(parse(source))) == parse(source)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{p:Person},  [the|an] post", "{p:Person} , [the|an] post"),
        ("a|[b] (c d)", "(a|[b] (c d))"),
        ("{what=a|b ...}{x:Body+}", "{what=a|b ...} {x:Body+}"),
        (r"Group of 7 \( \$", r"Group of 7 \( \$"),
    ],
    ids=["spaces", "brackets", "a capture", "marks that mean themselves"],
)
def test_a_pattern_is_written_as_a_curator_would(source: str, shown: str) -> None:
    assert written(parse(source)) == shown
