"""An edition: one build as it is served, so that all parts of an answer come from one graph."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import unescape
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg import questions, store
from kg.errors import GraphError, QueryError
from kg.queries import Query
from kg.server.limits import Limits
from kg.server.vocabulary import words
from kg.server.workers import Workers
from kg.store import Store
from kg.turtle import VOID

#: The files of exports/ that are served, and nothing else, with their media types.
FILES: Mapping[str, str] = {
    "graph.html": "text/html",
    "graph.ttl": "text/turtle",
    "statements.jsonl": "application/jsonl",
    "refused.jsonl": "application/jsonl",
    "disagreements.jsonl": "application/jsonl",
}
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


@dataclass(frozen=True)
class File:
    """A file of exports/ as it was when the edition was made, and the policy that a page has for itself."""

    content: bytes
    media_type: str

    @cached_property
    def tag(self) -> str:
        """The hash of its content."""
        return sha256(self.content).hexdigest()

    @cached_property
    def policy(self) -> str:
        """What its own Content-Security-Policy says; nothing where it has none."""
        found = _POLICY.search(self.content[:10_000])
        return unescape(found[1].decode("ascii", "ignore")) if found else ""


@dataclass(frozen=True)
class Edition:
    """A build: its graph with those who answer from it, its files, and the saved questions.

    `stamps` are those of the files that it was read from.
    """

    store: Store
    workers: Workers
    files: Mapping[str, File]
    questions: tuple[Query, ...]
    stamps: tuple[tuple[str, int, int], ...]

    @cached_property
    def tag(self) -> str:
        """The hash of the graph."""
        return self.files["graph.ttl"].tag

    @cached_property
    def base(self) -> str:
        """The IRI below which everything lies."""
        spaces = self.store.graph.quads_for_pattern(None, NamedNode(f"{VOID}uriSpace"), None)
        said = min((q.object.value for q in spaces if isinstance(q.object, Literal)), default="")
        return said or self.store.prefixes.get("kg", "").removesuffix("ontology#")

    @cached_property
    def words(self) -> bytes:
        """What the editor of queries knows, as JSON."""
        return words(self.store, self.questions, self.base)

    def question(self, name: str) -> Query | None:
        """A saved question by its name."""
        return next((q for q in self.questions if q.name == name), None)


async def edition(folder: Path, limits: Limits) -> Edition:
    """The build that stands in exports/ of a folder, with the questions of its ontology/.

    Raises QueryError where there is no graph, GraphError where it is none, OntologyError for a question.
    """
    graph = folder / "exports" / "graph.ttl"
    while True:
        before = stamps(folder)
        read = {name: _read(graph.with_name(name)) for name in FILES}
        asked = questions.gather(folder / "ontology")
        if before == stamps(folder):  # else some are of another build
            break
    files = {name: File(content, FILES[name]) for name, content in read.items() if content is not None}
    if graph.name not in files:
        raise QueryError(f"{graph}: is not there; `make` builds it")
    content = files[graph.name].content
    try:
        loaded = store.load(content)
    except GraphError as error:
        raise GraphError(f"{graph}: {error}") from error
    return Edition(loaded, await Workers.start(content, limits), files, asked, before)


def stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when any file of an edition does."""
    paths = [*(folder / "exports" / name for name in FILES), *sorted((folder / "ontology" / "queries").glob("*.rq"))]
    return tuple((path.name, *_stamp(path)) for path in paths)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.lstat()
    except OSError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns


def _read(path: Path) -> bytes | None:
    """The content of a file; none where it is missing, or leads elsewhere."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            return file.read()
    except OSError:
        return None
