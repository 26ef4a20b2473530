"""Silence: the sentences that say nothing by the words that they have, told before these are cut into units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.alphabet import RESERVED
from kg.expression import Expression
from kg.index import Index
from kg.literals import literals
from kg.mentions import Reader
from kg.model import Sentence, ZoneKind
from kg.quotations import Quotations
from kg.rules import Rule, RuleBook, Shape
from kg.words import wordings


@dataclass(frozen=True)
class Silence:
    """Tells which sentences of a document nothing is read in."""

    reader: Reader
    book: RuleBook

    def of(self, text: str, sentences: Iterable[Sentence], said: Quotations) -> frozenset[int]:
        """The indices of sentences without a mention, in which no shape, rule or scope may stand.

        Nor has one of them a capital, so that nothing in it may be a name that the document teaches.
        """
        return frozenset(s.index for s in sentences if self._silent(text, s, quoted=s.index in said.whole))

    def _silent(self, text: str, sentence: Sentence, *, quoted: bool) -> bool:
        start, end = sentence.span
        said = text[start:end]
        first, _, rest = said.partition(" ")
        # Most sentences end here: they have a name.
        if not rest.islower() or not (first.islower() or first.lower() in self.reader.small):
            return False
        if RESERVED.search(said):
            return False
        words = wordings(said)
        kinds = frozenset({sentence.zone.kind, ZoneKind.QUOTATION} if quoted else {sentence.zone.kind})
        return (
            self.reader.pronouns.keys().isdisjoint(words)
            and not any(index.among(words) for index in self._indices(kinds))
            and not any(cue.among(words) for cue in self._cues)
            and next(self.reader.gazetteer.find(said), None) is None
            and next(literals(text, sentence.span), None) is None
        )

    def _indices(self, kinds: frozenset[ZoneKind]) -> Iterator[Index[Shape] | Index[Rule]]:
        yield self.reader.shapes
        yield from (self.book.index(kinds, folding=folding) for folding in (True, False))

    @cached_property
    def _cues(self) -> tuple[Expression, ...]:
        """What opens a scope or begins one of its items, where alone the rules of the scope are tried."""
        return tuple(cue for scope in self.book.scopes for cue in (scope.opens, *scope.items))
