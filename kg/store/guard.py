"""What a query may not ask: changes, and any graph but this one."""

from __future__ import annotations

import re

import re2

from kg.errors import QueryError
from kg.store.fault import place
from kg.words import HALF

#: A blank, a line end or a comment, as often as there are.
_GAP = r"(?:[ \t\r\n]|#[^\r\n]*(?:[\r\n]|$))*"
_NAME = r"""(?:<[^<>"{}|^`\\\s]*>|[?$][^\s{}]+|[^\s{}<>"]*:[^\s{}<>"]*)"""
# Looked for in the raw text, not in tokens: a second reading of SPARQL could be led astray by hostile text
# (`1<?x#"""`), and Oxigraph takes `trueSERVICE` for two words. In a string it is refused too, which is rare.
_FORBIDDEN = {
    "SERVICE": re2.compile(rf"(?i)(?:^|[^?$])(service){_GAP}(?:silent{_GAP})?{_NAME}{_GAP}\{{"),
    # Behind it stands another, a pattern, or, as DESCRIBE needs none, what may end a query.
    "FROM": re2.compile(
        rf"(?i)(?:^|[^?$])(from){_GAP}(?:named{_GAP})?{_NAME}{_GAP}"
        r"(?:from|where|\{|group|having|order|limit|offset|values|$)"
    ),
}
_UPDATE = re2.compile(
    rf"(?i)^(?:{_GAP}(?:base{_GAP}<[^>]*>|prefix{_GAP}[^\s:]*:{_GAP}<[^>]*>))*{_GAP}"
    r"(insert|delete|load|clear|create|drop|copy|move|add|with)\b"
)
#: Brackets in brackets, those in strings too: deeper than this nobody asks.
DEEPEST = 200
_BRACKET = re.compile(r"[{}()\[\]]")
#: And so many parts linked to one another: what is said of things, filters, sums, alternatives.
MOST = 2_000
#: A link between parts; before it what has such signs in it: IRIs, strings, remarks, names, variables and numbers.
_LINK = re.compile(
    r"""<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*|[?$]\w+|\d+\.\d+|\w*:[\w.-]*"""
    r"|(?P<link>[-+*/|&!^.,;]|\b(?i:union|optional|minus|filter|bind)\b)|\w+"
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def refuse(sparql: str) -> None:
    """Nothing for a query that only reads this graph; else QueryError with the place of the forbidden word.

    Forbidden are updates, FROM and SERVICE: Oxigraph would fetch from anywhere.
    """
    if HALF.search(sparql):
        raise QueryError("the query is not UTF-8")
    _shallow(sparql)
    _short(sparql)
    plain = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), sparql)
    if match := _UPDATE.search(plain):
        word = str(match.group(1)).upper()
        raise QueryError(f"{place(plain, match.start(1))}: no {word}: the graph is only read")
    for name, pattern in _FORBIDDEN.items():
        if match := pattern.search(plain):
            raise QueryError(f"{place(plain, match.start(1))}: no {name}: only this graph is asked")


def _shallow(sparql: str) -> None:
    """QueryError for a query so deep that Oxigraph's parser would run out of stack, and take the process with it."""
    depth = 0
    for match in _BRACKET.finditer(sparql):
        depth += 1 if match[0] in "{([" else -1
        if depth > DEEPEST:
            raise QueryError(
                f"{place(sparql, match.start())}: the query is nested too deeply; allowed are {DEEPEST} levels"
            )


def _short(sparql: str) -> None:
    """QueryError for a query of so many parts that Oxigraph runs out of stack, as each is held by those before it.

    Who hides links from this reading ends a process of their own, or a worker of the server, which others replace.
    """
    links = [match.start() for match in _LINK.finditer(sparql) if match["link"]]
    if len(links) > MOST:
        raise QueryError(f"{place(sparql, links[MOST])}: the query has too many parts; allowed are {MOST:,}")
