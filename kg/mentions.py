"""Mentions: the names known, the literals, and the shapes of names and descriptions, as the units of each sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.alphabet import Alphabet
from kg.expression import Found
from kg.fragments import Fragments
from kg.gazetteer import Gazetteer, NameHit
from kg.index import Index
from kg.learned import learn
from kg.literals import literals
from kg.model import Document, Mention, MentionKind, Sentence, Span, ZoneKind
from kg.pattern import TEXT_SLOTS, Slot
from kg.rules import Shape
from kg.skeleton import Skeleton, Unit, units
from kg.slots import innermost, members

#: Names nest no deeper than this; a hostile sentence must not make us look for ever.
DEEPEST = 8
ARTICLES = frozenset("the a an this that these those its their his her our another".split())
#: `its chairman` is of the one body that the sentence has named before.
OWNER = "its"
#: Which of two readings of the same words counts.
_SURE = (MentionKind.SURNAME, MentionKind.ABBREVIATION, MentionKind.NAME, MentionKind.SHAPE, MentionKind.LITERAL)
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9&-]{1,9}s?")
#: Parts of a shape that are nothing by themselves: the whole, and the core of a longer name.
UNNAMED = ("self", "core")
#: `the next meeting` is not the one before it.
OTHERS = frozenset("another next new previous last following future upcoming other different coming".split())


@dataclass(frozen=True)
class Reader:
    """What finding mentions needs to know; the same for all documents."""

    gazetteer: Gazetteer
    alphabet: Alphabet
    shapes: Index[Shape]
    pronouns: Mapping[str, str]
    small: frozenset[str]
    no_noun: frozenset[str] = frozenset()
    fragments: Fragments = field(default_factory=Fragments)


def mentions(
    document: Document, sentences: Sequence[Sentence], reader: Reader, silent: Collection[int] = ()
) -> dict[int, Skeleton]:
    """The skeleton of every sentence that is read, by its index; of those that are `silent` without a unit.

    Sentences are read twice: what the first reading teaches (surnames, abbreviations in brackets) is known in the
    second.
    """
    nothing = Skeleton((), reader.alphabet)
    read = [s for s in sentences if not s.unread]
    first = {s.index: nothing if s.index in silent else _skeleton(document.text, s.span, (), reader) for s in read}
    lines = (document.text[s.span.start : s.span.end] for s in read if s.zone.kind is ZoneKind.DATELINE)
    taught = learn(document.text, first.values(), lines, reader.gazetteer)
    for sentence in read:
        more = tuple(taught.recognise(document.text, sentence, first[sentence.index]))
        if more:
            first[sentence.index] = _skeleton(document.text, sentence.span, more, reader)
    return first


def _skeleton(text: str, span: Span, learned: Sequence[Mention], reader: Reader) -> Skeleton:
    names = [_name(text, span.start, hit, reader) for hit in reader.gazetteer.find(text[span.start : span.end])]
    outermost = _outermost([*learned, *names, *literals(text, span)])
    found = units(text, span, outermost, reader.small, reader.no_noun)
    if any(unit.text in reader.pronouns for unit in found):
        found = tuple(_pronoun(u, behind, text, span, reader) for u, behind in pairwise((*found, None)) if u)
    return _possessive(reader.fragments.whole(shaped(Skeleton(found, reader.alphabet), text, reader)))


def _possessive(skeleton: Skeleton) -> Skeleton:
    """The skeleton in which the mark behind a name of several is `'s`: `the Council of Ministers' office`."""
    found = skeleton.units
    owned = {
        i
        for i, (name, sign, word) in enumerate(zip(found, found[1:], found[2:], strict=False), start=1)
        if name.mention and name.mention.text[-1] == "s" and sign.text == "'" and sign.span.end < word.span.start
    }
    made = (u._replace(text="'s") if i in owned else u for i, u in enumerate(found))
    return replace(skeleton, units=tuple(made)) if owned else skeleton


def _name(text: str, start: int, hit: NameHit, reader: Reader) -> Mention:
    span = Span(start + hit.start, start + hit.end)
    words = text[span.start : span.end]
    classes = {"Demonym"} if hit.demonym else {c for i in hit.entities for c in reader.gazetteer.entities[i].classes}
    if _ABBREVIATION.fullmatch(words):
        classes.add("Acronym")
    return Mention(span, words, frozenset(classes), MentionKind.NAME, hit.entities)


def _outermost(found: Sequence[Mention]) -> list[Mention]:
    """The longest mentions, none overlapping another; a quotation that is nothing but a name is that name too."""
    order = sorted(found, key=lambda m: (m.span.start - m.span.end, _SURE.index(m.kind), m.span.start))
    kept: list[Mention] = []
    taken: set[int] = set()
    names = {m.span: m for m in order if m.kind is MentionKind.NAME}
    for mention in order:
        if taken.isdisjoint(range(*mention.span)):
            taken.update(range(*mention.span))
            kept.append(_quoted_name(mention, names))
    return sorted(kept, key=lambda m: m.span)


def _quoted_name(mention: Mention, names: Mapping[Span, Mention]) -> Mention:
    name = names.get(mention.value) if isinstance(mention.value, Span) else None
    if name is None:
        return mention
    return replace(name, span=mention.span, classes=name.classes | mention.classes, value=mention.value)


def _pronoun(unit: Unit, behind: Unit | None, text: str, sentence: Span, reader: Reader) -> Unit:
    cls = reader.pronouns.get(unit.text) if unit.mention is None else None
    words = text[unit.span.start : unit.span.end]
    if cls is None or (words[0].isupper() and unit.span.start > sentence.start):
        return unit  # inside a sentence, `He` is a surname
    if behind and behind.capital and behind.mention is None and behind.span.start == unit.span.end + 1:
        return unit._replace(capital=words[0].isupper())  # and so in `He Ping, vice minister`
    return unit._replace(mention=Mention(unit.span, words, frozenset({cls}), MentionKind.PRONOUN))


def shaped(skeleton: Skeleton, text: str, reader: Reader) -> Skeleton:
    """The skeleton with every shape found, nested ones inside those around them."""

    def step(skeleton: Skeleton, shape: Shape) -> Skeleton:
        # A part of a part, before others look at either.
        for _ in range(DEEPEST + 1 if shape.inherits else 1):
            before, skeleton = skeleton, _with_shape(skeleton, shape, text, reader)
            if skeleton is before:
                break
        return skeleton

    for _ in range(DEEPEST):
        before, skeleton = skeleton, reader.shapes.fold(step, skeleton)
        if skeleton is before:
            break
    return skeleton


def _with_shape(skeleton: Skeleton, shape: Shape, text: str, reader: Reader) -> Skeleton:
    made: list[Unit] = []
    at = 0
    for found in shape.expression.find(skeleton):
        first, last = found.slots.get("self", (found.first, found.last))
        only = skeleton.units[first].mention if last - first == 1 else None
        if only and only.classes != {"Acronym"}:
            continue  # a mention is not read as another one, unless nothing was known of it
        if shape.cls in ("Person", "Agent") and not shape.refers:
            begin = reader.fragments.person(skeleton.units, first, last, sure=shape.cls == "Person")
            if begin is None:
                continue
            found = replace(found, slots={**found.slots, "self": (begin, last)}) if begin > first else found
            first = begin
        made += skeleton.units[at:first]
        mention = _shape_mention(skeleton, found, shape, text, reader)
        made.append(Unit(mention.span, "", mention, capital=text[mention.span.start].isupper()))
        at = last
    return replace(skeleton, units=(*made, *skeleton.units[at:])) if at else skeleton


def _shape_mention(skeleton: Skeleton, found: Found, shape: Shape, text: str, reader: Reader) -> Mention:
    first, last = found.slots.get("self", (found.first, found.last))
    span = skeleton.span(first, last)
    parts = [
        (name, m)
        for name, ends in found.slots.items()
        for m in _parts(skeleton, ends, shape.expression.slot(name), text)
    ]
    slots = dict(parts)
    for part, cls, template in shape.names:
        if template.startswith(OWNER):
            owner = Mention(span, template, frozenset({cls}), MentionKind.NOUN, article=OWNER)
            parts.append((part, owner))
        elif built := _built(part, cls, template, span, slots, reader):
            parts.append((part, built))
    kind = MentionKind.NOUN if shape.refers else MentionKind.SHAPE
    words = text[span.start : span.end]
    return Mention(
        span,
        words,
        slots[shape.inherits].classes - {"Acronym"} if shape.inherits in slots else frozenset({shape.cls}),
        kind,
        reader.gazetteer.named(words) if shape.proper else (),
        shape.id,
        tuple((name, m) for name, m in parts if name not in UNNAMED),
        article=_article(skeleton, first),
    )


def _parts(skeleton: Skeleton, ends: tuple[int, int], slot: Slot, text: str) -> Iterable[Mention]:
    """The mentions that fill a slot of a shape: one, several in a list, or words."""
    first, last = ends
    only = skeleton.units[first].mention if last - first == 1 else None
    if slot.mode == "+" and slot.cls not in TEXT_SLOTS:
        yield from (m for m, _ in members(skeleton, ends, slot.cls))
    elif only and slot.mode == "<":
        yield innermost(skeleton, only, slot.cls)
    elif only and slot.cls not in TEXT_SLOTS:
        yield only
    else:
        span = skeleton.span(first, last)
        yield Mention(span, text[span.start : span.end], frozenset(), MentionKind.LITERAL)


def _built(
    part: str, cls: str, template: str, span: Span, slots: Mapping[str, Mention], reader: Reader
) -> Mention | None:
    """The mention of a name that the words imply: `minister of commerce` implies `Ministry of commerce`."""
    needed = re.findall(r"\{(\w+)\}", template)
    if any(n not in slots for n in needed):
        return None
    words = re.sub(r"\{(\w+)\}", lambda m: " ".join(slots[m[1]].text.split()), template)
    words = " ".join(w if w in reader.small or w[0].isupper() else w[0].upper() + w[1:] for w in words.split())
    known = reader.gazetteer.named(words)
    span = slots[needed[0]].span if needed else span
    kind = MentionKind.NAME if known else MentionKind.SHAPE
    classes = {c for i in known for c in reader.gazetteer.entities[i].classes} or {cls}
    return Mention(span, words, frozenset(classes), kind, known, "" if known else part)


def _article(skeleton: Skeleton, first: int) -> str:
    inside = skeleton.units[first].text
    if inside in ARTICLES:
        return inside
    before = skeleton.units[first - 1].text if first else ""
    if before in OTHERS:
        return "another"
    return before if before in ARTICLES else ""
