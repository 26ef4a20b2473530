"""Fillers: what stands in a place of a statement, a node or a value, with its words and where they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kg.dates import DateExpression
from kg.dates.anchors import Anchors
from kg.dates.days import resolve
from kg.matches import Match, mention_at
from kg.model import Document, Literal, Mention, MentionKind, Node, Span, Status
from kg.references import References
from kg.referents import Referent
from kg.vocabulary import Vocabulary
from kg.words import bare, singular, slug

_HOW = {"agent": "scope", "occasion": "occasion"}
_EDGES = ' \t\u00a0,;:"“”'
#: A member of a list and the units of the heading of its group.
Member = tuple[Mention, tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Filler:
    """A node or a value, its words, where they stand, and where it is named if not by them."""

    value: Node | Literal
    text: str
    span: Span | None = None
    antecedent: tuple[tuple[Span, ...], str] | None = None

    @property
    def word(self) -> str:
        """What it says as a qualifier."""
        return self.value.label if isinstance(self.value, Node) else self.value.value


@dataclass(frozen=True, slots=True)
class Setting:
    """What a scope or a transcript gives to the rules inside it."""

    agent: Referent | None = None
    speaker: Referent | None = None
    occasion: Referent | None = None
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A match being read: its setting, the member chosen from each list, and the days known so far by their words."""

    match: Match
    setting: Setting
    members: Mapping[str, Member]
    days: dict[str, date] = field(default_factory=dict)

    def mention(self, slot: str) -> Mention | None:
        """The mention in a slot; of a list, the member chosen."""
        return self.members[slot][0] if slot in self.members else mention_at(self.match, slot)


@dataclass(frozen=True)
class Fillers:
    """Fills the places of the statements of one document."""

    document: Document
    references: References
    vocabulary: Vocabulary
    anchors: Anchors

    def fill(self, reading: Reading, path: str) -> Filler | None:
        """What a path of a rule (`post`, `post.body`, `speaker`) means in a match; none where nothing stands.

        Raises UnresolvedError where it cannot be told what the words stand for.
        """
        match = reading.match
        if path.startswith("'"):
            return Filler(Literal(path.strip("'")), path.strip("'"))
        first, *rest = path.split(".")
        ends = match.found.slots.get(first)
        if ends is None:
            return self._given(first, match, reading.setting)
        slot = match.rule.expression.slot(first)
        if slot.cls == "Clause":
            item = reading.members.get(first)
            return self.clause(item[0].span if item else match.skeleton.span(*ends))
        if rest == ["heading"]:
            heading = reading.members[first][1] if first in reading.members else None
            return self._heading(match, heading) if heading else None
        mention = reading.mention(first)
        part = next(iter(mention.at(".".join(["self", *rest]))), None) if mention else None
        return self.of_mention(part, "Thing" if rest else slot.cls, reading) if part else None

    def _heading(self, match: Match, units: tuple[int, int]) -> Filler:
        """What the heading of a group says of each of its members."""
        span = match.skeleton.span(*units)
        words = self.document.text[span.start : span.end]
        return Filler(Literal(singular(words)), words, span)

    def _given(self, name: str, match: Match, setting: Setting) -> Filler | None:
        """What needs no words: the document, what a scope or a transcript gives, the ministry spoken of."""
        sentence = match.sentence
        if name == "document":
            title = self.document.title or self.document.name
            node = Node(self.vocabulary.iri("document", self.document.name), title, "Document", (title,))
            return Filler(node, title, None, ((), "document"))
        if name == "ordinal" and setting.ordinal is not None:
            return Filler(Literal(str(setting.ordinal), "integer"), str(setting.ordinal))
        referent = {"agent": setting.agent, "speaker": setting.speaker, "occasion": setting.occasion}.get(name)
        if referent is None and name == "speaker":
            referent = self.references.speaker(sentence)
        if name == "ministry":
            referent = self.references.ministries.near(sentence, match.skeleton.units[match.found.first].span.start)
        if name == "meeting":
            referent = self.references.meetings.behind(sentence, match.skeleton.units[match.found.first].span.start)
        if referent is None:
            return None
        for span in referent.spans:
            if sentence.span.start <= span.start < span.end <= sentence.span.end:
                return Filler(referent.node, self.document.text[span.start : span.end], span)
        return Filler(referent.node, referent.node.label, None, (referent.spans, _HOW.get(name, "") or referent.how))

    def words(self, span: Span) -> Mention:
        """The words of a stretch, as what stands in a slot of a clause."""
        return Mention(span, self.document.text[span.start : span.end], frozenset({"Clause"}), MentionKind.LITERAL)

    def clause(self, span: Span) -> Filler | None:
        """The words of a clause without the marks around them; none where nothing else stands there."""
        text = self.document.text[span.start : span.end]
        start = span.start + len(text) - len(text.lstrip(_EDGES))
        words = text.strip(_EDGES).rstrip(_EDGES + ".")
        return Filler(Literal(words), words, Span(start, start + len(words))) if words else None

    def measured(self, told: Filler) -> Filler:
        """Of what a figure tells: where a rule has only its words, what this document measures or counts by them."""
        if isinstance(told.value, Node):
            return told
        label = bare(told.text)
        return replace(told, value=self.references.nodes.named((slug(label),), label, "Indicator"))

    def of_mention(self, mention: Mention, cls: str, reading: Reading | None = None) -> Filler | None:
        """What a mention stands for in a slot of a class."""
        if isinstance(mention.value, DateExpression):
            return self._date(mention.value, mention, reading)
        if isinstance(mention.value, Span) and "Quotation" in mention.classes | {cls}:
            return self.clause(mention.value)
        if isinstance(mention.value, int):
            return Filler(Literal(str(mention.value), "integer"), mention.text, mention.span)
        if self._is_value(mention, cls):
            return Filler(Literal(bare(mention.text)), mention.text, mention.span)
        referent = self.references.resolve(mention, cls)
        named = (referent.spans, referent.how) if referent.how else None
        words = self.document.text[mention.span.start : mention.span.end]
        return Filler(referent.node, words, mention.span, named)

    def _is_value(self, mention: Mention, cls: str) -> bool:
        if cls == "Acronym":
            return True
        thing = any(self.vocabulary.is_a(c, "Thing") or c == "PostOf" for c in mention.classes)
        return not mention.entities and not thing

    def _same_day(self, mention: Mention) -> Filler | None:
        """The day named before the words `the same day`; alone they are no date."""
        for earlier in self.references.around.earlier(mention):
            said = earlier.value
            if isinstance(said, DateExpression) and said.day.day and not said.relative and not said.last:
                found = self._date(said, earlier, None)
                return replace(found, text=mention.text, span=mention.span) if found else None
        return None

    def _date(self, expression: DateExpression, mention: Mention, reading: Reading | None) -> Filler | None:
        if expression.relative.startswith(("that ", "the same ")):
            return self._same_day(mention)
        planned = reading is not None and reading.match.rule.status is Status.PLANNED
        days = reading.days if reading else {}
        after = max((day for words, day in days.items() if words != mention.text), default=None)
        expression = _with_year(expression, reading)
        found = resolve(expression, self.anchors.day, towards="future" if planned else "past", after=after)
        if found is None:
            return Filler(Literal(mention.text), mention.text, mention.span)
        if found.begin:
            days[mention.text] = found.begin
        return Filler(found, mention.text, mention.span)


def _with_year(expression: DateExpression, reading: Reading | None) -> DateExpression:
    """The first date of `from May 3 to May 9, 2030` with the year of the second."""
    if reading is None or expression.day.year or not expression.day.month:
        return expression
    for first, _ in reading.match.found.slots.values():
        later = reading.match.skeleton.units[first].mention
        value = later.value if later else None
        if isinstance(value, DateExpression) and value.span.start > expression.span.start and value.day.year:
            return replace(expression, day=expression.day._replace(year=value.day.year))
    return expression
