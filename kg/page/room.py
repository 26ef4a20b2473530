"""Room for names and labels: what is wrong with a drawing, and how its nodes move to make it better."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from kg.page.geometry import Area, Box, Link, Point, apart, around, cross, middle, overlap, through

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
#: After these steps each two nodes are tried in each other's place, if they are few.
SWAPS, FEW = frozenset({1, 5}), 40
#: Bounds the time for large drawings: all steps are made where nodes, times nodes and arrows, times steps are
#: no more than this; else fewer.
EFFORT = 60_000


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

    def sketch(self, starts: int) -> float:
        """Move nodes roughly, as one of so many starts; return how much is still wrong."""
        self._settle(STEPS[: min(3, self._affordable // starts)])
        return sum(map(self._cost, self._boxes))

    def settle(self) -> None:
        """Move nodes to where less overlaps and crosses."""
        self._settle(STEPS[-self._affordable :] if self._affordable else ())

    @property
    def _affordable(self) -> int:
        return min(len(STEPS), EFFORT // (len(self._boxes) * (len(self._boxes) + len(self._links))))

    def _settle(self, steps: Sequence[float]) -> None:
        for turn, step in enumerate(steps):
            for key in self._boxes:
                self._improve(key, step)
            if turn in SWAPS and len(self._boxes) <= FEW:
                for first, second in combinations(self._boxes, 2):
                    self._swap(first, second)

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
        reach = around(here, *(self._frames[link.key] for link in mine))
        shared = sum(overlap(a, b) for a, b in combinations(areas, 2))
        crossings = runs = 0
        for other, area in self._areas.items():
            if apart(area, reach) or other == key:
                continue
            shared += sum(overlap(area, mine_) for mine_ in areas)
            runs += sum(other not in ends and through(a, b, area) for a, b, ends in lines)
        for link in self._links:
            if apart(self._frames[link.key], reach) or link.key in own:
                continue
            label, a, b = self._labels[link.key], spots[link.source], spots[link.target]
            shared += sum(overlap(label, area) for area in areas)
            runs += through(a, b, here)
            for c, d, ends in lines:
                if link.source not in ends and link.target not in ends:
                    crossings += cross(a, b, c, d)
        strain = sum(map(self._strain, mine)) + PULL * math.hypot(spots[key].x / ASPECT, spots[key].y)
        return OVERLAP * shared + CROSSING * crossings + THROUGH * runs + strain

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

    def _area(self, key: str) -> Area:
        box, (x, y) = self._boxes[key], self.spots[key]
        wide, high = box.wide / 2 + MARGIN, box.high / 2 + MARGIN
        return Area(x - wide, y - high, x + wide, y + high)

    def _label(self, link: Link) -> Area:
        ends = self._boxes[link.source], self._boxes[link.target]
        x, y = middle(self.spots[link.source], self.spots[link.target], self._bends[link.key], ends)
        return Area(x - link.wide / 2 - 2, y - HALF_LINE, x + link.wide / 2 + 2, y + HALF_LINE)

    def _frame(self, link: Link) -> Area:
        """Return what holds an arrow with its label."""
        a, b = self.spots[link.source], self.spots[link.target]
        line = Area(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))
        return around(line, self._labels[link.key])
