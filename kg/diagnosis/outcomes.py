"""Outcomes: what the rules that matched a sentence made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.diagnosis.records import Outcome
from kg.matches import Match
from kg.model import REFUSED, Dropped, Extraction, Literal, Sentence, Span, Statement, Status
from kg.pipeline import Passage
from kg.rules import Guard

#: What fills the places that need no words.
_GIVEN = {
    "occasion": "the one event that is told before a transcript to be organised or held",
    "speaker": "who speaks in a turn of a transcript, or who spoke last for the agent of a scope",
    "agent": "who takes the measures of a scope",
    "ordinal": "the place of an item in a scope",
}


def outcomes(passage: Passage, extraction: Extraction, sentence: Sentence) -> tuple[Outcome, ...]:
    """What became of every match in a sentence, and of the shapes that state something: read first, dropped last."""
    stated = [*_stated("read", extraction.statements, sentence)]
    matched = passage.found.get(sentence.index, ())
    refused = [*_guarded(passage, matched)]
    guarded = {o.rule for o in refused}
    refused += (o for o in _stated("refused", extraction.refused, sentence) if o.rule not in guarded)
    open_ = [
        Outcome("unresolved", u.rule, _line(u.words), f"{u.slot}: {u.why}")
        for u in extraction.unresolved if u.sentence == sentence.index
    ]  # fmt: skip
    told = {o.rule for o in (*stated, *refused, *open_)}
    dropped = [d for d in extraction.dropped if d.sentence == sentence.index and d.rule not in guarded]
    misfits = [Outcome("dropped", d.rule, _line(d.words), d.why) for d in dropped if not d.missing]
    told |= {o.rule for o in misfits}
    unfilled = _unfilled(d for d in dropped if d.missing and d.rule not in told)
    folded = [*_folded(passage, matched)]
    return tuple(dict.fromkeys((*stated, *folded, *refused, *open_, *misfits, *unfilled)))


def _stated(kind: str, statements: tuple[Statement, ...], sentence: Sentence) -> Iterator[Outcome]:
    for statement in statements:
        for evidence in statement.evidence:
            if _within(evidence.span, sentence.span):
                thing = statement.object
                value = thing.value if isinstance(thing, Literal) else thing.words or thing.label
                status = "" if statement.status is Status.ASSERTED else statement.status.value
                qualifiers = (f"{name} {words}" for name, words in statement.qualifiers)
                more = ", ".join(filter(None, (status, *qualifiers)))
                told = f"{statement.subject.label} — {statement.relation} — {_line(value)}"
                why = f"`{evidence.guard}` stands there" if evidence.guard else ""
                yield Outcome(kind, evidence.rule, f"{told} ({more})" if more else told, why)


def _guarded(passage: Passage, matched: tuple[Match, ...]) -> Iterator[Outcome]:
    for match in matched:
        if match.guard and match.status in REFUSED:
            yield Outcome("refused", match.rule.id, _words(passage, match), _reason(match.guard, match))


def _reason(guard: Guard, match: Match) -> str:
    whose = "its own `unless`" if any(guard is own for own in match.rule.guards) else "a guard of all rules"
    return f"{match.status.value}, says {whose}: `{guard.expression.source}`"


def _unfilled(dropped: Iterable[Dropped]) -> Iterator[Outcome]:
    """One outcome for a match of which all statements lack something."""
    lacking: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in dropped:
        lacking[one.rule, one.words].append(one.missing)
    for (rule, words), missing in lacking.items():
        given = (f" ({_GIVEN[name]})" for name in missing if name in _GIVEN)
        yield Outcome("dropped", rule, _line(words), f"nothing fills {' or '.join(missing)}" + "".join(given))


def _folded(passage: Passage, matched: tuple[Match, ...]) -> Iterator[Outcome]:
    for match in matched:
        slot = match.found.slots.get(match.rule.folds)
        mention = match.skeleton.units[slot[0]].mention if slot else None
        if mention:
            why = f"counts as one {'|'.join(sorted(mention.classes))} for the rules after it"
            yield Outcome("folded", match.rule.id, _words(passage, match), why)


def _words(passage: Passage, match: Match) -> str:
    return _line(passage.document.text[slice(*match.skeleton.span(match.found.first, match.found.last))])


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _line(words: str) -> str:
    return " ".join(words.split())
