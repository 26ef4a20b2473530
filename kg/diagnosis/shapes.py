"""Shapes of names on the bench: what one made a mention of, and how near it came where it made none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.diagnosis.nearness import blocked, measured, near
from kg.diagnosis.reach import Gauge
from kg.diagnosis.records import Near, Outcome
from kg.diagnosis.sights import Sight
from kg.index import Index
from kg.mentions import mentions
from kg.model import Sentence
from kg.pipeline import Passage
from kg.rules import Shape


def named(shape: Shape, passage: Passage, sentence: Sentence) -> Iterator[Outcome]:
    """The mentions that a shape made in a sentence."""
    for unit in passage.skeletons[sentence.index].units:
        for mention in unit.mention.nested() if unit.mention else ():
            if mention.shape == shape.id:
                words = " ".join(mention.text.split())
                yield Outcome("named", shape.id, words, f"a mention, {'|'.join(sorted(mention.classes))}")


def near_shape(shape: Shape, passage: Passage, sentence: Sentence) -> Near | None:
    """How near a shape came, in the sentence as the shapes before it left it and as it is in the end."""
    text, reader, late = passage.document.text, passage.ontology.reader, passage.skeletons[sentence.index]
    every = reader.shapes.readers
    earlier = replace(reader, shapes=Index(every[: every.index(shape)]))
    early = mentions(passage.document, passage.sentences, earlier)[sentence.index]
    for skeleton in (early, late):
        for found in shape.expression.find(skeleton):
            span = skeleton.span(*found.slots.get("self", (found.first, found.last)))
            taken = Sight(late, text, reader.small).mentions(span)
            told = (f'"{p.words}" is a mention already, {"|".join(p.classes)} ({p.how})' for p in taken)
            words = Sight(skeleton, text, reader.small).words(found.first, found.last)
            return blocked(shape, words, " and ".join(told))
    made = measured(shape, [Gauge(early), Gauge(late)])
    return near(made, text, reader.small) if made else None
