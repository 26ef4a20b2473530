"""A piece of evidence as the page shows it: its place in the document, its marks, who says so, by which rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypedDict

from kg.model import Document, Evidence
from kg.page.sources import Text
from kg.page.wording import qualifiers, spoken
from kg.vocabulary import iri


class StandIn(TypedDict):
    """The words that a slot without words of its own in the quote stands for, how that was told, and where they are.

    `at` is empty where the page does not carry those words in their document.
    """

    slot: str
    words: list[str]
    how: str
    at: list[tuple[int, int]]


class Rule(NamedTuple):
    """What a rule says, its pattern, and its IRI without `base`; the first two are empty where no book has it."""

    says: str
    pattern: str
    iri: str


class Reading(TypedDict):
    """One piece of evidence. Offsets, also those of `marks`, count UTF-16 units of the document's text in the page."""

    id: str
    document: str
    start: int
    end: int
    rule: str
    marks: list[tuple[str, int, int]]
    antecedents: list[StandIn]
    qualifiers: list[tuple[str, str]]
    speaker: str


def reading(
    evidence: Evidence, document: Document, text: Text, labels: Mapping[str, str], names: Mapping[str, str]
) -> Reading:
    """What the page shows of a piece of evidence of this document, of which it carries `text`.

    `labels` give words for the names of qualifiers, `names` the label for a qualifier that is an IRI.
    """
    return {
        "id": evidence.id,
        "document": evidence.document,
        "start": text.at(evidence.span.start),
        "end": text.at(evidence.span.end),
        "rule": evidence.rule,
        "marks": [(slot, text.at(start), text.at(end)) for slot, (start, end) in evidence.spans],
        "antecedents": [
            {
                "slot": spoken(one.slot, labels),
                "words": [document.text[start:end] for start, end in one.spans],
                "how": one.how,
                "at": [(text.at(span.start), text.at(span.end)) for span in one.spans if text.has(span)],
            }
            for one in evidence.antecedents
        ],
        "qualifiers": qualifiers(evidence.qualifiers, labels, names),
        "speaker": evidence.speaker.label if evidence.speaker else "",
    }


def rule(name: str, book: Mapping[str, tuple[str, str]]) -> Rule:
    """What the page shows of a rule by its id.

    >>> rule("posts.a&b", {"posts.a&b": ("Who is what.", "{p:Person}")})
    Rule(says='Who is what.', pattern='{p:Person}', iri='rule/posts.a%26b')
    """
    return Rule(*book.get(name, ("", "")), iri("", "rule", name))
