"""Emissions: what matches and shapes of names emit, their slots filled; what cannot be resolved is left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from kg import titles
from kg.dates.days import day_words
from kg.enumerations import items
from kg.fillers import Filler, Fillers, Member, Reading, Setting
from kg.matches import Match, cue, mention_at
from kg.model import REFUSED, Literal, Mention, Node, Sentence, Status, Unresolved
from kg.nodes import UnresolvedError
from kg.referents import Referent
from kg.rules import Emission, Guard, Shape
from kg.slots import members
from kg.statements import Reader, Statements
from kg.words import abbreviates, cardinal

#: One sentence tells no more facts of two lists: twenty people who met fifty.
MOST_PAIRS = 1000


@dataclass
class Emissions:
    """Fills the slots of what the rules emit in one document."""

    fillers: Fillers
    statements: Statements
    unresolved: list[Unresolved] = field(default_factory=list)

    def add(self, match: Match, setting: Setting) -> None:
        """The statements of one match; where a slot cannot be resolved, a note of that instead."""
        guard = match.guard.expression.source if match.guard else ""
        reader = Reader(match.rule.id, match.sentence, match.status, cue(match), guard)
        reading = Reading(match, setting, {})
        for emission in match.rule.emits:
            chosen = None
            lists = self._lists(match, emission)
            if len(lists) > 1 and prod(map(len, lists.values())) > MOST_PAIRS:
                why = f"more than {MOST_PAIRS:,} facts of two lists in one sentence: a table, and no sentence"
                self.statements.drop(reader, self._words(match), why)
                continue
            for chosen in _choices(lists):
                self._emit(emission, replace(reading, members=chosen), reader)
            if chosen is None:
                self.statements.drop(reader, self._words(match), "of the list itself nothing is said")

    def _lists(self, match: Match, emission: Emission) -> dict[str, list[Member]]:
        """The members of each list that an emission names."""
        named = {path.split(".")[0] for path in (emission.subject, emission.object)} & match.found.slots.keys()
        return {n: self._listed(match, n) for n in sorted(named) if match.rule.expression.slot(n).mode == "+"}

    def _listed(self, match: Match, name: str) -> list[Member]:
        """The members of the list in a slot: mentions, or the items of an enumeration."""
        found, slots = match.found.slots[name], match.rule.expression
        if slots.slot(name).cls == "Clause":
            number = mention_at(match, "count")
            spans = items(match.skeleton, found, cardinal(number.text) if number else None)
            return [(self.fillers.words(span), None) for span in spans]
        return [
            (one, heading)
            for mention, heading in members(match.skeleton, found, slots.slot(name).cls)
            for one in self.fillers.references.members(mention)
        ]

    def add_shape(self, mention: Mention, shape: Shape, sentence: Sentence, guard: Guard | None = None) -> None:
        """The statements that a shape of names makes by itself (edition, part of), refused where a guard stands."""
        status = guard.status if guard and guard.status else Status.ASSERTED
        reader = Reader(shape.id, sentence, status, guard=guard.expression.source if guard else "")
        for emission in shape.emits:
            for left, right in product(mention.at(emission.subject), mention.at(emission.object)):
                try:
                    subject, thing = self.fillers.of_mention(left, "Thing"), self.fillers.of_mention(right, "Thing")
                except UnresolvedError as reason:
                    self._leave_open(reader, emission, mention.text, str(reason))
                    continue
                if subject and thing:
                    self.statements.state(emission.relation, subject, thing, (), reader)

    def _emit(self, emission: Emission, reading: Reading, reader: Reader) -> None:
        try:
            thing = self.fillers.fill(reading, emission.object)
            subject = self.fillers.fill(reading, emission.subject) if thing else None
            if subject and emission.relation == "figure":
                subject = self.fillers.measured(subject)
            if thing and subject and emission.relation == "alsoKnownAs":
                subject = self._bearer(emission, reading, thing, subject)
        except UnresolvedError as reason:
            self._leave_open(reader, emission, self._words(reading.match), str(reason))
            return
        if subject is None or thing is None:
            missing = emission.subject if thing else emission.object
            self.statements.drop(reader, self._words(reading.match), f"nothing fills {missing}", missing)
            return
        if emission.relation == "holdsPost":
            post = reading.mention(emission.object.split(".")[0])
            self._note_holder(post, subject)
            first = post.part("first") if post else None
            if first and reader.status is Status.ASSERTED and titles.status(first.text) is Status.FORMER:
                reader = replace(reader, status=Status.FORMER)  # `a former secretary and mayor of Springfield`
        qualifiers = [(name, q) for name, path in emission.qualifiers if (q := self._qualifier(reading, path))]
        if emission.relation == "holdsPost" and not any(name == "post" for name, _ in qualifiers):
            return  # a post without its title is none
        for relation, value in _halves(emission.relation, thing):
            self.statements.state(relation, subject, value, qualifiers, reader)

    def _bearer(self, emission: Emission, reading: Reading, short: Filler, subject: Filler) -> Filler:
        """Of the names that end before an abbreviation, the innermost that it may stand for."""
        ends = reading.match.found.slots.get(emission.subject)
        whole = reading.match.skeleton.units[ends[0]].mention if ends else None
        if whole is None or abbreviates(short.word, subject.text):
            return subject
        fitting = (m for m in whole.ending() if abbreviates(short.word, m.text))
        return next((f for m in fitting if (f := self.fillers.of_mention(m, "Thing"))), subject)

    def _words(self, match: Match) -> str:
        where = match.skeleton.span(match.found.first, match.found.last)
        return self.fillers.document.text[where.start : where.end]

    def _note_holder(self, post: Mention | None, person: Filler) -> None:
        posts = (c for c in post.classes if self.fillers.vocabulary.is_a(c, "Post")) if post else ()
        if post and any(posts) and isinstance(person.value, Node):
            spans = (person.span,) if person.span else ()
            self.fillers.references.holds(post, Referent(person.value, spans, "description"))

    def _qualifier(self, reading: Reading, path: str) -> Filler | None:
        """A qualifier; one that cannot be resolved is dropped, not the statement."""
        try:
            return self.fillers.fill(reading, path)
        except UnresolvedError:
            return None

    def leave_open(self, id_: str, sentence: Sentence, slot: str, why: str) -> None:
        """Notes that the items of a scope are nobody's."""
        words = self.fillers.document.text[sentence.span.start : sentence.span.end]
        self.unresolved.append(Unresolved(sentence.index, id_, slot, words, why))

    def _leave_open(self, reader: Reader, emission: Emission, words: str, why: str) -> None:
        if reader.status not in REFUSED:
            slot = f"{emission.subject} {emission.relation} {emission.object}"
            self.unresolved.append(Unresolved(reader.sentence.index, reader.id, slot, words, why))


def _choices(lists: Mapping[str, Sequence[Member]]) -> Iterator[dict[str, Member]]:
    """For each choice of a member from each list: the member and its group's heading."""
    for chosen in product(*lists.values()):
        yield dict(zip(lists, chosen, strict=True))


def _halves(relation: str, thing: Filler) -> Iterator[tuple[str, Filler]]:
    """The beginning and the end of an event that was held from one day to another; all else as it is."""
    value = thing.value
    if relation != "heldOn" or not isinstance(value, Literal) or value.datatype != "string":
        yield relation, thing
        return
    if value.begin and value.end:
        for half, day in (("startsOn", value.begin), ("endsOn", value.end)):
            yield half, replace(thing, value=Literal(day.isoformat(), "date", day, day))
    elif ends := day_words(value.value):
        for half, words in zip(("startsOn", "endsOn"), ends, strict=True):
            yield half, replace(thing, value=Literal(words))
    else:
        yield relation, thing
