"""Fragments: what was cut out of a longer name that nobody knows, and the words that are no part of a person's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.alphabet import Alphabet
from kg.dates.forms import CALENDAR
from kg.model import Mention, MentionKind
from kg.skeleton import Skeleton, Unit

#: A name that goes on so is not whole: `the Harbour Council for Tides`.
_GOES_ON = frozenset({"of", "for", "on"})


@dataclass(frozen=True)
class Fragments:
    """Tells fragments from names.

    `proper` are the shapes of full names, `titles` the words of courtesy before a person's name, `alien` the words that
    no such name has (`Provincial`, `Committee`).
    """

    proper: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    alien: frozenset[str] = frozenset()

    def person(self, units: Sequence[Unit], first: int, last: int, *, sure: bool) -> int | None:
        """Where the name of a person begins among these units, titles of courtesy aside; none where it is no name.

        Unless it is `sure` to be a person's, it may be a company's.
        """
        while first < last - 1 and units[first].text in self.titles:
            first += 2 if units[first + 1].text == "." else 1
        if units[first].text in self.titles and first == last - 1:
            return None
        alien = sure and any(u.text in self.alien for u in units[first:last])
        return None if alien and (last - first > 1 or not _titled(units, first)) else first

    def whole(self, skeleton: Skeleton) -> Skeleton:
        """The skeleton in which nothing is cut out of a longer name: `Air China` is not the country.

        Places beside an unknown name lose their class; so do names that go on behind `of` or `for`, and titles of a
        place whose name goes on.
        """
        found = skeleton.units
        made = [
            unit._replace(mention=_unnamed(unit.mention))
            if unit.mention and (_beside(found, i, skeleton.alphabet) or self._cut(found, i, skeleton.alphabet))
            else unit
            for i, unit in enumerate(found)
        ]
        return replace(skeleton, units=tuple(made))

    def _cut(self, units: Sequence[Unit], i: int, alphabet: Alphabet) -> bool:
        mention = units[i].mention
        inner = mention.ending() if mention else ()
        if mention and "PostOf" in mention.classes:
            if _is_place(inner[0], alphabet):
                return any(_is_name(u) for u in units[i + 1 : i + 2])
            if mention.part("field") and [u.text for u in units[i + 1 : i + 2]] in (["and"], ["&"]):
                return any(_is_name(u) for u in units[i + 2 : i + 3])  # `Minister of Trade and Tides`
        if not any(m.shape in self.proper and alphabet.closure(m.classes) & {"Body", "Event"} for m in inner):
            return False
        event = mention is not None and "Event" in alphabet.closure(mention.classes)
        return _goes_back(units, i, event=event) or _goes_on(units, i)


def _goes_back(units: Sequence[Unit], i: int, *, event: bool) -> bool:
    """Whether the name began before: `the Common Market of Tide States Council`, `the Leaf Union (LU) Fair`."""
    if i < 3:
        return False
    if units[i - 1].text == ")":
        return event and units[i - 2].capital
    return units[i - 1].text == "of" and _is_name(units[i - 2])


def _goes_on(units: Sequence[Unit], i: int) -> bool:
    if [u.text for u in units[i + 1 : i + 2]] == ["&"]:
        return any(_is_name(u) for u in units[i + 2 : i + 3])
    behind = [u for u in units[i + 1 : i + 4] if u.text != "the"]
    if len(behind) < 2 or behind[0].text not in _GOES_ON:
        return False
    return behind[1].capital and behind[1].mention is None and behind[1].text[0].isalpha()


def _unnamed(mention: Mention) -> Mention:
    return replace(mention, classes=frozenset({"Thing"}), entities=(), shape="", parts=())


def _beside(units: Sequence[Unit], i: int, alphabet: Alphabet) -> bool:
    mention = units[i].mention
    near = (*units[max(0, i - 1) : i], *units[i + 1 : i + 2])
    return mention is not None and _is_place(mention, alphabet) and any(_is_name(u) for u in near)


def _is_place(mention: Mention, alphabet: Alphabet) -> bool:
    return mention.kind is MentionKind.NAME and "Place" in alphabet.closure(mention.classes)


def _is_name(unit: Unit) -> bool:
    return unit.capital and unit.mention is None and unit.text.isalpha() and unit.text not in CALENDAR


def _titled(units: Sequence[Unit], i: int) -> bool:
    return i > 0 and units[i - 1].text in (".", "mr", "ms", "mrs", "dr")
