"""Settings: what a transcript and an enumeration give to the sentences inside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from kg.expression import Found
from kg.fillers import Setting
from kg.matches import Match, mention_at
from kg.model import REFUSED, Evidence, Node, Sentence, Statement, ZoneKind
from kg.nodes import UnresolvedError
from kg.references import References
from kg.referents import Referent
from kg.skeleton import Skeleton
from kg.statements import Statements

_OCCASION = frozenset({"organisedBy", "heldIn", "heldOn", "startsOn"})
#: A fact with one piece of its evidence.
_Told = tuple[Statement, Evidence]
_THERE = frozenset({"attended", "presidedOver", "spokeAt"})
#: So far behind the sentence that tells of it, in characters, an event is still where somebody speaks.
NEAR = 600


def in_transcript(sentence: Sentence) -> bool:
    """Whether it is a question, a turn or the label that opens one (`Jane Roe:`)."""
    return sentence.zone.speaker is not None or sentence.zone.kind in (ZoneKind.TURN, ZoneKind.QUESTION)


def sayers(match: Match, references: References) -> Iterator[Referent]:
    """Those who speak by a match, refused or not."""
    for emission in match.rule.emits:
        mention = mention_at(match, emission.subject) if emission.subject in match.found.slots else None
        if emission.relation == "said" and mention:
            with suppress(UnresolvedError):
                found = references.resolve(mention, "Agent")
                yield Referent(found.node, found.spans or (mention.span,), found.how)


def sayer(found: Sequence[Match], references: References) -> Referent | None:
    """The one who speaks in a sentence, if it is one."""
    said = [one for match in found if match.guard is None for one in sayers(match, references)]
    return replace(said[0], how="speaker") if len({one.node.iri for one in said}) == 1 else None


def voice(found: Sequence[Match], setting: Setting, references: References) -> Referent | None:
    """The one whose words a sentence holds, and is the only person in it: a quotation behind it goes on with them."""
    if one := sayer(found, references):
        people = {r.node.iri for r in _people(found[-1].skeleton, references)}
        return one if people <= {one.node.iri} else None
    goes_on = any(e.subject == "speaker" for match in found for e in match.rule.emits)
    return setting.speaker if goes_on else None


def _people(skeleton: Skeleton, references: References) -> Iterator[Referent]:
    for mention in (unit.mention for unit in skeleton.units):
        if mention and "Person" in mention.classes:
            with suppress(UnresolvedError):
                yield references.resolve(mention, "Person")


def agent(skeleton: Skeleton, opened: Found, references: References) -> Referent | None:
    """Who takes the measures that a scope enumerates, if that can be told."""
    mention = skeleton.units[opened.slots["agent"][0]].mention
    if mention is None:
        return None
    try:
        made = references.resolve(mention, "Thing")
    except UnresolvedError:
        return None
    return Referent(made.node, made.spans or (mention.span,), made.how)


def holders(body: Node, statements: Statements) -> frozenset[str]:
    """The IRIs of those who hold a post in a body, as far as this document has told."""
    return frozenset(
        s.subject.iri
        for s in statements.every()
        if s.relation == "holdsPost" and isinstance(s.object, Node) and s.object.iri == body.iri
        and s.status not in REFUSED
    )  # fmt: skip


def needs_occasion(found: Sequence[Match]) -> bool:
    """Whether a rule that matched speaks of the event that the text is about."""
    return any("occasion" in (e.subject, e.object) for m in found for e in m.rule.emits)


def occasion(statements: Statements, before: int, *, near: bool = False) -> Referent | None:
    """The one event that was organised or held according to the words before an offset, if it is one.

    With `near` it is first the one of the last sentence that tells of any: what was held, or where somebody was.
    """
    told = [(s, e) for s in statements.every() for e in s.evidence if e.span.end <= before and s.status not in REFUSED]
    if near and (last := _last([(s, e) for s, e in told if before - e.span.end < NEAR], told)):
        return last
    found = {s.subject.iri: _event(s, e) for s, e in told if s.relation in _OCCASION}
    return next(iter(found.values())) if len(found) == 1 else None


def _last(near: Sequence[_Told], told: Sequence[_Told]) -> Referent | None:
    """The one event of the last sentence that tells of any; of an event and what it is part of, the part."""
    here = [(s, e) for s, e in near if s.relation in _OCCASION | _THERE]
    last = max((e.span.start for _, e in here), default=0)
    events = {one.node.iri: one for s, e in here if e.span.start == last and (one := _event(s, e))}
    wholes = {
        s.object.iri
        for s, _ in told
        if s.relation == "partOf" and s.subject.iri in events and isinstance(s.object, Node)
    }
    left = [one for iri, one in events.items() if iri not in wholes]
    return left[0] if len(left) == 1 else None


def _event(statement: Statement, evidence: Evidence) -> Referent | None:
    """The event of a statement, with the words that tell it."""
    place, node = ("object", statement.object) if statement.relation in _THERE else ("subject", statement.subject)
    if not isinstance(node, Node):
        return None
    return Referent(node, tuple(span for name, span in evidence.spans if name == place), "occasion")


def titled(sentences: Sequence[Sentence], skeletons: Mapping[int, Skeleton], references: References) -> Referent | None:
    """The press conference that the title of a transcript begins with, if it names one event alone."""
    units = [
        u for s in sentences if s.zone.kind is ZoneKind.TITLE and s.index in skeletons for u in skeletons[s.index].units
    ]
    told = [u.mention for u in units if u.mention and "PressConference" in u.mention.classes]
    if len(told) != 1:
        return None
    with suppress(UnresolvedError):
        return Referent(references.resolve(told[0], "Event").node, (told[0].span,), "occasion")
    return None
