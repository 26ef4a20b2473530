from __future__ import annotations

from collections.abc import Mapping

import pytest

from kg.document import sentence_key
from kg.errors import DocumentError
from kg.ledger import KINDS, counts, dispositions
from kg.model import EXCLUDED_ZONES, LedgerNote
from kg.record import REASONS
from tests.conftest import Reading, Say

TEXT = (
    "Xiao Yaqing attended the second CISCE. Xiao never attended the forum. He met Han Zheng. She said that tea grows. "
    "It rained. Thank you. Ports matter.\n"
)
ABOUT = {
    "It rained.": LedgerNote(sentence_key("It rained."), "nothing", "no entity"),
    "Thank you.": LedgerNote(sentence_key("Thank you."), "nothing", "courtesy"),
    "Ports matter.": LedgerNote(sentence_key("Ports matter."), "todo", "Ports | describedAs | matter"),
}


def kinds(reading: Reading) -> dict[str, tuple[str, str]]:
    return {reading.text[slice(*d.sentence.span)]: (d.kind, d.why) for d in dispositions(reading.extraction)}


def test_every_sentence_has_one_disposition(say: Say) -> None:
    reading = say(TEXT, notes=tuple(ABOUT.values()))
    assert kinds(reading) == {
        "Xiao Yaqing attended the second CISCE.": ("extracted", "events.attended, events.edition"),
        "Xiao never attended the forum.": ("refused", "events.attended"),
        "He met Han Zheng.": ("undecided", ""),
        "She said that tea grows.": (
            "unresolved",
            f"claims.said: {reading.open[0][1]}",
        ),
        "It rained.": ("nothing", "no entity"),
        "Thank you.": ("nothing", "courtesy"),
        "Ports matter.": ("todo", "Ports | describedAs | matter"),
    }


def test_excluded_zones_need_no_word(say: Say) -> None:
    reading = say("Ports open.\n", zone="related")
    assert kinds(reading) == {"Ports open.": ("excluded", "related")}


def test_what_is_extracted_outranks_what_is_refused_or_open(say: Say) -> None:
    reading = say("Xiao Yaqing attended the second CISCE, and Han Zheng never attended the forum.")
    assert reading.refused
    assert [d.kind for d in dispositions(reading.extraction)] == ["extracted"]


def test_nothing_where_a_rule_reads_a_fact_is_an_error(say: Say) -> None:
    words = "Xiao Yaqing attended the second CISCE."
    reading = say(words, notes=(LedgerNote(sentence_key(words), "nothing", "vague"),))
    with pytest.raises(DocumentError) as caught:
        dispositions(reading.extraction)
    assert "note.toml" in str(caught.value)
    assert "`nothing` is recorded for a sentence from which" in str(caught.value)
    assert words in str(caught.value)


def test_a_todo_may_stand_beside_what_is_extracted(say: Say) -> None:
    words = "Xiao Yaqing attended the second CISCE."
    reading = say(words, notes=(LedgerNote(sentence_key(words), "todo", "Xiao Yaqing | spokeAt | CISCE"),))
    assert [d.kind for d in dispositions(reading.extraction)] == ["extracted"]


def test_a_note_on_no_sentence_is_an_error(say: Say) -> None:
    reading = say("It rained.", notes=(LedgerNote(sentence_key("It snowed."), "nothing", "vague"),))
    with pytest.raises(DocumentError, match="is about no sentence of the document"):
        dispositions(reading.extraction)


def test_all_errors_of_a_document_are_told_at_once(say: Say) -> None:
    words = "Xiao Yaqing attended the second CISCE."
    notes = tuple(LedgerNote(sentence_key(w), "nothing", "vague") for w in (words, "It snowed."))
    with pytest.raises(DocumentError) as caught:
        dispositions(say(words, notes=notes).extraction)
    assert len(caught.value.faults) == 2


def test_counts_leave_no_kind_out(say: Say) -> None:
    made = dispositions(say(TEXT, notes=tuple(ABOUT.values())).extraction)
    assert counts(made) == {
        "extracted": 1,
        "refused": 1,
        "unresolved": 1,
        "excluded": 0,
        "nothing": 2,
        "todo": 1,
        "undecided": 1,
    }
    assert tuple(counts(made)) == KINDS


def test_no_sentence_of_the_seeds_is_undecided(seeds: Mapping[str, Reading]) -> None:
    undecided = {
        f"{name}: {' '.join(reading.text[slice(*d.sentence.span)].split())}"
        for name, reading in seeds.items()
        for d in dispositions(reading.extraction)
        if d.kind == "undecided"
    }
    assert undecided == set()


def test_every_nothing_of_the_seeds_has_a_reason_from_the_list(seeds: Mapping[str, Reading]) -> None:
    for reading in seeds.values():
        for disposition in dispositions(reading.extraction):
            if disposition.kind == "nothing":
                assert disposition.why in REASONS


def test_the_zones_and_the_ledger_agree(seeds: Mapping[str, Reading]) -> None:
    for reading in seeds.values():
        for disposition in dispositions(reading.extraction):
            excluded = disposition.sentence.zone.kind in EXCLUDED_ZONES
            assert excluded == (disposition.kind == "excluded")
