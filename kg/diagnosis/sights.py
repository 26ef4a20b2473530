"""Sights: what the rules see of a sentence, told in the words of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.diagnosis.reach import Items
from kg.diagnosis.records import Part
from kg.model import Mention, MentionKind, Span
from kg.pattern import TEXT_SLOTS, Slot, Word
from kg.skeleton import Skeleton, Unit

_HOW = {
    MentionKind.NAME: "a name",
    MentionKind.PRONOUN: "a pronoun",
    MentionKind.SURNAME: "the surname of somebody named in full",
    MentionKind.ABBREVIATION: "an abbreviation that the text explains",
    MentionKind.MEMBER: "one of a list",
    MentionKind.LITERAL: "by its form",
}
#: What joins two words of one name.
_JOINTS = frozenset({"of", "for", "the", "&"})


@dataclass(frozen=True, slots=True)
class Sight:
    """A skeleton, the text that it was made of, and the function words that are no name at a sentence's beginning."""

    skeleton: Skeleton
    text: str
    small: frozenset[str]

    def words(self, first: int, last: int) -> str:
        """The words of some units as they stand in the document, in one line."""
        return self.quoted(self.skeleton.span(first, last)) if first < last else ""

    def quoted(self, span: Span) -> str:
        """The words of a span in one line."""
        return " ".join(self.text[span.start : span.end].split())

    def line(self) -> str:
        """The sentence with its classes for each mention, `⟨Person⟩ , who left`."""
        return " ".join(f"⟨{_classes(u.mention)}⟩" if u.mention else self.quoted(u.span) for u in self.skeleton.units)

    def mentions(self, within: Span | None = None) -> tuple[Part, ...]:
        """Every mention with what is nested in it; those that share words with a span, if one is given."""
        return tuple(
            self._part("", u.mention, self.quoted(u.span))
            for u in self.skeleton.units
            if u.mention and (within is None or (u.span.start < within.end and within.start < u.span.end))
        )

    def _part(self, slot: str, mention: Mention, words: str) -> Part:
        nested = tuple(self._part(name, m, " ".join(m.text.split())) for name, m in mention.parts)
        # A description or a name nobody curated was told by a shape, and a curator can ask for that by its id.
        how = mention.shape or _HOW.get(mention.kind, "")
        return Part(slot, words, tuple(sorted(mention.classes)), mention.kind.value, how, nested)

    def strangers(self) -> Iterator[str]:
        """Words with capitals that are no mention: several together, or one that does not begin the sentence."""
        run: list[int] = []
        for i, unit in enumerate((*self.skeleton.units, None)):
            if unit and not unit.mention and unit.capital and unit.text not in self.small:
                run.append(i)
            elif not (unit and run not in ([], [0]) and unit.text in _JOINTS):
                if len(run) > 1 or (run and run[0]):
                    yield self.words(run[0], run[-1] + 1)
                run = []

    def between(self, first: int, last: int, wanted: Items) -> str:
        """What stands from one unit up to another where something else was wanted."""
        return self.seen(first, wanted) if last - first < 2 else f'"{self.words(first, last)}"'

    def seen(self, at: int, wanted: Items) -> str:
        """What stands at a unit where something else was wanted."""
        if not 0 <= at < len(self.skeleton.units):
            return "the beginning of the sentence" if at < 0 else "the end of the sentence"
        unit = self.skeleton.units[at]
        words = f'"{self.quoted(unit.span)}"'
        if unit.mention:
            return f"{words}, {_a(_classes(unit.mention))}{self._inside(unit.mention, wanted)}"
        return words + _odd(unit, wanted, named=unit.capital and at > 0)

    def _inside(self, mention: Mention, wanted: Items) -> str:
        """That a mention nested in it is of the class that was wanted."""
        slots = [item for item in wanted[:1] if isinstance(item, Slot)]
        for inner in mention.nested()[1:]:
            above = self.skeleton.alphabet.closure(inner.classes)
            if any(not above.isdisjoint(slot.cls.split("|")) for slot in slots):
                return f' (in it is "{" ".join(inner.text.split())}", {_a(_classes(inner))}, but only as a part)'
        return ""


def _odd(unit: Unit, wanted: Items, *, named: bool) -> str:
    """What is odd about a word that is no mention."""
    match wanted[:1]:
        case (Word(text, capital=True),) if text == unit.text:
            return " without a capital"
        case (Slot(_, cls),) if cls not in TEXT_SLOTS:
            return ", which looks like a name, and nobody knows it" if named else ", which is no mention"
    return ""


def _classes(mention: Mention) -> str:
    """The classes of a mention as a slot would name them."""
    return "|".join(sorted(mention.classes))


def _a(cls: str) -> str:
    return f"{'an' if cls[:1] in tuple('AEIOU') else 'a'} {cls}"
