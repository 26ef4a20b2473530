"""Settings: what a transcript and an enumeration give to the sentences inside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from kg.expression import Found
from kg.fillers import Setting
from kg.matches import Match, mention_at
from kg.model import Sentence, ZoneKind
from kg.nodes import UnresolvedError
from kg.references import References
from kg.referents import Referent
from kg.skeleton import Skeleton


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


def needs_occasion(found: Sequence[Match]) -> bool:
    """Whether a rule that matched speaks of the event that the text is about."""
    return any("occasion" in (e.subject, e.object) for m in found for e in m.rule.emits)


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
