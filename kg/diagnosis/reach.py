"""How far a pattern reaches in a sentence where it does not hold: the beginning and the end of it that stand there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.expansion import edged, optional
from kg.expression import Expression, Found
from kg.pattern import TEXT_SLOTS, Capture, Choice, Element, End, Gap, Series, Slot, Start, Word, WordClass
from kg.skeleton import Skeleton

#: A beginning and an end of a pattern belong together if no more units than this stand between them.
NEAR = 6

Items = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """`before` stands at `start` and `behind` at `end`; `wants` is what fails between them, or beside the one."""

    before: Items
    start: Found | None
    wants: Items
    behind: Items
    end: Found | None
    stood: int
    required: int
    lacks: Items = ()

    @property
    def missing(self) -> int:
        """How many words and slots do not stand."""
        return self.required - self.stood

    @property
    def cued(self) -> bool:
        """Whether a word of the pattern's own stands, and not only what fills its slots."""
        return any(map(cue, (*self.before, *self.behind)))


def weight(item: Element) -> int:
    """How many words and slots every match of an element has; a comma, and a slot that any words fill, are none."""
    match item:
        case Word(text):
            return int(text != ",")
        case Slot(_, cls):
            return int(cls != "Clause")
        case Capture(_, inner):
            return weight(inner)
        case Series(items):
            return total(items)
        case Choice(options):
            return 0 if optional(item) else min(map(weight, options))
        case Gap() | Start() | End():
            return 0
    return 1


def total(items: Sequence[Element]) -> int:
    """The weight of elements together."""
    return sum(map(weight, items))


def cue(item: Element) -> bool:
    """Whether every match of an element has a word of the pattern's own."""
    match item:
        case Word(text):
            return text != ","
        case Capture(_, inner):
            return cue(inner)
        case Series(items):
            return any(map(cue, items))
        case Choice(options):
            return all(map(cue, options))
    return isinstance(item, WordClass)


def elastic(item: Element) -> bool:
    """Whether an element may take any number of words."""
    return isinstance(item, Gap) or (isinstance(item, Slot) and item.cls in TEXT_SLOTS)


def _void(item: Element) -> bool:
    """Whether it can stand where no unit is."""
    return optional(item) or isinstance(item, Gap | End)


@dataclass
class Gauge:
    """Asks of patterns how far they reach in one sentence, from a unit on; `parts` keeps what was compiled."""

    skeleton: Skeleton
    start: int = 0
    parts: dict[Items, Expression] = field(default_factory=dict)
    _alone: dict[Element, bool] = field(default_factory=dict)

    def places(self, pattern: Expression, items: Items) -> list[Found]:
        """Where elements of a pattern stand one after the other."""
        if items not in self.parts:
            self.parts[items] = pattern.part(items)
        return list(self.parts[items].find(self.skeleton, self.start))

    def stands(self, pattern: Expression, item: Element) -> bool:
        """Whether an element stands anywhere in the sentence by itself."""
        if _void(item):
            return True
        alone = replace(item, name="x") if isinstance(item, Slot | Capture) else item
        if alone not in self._alone:
            self._alone[alone] = bool(self.places(pattern, (alone,)))
        return self._alone[alone]

    def promises(self, pattern: Expression, item: Element) -> int:
        """The weight that an element reaches at the most, as its words and slots stand in the sentence or not."""
        match item:
            case Series(items):
                return sum(self.promises(pattern, i) for i in items)
            case Capture(_, inner):
                return self.promises(pattern, inner)
            case Choice(options):
                return min(weight(item), max(self.promises(pattern, o) for o in options))
        return weight(item) if weight(item) and self.stands(pattern, item) else 0

    def reach(self, pattern: Expression) -> Reach:
        """The longest beginning and the longest end of a pattern that stand, near each other if they do."""
        items = edged(pattern.tree).items
        alone = [self.stands(pattern, item) for item in items]
        first, last = self._first(pattern, items, alone), self._last(pattern, items, alone)
        made = [
            self._joined(pattern, items, first, max(first, last)),
            self._joined(pattern, items, min(first, last), last),
            self._joined(pattern, items, first, len(items)),
            self._joined(pattern, items, 0, last),
        ]
        best = max((r for r in made if r), key=lambda r: r.stood)
        nowhere = [i for i, there in zip(items, alone, strict=True) if not there and i not in best.wants and weight(i)]
        if best.wants and not best.end:
            best = self._deeper(pattern, best)
        return replace(best, lacks=tuple(nowhere))

    def _first(self, pattern: Expression, items: Items, alone: Sequence[bool]) -> int:
        """How many elements the longest beginning has that stands."""
        low = next((n for n, item in enumerate(items) if not _void(item)), len(items))
        high = next((n for n, there in enumerate(alone) if not there), len(items))
        tried = range(low + 1, high + 1)
        return low + bisect_left(tried, True, key=lambda n: not self.places(pattern, items[:n]))

    def _last(self, pattern: Expression, items: Items, alone: Sequence[bool]) -> int:
        """Where the longest end begins that stands."""
        turned = range(len(items) - 1, -1, -1)
        high = next((n + 1 for n in turned if not _void(items[n])), 0)
        low = next((n + 1 for n in turned if not alone[n]), 0)
        return low + bisect_left(range(low, high), True, key=lambda n: bool(self.places(pattern, items[n:])))

    def _joined(self, pattern: Expression, items: Items, first: int, last: int) -> Reach | None:
        """What stands if the beginning has `first` elements and the end begins with element `last`; both near."""
        before, behind = items[:first], items[last:]
        starts = self.places(pattern, before) if total(before) else []
        ends = self.places(pattern, behind) if total(behind) else []
        stood = (total(before) if starts else 0) + (total(behind) if ends else 0)
        required = total(items)
        if starts and ends:
            lasts = [found.last for found in starts]
            pairs = [(starts[n - 1], end) for end in ends if (n := bisect_right(lasts, end.first))]
            start, end = min(pairs, key=lambda p: p[1].first - p[0].last, default=(None, None))
            if start is None or end is None or end.first - start.last > NEAR:
                return None
            return Reach(before, start, items[first:last], behind, end, stood, required)
        if ends:
            return Reach((), None, items[last - 1 : last], behind, _longest(ends), stood, required)
        start = _longest(starts or (self.places(pattern, before) if before else []))
        return Reach(before if start else (), start, items[first : first + 1], (), None, stood, required)

    def _deeper(self, pattern: Expression, reach: Reach) -> Reach:
        """The same with the option of the failing element that comes furthest taken into the beginning."""
        (item,) = reach.wants
        best, most = reach, 0
        for option in item.options if isinstance(item, Choice) else (item.inner,) if isinstance(item, Capture) else ():
            inner = option.items if isinstance(option, Series) else (option,)
            n = len(inner)
            while n and not (places := self.places(pattern, (*reach.before, *inner[:n]))):
                n -= 1
            gained = total(inner[:n])
            if n < len(inner) and (gained > most or (not n and isinstance(item, Capture))):
                best, most = replace(reach, wants=inner[n : n + 1]), gained
                if n:
                    # The others are out: what every match of this option has is what is required.
                    needs = reach.required + total(inner) - weight(item)
                    before = (*reach.before, *inner[:n])
                    best = replace(
                        best, before=before, start=_longest(places), stood=reach.stood + gained, required=needs
                    )
        return best if best is reach else self._deeper(pattern, best)


def _longest(places: Sequence[Found]) -> Found | None:
    return max(places, key=lambda f: f.last - f.first, default=None)
