from __future__ import annotations

import random
import re
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


def hushed(seed: int) -> Document:
    """Sentences of the seeds, and between them what these have of small words in a row, as sentences of their own."""
    draw = random.Random(seed)
    text = " ".join(path.read_text("utf-8") for path in document.gather([SEEDS]))
    said = re.findall(r"[A-Z][^.\n]{40,200}\.(?= )", text)
    small = [
        f"{draw.choice(('The', 'In', 'a', 'its'))} {run}." for run in re.findall(r"(?<= )[a-z][a-z ,]{12,}(?= )", text)
    ]
    picked = [draw.choice((said, small, small)) for _ in range(300)]
    return Document(
        f"hushed-{seed}",
        "\n\n".join(" ".join(draw.choice(some) for some in picked[n : n + 3]) for n in range(0, 300, 3)),
    )


TEXTS = {path.stem: document.read(path) for path in document.gather([SEEDS])} | {
    made.name: made for made in (shuffled(1), shuffled(2), hushed(1), hushed(2))
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_nothing_is_lost_where_patterns_are_not_searched_for(text: Document, ontology: Ontology) -> None:
    """The plain loop, which searches every sentence for every pattern, is the reference."""
    quick = pipeline.extract(text, ontology)
    with plain_loop():
        assert pipeline.extract(text, ontology) == quick


def test_sentences_that_say_nothing_are_not_cut_into_units(ontology: Ontology) -> None:
    text = hushed(1)
    passage, whole = (pipeline.passage(text, ontology, whole=whole) for whole in (False, True))
    silent = [n for n, skeleton in passage.skeletons.items() if not skeleton.units]
    assert len(silent) > 20
    assert all(whole.skeletons[n].units for n in silent)


def test_most_patterns_need_something(ontology: Ontology) -> None:
    readers = ontology.book.readers
    assert sum(bool(r.expression.needs) for r in readers) > 0.9 * len(readers)
    assert sum(all(pairs for _, pairs in r.expression.ways) for r in readers) > 0.7 * len(readers)
