"""What the editor of queries knows: prefixes, terms, names and saved questions."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from kg.queries import Query
from kg.store import Store
from kg.turtle import LABEL, RDF, RDFS, SKOS, TYPE

#: More names than a person would look through are not sent along; then the first by label are.
MOST = 20_000

_KINDS = {f"{RDF}Property": "property", f"{RDFS}Class": "class"}


def words(store: Store, questions: Sequence[Query], base: str) -> bytes:
    """Everything as JSON: `prefixes`, `terms` (IRI, label, kind), `names` (IRI, label), `questions`, `base`."""
    terms = _terms(store)
    told = {
        "base": base,
        "prefixes": dict(sorted(store.prefixes.items())),
        "terms": terms,
        "names": _names(store, {iri for iri, _, _ in terms}, base),
        "questions": [_question(q, store) for q in questions],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _question(asked: Query, store: Store) -> dict[str, object]:
    """A saved question as the page shows it; `default` is as a person would type it."""
    parameters = [
        {"name": p.name, "about": p.about, "kind": _kind(p.default), "default": shown(p.default, store)}
        for p in asked.parameters
    ]
    told = {"name": asked.name, "summary": asked.summary, "tags": asked.tags}
    return told | {"parameters": parameters, "sparql": asked.text}


def _kind(term: str) -> str:
    """What a person is asked for: a `day`, a `number`, `words` or a `thing`."""
    if term.startswith('"'):
        return "day" if term.endswith(("^^xsd:date", "XMLSchema#date>")) else "words"
    return "number" if re.fullmatch(r"[+-]?\d+", term) else "thing"


def shown(term: str, store: Store) -> str:
    """A term of SPARQL as a person would type it: the words of a literal, the label of a thing.

    >>> from kg.store import load
    >>> shown('"2021-03-08"^^xsd:date', load(b""))
    '2021-03-08'
    """
    if term.startswith('"'):
        return term[1 : term.rindex('"')]
    prefix, _, local = term.partition(":")
    iri = store.prefixes[prefix] + local.replace("\\", "") if prefix in store.prefixes else term.strip("<>")
    label = store.label(iri) if ":" in iri else ""
    return label if label and store.named(label) == (iri,) else term


def _terms(store: Store) -> list[tuple[str, str, str]]:
    """Classes and properties, declared or only used, by IRI."""
    kinds: dict[str, str] = {}
    for kind, asked in (("property", "SELECT DISTINCT ?p { ?s ?p ?o }"), ("class", "SELECT DISTINCT ?c { ?s a ?c }")):
        kinds |= {term.value: kind for (term,) in store.query(asked).rows if isinstance(term, NamedNode)}
    for iri, kind in _KINDS.items():
        for quad in store.graph.quads_for_pattern(None, TYPE, NamedNode(iri)):
            kinds[str(quad.subject).strip("<>")] = kind
    return [(iri, store.label(iri), kinds[iri]) for iri in sorted(kinds)]


def _names(store: Store, terms: set[str], base: str) -> list[tuple[str, str]]:
    """What things below the base are called, all their names, by label."""
    found = {
        (quad.object.value, quad.subject.value)
        for property in (LABEL, NamedNode(f"{SKOS}prefLabel"), NamedNode(f"{SKOS}altLabel"))
        for quad in store.graph.quads_for_pattern(None, property, None)
        if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode)
        if quad.subject.value.startswith(base) and quad.subject.value not in terms
    }
    return [(iri, name) for name, iri in sorted(found)[:MOST]]
