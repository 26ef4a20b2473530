"""A small piece of knowledge made by hand: two documents, with facts of every status and kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kg.identity import claim_id, evidence_id, statement_id
from kg.model import (
    Antecedent,
    Document,
    Evidence,
    Extraction,
    Knowledge,
    Literal,
    Node,
    Sameness,
    Span,
    Statement,
    Status,
)
from kg.vocabulary import Vocabulary, read

ONTOLOGY = Path(__file__).parent.parent / "ontology"
BASE = "https://kg.example.org/"

NEWS = Document(
    "harbour-news",
    "Second Harbour Expo opens\n"
    "Jane Roe, minister of the Ministry of Trade, opened the second Harbour Expo in Port Ada on Monday.\n"
    "She said that trade will grow.\n"
    "John Doe, former vice minister of the Ministry of Trade, attended the expo, which had 1,100 visitors.\n"
    "The third Harbour Expo will start on March 1, 2022.\n",
    title="Second Harbour Expo opens",
    publisher="Harbour News",
    published=date(2021, 3, 8),
    same=(Sameness("the expo", "id/harbour-expo-2", "only one was open that week"),),
)
#: What a hostile document holds: quotes, tags, line ends, control characters, words that read as Turtle.
HOSTILE = (
    'say "no" \\ </script><script>alert(1)</script> \u2028\u2029\r\x07\t\x00\x85 '
    "\"\"\" ''' . kg:x a <y> ; {{7*7}} \U0001f600"
)
MINUTES = Document(
    "minutes",
    f"The Minister of Trade, Jane Roe, proposed this measure: {HOSTILE}\nSecond, open the port.\n",
    published=date(2021, 5, 2),
    machine_translated=True,
)


def node(slug: str, label: str, cls: str, *names: str, candidate: bool = False) -> Node:
    return Node(f"{BASE}id/{slug}", label, cls, (label, *names), candidate=candidate)


ROE = node("jane-roe", "Jane Roe", "Person", "简·罗")
DOE = node("harbour-news/john-doe", "John Doe", "Person", candidate=True)
MINISTRY = node("trade", "Ministry of Trade", "Ministry", "MOT")
EXPO = node("harbour-expo-2", "second Harbour Expo", "Expo", "Harbour Expo")
NEXT = node("harbour-expo-3", "third Harbour Expo", "Expo", candidate=True)
PORT = node("port-ada", "Port Ada", "City")

RULES = {
    "posts.apposition": (
        "A name, a comma, the post and the body.",
        "{person:Person}, {post:Post} of [the] {body:Body}",
    ),
    "events.opened": ("Somebody opens an event.", "{person:Person} opened {event:Event} in {place:Place}"),
    "claims.said": ("Reported speech.", "{agent:Agent} said [that] {what:Clause}"),
    "unused": ("Fired nowhere.", "nothing"),
}


def claim(agent: Node, words: str, cls: str = "Claim") -> Node:
    return Node(f"{BASE}claim/{claim_id(agent.iri, words)}", words[:20], cls, words=words)


def state(
    document: Document,
    line: int,
    subject: Node,
    relation: str,
    thing: Node | Literal,
    *,
    property: str = "",
    status: Status = Status.ASSERTED,
    qualifiers: tuple[tuple[str, str], ...] = (),
    more: tuple[tuple[str, str], ...] = (),
    rule: str = "events.opened",
    speaker: Node | None = None,
    antecedents: tuple[Antecedent, ...] = (),
) -> Statement:
    """A statement with a whole line as its quote, and its first and last letters as the slots' words."""
    lines = document.text.split("\n")
    start = sum(len(text) + 1 for text in lines[:line])
    span = Span(start, start + len(lines[line]))
    words = {"subject": Span(span.start, span.start + 4), "object": Span(span.end - 4, span.end)}
    spans = tuple((name, at) for name, at in words.items() if name not in {a.slot for a in antecedents})
    id_ = statement_id(subject.iri, property or relation, thing, status, qualifiers)
    evidence = Evidence(
        evidence_id(id_, document.name, span, rule, spans),
        document.name,
        span,
        document.text[span.start : span.end],
        rule,
        "subject",
        "object",
        spans,
        antecedents,
        more,
        speaker,
    )
    return Statement(id_, subject, relation, property or relation, thing, status, qualifiers, (evidence,))


def merged(first: Statement, *others: Statement) -> Statement:
    assert {s.id for s in others} <= {first.id}
    more = [*first.evidence[1:], *(e for s in others for e in s.evidence)]
    evidence: tuple[Evidence, *tuple[Evidence, ...]] = (first.evidence[0], *more)
    return replace(first, evidence=evidence)


def minister(document: Document, line: int, day: str) -> Statement:
    return state(
        document,
        line,
        ROE,
        "holdsPost",
        MINISTRY,
        property="ministerOf",
        qualifiers=(("post", "minister"),),
        more=(("asOf", day),),
        rule="posts.apposition",
    )


def knowledge() -> Knowledge:
    """Nine statements: one in both documents, one former, one planned, two claims, dates, a figure."""
    news = (
        minister(NEWS, 1, "2021-03-08"),
        state(NEWS, 1, EXPO, "heldIn", PORT),
        state(NEWS, 1, EXPO, "edition", Literal("2", "integer")),
        state(NEWS, 1, EXPO, "heldOn", Literal("Monday"), more=(("dateText", "Monday"),)),
        state(
            NEWS,
            2,
            ROE,
            "said",
            claim(ROE, "trade will grow"),
            rule="claims.said",
            speaker=ROE,
            antecedents=(Antecedent("subject", (Span(26, 34),), "next sentence"),),
        ),
        state(
            NEWS,
            3,
            DOE,
            "holdsPost",
            MINISTRY,
            property="viceMinisterOf",
            status=Status.FORMER,
            qualifiers=(("post", "former vice minister"),),
            more=(("asOf", "2021-03-08"),),
            rule="posts.apposition",
        ),
        state(NEWS, 3, EXPO, "figure", Literal("1,100"), qualifiers=(("metric", "visitors"), ("period", "2021"))),
        state(
            NEWS,
            4,
            NEXT,
            "startsOn",
            Literal("2022-03-01", "date", date(2022, 3, 1), date(2022, 3, 1)),
            status=Status.PLANNED,
            more=(("dateText", "March 1, 2022"),),
        ),
    )
    minutes = (
        minister(MINUTES, 0, "2021-05-02"),
        state(
            MINUTES,
            0,
            MINISTRY,
            "proposed",
            claim(MINISTRY, HOSTILE, "Measure"),
            rule="claims.said",
            speaker=ROE,
            more=(("attributedTo", "Jane Roe"), ("ordinal", "1")),
        ),
    )
    return Knowledge(
        (Extraction(NEWS, (), news), Extraction(MINUTES, (), minutes)),
        (merged(news[0], minutes[0]), *news[1:], *minutes[1:]),
        (),
    )


def vocabulary() -> Vocabulary:
    return read(ONTOLOGY)
