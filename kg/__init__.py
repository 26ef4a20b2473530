"""A knowledge graph out of documents, by hand-curated rules.

`kg` maps news items, ministry statements and press-conference transcripts to RDF: what it knows of names,
words and rules is data in `ontology/`, what it knows of English and RDF is this package, and every arrow of
the graph leads back to a rule and to the words of a document.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = ["IRI", "Fact", "Graph", "KgError", "Table", "build", "extract", "load"]

if TYPE_CHECKING:
    from kg.api import IRI, Fact, Graph, KgError, Table, build, extract, load


def __getattr__(name: str) -> object:
    # Loaded when they are asked for, so that `kg --help` and the modules of kg do not wait for them (PEP 562).
    if name in __all__:
        return getattr(importlib.import_module("kg.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
