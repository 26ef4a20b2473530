"""An invented build for the tests of the page, with text that would break a careless one."""

from __future__ import annotations

from datetime import date

from kg.identity import evidence_id, statement_id
from kg.model import (
    Antecedent,
    Document,
    Evidence,
    Extraction,
    Knowledge,
    Literal,
    Node,
    Span,
    Statement,
    Status,
)

BASE = "https://kg.example.org/"

LABELS = {
    "ministerOf": "minister of",
    "attended": "attended",
    "spokeAt": "spoke at",
    "hasMember": "has member",
    "memberOf": "member of",
    "heldIn": "held in",
    "edition": "edition",
    "startsOn": "starts on",
    "said": "said",
    "Ministry": "ministry",
    "asOf": "as of",
}
RULES = {
    "posts.apposition": (
        "A name, a comma, the post.",
        "{person:Person}, [the|a] {post:Post} of [the] {body:Body}",
    ),
    "claims.said": ("Who said what.", "{agent:Agent} <say> [that] {what:Clause}"),
    "events.place": ("<b>An event</b> & its place.", "{event:Event<}, held in {place:Place} </script>"),
}
FAMILIES = {"Ministry": "Body", "Alliance": "Body", "City": "Place", "Expo": "Event", "Document": "Work"}

#: Each stands in a name, a quote or a title, and must be read as it stands.
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(2)>",
    "line\u2028and\u2029paragraph",
    "\"double\" 'single' `back` ${x}",
    "\u202eright to left\u202c",
    "🍵 tea 👩‍💻 & <b>bold</b>",
)

PEREIRA = Node(BASE + "id/ana-pereira", "Ana Pereira", "Person", ("Ana Pereira", "Pereira", "佩雷拉"))
MINISTRY = Node(BASE + "id/ministry-of-tides", "Ministry of Tides and Harbours", "Ministry", ("MoTH",))
EXPO = Node(BASE + "id/second-tea-expo", "second " + HOSTILE[5], "Expo", ("STE", HOSTILE[3]))
TOWN = Node(BASE + "id/port-vell", "Port Vell", "City", ("Port Vell",))
ALLIANCE = Node(BASE + "id/news/alliance", HOSTILE[0], "Alliance", (HOSTILE[1], HOSTILE[2]), candidate=True)
TWIN = Node(BASE + "id/news/__proto__", HOSTILE[4], "Company", (), candidate=True)

NEWS = Document(
    "news",
    "🍵 Ana Pereira, minister of tides, opened the second tea expo in Port Vell.\n"
    f"She said {HOSTILE[1]} and {HOSTILE[2]} were harmless.\n"
    f"The {HOSTILE[0]} alliance lists {HOSTILE[4]} as a member.\n",
    title=HOSTILE[1],
    publisher=HOSTILE[3],
    published=date(2024, 5, 17),
    machine_translated=True,
)
NOTE = Document("__proto__", "The second tea expo will be held in Port Vell. Pereira attended it.", title="A note")


def claim(words: str) -> Node:
    """What somebody said, by its words."""
    return Node(f"{BASE}claim/{words[:4]}", words[:12] + "…", "Claim", (), words=words)


def evidence(document: Document, quote: str, rule: str, *, missing: str = "", post: str = "", **slots: str) -> Evidence:
    """The reading of a quote in which each slot has the words given; `missing` has an antecedent instead."""
    start = document.text.index(quote)
    spans = []
    for slot, words in slots.items():
        at = start + quote.index(words)
        spans.append((slot, Span(at, at + len(words))))
    stand_ins = [Antecedent(missing, (Span(2, 13),), "pronoun")] if missing else []
    return Evidence(
        evidence_id("s", document.name, Span(start, start + len(quote)), rule, spans),
        document.name,
        Span(start, start + len(quote)),
        quote,
        rule,
        slots.get("subject", ""),
        slots.get("object", ""),
        tuple(spans),
        tuple(stand_ins),
        (("asOf", "2024-05-17"),) if post else (),
        PEREIRA if missing else None,
    )


def statement(
    subject: Node,
    prop: str,
    thing: Node | Literal,
    *pieces: Evidence,
    status: Status = Status.ASSERTED,
    post: str = "",
) -> Statement:
    """A fact with its evidence."""
    first, *rest = pieces
    qualifiers = (("post", post),) if post else ()
    name = statement_id(subject.iri, prop, thing, status, qualifiers)
    return Statement(name, subject, prop, prop, thing, status, qualifiers, (first, *rest))


_OPENING, _SAYING, _LISTING, _ = NEWS.text.split("\n")
_HELD = "The second tea expo will be held in Port Vell."
_CAME = "Pereira attended it."

STATEMENTS = (
    statement(
        PEREIRA,
        "ministerOf",
        MINISTRY,
        evidence(
            NEWS,
            _OPENING,
            "posts.apposition",
            subject="Ana Pereira",
            cue="minister of",
            object="minister of tides",
            post="minister",
        ),
        post="minister",
    ),
    statement(
        PEREIRA,
        "spokeAt",
        EXPO,
        evidence(NEWS, _OPENING, "claims.said", subject="Ana Pereira", cue="opened", object="tea expo"),
    ),
    statement(
        PEREIRA,
        "attended",
        EXPO,
        evidence(NOTE, _CAME, "claims.said", subject="Pereira", cue="attended", object="it"),
    ),
    statement(
        EXPO,
        "heldIn",
        TOWN,
        evidence(NOTE, _HELD, "events.place", subject="second tea expo", cue="held in", object="Port Vell"),
        evidence(NEWS, _OPENING, "events.place", subject="second tea expo", cue="in", object="Port Vell"),
        status=Status.PLANNED,
    ),
    statement(
        EXPO,
        "edition",
        Literal("2", "integer"),
        evidence(NOTE, _HELD, "events.place", subject="tea expo", object="second"),
    ),
    statement(
        EXPO,
        "startsOn",
        Literal(HOSTILE[0]),
        evidence(NOTE, _HELD, "events.place", subject="tea expo", object="second"),
    ),
    statement(
        PEREIRA,
        "said",
        claim(HOSTILE[1]),
        evidence(NEWS, _SAYING, "claims.said", missing="subject", cue="said", object=HOSTILE[1]),
    ),
    statement(
        PEREIRA,
        "said",
        claim(HOSTILE[2]),
        evidence(NEWS, _SAYING, "claims.said", missing="subject", cue="said", object=HOSTILE[2]),
    ),
    statement(
        ALLIANCE,
        "hasMember",
        TWIN,
        evidence(NEWS, _LISTING, "claims.said", subject=HOSTILE[0], cue="lists", object=HOSTILE[4]),
    ),
    statement(
        TWIN,
        "memberOf",
        ALLIANCE,
        evidence(NEWS, _LISTING, "claims.said", subject=HOSTILE[4], cue="member", object=HOSTILE[0]),
    ),
    statement(
        ALLIANCE,
        "heldIn",
        ALLIANCE,
        evidence(NEWS, _LISTING, "events.place", subject=HOSTILE[0], cue="lists", object="alliance"),
    ),
    statement(
        PEREIRA,
        "memberOf",
        ALLIANCE,
        evidence(NEWS, _OPENING, "no.such-rule", subject="Ana Pereira", cue="opened", object="second"),
        status=Status.FORMER,
    ),
)

KNOWLEDGE = Knowledge((Extraction(NEWS, (), ()), Extraction(NOTE, (), ())), STATEMENTS, ())
