"""Short ids that are hashes of content: the same fact has the same id in every build, on every machine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import blake2b

from kg.model import Literal, Node, Span, Status

#: Qualifiers that tell two statements apart; all others belong to the evidence.
IDENTIFYING = frozenset({"post", "metric", "period"})


def statement_id(
    subject: str,
    property: str,
    object: Node | Literal,
    status: Status,
    qualifiers: Iterable[tuple[str, str]] = (),
) -> str:
    """16 hex digits that name a fact: subject, property, object, in which sense, and as which post or metric.

    `subject` is an IRI, `property` a local name of the vocabulary. Of `qualifiers` only the `IDENTIFYING`
    ones count, in any order; case and spacing make no other fact (`Vice  Minister` is `vice minister`).

    >>> moc = Node("https://kg.example.org/id/moc", "Ministry of Commerce", "Ministry")
    >>> roe = "https://kg.example.org/id/jane-roe"
    >>> statement_id(roe, "ministerOf", moc, Status.ASSERTED, [("post", "Minister"), ("asOf", "2021-03-08")])
    '0875a2c3a579b5f7'
    >>> statement_id(roe, "ministerOf", moc, Status.FORMER, [("post", "minister")])
    '5146fc7221756e94'
    >>> expo = "https://kg.example.org/id/tea-expo"
    >>> statement_id(expo, "edition", Literal("2", "integer"), Status.ASSERTED)
    '3a0300c2eeb5ceab'
    """
    kept = sorted((name, _plain(value)) for name, value in qualifiers if name in IDENTIFYING)
    return _digest("statement", subject, property, *_object(object), status.value, kept)


def evidence_id(statement: str, document: str, span: Span, rule: str, spans: Iterable[tuple[str, Span]] = ()) -> str:
    """16 hex digits that name one reading: words of a document, by a rule, and which of them fill its slots.

    `statement` is a `statement_id`, `document` a name, `span` the quote's, `spans` the slots' (in any order).

    >>> evidence_id("0875a2c3a579b5f7", "news", Span(0, 40), "posts.apposition", [("subject", Span(0, 8))])
    'b9837c00c3a528ca'
    """
    return _digest("evidence", statement, document, span, rule, sorted(spans))


def membership_id(person: str, body: str, post: str, status: Status) -> str:
    """16 hex digits that name the holding of a post, all three given by IRI.

    Former and present holding are two memberships: no text read so far says that they are one term of office.

    >>> membership_id("https://e.org/id/jane-roe", "https://e.org/id/moc", "https://e.org/post/moc/minister",
    ...               Status.ACTING)
    '6df2221b8b291b03'
    """
    return _digest("membership", person, body, post, status.value)


def disagreement_id(statements: Iterable[str]) -> str:
    """16 hex digits that name a disagreement between statements, given by their ids in any order.

    >>> disagreement_id(["5146fc7221756e94", "0875a2c3a579b5f7"])
    'cd0cfb5ebfd2831c'
    """
    return _digest("disagreement", *sorted(statements))


def claim_id(agent: str, words: str) -> str:
    """16 hex digits that name what an agent (an IRI) claims, proposes or announces, by its words.

    The agent is part of it: `we will do better` is another claim in another mouth. Case and spacing are not,
    so that a sentence two documents report is one claim with two pieces of evidence.

    >>> claim_id("https://kg.example.org/id/moc", "Trade will  grow")
    '20e370974341e364'
    """
    return _digest("claim", agent, _plain(words))


def _object(thing: Node | Literal) -> tuple[str, str]:
    return ("iri", thing.iri) if isinstance(thing, Node) else (thing.datatype, thing.value)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _digest(*parts: object) -> str:
    # JSON keeps apart what a separator could not: hostile text may hold any separator.
    return blake2b(json.dumps(parts).encode("ascii"), digest_size=8).hexdigest()
