"""An invented build of any size, for the bench and the tests of a large page: the same for the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from kg.identity import claim_id, evidence_id, statement_id
from kg.model import (
    Disposition,
    Document,
    Evidence,
    Extraction,
    Knowledge,
    Literal,
    Node,
    Sentence,
    Span,
    Statement,
    Status,
    Zone,
    ZoneKind,
)
from kg.page import render

BASE = "https://kg.example.org/"

#: Of each class the family that it is drawn as, how many of a hundred entities it has, and its names' last word.
_CLASSES = {
    "Person": ("Person", 30, ""),
    "Company": ("Body", 18, " Company"),
    "Ministry": ("Body", 6, " Ministry"),
    "Team": ("Group", 6, " Team"),
    "City": ("Place", 12, ""),
    "Forum": ("Event", 10, " Forum"),
    "Plan": ("Initiative", 5, " Plan"),
    "Report": ("Work", 5, " Report"),
    "Machine": ("Product", 4, " Machine"),
    "Matter": ("Topic", 2, " Matter"),
    "Term": ("Period", 2, " Term"),
}
FAMILIES = {name: family for name, (family, _, _) in _CLASSES.items()} | {"Measure": "Claim"}

#: What each family is the subject of: properties whose words are read below, and the interface's name for each.
_ARROWS = {
    "Person": ("ministerOf", "attended", "spokeAt", "memberOf"),
    "Body": ("hasMember", "organised", "locatedIn", "supportedBy"),
    "Group": ("hasMember", "attended"),
    "Place": ("locatedIn",),
    "Event": ("heldIn", "organisedBy", "attendedBy", "partOf"),
    "Initiative": ("initiatedBy", "supportedBy"),
    "Work": ("publishedBy", "mentions"),
    "Product": ("madeBy",),
    "Topic": ("partOf",),
    "Period": ("partOf",),
}
_RELATIONS = {"ministerOf": "holdsPost"}
_ROWS = ("figure", "describedAs", "startsOn", "theme")
LABELS = {
    "ministerOf": "minister of",
    "spokeAt": "spoke at",
    "memberOf": "member of",
    "hasMember": "has member",
    "locatedIn": "located in",
    "supportedBy": "supported by",
    "heldIn": "held in",
    "organisedBy": "organised by",
    "attendedBy": "attended by",
    "partOf": "part of",
    "initiatedBy": "initiated by",
    "publishedBy": "published by",
    "madeBy": "made by",
    "describedAs": "described as",
    "startsOn": "starts on",
}
RULES = {
    f"invented.{name}": (f"Who or what {name}, in as many words.", f"{{subject:Thing}} <{name}> {{object:Thing}}")
    for name in sorted({*(name for names in _ARROWS.values() for name in names), *_ROWS, "said", "proposed"})
}

_SYLLABLES = "ba den fo gar hal i jo ka lin mor na os pel qui ra sun ta ul ver wo xi yan ze".split()
_FILLER = "the harbour trade season market office quarter line supply growth project board notice plan valley".split()
_STATUSES = (Status.ASSERTED,) * 8 + (Status.PLANNED, Status.FORMER)
#: Statements of one document, and days over which documents come.
_EACH, _DAYS = 90, 2_000


@dataclass
class _Text:
    """A document as it is being written, sentence by sentence."""

    name: str
    published: date | None
    words: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    dispositions: list[Disposition] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    def write(self, sentence: str, kind: str) -> int:
        """Where the sentence begins."""
        start = len(self.words)
        span = Span(start, start + len(sentence))
        zone = Zone(ZoneKind.BODY, span)
        made = Sentence(len(self.sentences), span, zone, len(self.sentences) + 1)
        self.sentences.append(made)
        self.dispositions.append(Disposition(made, kind))
        self.words += sentence + "\n"
        return start


def knowledge(nodes: int, statements: int, seed: int = 4) -> Knowledge:
    """So many entities and so many statements: half of these are arrows, a quarter values, a quarter claims.

    Most entities hang together, and those with many arrows get more (preferential attachment), so that some are hubs.
    """
    chance = Random(seed)
    entities = list(_entities(nodes, chance))
    facts = [*_arrows(entities, max(nodes, statements // 2), chance)]
    facts += _values(entities, (statements - len(facts)) // 2, chance)
    facts += _claims(entities, statements - len(facts), chance)
    chance.shuffle(facts)
    texts = [
        _Text(f"{number:04}", date(2020, 1, 1) + timedelta(chance.randrange(_DAYS)) if number % 9 else None)
        for number in range(1 + statements // _EACH)
    ]
    made = []
    for number, (subject, name, thing) in enumerate(facts):
        status = chance.choice(_STATUSES) if isinstance(thing, Node) and not thing.words else Status.ASSERTED
        home = [texts[number // _EACH], *([chance.choice(texts)] if chance.random() < 0.15 else [])]
        found = [_told(text, subject, name, thing, chance) for text in home]
        one = statement_id(subject.iri, name, thing, status, ())
        relation = _RELATIONS.get(name, name)
        made.append(Statement(one, subject, relation, name, thing, status, (), (found[0], *found[1:])))
        home[0].statements.append(made[-1])
        if chance.random() < 0.3:
            home[0].write(_filler(12, chance).capitalize() + ".", "undecided")
    return Knowledge(
        tuple(_extraction(text) for text in texts),
        tuple(made),
        (),
        tuple((text.name, tuple(text.dispositions)) for text in texts),
    )


def page(nodes: int, statements: int, seed: int = 4) -> str:
    """The page of such a build."""
    return render(knowledge(nodes, statements, seed), base=BASE, labels=LABELS, rules=RULES, families=FAMILIES)


def _extraction(text: _Text) -> Extraction:
    title = text.sentences[0].span if text.sentences else Span(0, 0)
    document = Document(text.name, text.words, text.words[slice(*title)], f"Paper {text.name[-1]}", text.published)
    return Extraction(document, tuple(text.sentences), tuple(text.statements))


def _entities(count: int, chance: Random) -> Iterator[Node]:
    names = list(_CLASSES)
    weights = [weight for _, weight, _ in _CLASSES.values()]
    seen: set[str] = set()
    while len(seen) < count:
        kind = names[len(seen)] if len(seen) < len(names) else chance.choices(names, weights)[0]
        label = f"{_name(chance)} {_name(chance)}{_CLASSES[kind][2]}"
        if label in seen:
            continue
        seen.add(label)
        short = "".join(word[0] for word in label.split()) + str(len(seen))
        iri = f"{BASE}id/{label.lower().replace(' ', '-')}"
        yield Node(iri, label, kind, (label, short), candidate=chance.random() < 0.3)


_Fact = tuple[Node, str, Node | Literal]


def _arrows(entities: Sequence[Node], count: int, chance: Random) -> Iterator[_Fact]:
    """Each entity is joined to one before it, but for one in forty; then arrows come where there are many."""
    ends = [entities[0]]
    seen: set[tuple[str, str, str]] = set()
    turn = 1
    while len(seen) < count:
        late = turn >= len(entities)
        subject = chance.choice(ends) if late else entities[turn]
        turn += 1
        thing = subject if not late and turn % 40 == 0 else chance.choice(ends)
        name = chance.choice(_ARROWS[FAMILIES[subject.type]])
        if (subject.iri, name, thing.iri) in seen or (late and subject is thing):
            continue
        seen.add((subject.iri, name, thing.iri))
        ends += [subject, thing]
        yield subject, name, thing


def _values(entities: Sequence[Node], count: int, chance: Random) -> Iterator[_Fact]:
    for number in range(count):
        day = date(2020, 1, 1) + timedelta(chance.randrange(_DAYS))
        name = _ROWS[number % len(_ROWS)]
        value = f"{number + 10} {_filler(2, chance)}"
        made = Literal(day.isoformat(), "date", day, day) if name == "startsOn" else Literal(value)
        yield entities[(number * 7 + number // len(entities)) % len(entities)], name, made


def _claims(entities: Sequence[Node], count: int, chance: Random) -> Iterator[_Fact]:
    """Few speak, and those who do say much."""
    speakers = [one for one in entities if FAMILIES[one.type] in ("Person", "Body")]
    speakers = speakers[: max(1, len(speakers) // 8)]
    for number in range(count):
        agent = chance.choice(speakers)
        name, kind = (("proposed", "Measure"), ("said", "Claim"), ("said", "Claim"))[number % 3]
        words = f"{_filler(14, chance)} {number}"
        yield agent, name, Node(BASE + claim_id(agent.iri, words), words[:30] + "…", kind, (), words=words)


def _told(text: _Text, subject: Node, name: str, thing: Node | Literal, chance: Random) -> Evidence:
    """The evidence for a fact: a sentence of its own, written into a document."""
    words = (thing.words or thing.label) if isinstance(thing, Node) else thing.value
    cue = LABELS.get(name, name)
    quote = f"{subject.label} {cue} {words}, {_filler(6, chance)}."
    start = text.write(quote, "extracted")
    marks = []
    at = start
    for slot, part in (("subject", subject.label), ("cue", cue), ("object", words)):
        marks.append((slot, Span(at, at + len(part))))
        at += len(part) + 1
    span = Span(start, start + len(quote))
    rule = f"invented.{name}"
    one = evidence_id(subject.iri, text.name, span, rule, marks)
    return Evidence(one, text.name, span, quote, rule, subject.label, words, tuple(marks))


def _name(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))).capitalize()


def _filler(count: int, chance: Random) -> str:
    return " ".join(chance.choices(_FILLER, k=count))
