"""Where each node is drawn, and how each arrow bends, so that names and labels find room."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.page.geometry import Box, Link, Point
from kg.page.packing import pack
from kg.page.room import Room
from kg.page.spacing import space

#: Wanted distance between two joined nodes, in units of the drawing (pixels at zoom 1).
STEP = 110.0
#: Names are wider than high, so the drawing is stretched.
STRETCH = 1.8
#: Each node is compared with its neighbours and with at most so many others, so many times; fewer, so that
#: the product with the number of nodes stays below `PAIRS`, which bounds the time.
PIVOTS, ROUNDS, PAIRS = 120, 120, 1_000_000
#: How many ways a part is turned to find the one that fits best, up to how many nodes.
TURNS, MANY = 4, 60
#: How much larger a drawing of more nodes is than what they fill.
AIRY = 2.4


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of nodes and bends of arrows, by their keys.

    Places are in whole units, y downwards. A bend of 0 is straight, else it is the roundness of the curve,
    positive if clockwise as seen from the arrow's own subject.
    """

    positions: Mapping[str, tuple[int, int]]
    bends: Mapping[str, float]


def place(boxes: Sequence[Box], links: Sequence[Link]) -> Layout:
    """Return the same layout for the same boxes and links, in whatever order they come.

    Parts that no arrow joins are laid out one by one and packed side by side, the largest first.

    >>> links = [Link("ab", "a", "b", 60), Link("ba", "b", "a", 60)]
    >>> layout = place([Box("a", 100, 32), Box("b", 100, 32)], links)
    >>> sorted(layout.positions), layout.bends
    (['a', 'b'], {'ab': 0.18, 'ba': 0.18})
    """
    boxes = sorted(boxes)
    links = sorted(links)
    bends = bends_of(links)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(box.key for box in boxes)
    graph.add_edges_from((link.source, link.target) for link in links if link.source != link.target)
    parts = sorted(map(sorted, nx.connected_components(graph)), key=lambda keys: (-len(keys), keys))
    number = {key: number for number, keys in enumerate(parts) for key in keys}
    boxes_of: list[list[Box]] = [[] for _ in parts]
    links_of: list[list[Link]] = [[] for _ in parts]
    for box in boxes:
        boxes_of[number[box.key]].append(box)
    for link in links:
        links_of[number[link.source]].append(link)
    drawn = [
        _settled(_spread(graph, keys), some, arrows, bends)
        for keys, some, arrows in zip(parts, boxes_of, links_of, strict=True)
    ]
    return Layout(pack(drawn, {box.key: box for box in boxes}), bends)


def _settled(
    spots: Mapping[str, Point], boxes: Sequence[Box], links: Sequence[Link], bends: Mapping[str, float]
) -> dict[str, Point]:
    """Places with room for all names: tried from several sides, if they are not too many."""
    sizes = {box.key: box for box in boxes}
    if len(spots) <= MANY:
        rooms = [Room(boxes, links, bends, start) for start in _starts(spots, TURNS)]
        room = min(rooms, key=lambda room: room.sketch(len(rooms)))
    else:
        (start,) = _starts(spots, 1)
        room = Room(boxes, links, bends, space(start, sizes, airy=AIRY))
    room.settle()
    return space(room.spots, sizes)


def bends_of(links: Sequence[Link]) -> dict[str, float]:
    """Arrows between the same two nodes lie apart, whichever way they point; a lone arrow is straight."""
    pairs: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        pairs[min(link.source, link.target), max(link.source, link.target)].append(link)
    bends = {}
    for (first, _), group in sorted(pairs.items()):
        for place_, link in enumerate(group):
            offset = 0.36 * (place_ - (len(group) - 1) / 2) if len(group) > 1 else 0.0
            bends[link.key] = round(-offset if link.source == first else offset, 2)
    return bends


def _spread(graph: nx.Graph[str], keys: Sequence[str]) -> dict[str, Point]:
    """Positions at which two nodes are as far apart as there are arrows between them, as nearly as can be.

    Stress majorization (Gansner, Koren, North 2004), node by node, from a tree around the best-joined node.
    """
    spots = _rings(graph, keys)
    count = max(10, min(PIVOTS, PAIRS // (len(keys) * ROUNDS)))
    pivots = sorted(keys, key=lambda key: (-graph.degree(key), key))[:count]
    steps = {key: nx.single_source_shortest_path_length(graph, key) for key in pivots}
    terms: dict[str, list[tuple[str, float, float]]] = {}
    for key in keys:
        others = dict.fromkeys(graph[key], 1) | {pivot: steps[pivot][key] for pivot in pivots if pivot != key}
        terms[key] = [(other, STEP * far, far**-2.0) for other, far in sorted(others.items())]
    for _ in range(max(10, min(ROUNDS, PAIRS // (len(keys) * count)))):
        for key in keys:
            x, y = spots[key]
            sum_x = sum_y = weights = 0.0
            for other, far, weight in terms[key]:
                there = spots[other]
                off_x, off_y = x - there.x, y - there.y
                scale = far / (math.hypot(off_x, off_y) or 1.0)
                sum_x += weight * (there.x + off_x * scale)
                sum_y += weight * (there.y + off_y * scale)
                weights += weight
            if weights:
                spots[key] = Point(sum_x / weights, sum_y / weights)
    return {key: spots[key] for key in keys}


def _rings(graph: nx.Graph[str], keys: Sequence[str]) -> dict[str, Point]:
    """A tree on rings around the best-joined node: each branch has an angle as wide as it has leaves."""
    root = min(keys, key=lambda key: (-graph.degree(key), key))
    children: dict[str, list[str]] = defaultdict(list)
    order = [root]
    for parent, child in nx.bfs_edges(graph, root, sort_neighbors=sorted):
        children[parent].append(child)
        order.append(child)
    leaves: dict[str, int] = {}
    for key in reversed(order):
        leaves[key] = max(1, sum(leaves[child] for child in children[key]))
    spots = {root: Point(0.0, 0.0)}
    angles = {root: (0.0, math.tau, 0)}
    for key in order:
        start, width, depth = angles[key]
        for child in children[key]:
            part = width * leaves[child] / leaves[key]
            angles[child] = (start, part, depth + 1)
            turn, far = start + part / 2, STEP * (depth + 1)
            spots[child] = Point(far * math.cos(turn), far * math.sin(turn))
            start += part
    return spots


def _starts(spots: Mapping[str, Point], turns: int) -> list[dict[str, Point]]:
    """The same drawing around its middle, turned in several ways and stretched."""
    count = len(spots)
    mid_x, mid_y = sum(x for x, _ in spots.values()) / count, sum(y for _, y in spots.values()) / count
    return [
        {
            key: Point(
                STRETCH * ((x - mid_x) * math.cos(turn) - (y - mid_y) * math.sin(turn)),
                (x - mid_x) * math.sin(turn) + (y - mid_y) * math.cos(turn),
            )
            for key, (x, y) in spots.items()
        }
        for turn in (math.pi * number / turns for number in range(turns))
    ]
