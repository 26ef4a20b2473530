"""Exclusivities: which statements cannot hold beside one another, as `ontology/kg.ttl` declares on the properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from kg.errors import Fault, OntologyError
from kg.vocabulary import TERMS, Vocabulary

#: The declarations, and which side of a statement they allow only once.
ONE_SUBJECT, ONE_OBJECT = "oneSubjectFor", "oneObjectFor"
_OTHERS = ("separator", "onlyWith", "containedBy", "firstDay", "lastDay")


@dataclass(frozen=True, slots=True)
class Exclusivity:
    """Of things of `classes` beside the property there is one: one subject for each object, or the reverse.

    `separators` are qualifiers that tell two apart (`post`; `asOf`: at a time), `needs` properties without
    which a thing is not meant, `along` those that lead from what is said more precisely to what is said less so,
    `first` and `last` those that tell an end of the days that the property tells.
    """

    property: str
    one_subject: bool
    classes: frozenset[str]
    separators: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    along: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()


def read(folder: Path, vocabulary: Vocabulary) -> tuple[Exclusivity, ...]:
    """The exclusivities of an `ontology/` folder, by property.

    Raises OntologyError for a declaration on what is no relation, or with what it cannot take.
    """
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    start = vocabulary.term("")
    for triple in vocabulary.terms:
        name = triple.predicate.value.removeprefix(start)
        if name in (ONE_SUBJECT, ONE_OBJECT, *_OTHERS) and isinstance(triple.subject, NamedNode):
            value = triple.object.value if isinstance(triple.object, NamedNode) else str(triple.object)
            told[triple.subject.value.removeprefix(start)][name].add(value.removeprefix(start))
    faults = [what for name in sorted(told) for what in _faults(name, told[name], vocabulary)]
    if faults:
        raise OntologyError([Fault(folder / TERMS, 0, what) for what in faults])
    return tuple(
        Exclusivity(
            name, side == ONE_SUBJECT, frozenset(facts[side]), *(frozenset(facts.get(key, ())) for key in _OTHERS)
        )
        for name, facts in sorted(told.items())
        for side in (ONE_SUBJECT, ONE_OBJECT)
        if side in facts
    )


def _faults(name: str, facts: Mapping[str, set[str]], vocabulary: Vocabulary) -> Iterator[str]:
    kinds = {
        ONE_SUBJECT: (vocabulary.classes, "a class"),
        ONE_OBJECT: (vocabulary.classes, "a class"),
        "separator": (vocabulary.qualifiers, "a qualifier"),
        **dict.fromkeys(_OTHERS[1:], (vocabulary.properties, "a property below kg:relation")),
    }
    if name not in vocabulary.properties:
        yield f"kg:{name} is no property below kg:relation, of which alone an exclusivity can be told"
    if not {ONE_SUBJECT, ONE_OBJECT} & facts.keys():
        yield f"kg:{name} has kg:{min(facts)}, but neither kg:{ONE_SUBJECT} nor kg:{ONE_OBJECT}"
    for key, values in facts.items():
        allowed, what = kinds[key]
        for value in sorted(values - set(allowed)):
            yield f"kg:{name} has kg:{key} {value!r}, which is not {what}"
