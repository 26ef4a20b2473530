"""Blocks: where in the text of a Turtle file the facts of one subject stand, so that one more can be written there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<gap>\s+|\#[^\n]*)"""
    r'''|(?P<text>"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"""|"(?:[^"\\\n]|\\.)*"'''
    r"""|'''(?:[^'\\]|\\[\s\S]|'{1,2}(?!'))*'''|'(?:[^'\\\n]|\\.)*')"""
    r"""|(?P<mark>[;,.\[\]()])|(?P<word><[^>\s]*>|@?(?:[^\s;,.<>"'\[\]()\#]|\.(?=[^\s;,.<>"'\[\]()\#]))+|\S)"""
)
_REST = re.compile(r"[ \t\r]*(?:#[^\n]*)?(?:\n|$)")


class _Token(NamedTuple):
    text: str
    start: int
    end: int


def named(source: str, subjects: Collection[str], name: str) -> str | None:
    """The text with one more `skos:altLabel`, written as `name` is (`"Roe"@en`), in the block of a subject.

    `subjects` are the ways to write it. None where no such block with a `prefLabel` is found. All else stays as it is.

    >>> print(named('id:roe a kg:Person ;\\n    skos:prefLabel "Jane Roe"@en . # judge\\n', ["id:roe"], '"Roe"@en'))
    id:roe a kg:Person ;
        skos:prefLabel "Jane Roe"@en ;
        skos:altLabel "Roe"@en . # judge
    <BLANKLINE>
    """
    for block in _blocks(source):
        if block[0].text in subjects:
            return _with(source, block, name)
    return None


def _with(source: str, block: list[_Token], name: str) -> str | None:
    """The text with a name behind the last other name of the block, else below its label."""
    for wanted in ("altLabel", "prefLabel"):
        ends = [(first, last, mark) for first, last, mark in _facts(block) if re.search(rf"{wanted}>?$", first.text)]
        if not ends:
            continue
        first, last, mark = ends[-1]
        if wanted == "altLabel":
            return f"{source[: last.end]} , {name}{source[last.end :]}"
        line = f"{_indent(source, first)}{first.text.replace('prefLabel', 'altLabel')} {name}"
        feed = "\r\n" if "\r\n" in source else "\n"
        rest = _REST.match(source, mark.end)
        if mark.text == ";" and rest and rest[0].endswith("\n"):
            # What is remarked on the label stays beside it.
            return f"{source[: rest.end()]}{line} ;{feed}{source[rest.end() :]}"
        return f"{source[: last.end]} ;{feed}{line}{source[last.end :]}"
    return None


def _indent(source: str, token: _Token) -> str:
    before = source[source.rfind("\n", 0, token.start) + 1 : token.start]
    return before if before and not before.strip() else "    "


def _facts(block: list[_Token]) -> Iterator[tuple[_Token, _Token, _Token]]:
    """Of each predicate of a block its word, the end of its last value, and the mark behind that."""
    begin = 1
    for at, token in enumerate(block):
        if token.text in (";", "."):
            if at - begin > 1:
                yield block[begin], block[at - 1], token
            begin = at + 1


def _blocks(source: str) -> Iterator[list[_Token]]:
    """The words and marks of each statement of the file, up to its full stop."""
    block: list[_Token] = []
    for m in _TOKEN.finditer(source):
        if m.lastgroup != "gap":
            block.append(_Token(m[0], m.start(), m.end()))
            if m[0] == ".":
                yield block
                block = []
