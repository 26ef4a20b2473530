"""Quotes held against the texts of their documents: what was quoted must stand there, in its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Store

from kg.checks.finding import Finding, Severity, short
from kg.turtle import OA

CHECK = "quotes"
_RANGE = re.compile(r"char=(\d+),(\d+)")


@dataclass(frozen=True, slots=True)
class Compared:
    """What is wrong with quotes, and how many of how many pieces of evidence were compared with a text."""

    findings: tuple[Finding, ...]
    evidence: int
    of: int


def compare(store: Store, prefixes: Mapping[str, str], texts: Mapping[str, str]) -> Compared:
    """The quotes of a graph, compared with `texts` by the names of their documents.

    Only a text with the SHA-256 that the graph has counts as that of a document.
    """
    reader = _Reader(store, prefixes, texts)
    found: list[Finding] = []
    compared = of = 0
    for document, evidence in sorted(reader.sources().items()):
        of += len(evidence)
        text, missing = reader.text(document)
        if text is None:
            what = f"{short(document, prefixes)}: {missing}; {len(evidence)} pieces of evidence"
            found.append(Finding(Severity.INFO, CHECK, "Quotes without a text to compare them with", what))
            continue
        compared += len(evidence)
        for each in sorted(evidence):
            found += [
                Finding(Severity.ERROR, CHECK, says, f"{short(each, prefixes)} {short(document, prefixes)}")
                for says in reader.wrong(each, text)
            ]
    return Compared(tuple(found), compared, of)


@dataclass(frozen=True, slots=True)
class _Reader:
    store: Store
    prefixes: Mapping[str, str]
    texts: Mapping[str, str]

    def sources(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self.store.quads_for_pattern(None, NamedNode(f"{OA}hasSource"), None, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                found[quad.object.value].append(quad.subject.value)
        return found

    def text(self, document: str) -> tuple[str | None, str]:
        """The text of a document, or nothing and why."""
        text = self.texts.get(document)
        if text is None:
            return None, "its text is not in seeds/"
        if self.values(document, f"{self.prefixes['kg']}sha256") != [sha256(text.encode()).hexdigest()]:
            return None, "its text in seeds/ is another one than was read"
        return text, ""

    def wrong(self, evidence: str, text: str) -> Iterator[str]:
        terms = self.prefixes["kg"]
        selectors = self.values(evidence, f"{OA}hasSelector")
        places = [(self.number(s, "start"), self.number(s, "end")) for s in selectors]
        for start, end in ((s, e) for s, e in places if s is not None and e is not None):
            if self.values(evidence, f"{terms}quote") != [text[start:end]]:
                yield "A quote that does not stand in its place in the document"
            for words in self.values(evidence, f"{terms}slot"):
                if (match := _RANGE.search(words)) and not start <= int(match[1]) < int(match[2]) <= end:
                    yield "The words of a slot stand outside of the quote"
        for words in self.values(evidence, f"{terms}antecedent"):
            if any(int(end) > len(text) for _, end in _RANGE.findall(words)):
                yield "An antecedent stands behind the end of the document"
        for selector in selectors:
            before, after = (self.values(selector, f"{OA}{side}") for side in ("prefix", "suffix"))
            exact = self.values(selector, f"{OA}exact")
            if exact and "".join((*before, *exact, *after)) not in text:
                yield "A quote that the document does not have between these words"

    def number(self, selector: str, side: str) -> int | None:
        found = self.values(selector, f"{OA}{side}")
        return int(found[0]) if len(found) == 1 and found[0].isdecimal() else None

    def values(self, subject: str, predicate: str) -> list[str]:
        found = self.store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)
        return sorted(q.object.value for q in found if isinstance(q.object, NamedNode | Literal))
