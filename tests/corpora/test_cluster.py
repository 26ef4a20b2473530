from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from distributed import Client, LocalCluster

from kg.corpora import tasks
from kg.corpora.cluster import Cluster
from kg.errors import CorpusError
from tests.conftest import ONTOLOGY, copied, refuses, run
from tests.corpora.conftest import PART, content, lines, reading
from tests.corpora.stopping import await_, receipts, start

PARTS = ["--part", str(PART / (1 << 20))]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Client]:
    """Two worker processes, as they might stand on two machines."""
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": logging.CRITICAL}
    with LocalCluster(**options) as made, Client(made) as client:
        yield client


@pytest.fixture
def address(cluster: Client) -> str:
    return str(cluster.scheduler_info()["address"])


def test_a_cluster_gives_the_bytes_that_our_own_processes_give(
    address: str, corpus: Path, kept: Path, tmp_path: Path
) -> None:
    done = run("extract", corpus, "--out", tmp_path / "out", *PARTS, "--scheduler", address)
    assert done.returncode == 0, done
    assert content(tmp_path / "out") == content(kept)


def test_what_is_printed_is_the_same_too(address: str, corpus: Path) -> None:
    assert run("extract", corpus, "--scheduler", address).stdout == run("extract", corpus).stdout != ""


def test_a_cluster_is_made_here(corpus: Path, kept: Path, tmp_path: Path) -> None:
    done = run("extract", corpus, "--out", tmp_path / "out", *PARTS, "--scheduler", "local", "--jobs", "2")
    assert done.returncode == 0, done
    assert content(tmp_path / "out") == content(kept)


def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_written_twice(
    cluster: Client, address: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        lines([{"id": f"{n}", "text": f"Han Zheng attended the {n + 2}th CISCE.\n" * 20} for n in range(60)])
    )
    part = ["--part", "0.005"]
    assert run("extract", path, "--out", tmp_path / "whole", *part).returncode == 0
    process = start(path, "--out", tmp_path / "out", *part, "--scheduler", address)
    await_(tmp_path, lambda: receipts(tmp_path / "out") >= 1, process)
    workers = list(cluster.run(os.getpid).values())
    os.kill(workers[0], signal.SIGKILL)
    _, told = process.communicate()
    assert process.returncode == 0, told
    assert content(tmp_path / "out") == content(tmp_path / "whole")
    assert not psutil.pid_exists(workers[0])


def test_the_rules_travel_with_the_task_and_are_those_of_the_project(address: str, project: Path, corpus: Path) -> None:
    for rules in (project / "ontology" / "rules").glob("*.toml"):
        rules.unlink()
    (project / "ontology" / "scopes.txt").write_text("nothing that is read")
    mine, theirs = (run("--root", root, "extract", corpus, "--scheduler", address) for root in (project, Path()))
    assert (mine.returncode, theirs.returncode) == (0, 0)
    assert len(mine.stdout.splitlines()) < len(theirs.stdout.splitlines())
    assert mine.stdout == run("--root", project, "extract", corpus).stdout


def test_another_kg_on_the_workers_is_refused(cluster: Client, address: str) -> None:
    del cluster
    other = tasks.Task(ONTOLOGY.absolute(), tasks.digest(ONTOLOGY), "jsonl", version="9.9", program="f" * 64)
    with pytest.raises(CorpusError, match=r"a worker has another kg .*asked by 9\.9 ffffffff"):
        Cluster(other, address, None)


def test_other_rules_than_were_asked_for_are_refused(tmp_path: Path) -> None:
    task = reading()
    other = copied(tmp_path / "project") / "ontology"
    (other / "words" / "more.toml").write_text("")
    with pytest.raises(CorpusError, match="is not the ontology that was asked for"):
        task.check(other)


def test_where_nobody_answers_it_says_so(corpus: Path) -> None:
    refuses(run("extract", corpus, "--scheduler", "no address"), 2, "--scheduler no address: nobody answers there")
