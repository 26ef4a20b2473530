"""Arrow to sentence, and sentence to arrow: each once, by the mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kg.page.readings import Reading
from kg.page.sources import Source
from tests.page.visits import Visit, address, data, statement, units
from tests.page_knowledge import HOSTILE, NEWS, RULES

DATA = data()
#: Whether a sentence lies in what can be seen of its document.
IN_SIGHT = """(span) => {
  const [box, around] = [span, document.getElementById("pages")].map((some) => some.getBoundingClientRect());
  return box.top >= around.top && box.bottom <= around.bottom;
}"""
STATEMENTS = {one["id"]: one for one in DATA["statements"]}
ARROWS = [one for one in DATA["statements"] if one["drawn"] == "arrow"]


def quote(reading: Reading) -> str:
    return units(DATA["documents"][reading["document"]]["text"], reading["start"], reading["end"])


def stated(name: str, number: int) -> set[str]:
    """The statements of which a sentence is evidence."""
    sentence = DATA["documents"][name]["sentences"][number]
    return {
        one["id"]
        for one in DATA["statements"]
        for reading in one["evidence"]
        if reading["document"] == name and reading["start"] < sentence.end and sentence.start < reading["end"]
    }


def test_every_arrow_clicked_shows_its_statement_and_its_sentence_marked_in_the_document(seen: Visit) -> None:
    for one in ARROWS:
        seen.click_arrow(one["id"])
        parts = [text.strip() for text in seen.page.locator("#panel h2.triple > *").all_text_contents()]
        assert parts == [one["subject"]["text"], one["relation"], one["object"]["text"]]
        assert seen.page.locator("#panel .reading blockquote").all_text_contents() == list(map(quote, one["evidence"]))
        shown = seen.page.input_value("#which")
        here = [reading for reading in one["evidence"] if reading["document"] == shown]
        assert here
        lit = seen.page.locator("#pages .sentence.chosen")
        assert lit.all_text_contents() == [quote(reading) for reading in here]
        for reading in here:
            text = DATA["documents"][shown]["text"]
            for slot, start, end in reading["marks"]:
                # Where two slots share words, the mark of each is cut.
                assert "".join(lit.locator(f"mark[title={slot}]").all_text_contents()) == units(text, start, end)
        assert lit.first.evaluate(IN_SIGHT)
        assert seen.lit() == ({one["subject"]["id"], one["object"]["id"]}, {one["id"]})
        assert seen.network("getSelectedEdges()") == [one["id"]]


@pytest.mark.parametrize("name", list(DATA["documents"]))
def test_every_sentence_clicked_lights_exactly_what_it_states(seen: Visit, name: str) -> None:
    seen.page.select_option("#which", name)
    for number, span in enumerate(seen.page.locator("#pages .sentence").all()):
        span.click()
        said = {key: STATEMENTS[key] for key in stated(name, number)}
        arrows = {key for key, one in said.items() if one["drawn"] == "arrow"}
        ends = {one[end]["id"] for key, one in said.items() if key in arrows for end in ("subject", "object")}
        cards = {one["card"] for key, one in said.items() if key not in arrows}
        assert seen.lit() == (ends | cards, arrows)
        assert set(
            seen.page.eval_on_selector_all("tbody .chosen", "rows => rows.map(({ dataset }) => dataset.id)")
        ) == set(said)
        listed = seen.page.locator("#panel .lines:not(.near) > li")
        assert listed.count() == len(said)
        assert seen.page.locator("#pages [aria-current]").all_text_contents() == [span.text_content()]


@pytest.mark.parametrize(
    ("number", "title", "words"),
    [
        (3, "Nothing to state", ["A curator read it and found nothing", "The weather."]),
        (4, "Refused", ["Ana Pereira — member of → Harbour Guild", "because is not", "rule claims.said"]),
        (5, "Left open", ["subject: `He` may be anybody", "rule claims.said", "Unsure means unresolved."]),
        (6, "Undecided", ["no curator has looked at it yet"]),
        (7, "Not read", ["No facts are taken from this part of a document.", "related"]),
    ],
    ids=["nothing", "refused", "unresolved", "undecided", "excluded"],
)
def test_a_sentence_without_arrows_says_why(seen: Visit, number: int, title: str, words: list[str]) -> None:
    seen.page.select_option("#which", "news")
    seen.page.locator("#pages .sentence").nth(number).click()
    assert seen.page.inner_text("#panel .eyebrow .status") == title
    shown = seen.panel()
    for some in words:
        assert some in shown
    assert seen.lit() == (set(), set())


def test_a_sentence_that_waits_for_a_rule_says_so(seen: Visit) -> None:
    seen.page.select_option("#which", "report")
    seen.page.locator("#pages .sentence").last.click()
    assert "no rule reads yet. A rule for members of bodies among others." in seen.panel()


def test_a_statement_tells_its_rule_its_source_and_what_a_pronoun_stands_for(seen: Visit) -> None:
    seen.go(address(statement=statement("minister of")["id"]))
    shown = seen.panel()
    says, pattern = RULES["posts.apposition"]
    for words in ("posts.apposition", says, pattern, "2024-05-17", HOSTILE[1], HOSTILE[3]):
        assert words in shown
    assert "Machine-translated source: not the speaker’s own words." in shown
    (one, _) = (one for one in DATA["statements"] if one["relation"] == "said")
    seen.go(address(statement=one["id"]))
    assert "The subject stands for Ana Pereira (pronoun)" in seen.panel().replace("“", "").replace("”", "")
    # The antecedent is marked where it stands, in a sentence before.
    assert seen.page.locator("#pages mark.antecedent").all_text_contents() == ["Ana Pereira"]
    assert seen.page.locator("#panel dd").all_text_contents() == ["Ana Pereira"]


def test_slots_are_marked_in_three_ways(seen: Visit) -> None:
    seen.go(address(statement=statement("minister of")["id"]))
    for place in ("#panel blockquote", "#pages .chosen"):
        styles = {
            slot: seen.page.eval_on_selector(
                f"{place} mark.{slot}", "mark => getComputedStyle(mark).textDecorationStyle"
            )
            for slot in ("subject", "cue", "object")
        }
        assert styles == {"subject": "solid", "cue": "wavy", "object": "double"}
        assert seen.page.inner_text(f"{place} mark.subject") == "Ana Pereira"
        # The words of the cue lie inside those of the object here, and both are marked.
        assert seen.page.locator(f"{place} :is(mark.object mark.cue, mark.cue mark.object)").count() > 0


def test_show_in_the_document_goes_to_the_other_document(seen: Visit) -> None:
    seen.go(address(statement=statement("held in", "tea-expo")["id"], doc="__proto__"))
    assert seen.page.input_value("#which") == "__proto__"
    readings = seen.page.locator("#panel .reading")
    (other,) = (
        n for n, reading in enumerate(statement("held in", "tea-expo")["evidence"]) if reading["document"] == "news"
    )
    readings.nth(other).get_by_role("button", name="Show in the document").click()
    assert seen.page.input_value("#which") == "news"
    assert seen.focused() == NEWS.text.split("\n")[0]


def test_the_report_of_a_statement_names_it_its_sentence_and_its_rule(seen: Visit) -> None:
    one = statement("minister of")
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.go(address(statement=one["id"]))
    seen.page.get_by_role("button", name="Report this").click()
    expect(seen.page.locator("#said")).not_to_be_empty()
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    for words in (one["id"], quote(one["evidence"][0]), one["evidence"][0]["id"], "posts.apposition"):
        assert words in copied


def test_the_documents_say_who_published_them_when_and_what_became_of_each_sentence(seen: Visit) -> None:
    for name, source in DATA["documents"].items():
        seen.page.select_option("#which", name)
        shown = seen.page.inner_text("#pages")
        for words in (source["title"], source["publisher"], source["date"]):
            assert words in shown
        assert ("Machine-translated" in shown) == source["translated"]
        assert seen.page.locator("#pages .sentence").all_text_contents() == texts(source)
        assert f"{sum(one.kind == 'extracted' for one in source['sentences'])} read" in shown


def texts(source: Source) -> list[str]:
    return [units(source["text"], one.start, one.end) for one in source["sentences"]]
