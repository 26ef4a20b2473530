"""What kg finds in texts that nobody wrote: all that was written into them, and what the plain loop finds."""

from __future__ import annotations

import json
import random
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from kg import document, examples, pipeline, rows
from kg.model import Document
from kg.pipeline import Ontology
from tests.bench import runners, triples
from tests.bench.rows import ROWS
from tests.bench.table import Aim
from tests.conftest import ROOT, SEEDS
from tests.corpus import Corpus, names, rules
from tests.plain import plain_loop

SMALL = Corpus(names=400, rules=100, firing=100, used=400, named=0.6, fires=0.3)
SIZE = 60_000


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    return pipeline.load(SMALL.write(tmp_path_factory.mktemp("corpus")) / "ontology")


def noise(seed: int, known: Ontology) -> Document:
    """Words of rules, names, marks and bare characters in any order."""
    draw = random.Random(seed)
    pairs = [draw.sample(names(400), 2) for _ in range(100)]
    words = [rule.said(a.text, b.text, seed) for rule, (a, b) in zip(rules(100), pairs, strict=True)]
    words += " ".join(words).split() + [name.text for name in names(400)]
    words += [e.label for e in known.known[:200]] + list(string.punctuation) + list("“”’\u00a0é中\u200b\t")
    pieces = [draw.choice((" ", " ", " ", "\n\n", "")).join(draw.choices(words, k=8)) for _ in range(300)]
    return Document(f"noise-{seed}", " ".join(pieces))


def lines(text: Document, known: Ontology) -> tuple[str, str]:
    """What is read, as it is written into files, and all that was found on the way."""
    found = pipeline.extract(text, known)
    return rows.jsonl(rows.rows((*found.statements, *found.refused), known.vocabulary)), repr(found)


def test_the_plain_loop_finds_the_same_in_generated_texts(known: Ontology) -> None:
    texts = SMALL.documents(SIZE)
    quick = [lines(text, known) for text in texts]
    with plain_loop():
        assert [lines(text, known) for text in texts] == quick


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("curated", [True, False], ids=["the project's rules", "generated rules"])
def test_the_plain_loop_finds_the_same_in_noise(seed: int, curated: bool, known: Ontology, ontology: Ontology) -> None:
    read = ontology if curated else known
    text = noise(seed, read)
    quick = lines(text, read)
    with plain_loop():
        assert lines(text, read) == quick
    assert "subject" in quick[0]


@pytest.mark.parametrize("path", document.gather([SEEDS]), ids=lambda path: path.stem[:3])
def test_the_plain_loop_finds_the_same_in_seeds(path: Path, ontology: Ontology) -> None:
    text = document.read(path)
    quick = lines(text, ontology)
    with plain_loop():
        assert lines(text, ontology) == quick


def test_what_was_written_into_the_texts_is_found_and_nothing_else(known: Ontology) -> None:
    found = {fact for text in SMALL.documents(SIZE) for fact in runners.read(text, known)}
    assert found == SMALL.facts(SIZE)
    assert len({fact.rule for fact in found}) > 50


def test_spacy_finds_the_same() -> None:
    assert runners.spacy(SMALL, SIZE)() == SMALL.facts(SIZE)


def test_generated_rules_pass_their_own_examples(known: Ontology) -> None:
    tally = examples.check(known)
    assert (tally.run, tally.faults) == (200, ())


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """In another process, with other hashes; another seed gives other texts."""
    code = (
        "import sys; from pathlib import Path; from tests.corpus import Corpus; c = Corpus(names=60, rules=30); "
        "c.write(Path(sys.argv[1])); c.files(Path(sys.argv[1]) / 'texts', 20000)"
    )
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True, cwd=ROOT, env={"PYTHONHASHSEED": seed})
        made.append({str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert made[0] == made[1]
    assert len(made[0]) > 10
    assert Corpus(seed=2).documents(1000) != Corpus(seed=1).documents(1000)


def test_texts_are_as_rich_as_they_should_be() -> None:
    corpus = Corpus()
    texts = [text.text for text in corpus.documents(2_000_000)]
    said = [s for text in texts for line in text.split("\n\n")[1:] for s in re.split(r"(?<=\.) ", line)]
    assert len(set(said)) > 10_000
    assert 12 < sum(len(s.split()) for s in said) / len(said) < 30
    assert 0.03 < len(corpus.facts(2_000_000)) / len(said) < 0.09
    told = " ".join(texts)
    assert sum(name.text in told for name in names(20_000)[::100]) > 40


def test_names_and_rules_are_no_two_alike_and_begin_as_those_of_a_smaller_corpus() -> None:
    every = names(200_000)
    assert len({name.text.lower() for name in every}) == len({name.key for name in every}) == len(every)
    assert every[:2000] == names(2000)
    assert len({rule.pattern for rule in rules(500)}) == len({rule.id for rule in rules(500)}) == 500
    assert rules(500)[:20] == rules(20)


def test_a_text_has_only_names_of_the_first_ones() -> None:
    """So that the same texts have the same hits where more names are known."""
    few, many = Corpus(names=100, used=100), Corpus(names=5000, used=100)
    assert few.documents(50_000) == many.documents(50_000)


# ------------------------------------------------------------------------------------------ the bench


def test_the_bench_prints_a_row_for_each_claim_and_says_whether_all_found_the_same() -> None:
    """Of its rows those that take no minutes even so."""
    wanted = ("spacy-20", "spacy-500", "plain", "rules", "names", "turtle", "help")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick", "--json", *wanted],
        check=True, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["key"] for row in found] == list(wanted)
    assert all(row["told"].startswith("the same") for row in found[:-1]), done
    assert all(row["figure"] > 0 and peak > 10 for row in found for _, _, peak in row["sides"])


def test_the_bench_refuses_a_row_that_it_does_not_have() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "speed"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert f"no row speed; allowed are {', '.join(ROWS)}" in done.stderr


@pytest.mark.parametrize(
    ("aim", "found", "verdict"),
    [
        (Aim(10), 12, "met"),
        (Aim(10), 4, "short by 6 x: a factor of 2.5"),
        (Aim(1.5, at_most=True), 1.5, "met"),
        (Aim(1.5, at_most=True), 3, "over by 1.5 x: a factor of 2"),
    ],
)
def test_the_table_says_by_how_much_an_aim_is_missed(aim: Aim, found: float, verdict: str) -> None:
    assert aim.shortfall(found, " x") == verdict


def test_both_writers_are_given_the_same_triples() -> None:
    assert triples.kg(500)()() == triples.rdflib(500)()()
    assert triples.kg(500)()() != triples.kg(501)()()
