"""Obstacles: what keeps a rule off a sentence in which its whole pattern holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.expression import Found
from kg.matches import Match, refusing
from kg.model import Sentence
from kg.pipeline import Passage
from kg.rules import Rule
from kg.skeleton import Skeleton


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a rule did not read what its pattern matches at `found`."""

    skeleton: Skeleton
    found: Found
    why: str


def stages(passage: Passage, sentence: Sentence) -> tuple[Skeleton, ...]:
    """The sentence as it was folded step by step: after the last fold first, then from the beginning."""
    every = [
        passage.folded[sentence.index],
        passage.skeletons[sentence.index],
        *(m.skeleton for m in passage.found[sentence.index]),
    ]
    return tuple({id(s): s for s in every}.values())


def starts(rule: Rule, passage: Passage, sentence: Sentence) -> tuple[int, ...]:
    """The units from which a rule reads the sentence: its beginning, or what is behind the cue of an item."""
    if not rule.scope:
        return (0,)
    return tuple(unit for scope, index, unit in passage.items if (scope, index) == (rule.scope, sentence.index))


def elsewhere(rule: Rule, passage: Passage, sentence: Sentence) -> str:
    """Why the rule does not look at this sentence at all: its zone, or its scope; empty where it does."""
    if rule.scope:
        if starts(rule, passage, sentence):
            return ""
        opens = next(s.opens.source for s in passage.ontology.book.scopes if s.id == rule.scope)
        return (
            f"the rule reads only the items of the scope `{rule.scope}`, and this is none: "
            f"either no sentence before it opens one, as `{opens}` does, or it does not begin as an item"
        )
    if sentence.zone.kind in rule.zones:
        return ""
    allowed = ", ".join(kind.value for kind in rule.zones)
    return f"the rule reads only the zone {allowed}, and this is {sentence.zone.kind.value} (key `zone`)"


def obstacle(rule: Rule, passage: Passage, sentence: Sentence) -> Obstacle | None:
    """What keeps a rule without a match off the sentence; none where its pattern does not hold."""
    places = list(_places(rule, passage, sentence))
    if not places:
        return None
    skeleton, found = places[0]
    guard = refusing(skeleton, rule, found, passage.ontology.book.guards)
    if why := elsewhere(rule, passage, sentence):
        return Obstacle(skeleton, found, why)
    if guard and not guard.status:
        return Obstacle(skeleton, found, f"a `never` of the rule stands there, too: `{guard.expression.source}`")
    return Obstacle(skeleton, found, _folded(skeleton, found, passage, sentence))


def _places(rule: Rule, passage: Passage, sentence: Sentence) -> Iterator[tuple[Skeleton, Found]]:
    """Where the pattern holds: in the folded sentence first; a rule of a scope looks at nothing else."""
    for skeleton in stages(passage, sentence)[: 1 if rule.scope else None]:
        for start in starts(rule, passage, sentence) or (0,):
            for found in rule.expression.find(skeleton, start):
                yield skeleton, found


def _folded(skeleton: Skeleton, found: Found, passage: Passage, sentence: Sentence) -> str:
    """The folds that took a part of what a pattern found before them."""
    taken = skeleton.span(found.first, found.last)
    folds = [m for m in passage.found[sentence.index] if m.rule.folds]
    near = [m for m in folds if _span(m)[0] < taken.end and taken.start < _span(m)[1]]
    text = passage.document.text
    told = [f"{m.rule.id} had made one mention of {_quoted(text, _span(m))}" for m in near or folds]
    return f"it held only until folding: {', and '.join(told)} (key `folds`)"


def _span(match: Match) -> tuple[int, int]:
    return match.skeleton.span(match.found.first, match.found.last)


def _quoted(text: str, span: tuple[int, int]) -> str:
    return f'"{" ".join(text[slice(*span)].split())}"'
