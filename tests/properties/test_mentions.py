from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg import zones
from kg.mentions import mentions
from kg.model import Document
from kg.sentences import sentences
from tests.properties.strategies import SENTENCES, TEXTS
from tests.targets import ontology


@given(st.one_of(SENTENCES, TEXTS, st.tuples(SENTENCES, TEXTS, SENTENCES).map("".join)))
def test_mentions_stand_in_their_sentence_side_by_side_or_one_in_the_other(text: str) -> None:
    found = sentences(text, zones.zones(text, ontology().cues))
    skeletons = mentions(Document("a", text), found, ontology().reader)
    for sentence in found:
        units = skeletons[sentence.index].units if not sentence.unread else ()
        at = sentence.span.start
        for unit in units:
            assert at <= unit.span.start < unit.span.end <= sentence.span.end
            assert not text[at : unit.span.start].strip()
            at = unit.span.end
            # A part may stand beside what it is a part of: the title before a person's name.
            for mention in unit.mention.nested() if unit.mention else ():
                assert sentence.span.start <= mention.span.start < mention.span.end <= sentence.span.end
            if unit.mention and unit.mention.span == unit.span:
                assert unit.mention.text == text[slice(*unit.span)]
