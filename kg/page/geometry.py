"""Places, boxes and lines in the drawing, and whether they are in each other's way."""

from __future__ import annotations

import math
from typing import NamedTuple


class Point(NamedTuple):
    """A place in the drawing, y downwards."""

    x: float
    y: float


class Box(NamedTuple):
    """What a node takes up, its name included, around its middle."""

    key: str
    wide: float
    high: float


class Link(NamedTuple):
    """An arrow, and how wide its label is."""

    key: str
    source: str
    target: str
    wide: float


class Area(NamedTuple):
    """What something takes up in its place."""

    left: float
    top: float
    right: float
    bottom: float


def middle(a: Point, b: Point, bend: float, ends: tuple[Box, Box]) -> Point:
    """Return where vis-network writes the label of an arrow: halfway between the borders of its two nodes.

    >>> narrow, wide = Box("", 40, 20), Box("", 100, 20)
    >>> middle(Point(0, 0), Point(200, 0), 0.0, (narrow, wide))
    Point(x=85.0, y=0.0)
    >>> x, y = middle(Point(0, 0), Point(200, 0), 0.2, (narrow, narrow))
    >>> round(x), round(y)
    (107, -22)
    """
    if not bend:
        start, end = _border(a, b, ends[0]), _border(b, a, ends[1])
        return Point((start.x + end.x) / 2, (start.y + end.y) / 2)
    length = math.dist(a, b)
    size = 0.5 + 0.5 * abs(bend)
    # As `curvedCW` does it: the handle of the curve is turned away from the straight line.
    turn = math.atan2(a.y - b.y, b.x - a.x) + (0.5 + 0.5 * bend) * math.pi
    via = Point(a.x + size * length * math.sin(turn), a.y + size * length * math.cos(turn))
    start, end = _border(a, via, ends[0]), _border(b, via, ends[1])
    return Point((start.x + 2 * via.x + end.x) / 4, (start.y + 2 * via.y + end.y) / 4)


def _border(inside: Point, outside: Point, box: Box) -> Point:
    """Where the straight line out of a node's middle meets its border."""
    x, y = outside.x - inside.x, outside.y - inside.y
    part = min(1.0, box.wide / 2 / (abs(x) or 0.001), box.high / 2 / (abs(y) or 0.001))
    return Point(inside.x + part * x, inside.y + part * y)


def around(*areas: Area) -> Area:
    """Return what holds all of them."""
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return Area(min(lefts), min(tops), max(rights), max(bottoms))


def apart(a: Area, b: Area) -> bool:
    """Whether they share nothing."""
    return a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


def overlap(a: Area, b: Area) -> float:
    """Return the area that two boxes share, in hundreds of square units."""
    if apart(a, b):
        return 0.0
    return (min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1])) / 100


def cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the straight line from `a` to `b` crosses the one from `c` to `d`."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def through(a: Point, b: Point, area: Area) -> bool:
    """Whether the straight line from `a` to `b` runs through the box."""
    left, top, right, bottom = area
    if (a.x < left and b.x < left) or (a.x > right and b.x > right):
        return False
    if (a.y < top and b.y < top) or (a.y > bottom and b.y > bottom):
        return False
    sides = {_side(a, b, Point(x, y)) > 0 for x in (left, right) for y in (top, bottom)}
    return len(sides) == 2
