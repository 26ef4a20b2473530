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


def _words(title: str) -> list[str]:
    return re.findall(r"one-time|\w+", fold(title))
