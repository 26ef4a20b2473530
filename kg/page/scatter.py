"""What of a large graph is drawn at first, and the places of claims, which are drawn on demand beside who made them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from kg.page.geometry import Box, Link

#: Free space between the cards of a column, and between a column and the node in the middle.
GAP, ASIDE = 12.0, 110.0
#: A graph of more nodes opens on so many of them.
MANY, CORE = 1000, 300


def core(links: Sequence[Link], keys: Sequence[str]) -> frozenset[str]:
    """The best-connected part: all nodes if they are not too many, else `CORE` that hang together.

    It grows from the node with most neighbours, each time by the one that has most arrows to it.

    >>> sorted(core([Link("ab", "a", "b", 9)], ["a", "b", "c"]))
    ['a', 'b', 'c']
    """
    if len(keys) <= MANY:
        return frozenset(keys)
    near = _neighbours(links)
    order = sorted(keys, key=lambda key: (-len(near[key]), key))
    rank = {key: n for n, key in enumerate(order)}
    chosen: set[str] = set()
    edge: dict[str, int] = {}
    while len(chosen) < CORE:
        rest = edge or {next(key for key in order if key not in chosen): 0}
        best = min(rest, key=lambda key: (-rest[key], rank[key]))
        edge.pop(best, None)
        chosen.add(best)
        for other in near[best] - chosen:
            edge[other] = edge.get(other, 0) + 1
    return frozenset(chosen)


def columns(middle: Box, claims: Sequence[Box]) -> dict[str, tuple[int, int]]:
    """Where claims are drawn, as seen from who made them: in columns left and right, in reading order.

    >>> columns(Box("a", 100, 40), [Box(key, 200, 40) for key in "xyz"])
    {'x': (-260, -26), 'y': (-260, 26), 'z': (260, 0)}
    """
    half = math.ceil(len(claims) / 2)
    places: dict[str, tuple[int, int]] = {}
    for side, column in ((-1, claims[:half]), (1, claims[half:])):
        high = sum(box.high for box in column) + GAP * (len(column) - 1)
        top = -high / 2
        for box in column:
            x = side * (middle.wide / 2 + ASIDE + box.wide / 2)
            places[box.key] = round(x), round(top + box.high / 2)
            top += box.high + GAP
    return places


def _neighbours(links: Sequence[Link]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.source != link.target:
            near[link.source].add(link.target)
            near[link.target].add(link.source)
    return near
