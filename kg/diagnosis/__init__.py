"""Diagnoses: why the rules did not read a sentence: what they see of it, what they made of it, how far they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from kg.diagnosis.nearness import blocked, measured, near, required
from kg.diagnosis.obstacles import elsewhere, obstacle, stages, starts
from kg.diagnosis.outcomes import outcomes
from kg.diagnosis.reach import Gauge, Items
from kg.diagnosis.records import Diagnosis, Near
from kg.diagnosis.shapes import named, near_shape
from kg.diagnosis.sights import Sight
from kg.errors import KgError, unknown
from kg.expression import Expression
from kg.model import LONGEST_SENTENCE, Extraction, Sentence
from kg.pipeline import Passage
from kg.rules import Rule, RuleBook, Shape
from kg.skeleton import Skeleton

#: So many near rules are told if no more are asked for, and those of which so great a share stands.
MOST, LEAST = 10, 0.5


def diagnoses(
    passage: Passage, sentences: Iterable[Sentence], *, only: str = "", everything: bool = False
) -> tuple[Diagnosis, ...]:
    """The diagnosis of each of these sentences of a document that was read.

    By default it tells the nearest rules; with `everything` all that did not fire; with `only` the rule or shape of
    that id alone. Raises KgError for an id that no rule and no shape has.
    """
    bench = _Bench(passage, passage.extraction(), _owner(passage.ontology.book, only) if only else None, everything)
    return tuple(map(bench.diagnosis, sentences))


def _owner(book: RuleBook, id_: str) -> Rule | Shape:
    every = {r.id: r for r in book.readers}
    if id_ not in every:
        family = [i for i in every if i.partition(".")[0] == id_.partition(".")[0]]
        near = get_close_matches(id_, every, n=8) or family
        told = unknown("rule or shape", id_, near) if near else f"unknown rule or shape {id_!r}"
        raise KgError(f"{told}; `kg rules` lists them all")
    return every[id_]


@dataclass
class _Bench:
    """A document on the bench; `parts` of patterns are compiled once for all its sentences."""

    passage: Passage
    extraction: Extraction
    only: Rule | Shape | None
    everything: bool
    parts: dict[Items, Expression] = field(default_factory=dict)

    def sight(self, skeleton: Skeleton) -> Sight:
        return Sight(skeleton, self.passage.document.text, self.passage.ontology.reader.small)

    def diagnosis(self, sentence: Sentence) -> Diagnosis:
        zone = sentence.zone.kind
        words = " ".join(self.passage.document.text[slice(*sentence.span)].split())
        if sentence.unread:
            why = (
                f"no rule reads the zone {zone.value}: it speaks of other documents, or of none"
                if sentence.unread == zone.value
                else f"no rule reads a sentence of more than {LONGEST_SENTENCE:,} characters"
            )
            return Diagnosis(words, sentence.line, zone.value, unread=why)
        sight = self.sight(self.passage.folded[sentence.index])
        fired = outcomes(self.passage, self.extraction, sentence)
        if self.only:
            fired = tuple(o for o in fired if o.rule == self.only.id)
        if isinstance(self.only, Shape):
            fired = (*named(self.only, self.passage, sentence), *fired)
        return Diagnosis(
            words,
            sentence.line,
            zone.value,
            sight.line(),
            sight.mentions(),
            tuple(sight.strangers()),
            fired,
            tuple(self.near(sentence, {o.rule for o in fired})),
            only=self.only.id if self.only else "",
        )

    def near(self, sentence: Sentence, fired: set[str]) -> Iterator[Near]:
        """The rules that did not fire: first those whose pattern holds, then those that came furthest."""
        if isinstance(self.only, Shape):
            shape = None if fired else near_shape(self.only, self.passage, sentence)
            yield from [shape] if shape else []
            return
        rules = [self.only] if self.only else self.passage.ontology.book.rules
        gauges = [Gauge(s, 0, self.parts) for s in stages(self.passage, sentence)[:2]]
        found = [n for rule in rules if rule.id not in fired and (n := self.near_rule(rule, sentence, gauges))]
        found.sort(key=lambda n: (not n.obstacle, not n.cued, -n.stood / max(n.required, 1), -n.stood))
        yield from found if self.everything else found[:MOST]

    def near_rule(self, rule: Rule, sentence: Sentence, gauges: list[Gauge]) -> Near | None:
        """How near a rule came; none where it is too far to be told."""
        wide = self.everything or self.only is not None
        away = elsewhere(rule, self.passage, sentence)
        if not wide and required(rule) < 1 + bool(away):
            return None  # any words match it, or any date a rule of datelines
        if stop := obstacle(rule, self.passage, sentence):
            return blocked(rule, self.sight(stop.skeleton).words(stop.found.first, stop.found.last), stop.why)
        if away and not wide:
            return None
        # What folds reads the sentence on its way, all else when everything is folded.
        here = gauges if rule.folds else gauges[:1]
        if any(begins := starts(rule, self.passage, sentence)):
            here = [Gauge(gauges[0].skeleton, start, self.parts) for start in begins]
        made = measured(rule, here, 0 if wide else LEAST)
        # Most rules begin with a person or a body: that those stand says little, unless one thing only is missing.
        if made and not wide and not made.reach.cued and not (made.reach.start and made.reach.missing == 1):
            return None
        return near(made, self.passage.document.text, self.passage.ontology.reader.small, away) if made else None
