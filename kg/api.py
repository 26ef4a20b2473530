"""What `import kg` gives: a build, what the rules read in a text, and a graph to be asked, shown and walked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kg import facts, project, store
from kg.errors import KgError
from kg.facts import Fact
from kg.frames import IRI, Table
from kg.view import Graph
from kg.words import HALF

if TYPE_CHECKING:
    from kg.builds import Report
    from kg.pipeline import Ontology

__all__ = ["IRI", "Fact", "Graph", "KgError", "Table", "build", "extract", "load"]


def build(root: str | Path | None = None, out: str | Path | None = None, *, quotes_only: bool = False) -> Report:
    """What a build made: counts of documents, statements and sentences. It writes `out`, or the project's `exports/`.

    `root` is the project's folder, else the nearest one upward that holds `ontology/`; with `quotes_only` the page does
    without the publishers' full texts. Raises KgError with what is wrong, and where; then no file has changed.
    """
    from kg import builds

    folder = _root(root)
    return builds.build(folder, Path(out) if out else folder / "exports", quotes_only=quotes_only)


def extract(
    text: str | Path,
    *,
    root: str | Path | None = None,
    name: str = "text",
    published: date | str | None = None,
    refused: bool = False,
) -> Table[Fact]:
    """What a project's rules read in a text, or in the file at a `Path`, with what stands in the `.toml` beside it.

    `published` is the day of a text, to which "Tuesday" and "March 1" refer; `name` is what its evidence calls it. With
    `refused` the facts that a guard refused are there, too: `status` says why. Raises KgError for a text that is none.

    >>> for fact in extract("Jane Roe attended the Second Tea Expo."):
    ...     print(fact.subject, fact.relation, fact.object, fact.rule, (fact.start, fact.end), sep=" | ")
    Jane Roe | attended | 2nd Tea Expo | events.attended | (0, 38)
    2nd Tea Expo | edition | 2 | events.edition | (0, 38)
    """
    from kg import document, pipeline, rows

    for what, words in (("text", text), ("name", name)):
        if isinstance(words, str) and HALF.search(words):
            raise KgError(f"{what}: holds half a character (a lone surrogate), which no file could")
    ontology = _ontology(_root(root) / "ontology")
    read = document.read(text) if isinstance(text, Path) else document.from_text(name, text)
    if published:
        read = replace(read, published=_day(published))
    found = pipeline.extract(read, ontology)
    said = (*found.statements, *(found.refused if refused else ()))
    terms = ontology.vocabulary
    return facts.table(map(facts.from_row, rows.rows(said, terms)), terms.prefixes)


def load(path: str | Path | None = None) -> Graph:
    """The graph of a Turtle file, or of a project, an `exports/` or a release; without `path` of the project here.

    Raises KgError where there is none.

    >>> load("exports/graph.ttl").query("SELECT (COUNT(*) AS ?documents) { ?d a kg:Document }")
    documents
    5
    """
    given = Path(path) if path else _root(None)
    inside = (given / "graph.ttl", given / "exports" / "graph.ttl") if given.is_dir() else (given,)
    file = next((f for f in inside if f.is_file()), inside[-1])
    return Graph(store.load(file), file)


def _root(given: str | Path | None) -> Path:
    return project.root(Path(given) if given else Path.cwd())


def _day(given: date | str) -> date:
    try:
        if isinstance(given, datetime):
            return given.date()
        return given if isinstance(given, date) else date.fromisoformat(given)
    except (TypeError, ValueError):
        raise KgError(f"published: {given!r} is no day; a day is written 2021-03-08") from None


def _ontology(folder: Path) -> Ontology:
    """The ontology of a folder, read again only if one of its files has changed."""
    from kg import pipeline

    state = tuple((p, p.stat().st_mtime_ns) for p in sorted(folder.rglob("*")) if p.is_file())
    if _known.get(folder, ((), None))[0] != state:
        _known[folder] = (state, pipeline.load(folder))
    return _known[folder][1]


#: The ontologies read so far, by their folders, each with the state of its files: reading one takes a second or more.
_known: dict[Path, tuple[tuple[tuple[Path, int], ...], Ontology]] = {}
