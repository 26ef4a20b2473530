"""What is drawn and where: entities, claims and arrows, those that the page opens with and those drawn on demand."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from kg.page import scatter
from kg.page.geometry import Box, Link
from kg.page.layout import bends_of, place
from kg.page.lines import measure, wrap
from kg.page.payload import Data, NodeCard, StatementCard

#: Room in a node beside and above its lines of text; `nodes.js` draws with the same numbers.
SIDE, TOP, LINE = 48.0, 16.0, 16.0
#: Room above and below a node for an arrow from it to itself.
LOOP = 2 * 44.0
#: A claim has at most this many lines of so many pixels.
CLAIM_LINES, CLAIM_WIDTH = 3, 208.0


#: How an arrow is drawn that other statements exclude, until a curator has decided; `graph.js` gives it a colour.
DISPUTED = {"disputed": True, "dashes": [2, 4], "width": 2.2}


#: A node or an arrow as vis-network takes it.
Drawable = dict[str, object]


class Scene(NamedTuple):
    """All that can be drawn, and the ids of the entities that are drawn at first."""

    nodes: list[Drawable]
    arrows: list[Drawable]
    opening: list[str]


def stage(data: Data) -> Scene:
    """Every node and every arrow of a page, those that it opens with in their places.

    A claim has its place as seen from who made it (`of`). Any other node without a place gets one when it is asked
    for, by `room.js`: in the free room nearest to what it is joined with.
    """
    arrows = [one for one in data["statements"] if one["drawn"] == "arrow"]
    folded = [one for one in data["statements"] if one["drawn"] == "folded" and one["object"]["kind"] != "value"]
    loops = {one["card"] for one in arrows if one["subject"]["id"] == one["object"]["id"]}
    lines = {node["id"]: _lines(node) for node in data["nodes"]}
    boxes = {key: _box(key, text, loop=key in loops) for key, text in lines.items()}
    disputed = {key for one in data["disagreements"] for key in one["disputes"]}
    said = {one["id"]: _said(one, disputed) for one in (*arrows, *folded)}
    links = [Link(one["id"], one["subject"]["id"], one["object"]["id"], _wide(said[one["id"]])) for one in arrows]
    entities = [node["id"] for node in data["nodes"] if not node["words"]]
    opening = scatter.core(links, entities)
    layout = place(
        [boxes[key] for key in entities if key in opening],
        [link for link in links if link.source in opening and link.target in opening],
    )
    spots: dict[str, Drawable] = {key: {"x": x, "y": y} for key, (x, y) in layout.positions.items()}
    spots |= {key: {} for key in entities if key not in opening}
    for agent, claims in _claims_of(folded).items():
        for key, (x, y) in scatter.columns(boxes[agent], [boxes[key] for key in claims]).items():
            spots[key] = {"of": agent, "x": x, "y": y}
    nodes: list[Drawable] = [
        {"id": key, "lines": text, "wide": round(boxes[key].wide), "high": round(TOP + LINE * len(text)), **spots[key]}
        for key, text in lines.items()
        if key in spots
    ]
    bends = bends_of([*links, *(Link(one["id"], one["about"], one["object"]["id"], 0) for one in folded)])
    edges = [_edge(one, said[one["id"]], bends[one["id"]]) for one in (*arrows, *folded)]
    for edge in edges:
        if edge["id"] in disputed:
            edge.update(DISPUTED)
    return Scene(nodes, edges, sorted(opening))


def _said(one: StatementCard, disputed: Collection[str]) -> str:
    """The label of an arrow; colour and dots are not the only signs of one that is disputed."""
    return f"{one['relation']} (open)" if one["id"] in disputed else one["relation"]


def _edge(one: StatementCard, label: str, bend: float) -> Drawable:
    edge: Drawable = {
        "id": one["id"],
        "from": one["about"],
        "to": one["object"]["id"],
        "label": label,
    }
    if one["status"] == "planned":
        edge["dashes"] = [7, 5]
    if bend:
        turn = "curvedCW" if bend > 0 else "curvedCCW"
        edge["smooth"] = {"enabled": True, "type": turn, "roundness": abs(bend)}
    return edge


def _claims_of(folded: list[StatementCard]) -> dict[str, list[str]]:
    """The claims of each agent, each once, as the statements come."""
    found: dict[str, dict[str, None]] = {}
    placed: set[str] = set()
    for one in folded:
        if one["card"] and one["object"]["kind"] == "claim" and one["object"]["id"] not in placed:
            placed.add(one["object"]["id"])
            found.setdefault(one["card"], {})[one["object"]["id"]] = None
    return {agent: list(claims) for agent, claims in found.items()}


def _box(key: str, lines: list[str], *, loop: bool) -> Box:
    return Box(key, round(max(map(measure, lines)) + SIDE), round(TOP + LINE * len(lines)) + (LOOP if loop else 0))


def _wide(label: str) -> float:
    """How wide the label of an arrow is, whose type is a little smaller than that of names."""
    return round(measure(label) * 12 / 13 + 6)


def _lines(node: NodeCard) -> list[str]:
    """The name in short lines, and below it how many claims are folded into the node."""
    if node["words"]:
        return list(wrap(node["words"], CLAIM_WIDTH, CLAIM_LINES))
    count = node["claims"]
    return [*wrap(node["label"]), *([f"{count} claim{'s' * (count > 1)}"] if count else [])]
