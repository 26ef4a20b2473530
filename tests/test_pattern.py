from __future__ import annotations

import pytest

from kg.pattern import (
    Bound,
    Capture,
    Choice,
    Element,
    End,
    Gap,
    PatternError,
    Series,
    Slot,
    Start,
    Word,
    WordClass,
    parse,
    slots,
    walk,
)


def series(*items: Element) -> Series:
    return Series(items)


def words(text: str) -> tuple[Element, ...]:
    return tuple(Word(w) for w in text.split())


@pytest.mark.parametrize(
    ("source", "items"),
    [
        ("held by", words("held by")),
        ("minister's", words("minister 's")),
        ("Group of 7", (Word("group", capital=True), *words("of 7"))),
        ("“so-called”, he", words('" so-called " , he')),
        ("win-win — a", words("win-win - a")),
        (r"\( a \) \{ \$", words("( a ) { $")),
        ("a...b", (Word("a"), Gap(), Word("b"))),
        ("<said>", (WordClass("said"),)),
        ("{p:Person}", (Slot("p", "Person"),)),
        ("{p:Person|Body}", (Slot("p", "Person|Body"),)),
        ("{e:Event<}, which", (Slot("e", "Event", "<"), *words(", which"))),
        ("{m:Agent+}", (Slot("m", "Agent", "+"),)),
        ("{p:Person}'s", (Slot("p", "Person"), Word("'s"))),
        ("{what=the first ...}", (Capture("what", series(*words("the first"), Gap())),)),
        ("{who} <said>", (Bound("who"), WordClass("said"))),
        ("^ a $", (Start(), Word("a"), End())),
        ("[also]", (Choice((series(Word("also")), series())),)),
        ("[a|b c]", (Choice((series(Word("a")), series(*words("b c")), series())),)),
        ("(a|b c)", (Choice((series(Word("a")), series(*words("b c")))),)),
        ("(a b)", (series(*words("a b")),)),
        ("a|b", (Choice((series(Word("a")), series(Word("b")))),)),
        (
            "(a|[b] (c|d))",
            (
                Choice(
                    (
                        series(Word("a")),
                        series(Choice((series(Word("b")), series())), Choice((series(Word("c")), series(Word("d"))))),
                    )
                ),
            ),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_pattern_and_its_tree(source: str, items: tuple[Element, ...]) -> None:
    assert parse(source) == Series(items)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("", "the pattern is empty"),
        ("  ", "the pattern is empty"),
        ("(a|b", "a bracket '(' is never closed"),
        ("[a [b]", "a bracket '[' is never closed"),
        ("{what=a", "a bracket '{' is never closed"),
        ("a)", "a bracket ')' was never opened"),
        ("a]", "a bracket ']' was never opened"),
        ("a}", "a bracket '}' was never opened"),
        ("(a]", "a bracket ']' was never opened"),
        ("[a)", "a bracket ')' was never opened"),
        ("{x:Person", "'{' stands alone; allowed are"),
        ("{x:Person*}", "'{' stands alone; allowed are"),
        ("{ x:Person }", "'{' stands alone; allowed are"),
        ("{x:}", "'{' stands alone; allowed are"),
        ("<Said>", "'<' stands alone; allowed are"),
        ("<said", "'<' stands alone; allowed are"),
        ("a > b", "'>' stands alone; allowed are"),
        ("a \\", r"'\\' stands alone; allowed are"),
    ],
    ids=lambda value: repr(value),
)
def test_what_is_no_pattern(source: str, what: str) -> None:
    with pytest.raises(PatternError) as caught:
        parse(source)
    assert str(caught.value).startswith(what)


def test_the_message_shows_what_is_allowed_as_it_is_written() -> None:
    with pytest.raises(PatternError) as caught:
        parse("a < b")
    for allowed in (
        " {slot:Class},",
        " {slot:Class<},",
        " {slot:Class+},",
        " {slot=words},",
        " {slot},",
        " <word-class>",
    ):
        assert allowed in str(caught.value)


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "never closed"])
@pytest.mark.parametrize(("opening", "closing"), ["()", "[]", ("{a=", "}")], ids=["choice", "optional", "capture"])
def test_brackets_nested_without_end_are_a_fault_and_no_crash(opening: str, closing: str, closed: bool) -> None:
    with pytest.raises(PatternError):
        parse(opening * 5_000 + "a" + (closing * 5_000 if closed else ""))


def test_brackets_nested_as_people_write_them() -> None:
    source = "(" * 12 + "a|b" + ")" * 12
    assert [w.text for w in walk(parse(source)) if isinstance(w, Word)] == ["a", "b"]


def test_the_slots_of_a_pattern_in_order() -> None:
    tree = parse("{a:Person} ({b:Body+}|[{c:Event<}]) {d=the {e:Number} ...}")
    assert [(s.name, s.cls, s.mode) for s in slots(tree)] == [
        ("a", "Person", ""),
        ("b", "Body", "+"),
        ("c", "Event", "<"),
        ("d", "Clause", ""),
        ("e", "Number", ""),
    ]


def test_the_bound_slots_of_a_guard() -> None:
    tree = parse("not [the|{post}] {x=at {match}} (a|{who})")
    assert [b.name for b in walk(tree) if isinstance(b, Bound)] == ["post", "match", "who"]


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("{p:Person} was attended by {n:Number}", ["was", "attended", "by"]),
        ("[the] forum (in|at) {p:Place}", ["forum"]),
        ("{what=the first ...} ,", ["the", "first", ","]),
        ("<said> that", ["that"]),
    ],
)
def test_the_words_that_every_match_has(source: str, needed: list[str]) -> None:
    assert [w.text for w in walk(parse(source), required=True) if isinstance(w, Word)] == needed


def test_the_slots_that_every_match_fills() -> None:
    tree = parse("{a:Person} [{b:Body}] {c={d:Date} ...} ({e:Event}|{f:Forum})")
    assert [s.name for s in slots(tree, required=True)] == ["a", "c", "d"]
