"""The data of the page: all that is shown, in records that JSON knows, sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal as Either
from typing import TypedDict

from kg.model import Knowledge, Literal, Node, Statement, Status
from kg.page.holders import holders_of
from kg.page.readings import Reading, qualifiers, reading, spoken

#: Posts of this kind have no plain triple in the graph, and no arrow here.
_WITHOUT_ARROW = frozenset({Status.FORMER, Status.ACTING, Status.DESIGNATE})


class Term(TypedDict):
    """A subject or an object: `id` of an entity or of a claim; of a value, its datatype."""

    kind: Either["node", "claim", "value"]
    id: str
    text: str


class NodeCard(TypedDict):
    """An entity; `claims` are folded into it, `rows` are the values on its card."""

    id: str
    iri: str
    label: str
    type: str
    family: str
    names: list[str]
    candidate: bool
    claims: int
    rows: int


class StatementCard(TypedDict):
    """A statement; `card` is the entity that shows it when it is no arrow."""

    id: str
    subject: Term
    relation: str
    object: Term
    status: str
    drawn: Either["arrow", "row", "folded"]
    card: str
    qualifiers: list[tuple[str, str]]
    evidence: list[Reading]


class Source(TypedDict):
    """A document; `translated` where its words went through a machine."""

    title: str
    publisher: str
    date: str
    translated: bool


class Data(TypedDict):
    """Everything."""

    counts: dict[str, int]
    families: dict[str, str]
    documents: dict[str, Source]
    rules: dict[str, tuple[str, str]]
    nodes: list[NodeCard]
    statements: list[StatementCard]


def payload(
    knowledge: Knowledge,
    *,
    base: str,
    labels: Mapping[str, str],
    rules: Mapping[str, tuple[str, str]],
    families: Mapping[str, str],
) -> Data:
    """Return what the page shows of a build; its parameters are those of `kg.page.render`.

    Each statement is drawn once: as an arrow between two entities; folded into its agent if it is about a
    claim; else as a row of its subject's card, or, where that is an indicator, of its document's. Ids of entities are
    their IRIs without `base`.
    """
    documents = {one.document.name: one.document for one in knowledge.extractions}
    things = _things(knowledge)
    names = {iri: node.label for iri, node in things.items()}
    agents = {
        one.object.iri: one.subject.iri
        for one in reversed(knowledge.statements)
        if isinstance(one.object, Node) and one.object.words and not one.subject.words
    }
    holders = holders_of(knowledge, things, base)
    statements: list[StatementCard] = []
    for one in sorted(knowledge.statements, key=lambda one: _order(one, labels)):
        drawn, card = _place(one, agents)
        held = holders.get(one.subject.iri)
        statements.append(
            {
                "id": one.id,
                "subject": _term(Literal(one.subject.label) if held else one.subject, base),
                "relation": spoken(one.property, labels),
                "object": _term(one.object, base),
                "status": one.status.value,
                "drawn": drawn,
                "card": (held or card).removeprefix(base),
                "qualifiers": qualifiers(one.qualifiers, labels, names),
                "evidence": [reading(piece, documents[piece.document], labels, names) for piece in one.evidence],
            }
        )
    drawn_on = Counter((one["card"], one["drawn"]) for one in statements)
    nodes: list[NodeCard] = [
        {
            "id": iri.removeprefix(base),
            "iri": iri,
            "label": node.label,
            "type": spoken(node.type, labels),
            "family": families.get(node.type, node.type),
            "names": sorted(set(node.names) - {node.label}),
            "candidate": node.candidate,
            "claims": drawn_on[iri.removeprefix(base), "folded"],
            "rows": drawn_on[iri.removeprefix(base), "row"],
        }
        for iri, node in sorted(things.items())
        if not node.words and iri not in holders
    ]
    used = {piece["rule"] for one in statements for piece in one["evidence"]}
    ways = Counter(one["drawn"] for one in statements)
    return {
        "counts": {
            "documents": len(documents),
            "entities": len(nodes),
            "statements": len(statements),
            "arrows": ways["arrow"],
            "rows": ways["row"],
            "folded": ways["folded"],
            "evidence": sum(len(one["evidence"]) for one in statements),
        },
        "families": {name: spoken(name, labels) for name in sorted({node["family"] for node in nodes})},
        "documents": {
            name: {
                "title": one.title,
                "publisher": one.publisher,
                "date": one.published.isoformat() if one.published else "",
                "translated": one.machine_translated,
            }
            for name, one in sorted(documents.items())
        },
        "rules": {name: rules[name] for name in sorted(used) if name in rules},
        "nodes": nodes,
        "statements": statements,
    }


def _things(knowledge: Knowledge) -> dict[str, Node]:
    """Every entity and claim by IRI, with all names that any statement knows for it."""
    found: dict[str, Node] = {}
    for one in knowledge.statements:
        for node in (one.subject, one.object):
            if isinstance(node, Node):
                known = found.setdefault(node.iri, node)
                if set(node.names) - set(known.names):
                    all_names = tuple(sorted({*known.names, *node.names}))
                    found[node.iri] = Node(known.iri, known.label, known.type, all_names, known.candidate, known.words)
    return found


def _place(one: Statement, agents: Mapping[str, str]) -> tuple[Either["arrow", "row", "folded"], str]:
    """How a statement is drawn, and the IRI of the entity that holds it when it is no arrow."""
    if one.subject.words:
        other = one.object.iri if isinstance(one.object, Node) and not one.object.words else ""
        return "folded", agents.get(one.subject.iri, other)
    if isinstance(one.object, Literal):
        return "row", one.subject.iri
    if one.object.words:
        return "folded", one.subject.iri
    return ("row" if one.status in _WITHOUT_ARROW else "arrow"), one.subject.iri


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
