"""Sources: the text that a file holds, and what the file declares of itself beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file of any format; title, publisher, day and language only as the file itself declares them."""

    text: str
    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = ""
