from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg import document, pipeline
from kg.model import Document
from kg.pipeline import Ontology
from tests.plain import plain_loop

SEEDS = Path(__file__).parent.parent / "seeds"


def shuffled(seed: int) -> Document:
    """A text of the seeds' own words, in runs of a few and in an order in which nobody wrote them."""
    draw = random.Random(seed)
    words = " ".join(path.read_text("utf-8") for path in document.gather([SEEDS])).split(" ")
    runs = [words[i : i + draw.randint(2, 9)] for i in (draw.randrange(len(words)) for _ in range(400))]
    return Document(f"shuffled-{seed}", "\n\n".join(" ".join(run) for run in runs))


TEXTS = {path.stem: document.read(path) for path in document.gather([SEEDS])} | {
    f"shuffled-{n}": shuffled(n) for n in (1, 2)
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_nothing_is_lost_where_patterns_are_not_searched_for(text: Document, ontology: Ontology) -> None:
    """The plain loop, which searches every sentence for every pattern, is the reference."""
    quick = pipeline.extract(text, ontology)
    with plain_loop():
        assert pipeline.extract(text, ontology) == quick


def test_most_patterns_need_something(ontology: Ontology) -> None:
    readers = ontology.book.readers
    assert sum(bool(r.expression.needs) for r in readers) > 0.9 * len(readers)
    assert sum(all(pairs for _, pairs in r.expression.ways) for r in readers) > 0.7 * len(readers)
