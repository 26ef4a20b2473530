from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from kg.corpora import inputs, manifests, sources
from kg.corpora.batches import batches
from kg.corpora.items import Item
from kg.corpora.processes import Processes
from kg.corpora.runs import Run
from kg.corpora.tasks import Task
from tests.conftest import ROOT, SEEDS, Built, run
from tests.corpora.conftest import PART, Keep, archive, content, lines, reading, rows
from tests.corpora.stopping import await_, family, receipts, start

PARTS = ["--part", str(PART / (1 << 20))]

#: Makes `kg` in every process fail in a document that asks for it.
SABOTAGE = """
import os, signal, time
from kg import pipeline

real = pipeline.extract

def extract(document, ontology):
    if "SEGFAULT" in document.text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "NO MEMORY" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "FOR EVER" in document.text:
        time.sleep(1_000_000)
    if "BUG" in document.text:
        raise ZeroDivisionError("division by zero")
    return real(document, ontology)

pipeline.extract = extract
"""


@pytest.fixture(scope="module")
def sabotaged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    place = tmp_path_factory.mktemp("sabotage")
    (place / "sitecustomize.py").write_text(SABOTAGE)
    return {"PYTHONPATH": f"{place}{os.pathsep}{ROOT}"}


# ---------------------------------------------------------------------- the same bytes


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_any_number_of_processes_gives_the_same_bytes(jobs: int, corpus: Path, kept: Path, tmp_path: Path) -> None:
    task = reading()
    with Processes(task, jobs) as workers:
        Run(sources.items(inputs.sources([corpus])), task, workers).keep(tmp_path / "out", [str(corpus)], part=PART)
    assert content(tmp_path / "out") == content(kept)


def test_many_documents_are_printed_as_few_are_in_the_order_of_the_input(tmp_path: Path) -> None:
    one, many = tmp_path / "one.jsonl", tmp_path / "many.jsonl"
    one.write_bytes(lines(archive()[:1]))
    many.write_bytes(lines([{**archive()[0], "id": f"d{n}"} for n in reversed(range(100))]))
    done = run("extract", many, "--jobs", "2")
    assert (done.returncode, done.stderr) == (0, "")
    found = [json.loads(line)["document"] for line in done.stdout.splitlines()]
    each = len(run("extract", one).stdout.splitlines())
    assert each > 1
    assert found == [f"d{n}" for n in reversed(range(100)) for _ in range(each)]


def test_a_single_document_starts_no_process(monkeypatch: pytest.MonkeyPatch, corpus: Path) -> None:
    from click.testing import CliRunner

    from kg.cli import cli
    from kg.corpora import processes

    started: list[int] = []

    class Noted(Processes):
        def __init__(self, task: Task, jobs: int) -> None:
            started.append(jobs)
            super().__init__(task, jobs)

    monkeypatch.setattr(processes, "Processes", Noted)
    assert CliRunner().invoke(cli, ["--root", str(ROOT), "extract", str(SEEDS / "000_7bef9fb365fcac59.txt")]).output
    assert started == []
    assert CliRunner().invoke(cli, ["--root", str(ROOT), "extract", str(corpus)]).output
    assert len(started) == 1


def test_where_a_batch_ends_depends_on_the_items_alone() -> None:
    some = [Item(Path("a"), n, b"x" * (n % 7) * (9_000 if n > 99 else 9)) for n in range(300)]
    made = list(batches(some, part_bytes=500_000))
    assert [item for batch in made for item in batch.items] == some
    assert [batch.part for batch in made if batch.last] == list(range(made[-1].part + 1))
    assert max(len(batch.items) for batch in made) == 64
    assert len({batch.part for batch in made}) < len(made)
    for one, other in pairwise(made):
        assert other.part == one.part + one.last


# ---------------------------------------------------------------------- stopped, and gone on with


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of ten partitions, each some work."""
    path = tmp_path_factory.mktemp("long") / "news.jsonl"
    texts = [p.read_text("utf-8") for p in sorted(SEEDS.glob("*.txt"))]
    path.write_bytes(lines([{"id": f"{n}", "text": texts[n % 5]} for n in range(20)]))
    return path


@pytest.fixture(scope="module")
def whole(long: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("whole") / "out"
    done = run("extract", long, "--out", out, "--part", "0.004", "--jobs", "2")
    assert done.returncode == 0, done
    assert receipts(out) > 8
    return content(out)


@pytest.mark.parametrize(
    "moment",
    [
        lambda out: (out / manifests.MANIFEST).exists(),
        lambda out: receipts(out) >= 1,
        lambda out: receipts(out) >= 5,
    ],
    ids=["begun", "first partition", "in the middle"],
)
def test_killed_at_any_moment_the_same_command_goes_on_to_the_same_bytes(
    moment: Callable[[Path], bool], long: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = start(long, "--out", out, "--part", "0.004", "--jobs", "2")
    await_(tmp_path, lambda: moment(out), process)
    others = family(process)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    _, alive = psutil.wait_procs(others, timeout=60)
    assert alive == []
    before = receipts(out)
    assert content(out) != whole
    done = run("extract", long, "--out", out, "--part", "0.004", "--jobs", "1")
    assert done.returncode == 0, done
    assert content(out) == whole
    assert before < receipts(out)


#: Ends the process where it is about to make sure that something is on the disk: as a power cut would, or as Ctrl-C.
SUICIDE = """
import os, signal

real, calls = os.fsync, 0

def fsync(handle):
    global calls
    calls += 1
    if calls == int(os.environ["FSYNCS"]):
        os.kill(os.getpid(), int(os.environ["SIGNAL"]))
    real(handle)

os.fsync = fsync
"""


def interrupted(out: Path) -> tuple[int, str]:
    """What the command ends with, and says, when it is interrupted."""
    there = f"{out} holds {receipts(out)} whole partitions"
    return 130, f"kg: interrupted: {there}; the same command goes on from there\n"


@pytest.mark.parametrize("fsyncs", [1, 2, 3, 4, 5, 6, 7, 8, 20])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["cut off", "Ctrl-C"])
def test_stopped_while_it_writes_the_same_command_goes_on_to_the_same_bytes(
    number: signal.Signals, fsyncs: int, corpus: Path, kept: Path, keep: Keep, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (tmp_path / "sitecustomize.py").write_text(SUICIDE)
    env = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "FSYNCS": str(fsyncs), "SIGNAL": str(int(number))}
    done = run("extract", corpus, "--out", out, *PARTS, "--jobs", "1", env=env)
    if number is signal.SIGINT:
        assert (done.returncode, done.stderr) == interrupted(out)
    assert done.returncode == (130 if number is signal.SIGINT else -number)
    assert content(out) != content(kept)
    keep(corpus, out)
    assert content(out) == content(kept)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminated"])
def test_interrupted_it_says_how_much_is_done_and_ends_its_processes(
    number: signal.Signals, long: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = start(long, "--out", out, "--part", "0.004", "--jobs", "2")
    await_(tmp_path, lambda: receipts(out) >= 2, process)
    others = family(process)
    # A terminal sends Ctrl-C to all of them.
    os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
    _, told = process.communicate()
    assert (process.returncode, told) == interrupted(out)
    assert psutil.wait_procs(others, timeout=60)[1] == []
    assert run("extract", long, "--out", out, "--part", "0.004", "--jobs", "2").returncode == 0
    assert content(out) == whole


def test_a_worker_that_is_killed_loses_nothing(long: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = start(long, "--out", out, "--part", "0.004", "--jobs", "2")
    await_(tmp_path, lambda: receipts(out) >= 1, process)
    killed = [one for one in family(process) if one.parent() != psutil.Process(process.pid)]
    for one in killed:
        one.kill()
    _, told = process.communicate()
    assert (len(killed), process.returncode) == (2, 0), told
    assert content(out) == whole


@pytest.mark.parametrize("kept_in", ["--out", ""], ids=["kept", "printed"])
def test_where_a_person_watches_a_bar_tells_documents_rate_and_what_is_left(
    kept_in: str, corpus: Path, tmp_path: Path
) -> None:
    mine, theirs = pty.openpty()
    arguments = [str(corpus), *([kept_in, str(tmp_path / "out")] if kept_in else []), "--jobs", "1"]
    kg = [sys.executable, "-m", "kg", "extract", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "TERM": "xterm"}
    printed = tmp_path / "printed"
    with (
        printed.open("wb") as out,
        subprocess.Popen(kg, cwd=ROOT, stdout=out, stderr=theirs, env=env) as process,
    ):
        os.close(theirs)
        told = b""
        # Linux says so where the other side has been closed.
        with suppress(OSError):
            while some := os.read(mine, 10_000):
                told += some
    os.close(mine)
    assert process.returncode == 0
    assert re.search(rb"100 %  12 documents  \d+\.\d\d MB/s 0 failed 0:00:00", re.sub(rb"\x1b\[[\d;?]*\w", b"", told))
    assert (printed.read_bytes() == b"") == bool(kept_in)


# ---------------------------------------------------------------------- documents that fail

BAD = {
    "segfault": ("SEGFAULT", "ended the process that read it"),
    "memory": ("NO MEMORY", "ended the process that read it"),
    "time": ("FOR EVER", "took more than 2 seconds"),
    "bug": ("BUG", "ZeroDivisionError: division by zero"),
}


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Good documents, and one of each kind of bad ones among them."""
    bad = [{"id": name, "text": f"{words}."} for name, (words, _) in BAD.items()]
    good = archive()
    path = tmp_path_factory.mktemp("troubled") / "a.jsonl"
    path.write_bytes(lines([*good[:3], *bad, *good[3:]]) + b'{"id": 7}\n')
    return path


def test_a_document_that_fails_is_put_aside_and_the_rest_is_read(
    troubled: Path, kept: Path, sabotaged: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = run("extract", troubled, "--out", out, "--seconds", "2", "--jobs", "2", env=sabotaged)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith(f"{out} has 12 documents with ")
    assert done.stderr.endswith(f" statements in 1 partition; 5 failed, and stand in {out / 'failed.jsonl'}.\n")
    failed = [json.loads(line) for line in (out / "failed.jsonl").read_text().splitlines()]
    assert [(one["document"], one["where"]) for one in failed] == [
        *((name, f"{troubled}:{n}") for n, name in enumerate(BAD, 4)),
        ("7", f"{troubled}:17"),
    ]
    for one, (_, why) in zip(failed, BAD.values(), strict=False):
        assert one["error"].startswith(why)
    assert failed[-1]["error"] == "`text` is missing"
    assert rows(out) == rows(kept)


def test_without_a_folder_failures_are_told_and_it_ends_with_1(
    troubled: Path, kept: Path, sabotaged: dict[str, str]
) -> None:
    done = run("extract", "--all", troubled, "--seconds", "2", "--jobs", "2", env=sabotaged)
    assert done.returncode == 1
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [f"{troubled}:{n}" for n in (4, 5, 6, 7, 17)]
    printed = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["evidence"] for r in printed] == [r["evidence"] for r in rows(kept)]


def test_faulty_rules_stop_all_at_once(project: Path, corpus: Path, tmp_path: Path) -> None:
    (project / "ontology" / "rules" / "mine.toml").write_text("[[rule]]\n")
    done = run("--root", project, "extract", corpus, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert "mine.toml:1" in done.stderr
    assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------------- memory


def peak(path: Path, out: Path) -> int:
    """The most memory that any of the processes of an extraction ever had, in kB."""
    process = start(path, "--out", out, "--part", "4", "--jobs", "2")
    most = 0

    def look() -> bool:
        nonlocal most
        for one in (psutil.Process(process.pid), *family(process)):
            most = max(most, *_high(one.pid))
        return False

    with process, suppress(psutil.NoSuchProcess):
        await_(out.parent, look, process)
    assert process.returncode == 0
    assert most > 10_000
    return most


def _high(pid: int) -> Iterator[int]:
    yield 0
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return
    yield from (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def weighty(count: int) -> Sequence[dict[str, str]]:
    return [{"id": f"{n}", "text": "Trade grew.", "html": "<p>" * 100_000} for n in range(count)]


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    small, large = tmp_path / "small.jsonl", tmp_path / "large.jsonl"
    small.write_bytes(lines(weighty(20)))
    large.write_bytes(lines(weighty(200)))
    assert large.stat().st_size > 60_000_000
    more = peak(large, tmp_path / "large") - peak(small, tmp_path / "small")
    assert more < 20_000


# ---------------------------------------------------------------------- the graph of it


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_the_graph_of_what_was_extracted_is_that_of_a_build(form: str, built: Built, tmp_path: Path) -> None:
    done = run("extract", "seeds", "--out", tmp_path / "parts", "--format", form, "--part", "0.004", cwd=built.root)
    assert (done.returncode, receipts(tmp_path / "parts") > 2) == (0, True), done
    done = run("build", "--from", tmp_path / "parts", "--out", tmp_path / "out", cwd=built.root)
    assert done.returncode == 0, done
    assert content(tmp_path / "out") == content(built.exports)
