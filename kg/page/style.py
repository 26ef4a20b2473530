"""The style that pages share, and how a page names what its browser may run."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files


def asset(name: str, package: str = "kg.page") -> str:
    """The text of a file in the `assets/` of a package."""
    text = files(package).joinpath("assets", name).read_text(encoding="utf-8")
    if "</" in text and name.endswith(".js"):
        raise AssertionError(f"{name} would end its own script element")
    return text


def fingerprint(text: str) -> str:
    """The hash by which a content security policy allows a script or a style.

    >>> fingerprint("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
