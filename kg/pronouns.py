"""Pronouns: the person whom `he` or `she` means, among those whom the sentences before it name; unsure means none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.model import Mention, MentionKind
from kg.nodes import Nodes, UnresolvedError
from kg.quotations import Quotations
from kg.referents import Referent
from kg.skeleton import Skeleton, Unit
from kg.surroundings import Surroundings
from kg.words import fold

#: A pronoun reaches no further back than this many sentences; one who goes on speaking, over as many that name nobody.
WINDOW, SPEAKING_WINDOW = 1, 3
#: A person who goes on speaking: `He also added`.
_SPEAKING = frozenset(
    "said says added adds told noted notes stressed stresses stated states explained explains pointed warned warns"
    " argued argues continued continues urged urges called calls emphasized emphasised emphasizes reiterated"
    " highlighted underlined underscored proposed suggested recommended concluded remarked mentioned observed"
    " acknowledged recalled revealed replied responded insisted announced pledged vowed expressed described believes"
    " hoped hopes".split()
)
_BETWEEN = frozenset("also further then later however , has had once again moreover".split())
#: With these a clause begins whose subject may be the pronoun behind it: `When Roe came, he said`.
_SUBORDINATE = frozenset("when as while after before if since because although though once asked speaking".split())
#: So far from its beginning a sentence tells who has said what stands there: `Fees fell, he said.`
_TAIL = 3


@dataclass(frozen=True)
class Pronouns:
    """Whom the pronouns of one document mean; `voices` is who alone spoke in each sentence read so far."""

    around: Surroundings
    skeletons: Mapping[int, Skeleton]
    quotations: Quotations
    nodes: Nodes
    voices: Mapping[int, Referent | None]
    resolve: Callable[[Mention, str], Referent]
    distinct: Callable[[Sequence[Mention], str], list[Referent]]

    def antecedent(self, mention: Mention) -> Referent:
        """The person; raises UnresolvedError where nobody, or more than one, may be meant."""
        here = self.around.sentence_of(mention)
        speaks = self._speaks(mention, here)
        for sentence in self._back_from(mention, here, speaks=speaks):
            found = self.distinct(self._people(sentence, mention), "Person")
            if sentence < here and self._of_another(sentence, mention):
                raise UnresolvedError("the sentence before it speaks of somebody who cannot be told")
            if len(found) == 1 and sentence < here and found[0].node.type == "Agent" and " " not in found[0].node.label:
                raise UnresolvedError("the sentence before it speaks of somebody who cannot be told")  # `Bolt said`
            if len(found) == 1:
                return found[0]
            voice = self.voices.get(sentence)
            if voice and speaks and (voice.node.iri in {r.node.iri for r in found} or not found):
                if voice.node.type == "Person" or found:
                    return replace(voice, how="pronoun")
                raise UnresolvedError("who spoke before it is no person")
            if found:
                raise UnresolvedError(f"{len(found)} persons are named before it")
        raise UnresolvedError(f"no person is named in the {WINDOW} sentence before it")

    def _people(self, sentence: int, mention: Mention) -> list[Mention]:
        """Those who may be persons, and are not only spoken of in somebody's quotation."""
        quoted = self.quotations.around(mention.span.start)
        return [
            m
            for m in self.around.near(sentence, mention.span.start)
            if id(m) in self.around.top
            and self.quotations.around(m.span.start) in (None, quoted)
            and not m.entities[1:]
            and (self.nodes.fits(m.classes, "Person") or m.classes == {"Agent"})
        ]

    def _back_from(self, mention: Mention, here: int, *, speaks: bool) -> Iterator[int]:
        """The sentence of a pronoun and those before it that it may mean; what is only quoted does not count."""
        if not (speaks and self._in_tail(mention, here)):
            yield here
        seen = 0
        for sentence in range(here - 1, max(-1, here - 1 - 4 * SPEAKING_WINDOW), -1):
            if sentence in self.quotations.whole:
                continue
            yield sentence
            seen += 1
            if seen == (SPEAKING_WINDOW if speaks else WINDOW) or self._names_somebody(sentence):
                return

    def _names_somebody(self, sentence: int) -> bool:
        """Whether a sentence names, or may name, somebody: a person, a post, words with capitals that nobody knows."""
        units = self._units(sentence)
        mentions = [u.mention for u in units if u.mention]
        told = any(
            self.nodes.fits(m.classes, c) for m in mentions for c in ("Person", "PostOf", "Post", "Group")
        ) or any("Agent" in m.classes for m in mentions)
        unknown = any(
            one.capital and two.capital and one.mention is None and two.mention is None for one, two in pairwise(units)
        )
        return told or unknown

    def _units(self, sentence: int) -> tuple[Unit, ...]:
        skeleton = self.skeletons.get(sentence)
        return skeleton.units if skeleton else ()

    def _of_another(self, sentence: int, mention: Mention) -> bool:
        """Whether a sentence is of somebody unknown: it begins with the same pronoun, unresolved, or `Noname said`."""
        units = self._units(sentence)
        first = units[0].mention if units else None
        if first and first.kind is MentionKind.PRONOUN and fold(first.text) == fold(mention.text):
            try:
                self.resolve(first, "Person")
            except UnresolvedError:
                return True
        return any(
            one.capital and one.mention is None and one.text.isalpha() and two.text in _SPEAKING
            for one, two in pairwise(units)
        )

    def _speaks(self, mention: Mention, sentence: int) -> bool:
        """Whether a verb of saying follows a pronoun before which the sentence names nobody else: `He added`."""
        units = self._units(sentence)
        at = next((i for i, u in enumerate(units) if u.mention is mention), None)
        if at is None:
            return False
        verb = next((u.text for u in units[at + 1 :] if u.text not in _BETWEEN), "")
        return verb in _SPEAKING and (self._in_tail(mention, sentence) or not self._people(sentence, mention))

    def _in_tail(self, mention: Mention, sentence: int) -> bool:
        """Whether a pronoun stands behind what is said: `Fees fell, he said`."""
        units = self._units(sentence)
        at = next((i for i, u in enumerate(units) if u.mention is mention), 0)
        return at > _TAIL and units[at - 1].text in (",", '"') and units[0].text not in _SUBORDINATE
