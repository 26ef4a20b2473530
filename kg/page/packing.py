"""Parts of the drawing that no arrow joins, side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kg.page.geometry import Box, Point
from kg.page.room import ASPECT

#: Free space between two parts that no arrow joins.
GUTTER = 28.0
#: Widths that are tried for the whole, as multiples of what the parts would fill without a gap.
WIDER = (1.0, 1.1, 1.2, 1.3, 1.45, 1.6)

_Bounds = tuple[float, float, float, float]


def pack(parts: Sequence[Mapping[str, Point]], boxes: Mapping[str, Box]) -> dict[str, tuple[int, int]]:
    """Return the places of all nodes around (0, 0), packed in the width that comes nearest to `ASPECT`.

    Each part is given as the places of its nodes among themselves; the largest should come first.
    """
    areas = [_area(spots, boxes) for spots in parts]
    least = max((right - left for left, _, right, _ in areas), default=0.0)
    total = sum((right - left) * (bottom - top) for left, top, right, bottom in areas)
    limits = [max(least, math.sqrt(total * ASPECT) * more) for more in WIDER]
    corners = min((_rows(areas, limit) for limit in limits), key=lambda corners: _extent(areas, corners))
    wide, high = _sides(areas, corners)
    return {
        key: (round(spot.x - left + x - wide / 2), round(spot.y - top + y - high / 2))
        for spots, (left, top, _, _), (x, y) in zip(parts, areas, corners, strict=True)
        for key, spot in spots.items()
    }


def _rows(areas: Sequence[_Bounds], limit: float) -> list[Point]:
    """The upper left corner of each part, as high up as there is room below the skyline of those before."""
    skyline: list[tuple[float, float, float]] = [(0.0, limit, 0.0)]
    corners = []
    for left, top, right, bottom in areas:
        wide = right - left
        y, x = min(
            (max(high for start, end, high in skyline if start < x + wide and end > x), x)
            for x, _, _ in skyline
            if x + wide <= limit + 0.01
        )
        corners.append(Point(x, y))
        skyline = [
            *((start, min(end, x), high) for start, end, high in skyline if start < x),
            (x, x + wide, y + bottom - top),
            *((max(start, x + wide), end, high) for start, end, high in skyline if end > x + wide),
        ]
    return corners


def _sides(areas: Sequence[_Bounds], corners: Sequence[Point]) -> tuple[float, float]:
    ends = [(x + area[2] - area[0], y + area[3] - area[1]) for area, (x, y) in zip(areas, corners, strict=True)]
    return max((x for x, _ in ends), default=0.0), max((y for _, y in ends), default=0.0)


def _extent(areas: Sequence[_Bounds], corners: Sequence[Point]) -> float:
    wide, high = _sides(areas, corners)
    return max(wide / ASPECT, high)


def _area(spots: Mapping[str, Point], boxes: Mapping[str, Box]) -> _Bounds:
    half = GUTTER / 2
    return (
        min(x - boxes[key].wide / 2 for key, (x, _) in spots.items()) - half,
        min(y - boxes[key].high / 2 for key, (_, y) in spots.items()) - half,
        max(x + boxes[key].wide / 2 for key, (x, _) in spots.items()) + half,
        max(y + boxes[key].high / 2 for key, (_, y) in spots.items()) + half,
    )
