from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kg.cli.terminal import shown
from tests.conftest import ROOT, refuses, run
from tests.printing import lines, printed

ARTICLE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour Forum opens - The Springfield Gazette</title>
<meta property="og:title" content="Harbour Forum opens in Springfield">
<meta property="og:site_name" content="The Springfield Gazette">
<meta property="article:published_time" content="2024-05-03T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Harbour Forum opens in Springfield</h1>
<p>Jane Roe, vice minister of the Ministry of Industry and Information Technology, attended the opening ceremony of
the second China International Supply Chain Expo in Beijing on Friday, and met with the people who built it.</p>
<p>工信部部长肖亚庆说，产业链供应链经受住了考验。</p>
<p>Nobody had thought of the weather, and so it rained on the ships, the pilots and the guests all day long.</p>
</article></body></html>"""
WHO = "SELECT ?who ?date { ?who kg:viceMinisterOf ?b . ?d dcterms:title ?t ; dcterms:issued ?date FILTER(?t = '%s') }"


def written(project: Path) -> dict[str, bytes]:
    """All that stands in seeds/ and exports/."""
    folders = [project / "seeds", project / "exports"]
    return {str(p): p.read_bytes() for folder in folders for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_page_that_was_added_is_in_the_graph(project: Path) -> None:
    file = project / "Harbour Forum.html"
    file.write_text(ARTICLE, "utf-8")
    done = run("add", file, cwd=project)
    assert done.returncode == 0, done
    told = done.stdout.splitlines()
    assert told[:3] == [
        "title: Harbour Forum opens in Springfield",
        "publisher: The Springfield Gazette",
        "date: 2024-05-03",
    ]
    assert "Jane Roe — holdsPost — Ministry of Industry and Information Technology" in told
    assert [line.partition(" undecided: ")[2] for line in told if line.startswith("harbour-forum:")] == [
        "工信部部长肖亚庆说，产业链供应链经受住了考验。",
        "Nobody had thought of the weather, and so it rained on the ships, the pilots and the guests all day long.",
    ]
    assert "2 undecided" in done.stderr
    asked = run("query", WHO % "Harbour Forum opens in Springfield", "--format", "csv", cwd=project)
    assert "jane-roe" in asked.stdout
    assert "2024-05-03" in asked.stdout
    explained = run("explain", "Jane Roe", "holdsPost", "Ministry of Industry", cwd=project)
    assert "harbour-forum, characters" in explained.stdout
    assert run("build", cwd=project).returncode == 0


def test_a_pdf_on_standard_input_is_told_as_json(project: Path) -> None:
    said = "Jane Roe, minister of commerce, attended the second China International Supply Chain"
    raw = printed(lines("Harbour Forum opens in Springfield", "", said, "Expo in Beijing.", "", "Nobody knew."))
    done = run("add", "-", "--name", "005_forum", "--json", cwd=project, stdin=raw)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1), done
    told = json.loads(done.stdout)
    assert (told["document"], told["title"]) == ("005_forum", "Harbour Forum opens in Springfield")
    assert ("005_forum", "Jane Roe", "attended") in {
        (row["document"], row["subject"], row["relation"]) for row in told["statements"]
    }
    assert [one["sentence"] for one in told["undecided"]] == ["Nobody knew."]
    assert sum(told["dispositions"].values()) == 3
    assert Path(told["text"]).read_text("utf-8").splitlines()[2] == f"{said} Expo in Beijing."


def test_the_same_page_gives_the_same_files(project: Path) -> None:
    made = []
    for seed in ("1", "2"):
        done = run("add", "-", cwd=project, stdin=ARTICLE.encode(), env={"PYTHONHASHSEED": seed})
        assert done.returncode == 0, done
        made.append(written(project))
        for kind in (".txt", ".toml"):
            (project / "seeds" / f"harbour-forum-opens-in-springfield{kind}").unlink()
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("name", "raw", "options", "what"),
    [
        ("a.txt", None, (), "a.txt: no such file"),
        (".", None, (), "is a directory; name one file"),
        ("a.txt", b"caf\xe9", (), "a.txt:1: is neither UTF-8 nor UTF-16"),
        ("a.pdf", printed([]), (), "a.pdf: is a PDF without text"),
        ("a.pdf", printed(lines("Jane Roe left."))[:-200], (), "a.pdf: is a damaged PDF"),
        ("a.html", b"<html><body>\xff\xd8</body>", (), "a.html:1: is neither UTF-8"),
        ("a.html", b"<html><body><p></p></body></html>", (), "a.html: is HTML without text"),
        ("a.txt", b"Jane Roe left.", ("--name", "../a"), "is no name for a document"),
        ("004_20430a00275623ba.txt", b"Jane Roe left.", ("--name", "004_20430a00275623ba"), "stands there already"),
    ],
    ids=["missing", "directory", "latin-1", "scan", "damaged", "binary", "no text", "name", "taken"],
)
def test_what_cannot_be_added_changes_nothing(
    name: str, raw: bytes | None, options: tuple[str, ...], what: str, project: Path
) -> None:
    before = written(project)
    if raw is not None:
        (project / name).write_bytes(raw)
    refuses(run("add", name, *options, cwd=project), 2, what)
    assert written(project) == before


def test_a_document_that_breaks_a_check_is_taken_out_again(project: Path) -> None:
    query = 'SELECT ?d WHERE { ?d dcterms:title ?t FILTER(CONTAINS(STR(?t), "Harbour Forum")) }'
    check = f"#+ summary: A harbour has no forum\n#+ severity: ERROR\n{query}\n"
    (project / "ontology" / "checks" / "forums.rq").write_text(check, "utf-8")
    assert run("build", cwd=project).returncode == 0
    before = written(project)
    done = run("add", "-", cwd=project, stdin=ARTICLE.encode())
    assert (done.returncode, done.stdout) == (3, "")
    assert "A harbour has no forum" in done.stderr
    assert written(project) == before


def test_without_its_libraries_it_says_what_to_install(project: Path) -> None:
    (project / "trafilatura.py").write_text('raise ModuleNotFoundError("gone", name="trafilatura")\n', "utf-8")
    path = os.pathsep.join(map(str, (project, ROOT)))
    done = run("add", "-", cwd=project, stdin=b"Jane Roe left.", env={"PYTHONPATH": path})
    refuses(done, 1, "trafilatura", "make .venv/.add", "pip install 'kg[add]'")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Roe \x1b[2J\x07", "Roe \\x1b[2J\\x07"),
        ("a\u202eb\u2028", "a\\u202eb\\u2028"),
        ("肖亚庆 — “é”", "肖亚庆 — “é”"),
    ],
    ids=["escape", "turned round", "words"],
)
def test_words_of_a_document_do_not_steer_the_terminal(text: str, told: str) -> None:
    assert shown(text) == told
