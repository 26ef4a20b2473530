"""Invented knowledge that has what the seeds lack: posts that change hands, dates of every kind, plans with parts."""

from __future__ import annotations

from datetime import date
from functools import partial

from kg.model import Document, Extraction, Knowledge, Literal, Node, Statement, Status
from tests.knowledge import BASE, claim, merged, node, state

OLD = Document("old", "What is said here was said in the old days.\n", "Old", published=date(2020, 1, 10))
NEW = Document("new", "What is said here was said not long ago.\n", "New", published=date(2021, 6, 1))
UNDATED = Document("undated", "What is said here was said on no day.\n", "Undated")
DIGEST = Document(
    "digest", "What is said here had other words.\n", "Digest", published=date(2021, 7, 1), machine_translated=True
)

LORN, MARSH, PENN = (node(name.split()[1].lower(), name, "Person") for name in ("Ada Lorn", "Bo Marsh", "Cy Penn"))
NAMESAKE = node("new/ada-lorn", "Ada Lorn", "Person", candidate=True)
TRADE = node("trade", "Ministry of Trade", "Ministry")
BUREAU = node("tin-bureau", "Tin Bureau", "Bureau")
GAZETTE = node("gazette", "Arcadia Gazette", "Media")
PORT, HALL = node("port-ada", "Port Ada", "City"), node("hall", "Tin Hall", "Venue")
EXPO, FORUM, FAIR = node("expo", "Tin Expo", "Expo"), node("forum", "Tin Forum", "Forum"), node("fair", "Fair", "Event")
PLAN = node("plan", "Tin Plan", "Plan")
PROGRAMME, PROJECT = node("programme", "Smelters", "Programme"), node("project", "Furnaces", "Programme")
ALLIANCE, SMELTER = node("alliance", "Tin Alliance", "Alliance"), node("acme", "Acme", "Company")
PAPER = Node(f"{BASE}document/old", "Old", "Document", ("Old",))
RULES = {"events.opened": ("It says so.", "it says so"), "posts.apposition": ("A post.", "a post")}

_PROPERTIES = {"minister": "ministerOf", "vice minister": "viceMinisterOf"}
_STRETCHES = {"2021": (date(2021, 1, 1), date(2021, 12, 31)), "2021-06": (date(2021, 6, 1), date(2021, 6, 30))}


def day(text: str) -> Literal:
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)]
    begin, end = _STRETCHES[text] if text in _STRETCHES else (date.fromisoformat(text),) * 2
    return Literal(text, kind, begin, end)


def post(where: Document, who: Node, title: str, as_of: str = "", status: Status = Status.ASSERTED) -> Statement:
    written = title if status is Status.ASSERTED else f"{status.value} {title}"
    more = (("asOf", as_of),) if as_of else ()
    qualifiers = (("post", written),)
    held = partial(state, where, 0, who, "holdsPost", TRADE, property=_PROPERTIES[title], rule="posts.apposition")
    return held(status=status, qualifiers=qualifiers, more=more)


def knowledge() -> Knowledge:
    """Two ministers in succession, events dated to the month and the year, a plan of plans, a press that describes."""
    planned = Status.PLANNED
    said = [
        merged(post(OLD, LORN, "minister", "2020-01-10"), post(OLD, LORN, "minister", "2019-05-01")),
        post(NEW, LORN, "minister", "2021-06-01", Status.FORMER),
        post(NEW, MARSH, "minister", "2021-06-01"),
        post(NEW, PENN, "vice minister", "2021-06-01", Status.ACTING),
        # Dated to the month, to the year and in words: of no day.
        merged(*(post(UNDATED, PENN, "vice minister", when) for when in ("2021-03", "2021", "Thursday"))),
        state(OLD, 0, HALL, "locatedIn", PORT),
        state(NEW, 0, EXPO, "heldIn", HALL),
        state(NEW, 0, EXPO, "heldOn", day("2021-06")),
        state(NEW, 0, FORUM, "heldIn", PORT),
        state(NEW, 0, FORUM, "heldOn", day("2021")),
        state(NEW, 0, FAIR, "heldIn", PORT, status=planned),
        state(NEW, 0, FAIR, "startsOn", day("2021-07-01"), status=planned),
        state(NEW, 0, FAIR, "partOf", EXPO, status=planned),
        state(NEW, 0, MARSH, "spokeAt", FAIR, status=planned),
        state(NEW, 0, MARSH, "spokeAt", EXPO),
        state(OLD, 0, PROGRAMME, "partOf", PLAN),
        state(NEW, 0, PROJECT, "partOf", PROGRAMME, status=planned),
        state(NEW, 0, PLAN, "announced", PROJECT),
        state(NEW, 0, BUREAU, "partOf", TRADE),
        state(OLD, 0, PAPER, "publishedBy", GAZETTE),
        state(OLD, 0, MARSH, "said", claim(MARSH, "Tin grows"), speaker=MARSH),
        state(OLD, 0, LORN, "said", claim(LORN, "Old tin grows"), speaker=LORN),
        state(OLD, 0, GAZETTE, "said", claim(GAZETTE, "TIN fell"), speaker=GAZETTE),
        state(OLD, 0, SMELTER, "said", claim(SMELTER, "tin is ours"), speaker=SMELTER),
        state(OLD, 0, TRADE, "describedAs", Literal("the home of tin")),
        state(OLD, 0, PORT, "describedAs", Literal("a port of tin"), speaker=SMELTER),
        state(NEW, 0, PORT, "describedAs", Literal("a tin town")),
        state(NEW, 0, SMELTER, "figure", Literal("1,200 tons"), qualifiers=(("metric", "tin"), ("period", "2020"))),
        state(NEW, 0, EXPO, "attendedBy", Literal("experts")),
        state(NEW, 0, ALLIANCE, "hasMember", SMELTER, status=planned),
        state(NEW, 0, ALLIANCE, "initiatedBy", TRADE),
        merged(state(NEW, 0, NAMESAKE, "attended", EXPO), state(DIGEST, 0, NAMESAKE, "attended", EXPO)),
        state(DIGEST, 0, LORN, "attended", EXPO),
    ]
    documents = (OLD, NEW, UNDATED, DIGEST)
    return Knowledge(tuple(Extraction(each, (), ()) for each in documents), tuple(said), ())
