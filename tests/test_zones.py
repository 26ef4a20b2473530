"""Zones of whole documents: each line of a case is its kind, a bar, and the text.

A kind with `+` goes on in the same line of the document, after a space; `@` gives the speaker.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.document import gather, read
from kg.errors import OntologyError
from kg.model import Zone, ZoneKind
from kg.zones import zones
from kg.zones.cues import Cues, cues

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "ontology" / "words" / "zones.toml"

CASES = {
    "a news item with title and paragraphs": """
        title       | Ministers agree on trade

        body        | The ministers agreed on Monday. They met in Geneva.

        body        | Their talks go on.
        """,
    "one sentence is no title": """
        body        | Jane Roe met John Doe in Paris on Monday.
        """,
    "a first line with a full stop is no title": """
        body        | Jane Roe met John Doe in Paris on Monday.
        body        | She left.
        """,
    "a headline with a full stop, by its capitals": """
        title       | Ministers Agree On Trade At Last.
        body        | The ministers agreed on Monday.
        """,
    "a headline with a full stop, by what follows": """
        title       | Ministers agree on trade.
        publication | March 5, 2023
        body        | The ministers agreed on Monday.
        """,
    "a headline that asks": """
        title       | Will the ministers agree?
        body        | The ministers met on Monday.
        """,
    "a text without any stop": """
        title       | Ministers agree on trade
        body        | They met in Geneva on Monday and had nothing to say about the weather that day
        """,
    "the page of a ministry": """
        masthead    | Ministry of Trade, Economic Affairs and the Harbour

        title       | Minister opens the harbour fair in Springfield

        body        | The minister opened the fair on Monday.
        """,
    "a title that begins with a ministry": """
        title       | Ministry of Trade opens talks with Arcadia

        body        | The talks began on Monday.
        """,
    "a news item that quotes somebody at length": """
        title       | Ministers meet in Springfield

        body        | Jane Roe, Minister of Trade, was the first and explained: "Tea is good." The port is full.

        body        | John Doe disagreed. We will see.
        """,
    "masthead with a motto": """
        masthead    | Some Trade Media – News & Updates
        masthead    | A platform that keeps the industry updated with the right knowledge of all that happens

        title       | Ministers Agree On Trade

        body        | The ministers agreed on Monday.
        """,
    "masthead, title, subtitle": """
        masthead    | Freedonia Daily
        title       | Ministers agree on trade
        heading     | Talks will go on
        publication | Source: Some Agency | Updated: 2023-03-05 10:12
        body        | The ministers agreed on Monday.
        """,
    "the site's name behind the title": """
        title       | Ministers agree on trade
        +masthead   | - Headline of viewpoints - Freedonia Daily - Some Online
        body        | The ministers agreed on Monday.
        """,
    "the site's name is one word, behind two dashes": """
        title       | Ministers agree - at last
        +masthead   | -- Freedonianet
        body        | The ministers agreed on Monday.
        """,
    "a dash inside a title": """
        title       | Ministers agree on trade - and what comes next
        body        | The ministers agreed on Monday.
        """,
    "a compound in a title": """
        title       | China-Japan talks on the Sino-US phase-one deal
        body        | The ministers agreed on Monday.
        """,
    "a ministry's page": """
        navigation  | Home
        navigation  | News
        navigation  | About Us
        masthead    | Ministry of Trade of Freedonia
        navigation  | Current location: Home > News > Press Releases
        title       | Minister Jane Roe Meets with the Minister of Industry of Sylvania
        publication | Source: Department of Europe   Updated: 2023-03-05 10:12   Font size: A A A
        body        | On March 3, 2023, Minister of Trade Jane Roe met with John Doe in Freetown. The two sides talked.
        body        | Roe pointed out that the two countries should deepen cooperation.
        byline      | (Editor: Wang Wu)
        boilerplate | Print | Close | Back to top
        boilerplate | Copyright © 2023 Ministry of Trade. All rights reserved.
        boilerplate | Tel: 86-10-55555555
        boilerplate | Website Identification Code bm22000001
        """,
    "labels that have run together are no text": """
        navigation  | Home >
        title       | Ministry Of Trade: Strive To Improve The Chain
        publication | 2021/3/8 16:54:00 0
        navigation  | Ministry Of TradeIndustry ChainSupply ChainThe 14Th Plan
        body        | Recently, the minister spoke.
        """,
    "breadcrumbs and pages": """
        navigation  | ㄑ Press Room ㄑ Transcripts ㄑ Press Conferences of the Office

        title       | A briefing

        body        | The Office held a briefing on March 1 in Freetown.
        +publication| March 3, 2021

        navigation  | <  1  2  3  4  5  >
        """,
    "related reading goes to the end": """
        title       | Ministers agree on trade
        body        | The ministers agreed on Monday.
        related     | • Related reading
        related     | Another text
        related     | |
        related     | 2021/2/26 16:38:00
        related     | 1
        related     | Read the next article
        related     | Exhibition: the spring fair
        related     | The fair is open. The curtain will
        """,
    "a line that points to another text": """
        title       | Ministers agree on trade
        body        | The ministers agreed on Monday.
        related     | Read more: Sylvania opens a port
        body        | The talks go on.
        """,
    "foot of the page with mottoes": """
        title       | Ministers agree on trade
        body        | The ministers agreed on Monday in Geneva.


        boilerplate | A Tour in Freetown, A Gain in Vision
        boilerplate | A Land of Beauty, A City with Appeal
        boilerplate | Internet illegal and undesirable information can be reported by calling this number:+86-23-555
        boilerplate | 渝ICP备20009753号-2
        boilerplate | I Agree
        boilerplate | By continuing to browse our site you agree to our use of cookies. You can change it.
        boilerplate | About UsContact Us
        boilerplate | Leaving a message
        """,
    "a text about cookies has no foot": """
        title       | New law on data protection adopted
        body        | The parliament adopted the law on Monday.
        body        | The law sets rules for every website's privacy policy and use of cookies.
        heading     | What about cookies
        body        | Sites must not track users without consent.
        body        | Those who do pay a fine.
        """,
    "captions": """
        title       | Ministers agree on trade
        caption     | Jane Roe delivers a speech in Geneva, Nov. 26, 2024. (Agency/Ann Other)
        caption     | The company showed its car, the UNI-Z. (Photo/ Some Automobile)
        caption     | Jane Roe (right) meets John Doe in Geneva [Photo by Ann Other/Daily]
        caption     | The site of the opening ceremony photographed in Geneva on July 26, 2020.
        caption     | Photo taken on Nov. 5, 2022 shows the venue.
        body        | The ministers agreed on Monday (local time).
        body        | The moon was photographed in Geneva by Jane Roe.
        body        | They measured the speed (km/h). They agreed on the model (PPP/BOT)
        """,
    "headings": """
        title       | Ministers agree on trade
        body        | The ministers agreed on Monday.
        heading     | Electrification, intelligence, and connectivity
        body        | They talked about cars.
        heading     | II. Our Tasks for This Year
        body        | We should do the following:
        body        | expand trade
        body        | open markets
        body        | First, we should work hard.
        body        | • Tariffs will be cut
        body        | • Quotas will go
        """,
    "by-lines and a dateline with a dash": """
        title       | Freedonia signs pact
        byline      | By Jane Roe and John Doe | 12 March 2023
        dateline    | FREETOWN, March 12 (Agency) -
        +body       | Freedonia on Sunday signed a pact.
        body        | By the end of May it will be in force.
        byline      | (Reporting by Jane Roe; editing by John Doe)
        """,
    "a dateline without a day, and a section's name": """
        masthead    | iFreetown Title
        title       | Urgency in Rebuilding the Chain丨Insights
        byline      | By JANE ROE|Mar 20,2024
        dateline    | Freetown—
        +body       | The 2024 report charts a course.
        """,
    "a dateline that names reporters": """
        title       | Ministers agree on trade
        dateline    | Some News Agency Shanghai July 26, 2020
        +byline     | (Journalist: Zhou Rui)
        +body       | On July 26, 2020, the alliance met.
        """,
    "a dateline that is a line by itself": """
        title       | Ministers agree on trade
        dateline    | Some News Agency, Shanghai, July 26th
        +byline     | (Reporter Zhou Rui)
        body        | On the 26th, the alliance met.
        """,
    "the end of the text": """
        title       | Ministers agree on trade
        body        | The ministers agreed on Monday.
        boilerplate | Enditem
        body        | They left.
        """,
    "a letter's day and sender": """
        title       | Report on the Work of the Government
        heading     | Delivered at the Fifth Session on March 5, 2023
        body        | Esteemed Deputies,
        body        | I will now report to you.
        heading     | Ministry of Finance
        publication | March 5, 2023
        """,
    "days as headings": """
        title       | What happened
        body        | The year was long.
        body        | It had many days.
        heading     | March 5, 2021
        body        | The ministers met.
        heading     | March 6, 2021
        body        | The ministers left.
        body        | They were tired.
        """,
    "a transcript with names above": """
        title       | Some briefing on industry

        body        | The Office held a press conference in Freetown.
        +publication| March 3, 2021

        question    | We noticed the impact. What plans do you have? Thank you.

        heading@Xiao Li | Xiao Li:

        turn@Xiao Li | Thanks for your question. I agree with you.

        turn@Xiao Li | To bolster our strengths means: to work. Thank you.
        """,
    "a transcript with several speakers": """
        title       | Transcript of the Press Conference (March 16, 2023)
        heading@Jane Roe | Jane Roe:
        +turn@Jane Roe | Good afternoon. The floor is open.
        heading@National TV | National TV:
        +question@National TV | The Ministry released data. What is your comment?
        heading@Jane Roe | Jane Roe:
        +turn@Jane Roe | Exports grew. We will support companies.
        turn@Jane Roe | We have taken measures: tax cuts, and more.
        heading@Daily Post | Daily Post:
        +question@Daily Post | I would like to know how you respond.
        heading@John Doe | John Doe, Director General of the Department:
        +turn@John Doe | I would like to add one point. Trade is stable.
        """,
    "a transcript with a list of speakers": """
        title       | Press conference on trade

        body        | Speakers:

        body        | Jane Roe, minister of trade
        body        | John Doe, chief engineer of the Ministry of Trade

        heading@Mary Major | Mary Major:
        turn@Mary Major | Good morning. Today, we are joined by Ms. Jane Roe.
        heading@Jane Roe | Jane Roe:
        turn@Jane Roe | Thank you. It is my pleasure.
        turn@Jane Roe | We did well. That is all.
        question    | Will it last? Thank you.
        heading@Jane Roe | Jane Roe:
        turn@Jane Roe | It will.
        """,
    "questions and answers by letters": """
        title       | A briefing
        publication | March 16, 2023
        heading     | Q:
        +question   | Can you confirm?
        heading     | A:
        +turn       | The visit is under preparation.
        """,
    "reporters who are asked by their role": """
        title       | Ministers meet the press
        heading@Reporter from National TV | Reporter from National TV:
        +question@Reporter from National TV | Can you tell us more about the plan?
        heading@Jane Roe | Jane Roe:
        +turn@Jane Roe | We can.
        """,
    "questions and answers by bare letters": """
        title       | Regular Press Conference on January 13, 2020
        publication | Published on Jan 13, 2020
        body        | Jane Roe will attend the meeting.
        heading     | Q
        +question   | They admitted it. What is your comment?
        heading     | A
        +turn       | We are deeply saddened by this. A Freedonian asked for it.
        """,
    "a bare letter alone is an article": """
        title       | Ministers meet the press
        body        | A Freedonian asked for it. Why?
        body        | They said no.
        """,
    "a transcript that begins with a question": """
        heading@Some News Service | Some News Service:
        question@Some News Service | It has had an impact. What will you do next?
        heading@Zhao Roe | Zhao Roe:
        turn@Zhao Roe | Thank you for your question. We work on two priorities:
        turn@Zhao Roe | First, we are working on it.
        """,
    "a page of a press conference": """
        navigation  | Home > Press Room >

        title       | Press conference on high-quality commerce development

        navigation  | Economy

        body        | A press conference was held Sunday afternoon to introduce work.

        publication | Some.orgUpdated: September 30, 2019

        heading     | Speakers

        body        | Zhong Roe, minister of commerce

        body        | Wang Roe, vice minister of commerce

        heading@Xi Roe | Xi Roe, person in charge of the Center for the 70th Anniversary of the Founding of Freedonia:

        turn@Xi Roe | Good afternoon. Welcome to this press conference.

        heading@Zhong Roe | Zhong Roe:

        turn@Zhong Roe | Thank you, madam. I want to thank you.
        """,
    "a portal's page": """
        masthead    | LINE
        navigation  | Text:AAAPrint
        navigation  | Politics
        title       | Roe: Import expo to advance opening-up
        navigation  | 1
        publication | 2019-11-05 08:33:02Some Daily Editor : Mo Hong'e App Download
        caption     | President Jane Roe greets guests. They gathered in the city. (ANN OTHER / SOME DAILY)
        heading     | President says event will bring benefits
        body        | Freedonia is offering to increase imports, Roe said.
        body        | The expo opens on Tuesday, she said. (Agency)
        boilerplate | (This story has not been edited by our staff.)
        boilerplate | Disclaimer: No journalist was involved in the creation of this content
        boilerplate | Already subscribed? Log in
        """,
    "an agency's item on a portal": """
        publication | date 2021-10-09 Left Menu

        title       | Representative holds virtual meeting with Vice Premier, discusses trade

        body        | The representative on Friday held a meeting.

        publication | ANI | Freetown | Updated: 09-10-2021 17:44 IST | Created: 09-10-2021 17:44 IST
        caption     | Katherine Roe (File Photo). Image Credit: ANI
        body        | The representative on Friday held a virtual meeting.
        """,
    "the day of an event is not that of publication": """
        title       | Notice of a press conference
        body        | The Office will hold a press conference.
        body        | The minister will speak about trade.
        body        | Journalists are asked to come early.
        body        | Date: Sept. 29, 2019
        body        | Venue: Press Hall, Freetown
        body        | Please submit questions by letter.
        body        | Those who come late stay outside.
        body        | There is no coffee.
        """,
    "one word before a colon at a press conference": """
        title       | Minister holds press conference
        body        | The minister spoke on Monday.
        body        | Freetown: the city is full of guests.
        body        | They left.
        """,
    "one turn by itself": """
        heading@Jane Roe | Jane Roe:
        +turn@Jane Roe | The ministry will open the market.
        """,
    "a colon makes no transcript": """
        title       | Ministry Of Trade: Strive To Improve
        body        | The ministers agreed on Monday.
        body        | The Ministry of trade takes the following measures:
        body        | First: it works.
        body        | World Bank: growth will slow.
        body        | The talks go on.
        """,
}


@pytest.fixture(scope="module")
def words() -> Cues:
    return cues(WORDS)


def built(case: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The text of a case, and the kind, words and speaker of each of its zones."""
    text, expected = "", []
    for line in case.strip("\n").split("\n")[:-1]:
        found = re.fullmatch(r"\s*(\+?)(\w+)(?:@([^|]+?))?\s*\| (.*)", line)
        if not found:
            assert not line.strip(), line
            text += "\n"
            continue
        text += (" " if found[1] else "\n" if text else "") + found[4]
        expected.append((found[2], found[4], found[3] or ""))
    return text, expected


def shown(text: str, found: tuple[Zone, ...]) -> list[tuple[str, str, str]]:
    return [(z.kind.value, text[slice(*z.span)], text[slice(*z.speaker)] if z.speaker else "") for z in found]


def covers(text: str, found: tuple[Zone, ...]) -> bool:
    """Whether the zones are in order, each in one line, and hold all but white space and invisible marks."""
    ends = [0, *(zone.span.end for zone in found)]
    starts = [*(zone.span.start for zone in found), len(text)]
    between = "".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    one_line = all(not re.search(r"[\r\n]", text[slice(*zone.span)]) for zone in found)
    in_order = all(end <= start for end, start in zip(ends, starts, strict=True))
    return in_order and one_line and not re.sub(r"[\s\ufeff\u200b-\u200d\u2060]", "", between)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_line_has_its_kind(case: str, words: Cues) -> None:
    text, expected = built(case)
    assert shown(text, zones(text, words)) == expected


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_line_ends_and_invisible_marks_change_nothing(case: str, words: Cues) -> None:
    text, expected = built(case)
    text = "\ufeff" + text.replace("\n", " \u00a0\r\n")
    found = zones(text, words)
    assert shown(text, found) == expected
    assert covers(text, found)


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("BEIJING, Nov. 26 (Xinhua) -- Vice President Roe met X.", "BEIJING, Nov. 26 (Xinhua) --"),
        ("LONDON, March 3 (Reuters) - The bank said so.", "LONDON, March 3 (Reuters) -"),
        ("WASHINGTON -- The bank said so.", "WASHINGTON --"),
        ("WASHINGTON (AP) — The bank said so.", "WASHINGTON (AP) —"),
        ("(Xinhua) -- The bank said so.", "(Xinhua) --"),
        ("MOSCOW, November 20. /TASS/. The bank said so.", "MOSCOW, November 20. /TASS/."),
        ("NEW YORK, Dec. 3, 2024 /PRNewswire/ -- It said so.", "NEW YORK, Dec. 3, 2024 /PRNewswire/ --"),
        ("Washington, D.C. – June 5, 2023 – The bank said so.", "Washington, D.C. – June 5, 2023 –"),
        ("March 5, 2023 - The bank said so.", "March 5, 2023 -"),
        ("Beijing, 5 Mar (ANI): The bank said so.", "Beijing, 5 Mar (ANI):"),
        ("NEW DELHI: The bank said so.", "NEW DELHI:"),
        ("SYDNEY, Australia — The bank said so.", "SYDNEY, Australia —"),
        ("Xinhua News Beijing December 11th, on that day X met.", "Xinhua News Beijing December 11th,"),
        ("China—the second largest economy—grew.", ""),
        ("China – The World Bank said so.", ""),
        ("China Daily on March 3 published a report on it.", ""),
        ("Xinhua News Agency on March 3, 2021, published it.", ""),
        ("On March 3, the bank said so.", ""),
        ("Beijing, March 3, 2021 was warm.", ""),
        ("U.S. - China talks went on.", ""),
        ("EXCLUSIVE: The bank said so.", ""),
        ("Roe — The Great — said so.", ""),
    ],
    ids=lambda value: value[:30],
)
def test_datelines(line: str, dateline: str, words: Cues) -> None:
    found = zones(line + "\nThat is all.", words)
    told = [line[slice(*zone.span)] for zone in found if zone.kind is ZoneKind.DATELINE]
    assert told == ([dateline] if dateline else [])


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "Some News Agency, Freetown, reported July 25th (Correspondents: A B and C D) It",
            "(Correspondents: A B and C D)",
        ),
        ("Message from Some Daily on December 10 (all-media journalists: A B) The", "(all-media journalists: A B)"),
        ("Freetown, March 5 (Reporter A B) The", "(Reporter A B)"),
        ("(Reporter A B) The", "(Reporter A B)"),
        ("Some Daily News (Reporter A B) The", "(Reporter A B)"),
        ("Some Bank (Reporter A B) The", ""),
    ],
    ids=["agency", "daily", "city", "alone", "daily alone", "no medium"],
)
def test_the_reporters_in_a_dateline_are_a_by_line(line: str, names: str, words: Cues) -> None:
    text = line + " bank said so.\nThat is all."
    found = shown(text, zones(text, words))
    assert [part for kind, part, _ in found if kind == "byline"] == ([names] if names else [])
    assert next(part for kind, part, _ in found if kind == "body").endswith("bank said so.")


@pytest.mark.parametrize("path", gather([ROOT / "seeds"]), ids=lambda path: path.stem[:3])
def test_the_zones_of_a_seed_hold_all_of_it(path: Path, words: Cues) -> None:
    document = read(path)
    found = zones(document.text, words)
    assert covers(document.text, found)
    (title,) = (zone for zone in found if zone.kind is ZoneKind.TITLE)
    assert document.text[slice(*title.span)].startswith(document.title)


SEEDS = {
    "000": {"masthead": 2, "title": 1, "body": 8},
    "001": {"navigation": 2, "title": 1, "publication": 1, "body": 13, "related": 29},
    "002": {"title": 1, "publication": 1, "caption": 2, "dateline": 1, "body": 9},
    "003": {
        "masthead": 1,
        "title": 1,
        "byline": 1,
        "dateline": 1,
        "caption": 1,
        "heading": 2,
        "body": 11,
        "boilerplate": 10,
    },
    "004": {
        "navigation": 2,
        "title": 1,
        "body": 1,
        "publication": 1,
        "question": 1,
        "heading": 1,
        "turn": 4,
    },
}


@pytest.mark.parametrize(("number", "kinds"), SEEDS.items(), ids=SEEDS)
def test_the_kinds_of_a_seed(number: str, kinds: dict[str, int], words: Cues) -> None:
    (path,) = (ROOT / "seeds").glob(f"{number}_*.txt")
    found = zones(read(path).text, words)
    assert {kind: sum(zone.kind == kind for zone in found) for kind in {zone.kind.value for zone in found}} == kinds


def test_the_speaker_of_the_transcript_is_named_before_the_turns(words: Cues) -> None:
    (path,) = (ROOT / "seeds").glob("004_*.txt")
    text = read(path).text
    speakers = {text[slice(*zone.speaker)] for zone in zones(text, words) if zone.speaker}
    assert len(speakers) == 1
    assert f"\n{speakers.pop()}:\n" in text


@pytest.mark.parametrize("text", ["", " \n\u00a0\n", "\ufeff"], ids=["empty", "blank", "mark"])
def test_no_text_has_no_zone(text: str, words: Cues) -> None:
    assert zones(text, words) == ()


def test_a_word_file_is_refused_with_all_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "zones.toml"
    lines = [line for line in WORDS.read_text().split("\n") if not line.startswith("#")]
    source = re.sub(r"(?m)^end = .*$", 'end = ["a", "a", 3]', "\n".join(lines)).replace("thanks = [", "thank = [")
    path.write_text("colour = 1\n" + source)
    with pytest.raises(OntologyError) as caught:
        cues(path)
    told = [fault.what for fault in caught.value.faults]
    assert [what.split(";")[0] for what in told] == [
        "unknown key `colour`",
        "unknown key `thank`",
        "`a` stands twice in `end`",
        "`end` must hold phrases only",
        "`thanks` must be a list of phrases",
    ]
    assert caught.value.faults[0].line == 1
    path.write_text("end = [")
    with pytest.raises(OntologyError, match=r"zones\.toml:1: is not TOML"):
        cues(path)
