"""The data of the page: all that is shown, in records that JSON knows, sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal as Either
from typing import TypedDict

from kg.model import Knowledge, Literal, Node, Statement
from kg.page.disputes import Dispute, disputes
from kg.page.holders import holders_of
from kg.page.moments import Days, Moment, days, moments
from kg.page.readings import Reading, Rule, reading, rule
from kg.page.sources import Source, source, text_of
from kg.page.things import things_of
from kg.page.ways import Way, agents_of, way
from kg.page.wording import qualifiers, spoken
from kg.register import Register


class Term(TypedDict):
    """A subject or an object: `id` of an entity or of a claim; of a value, its datatype."""

    kind: Either["node", "claim", "value"]
    id: str
    text: str


class NodeCard(TypedDict):
    """An entity, or a claim with its whole `words`; `claims` are folded into it, `rows` are the values on its card."""

    id: str
    label: str
    kind: str
    type: str
    family: str
    names: list[str]
    candidate: bool
    words: str
    claims: int
    rows: int


class StatementCard(TypedDict):
    """A statement; `card` is the entity that shows it when it is no arrow, `about` its subject in the graph.

    `independent` is how many independent documents state it.
    """

    id: str
    about: str
    subject: Term
    property: str
    relation: str
    family: str
    object: Term
    status: str
    drawn: Way
    card: str
    qualifiers: list[tuple[str, str]]
    days: list[Days]
    evidence: list[Reading]
    independent: int


class Data(TypedDict):
    """Everything; `hash` is that of `graph.ttl`."""

    base: str
    hash: str
    whole: bool
    counts: dict[str, int]
    families: dict[str, str]
    relations: dict[str, str]
    documents: dict[str, Source]
    rules: dict[str, Rule]
    nodes: list[NodeCard]
    statements: list[StatementCard]
    moments: list[Moment]
    disagreements: list[Dispute]


def payload(
    knowledge: Knowledge,
    *,
    base: str,
    labels: Mapping[str, str],
    rules: Mapping[str, tuple[str, str]],
    families: Mapping[str, str],
    digest: str = "",
    quotes_only: bool = False,
    found: Register | None = None,
) -> Data:
    """What the page shows of a build; its parameters are those of `kg.page.render`.

    Each statement is drawn once: as an arrow between two entities; folded into its agent if it is about a
    claim; else as a row of its subject's card, or, where that is an indicator, of its document's. Ids of entities are
    their IRIs without `base`.
    """
    # The order of what a build knows says nothing.
    found = found or Register()
    knowledge = replace(knowledge, statements=tuple(sorted(knowledge.statements, key=lambda one: one.id)))
    made = {one.document.name: one for one in sorted(knowledge.extractions, key=lambda one: one.document.name)}
    documents = {name: one.document for name, one in made.items()}
    texts = {name: text_of(one, knowledge.statements, quotes_only=quotes_only) for name, one in made.items()}
    things = things_of(knowledge, base)
    names = {iri: node.label for iri, node in things.items()}
    agents = agents_of(knowledge.statements)
    holders = holders_of(knowledge, things, base)
    events = frozenset(iri for iri, node in things.items() if families.get(node.type, node.type) == "Event")
    when = moments(documents, knowledge.statements, events)
    spans = {one["id"]: (one["begin"], one["end"]) for one in when if one["lane"] == "event"}
    statements: list[StatementCard] = []
    for one in sorted(knowledge.statements, key=lambda one: _order(one, labels)):
        drawn, card = way(one, agents)
        subject = things[one.subject.iri]
        thing = things[one.object.iri] if isinstance(one.object, Node) else one.object
        held = holders.get(one.subject.iri)
        ends = [one.subject.iri, one.object.iri if isinstance(one.object, Node) else ""]
        statements.append(
            {
                "id": one.id,
                "about": one.subject.iri.removeprefix(base),
                "subject": _term(Literal(subject.label) if held else subject, base),
                "property": one.property,
                "relation": spoken(one.property, labels),
                "family": one.relation,
                "object": _term(thing, base),
                "status": one.status.value,
                "drawn": drawn,
                "card": (held or card).removeprefix(base),
                "qualifiers": qualifiers(one.qualifiers, labels, names),
                "days": sorted({*days(one, documents), *(spans[iri] for iri in ends if iri in spans)}),
                "evidence": [
                    reading(piece, documents[piece.document], texts[piece.document], labels, names)
                    for piece in one.evidence
                ],
                "independent": found.corroboration.independent(one),
            }
        )
    drawn_on = Counter((one["card"], one["drawn"]) for one in statements)
    nodes: list[NodeCard] = [
        {
            "id": iri.removeprefix(base),
            "label": node.label,
            "kind": node.type,
            "type": spoken(node.type, labels),
            "family": families.get(node.type, node.type),
            "names": sorted(set(node.names) - {node.label}),
            "candidate": node.candidate,
            "words": node.words,
            "claims": drawn_on[iri.removeprefix(base), "folded"],
            "rows": drawn_on[iri.removeprefix(base), "row"],
        }
        for iri, node in sorted(things.items())
        if iri not in holders
    ]
    used = {piece["rule"] for one in statements for piece in one["evidence"]}
    ways = Counter(one["drawn"] for one in statements)
    dispositions = dict(knowledge.dispositions)

    def named(one: Statement) -> str:
        thing = one.object.value if isinstance(one.object, Literal) else one.object.words or one.object.label
        return f"{one.subject.label} — {spoken(one.property, labels)} → {thing}"

    return {
        "base": base,
        "hash": digest,
        "whole": not quotes_only,
        "counts": {
            "documents": len(documents),
            "entities": sum(not node["words"] for node in nodes),
            "statements": len(statements),
            "arrows": ways["arrow"],
            "rows": ways["row"],
            "folded": ways["folded"],
            "evidence": sum(len(one["evidence"]) for one in statements),
        },
        "families": {name: spoken(name, labels) for name in sorted({node["family"] for node in nodes})},
        "relations": {name: spoken(name, labels) for name in sorted({one["family"] for one in statements})},
        "documents": {
            name: source(one, texts[name], dispositions.get(name, ()), labels, named, found.corroboration.sharing(name))
            for name, one in made.items()
        },
        "rules": {name: rule(name, rules) for name in sorted(used)},
        "nodes": nodes,
        "statements": statements,
        "moments": [{**one, "id": one["id"].removeprefix(base)} for one in when],
        "disagreements": disputes(found.disagreements, labels),
    }


def _term(thing: Node | Literal, base: str) -> Term:
    if isinstance(thing, Literal):
        return {"kind": "value", "id": thing.datatype, "text": thing.value}
    kind: Either["node", "claim"] = "claim" if thing.words else "node"
    return {"kind": kind, "id": thing.iri.removeprefix(base), "text": thing.words or thing.label}


def _order(one: Statement, labels: Mapping[str, str]) -> tuple[str, str, str, str, int, str]:
    """By subject as people read it, then relation, then as the documents tell it."""
    first = min(one.evidence, key=lambda piece: (piece.document, piece.span))
    relation = spoken(one.property, labels)
    return one.subject.label.casefold(), one.subject.iri, relation, first.document, first.span.start, one.id
