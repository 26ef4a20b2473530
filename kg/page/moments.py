"""When: the days of documents, events and claims, for the strip of time, and those that a statement speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal as Either
from typing import TypedDict

from kg.model import Document, Literal, Statement

Days = tuple[str, str]


class Moment(TypedDict):
    """What the strip of time shows: from `begin` to `end`, both ISO days; `open` is the end that nobody told."""

    lane: Either["document", "event", "claim"]
    id: str
    begin: str
    end: str
    open: Either["", "begin", "end"]


def moments(documents: Mapping[str, Document], statements: Iterable[Statement], events: frozenset[str]) -> list[Moment]:
    """All that has a day, in order; `events` are the IRIs of what the strip shows as events."""
    made: list[Moment] = []
    for name, one in documents.items():
        if one.published:
            made.append(_moment("document", name, (one.published.isoformat(),) * 2))
    claims: dict[str, set[Days]] = defaultdict(set)
    starts: dict[str, set[date]] = defaultdict(set)
    ends: dict[str, set[date]] = defaultdict(set)
    for statement in statements:
        subject, thing = statement.subject.iri, statement.object
        if isinstance(thing, Literal):
            if subject in events and thing.begin and thing.end:
                if statement.property != "endsOn":
                    starts[subject].add(thing.begin)
                if statement.property != "startsOn":
                    ends[subject].add(thing.end)
        elif thing.words and not statement.subject.words:
            claims[thing.iri] |= {*days(statement, documents)}
    made += [_moment("claim", iri, min(found)) for iri, found in claims.items() if found]
    for iri in starts.keys() | ends.keys():
        begin, end = min(starts[iri] or ends[iri]), max(ends[iri] or starts[iri])
        untold: Either["", "begin", "end"] = "" if starts[iri] and ends[iri] else "end" if starts[iri] else "begin"
        made.append(_moment("event", iri, (begin.isoformat(), max(begin, end).isoformat()), untold))
    return sorted(made, key=lambda one: (one["lane"], one["begin"], one["end"], one["id"]))


def days(statement: Statement, documents: Mapping[str, Document]) -> list[Days]:
    """Every day, or first and last day, that a statement speaks of or as of which its documents speak."""
    found: set[Days] = set()
    if isinstance(statement.object, Literal) and statement.object.begin and statement.object.end:
        found.add((statement.object.begin.isoformat(), statement.object.end.isoformat()))
    for piece in statement.evidence:
        published = documents[piece.document].published
        said = dict(piece.qualifiers).get("asOf", "")
        if day := _day(said) or published:
            found.add((day.isoformat(), day.isoformat()))
    return sorted(found)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(
    lane: Either["document", "event", "claim"], name: str, span: Days, untold: Either["", "begin", "end"] = ""
) -> Moment:
    return {"lane": lane, "id": name, "begin": span[0], "end": span[1], "open": untold}
