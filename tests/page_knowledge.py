"""An invented build for the tests of the page, with text that would break a careless one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.document import sentence_key
from kg.identity import evidence_id, statement_id
from kg.ledger import dispositions
from kg.model import (
    Antecedent,
    Document,
    Evidence,
    Extraction,
    Knowledge,
    LedgerNote,
    Literal,
    Node,
    Sentence,
    Span,
    Statement,
    Status,
    Unresolved,
    Zone,
    ZoneKind,
)

BASE = "https://kg.example.org/"

LABELS = {
    "ministerOf": "minister of",
    "deputyMinisterOf": "deputy minister of",
    "holdsPost": "holds post",
    "attended": "attended",
    "spokeAt": "spoke at",
    "hasMember": "has member",
    "memberOf": "member of",
    "heldIn": "held in",
    "edition": "edition",
    "startsOn": "starts on",
    "endsOn": "ends on",
    "said": "said",
    "proposed": "proposed",
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
FAMILIES = {
    "Ministry": "Body",
    "Alliance": "Body",
    "City": "Place",
    "Expo": "Event",
    "Fair": "Event",
    "Document": "Work",
}

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
FAIR = Node(BASE + "id/tide-fair", "Tide Fair", "Fair", ("fair of tides",))
TOWN = Node(BASE + "id/port-vell", "Port Vell", "City", ("Port Vell",))
GUILD = Node(BASE + "id/harbour-guild", "Harbour Guild", "Company", ("the Guild",))
ALLIANCE = Node(BASE + "id/news/alliance", HOSTILE[0], "Alliance", (HOSTILE[1], HOSTILE[2]), candidate=True)
TWIN = Node(BASE + "id/news/__proto__", HOSTILE[4], "Company", (), candidate=True)

_OPENING = "🍵 Ana Pereira, minister of tides, opened the second tea expo in Port Vell."
_SAYING = f"She said {HOSTILE[1]} and {HOSTILE[2]} were harmless."
_LISTING = f"The {HOSTILE[0]} alliance lists {HOSTILE[4]} as a member."
_DENIAL = "Pereira is not a member of the Harbour Guild."
_UNTOLD = "He will speak at the Tide Fair."
_RAIN = "It rained all day."
_FULL = "The harbour was full of boats."
_QUEUE = "A queue reached from the pier to the church, members of the Guild among it."
_MORE = "More news: who pays for the piers?"
_HELD = "The second tea expo will be held in Port Vell."
_CAME = "Pereira attended it."
_OFFERED = "The Harbour Guild proposed cheaper tea and lower piers."
_FAIR = "The Tide Fair, held in Port Vell, starts on June 1, 2024."
_GUESTS = "The Harbour Guild attended the Tide Fair."
_BEFORE = "Pereira, formerly deputy minister of tides, proposed longer piers."
_RAN = "The second tea expo ran from May 16 to May 19, 2024."

#: What a curator wrote of sentences in which no rule reads anything.
_NOTES = (
    LedgerNote(sentence_key(_RAIN), "nothing", "The weather."),
    LedgerNote(sentence_key(_QUEUE), "todo", "A rule for members of bodies among others."),
)

NEWS = Document(
    "news",
    f"{_OPENING}\n{_SAYING}\n{_LISTING} {_RAIN}\n{_DENIAL} {_UNTOLD} {_FULL}\n{_MORE}\n",
    title=HOSTILE[1],
    publisher=HOSTILE[3],
    published=date(2024, 5, 17),
    machine_translated=True,
    notes=_NOTES[:1],
)
#: Nobody knows when it was written, or by whom.
NOTE = Document("__proto__", f"{_HELD} {_CAME}\n{_OFFERED} {_BEFORE}\n", title="A note")
REPORT = Document(
    "report",
    f"{_RAN}\n{_FAIR} {_GUESTS} {_QUEUE}\n",
    title="A report from the piers",
    publisher="Port Vell Gazette",
    published=date(2024, 6, 2),
    notes=_NOTES[1:],
)

_SENTENCES = {
    "news": (_OPENING, _SAYING, _LISTING, _RAIN, _DENIAL, _UNTOLD, _FULL, _MORE),
    "__proto__": (_HELD, _CAME, _OFFERED, _BEFORE),
    "report": (_RAN, _FAIR, _GUESTS, _QUEUE),
}
_ZONES = {_OPENING: ZoneKind.TITLE, _MORE: ZoneKind.RELATED}


def sentences_of(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document; each line of it is a zone."""
    made: list[Sentence] = []
    for index, words in enumerate(_SENTENCES[document.name]):
        start = document.text.index(words)
        line = Span(document.text.rfind("\n", 0, start) + 1, document.text.index("\n", start))
        zone = Zone(_ZONES.get(words, ZoneKind.BODY), line)
        number = document.text.count("\n", 0, start) + 1
        made.append(Sentence(index, Span(start, start + len(words)), zone, number))
    return tuple(made)


def claim(words: str) -> Node:
    """What somebody said, by its words."""
    return Node(f"{BASE}claim/{words[:4]}", words[:12] + "…", "Claim", (), words=words)


def day(one: date) -> Literal:
    """A day as a value."""
    return Literal(one.isoformat(), "date", one, one)


def evidence(
    document: Document, quote: str, rule: str, *, missing: str = "", post: str = "", guard: str = "", **slots: str
) -> Evidence:
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
        guard,
    )


def statement(
    subject: Node,
    prop: str,
    thing: Node | Literal,
    *pieces: Evidence,
    status: Status = Status.ASSERTED,
    post: str = "",
) -> Statement:
    """A fact with its evidence; with a post it is the holding of one."""
    first, *rest = pieces
    qualifiers = (("post", post),) if post else ()
    name = statement_id(subject.iri, prop, thing, status, qualifiers)
    relation = "holdsPost" if post else prop
    return Statement(name, subject, relation, prop, thing, status, qualifiers, (first, *rest))


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
        "deputyMinisterOf",
        MINISTRY,
        evidence(NOTE, _BEFORE, "posts.apposition", subject="Pereira", cue="formerly", object="tides"),
        status=Status.FORMER,
        post="deputy minister",
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
        EXPO,
        "startsOn",
        day(date(2024, 5, 16)),
        evidence(REPORT, _RAN, "events.place", subject="tea expo", cue="ran from", object="May 16"),
    ),
    statement(
        EXPO,
        "endsOn",
        day(date(2024, 5, 19)),
        evidence(REPORT, _RAN, "events.place", subject="tea expo", cue="ran from", object="May 19, 2024"),
    ),
    statement(
        FAIR,
        "startsOn",
        day(date(2024, 6, 1)),
        evidence(REPORT, _FAIR, "events.place", subject="Tide Fair", cue="starts on", object="June 1, 2024"),
    ),
    statement(
        FAIR,
        "heldIn",
        TOWN,
        evidence(REPORT, _FAIR, "events.place", subject="Tide Fair", cue="held in", object="Port Vell"),
    ),
    statement(
        GUILD,
        "attended",
        FAIR,
        evidence(REPORT, _GUESTS, "claims.said", subject="Harbour Guild", cue="attended", object="Tide Fair"),
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
        PEREIRA,
        "proposed",
        claim("longer piers"),
        evidence(NOTE, _BEFORE, "claims.said", subject="Pereira", cue="proposed", object="longer piers"),
    ),
    statement(
        GUILD,
        "proposed",
        claim("cheaper tea"),
        evidence(NOTE, _OFFERED, "claims.said", subject="Harbour Guild", cue="proposed", object="cheaper tea"),
    ),
    statement(
        GUILD,
        "proposed",
        claim("lower piers"),
        evidence(NOTE, _OFFERED, "claims.said", subject="Harbour Guild", cue="proposed", object="lower piers"),
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

REFUSED = (
    statement(
        PEREIRA,
        "memberOf",
        GUILD,
        evidence(
            NEWS, _DENIAL, "claims.said", subject="Pereira", cue="member of", object="Harbour Guild", guard="is not"
        ),
        status=Status.NEGATED,
    ),
)
UNRESOLVED = (Unresolved(5, "claims.said", "subject", _UNTOLD, "`He` may be anybody"),)


def extraction(document: Document) -> Extraction:
    """What was read in one document."""
    made: dict[str, list[Statement]] = {"said": [], "refused": []}
    for kind, some in (("said", STATEMENTS), ("refused", REFUSED)):
        for one in some:
            if mine := [e for e in one.evidence if e.document == document.name]:
                made[kind].append(replace(one, evidence=(mine[0], *mine[1:])))
    untold = UNRESOLVED if document is NEWS else ()
    return Extraction(document, sentences_of(document), tuple(made["said"]), tuple(made["refused"]), untold)


_EXTRACTIONS = tuple(map(extraction, (NEWS, NOTE, REPORT)))
KNOWLEDGE = Knowledge(
    _EXTRACTIONS, STATEMENTS, REFUSED, tuple((one.document.name, dispositions(one)) for one in _EXTRACTIONS)
)
