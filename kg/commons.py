"""Public lists, `ontology/words/places.toml` and `media.toml`: names known to everybody, curated by nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
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
    """What the lists name, capitals among it; a curated entity that they name keeps what it is, with more names.

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
    taken = {fold(name): entity for entity in curated for name in entity.names}
    found: dict[str, Entity] = {}
    homes: dict[str, set[str]] = defaultdict(set)
    for name, cls, facts in _listed(data):
        names = (name, *facts.get("also", ()))
        bearers = {e.iri: e for n in names if (e := taken.get(fold(n)))}
        if not bearers:
            iri = vocabulary.iri("id", slug(name))
            made = Entity(iri, name, frozenset({cls}), names, tuple(facts.get("demonyms", ())), curated=False)
            found.setdefault(iri, made)
            homes[iri] |= {*facts.get("within", ())}
        elif len(bearers) == 1 and cls in (known := next(iter(bearers.values()))).classes:
            more = tuple(n for n in names if fold(n) not in taken)
            found.setdefault(known.iri, replace(known, names=(*known.names, *more)))
            homes[known.iri] |= {*facts.get("within", ())}
    iris = {fold(name): entity.iri for entity in reversed(found.values()) for name in entity.names}
    within = {iri: tuple(sorted(iris[fold(h)] for h in some if fold(h) in iris)) for iri, some in homes.items()}
    return tuple(replace(entity, within=within[entity.iri]) for entity in found.values())


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
            yield name, cls, {**facts, "within": [facts["country"]] if "country" in facts else []}
            if facts.get("capital"):
                yield facts["capital"], "City", {"within": [name]}
