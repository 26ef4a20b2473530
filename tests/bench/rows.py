"""The rows of the bench: what is raced against what, on which texts, and what is aimed at."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tests.bench.race import Command, Course, Runner, race
from tests.bench.table import Aim, Row, rate, say, seconds
from tests.corpus import Corpus, Fact

ROOT = Path(__file__).parent.parent.parent
SEEDS = ROOT / "seeds"
KG, PLAIN, SPACY = (f"tests.bench.runners:{name}" for name in ("kg", "plain", "spacy"))


@dataclass(frozen=True)
class Scale:
    """How large everything is; a small one shows that all runs, and its figures say nothing."""

    names: int = 20_000
    rules: int = 500
    text: int = 1_000_000
    large: int = 20_000_000
    triples: int = 1_000_000
    rounds: int = 5

    @property
    def few(self) -> Corpus:
        """20 rules, all of which fire."""
        return Corpus(self.names, 20, 20, self.names)

    @property
    def many(self) -> Corpus:
        """So many rules, all of which fire, in as many sentences."""
        return replace(self.few, rules=self.rules, firing=self.rules)


QUICK = Scale(names=400, rules=60, text=60_000, large=100_000, triples=2_000, rounds=1)


def against_spacy(key: str, corpus: Corpus, size: int, aim: float, scale: Scale) -> Row:
    """Names and rules, by us and by spaCy."""
    ours, theirs = race([Runner("kg", KG, (corpus, size)), Runner("spaCy", SPACY, (corpus, size))], scale.rounds)
    what = f"spaCy's matchers, {corpus.names:,} names, {corpus.rules} rules"
    told = compared({"kg": ours.out, "spaCy": theirs.out, "the texts": corpus.facts(size)})
    return times(key, what, theirs, ours, size, Aim(aim), told)


def spacy_few(scale: Scale) -> Row:
    return against_spacy("spacy-20", scale.few, scale.text, 15, scale)


def spacy_many(scale: Scale) -> Row:
    return against_spacy("spacy-500", scale.many, scale.text // 2, 100, scale)


def plain(scale: Scale) -> Row:
    size = scale.text // 2
    ours, other = race(
        [Runner("kg", KG, (scale.many, size)), Runner("plain loop", PLAIN, (scale.many, size))],
        scale.rounds,
    )
    what = f"our plain loop, {scale.names:,} names, {scale.rules} rules"
    return times("plain", what, other, ours, size, Aim(10), compared({"kg": ours.out, "the plain loop": other.out}))


def rules(scale: Scale) -> Row:
    corpus, size = scale.few, scale.text
    more = replace(corpus, rules=scale.rules)
    many, few = race(
        [
            Runner(f"{scale.rules} rules", KG, (more, size)),
            Runner("20 rules", KG, (corpus, size)),
        ],
        scale.rounds,
    )
    what = f"time of {scale.rules} rules over that of 20; what is added does not fire"
    return times("rules", what, many, few, size, Aim(1.15, at_most=True), compared({"500": many.out, "20": few.out}))


def names(scale: Scale) -> Row:
    less, more = scale.names // 10, scale.names * 10
    corpus, size = replace(scale.few, names=less, used=less), scale.text
    many, few = race(
        [
            Runner(f"{more:,} names", KG, (replace(corpus, names=more), size)),
            Runner(f"{less:,} names", KG, (corpus, size)),
        ],
        scale.rounds,
    )
    what = f"time of {more:,} names over that of {less:,}; the same hits"
    return times("names", what, many, few, size, Aim(1.5, at_most=True), compared({"many": many.out, "few": few.out}))


def dense(scale: Scale) -> Row:
    """How the rate hangs on what stands in the texts."""
    size = scale.text // 2
    rich = replace(scale.few, named=0.8, fires=0.4)
    usual, full = race(
        [
            Runner("3 in 10 with names, 1 in 20 fires", KG, (scale.few, size)),
            Runner("8 in 10 with names, 8 in 20 fire", KG, (rich, size)),
        ],
        scale.rounds,
    )
    return times("dense", "time of texts full of names and facts over that of usual ones", full, usual, size, None)


def extract_corpus(scale: Scale) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        texts = scale.few.files(Path(folder) / "texts", scale.text)
        return extracted("extract", "kg extract, the project's rules, generated texts", texts, folder, scale)


def extract_seeds(scale: Scale) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts"
        texts.mkdir()
        found = sorted(SEEDS.glob("*.txt"))
        for n in range(max(1, scale.text // 5 // sum(path.stat().st_size for path in found))):
            for path in found:
                (texts / f"{path.stem}-{n:05}.txt").write_bytes(path.read_bytes())
        return extracted("seeds", "kg extract, the project's rules, its seeds again and again", texts, folder, scale)


def extracted(key: str, what: str, texts: Path, home: str, scale: Scale) -> Row:
    """`kg extract` as a command, with the project's own ontology, on one core."""
    files = list(texts.iterdir())
    size = sum(path.stat().st_size for path in files)
    jobs = ("--jobs", "1") if knows("--jobs") else ()
    (course,) = race([command("kg extract", home, "extract", str(texts), *jobs)], scale.rounds)
    told = f"{len(files):,} documents, {len(files) / course.work:.0f} a second, start-up and all"
    sides = ((course.name, seconds(course), course.peak),)
    return Row(key, what, size / course.work / 1e6, " MB/s", Aim(8), sides, told)


def cores(scale: Scale) -> Row | None:
    if not knows("--jobs"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        jobs = [in_parts(f"{n} core{'s' * (n > 1)}", folder, "--jobs", str(n)) for n in (1, 2)]
        size, (one, two) = laid_out(scale, Path(folder)), race(jobs, scale.rounds)
        what = f"two cores against one, {size / 1e6:,.3g} MB"
        sides = tuple((c.name, f"{size / c.seconds / 1e6:.3g} MB/s", c.peak) for c in (two, one))
        return Row(
            "cores",
            what,
            one.seconds / two.seconds,
            " x",
            Aim(1.7),
            sides,
            "by the clock, start-up and all; memory of all processes",
        )


def dask(scale: Scale) -> Row | None:
    if not knows("--scheduler"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        own = in_parts("two processes of ours", folder, "--jobs", "2")
        local = in_parts("Dask, two workers", folder, "--scheduler", "local", "--jobs", "2")
        laid_out(replace(scale, large=1), Path(folder))
        ours, theirs = (course.seconds for course in race([own, local], 1))
        size, (mine, its) = laid_out(scale, Path(folder)), race([own, local], scale.rounds)
        told = (
            f"of these seconds {ours:.3g} and {theirs:.3g} go before and after one document; "
            f"the processors worked for {mine.work:.3g} and {its.work:.3g} s"
        )
        sides = tuple((c.name, seconds(c), c.peak) for c in (mine, its))
        what = f"Dask's LocalCluster over our own processes, {size / 1e6:,.3g} MB"
        return Row("dask", what, its.seconds / mine.seconds, " x", None, sides, told)


def laid_out(scale: Scale, folder: Path) -> int:
    """The bytes of the texts of a large corpus, which stand in `folder/texts`, beside its ontology."""
    shutil.rmtree(folder / "texts", ignore_errors=True)
    texts = scale.few.files(scale.few.write(folder) / "texts", scale.large)
    return sum(path.stat().st_size for path in texts.iterdir())


def in_parts(name: str, folder: str, *how: str) -> Command:
    """`kg extract` of these texts into partitions."""
    parts = f"{folder}/parts"
    arguments = ("--root", folder, "extract", f"{folder}/texts", "--out", parts, "--part", "1", *how)
    return Command(name, arguments, f"{folder}/home", Path(parts))


@cache
def knows(option: str) -> bool:
    """Whether `kg extract` has an option."""
    done = subprocess.run([sys.executable, "-m", "kg", "extract", "--help"], check=True, capture_output=True, text=True)
    return option in done.stdout


def turtle(scale: Scale) -> Row:
    ours, theirs = race(
        [
            Runner("kg", "tests.bench.triples:kg", (scale.triples,)),
            Runner("rdflib", "tests.bench.triples:rdflib", (scale.triples,)),
        ],
        scale.rounds,
    )
    sides = tuple((one.name, f"{one.work:.3g} s", one.peak) for one in (ours, theirs))
    told = "the same triples read back" if ours.out == theirs.out else f"OTHER TRIPLES: {ours.out}, {theirs.out}"
    what = f"Turtle of {scale.triples:,} triples, against rdflib"
    return Row("turtle", what, theirs.work / ours.work, " x", Aim(25), sides, told)


def build(scale: Scale) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        made = command("kg build", folder, "build", "--out", f"{folder}/out")
        return started("build", "make, after set-up", made, 3, scale)


def start(scale: Scale) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        return started("help", "kg --help", command("kg --help", folder, "--help"), 0.15, scale)


def one(scale: Scale) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        made = command("kg extract", folder, "extract", str(min(SEEDS.glob("*.txt"))))
        return started("one", "kg extract of one document", made, 0.5, scale)


def command(name: str, home: str, *arguments: str) -> Command:
    """A command in this project."""
    return Command(name, ("--root", str(ROOT), *arguments), home)


def started(key: str, what: str, made: Command, aim: float, scale: Scale) -> Row:
    """How long a command takes in a fresh process, with what it has compiled before."""
    (course,) = race([made], scale.rounds)
    sides = ((course.name, f"{course.work:.3g} s of CPU", course.peak),)
    return Row(key, what, course.seconds, " s", Aim(aim, at_most=True), sides)


def times(key: str, what: str, slow: Course, fast: Course, size: int, aim: Aim | None, told: str = "") -> Row:
    """How many times as long one takes as the other."""
    sides = tuple((course.name, rate(course, size), course.peak) for course in (fast, slow))
    return Row(key, what, slow.work / fast.work, " x", aim, sides, told)


def compared(found: dict[str, frozenset[Fact]]) -> str:
    """Whether all found the same facts; the differences are told on standard error."""
    (first, some), *others = found.items()
    if all(some == more for _, more in others):
        return f"the same {len(some):,} facts: {', '.join(found)}"
    told = []
    for name, more in others:
        told += [f"{len(some - more)} only {first}, {len(more - some)} only {name}"] if some != more else []
        for fact in sorted(some ^ more)[:20]:
            say(f"{first if fact in some else name} alone: {fact}")
    return f"OTHER FACTS: {'; '.join(told)}"


ROWS: dict[str, Callable[[Scale], Row | None]] = {
    "spacy-20": spacy_few,
    "spacy-500": spacy_many,
    "plain": plain,
    "rules": rules,
    "names": names,
    "dense": dense,
    "extract": extract_corpus,
    "seeds": extract_seeds,
    "cores": cores,
    "dask": dask,
    "turtle": turtle,
    "build": build,
    "help": start,
    "one": one,
}


def rows(wanted: Sequence[str], scale: Scale) -> Iterator[Row]:
    """The rows of these names, or all, in their order."""
    for key, make in ROWS.items():
        if not wanted or key in wanted:
            say(f"{key} ...")
            row = make(scale)
            if row:
                yield row
            else:
                say(f"{key}: left out, this kg extract knows no such option")
