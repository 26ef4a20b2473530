"""Pages as HTML, and what their policy allows: files of ours and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

#: No script but ours, no markup out of data, no address but this server's.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
#: Of a page that needs no script.
STILL = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

#: Files that pages load, and the parts that each is made of: colours and type are those of the reading room.
_PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "pages.css": (("kg.page", "colours.css"), ("kg.page", "base.css"), ("kg.server", "pages.css")),
    "query.js": (
        ("kg.page", "dom.js"),
        ("kg.server", "words.js"),
        ("kg.server", "editor.js"),
        ("kg.server", "completion.js"),
        ("kg.server", "results.js"),
        ("kg.server", "query.js"),
    ),
}
MEDIA = {"css": "text/css", "js": "text/javascript"}


@cache
def asset(name: str) -> bytes | None:
    """A file that pages load, none where there is no such file; scripts share one scope of their own."""
    if name not in _PARTS:
        return None
    text = "\n".join(files(package).joinpath("assets", part).read_text("utf-8") for package, part in _PARTS[name])
    return (f'(() => {{\n"use strict";\n{text}}})();\n' if name.endswith(".js") else text).encode()


@cache
def stamp(name: str) -> str:
    """A few letters that change with a file, for its address."""
    return sha256(asset(name) or b"").hexdigest()[:12]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("kg.server", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = lambda name: f"/assets/{name}?{stamp(name)}"
    return made


def html(name: str, **told: Any) -> str:
    """A page out of its template; whatever it is told is text."""
    return _environment().get_template(f"{name}.html.j2").render(told)
