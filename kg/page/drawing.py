"""The page out of its data: the only module that touches pyvis."""

from __future__ import annotations

from pathlib import Path

import pyvis
from jinja2 import DictLoader, Environment, StrictUndefined
from pyvis.network import Network

from kg.page.payload import Data
from kg.page.scene import stage
from kg.page.shapes import shape
from kg.page.style import asset, fingerprint
from kg.words import HALF

#: The scripts of the page in the order in which they are read; one scope holds them all.
SCRIPTS = (
    "data.js",
    "dom.js",
    "address.js",
    "state.js",
    "theme.js",
    "filters.js",
    "room.js",
    "view.js",
    "nodes.js",
    "graph.js",
    "sight.js",
    "light.js",
    "facets.js",
    "quotes.js",
    "disagreements.js",
    "cards.js",
    "posts.js",
    "sentences.js",
    "panel.js",
    "reader.js",
    "spelling.js",
    "search.js",
    "table.js",
    "time.js",
    "turtle.js",
    "picture.js",
    "downloads.js",
    "main.js",
)

#: The style of the page: colours and type, which the server's pages share, then the room.
STYLES = ("colours.css", "base.css", "page.css")


#: Where vis-network lies in the package of pyvis.
VIS_NETWORK = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"

#: An arrowhead at the end; and one without a picture at the beginning, which is not drawn, but lets the line
#: begin at the node's border: so its label stands halfway between what can be seen of it.
ARROWS = {
    "from": {"enabled": True, "type": "image", "scaleFactor": 0},
    "to": {"enabled": True, "type": "arrow", "scaleFactor": 0.55},
}

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
        "arrows": ARROWS,
        "font": {"align": "horizontal", "size": 12, "strokeWidth": 5, "vadjust": 0},
        "hoverWidth": 0.6,
        # Below half the size labels are not drawn: nobody could read them.
        "scaling": {"label": {"drawThreshold": 6}},
        "selectionWidth": 1.2,
        "selfReference": {"size": 22},
        "smooth": False,
        "width": 1.3,
    },
}


def draw(data: Data) -> str:
    """The whole page as HTML, with its scripts, its style and its data inside."""
    network = Network(directed=True)
    network.options = OPTIONS
    # Not by `add_node` and `add_edge`, which look through all that is there for each.
    scene = stage(data)
    network.nodes, network.edges = scene.nodes, scene.arrows
    return _page(network, data, scene.opening)


def _page(network: Network, data: Data, opening: list[str]) -> str:
    """The page, by pyvis; of what pyvis would put in it only nodes, arrows and options are used."""
    script = f'(() => {{\n"use strict";\n{"".join(map(asset, SCRIPTS))}}})();\n'
    # The last line of vis-network names a source map, which a browser's tools would try to load.
    vis = VIS_NETWORK.read_text(encoding="utf-8").partition("//# sourceMappingURL=")[0]
    style = "".join(map(asset, STYLES))
    environment = Environment(
        loader=DictLoader({"page": asset("page.html.j2")}),
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
        script_hashes=" ".join(map(fingerprint, (vis, script))),
        style_hash=fingerprint(style),
        counts=data["counts"],
        opening=opening,
        data=data,
        shapes={family: shape(family)._asdict() for family in data["families"]},
    )
    # `tojson` escapes what HTML would read; letters stay letters, in the order of the data.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    network.templateEnv = environment
    network.path = "page"
    html: str = network.generate_html()
    return HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", html)
