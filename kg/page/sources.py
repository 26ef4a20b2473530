"""A document as the page shows it: its text, each sentence with what became of it, and what was not stated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, TypedDict

from kg.model import Disposition, Extraction, Span, Statement
from kg.page.wording import spoken
from kg.vocabulary import iri

#: Between two sentences where words of the document are left out.
GAP = " […] "


class Sentence(NamedTuple):
    """Where it stands in the text of the page, what became of it and why; empty where its words are left out."""

    start: int
    end: int
    kind: str
    why: str
    zone: str


class NearFact(TypedDict):
    """What a sentence seems to say and does not: refused by a guard or a person, or left open."""

    start: int
    end: int
    words: str
    why: str
    rule: str


class Source(TypedDict):
    """A document; `translated` where its words went through a machine. Offsets count UTF-16 units of `text`.

    `iri` is its own without the dataset's, `shares` has the names of documents with which it shares a passage.
    """

    iri: str
    title: str
    publisher: str
    date: str
    translated: bool
    text: str
    sentences: list[Sentence]
    near: list[NearFact]
    shares: list[str]


class Text:
    """The words of a document that the page carries, and where each of its characters stands among them.

    JavaScript counts in UTF-16 units, in which an emoji is two; `at` gives offsets as it counts them. What lies in no
    kept span is left out, and then is where the next kept one begins.
    """

    def __init__(self, text: str, kept: Iterable[Span] | None = None) -> None:
        """All of the text, or the spans kept of it."""
        self._units = list(accumulate((1 + (letter > "\uffff") for letter in text), initial=0))
        self._pieces = [Span(0, len(text))] if kept is None else _joined(kept)
        texts = [text[start:end] for start, end in self._pieces]
        self.words = "".join(GAP * (n > 0) + piece for n, piece in enumerate(texts))
        lengths = [self._units[end] - self._units[start] + len(GAP) for start, end in self._pieces]
        self._bases = list(accumulate(lengths, initial=0))

    def at(self, offset: int) -> int:
        """Where a character of the document stands, in UTF-16 units of `words`.

        >>> text = Text("🍵 One. Two. Three.", [Span(7, 11), Span(0, 6)])
        >>> text.words, text.at(2), text.at(7), text.at(99)
        ('🍵 One. […] Two.', 3, 12, 16)
        """
        for (start, end), base in zip(self._pieces, self._bases, strict=False):
            if offset <= end:
                return base + self._units[max(offset, start)] - self._units[start]
        return max(0, self._bases[-1] - len(GAP))

    def has(self, span: Span) -> bool:
        """Whether all words of a span are carried."""
        return any(start <= span.start and span.end <= end for start, end in self._pieces)


def text_of(extraction: Extraction, statements: Iterable[Statement], *, quotes_only: bool) -> Text:
    """The text of a document, or only what is quoted of it: what its publisher wrote besides is then not passed on.

    Only quotes, too, of a document of which no more is at hand.
    """
    document = extraction.document
    if not quotes_only and not document.sha256:
        return Text(document.text)
    return Text(document.text, (e.span for s in statements for e in s.evidence if e.document == document.name))


def source(
    extraction: Extraction,
    text: Text,
    dispositions: Sequence[Disposition],
    labels: Mapping[str, str],
    named: Callable[[Statement], str],
    shares: Iterable[str],
) -> Source:
    """What the page shows of a document; `named` says a refused near-fact in words."""
    document = extraction.document
    spans = {one.index: one.span for one in extraction.sentences}
    near = [
        _near(text, e.span, named(one), e.guard or one.status.value, e.rule)
        for one in extraction.refused
        for e in one.evidence
        if text.has(e.span)
    ] + [
        _near(text, spans[one.sentence], one.words, f"{spoken(one.slot, labels)}: {one.why}", one.rule)
        for one in extraction.unresolved
        if text.has(spans[one.sentence])
    ]
    return {
        "iri": iri("", "document", document.name),
        "title": document.title,
        "publisher": document.publisher,
        "date": document.published.isoformat() if document.published else "",
        "translated": document.machine_translated,
        "text": text.words,
        "sentences": [_sentence(text, one) for one in dispositions],
        "near": sorted(near, key=lambda one: (one["start"], one["end"], one["rule"], one["words"])),
        "shares": sorted(shares),
    }


def _sentence(text: Text, one: Disposition) -> Sentence:
    span, zone = one.sentence.span, one.sentence.zone.kind.value
    start = text.at(span.start)
    if text.has(span):
        return Sentence(start, text.at(span.end), one.kind, one.why, zone)
    # What is still to be read in a sentence is told in its words.
    return Sentence(start, start, one.kind, "" if one.kind == "todo" else one.why, zone)


def _near(text: Text, span: Span, words: str, why: str, rule: str) -> NearFact:
    return {"start": text.at(span.start), "end": text.at(span.end), "words": words, "why": why, "rule": rule}


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The same characters in spans that neither touch nor overlap, in order."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
