"""One HTML page in which every arrow shows the sentence and the rule that it came from."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Knowledge
from kg.page.drawing import draw
from kg.page.payload import payload
from kg.register import Register


def render(
    knowledge: Knowledge,
    *,
    base: str,
    labels: Mapping[str, str],
    rules: Mapping[str, tuple[str, str]],
    families: Mapping[str, str],
    digest: str = "",
    quotes_only: bool = False,
    found: Register | None = None,
) -> str:
    """`graph.html` as text, to be written as UTF-8: the same for the same knowledge.

    `base` is the dataset's IRI. `labels` says what people call a class, property or qualifier, by its
    local name (`ministerOf`: `minister of`; without one the name itself is read as words); `rules` what a
    rule says and its pattern, by its id; `families` which class a class is drawn as (`Ministry`: `Body`;
    without one, itself); `digest` is the hash of `graph.ttl`. With `quotes_only` the page has of each document only the
    sentences that it quotes. `found` are the disagreements of its statements, and who states them independently.

    The page holds all that it needs: it opens from a file, asks nobody for anything, and text stays text.
    """
    data = payload(
        knowledge,
        base=base,
        labels=labels,
        rules=rules,
        families=families,
        digest=digest,
        quotes_only=quotes_only,
        found=found,
    )
    return draw(data)
