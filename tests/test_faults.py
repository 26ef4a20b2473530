"""Faults in the middle of writing: a process that is killed, a disk that is full, two processes at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import builds, decisions, exports, pipeline
from kg.errors import DocumentError, ExportError
from tests.conftest import ROOT, SEEDS, Built, refuses, run

OLD = {"a.ttl": b"old a", "b.jsonl": b"old b", "c.html": b"old c"}
NEW = {"a.ttl": b"new a", "b.jsonl": b"new b", "c.html": b"new c", "d.jsonl": b"new d"}
MINE = {"mine.txt": b"mine", "folder/also.txt": b"mine, too"}
#: What Python tells of each operation on files, before it is done.
OPERATIONS = ("open", "os.", "shutil.", "fcntl.", "ctypes.")


def found(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def killed(work: Callable[[], object], at: int) -> int:
    """Does some work in a process of its own, killed before its operation on files of that number, counted from 1.

    How many operations it had done if it came to its end, else 0.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        count = 0

        def note(event: str, _: object) -> None:
            nonlocal count
            count += event.startswith(OPERATIONS)
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(note)
        try:
            work()
            os.write(writing, str(count).encode())
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        count = int(told.read() or b"0")
    os.waitpid(child, 0)
    return count


@pytest.mark.parametrize("put", [exports.publish, exports.replace])
def test_who_is_killed_at_any_moment_leaves_all_old_or_all_new(
    put: Callable[[Path, dict[str, bytes]], None], tmp_path: Path
) -> None:
    out, kept = tmp_path / "out", MINE if put is exports.publish else {}
    outcomes = []
    exports.replace(out, {**OLD, **MINE})
    old, new = found(out), {**NEW, **kept}
    for at in range(1, killed(lambda: put(out, NEW), 0)):
        exports.replace(out, {**OLD, **MINE})
        killed(lambda: put(out, NEW), at)
        outcomes.append(found(out))
        assert outcomes[-1] in (old, new), at
    put(out, NEW)
    assert (outcomes[0], outcomes[-1]) == (old, new)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_what_cannot_be_exchanged_is_written_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exports.publish(tmp_path / "out", {**OLD, "mine.txt": b"mine"})

    def busy(_: Path, __: Path) -> None:
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(exports, "_swap", busy)
    exports.publish(tmp_path / "out", NEW)
    assert found(tmp_path) == {f"out/{name}": content for name, content in {**NEW, "mine.txt": b"mine"}.items()}


def test_links_and_empty_folders_stay_what_they_are(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "empty").mkdir(parents=True)
    (out / "link").symlink_to("nowhere")
    (out / "a.ttl").symlink_to(tmp_path / "elsewhere")
    out.chmod(0o750)
    exports.publish(out, NEW)
    assert (out / "empty").is_dir()
    assert (out / "link").readlink() == Path("nowhere")
    assert out.stat().st_mode & 0o777 == 0o750
    assert (out / "a.ttl").read_bytes() == b"new a"
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_in_the_place_of_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    for put in (exports.publish, exports.replace):
        with pytest.raises(ExportError, match="cannot be written"):
            put(tmp_path / "out", NEW)
    assert found(tmp_path) == {"out": b"mine"}


# ---------------------------------------------------------------------- builds


def same(one: Path, other: Path) -> bool:
    return found(one) == found(other)


def test_a_build_killed_at_fifty_moments_leaves_all_old_or_all_new(
    project: Path, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All moments of what it does to write, and the rest anywhere once the ontology is read."""
    out = project / "exports"
    ontology = pipeline.load(project / "ontology")
    monkeypatch.setattr(pipeline, "load", lambda _folder, **_how: ontology)
    for seed in sorted((project / "seeds").glob("*"))[2:]:
        seed.unlink()
    exports.replace(out, found(built.exports))
    builds.build(project, out)
    small = found(out)
    assert small != found(built.exports)

    def build() -> None:
        builds.build(project, out)

    def write() -> None:
        exports.publish(out, small)

    dice, seen = random.Random(6), []
    moments = [(write, at) for at in range(1, killed(write, 0))]
    moments += [(build, at) for at in dice.sample(range(1, killed(build, 0)), 50 - len(moments))]
    for work, at in moments:
        exports.replace(out, found(built.exports))
        killed(work, at)
        assert found(out) in (small, found(built.exports)), (work, at)
        seen.append(found(out) == small)
    assert set(seen) == {True, False}
    builds.build(project, out)
    assert found(out) == small
    assert not [p.name for p in project.iterdir() if p.name.startswith(".")]


def test_a_seed_that_goes_during_the_build_ends_it_and_changes_nothing(project: Path) -> None:
    exports.replace(project / "exports", OLD)
    seeds = sorted((project / "seeds").glob("*.txt"))

    def progress(told: str) -> None:
        if told == seeds[0].name:
            seeds[-1].unlink()

    with pytest.raises(DocumentError, match="no such file"):
        builds.build(project, project / "exports", progress=progress)
    assert found(project / "exports") == OLD


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from kg.cli import main
main()
"""


@pytest.mark.parametrize("size", [1, 100_000, 400_000])
def test_a_disk_that_is_full_ends_a_build_and_changes_nothing(size: int, project: Path, built: Built) -> None:
    exports.replace(project / "exports", OLD)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(size), "build"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert size < max(p.stat().st_size for p in built.exports.iterdir())
    refuses(done, 4, "exports: cannot be written: file too large; the files there are as they were")
    assert found(project / "exports") == OLD
    assert not [p.name for p in project.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", [("extract", *map(str, sorted(SEEDS.glob("*.txt")))), ("ledger",), ("--help",)])
def test_what_does_not_fit_on_standard_output_is_told(
    command: tuple[str, ...], unbuffered: str, tmp_path: Path
) -> None:
    """Without buffers Python writes as much as fits, and says nothing of the rest."""
    with (tmp_path / "printed").open("wb") as printed:
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, "1000", *command],
            cwd=ROOT,
            stdout=printed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered},
        )
    assert done.returncode == 4
    assert done.stderr == "kg: standard output cannot be written: file too large; what stands there is not all\n"
    assert (tmp_path / "printed").stat().st_size == 1000


def test_who_reads_no_further_is_told_nothing() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "rules"], cwd=ROOT, stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode
    assert done.stderr == b""


def at_once(project: Path, *commands: tuple[str, ...]) -> list[subprocess.CompletedProcess[str]]:
    """The commands, all begun before any has ended."""
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "kg", *command],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for command in commands
    ]
    return [subprocess.CompletedProcess(one.args, one.wait(), *one.communicate()) for one in begun]


def test_two_builds_at_once_make_one_whole_build(project: Path, built: Built) -> None:
    for done in at_once(project, ("build",), ("build",)):
        assert done.returncode == 0, done
    assert same(project / "exports", built.exports)


def test_two_decisions_at_once_are_both_kept(project: Path) -> None:
    names = ["Jane Roe", "John Doe", "Ann Poe"]
    (project / "tea.txt").write_text("".join(f"Ms. {name} attended the Tea Expo.\n" for name in names))
    done = at_once(project, *(("candidates", "tea.txt", "--reject", name, "--why", "no name") for name in names))
    assert [one.returncode for one in done] == [0, 0, 0], done
    kept = (project / "ontology" / decisions.FILE).read_text("utf-8")
    assert all(f'name = "{name}"' in kept for name in names)


def test_two_verdicts_at_once_are_both_kept(project: Path, built: Built) -> None:
    exports.replace(project / "exports", found(built.exports))
    ids = [row["evidence"] for row in built.rows()[:4]]
    done = at_once(project, *(("judge", id_, "unsure", "--why", "to be asked") for id_ in ids))
    assert [one.returncode for one in done] == [0] * 4, done
    kept = (project / "ontology" / "judgements.toml").read_text("utf-8")
    assert all(id_ in kept for id_ in ids)


def test_two_documents_added_at_once_are_both_built(project: Path) -> None:
    for number in (1, 2):
        (project / f"tea-{number}.txt").write_text(f"Jane Roe attended Tea Expo {number} in China on May {number}.\n")
    for done in at_once(project, ("add", "tea-1.txt"), ("add", "tea-2.txt")):
        assert done.returncode == 0, done
    rows = (project / "exports" / "statements.jsonl").read_text("utf-8")
    assert '"document": "tea-1"' in rows
    assert '"document": "tea-2"' in rows


def test_a_thread_that_is_within_may_go_within_again(tmp_path: Path) -> None:
    with exports.alone(tmp_path), exports.alone(tmp_path):
        assert run("--version").returncode == 0


HOLDER = """
from pathlib import Path
from kg import exports
with exports.alone(Path(".")):
    print("in", flush=True)
    input()
"""


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert holder.stdout
    assert holder.stdin
    assert holder.stdout.readline() == b"in\n"
    waited = []

    def waiting() -> None:
        waited.append(holder.poll())
        assert holder.stdin
        holder.stdin.close()

    with exports.alone(tmp_path, waiting):
        assert holder.wait() is not None
    assert waited == [None]
    holder.stdout.close()
