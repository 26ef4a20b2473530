"""An edition: one build as it is served, so that all parts of an answer come from one graph."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import unescape
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg import questions, store
from kg.errors import QueryError
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
    """A build: its graph with those who answer from it, its files, and the saved questions."""

    store: Store
    workers: Workers
    files: Mapping[str, File]
    questions: tuple[Query, ...]

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
    exports = folder / "exports"
    files = _files(exports)
    if "graph.ttl" not in files:
        raise QueryError(f"{exports / 'graph.ttl'}: is not there; `make` builds it")
    loaded = store.load(files["graph.ttl"].content)
    asked = questions.gather(folder / "ontology")
    return Edition(loaded, await Workers.start(files["graph.ttl"].content, limits), files, asked)


def _files(exports: Path) -> dict[str, File]:
    """All files of one build: read again where one has been replaced meanwhile."""
    while True:
        before = list(_stamps(exports))
        read = {name: _read(exports / name) for name in FILES}
        if before == list(_stamps(exports)):
            return {name: File(content, FILES[name]) for name, content in read.items() if content is not None}


def _stamps(exports: Path) -> Iterator[tuple[int, int] | None]:
    for name in FILES:
        try:
            found = (exports / name).lstat()
        except OSError:
            yield None
        else:
            yield found.st_ino, found.st_mtime_ns


def _read(path: Path) -> bytes | None:
    """The content of a file; none where it is missing, or leads elsewhere."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            return file.read()
    except OSError:
        return None
