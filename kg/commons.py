"""Public lists, `ontology/words/places.toml` and `media.toml`: names known to everybody, curated by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.entities import Entity
from kg.errors import Fault, OntologyError
from kg.toml import Where, load
from kg.vocabulary import Vocabulary
from kg.words import fold, slug

_CLASSES = {"country": "Country", "region": "Region", "province": "Province", "city": "City", "media": "Media"}
_FILES = ("places.toml", "media.toml")
_KEYS = frozenset({"demonyms", "also", "capital", "country"})


def read(folder: Path, vocabulary: Vocabulary, curated: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """What the lists name and no curated entity is called, capitals among it.

    Raises OntologyError for an unknown table or key.
    """
    data: dict[str, Any] = {}
    faults: list[Fault] = []
    for path in (folder / "words" / name for name in _FILES):
        if path.is_file():
            tables, where = load(path)
            faults += _faults(path, tables, where)
            data |= tables
    if faults:
        raise OntologyError(faults)
    taken = {fold(name) for entity in curated for name in entity.names}
    found: dict[str, Entity] = {}
    for name, cls, facts in _listed(data):
        if fold(name) not in taken and not any(fold(also) in taken for also in facts.get("also", ())):
            iri = vocabulary.iri("id", slug(name))
            names = (name, *facts.get("also", ()))
            made = Entity(iri, name, frozenset({cls}), names, tuple(facts.get("demonyms", ())), curated=False)
            found.setdefault(iri, made)
    return tuple(found.values())


def _faults(path: Path, tables: dict[str, Any], where: Where) -> Iterator[Fault]:
    for table, rows in tables.items():
        if table not in _CLASSES:
            yield Fault(path, where(table), f"unknown table [{table}]; allowed are {', '.join(_CLASSES)}")
            continue
        for name, facts in rows.items():
            for key in facts.keys() - _KEYS:
                allowed = ", ".join(sorted(_KEYS))
                yield Fault(path, where(table, name), f"unknown key {key!r}; allowed are {allowed}")


def _listed(data: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for table, cls in _CLASSES.items():
        for name, facts in data.get(table, {}).items():
            yield name, cls, facts
            if facts.get("capital"):
                yield facts["capital"], "City", {}
