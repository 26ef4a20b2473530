"""Titles of posts: the words in them that say whether the post is held, was held, or will be."""

from __future__ import annotations

import re

from kg.model import Status
from kg.words import fold

_STATUS = {
    **dict.fromkeys(("former", "ex", "then", "late", "onetime", "one-time"), Status.FORMER),
    **dict.fromkeys(("acting", "interim"), Status.ACTING),
    **dict.fromkeys(("designate", "elect", "nominee", "incoming"), Status.DESIGNATE),
}

#: Nouns of titles in the plural: `ministers`, `chairmen`, `directors-general`, `secretaries`.
_PLURAL = re.compile(
    r"(?i)\b(?:(chair|spokes|chairwo|spokeswo)men|(secretar)ies|(ministers?|presidents?|premiers?|directors?|managers?"
    r"|chairpersons?|spokespersons?|chairs?|members?|governors?|mayors?|ambassadors?|commissioners?|representatives?"
    r"|envoys?|heads?|leaders?|founders?|engineers?|economists?|officers?|academicians?|councill?ors?))(?=-general|$)"
)
_RANKS = frozenset("vice deputy assistant associate executive chief first honorary".split())


def status(title: str) -> Status:
    """How the post is held.

    >>> status("former vice minister").value, status("president-elect").value, status("minister").value
    ('former', 'designate', 'asserted')
    """
    return next((_STATUS[w] for w in _words(title) if w in _STATUS), Status.ASSERTED)


def rank(title: str) -> frozenset[str]:
    """The words of a title that make it another post: a vice premier is no premier.

    >>> sorted(rank("Vice Premier")), sorted(rank("the premier"))
    (['vice'], [])
    """
    return frozenset(_words(title)) & _RANKS


def plain(title: str) -> str:
    """The title without those words.

    >>> plain("ex-President"), plain("Acting director-general")
    ('president', 'director-general')
    """
    kept = [w for w in fold(title).split() if w not in _STATUS]
    return " ".join(re.sub(r"^ex-|-(?:designate|elect|nominee)$", "", w) for w in kept)


def singular(title: str) -> str:
    """The title of each of several: its last noun in the singular, before `of` and the like.

    >>> singular("vice ministers"), singular("Members"), singular("vice chairmen"), singular("deputy directors-general")
    ('vice minister', 'Member', 'vice chairman', 'deputy director-general')
    >>> singular("vice minister of economic affairs"), singular("head of sales"), singular("chief of logistics")
    ('vice minister of economic affairs', 'head of sales', 'chief of logistics')
    """
    head, of, field = title.partition(" of ")
    return _PLURAL.sub(_one, head) + of + field


def _one(title: re.Match[str]) -> str:
    man, secretary, other = title.groups()
    return f"{man}man" if man else f"{secretary}y" if secretary else other.removesuffix("s").removesuffix("S")


def _words(title: str) -> list[str]:
    return re.findall(r"one-time|\w+", fold(title))
