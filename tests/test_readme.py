"""README.md says how things are: every command is in it, and what it names is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click import Group

import kg
from kg import examples, pipeline
from kg.cli import cli
from tests import sizing
from tests.conftest import ONTOLOGY, ROOT, Built

README = ROOT / "README.md"


@pytest.fixture(scope="module")
def readme() -> str:
    assert README.is_file(), "README.md is missing"
    return README.read_text("utf-8")


def code(text: str) -> str:
    """What stands in code blocks and between back-quotes."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^ {4}.*", text, re.MULTILINE)
    return "\n".join((*blocks, *indented, *re.findall(r"`([^`\n]+)`", text)))


def test_every_command_is_named(readme: str) -> None:
    assert isinstance(cli, Group)
    named = set(re.findall(r"\bkg (?:--root \S+ )?([a-z]+)\b", code(readme)))
    assert set(cli.commands) - named == set()


def test_the_table_has_each_command_once(readme: str) -> None:
    assert isinstance(cli, Group)
    (table,) = re.findall(r"^\| command \| \|\n\| --- \| --- \|\n((?:\|.*\n)+)\n", readme, re.MULTILINE)
    assert sorted(re.findall(r"^\| `kg ([a-z]+)` \|", table, re.MULTILINE)) == sorted(cli.commands)


def test_no_command_is_named_that_does_not_exist(readme: str) -> None:
    assert isinstance(cli, Group)
    blocks = "\n".join(re.findall(r"^```(?:sh|bash|console|shell)?\n(.*?)^```", readme, re.MULTILINE | re.DOTALL))
    named = set(re.findall(r"^(?:\$ )?(?:\S*/)?kg ([a-z]+)\b", blocks, re.MULTILINE))
    assert named - set(cli.commands) == set()


def test_every_option_that_is_shown_exists(readme: str) -> None:
    assert isinstance(cli, Group)
    for command, rest in re.findall(r"\bkg ([a-z]+)((?: [^`\n]*)?)", code(readme)):
        if command in cli.commands:
            known = {o for p in cli.commands[command].params for o in p.opts} | {"--help", "-h"}
            shown = {o.partition("=")[0] for o in re.findall(r"(?<=\s)--[a-z-]+", rest)}
            assert shown - known == set(), (command, rest)


def test_every_make_target_that_is_shown_exists(readme: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = set(re.findall(r"(?:^|[\s`])make ([a-z-]+)\b", code(readme), re.MULTILINE))
    assert shown - targets == set()


def test_what_it_links_to_is_there(readme: str) -> None:
    links = [m for m in re.findall(r"\]\(([^)#\s]+)", readme) if "://" not in m]
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_files_it_names_are_there(readme: str) -> None:
    made = {"exports/graph.html"}
    named = set(re.findall(r"`((?:kg|ontology|seeds|exports|tests)/[\w./-]+\.\w+)`", readme)) - made
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_it_holds_a_rule_a_query_and_a_picture(readme: str) -> None:
    assert "[[rule]]" in readme
    assert re.search(r"SELECT\b.*\{", readme)
    assert re.search(r"!\[[^\]]+\]\([^)]+\)", readme)


def test_its_rule_runs_as_it_stands_with_the_whole_book(readme: str, tmp_path: Path) -> None:
    blocks = re.findall(r"^```toml\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    rule = next(block for block in blocks if "[[rule]]" in block)
    shutil.copytree(ONTOLOGY, tmp_path / "ontology")
    place = tmp_path / "ontology" / "rules" / "readme.toml"
    place.write_text(rule, "utf-8")
    known = pipeline.load(tmp_path / "ontology")
    mine = [r for r in known.book.rules if r.path == place]
    assert mine
    assert [str(f) for f in examples.check(known).faults if f.path == place] == []


def test_its_python_runs_as_it_stands(readme: str, built: Built) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=built.root, capture_output=True, text=True, check=True
    )
    told = done.stdout.splitlines()
    assert "Xiao Yaqing is minister, Ministry of Industry and Information Technology" in told
    assert any(line.startswith("001_ec239430f14e9e0f 328 598 posts.apposition Recently, Xiao Yaqing") for line in told)
    assert told[-1] == "['attended', 'edition'] events.attended"


def test_its_release_is_made_and_checked_as_it_stands(readme: str, project: Path) -> None:
    (commands,) = re.findall(r"^```sh\n([^`]*kg release.*?)^```", readme, re.MULTILINE | re.DOTALL)
    (project / ".venv").symlink_to(Path(sys.executable).parent.parent)
    done = subprocess.run(["sh", "-e", "-c", commands], cwd=project, capture_output=True, text=True, check=True)
    assert done.stdout == ""
    assert (project / "dist" / "kg-0.1.0" / "graph.trig").is_file()


def test_the_release_that_it_shows_is_of_this_version(readme: str) -> None:
    assert set(re.findall(r"dist/kg-([\d.]+\d)", readme)) == {kg.__version__}


def test_it_names_no_place_of_any_machine(readme: str) -> None:
    assert not re.search(r"/(?:home|Users|root|work)/", readme)


def test_its_table_of_sizes_is_what_the_figures_give() -> None:
    assert sizing.written() == sizing.table()
