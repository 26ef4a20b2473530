from __future__ import annotations

import re
from itertools import pairwise

import pytest

from kg.alphabet import Alphabet
from kg.expression import compile
from kg.grammar import Grammar
from kg.model import Mention, MentionKind, Span
from kg.pattern import PatternError
from kg.pipeline import Ontology
from kg.skeleton import Skeleton, units
from kg.slots import members
from tests.conftest import steps

WORDS = {
    "said": ("[<adverb>] (said|told reporters)",),
    "adverb": ("also", "once again"),
    "full-name": ("{first:Name} <initial> . {last:Name}", "{all:Name+}"),
    "initial": ("B", "C"),
    "nested": ("seen by <full-name>",),
    "loop": ("a <loop>",),
    "slot-loop": ("{x:Person} <slot-loop>",),
}
SMALL = frozenset({"the", "a", "of", "on"})
NO_NOUN = SMALL | {"rose", "that", "said"}
_MARK = re.compile(r"\[([^\[\]|]+)\|(\w+)\]")


@pytest.fixture(scope="module")
def alphabet(ontology: Ontology) -> Alphabet:
    return Alphabet({name: sorted(above) for name, above in ontology.vocabulary.classes.items()}, WORDS)


def skeleton(text: str, alphabet: Alphabet) -> tuple[str, Skeleton]:
    """A sentence whose mentions are marked, without its marks."""
    plain, found, at = "", [], 0
    for m in _MARK.finditer(text):
        plain += text[at : m.start()]
        span = Span(len(plain), len(plain) + len(m[1]))
        found.append(Mention(span, m[1], frozenset({m[2]}), MentionKind.NAME))
        plain, at = plain + m[1], m.end()
    plain += text[at:]
    return plain, Skeleton(units(plain, Span(0, len(plain)), found, SMALL, NO_NOUN), alphabet)


def found(pattern: str, text: str, alphabet: Alphabet) -> list[dict[str, str]]:
    """The words of every slot, and of the whole, wherever a pattern stands in a sentence."""
    plain, sentence = skeleton(text, alphabet)
    expression = compile(pattern, Grammar(alphabet))
    rows = []
    for match in expression.find(sentence):
        every = {**match.slots, "": (match.first, match.last)}
        spans = {name: sentence.span(*ends) for name, ends in every.items()}
        rows.append({name: plain[span.start : span.end] for name, span in spans.items()})
    return rows


def slots_of(pattern: str, text: str, alphabet: Alphabet) -> list[dict[str, str]]:
    return [{k: v for k, v in row.items() if k} for row in found(pattern, text, alphabet)]


@pytest.mark.parametrize(
    ("pattern", "text", "matched"),
    [
        ("held by", "It was HELD by them, and held  by us.", ["HELD by", "held  by"]),
        ("held", "It was upheld, beheld and held-up.", []),
        ('" so - called "', "a “so—called” plan", ["“so—called”"]),
        ("minister 's", "the minister’s car", ["minister’s"]),
        (r"\( a \)", "it (a) b", ["(a)"]),
        ("Group of 7", "The group of 7 and the Group of 7.", ["Group of 7"]),
        ("a (b|c d) e", "a b e, a c d e, a c e, a e", ["a b e", "a c d e"]),
        ("a [b] c", "a b c, a c, a b b c", ["a b c", "a c"]),
        ("a [b|c] d", "a b d, a c d, a d, a b c d", ["a b d", "a c d", "a d"]),
        (
            "he <said>",
            "he said, he also said, he once again told reporters",
            ["he said", "he also said", "he once again told reporters"],
        ),
        ("by <full-name>", "Seen by Jane B. Roe, and by John Doe.", ["by Jane B. Roe", "by John Doe"]),
        ("^ it", "It rains, and it pours.", ["It"]),
        ("pours $", "It pours, it pours.", ["pours."]),
        ("pours $", "It pours!?”", ["pours!?”"]),
        ("a ... d", "a b c d", ["a b c d"]),
        ("a ... d", "a x d y d", ["a x d"]),
        ("a ... d", "a d", ["a d"]),
        ("a , b", "a, b", ["a, b"]),
        ("...", "nothing to hold on to", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words(pattern: str, text: str, matched: list[str], alphabet: Alphabet) -> None:
    assert [row[""] for row in found(pattern, text, alphabet)] == matched


@pytest.mark.parametrize(
    ("pattern", "text", "filled"),
    [
        ("{p:Person} left", "[Jane Roe|Person] left.", [{"p": "Jane Roe"}]),
        (
            "{a:Agent} left",
            "[Jane Roe|Person] left, [Acme|Company] left, [China|Country] left, [Oslo Opera|Venue] left.",
            [{"a": "Jane Roe"}, {"a": "Acme"}, {"a": "China"}],
        ),
        (
            "{x:Person|Event} left",
            "[Jane Roe|Person] left, [Acme|Company] left, [Tea Expo|Expo] left.",
            [{"x": "Jane Roe"}, {"x": "Tea Expo"}],
        ),
        ("{p:Person} left", "[Acme|Company] left.", []),
        (
            "{p:Person} ... {e:Event}",
            "[Jane Roe|Person] spoke at length at [Tea Expo|Expo].",
            [{"p": "Jane Roe", "e": "Tea Expo"}],
        ),
        (
            "{p:Person} ... {e:Event}",
            "[Jane Roe|Person] met [John Doe|Person], who opened [Tea Expo|Expo].",
            [{"p": "John Doe", "e": "Tea Expo"}],
        ),
        (
            "{p:Person} ... {e:Event}",
            "[Jane Roe|Person] of [Acme|Company] opened [Tea Expo|Expo].",
            [{"p": "Jane Roe", "e": "Tea Expo"}],
        ),
        (
            "{p:Person} attended {e:Event} [in {c:City}]",
            "[Roe|Person] attended [Tea Expo|Expo]; [Doe|Person] attended [Oil Expo|Expo] in [Oslo|City].",
            [{"p": "Roe", "e": "Tea Expo"}, {"p": "Doe", "e": "Oil Expo", "c": "Oslo"}],
        ),
        (
            "{p:Person} , {what=the first ...} ,",
            "[Roe|Person], the first of her kind, left.",
            [{"p": "Roe", "what": "the first of her kind"}],
        ),
        (
            "{what=<nouns>} rose",
            "They said that [China|Country]'s total tea (and no coffee) output rose, and the price of tea rose.",
            [{"what": "China's total tea (and no coffee) output"}, {"what": "tea"}],
        ),
        ("{what=<nouns>} rose", "[Roe|Person] rose, 5 [percent|Number] rose, it said rose.", []),
        ("by ({p:Person}|{b:Body})", "by [Roe|Person] and by [Acme|Company]", [{"p": "Roe"}, {"b": "Acme"}]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_slots(pattern: str, text: str, filled: list[dict[str, str]], alphabet: Alphabet) -> None:
    assert slots_of(pattern, text, alphabet) == filled


@pytest.mark.parametrize(
    ("pattern", "text", "clause"),
    [
        (
            "said that {what:Clause}",
            "She said that trade, of all things, will grow.",
            "trade, of all things, will grow",
        ),
        ("{what:Clause} , she said $", "Trade will grow, she said.", "Trade will grow"),
        ("{what:Clause} , she said $", "Trade, she said, will grow, she said.", "Trade, she said, will grow"),
        (
            "Noting that {what:Clause} , she said",
            "Noting that trade will grow, she said that ports will, she said.",
            "trade will grow",
        ),
        ("said {what:Clause}", "She said (and nobody else) trade will grow.", "(and nobody else) trade will grow"),
        ("said {what:Clause} today", "She said (not today) trade will grow today.", "(not today) trade will grow"),
        ("said {what:Clause}", "She said [Jane Roe|Person] of [Acme|Company] left.", "Jane Roe of Acme left"),
        ("she said {what:Clause}", "she said .", None),
        ("said {what:Clause}", "She said , trade will grow.", None),
    ],
)
def test_clauses_reach_to_their_neighbours_or_the_sentences_edge(
    pattern: str, text: str, clause: str | None, alphabet: Alphabet
) -> None:
    expected = [] if clause is None else [clause]
    assert [row["what"] for row in slots_of(pattern, text, alphabet)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by [A|Body].", [("A", "")]),
        ("by [A|Body] and [B|Body].", [("A", ""), ("B", "")]),
        ("by [A|Body], [B|Body] and [C|Body].", [("A", ""), ("B", ""), ("C", "")]),
        ("by [A|Body], [B|Body], and [C|Body].", [("A", ""), ("B", ""), ("C", "")]),
        (
            "by [A|Body]; [B|Body] as well as [C|Body], along with [D|Body].",
            [("A", ""), ("B", ""), ("C", ""), ("D", "")],
        ),
        ("by [A|Body], the [B|Body] and the [C|Body].", [("A", ""), ("B", ""), ("C", "")]),
        ("by the [A|Body] and a [B|Body].", []),
        ("by [A|Body] and [X|Person], [B|Body].", [("A", "")]),
        (
            (
                "by leading car makers like [A|Body], [B|Body], and [C|Body], "
                "as well as key research institutions such as [D|Body], and [E|Body]."
            ),
            [
                ("A", "leading car makers"),
                ("B", "leading car makers"),
                ("C", "leading car makers"),
                ("D", "key research institutions"),
                ("E", "key research institutions"),
            ],
        ),
        ("by firms including [A|Body] and [B|Body].", [("A", "firms"), ("B", "firms")]),
        ("by one two three four five six makers like [A|Body].", []),
    ],
    ids=[
        "one",
        "two",
        "three",
        "serial comma",
        "other joints",
        "articles",
        "an article before the first",
        "another class ends it",
        "two groups",
        "including",
        "heading too long",
    ],
)
def test_lists_and_the_headings_of_their_groups(text: str, expected: list[tuple[str, str]], alphabet: Alphabet) -> None:
    plain, sentence = skeleton(text, alphabet)
    made = []
    for match in compile("by {m:Body+}", Grammar(alphabet)).find(sentence):
        for mention, heading in members(sentence, match.slots["m"], "Body"):
            span = sentence.span(*heading) if heading else Span(0, 0)
            made.append((mention.text, plain[span.start : span.end]))
    assert made == expected


@pytest.mark.parametrize(
    ("rule", "guard", "text", "refuses"),
    [
        ("{p:Person} [not] attended {e:Event}", "not attended", "[Roe|Person] not attended [Expo|Expo].", True),
        ("{p:Person} [not] attended {e:Event}", "not attended", "[Roe|Person] attended [Expo|Expo].", False),
        ("{p:Person} , [not] {x:Post}", "not [the] {x}", "[Roe|Person], not [mayor|Post] ...", True),
        ("{p:Person} , [not] {x:Post}", "not [the] {x}", "[Roe|Person], [mayor|Post], not the [judge|Post].", False),
        ("{p:Person} left", "if ... {match}", "If it is so, [Roe|Person] left.", True),
        ("{p:Person} left", "if ... {match}", "[Roe|Person] left, if it is so.", False),
        ("{p:Person} left", "{match} ... ?", "[Roe|Person] left early?", True),
        ("{p:Person} left", "{match} ... ?", "[Roe|Person] left early.", False),
        ("said {what:Clause}", "{what=at ...}", "He said at the forum.", True),
        ("said {what:Clause}", "{what=at ...}", "He said that at noon it rained.", False),
    ],
)
def test_guards(rule: str, guard: str, text: str, refuses: bool, alphabet: Alphabet) -> None:
    _, sentence = skeleton(text, alphabet)
    (match,) = compile(rule, Grammar(alphabet)).find(sentence)
    bound = frozenset({*match.slots, "match"})
    expression = compile(guard, Grammar(alphabet), bound)
    assert expression.guards(sentence, {**match.slots, "match": (match.first, match.last)}) is refuses


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        ("{x:Minister}", "unknown class 'Minister'; did you mean 'Ministry'? Allowed are Academy, Acronym, "),
        ("{x:Person|Nobody}", "unknown class 'Nobody'; did you mean 'Body'? Allowed are Academy, Acronym, "),
        ("{x:Qqq}", "unknown class 'Qqq'; allowed are Academy, Acronym, "),
        (
            "<speaking>",
            "unknown word class 'speaking'; allowed are adverb, full-name, initial, loop, nested, said, slot-loop",
        ),
        ("<adverbs>", "unknown word class 'adverbs'; did you mean 'adverb'? Allowed are adverb, "),
        ("<loop>", "the word class <loop> contains itself"),
        ("<slot-loop>", "the word class <slot-loop> contains itself"),
        ("not {who}", "unknown slot 'who'; allowed are none"),
        ("(a|b", "a bracket '(' is never closed"),
    ],
)
def test_what_cannot_be_compiled(pattern: str, what: str, alphabet: Alphabet) -> None:
    with pytest.raises(PatternError) as caught:
        compile(pattern, Grammar(alphabet))
    assert str(caught.value).startswith(what)


@pytest.mark.parametrize(
    ("guard", "what"),
    [
        ("not {who}", "unknown slot 'who'; allowed are match, person"),
        ("not {persn}", "unknown slot 'persn'; did you mean 'person'? Allowed are match, person"),
    ],
    ids=["no near name", "a near name"],
)
def test_a_guard_that_binds_a_slot_which_the_rule_has_not_says_which_there_are(
    guard: str, what: str, alphabet: Alphabet
) -> None:
    with pytest.raises(PatternError) as caught:
        compile(guard, Grammar(alphabet), frozenset({"person", "match"}))
    assert str(caught.value) == what


def test_a_pattern_too_large_to_compile_is_a_fault() -> None:
    names = ["w-a", "w-b", "w-c", "w-d", "w-e"]
    words = {name: (f"<{inner}>" * 40,) for name, inner in pairwise(names)} | {"w-e": ("a",) * 10}
    with pytest.raises(PatternError):
        compile("<w-a>", Grammar(Alphabet({}, words)))


def test_text_that_looks_like_the_engines_own_signs_is_text(alphabet: Alphabet) -> None:
    hostile = "".join(map(chr, (0xE000, 0xE001, 0xF000, 0xF8F0, 0x2F, 0xF8F1, 0xF8F2, 0xF8F3)))
    assert found("{p:Person}", f"{hostile} left {hostile}", alphabet) == []
    assert [row["p"] for row in found("{p:Person} left", f"{hostile} [Roe|Person] left {hostile}", alphabet)] == ["Roe"]


@pytest.mark.parametrize(
    ("pattern", "piece"),
    [
        ("{p:Person} ... {e:Event}", "[Roe|Person] a "),
        ("{p:Person} ... {e:Event}", "[Roe|Person] a [Expo|Expo] "),
        ("{a:Agent+} left", "[Roe|Person], [Acme|Company] and "),
        ("said that {what:Clause} , she said $", "said that a, she said "),
        ("( a ... b | a ... c )", "( a "),
        ("a [b [c [d [e]]]] f", "a b c d e "),
    ],
)
def test_a_hostile_sentence_costs_a_linear_number_of_steps(pattern: str, piece: str, alphabet: Alphabet) -> None:
    def cost(pieces: int) -> int:
        _, sentence = skeleton(piece * pieces, alphabet)
        expression = compile(pattern, Grammar(alphabet))
        return steps(lambda: list(expression.find(sentence)))

    assert cost(2_000) < 2.3 * cost(1_000) + 100


def test_slots_of_a_phrase_are_slots_of_the_pattern(alphabet: Alphabet) -> None:
    text = "Seen by Jane B. Roe and by John Doe."
    told = {"who": "Jane B. Roe", "first": "Jane", "last": "Roe", "all": "John Doe"}
    assert slots_of("{who=<full-name>} and by <full-name>", text, alphabet) == [told]
    assert [row["all"] for row in slots_of("<nested>", "It was seen by John Doe.", alphabet)] == ["John Doe"]


def classes(depth: int, slot: str = "") -> dict[str, tuple[str, ...]]:
    """Word classes of which each has ten times the next one in it."""
    names = [f"c{chr(97 + n)}" for n in range(depth)]
    return {
        name: (" ".join([f"<{inner}>"] * 10), "tea") for name, inner in pairwise(names)
    } | {names[-1]: (f"rice {slot}",)}  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "words", "why"),
    [
        ("<ca>", classes(6), r"<c[ab]> takes [\d,]+ signs; allowed are 2,000,000"),
        ("<ca>", classes(6, "{p:Person}"), "more parts than the 20,000 allowed"),
        ("<ca>", classes(20), "contains itself|takes"),
        ("<ca>", classes(20, "{p:Person}"), "more parts than the 20,000 allowed"),
        ("<ca>", {"ca": ("{p:Person} <ca>",)}, "contains itself"),
        ("[a] " * 30_000, {}, "120,000 characters; allowed are 20,000"),
        ("[" * 30 + "a" + "]" * 30, {}, "nested deeper than 20"),
        ("<ca>", {"ca": tuple(f"w{n} <cb>" for n in range(50_000)), "cb": ("a", "b")}, "signs; allowed"),
    ],
    ids="classes slots deep deep-slots itself optionals brackets phrases".split(),
)
def test_a_pattern_that_explodes_is_refused(
    pattern: str, words: dict[str, tuple[str, ...]], why: str, ontology: Ontology
) -> None:
    classes = {name: sorted(above) for name, above in ontology.vocabulary.classes.items()}
    with pytest.raises(PatternError, match=why):
        compile(pattern, Grammar(Alphabet(classes, words)))
