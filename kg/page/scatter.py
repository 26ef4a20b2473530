"""Places for what is drawn only on demand: claims beside who made them, and neighbours of a large graph's core."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.page.geometry import Box, Link, Point

#: Free space between the cards of a column, and between a column and the node in the middle.
GAP, ASIDE = 12.0, 110.0
#: The side of the squares in which free room is looked for.
CELL = 56.0
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


def columns(middle: Box, spot: tuple[int, int], claims: Sequence[Box]) -> dict[str, tuple[int, int]]:
    """Where claims are drawn when they are opened: in columns left and right of who made them, in reading order.

    >>> columns(Box("a", 100, 40), (0, 0), [Box(key, 200, 40) for key in "xyz"])
    {'x': (-260, -26), 'y': (-260, 26), 'z': (260, 0)}
    """
    half = math.ceil(len(claims) / 2)
    places: dict[str, tuple[int, int]] = {}
    for side, column in ((-1, claims[:half]), (1, claims[half:])):
        high = sum(box.high for box in column) + GAP * (len(column) - 1)
        top = spot[1] - high / 2
        for box in column:
            x = spot[0] + side * (middle.wide / 2 + ASIDE + box.wide / 2)
            places[box.key] = round(x), round(top + box.high / 2)
            top += box.high + GAP
    return places


def around(
    placed: Mapping[str, tuple[int, int]], boxes: Mapping[str, Box], links: Sequence[Link]
) -> dict[str, tuple[int, int]]:
    """Places for all boxes that have none, each in the free room nearest to those it is joined with."""
    places = dict(placed)
    taken: set[tuple[int, int]] = set()
    for key, spot in places.items():
        taken |= _cells(boxes[key], Point(*spot))
    near = _neighbours(links)
    turn = [other for key in places for other in sorted(near[key])]
    for key in _breadth_first(places, turn, near, sorted(boxes)):
        known = [places[other] for other in sorted(near[key]) if other in places]
        x = sum(spot[0] for spot in known) / max(1, len(known))
        y = sum(spot[1] for spot in known) / max(1, len(known))
        free = _free(boxes[key], Point(x, y), taken)
        taken |= _cells(boxes[key], free)
        places[key] = round(free.x), round(free.y)
    return places


def _breadth_first(
    placed: Mapping[str, object], turn: list[str], near: Mapping[str, set[str]], every: Sequence[str]
) -> list[str]:
    seen = set(placed)
    found: list[str] = []
    for key in [*turn, *every]:
        queue = [key]
        for one in queue:
            if one not in seen:
                seen.add(one)
                found.append(one)
                queue += sorted(near[one] - seen)
    return found


def _free(box: Box, wish: Point, taken: set[tuple[int, int]]) -> Point:
    """The nearest place, on rings of squares around the one wished for, in which nothing lies."""
    ring = 0
    while True:
        for step in range(max(1, 8 * ring)):
            turn = math.tau * step / max(1, 8 * ring)
            spot = Point(wish.x + 1.4 * ring * CELL * math.cos(turn), wish.y + ring * CELL * math.sin(turn))
            if taken.isdisjoint(_cells(box, spot)):
                return spot
        ring += 1


def _cells(box: Box, spot: Point) -> set[tuple[int, int]]:
    wide, high = box.wide / 2 + GAP, box.high / 2 + GAP
    across = range(math.floor((spot.x - wide) / CELL), math.floor((spot.x + wide) / CELL) + 1)
    down = range(math.floor((spot.y - high) / CELL), math.floor((spot.y + high) / CELL) + 1)
    return {(x, y) for x in across for y in down}


def _neighbours(links: Sequence[Link]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.source != link.target:
            near[link.source].add(link.target)
            near[link.target].add(link.source)
    return near
