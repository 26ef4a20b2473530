"""Word classes used in patterns, read from the `[class]` tables of `ontology/words/*.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import Fault, OntologyError
from kg.pattern import BUILT_IN
from kg.toml import load


def read(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """The phrases of every word class, by its name; a phrase is a pattern, its slots are those around it.

    Raises OntologyError where a class is told twice or is no list of phrases.
    """
    faults: list[Fault] = []
    classes: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("words/*.toml")):
        data, where = load(path)
        for name, phrases in data.get("class", {}).items():
            line = where("class", name)
            if name in BUILT_IN:
                faults.append(
                    Fault(path, line, f"<{name}> is a class of the pattern language itself; choose another name")
                )
            elif name in classes:
                faults.append(Fault(path, line, f"the word class <{name}> stands in another file too"))
            elif not (isinstance(phrases, list) and phrases and all(isinstance(p, str) for p in phrases)):
                faults.append(Fault(path, line, f"<{name}> is not a list of phrases"))
            else:
                classes[name] = tuple(phrases)
    if faults:
        raise OntologyError(faults)
    return classes
