"""Short names: the words by which somebody is named again, and the full name of who is first told by one word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.gazetteer import Gazetteer
from kg.model import Mention, MentionKind
from kg.skeleton import Skeleton
from kg.words import capitalised, name_words, surname_forms

_NAMING = (MentionKind.NAME, MentionKind.SHAPE)
#: A full name that nothing tells to be one has no more words than this.
_FULL = 3


def surnames(mention: Mention, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The words by which a person may be named again: the family name, or where that is not known either end."""
    if "Person" not in mention.classes or mention.kind not in _NAMING:
        return ()
    families = tuple(f for i in mention.entities if (f := gazetteer.entities[i].family))
    words = name_words(mention.text)
    if families or len(words) < 2 or not (capitalised(words[0]) and capitalised(words[-1])):
        return families
    ends = (words[0], words[-1]) if len(words) < 4 else (words[-1], " ".join(words[-2:]))
    return tuple(form for end in ends for form in surname_forms(end))


def speakers(skeletons: Iterable[Skeleton], text: str) -> Mapping[str, str]:
    """For each who speaks under one word (`Roe said`) the one longer name that ends or begins with it (`Jane Roe`)."""
    shorts: set[str] = set()
    runs: set[tuple[str, ...]] = set()
    for skeleton in skeletons:
        shorts.update(unit.mention.text for unit in skeleton.units if unit.mention and spoke(unit.mention))
        runs.update(_runs(skeleton, text))
    found: dict[str, set[str]] = defaultdict(set)
    for run in runs:
        for end in {run[0], run[-1]} & shorts:
            found[end].add(" ".join(run))
    return {short: min(full) for short, full in found.items() if len(full) == 1}


def spoke(mention: Mention) -> bool:
    """Whether somebody is told by one word that is no known name."""
    return mention.kind is MentionKind.SHAPE and mention.classes in ({"Agent"}, {"Person"}) and " " not in mention.text


def _runs(skeleton: Skeleton, text: str) -> Iterator[tuple[str, ...]]:
    """The runs of some capitalised words that are no mention."""
    run: list[str] = []
    for unit in (*skeleton.units, None):
        words = text[unit.span.start : unit.span.end] if unit and unit.capital and unit.mention is None else ""
        if words.replace("-", "").isalpha():
            run.append(words)
            continue
        if 1 < len(run) <= _FULL:
            yield tuple(run)
        run = []
