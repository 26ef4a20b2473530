"""Examples: every rule and shape is run on the texts beside it, with the whole book, and must say what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.entities import Entity
from kg.errors import Fault
from kg.mentions import mentions
from kg.model import Document, Literal, Sentence, Span, Statement, Zone, ZoneKind
from kg.pattern import TEXT_SLOTS, slots
from kg.pipeline import Ontology, extract
from kg.rules import MARK, Example, Rule, Shape
from kg.sentences import sentences
from kg.words import slug

_TURN = re.compile(r"^([^:\n]{1,60}):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many examples ran, and which of them are known misses."""

    run: int
    todo: tuple[str, ...]
    faults: tuple[Fault, ...]


def check(ontology: Ontology) -> Tally:
    """The examples of all rules and shapes: a fault for each that does not give what it says it gives."""
    run, todo, faults = 0, [], []
    for owner in ontology.book.readers:
        for example in owner.examples:
            run += 1
            wrong = list(_wrong(owner, example, ontology))
            if example.todo:
                todo.append(f"{owner.id}: {example.text}")
                if not wrong:
                    faults.append(
                        Fault(owner.path, example.line, f"{owner.id}: the todo example passes now: promote it")
                    )
            else:
                faults += [Fault(owner.path, example.line, f"{owner.id}: {w}") for w in wrong]
    return Tally(run, tuple(todo), tuple(faults))


def _wrong(owner: Rule | Shape, example: Example, ontology: Ontology) -> Iterator[str]:
    document, known = read(example, ontology)
    cut = cut_zones(document.text, example.zone)
    if isinstance(owner, Shape):
        yield from _wrong_shape(owner, example, document, known, cut)
        return
    found = extract(document, known, cut=cut)
    ours = [told(s) for s in found.statements if any(e.rule == owner.id for e in s.evidence)]
    yield from _difference(example.gives, ours)
    if not example.gives:
        yield from _no_near_miss(owner, document, found.sentences, known)
    rules = {r.id for r in known.book.rules}
    fired = {e.rule for s in found.statements for e in s.evidence} & rules - {owner.id}
    for other in sorted(fired - set(example.also)):
        yield f"{other} fires too: name it in `also`, or keep it out"
    for other in sorted(set(example.also) - fired):
        yield f"{other} stands in `also`, and does not fire"


def _no_near_miss(rule: Rule, document: Document, cut: Sequence[Sentence], known: Ontology) -> Iterator[str]:
    """The classes of slots that the text has no mention of: such a text misses by a mile."""
    there = {
        cls
        for skeleton in mentions(document, cut, known.reader).values()
        for unit in skeleton.units
        for m in (unit.mention.nested() if unit.mention else ())
        for cls in skeleton.alphabet.closure(m.classes)
    }
    for slot in slots(rule.expression.tree, required=True):
        if slot.cls not in TEXT_SLOTS and there.isdisjoint(slot.cls.split("|")):
            yield f"the near miss has nothing that could fill {{{slot.name}:{slot.cls}}}"


def _wrong_shape(
    shape: Shape, example: Example, document: Document, known: Ontology, cut: tuple[Zone, ...]
) -> Iterator[str]:
    skeletons = mentions(document, sentences(document.text, cut), known.reader)
    made = {
        (m.text, min(m.classes)): ()
        for skeleton in skeletons.values()
        for unit in skeleton.units
        if unit.mention
        for m in unit.mention.nested()
        if m.shape == shape.id
    }
    yield from _difference(example.gives, [(text, cls, {}) for text, cls in made])


def _difference(wanted: Iterable[tuple[Any, ...]], ours: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """What is missing and what is too much; of the table at the end only the keys that are wanted count."""
    left = list(ours)
    for want in wanted:
        plain, more = (want[:-1], want[-1]) if isinstance(want[-1], dict) else (want, {})
        hit = next((o for o in left if o[:-1] == plain and more.items() <= o[-1].items()), None)
        if hit is None:
            got = "; ".join(_printed(other[:-1], {k: other[-1].get(k, "untold") for k in more}) for other in left)
            yield f"does not give {_printed(plain, more)}, but {got or 'nothing'}"
        else:
            left.remove(hit)
    for other in left:
        said = _printed(other[:-1], {})
        yield f"fires, and `gives` does not say so: {said}; say it there, or tighten the pattern, `unless` or `never`"


def _printed(words: Iterable[Any], more: Mapping[str, Any]) -> str:
    return " ".join((*(f"[{word}]" for word in words), *(f"({name} {value})" for name, value in more.items())))


def told(statement: Statement) -> tuple[Any, ...]:
    """Subject, relation and object as people read them, with status and qualifiers."""
    thing = statement.object
    words = thing.value if isinstance(thing, Literal) else thing.words or thing.label
    qualifiers = dict((*statement.qualifiers, *statement.evidence[0].qualifiers))
    return (
        statement.subject.label,
        statement.relation,
        words,
        {"status": statement.status.value, **qualifiers},
    )


def read(example: Example, ontology: Ontology) -> tuple[Document, Ontology]:
    """The text of an example without its marks, and an ontology that knows the marked names and no other."""
    names: dict[str, str] = {}
    for m in MARK.finditer(example.text):
        if ontology.vocabulary.is_a(m[2], "Thing") or m[2] == "Demonym":
            names[m[1]] = m[2]
    known = [_entity(name, cls, ontology.vocabulary.iri("id", slug(name))) for name, cls in sorted(names.items())]
    text = MARK.sub(lambda m: m[1], example.text)
    published = date.fromisoformat(example.date) if example.date else None
    return Document("example", text, published=published), ontology.knowing(known)


def _entity(name: str, cls: str, iri: str) -> Entity:
    """A marked name as an entity; a demonym is one of a country of its own."""
    if cls == "Demonym":
        return Entity(iri, name, frozenset({"Country"}), (), (name,))
    return Entity(iri, name, frozenset({cls}), (name,))


def cut_zones(text: str, kind: str) -> tuple[Zone, ...]:
    """One zone for each line of an example: of the kind given, else a turn after `Jane Roe:`, else body."""
    found: list[Zone] = []
    speaker: Span | None = None
    for m in re.finditer(r"[^\n]+", text):
        turn = _TURN.match(m[0])
        if turn and not kind and all(word[0].isupper() for word in turn[1].split()):
            speaker = Span(m.start(), m.start() + turn.end(1))
            found.append(Zone(ZoneKind.HEADING, Span(m.start(), m.start() + turn.end()), speaker))
            found.append(Zone(ZoneKind.TURN, Span(m.start() + turn.end(), m.end()), speaker))
        else:
            usual = ZoneKind.TURN if speaker else ZoneKind.BODY
            found.append(Zone(ZoneKind(kind) if kind else usual, Span(m.start(), m.end()), speaker))
    return tuple(found)
