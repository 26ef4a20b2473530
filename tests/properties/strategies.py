"""What the property tests are about: texts of any signs and of our own words, patterns with what they match."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from tests.test_pipeline import PIECES

#: Any text that a file can hold, with more of what steers programs than chance would give.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        st.sampled_from(
            " \n\r\t.,;:!?\"'“”‘’«»()[]<>{}|\\/-–—_&@#%$*+=0123456789\u00a0\u200b\u2028\u202e\u0301\ufeffİ"
        ),
    ),
    max_size=200,
)
#: Texts of words that our rules look for, in any order.
SENTENCES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join)

#: The words of patterns, and those that stand in gaps, where no pattern wants them.
_WORDS = st.sampled_from("tea rice grew said the of agreed , ( 's 7 March".split())
_FILLERS = st.sampled_from("quite so soon ; then".split())
_NAMES = st.sampled_from(["Jane Roe", "John Doe", "Ann Poe"]).map(lambda name: f"[{name}|Person]")
_CLASSES = st.sampled_from([("<said>", "also told reporters"), ("<said>", "said"), ("<adverb>", "once again")])


class Matched(NamedTuple):
    """A pattern, without the names of its slots (`#`), and a sentence that it must match."""

    pattern: str
    sentence: str


def _escaped(word: str) -> str:
    return "\\" + word if word == "(" else word


def _list(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


_LEAVES = st.one_of(
    _WORDS.map(lambda word: Matched(_escaped(word), word)),
    _CLASSES.map(lambda pair: Matched(*pair)),
    _NAMES.map(lambda name: Matched("{#:Person}", name)),
    _NAMES.map(lambda name: Matched("{#:Agent|Event}", name)),
    _NAMES.map(lambda name: Matched("{#:Person<}", name)),
    st.lists(_NAMES, min_size=1, max_size=3).map(lambda names: Matched("{#:Person+}", _list(names))),
)


def _series(parts: list[Matched]) -> Matched:
    return Matched(" ".join(p.pattern for p in parts), " ".join(p.sentence for p in parts))


def _more(inner: st.SearchStrategy[Matched]) -> st.SearchStrategy[Matched]:
    several = st.lists(inner, min_size=1, max_size=3).map(_series)
    return st.one_of(
        several,
        st.tuples(several, several).map(lambda two: Matched(f"({two[0].pattern}|{two[1].pattern})", two[1].sentence)),
        st.tuples(several, several).map(lambda two: Matched(f"({two[0].pattern}|{two[1].pattern})", two[0].sentence)),
        several.map(lambda one: Matched(f"[{one.pattern}]", one.sentence)),
        several.map(lambda one: Matched(f"[{one.pattern}]", "")),
        several.map(lambda one: Matched(f"{{#={one.pattern}}}", one.sentence)),
        st.tuples(_WORDS, st.lists(_FILLERS, max_size=4), _WORDS).map(
            lambda gap: Matched(f"{_escaped(gap[0])} ... {_escaped(gap[2])}", " ".join((gap[0], *gap[1], gap[2])))
        ),
    )


def _named(one: Matched) -> Matched:
    """With a word of its own in front, and a name for each slot."""
    first, *rest = f"here {one.pattern}".split("#")
    return Matched(first + "".join(f"s{n}{part}" for n, part in enumerate(rest)), f"here {one.sentence}")


#: Patterns together with a sentence that each must match.
MATCHED = st.recursive(_LEAVES, _more, max_leaves=8).map(_named)
