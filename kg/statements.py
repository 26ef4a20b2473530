"""Statements: what a match says of whom, with the words that say it; no statement without a quote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from kg import titles
from kg.dates import DateExpression
from kg.dates.anchors import Anchors
from kg.dates.days import resolve
from kg.expression import Found, members
from kg.identity import claim_id, evidence_id, statement_id
from kg.matches import Match, cue, mention_at
from kg.model import (
    REFUSED,
    Antecedent,
    Document,
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
from kg.references import References, Referent, UnresolvedError
from kg.rules import Emission, Shape
from kg.skeleton import Skeleton
from kg.vocabulary import Vocabulary
from kg.words import bare, singular

#: A quote is a sentence or two, not a document.
LONGEST_QUOTE = 1200
_HOW = {"agent": "scope", "occasion": "occasion"}
_LABEL_WORDS = 9
_IDENTITY = frozenset({"post", "metric", "period"})
_OCCASION = frozenset({"organisedBy", "heldIn", "heldOn"})
_INITIATIVES = frozenset({"proposed", "announced", "launched", "released"})


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a place of a statement: a node or a value, its words, and where they stand."""

    value: Node | Literal
    text: str
    span: Span | None = None
    antecedent: tuple[tuple[Span, ...], str] | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a scope or a transcript gives to the rules inside it."""

    agent: Referent | None = None
    speaker: Referent | None = None
    occasion: Referent | None = None
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A match being read: its setting, the dates known so far, and the member chosen from each list."""

    match: Match
    setting: Setting
    known: dict[str, date]
    members: Mapping[str, tuple[Mention, tuple[int, int] | None]]


@dataclass
class Statements:
    """Makes the statements of one document."""

    document: Document
    references: References
    vocabulary: Vocabulary
    anchors: Anchors
    made: dict[str, list[tuple[Statement, Evidence]]] = field(default_factory=dict)
    unresolved: list[Unresolved] = field(default_factory=list)

    def add(self, match: Match, setting: Setting) -> None:
        """The statements of one match; where a slot cannot be resolved, a note of that instead."""
        known: dict[str, date] = {}
        for emission in match.rule.emits:
            self._emit(match, emission, setting, known)

    def add_shape(self, mention: Mention, shape: Shape, sentence: Sentence) -> None:
        """The statements that a shape of names makes by itself (edition, part of)."""
        for emission in shape.emits:
            for left, right in product(mention.at(emission.subject), mention.at(emission.object)):
                try:
                    subject, thing = (
                        self._filler(left, "Thing", None, {}),
                        self._filler(right, "Thing", None, {}),
                    )
                except UnresolvedError as reason:
                    why = str(reason)
                    self.unresolved.append(Unresolved(sentence.index, shape.id, emission.object, mention.text, why))
                    continue
                self._state(emission, subject, thing, (), sentence, shape.id, None, Status.ASSERTED, "")

    def _emit(self, match: Match, emission: Emission, setting: Setting, known: dict[str, date]) -> None:
        for chosen in self._members(match, emission):
            reading = _Place(match, setting, known, chosen)
            try:
                subject = self._fill(reading, emission.subject)
                thing = self._fill(reading, emission.object)
            except UnresolvedError as reason:
                if match.status not in REFUSED:
                    self._leave_open(match, emission, str(reason))
                continue
            if subject and thing:
                self._note_holder(reading, emission, subject)
                qualifiers = [(name, q) for name, path in emission.qualifiers if (q := self._qualifier(reading, path))]
                guard = match.guard.expression.source if match.guard else ""
                self._state(
                    emission,
                    subject,
                    thing,
                    qualifiers,
                    match.sentence,
                    match.rule.id,
                    cue(match),
                    match.status,
                    guard,
                )

    def _note_holder(self, reading: _Place, emission: Emission, person: Filler) -> None:
        slot = emission.object.split(".")[0]
        post = (
            reading.members.get(slot, (mention_at(reading.match, slot), None))[0]
            if emission.relation == "holdsPost"
            else None
        )
        if post and isinstance(person.value, Node):
            self.references.holds(post, Referent(person.value, (person.span,) if person.span else (), "description"))

    def _leave_open(self, match: Match, emission: Emission, why: str) -> None:
        where = match.skeleton.span(match.found.first, match.found.last)
        words = self.document.text[where.start : where.end]
        slot = f"{emission.subject} {emission.relation} {emission.object}"
        self.unresolved.append(Unresolved(match.sentence.index, match.rule.id, slot, words, why))

    def _members(self, match: Match, emission: Emission) -> Iterator[dict[str, tuple[Mention, tuple[int, int] | None]]]:
        """For each choice of a member from the lists that an emission names: the member and its group's heading."""
        named = {path.split(".")[0] for path in (emission.subject, emission.object)} & match.found.slots.keys()
        lists = [n for n in sorted(named) if match.rule.expression.slot(n).mode == "+"]
        every = [list(members(match.skeleton, match.found.slots[n], match.rule.expression.slot(n).cls)) for n in lists]
        for chosen in product(*every):
            yield dict(zip(lists, chosen, strict=True))

    def _qualifier(self, reading: _Place, path: str) -> Filler | None:
        """A qualifier; one that cannot be resolved is dropped, not the statement."""
        try:
            return self._fill(reading, path)
        except UnresolvedError:
            return None

    def _fill(self, reading: _Place, path: str) -> Filler | None:
        match = reading.match
        if path.startswith("'"):
            return Filler(Literal(path.strip("'")), path.strip("'"))
        first, *rest = path.split(".")
        ends = match.found.slots.get(first)
        if ends is None:
            return self._given(first, match.sentence, reading.setting)
        slot = match.rule.expression.slot(first)
        if slot.cls == "Clause":
            return self._clause(match.skeleton.span(*ends))
        mention, heading = reading.members.get(first, (mention_at(match, first), None))
        if rest == ["heading"]:
            return self._heading(match, heading) if heading else None
        part = next(iter(mention.at(".".join(["self", *rest]))), None) if mention else None
        return self._filler(part, "Thing" if rest else slot.cls, match, reading.known) if part else None

    def _heading(self, match: Match, units: tuple[int, int]) -> Filler:
        """What the heading of a group says of each of its members."""
        span = match.skeleton.span(*units)
        words = self.document.text[span.start : span.end]
        return Filler(Literal(singular(words)), words, span)

    def _given(self, name: str, sentence: Sentence, setting: Setting) -> Filler | None:
        """What needs no words: the document, and what a scope or a transcript gives."""
        if name == "document":
            title = self.document.title or self.document.name
            node = Node(self.vocabulary.iri("document", self.document.name), title, "Document", (title,))
            return Filler(node, title, None, ((), "document"))
        if name == "ordinal" and setting.ordinal is not None:
            return Filler(Literal(str(setting.ordinal), "integer"), str(setting.ordinal))
        referent = {"agent": setting.agent, "speaker": setting.speaker, "occasion": setting.occasion}.get(name)
        if referent is None and name == "speaker":
            referent = self.references.speaker(sentence)
        if referent is None:
            return None
        return Filler(referent.node, referent.node.label, None, (referent.spans, _HOW.get(name, "") or referent.how))

    def _clause(self, span: Span) -> Filler:
        text = self.document.text
        start, end = span
        while start < end and text[start] in ' \t\u00a0,;:"“”':
            start += 1
        while end > start and text[end - 1] in ' \t\u00a0,;:."“”':
            end -= 1
        return Filler(Literal(text[start:end]), text[start:end], Span(start, end))

    def _filler(self, mention: Mention, cls: str, match: Match | None, known: dict[str, date]) -> Filler:
        if isinstance(mention.value, DateExpression):
            return self._date(mention.value, mention, match, known)
        if isinstance(mention.value, Span) and "Quotation" in mention.classes | {cls}:
            return self._clause(mention.value)
        if isinstance(mention.value, int):
            return Filler(Literal(str(mention.value), "integer"), mention.text, mention.span)
        if self._is_value(mention, cls):
            return Filler(Literal(bare(mention.text)), mention.text, mention.span)
        referent = self.references.resolve(mention, cls)
        named = (referent.spans, referent.how) if referent.how else None
        return Filler(referent.node, mention.text, mention.span, named)

    def _is_value(self, mention: Mention, cls: str) -> bool:
        if cls == "Acronym":
            return True
        thing = any(self.vocabulary.is_a(c, "Thing") or c == "PostOf" for c in mention.classes)
        return not mention.entities and not thing

    def _date(
        self, expression: DateExpression, mention: Mention, match: Match | None, known: dict[str, date]
    ) -> Filler:
        planned = match is not None and match.rule.status is Status.PLANNED
        after = max((d for words, d in known.items() if words != mention.text), default=None)
        found = resolve(expression, self.anchors.day, towards="future" if planned else "past", after=after)
        if found is None:
            return Filler(Literal(mention.text), mention.text, mention.span)
        if found.begin:
            known[mention.text] = found.begin
        return Filler(found, mention.text, mention.span)

    def _state(
        self, emission: Emission, subject: Filler, thing: Filler, qualifiers: Sequence[tuple[str, Filler]],
        sentence: Sentence, rule: str, cue_span: Span | None, status: Status, guard: str,
    ) -> None:  # fmt: skip
        if not isinstance(subject.value, Node):
            return
        node, value = subject.value, thing.value
        words = {name: self._word(q) for name, q in qualifiers}
        prop = emission.relation
        if emission.relation == "holdsPost":
            post = words.get("post", "")
            prop = self.vocabulary.property_for("holdsPost", titles.plain(post))
            status = titles.status(post) if status is Status.ASSERTED else status
            if self.anchors.published:
                words["asOf"] = self.anchors.published.isoformat()
        if isinstance(value, Literal) and thing.span and value.datatype in ("date", "gYear", "gYearMonth", "string"):
            if "Date" in self.vocabulary.relations[emission.relation].range:
                words["dateText"] = thing.text
            elif self._claims(emission.relation):
                value = self._claim(node, thing)
        if isinstance(value, Node) and (
            value.iri == node.iri or not self.vocabulary.allows(emission.relation, node.type, value.type)
        ):
            return
        quote = self._quote(sentence, subject, thing)
        if quote is None:
            return
        spans = {"subject": subject.span, "cue": cue_span, "object": thing.span}
        spans |= {name: q.span for name, q in qualifiers if name in words}
        inside = tuple((n, s) for n, s in spans.items() if s and quote.start <= s.start < s.end <= quote.end)
        antecedents = tuple(
            Antecedent(slot, f.antecedent[0], f.antecedent[1])
            for slot, f in (("subject", subject), ("object", thing), *qualifiers)
            if f.antecedent
        )
        identity = tuple(sorted((n, w) for n, w in words.items() if n in _IDENTITY))
        rest = tuple(sorted((n, w) for n, w in words.items() if n not in _IDENTITY))
        id_ = statement_id(node.iri, prop, value, status, identity)
        text = self.document.text[quote.start : quote.end]
        speaker = next((q.value for n, q in qualifiers if n == "attributedTo" and isinstance(q.value, Node)), None)
        if emission.relation == "said" and isinstance(node, Node):
            speaker = node
        evidence = Evidence(
            evidence_id(id_, self.document.name, quote, rule, inside), self.document.name, quote, text, rule,
            subject.text, thing.text, inside, antecedents, rest, speaker, guard,
        )  # fmt: skip
        statement = Statement(id_, node, emission.relation, prop, value, status, identity, (evidence,))
        rows = self.made.setdefault(id_, [])
        if all(e.id != evidence.id for _, e in rows):
            rows.append((statement, evidence))

    def _word(self, filler: Filler) -> str:
        if isinstance(filler.value, Node):
            return filler.value.label
        return filler.value.value

    def _claims(self, relation: str) -> bool:
        return relation == "said" or relation in _INITIATIVES

    def _claim(self, agent: Node, thing: Filler) -> Node:
        words = " ".join(thing.text.split())
        every = words.split()
        label = " ".join(every[:_LABEL_WORDS]) + (" …" if len(every) > _LABEL_WORDS else "")
        iri = self.vocabulary.iri("claim", claim_id(agent.iri, words))
        return Node(iri, label, "Claim", (), candidate=False, words=thing.text)

    def _quote(self, sentence: Sentence, *fillers: Filler) -> Span | None:
        span = sentence.span
        if span.end - span.start <= LONGEST_QUOTE:
            return span
        stated = [f.span for f in fillers if f.span]
        if not stated:
            return None
        narrow = Span(min(s.start for s in stated), max(s.end for s in stated))
        return narrow if narrow.end - narrow.start <= LONGEST_QUOTE else None

    def said_by(self, match: Match) -> Iterator[Referent]:
        """Those who speak by a match, refused or not."""
        for emission in match.rule.emits:
            if emission.relation == "said" and emission.subject in match.found.slots:
                mention = mention_at(match, emission.subject)
                with suppress(UnresolvedError):
                    if mention:
                        found = self.references.resolve(mention, "Agent")
                        yield Referent(found.node, found.spans or (mention.span,), found.how)

    def referent(self, skeleton: Skeleton, found: Found, slot: str) -> Referent | None:
        """What a slot of a found pattern stands for, if that can be told."""
        ends = found.slots.get(slot)
        mention = skeleton.units[ends[0]].mention if ends else None
        try:
            referent = self.references.resolve(mention, "Thing") if mention else None
        except UnresolvedError:
            return None
        return (
            Referent(referent.node, referent.spans or (mention.span,), referent.how) if referent and mention else None
        )

    def holders(self, body: Node) -> frozenset[str]:
        """The IRIs of those who hold a post in a body, as far as this document has told."""
        return frozenset(
            s.subject.iri
            for s in self._all()
            if s.relation == "holdsPost" and s.object == body and s.status not in REFUSED
        )

    def only_event(self, before: int) -> Referent | None:
        """The one event that was organised or held according to the words before an offset, if it is one."""
        found = {
            s.subject.iri: Referent(s.subject, tuple(span for name, span in e.spans if name == "subject"), "occasion")
            for s, e in self._rows()
            if s.relation in _OCCASION and e.span.end <= before
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _rows(self) -> Iterator[tuple[Statement, Evidence]]:
        for rows in self.made.values():
            yield from rows

    def _all(self) -> Iterator[Statement]:
        for statement, _ in self._rows():
            yield statement

    def merged(self) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
        """All statements with their evidence, asserted ones and refused ones, in the order of the text."""
        done = [merge([s for s, _ in rows], self.references) for rows in self.made.values()]
        done.sort(key=lambda s: (s.evidence[0].span, s.evidence[0].rule, s.id))
        return (
            tuple(s for s in done if s.status not in REFUSED),
            tuple(s for s in done if s.status in REFUSED),
        )


def merge(same: Sequence[Statement], references: References | None = None) -> Statement:
    """One statement from several with one id: all their evidence, each piece once, in the order of the text."""
    evidence = {e.id: e for s in same for e in s.evidence}
    first, *more = sorted(evidence.values(), key=lambda e: (e.document, e.span, e.rule, e.id))
    best = same[0]
    subject, thing = best.subject, best.object
    if references:
        subject = references.final(subject)
        thing = references.final(thing) if isinstance(thing, Node) else thing
    return Statement(
        best.id, subject, best.relation, best.property, thing, best.status, best.qualifiers, (first, *more)
    )
