"""Statements: what a match says of whom, with the words that say it; no statement without a quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from kg import titles
from kg.dates.days import day_words
from kg.enumerations import items
from kg.fillers import Filler, Fillers, Member, Reading, Setting
from kg.identity import IDENTIFYING, claim_id, evidence_id, statement_id
from kg.matches import Match, cue, mention_at
from kg.model import (
    REFUSED,
    Antecedent,
    Dropped,
    Evidence,
    Literal,
    Mention,
    Node,
    Sentence,
    Span,
    Statement,
    Status,
    Unresolved,
)
from kg.nodes import UnresolvedError
from kg.referents import Referent
from kg.rules import Emission, Guard, Shape
from kg.slots import members
from kg.words import abbreviates, cardinal

#: A quote is a sentence or two, not a document.
LONGEST_QUOTE = 1200
_LABEL_WORDS = 9
#: Their object is a clause, and the clause a node of its own.
_CLAIMS = {"said": "Claim", "proposed": "Measure", "announced": "Claim", "launched": "Claim", "released": "Claim"}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads a statement, where and how it is meant: a rule or a shape, its cue, the guard that refused it."""

    id: str
    sentence: Sentence
    status: Status = Status.ASSERTED
    cue: Span | None = None
    guard: str = ""


@dataclass
class Statements:
    """Makes the statements of one document."""

    fillers: Fillers
    made: dict[str, dict[str, Statement]] = field(default_factory=dict)
    unresolved: list[Unresolved] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def add(self, match: Match, setting: Setting) -> None:
        """The statements of one match; where a slot cannot be resolved, a note of that instead."""
        guard = match.guard.expression.source if match.guard else ""
        reader = _Reader(match.rule.id, match.sentence, match.status, cue(match), guard)
        reading = Reading(match, setting, {})
        for emission in match.rule.emits:
            chosen = None
            for chosen in self._choices(match, emission):
                self._emit(emission, replace(reading, members=chosen), reader)
            if chosen is None:
                self._drop(reader, self._words(match), "of the list itself nothing is said")

    def _choices(self, match: Match, emission: Emission) -> Iterator[dict[str, Member]]:
        """For each choice of a member from the lists that an emission names: the member and its group's heading."""
        named = {path.split(".")[0] for path in (emission.subject, emission.object)} & match.found.slots.keys()
        lists = [n for n in sorted(named) if match.rule.expression.slot(n).mode == "+"]
        for chosen in product(*(self._listed(match, n) for n in lists)):
            yield dict(zip(lists, chosen, strict=True))

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
        reader = _Reader(shape.id, sentence, status, guard=guard.expression.source if guard else "")
        for emission in shape.emits:
            for left, right in product(mention.at(emission.subject), mention.at(emission.object)):
                try:
                    subject, thing = self.fillers.of_mention(left, "Thing"), self.fillers.of_mention(right, "Thing")
                except UnresolvedError as reason:
                    self._leave_open(reader, emission, mention.text, str(reason))
                    continue
                if subject and thing:
                    self._state(emission.relation, subject, thing, (), reader)

    def _emit(self, emission: Emission, reading: Reading, reader: _Reader) -> None:
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
            self._drop(reader, self._words(reading.match), f"nothing fills {missing}", missing)
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
            self._state(relation, subject, value, qualifiers, reader)

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

    def _leave_open(self, reader: _Reader, emission: Emission, words: str, why: str) -> None:
        if reader.status not in REFUSED:
            slot = f"{emission.subject} {emission.relation} {emission.object}"
            self.unresolved.append(Unresolved(reader.sentence.index, reader.id, slot, words, why))

    def _drop(self, reader: _Reader, words: str, why: str, missing: str = "") -> None:
        self.dropped.append(Dropped(reader.sentence.index, reader.id, words, why, missing))

    def leave_open(self, id_: str, sentence: Sentence, slot: str, why: str) -> None:
        """Notes that the items of a scope are nobody's."""
        words = self.fillers.document.text[sentence.span.start : sentence.span.end]
        self.unresolved.append(Unresolved(sentence.index, id_, slot, words, why))

    def _qualifier(self, reading: Reading, path: str) -> Filler | None:
        """A qualifier; one that cannot be resolved is dropped, not the statement."""
        try:
            return self.fillers.fill(reading, path)
        except UnresolvedError:
            return None

    def _state(
        self, relation: str, subject: Filler, thing: Filler, qualifiers: Sequence[tuple[str, Filler]], reader: _Reader
    ) -> None:
        node, value = subject.value, thing.value
        said = f"{subject.text} {relation} {thing.text}"
        if not isinstance(node, Node):
            self._drop(reader, said, f"{subject.text!r} is a value, of which nothing can be said")
            return
        if misfit := self._misfit(relation, node, value, subject.text):
            self._drop(reader, said, misfit)
            return
        words = {name: q.word for name, q in qualifiers}
        prop, status = relation, reader.status
        if relation == "holdsPost":
            prop, status = self._post(words, status)
        elif isinstance(value, Literal) and thing.span and self._takes_dates(relation):
            words["dateText"] = thing.text
        elif isinstance(value, Literal) and relation in _CLAIMS:
            value = self._claim(relation, node, thing.text)
        quote = self._quote(reader.sentence, subject, thing)
        if quote is None:
            why = f"the sentence is too long to quote, and so is the part that says it: over {LONGEST_QUOTE} characters"
            self._drop(reader, said, why)
            return
        identity = tuple(sorted((n, w) for n, w in words.items() if n in IDENTIFYING))
        id_ = statement_id(node.iri, prop, value, status, identity)
        evidence = self._evidence(id_, relation, subject, thing, qualifiers, quote, reader, words)
        statement = Statement(id_, node, relation, prop, value, status, identity, (evidence,))
        self.made.setdefault(id_, {}).setdefault(evidence.id, statement)

    def _misfit(self, relation: str, node: Node, value: Node | Literal, text: str) -> str:
        """Why the two do not fit the relation, if so: a description may stand for something of another kind."""
        if relation == "alsoKnownAs" and isinstance(value, Literal):
            if not abbreviates(value.value, text):
                return f"{value.value!r} is no abbreviation of {text!r}"
            _, of, last = text.rpartition(" of the ")
            if of and value.value == "".join(w[0] for w in last.split() if w[0].isupper()):
                return f"{value.value!r} is short for {last!r}, a part of the name"
        if isinstance(value, Node) and value.iri == node.iri:
            return f"both are {node.label!r}, of which it would be said itself"
        return self.fillers.vocabulary.misfit(relation, node.type, value.type if isinstance(value, Node) else "")

    def _post(self, words: dict[str, str], status: Status) -> tuple[str, Status]:
        """The property of a post by its title, and how it is held; the day of the document is the day it was held."""
        title = words["post"] = titles.singular(words.get("post", ""))
        if published := self.fillers.anchors.published:
            words["asOf"] = published.isoformat()
        held = titles.status(title) if status is Status.ASSERTED else status
        return self.fillers.vocabulary.property_for("holdsPost", titles.plain(title)), held

    def _takes_dates(self, relation: str) -> bool:
        return "Date" in self.fillers.vocabulary.relations[relation].range

    def _claim(self, relation: str, agent: Node, text: str) -> Node:
        every = text.split()
        label = " ".join(every[:_LABEL_WORDS]) + (" …" if len(every) > _LABEL_WORDS else "")
        iri = self.fillers.vocabulary.iri("claim", claim_id(agent.iri, " ".join(every)))
        return Node(iri, label, _CLAIMS[relation], words=text)

    def _quote(self, sentence: Sentence, *fillers: Filler) -> Span | None:
        """The sentence; of one that is too long to quote, the part with the words that count, if that is shorter."""
        if sentence.span.end - sentence.span.start <= LONGEST_QUOTE:
            return sentence.span
        stated = [f.span for f in fillers if f.span]
        if not stated:
            return None
        narrow = Span(min(s.start for s in stated), max(s.end for s in stated))
        return narrow if narrow.end - narrow.start <= LONGEST_QUOTE else None

    def _evidence(
        self, statement: str, relation: str, subject: Filler, thing: Filler,
        qualifiers: Sequence[tuple[str, Filler]], quote: Span, reader: _Reader, words: dict[str, str],
    ) -> Evidence:  # fmt: skip
        document = self.fillers.document
        fillers = (("subject", subject), ("object", thing), *qualifiers)
        stand = {"subject": subject.span, "cue": reader.cue, **{name: f.span for name, f in fillers[1:]}}
        spans = tuple((n, s) for n, s in stand.items() if s and quote.start <= s.start < s.end <= quote.end)
        speakers = [q.value for name, q in qualifiers if name == "attributedTo"]
        speaker = subject.value if relation == "said" else next(iter(speakers), None)
        return Evidence(
            id=evidence_id(statement, document.name, quote, reader.id, spans),
            document=document.name,
            span=quote,
            quote=document.text[quote.start : quote.end],
            rule=reader.id,
            subject_text=subject.text,
            object_text=thing.text,
            spans=spans,
            antecedents=tuple(Antecedent(slot, *f.antecedent) for slot, f in fillers if f.antecedent),
            qualifiers=tuple(sorted((n, w) for n, w in words.items() if n not in IDENTIFYING)),
            speaker=speaker if isinstance(speaker, Node) else None,
            guard=reader.guard,
        )

    def every(self) -> Iterator[Statement]:
        """All statements so far, one for each piece of evidence."""
        for pieces in self.made.values():
            yield from pieces.values()

    def merged(self) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
        """All statements with their evidence, asserted ones and refused ones, in the order of the text."""
        done = [self._final(merge(list(pieces.values()))) for pieces in self.made.values()]
        done.sort(key=lambda s: (s.evidence[0].span, s.evidence[0].rule, s.id))
        return tuple(s for s in done if s.status not in REFUSED), tuple(s for s in done if s.status in REFUSED)

    def _final(self, statement: Statement) -> Statement:
        final = self.fillers.references.nodes.final
        thing = statement.object
        return replace(
            statement, subject=final(statement.subject), object=final(thing) if isinstance(thing, Node) else thing
        )


def merge(same: Sequence[Statement]) -> Statement:
    """One statement from several with one id: all their evidence, each piece once, in the order of the text."""
    evidence = {e.id: e for s in same for e in s.evidence}
    first, *more = sorted(evidence.values(), key=lambda e: (e.document, e.span, e.rule, e.id))
    return replace(same[0], evidence=(first, *more))


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
