"""What tests share: the curated ontology and the seeds read once, a build made once, and `kg` as a command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from kg import document, pipeline, rows, rulebook, wordlists
from kg.examples import cut_zones, read
from kg.gazetteer import gazetteer
from kg.index import Index
from kg.model import Document, Extraction, LedgerNote, Sameness, Zone
from kg.pattern import TEXT_SLOTS, Word, parse, slots, walk
from kg.pipeline import Ontology
from kg.rules import Example
from kg.vocabulary import Vocabulary
from tests.browser import launch

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"
SEEDS = ROOT / "seeds"

# What is compiled for tests is nothing to leave in a user's home.
os.environ["XDG_CACHE_HOME"] = str(ROOT / ".pytest_cache" / "home")

# No test is right or wrong by the clock, and each run tries the same examples.
settings.register_profile("kg", deadline=None, derandomize=True)
# But for `make fuzz`, which looks for what nobody has seen.
settings.register_profile("fuzz", deadline=None, max_examples=3000, print_blob=True)
settings.load_profile("kg")

Row = dict[str, Any]
Fact = tuple[str, str, str]


@dataclass(frozen=True)
class Reading:
    """What was read in a document, as rows: those said, and those refused."""

    extraction: Extraction
    rows: tuple[Row, ...]
    refused: tuple[Row, ...]

    @property
    def text(self) -> str:
        return self.extraction.document.text

    @property
    def facts(self) -> set[Fact]:
        return {(r["subject"], r["relation"], r["object"]) for r in self.rows}

    @property
    def open(self) -> list[tuple[str, str]]:
        """The rules that matched words which stand for nobody knows what, and why."""
        return [(u.rule, u.why) for u in self.extraction.unresolved]

    def row(self, relation: str, subject: str = "", thing: str = "") -> Row:
        """The one row with this relation, and this subject and object where given."""
        found = [
            r for r in self.rows
            if r["relation"] == relation and subject in ("", r["subject"]) and thing in ("", r["object"])
        ]  # fmt: skip
        assert len(found) == 1, (relation, subject, thing, sorted(self.facts))
        return found[0]

    def words(self, spans: Sequence[Sequence[int]]) -> list[str]:
        return [self.text[start:end] for start, end in spans]


class Say(Protocol):
    def __call__(
        self,
        text: str,
        *,
        name: str = "note",
        zone: str = "",
        zoned: bool = False,
        published: date | None = None,
        notes: tuple[LedgerNote, ...] = (),
        same: tuple[Sameness, ...] = (),
    ) -> Reading: ...


def reading(made: Document, ontology: Ontology, cut: tuple[Zone, ...] | None = None) -> Reading:
    found = pipeline.extract(made, ontology, cut=cut)
    said, refused = (tuple(rows.rows(s, ontology.vocabulary)) for s in (found.statements, found.refused))
    return Reading(found, said, refused)


def marked(text: str, ontology: Ontology, zone: str = "") -> Reading:
    """What is read in a text whose names are marked `[Jane Roe|Person]`, by somebody who knows no other names."""
    made, known = read(Example(0, text, (), zone), ontology)
    return reading(made, known, cut_zones(made.text, zone))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests of a process: Playwright does not run twice in one."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return pipeline.load(ONTOLOGY)


@pytest.fixture(scope="session")
def vocabulary(ontology: Ontology) -> Vocabulary:
    return ontology.vocabulary


@pytest.fixture(scope="session")
def words() -> Mapping[str, tuple[str, ...]]:
    return wordlists.read(ONTOLOGY)


@pytest.fixture(scope="session")
def say(ontology: Ontology) -> Say:
    """What the curated rules read in a text: each line of it body, a turn after `Jane Roe:`, or as zones are cut."""

    def saying(text: str, *, name: str = "note", zone: str = "", zoned: bool = False, **recorded: Any) -> Reading:
        cut = None if zoned else cut_zones(text, zone)
        return reading(Document(name, text, **recorded), ontology, cut)

    return saying


@pytest.fixture(scope="session")
def seeds(ontology: Ontology) -> Mapping[str, Reading]:
    """What is read in each of the five documents, by their first three digits."""
    return {p.name[:3]: reading(document.read(p), ontology) for p in document.gather([SEEDS])}


def toml(value: Any) -> str:
    """A value as TOML, in one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def table(kind: str, **keys: Any) -> str:
    """A table of a rule file; examples that satisfy the loader are added where a rule or a shape has none."""
    keys = {"id": "", "says": "It says so.", **keys}
    if kind in ("rule", "mention") and "example" not in keys:
        tree = parse(keys["pattern"])
        marks = " ".join(f"[{s.name.title()}|{s.cls.split('|')[0]}]" for s in slots(tree) if s.cls not in TEXT_SLOTS)
        text = f"{' '.join(w.text for w in walk(tree, required=True) if isinstance(w, Word))} {marks}"
        keys["example"] = [{"text": text, "gives": [["a", "b"]]}, {"text": text, "gives": []}]
    return f"[[{kind}]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in keys.items())


class Book(Protocol):
    def __call__(self, *tables: str) -> Ontology: ...


@pytest.fixture
def book(tmp_path: Path, ontology: Ontology) -> Book:
    """An ontology with the curated vocabulary and word lists, and only these rules, guards, scopes and shapes."""

    def make(*tables: str) -> Ontology:
        for kind in ("mentions", "rules"):
            (tmp_path / kind).mkdir(exist_ok=True)
            inside = [t for t in tables if t.startswith("[[mention]]") == (kind == "mentions")]
            (tmp_path / kind / "all.toml").write_text("\n".join(inside), "utf-8")
        alphabet = ontology.reader.alphabet
        made = rulebook.read(tmp_path, vocabulary=ontology.vocabulary, alphabet=alphabet)
        reader = replace(ontology.reader, gazetteer=gazetteer(()), shapes=Index(made.shapes))
        return replace(ontology, known=(), book=made, reader=reader)

    return make


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python are run by some work: a measure of cost that no other process can disturb."""
    count = 0

    def note(_frame: FrameType, _event: str, _argument: object) -> Any:
        nonlocal count
        count += 1
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


# ------------------------------------------------------------------------------------- the command


Kg = Callable[..., "subprocess.CompletedProcess[str]"]


def run(
    *arguments: str | Path, cwd: Path = ROOT, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`python -m kg ...` run to its end, in UTF-8 whatever the locale of the tests."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def refuses(done: subprocess.CompletedProcess[str], code: int, *needles: str) -> None:
    """It ended with that code, one line that names what is wrong, and nothing on standard output."""
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (code, "", 1), done
    assert lines[0].startswith("kg: "), done
    for needle in needles:
        assert needle in lines[0], done


def copied(folder: Path) -> Path:
    """A copy of the project's knowledge: ontology/ and seeds/, without exports."""
    shutil.copytree(ONTOLOGY, folder / "ontology")
    shutil.copytree(SEEDS, folder / "seeds")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that a test may change."""
    return copied(tmp_path / "project")


@dataclass(frozen=True)
class Built:
    """A project that was built once, and what the command said."""

    root: Path
    done: subprocess.CompletedProcess[str]

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    @property
    def graph(self) -> Path:
        return self.exports / "graph.ttl"

    def rows(self, name: str = "statements.jsonl") -> list[Row]:
        return [json.loads(line) for line in (self.exports / name).read_text("utf-8").split("\n") if line]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The five documents, built by the command line; not to be changed."""
    root = copied(tmp_path_factory.mktemp("built") / "project")
    done = run("build", cwd=root, env={"PYTHONHASHSEED": "1"})
    assert done.returncode == 0, done
    return Built(root, done)
