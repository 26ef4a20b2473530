"""Statements: what is said of whom, with the words that say it; no statement without a quote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from kg import titles
from kg.fillers import Filler, Fillers
from kg.identity import IDENTIFYING, claim_id, evidence_id, statement_id
from kg.model import (
    REFUSED,
    Antecedent,
    Dropped,
    Evidence,
    Literal,
    Node,
    Sentence,
    Span,
    Statement,
    Status,
)
from kg.occasions import Occasions
from kg.words import abbreviates

#: A quote is a sentence or two, not a document.
LONGEST_QUOTE = 1200
_LABEL_WORDS = 9
#: Their object is a clause, and the clause a node of its own.
_CLAIMS = {"said": "Claim", "proposed": "Measure", "announced": "Claim", "launched": "Claim", "released": "Claim"}


@dataclass(frozen=True, slots=True)
class Reader:
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
    dropped: list[Dropped] = field(default_factory=list)
    occasions: Occasions = field(default_factory=Occasions)
    _places: dict[str, int] = field(default_factory=dict)
    _holders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def drop(self, reader: Reader, words: str, why: str, missing: str = "") -> None:
        """Notes that of these words no statement is made, and why."""
        self.dropped.append(Dropped(reader.sentence.index, reader.id, words, why, missing))

    def state(
        self, relation: str, subject: Filler, thing: Filler, qualifiers: Sequence[tuple[str, Filler]], reader: Reader
    ) -> None:
        """One statement with its evidence; where it would be none, it is dropped with a reason."""
        node, value = subject.value, thing.value
        said = f"{subject.text} {relation} {thing.text}"
        if not isinstance(node, Node):
            self.drop(reader, said, f"{subject.text!r} is a value, of which nothing can be said")
            return
        if misfit := self._misfit(relation, node, value, subject.text):
            self.drop(reader, said, misfit)
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
            self.drop(reader, said, why)
            return
        identity = tuple(sorted((n, w) for n, w in words.items() if n in IDENTIFYING))
        id_ = statement_id(node.iri, prop, value, status, identity)
        evidence = self._evidence(id_, relation, subject, thing, qualifiers, quote, reader, words)
        statement = Statement(id_, node, relation, prop, value, status, identity, (evidence,))
        self._keep(statement, evidence)

    def _keep(self, statement: Statement, evidence: Evidence) -> None:
        """Keeps a statement, and what others ask of those before it."""
        pieces = self.made.setdefault(statement.id, {})
        if evidence.id in pieces:
            return
        place = (self._places.setdefault(statement.id, len(self._places)), len(pieces))
        pieces[evidence.id] = statement
        if statement.status in REFUSED:
            return
        self.occasions.note(statement, evidence, place)
        if statement.relation == "holdsPost" and isinstance(statement.object, Node):
            self._holders[statement.object.iri].add(statement.subject.iri)

    def holders(self, body: Node) -> Collection[str]:
        """The IRIs of those who hold a post in a body, as far as this document has told."""
        return self._holders.get(body.iri, ())

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
        qualifiers: Sequence[tuple[str, Filler]], quote: Span, reader: Reader, words: dict[str, str],
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
