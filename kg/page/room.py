"""Room for names and labels: what is wrong with a drawing, and how its nodes move to make it better."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
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


class _Area(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


#: Half the height of an arrow's label.
HALF_LINE = 9.0
#: Free space around a node, in which nothing else should lie.
MARGIN = 7.0
#: What is bad, and how bad: per 100 square units of overlap, per crossing, per arrow through a node.
OVERLAP, CROSSING, THROUGH = 4.0, 30.0, 60.0
#: How bad it is that an arrow is e times as long, or as short, as its label needs.
STRAIN = 30.0
#: How bad it is, per unit, to lie far from the middle of an area as wide to its height as this.
PULL, ASPECT = 0.15, 1.35
#: How far a node is tried to move, in turn, and in how many directions; each time the best place is kept.
STEPS, TURNS = (130.0, 70.0, 35.0, 18.0, 70.0, 35.0, 18.0, 9.0), 12
#: After these steps each two nodes are tried in each other's place.
SWAPS = frozenset({1, 5})
#: Bounds the time for large drawings: of n nodes and arrows only `TRIES` / n² steps are made.
TRIES = 180_000


class Room:
    """One part of the drawing: nodes with their places, and the arrows between them."""

    def __init__(
        self,
        boxes: Sequence[Box],
        links: Sequence[Link],
        bends: Mapping[str, float],
        spots: Mapping[str, Point],
    ) -> None:
        self.spots = dict(spots)
        self._boxes = {box.key: box for box in boxes}
        self._links = [link for link in links if link.source != link.target]
        self._bends = bends
        self._at: dict[str, list[Link]] = defaultdict(list)
        for link in self._links:
            self._at[link.source].append(link)
            self._at[link.target].append(link)
        self._areas = {key: self._area(key) for key in self._boxes}
        self._labels = {link.key: self._label(link) for link in self._links}
        self._frames = {link.key: self._frame(link) for link in self._links}

    def settle(self) -> float:
        """Move nodes a little, to where less overlaps and crosses; return how much is still wrong."""
        size = len(self._boxes) + len(self._links)
        sweeps = min(len(STEPS), TRIES // (size * size))
        for turn, step in enumerate(STEPS[:sweeps]):
            for key in self._boxes:
                self._improve(key, step)
            if turn in SWAPS:
                for first, second in combinations(self._boxes, 2):
                    self._swap(first, second)
        return sum(map(self._cost, self._boxes))

    def _swap(self, first: str, second: str) -> None:
        """Let two nodes change places if that makes the drawing better."""
        here, there = self.spots[first], self.spots[second]
        before = self._cost(first) + self._cost(second)
        self._move(first, there)
        self._move(second, here)
        if self._cost(first) + self._cost(second) > before - 1:
            self._move(first, here)
            self._move(second, there)

    def _improve(self, key: str, step: float) -> None:
        here = best = self.spots[key]
        least = self._cost(key)
        for turn in range(TURNS):
            angle = math.tau * turn / TURNS
            self._move(key, Point(here.x + 1.4 * step * math.cos(angle), here.y + step * math.sin(angle)))
            cost = self._cost(key)
            if cost < least - 0.01:
                least, best = cost, self.spots[key]
        self._move(key, best)

    def _move(self, key: str, spot: Point) -> None:
        self.spots[key] = spot
        self._areas[key] = self._area(key)
        for link in self._at[key]:
            self._labels[link.key] = self._label(link)
            self._frames[link.key] = self._frame(link)

    def _cost(self, key: str) -> float:
        """Return what is wrong around one node: with its box, its arrows and their labels."""
        mine, here, spots = self._at[key], self._areas[key], self.spots
        own = {link.key for link in mine}
        areas = [here, *(self._labels[link.key] for link in mine)]
        lines = [(spots[link.source], spots[link.target], {link.source, link.target}) for link in mine]
        reach = _around(here, *(self._frames[link.key] for link in mine))
        shared = sum(_overlap(a, b) for a, b in combinations(areas, 2))
        crossings = through = 0
        for other, area in self._areas.items():
            if _apart(area, reach) or other == key:
                continue
            shared += sum(_overlap(area, mine_) for mine_ in areas)
            through += sum(other not in ends and _through(a, b, area) for a, b, ends in lines)
        for link in self._links:
            if _apart(self._frames[link.key], reach) or link.key in own:
                continue
            label, a, b = self._labels[link.key], spots[link.source], spots[link.target]
            shared += sum(_overlap(label, area) for area in areas)
            through += _through(a, b, here)
            for c, d, ends in lines:
                if link.source not in ends and link.target not in ends:
                    crossings += _cross(a, b, c, d)
        strain = sum(map(self._strain, mine)) + PULL * math.hypot(spots[key].x / ASPECT, spots[key].y)
        return OVERLAP * shared + CROSSING * crossings + THROUGH * through + strain

    def _strain(self, link: Link) -> float:
        """Return how bad it is that an arrow is longer or shorter than its label needs."""
        a, b = self.spots[link.source], self.spots[link.target]
        length = math.dist(a, b) or 1.0
        flat, steep = abs(a.x - b.x) / length or 0.001, abs(a.y - b.y) / length or 0.001
        ends = self._boxes[link.source], self._boxes[link.target]
        inside = sum(min(box.wide / flat, box.high / steep) for box in ends) / 2
        # Side by side the label must fit between two nodes; one above the other it is only a line high.
        gap = flat * (link.wide + 34) + steep * (2 * HALF_LINE + 30)
        return STRAIN * abs(math.log(length / (inside + gap)))

    def _area(self, key: str) -> _Area:
        box, (x, y) = self._boxes[key], self.spots[key]
        wide, high = box.wide / 2 + MARGIN, box.high / 2 + MARGIN
        return _Area(x - wide, y - high, x + wide, y + high)

    def _label(self, link: Link) -> _Area:
        ends = self._boxes[link.source], self._boxes[link.target]
        x, y = middle(self.spots[link.source], self.spots[link.target], self._bends[link.key], ends)
        return _Area(x - link.wide / 2 - 2, y - HALF_LINE, x + link.wide / 2 + 2, y + HALF_LINE)

    def _frame(self, link: Link) -> _Area:
        """Return what holds an arrow with its label."""
        a, b = self.spots[link.source], self.spots[link.target]
        line = _Area(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))
        return _around(line, self._labels[link.key])


def middle(a: Point, b: Point, bend: float, ends: tuple[Box, Box]) -> Point:
    """Return where vis-network writes the label of an arrow: halfway between the borders of its two nodes.

    >>> narrow, wide = Box("", 40, 20), Box("", 100, 20)
    >>> middle(Point(0, 0), Point(200, 0), 0.0, (narrow, wide))
    Point(x=85.0, y=0.0)
    >>> x, y = middle(Point(0, 0), Point(200, 0), 0.2, (narrow, narrow))
    >>> round(x), round(y)
    (107, -23)
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


def _around(*areas: _Area) -> _Area:
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return _Area(min(lefts), min(tops), max(rights), max(bottoms))


def _apart(a: _Area, b: _Area) -> bool:
    return a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


def _overlap(a: _Area, b: _Area) -> float:
    """Return the area that two boxes share, in hundreds of square units."""
    if _apart(a, b):
        return 0.0
    return (min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1])) / 100


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def _through(a: Point, b: Point, area: _Area) -> bool:
    """Whether the straight line from `a` to `b` runs through the box."""
    left, top, right, bottom = area
    if (a.x < left and b.x < left) or (a.x > right and b.x > right):
        return False
    if (a.y < top and b.y < top) or (a.y > bottom and b.y > bottom):
        return False
    sides = {_side(a, b, Point(x, y)) > 0 for x in (left, right) for y in (top, bottom)}
    return len(sides) == 2
