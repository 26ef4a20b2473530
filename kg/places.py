"""Places of the public list `ontology/words/places.toml`: known to everybody, curated by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.entities import Entity
from kg.errors import Fault, OntologyError
from kg.toml import load
from kg.vocabulary import Vocabulary
from kg.words import fold, slug

_CLASSES = {"country": "Country", "region": "Region", "province": "Province", "city": "City"}
_KEYS = frozenset({"demonyms", "also", "capital", "country"})


def places(folder: Path, vocabulary: Vocabulary, curated: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The places of the list whose names no curated entity bears, capitals among them.

    Raises OntologyError for an unknown table or key.
    """
    path = folder / "words" / "places.toml"
    if not path.is_file():
        return ()
    data, where = load(path)
    faults = [
        Fault(path, where(table), f"unknown table [{table}]; allowed are {', '.join(_CLASSES)}")
        for table in data.keys() - _CLASSES.keys()
    ]
    for table in data.keys() & _CLASSES.keys():
        for name, facts in data[table].items():
            faults += [
                Fault(path, where(table, name), f"unknown key {key!r}; allowed are {', '.join(sorted(_KEYS))}")
                for key in facts.keys() - _KEYS
            ]
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


def _listed(data: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for table, cls in _CLASSES.items():
        for name, facts in data.get(table, {}).items():
            yield name, cls, facts
            if facts.get("capital"):
                yield facts["capital"], "City", {}
