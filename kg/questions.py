"""The competency questions: what an analyst asks again and again, kept in `ontology/queries/` and asked by name."""

from __future__ import annotations

import re
from pathlib import Path

from kg import queries
from kg.errors import QueryError, unknown
from kg.queries import Query


def gather(ontology: Path) -> tuple[Query, ...]:
    """The questions, by name; `may-be-empty` in a header says why one rightly finds nothing in the seeds.

    Raises OntologyError with all that is wrong in them, each with its line.
    """
    return queries.gather(ontology / "queries", needs={"tags"}, allows={"may-be-empty"})


def find(ontology: Path, asked: str) -> Query:
    """What is asked: a question's name, a file that holds a query, or the query itself.

    Raises QueryError for what is none of them.
    """
    if not asked.strip():
        raise QueryError("nothing is asked: give a question's name, a query, or a file that holds one")
    # A pattern, or DESCRIBE, which needs none.
    if len(asked) > 1000 or "{" in asked or re.match(r"(?i)\s*describe\s", asked):
        return Query("query", Path(), "", {}, (), asked)
    path = Path(asked)
    if path.suffix == ".rq" and path.is_file():
        return queries.read(path)
    if path.is_file():
        try:
            return Query(path.name, path, "", {}, (), path.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError:
            raise QueryError(f"{path}: is not UTF-8") from None
    if path.is_dir():
        raise QueryError(f"{asked}: is a folder; name a question, or a file that holds a query")
    try:
        return known(ontology, asked)
    except QueryError as error:
        raise QueryError(f"{asked}: neither a query (no `{{` in it) nor a file; {error}") from error


def known(ontology: Path, name: str) -> Query:
    """A question by its name; raises QueryError where there is none."""
    every = {q.name: q for q in gather(ontology)}
    if name not in every:
        raise QueryError(unknown("question", name, every))
    return every[name]
