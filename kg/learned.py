"""What a document teaches of names: persons named in full, their surnames, abbreviations, the city of its dateline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.gazetteer import Gazetteer
from kg.model import Mention, MentionKind, Sentence, Span
from kg.short_names import speakers, spoke, surnames
from kg.skeleton import Skeleton, Unit
from kg.words import abbreviates, spelled

#: What may stand inside a name that only its abbreviation tells.
_INSIDE = frozenset(("Country", "Province", "City", "Region", "Demonym", "Acronym", "Ordinal", "Topic"))
#: Fewer first letters than this stand for many things.
_INITIALS = 3
#: The words that an abbreviation stands for begin no more units before it than this.
_FAR = 64
_NAMING = (MentionKind.NAME, MentionKind.SHAPE)
#: A person's name has no more words than this, and a city's.
LONGEST_NAME, LONGEST_CITY = 6, 3
#: `NORTHPORT, May 3 (Coaster) --`
_CITY = re.compile(r"([A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,2})\s*(?:,|/|\(|-|–|—)")


@dataclass(frozen=True)
class Learned:
    """What a document teaches.

    Full names; surnames, with the curated persons who bear them; the last words of names that may be a person's or a
    company's; abbreviations, with what each stands behind. `cities` are those of datelines, and those that a shape has
    told, in small letters.
    """

    names: frozenset[str]
    cities: frozenset[str]
    surnames: Mapping[str, tuple[str, ...]]
    agents: frozenset[str]
    abbreviations: Mapping[str, Mention]

    def recognise(self, text: str, sentence: Sentence, skeleton: Skeleton) -> Iterator[Mention]:
        """The learned names among the words of a sentence that are no name yet, nor part of a longer one."""
        for i, unit in enumerate(skeleton.units):
            if unit.mention:
                yield from self._abbreviations(text, skeleton, i)
                if _bracketed(skeleton, i) and (full := _spelled(text, sentence, skeleton, i)):
                    yield full
            if unit.capital and _free(unit, "Person"):
                yield from self._full(text, sentence, skeleton, i) or self._surname(text, sentence, skeleton, i)
                yield from self._city(text, sentence, skeleton, i)

    def _city(self, text: str, sentence: Sentence, skeleton: Skeleton, i: int) -> Iterator[Mention]:
        """A city that a dateline has named, which no list holds."""
        for last in range(min(i + LONGEST_CITY, len(skeleton.units)) - 1, i - 1, -1):
            span = Span(skeleton.units[i].span.start, skeleton.units[last].span.end)
            words = " ".join(text[span.start : span.end].split())
            if words.lower() in self.cities and _alone(skeleton, i, last, sentence):
                yield Mention(span, words, frozenset({"City"}), MentionKind.SHAPE)
                return

    def _full(self, text: str, sentence: Sentence, skeleton: Skeleton, i: int) -> tuple[Mention, ...]:
        """A person who is told to be one elsewhere, named in full again without a word that says so."""
        for last in range(min(i + LONGEST_NAME, len(skeleton.units)) - 1, i, -1):
            span = Span(skeleton.units[i].span.start, skeleton.units[last].span.end)
            words = " ".join(text[span.start : span.end].split())
            if words in self.names and _alone(skeleton, i, last, sentence):
                return (Mention(span, words, frozenset({"Person"}), MentionKind.SHAPE),)
        return ()

    def _abbreviations(self, text: str, skeleton: Skeleton, i: int) -> Iterator[Mention]:
        """The abbreviations that a unit is, or that a shape has taken for a name of its own inside it."""
        unit = skeleton.units[i]
        spans = [unit.span] if _free(unit, "Acronym") and not _bracketed(skeleton, i) else []
        spans += [m.span for m in (unit.mention.nested() if unit.mention else ()) if m.kind is MentionKind.SHAPE]
        for span in spans:
            words = text[span.start : span.end]
            full = self.abbreviations.get(words)
            if full and full.text != words and full.span.end < span.start:
                yield Mention(span, words, full.classes, MentionKind.ABBREVIATION, full.entities, value=full)

    def _surname(self, text: str, sentence: Sentence, skeleton: Skeleton, i: int) -> Iterator[Mention]:
        """A surname of one word, or of two, that begins at a unit."""
        unit = skeleton.units[i]
        if unit.mention and not spoke(unit.mention) and unit.span.start == sentence.span.start:
            return  # `He` at the beginning of a sentence is the pronoun
        for last in (i + 1, i):
            if last < len(skeleton.units):
                span = Span(unit.span.start, skeleton.units[last].span.end)
                words = " ".join(text[span.start : span.end].split())
                if words in self.surnames and _alone(skeleton, i, last, sentence):
                    person = frozenset({"Person"})
                    yield Mention(span, words, person, MentionKind.SURNAME, self.surnames[words])
                    return
                if last == i and words in self.agents and _alone(skeleton, i, i, sentence):
                    yield Mention(span, words, frozenset({"Agent"}), MentionKind.SURNAME)


def learn(text: str, skeletons: Collection[Skeleton], datelines: Iterable[str], gazetteer: Gazetteer) -> Learned:
    """What the first reading of a document, and the words of its datelines, teach for the second."""
    lessons = _Lessons(gazetteer, {found[1].lower() for words in datelines if (found := _CITY.match(words))})
    for skeleton in skeletons:
        for i, unit in enumerate(skeleton.units):
            if unit.mention is None:
                continue
            for mention in unit.mention.nested():
                lessons.name(mention, skeleton.alphabet.closure(mention.classes))
            if _free(unit, "Acronym") and _bracketed(skeleton, i):
                lessons.bracket(skeleton.units[i], skeleton.units[i - 2].mention)
    for short, full in speakers(skeletons, text).items():
        if short not in lessons.people:
            lessons.names.add(full)
            lessons.people[short] = {}
    return lessons.learned()


@dataclass
class _Lessons:
    """What has been learned so far."""

    gazetteer: Gazetteer
    cities: set[str]
    names: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)
    people: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    short: dict[str, Mention] = field(default_factory=dict)
    bodies: dict[str, dict[str, Mention]] = field(default_factory=lambda: defaultdict(dict))

    def name(self, mention: Mention, classes: frozenset[str]) -> None:
        """What a name teaches, by its classes and those above them."""
        words = mention.text.split()
        if mention.kind is MentionKind.SHAPE and mention.classes == {"City"}:
            self.cities.add(" ".join(words).lower())
        elif mention.kind is MentionKind.SHAPE and mention.classes == {"Person"} and len(words) > 1:
            self.names.add(" ".join(words))
        elif mention.kind is MentionKind.SHAPE and mention.classes == {"Agent"} and len(words) > 1:
            self.agents.add(words[-1])
        if mention.kind in _NAMING and "Body" in classes:
            self.bodies[_initials(mention.text)].setdefault(mention.text, mention)
        for surname in surnames(mention, self.gazetteer):
            self.people[surname].update(dict.fromkeys(mention.entities))

    def bracket(self, unit: Unit, full: Mention | None) -> None:
        """What an abbreviation in brackets behind a name teaches."""
        short = unit.mention
        fitting = (m for m in full.ending() if m.kind in _NAMING) if full and short else ()
        if short and (named := next((m for m in fitting if abbreviates(short.text, m.text)), None)):
            self.short.setdefault(short.text, named)

    def learned(self) -> Learned:
        """All of it; a body is also called by its first letters where no other has the same."""
        for letters, named_so in self.bodies.items():
            if len(letters) >= _INITIALS and len(named_so) == 1:
                self.short.setdefault(letters, *named_so.values())
        called = {surname: tuple(bearers) for surname, bearers in self.people.items()}
        return Learned(frozenset(self.names), frozenset(self.cities), called, frozenset(self.agents), self.short)


def _spelled(text: str, sentence: Sentence, skeleton: Skeleton, i: int) -> Mention | None:
    """The words before an abbreviation in brackets whose first letters spell it, where no name is known to stand."""
    short, before = skeleton.units[i].mention, skeleton.units[max(0, i - 1 - _FAR) : i - 1]
    if short is None or "Acronym" not in short.classes or not before or before[-1].span.start < sentence.span.start:
        return None
    start = spelled(short.text, text, max(sentence.span.start, before[0].span.start), before[-1].span.end)
    if start is None or before[-1].span.start <= start:
        return None
    span = Span(start, before[-1].span.end)
    inside = [u for u in before if u.span.end > start]
    if inside[0].span.start != start or any(u.mention and not u.mention.classes <= _INSIDE for u in inside):
        return None
    return Mention(span, text[span.start : span.end], frozenset({"Topic"}), MentionKind.SHAPE)


def _initials(name: str) -> str:
    """The first letters of the words with capitals, by which a body may be called: `NDRC`."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _free(unit: Unit, cls: str) -> bool:
    """Whether the words of a unit are no mention, or only a pronoun, the one word of a speaker or such a literal."""
    if unit.mention is None or unit.mention.kind is MentionKind.PRONOUN or spoke(unit.mention):
        return cls == "Person"
    return unit.mention.kind is MentionKind.LITERAL and unit.mention.classes == {cls}


def _bracketed(skeleton: Skeleton, i: int) -> bool:
    units = skeleton.units
    return 1 < i < len(units) - 1 and units[i - 1].text == "(" and units[i + 1].text == ")"


def _alone(skeleton: Skeleton, first: int, last: int, sentence: Sentence) -> bool:
    """Whether no other capitalised word that we do not know stands beside it, as in a longer name."""
    near = [skeleton.units[j] for j in (first - 1, last + 1) if 0 <= j < len(skeleton.units)]
    return not any(n.capital and n.mention is None and n.span.start > sentence.span.start for n in near)
