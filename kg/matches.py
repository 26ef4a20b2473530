"""Matches: where rules stand in a sentence; folding rules by themselves until nothing folds, then the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.alphabet import CLOSING_COMMA
from kg.expression import Found
from kg.model import Mention, Sentence, Span, Status, ZoneKind
from kg.rules import Guard, Rule, RuleBook
from kg.skeleton import Skeleton, Unit
from kg.slots import innermost

#: Appositions inside appositions: deeper than this nobody writes.
DEEPEST = 8


@dataclass(frozen=True)
class Match:
    """A rule at a place of a sentence, on the skeleton as it was then; `guard` is what refused it."""

    rule: Rule
    sentence: Sentence
    skeleton: Skeleton
    found: Found
    guard: Guard | None = None

    @property
    def status(self) -> Status:
        """How the fact is meant."""
        return self.guard.status if self.guard and self.guard.status else self.rule.status


def matches(
    sentence: Sentence, skeleton: Skeleton, book: RuleBook, *, quoted: bool = False
) -> tuple[tuple[Match, ...], Skeleton]:
    """The matches of all rules without scope that hold in this sentence's zone, and the folded skeleton.

    The guards of the book are tried where no guard of the rule's own stands. A `quoted` sentence is a quotation, too.
    """
    kinds = frozenset({sentence.zone.kind, ZoneKind.QUOTATION} if quoted else {sentence.zone.kind})
    made: list[Match] = []

    def fold(skeleton: Skeleton, rule: Rule) -> Skeleton:
        skeleton, found = _fold(sentence, skeleton, rule, book.guards)
        made.extend(found)
        return skeleton

    for _ in range(DEEPEST):
        before, skeleton = skeleton, book.index(kinds, folding=True).fold(fold, skeleton)
        if skeleton is before:
            break
    for rule in book.index(kinds, folding=False).of(skeleton):
        made += scan(sentence, skeleton, rule, book.guards)
    return tuple(made), skeleton


def scan(
    sentence: Sentence, skeleton: Skeleton, rule: Rule, guards: Sequence[Guard], start: int = 0
) -> Iterator[Match]:
    """The matches of one rule from a unit on."""
    for found in rule.expression.find(skeleton, start):
        guard = refusing(skeleton, rule, found, guards)
        if guard is None or guard.status:
            yield Match(rule, sentence, skeleton, found, guard)


def refusing(skeleton: Skeleton, rule: Rule, found: Found, guards: Sequence[Guard]) -> Guard | None:
    """The first guard that stands around what a rule found: its `never`, its `unless`, then those of the book."""
    ranges = {**found.slots, "match": (found.first, found.last)}
    own = sorted(rule.guards, key=lambda g: g.status is not None)
    return guarding(skeleton, ranges, (*own, *guards))


def guarding(skeleton: Skeleton, ranges: Mapping[str, tuple[int, int]], guards: Sequence[Guard]) -> Guard | None:
    """The first guard that stands around the units of `match`."""
    return next((g for g in guards if g.holds(skeleton, ranges)), None)


def _fold(sentence: Sentence, skeleton: Skeleton, rule: Rule, guards: Sequence[Guard]) -> tuple[Skeleton, list[Match]]:
    """The skeleton with every match of a folding rule made one unit, and the matches.

    Where the rule has `{self=...}`, only that is folded, and the rest is what must stand beside it.
    """
    made = list(scan(sentence, skeleton, rule, guards))
    units: list[Unit] = []
    at = 0
    for match in made:
        found = match.found
        slot = found.slots.get(rule.folds)
        mention = skeleton.units[slot[0]].mention if slot else None
        if mention is None:
            continue
        first, last = found.slots.get("self", (found.first, found.last))
        end = last
        closing = skeleton.units[last - 1] if skeleton.units[last - 1].text in (",", CLOSING_COMMA) else None
        last -= closing is not None
        units += skeleton.units[at:first]
        units.append(Unit(skeleton.span(first, last), "", mention, skeleton.units[first].capital))
        if closing:
            units.append(closing._replace(text=CLOSING_COMMA))
        at = end
    if not at:
        return skeleton, made
    return replace(skeleton, units=(*units, *skeleton.units[at:])), made


def cue(match: Match) -> Span | None:
    """The words of the rule itself in the sentence: the longest stretch that is in no slot and no gap."""
    found, units = match.found, match.skeleton.units
    taken = {i for first, last in (*found.slots.values(), *found.gaps) for i in range(first, last)}
    runs: list[list[Unit]] = [[]]
    for i in range(found.first, found.last):
        if i in taken or units[i].mention is not None:
            runs.append([])
        else:
            runs[-1].append(units[i])
    best = max(runs, key=lambda run: sum(len(u.text) for u in run if u.text[0].isalnum()) * 100 + len(run))
    said = [u for u in best if u.text[0].isalnum()]
    return Span(said[0].span.start, said[-1].span.end) if said else None  # a lone comma says nothing to a reader


def mention_at(match: Match, slot: str) -> Mention | None:
    """The mention that fills a slot: the outermost, or with `<` the innermost of the class that ends there."""
    ends = match.found.slots.get(slot)
    if ends is None:
        return None
    mention = match.skeleton.units[ends[0]].mention
    declared = match.rule.expression.slot(slot)
    return innermost(match.skeleton, mention, declared.cls) if mention and declared.mode == "<" else mention
