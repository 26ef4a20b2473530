"""Nodes pushed apart until none lies over another."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge

from kg.page.geometry import Box, Point

#: Free space that nodes keep between them.
GAP = 14.0
#: How often nodes are pushed, at most.
ROUNDS = 150


def space(spots: Mapping[str, Point], boxes: Mapping[str, Box], *, airy: float = 0.0) -> dict[str, Point]:
    """Return places near those given at which no two nodes overlap.

    Before, the drawing is enlarged until it is `airy` times as large as what its nodes fill, if it is not.

    >>> boxes = {key: Box(key, 100, 20) for key in "ab"}
    >>> space({"a": Point(0, 0), "b": Point(0, 10)}, boxes)
    {'a': Point(x=0.0, y=-12.0), 'b': Point(x=0.0, y=22.0)}
    """
    filled = sum((boxes[key].wide + GAP) * (boxes[key].high + GAP) for key in spots)
    wide = max(x for x, _ in spots.values()) - min(x for x, _ in spots.values()) + 1
    high = max(y for _, y in spots.values()) - min(y for _, y in spots.values()) + 1
    scale = max(1.0, math.sqrt(airy * filled / (wide * high)))
    places = {key: [x * scale, y * scale] for key, (x, y) in spots.items()}
    for _ in range(ROUNDS):
        pushed = False
        for first, second, right, down in _overlaps(places, boxes):
            pushed = True
            a, b = places[first], places[second]
            # Names are wide: the shorter way out is mostly up and down.
            axis, push = (1, down) if down < right else (0, right)
            half = push / 2 if a[axis] <= b[axis] else -push / 2
            a[axis] -= half
            b[axis] += half
        if not pushed:
            break
    return {key: Point(x, y) for key, (x, y) in places.items()}


def _overlaps(places: Mapping[str, list[float]], boxes: Mapping[str, Box]) -> Iterator[tuple[str, str, float, float]]:
    """Two nodes too near to each other, with how far they would have to go right or down: from left to right."""
    keys = sorted(places, key=lambda key: (places[key][0] - boxes[key].wide / 2, key))
    widest = max(box.wide for box in boxes.values())
    # Only nodes of the same band, or of the next one, can be too near: a node is no higher than a band.
    band = max(box.high for box in boxes.values()) + GAP
    bands: dict[int, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        bands[math.floor(places[key][1] / band)].append(number)
    for number, first in enumerate(keys):
        box, here = boxes[first], places[first]
        own = math.floor(here[1] / band)
        for other in merge(*(_after(bands.get(own + step, ()), number) for step in (-1, 0, 1))):
            second = keys[other]
            (x, y), (other_x, other_y) = here, places[second]
            if other_x - widest / 2 > x + box.wide / 2 + GAP:
                break
            right = (box.wide + boxes[second].wide) / 2 + GAP - abs(other_x - x)
            down = (box.high + boxes[second].high) / 2 + GAP - abs(other_y - y)
            if right > 0.5 and down > 0.5:
                yield first, second, right, down


def _after(numbers: Sequence[int], number: int) -> Iterator[int]:
    """Those of a rising sequence that are larger, in order."""
    return (numbers[at] for at in range(bisect_right(numbers, number), len(numbers)))
