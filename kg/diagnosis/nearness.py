"""Nearness: how far a rule or a shape came, told in its own writing and in the words of the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.diagnosis.reach import Gauge, Items, Reach, elastic, total
from kg.diagnosis.records import Near
from kg.diagnosis.sights import Sight
from kg.expansion import edged, optional
from kg.notation import listed
from kg.pattern import Gap
from kg.rules import Rule, Shape


@dataclass(frozen=True, slots=True)
class Measured:
    """The reach of a rule or shape in one sentence, and what it was measured on."""

    owner: Rule | Shape
    gauge: Gauge
    reach: Reach


def measured(owner: Rule | Shape, gauges: Sequence[Gauge], least: float = 0) -> Measured | None:
    """The furthest reach among these; none where less than that share of the required elements stands."""
    pattern = owner.expression
    needed = least * required(owner)
    made = [
        Measured(owner, gauge, gauge.reach(pattern))
        for gauge in gauges
        if not needed or sum(gauge.promises(pattern, item) for item in pattern.tree.items) >= needed
    ]
    best = max(made, key=lambda m: m.reach.stood, default=None)
    return best if best and best.reach.stood >= least * best.reach.required else None


def required(owner: Rule | Shape) -> int:
    """How many words and slots every match has."""
    return total(edged(owner.expression.tree).items)


def near(made: Measured, text: str, small: frozenset[str], besides: str = "") -> Near:
    """What of a pattern stands, what it wants next, and what it finds instead."""
    reach, sight = made.reach, Sight(made.gauge.skeleton, text, small)
    start, end = reach.start, reach.end
    return Near(
        rule=made.owner.id,
        place=place(made.owner),
        stood=reach.stood,
        required=reach.required,
        cued=reach.cued,
        came=_each(reach.before),
        at=sight.words(start.first, start.last) if start else "",
        wants=_each(reach.wants),
        finds=_finds(made, sight),
        after=_each(reach.behind),
        after_at=sight.words(end.first, end.last) if end else "",
        lacks=_each(reach.lacks),
        besides=besides,
    )


def blocked(owner: Rule | Shape, words: str, why: str) -> Near:
    """A rule whose whole pattern holds, and what kept it off."""
    every = required(owner)
    came = _each(owner.expression.tree.items)
    return Near(owner.id, place(owner), every, every, came=came, at=words, obstacle=why)


def place(owner: Rule | Shape) -> str:
    """Where a rule stands, as a curator would open it."""
    return f"{'/'.join(owner.path.parts[-3:])}:{owner.line}"


def _each(items: Items) -> tuple[str, ...]:
    return tuple(listed((item,)) for item in items)


def _finds(made: Measured, sight: Sight) -> str:
    reach = made.reach
    start, end = reach.start, reach.end
    if start and end:
        return sight.between(start.last, end.first, reach.wants)
    if start:
        return _loose(made, sight) if _stretches(reach.before[::-1]) else sight.seen(start.last, reach.wants)
    if end:
        return "none before it" if _stretches(reach.behind) else sight.seen(end.first - 1, reach.wants)
    return "none in the sentence"


def _loose(made: Measured, sight: Sight) -> str:
    """What is found behind an element that takes any words: what is wanted stands nowhere, or out of reach."""
    start = made.reach.start
    there = made.gauge.places(made.owner.expression, made.reach.wants)
    beyond = next((p for p in there if start and p.first >= start.last), None)
    if beyond is None:
        return "none behind it"
    reason = "`...` passes no mention of the classes beside it" if Gap() in made.reach.before else "brackets do not fit"
    return f'it only at "{sight.words(beyond.first, beyond.last)}", out of reach: {reason}'


def _stretches(items: Items) -> bool:
    """Whether the first of the elements, those aside that may be nothing, takes any words."""
    return next((elastic(item) for item in items if not optional(item)), False)
