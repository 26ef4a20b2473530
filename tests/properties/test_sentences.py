from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg import zones
from kg.sentences import sentences
from kg.zones.lines import trimmed
from tests.properties.strategies import SENTENCES, TEXTS
from tests.targets import ontology

INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"


@given(st.one_of(TEXTS, SENTENCES, st.lists(st.one_of(TEXTS, SENTENCES), max_size=4).map("\n".join)))
def test_each_sign_of_each_zone_is_in_one_sentence_of_it(text: str) -> None:
    cut = zones.zones(text, ontology().cues)
    found = sentences(text, cut)
    assert [s.index for s in found] == list(range(len(found)))
    at, left = 0, ""
    for sentence in found:
        start, end = sentence.span
        assert at <= start < end
        assert sentence.span == trimmed(text, start, end)
        assert sentence.zone in cut
        assert sentence.zone.span.start <= start
        assert end <= sentence.zone.span.end
        left, at = left + text[at:start], end
    assert not (left + text[at:]).translate(dict.fromkeys(map(ord, INVISIBLE))).strip()
