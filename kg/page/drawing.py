"""The page out of its data: the only module that touches pyvis."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

import pyvis
from jinja2 import DictLoader, Environment, StrictUndefined
from pyvis.network import Network

from kg.page.geometry import Box, Link
from kg.page.layout import place
from kg.page.lines import measure, wrap
from kg.page.payload import Data, NodeCard
from kg.page.shapes import shape

#: The scripts of the page in the order in which they are read; one scope holds them all.
SCRIPTS = (
    "data.js",
    "dom.js",
    "state.js",
    "theme.js",
    "nodes.js",
    "graph.js",
    "legend.js",
    "quotes.js",
    "panel.js",
    "search.js",
    "table.js",
    "main.js",
)

#: Where vis-network lies in the package of pyvis.
VIS_NETWORK = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"

#: What vis-network is told; colours come from the style sheet, by `theme.js`.
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "multiselect": False,
        "selectConnectedEdges": False,
    },
    "nodes": {"shape": "custom"},
    "edges": {
        "arrowStrikethrough": False,
        "font": {"align": "horizontal", "size": 12, "strokeWidth": 5, "vadjust": 0},
        "hoverWidth": 0.6,
        "selectionWidth": 1.2,
        "selfReference": {"size": 22},
        "width": 1.3,
    },
}

#: An arrowhead at the end; and one without a picture at the beginning, which is not drawn, but lets the line
#: begin at the node's border: so its label stands halfway between what can be seen of it.
ARROWS = {
    "from": {"enabled": True, "type": "image", "scaleFactor": 0},
    "to": {"enabled": True, "type": "arrow", "scaleFactor": 0.55},
}

#: Room in a node beside and above its lines of text; `nodes.js` draws with the same numbers.
SIDE, TOP, LINE = 48.0, 16.0, 16.0
#: Room above and below a node for an arrow from it to itself.
LOOP = 2 * 44.0


def draw(data: Data) -> str:
    """Return the whole page as HTML, with its scripts, its style and its data inside."""
    network = Network(directed=True)
    network.options = OPTIONS
    _add(network, data)
    return _page(network, data)


def _add(network: Network, data: Data) -> None:
    """Give pyvis the nodes and the arrows, each where it belongs."""
    arrows = [one for one in data["statements"] if one["drawn"] == "arrow"]
    loops = {one["card"] for one in arrows if one["subject"]["id"] == one["object"]["id"]}
    lines = {node["id"]: _lines(node) for node in data["nodes"]}
    wide = {name: round(max(map(measure, text)) + SIDE) for name, text in lines.items()}
    high = {name: round(TOP + LINE * len(text)) for name, text in lines.items()}
    layout = place(
        [Box(name, wide[name], high[name] + (LOOP if name in loops else 0)) for name in lines],
        [Link(one["id"], one["subject"]["id"], one["object"]["id"], _wide(one["relation"])) for one in arrows],
    )
    for node in data["nodes"]:
        name = node["id"]
        x, y = layout.positions[name]
        network.add_node(
            name,
            label=_label(node),
            shape="custom",
            group=node["family"],
            x=x,
            y=y,
            lines=lines[name],
            wide=wide[name],
            high=high[name],
        )
    for one in arrows:
        bend = layout.bends[one["id"]]
        network.add_edge(
            one["subject"]["id"],
            one["object"]["id"],
            id=one["id"],
            label=one["relation"],
            arrows=ARROWS,
            dashes=[7, 5] if one["status"] == "planned" else False,
            smooth={
                "enabled": bend != 0,
                "type": "curvedCW" if bend > 0 else "curvedCCW",
                "roundness": abs(bend),
            },
        )


def _page(network: Network, data: Data) -> str:
    """The page, by pyvis; of what pyvis would put in it only nodes, arrows and options are used."""
    script = f'(() => {{\n"use strict";\n{"".join(map(_asset, SCRIPTS))}}})();\n'
    # The last line of vis-network names a source map, which a browser's tools would try to load.
    vis = VIS_NETWORK.read_text(encoding="utf-8").partition("//# sourceMappingURL=")[0]
    style = _asset("page.css")
    environment = Environment(
        loader=DictLoader({"page": _asset("page.html.j2")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        vis=vis,
        script=script,
        style=style,
        script_hashes=" ".join(map(_hash, (vis, script))),
        style_hash=_hash(style),
        counts=data["counts"],
        data=data,
        shapes={family: shape(family)._asdict() for family in data["families"]},
    )
    # `tojson` escapes what HTML would read; letters stay letters, in the order of the data.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    network.templateEnv = environment
    network.path = "page"
    html: str = network.generate_html()
    return html


def _asset(name: str) -> str:
    text = files("kg.page").joinpath("assets", name).read_text(encoding="utf-8")
    if "</" in text and name.endswith(".js"):
        raise AssertionError(f"{name} would end its own script element")
    return text


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _wide(label: str) -> float:
    """How wide the label of an arrow is, whose type is a little smaller than that of names."""
    return round(measure(label) * 12 / 13 + 6)


def _lines(node: NodeCard) -> list[str]:
    """The name in short lines, and below it how many claims are folded into the node."""
    return [*wrap(node["label"]), *filter(None, [_claims(node)])]


def _label(node: NodeCard) -> str:
    return " · ".join(filter(None, [node["label"], _claims(node)]))


def _claims(node: NodeCard) -> str:
    count = node["claims"]
    return "" if not count else "1 claim" if count == 1 else f"{count} claims"
