from __future__ import annotations

import pytest

from kg.collection import union
from kg.corroboration import Corroboration, corroborate
from kg.model import Document, Extraction, Knowledge
from tests.knowledge import MINISTRY, ROE, state

#: A passage of 48 words, as an agency sends it.
WIRE = (
    "Jane Roe, minister of the Ministry of Trade, opened the new quay at Port Ada on Monday, where some forty ships a "
    "day will be unloaded from next spring on, and said that the harbour had never before seen so much tea, cloth and "
    "paper come ashore in one year."
)
#: The same day, told by somebody else.
OWN = (
    "Rain fell on Port Ada as its long-awaited quay was handed over. Officials, among them Jane Roe, minister of the "
    "Ministry of Trade, toured the cranes for an hour before a lunch of herring, and few of the dockers who watched "
    "believed the numbers."
)
MORE = (
    "Fares will rise by a fifth in June, the ferry company told its passengers in a letter that few of them have read "
    "to the end."
)
#: Another article, in which the minister is not named.
ELSE = OWN.replace("Roe", "Doe")


def edited(text: str) -> str:
    """The text as another desk prints it: a word here and there is another one."""
    pairs = (
        ("opened", "inaugurated"),
        ("some forty", "about 40"),
        ("never before", "never"),
        ("come ashore", "arrive"),
    )
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def told(**texts: str) -> Corroboration:
    """The corroboration of one fact that stands in the line of each document that names the minister."""
    documents = [Document(name, text + "\n") for name, text in texts.items()]
    said = [
        state(
            document,
            next(n for n, line in enumerate(document.text.split("\n")) if "Roe" in line.title()),
            ROE,
            "attended",
            MINISTRY,
        )
        for document in documents
    ]
    knowledge = Knowledge(tuple(Extraction(d, (), ()) for d in documents), union(said), ())
    made = corroborate(knowledge)
    assert len(made.sources) == 1
    turned = Knowledge(knowledge.extractions[::-1], knowledge.statements[::-1], ())
    assert corroborate(turned) == made
    return made


CASES = {
    "one document": ({"a": WIRE}, [("a",)]),
    "two that write themselves": ({"a": WIRE, "b": OWN}, [("a",), ("b",)]),
    "a copy": ({"a": WIRE, "b": WIRE}, [("a", "b")]),
    "an edited copy": ({"a": WIRE, "b": edited(WIRE)}, [("a", "b")]),
    "a copy and another": ({"a": WIRE, "b": OWN, "c": edited(WIRE)}, [("a", "c"), ("b",)]),
    "a paragraph taken over": ({"a": f"{MORE}\n{WIRE}", "b": f"{WIRE}\n{ELSE}"}, [("a", "b")]),
    "half a paragraph taken over": ({"a": WIRE, "b": f"{WIRE[:130]}.\n{MORE}"}, [("a", "b")]),
    "a paragraph joined to another": ({"a": WIRE, "b": f"{WIRE} {MORE}"}, [("a", "b")]),
    "a paragraph taken over that does not say it": ({"a": f"{MORE}\n{WIRE}", "b": f"{OWN}\n{MORE}"}, [("a",), ("b",)]),
    "a short line alone": ({"a": "Roe left.", "b": "Roe left."}, [("a", "b")]),
    "a short line between others": ({"a": f"Roe left.\n{MORE}", "b": f"Roe left.\n{ELSE}"}, [("a",), ("b",)]),
    "a short line and a long text": ({"a": "Jane Roe, minister of Trade, left.", "b": OWN}, [("a",), ("b",)]),
    "case, dashes and quotation marks": ({"a": WIRE, "b": WIRE.upper().replace(",", " ,")}, [("a", "b")]),
}  # fmt: skip


@pytest.mark.parametrize(("texts", "groups"), CASES.values(), ids=CASES)
def test_a_text_that_was_taken_over_counts_once(texts: dict[str, str], groups: list[tuple[str, ...]]) -> None:
    made = told(**texts)
    assert list(*made.sources.values()) == groups
    pairs = {(one, other) for group in groups for one in group for other in group if one < other}
    assert made.shared == pairs


def test_what_two_have_from_a_third_is_one_source() -> None:
    first, second = WIRE[:150], WIRE[95:]
    made = told(a=WIRE, b=f"{first}.\n{MORE}", c=f"{MORE}\nRoe{second}")
    assert list(*made.sources.values()) == [("a", "b", "c")]
    assert made.sharing("a") == {"b", "c"}
    assert made.sharing("b") == {"a"}
