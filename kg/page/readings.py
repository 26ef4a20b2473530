"""A piece of evidence as the page shows it: the sentence cut at its marks, who says so, by which rule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypedDict

from kg.model import Document, Evidence, Span


class Part(TypedDict):
    """A piece of a quote, and the slots whose words it belongs to (none, one, or several that overlap)."""

    text: str
    slots: list[str]


class StandIn(TypedDict):
    """The words that a slot without words of its own in the quote stands for, and how that was told."""

    slot: str
    words: list[str]
    how: str


class Reading(TypedDict):
    """One piece of evidence."""

    id: str
    document: str
    rule: str
    parts: list[Part]
    antecedents: list[StandIn]
    qualifiers: list[tuple[str, str]]
    speaker: str


def reading(evidence: Evidence, document: Document, labels: Mapping[str, str], names: Mapping[str, str]) -> Reading:
    """Return what the page shows of a piece of evidence of this document.

    `labels` give words for the names of qualifiers, `names` the label for a qualifier that is an IRI.
    """
    return {
        "id": evidence.id,
        "document": evidence.document,
        "rule": evidence.rule,
        "parts": parts(evidence.quote, evidence.span.start, evidence.spans),
        "antecedents": [
            {
                "slot": spoken(one.slot, labels),
                "words": [document.text[start:end] for start, end in one.spans],
                "how": one.how,
            }
            for one in evidence.antecedents
        ],
        "qualifiers": qualifiers(evidence.qualifiers, labels, names),
        "speaker": evidence.speaker.label if evidence.speaker else "",
    }


def parts(quote: str, start: int, spans: Sequence[tuple[str, Span]]) -> list[Part]:
    """Return the quote in pieces, cut wherever the words of a slot begin or end; joined they are the quote.

    `start` is where the quote begins in its document, whose characters the spans count. Cut here and not in
    the page, because JavaScript counts an emoji as two.

    >>> for part in parts("🍵 Roe said yes.", 10, [("subject", Span(12, 15)), ("cue", Span(16, 20))]):
    ...     print(part)
    {'text': '🍵 ', 'slots': []}
    {'text': 'Roe', 'slots': ['subject']}
    {'text': ' ', 'slots': []}
    {'text': 'said', 'slots': ['cue']}
    {'text': ' yes.', 'slots': []}
    """
    marks = [(slot, max(0, a - start), min(len(quote), b - start)) for slot, (a, b) in spans]
    cuts = sorted({0, len(quote)}.union(*({a, b} for _, a, b in marks if a < b)))
    return [
        {
            "text": quote[left:right],
            # The longer mark lies outside, so that the shorter one is seen.
            "slots": [
                slot for slot, a, b in sorted(marks, key=lambda m: (m[1] - m[2], m[0])) if a <= left < right <= b
            ],
        }
        for left, right in pairwise(cuts)
    ]


def qualifiers(
    pairs: Sequence[tuple[str, str]], labels: Mapping[str, str], names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return qualifiers with their names and values in words.

    >>> pairs = [("attributedTo", "https://e.org/id/roe"), ("ordinal", "2")]
    >>> qualifiers(pairs, {}, {"https://e.org/id/roe": "Roe"})
    [('attributed to', 'Roe'), ('ordinal', '2')]
    """
    return [(spoken(name, labels), names.get(value, value)) for name, value in pairs]


def spoken(name: str, labels: Mapping[str, str]) -> str:
    """Return the label of a property, class or slot; without one, its local name in words.

    >>> spoken("ministerOf", {"ministerOf": "minister of"}), spoken("dateText", {})
    ('minister of', 'in the words')
    >>> spoken("PressConference", {})
    'press conference'
    """
    return labels.get(name) or _OWN.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


_OWN = {"dateText": "in the words"}
