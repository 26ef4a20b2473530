"""Remarks: what an asker should know beside an answer: statements that others contradict, terms that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from pyoxigraph import NamedNode, Store

from kg.store.answer import Answer
from kg.store.reason import STATEMENT
from kg.turtle import RDFS

_TERM = re.compile(r"(?<![\w<?$\"'])kg:(\w+)")


def remarks(graph: Store, prefixes: Mapping[str, str], sparql: str, answer: Answer) -> Iterator[str]:
    """One line for each thing that an asker should know.

    How many statements of the answer are in an open disagreement; where it is empty, which terms of the vocabulary
    the query has, and the graph does not use as they stand there.
    """
    terms = prefixes.get("kg", "")
    if count := len(_disputed(graph, terms, answer)):
        told = "1 statement is" if count == 1 else f"{count} statements are"
        yield f"{told} in an open disagreement: `kg query disagreements --why`"
    if not answer.rows:
        for name in dict.fromkeys(_TERM.findall(sparql)):
            yield from _unused(graph, terms, name)


def _disputed(graph: Store, terms: str, answer: Answer) -> set[str]:
    if STATEMENT not in answer.variables:
        return set()
    column = answer.variables.index(STATEMENT)
    open_ = {
        quad.object.value
        for found in graph.quads_for_pattern(None, NamedNode(f"{terms}verdict"), NamedNode(f"{terms}open"))
        for quad in graph.quads_for_pattern(found.subject, NamedNode(f"{terms}between"), None)
        if isinstance(quad.object, NamedNode)
    }
    return open_ & {cell.value for row in answer.rows if isinstance(cell := row[column], NamedNode)}


def _unused(graph: Store, terms: str, name: str) -> Iterator[str]:
    me = NamedNode(terms + name)
    if _there(graph, None, me, None):
        return
    below = graph.quads_for_pattern(None, NamedNode(f"{RDFS}subPropertyOf"), me)
    if next(iter(below), None):
        yield f"no triple has kg:{name}, only properties below it: ask `?s ?p ?o . ?p rdfs:subPropertyOf* kg:{name}`"
    elif not _there(graph, me, None, None) and not _there(graph, None, None, me):
        used = {q.predicate.value for q in graph} | {str(q.subject).strip("<>") for q in graph}
        names = sorted(iri.removeprefix(terms) for iri in used if iri.startswith(terms))
        near = get_close_matches(name, names, n=1)
        yield f"the graph does not use kg:{name}" + (f"; did you mean kg:{near[0]}?" if near else "")


def _there(graph: Store, *place: NamedNode | None) -> bool:
    subject, predicate, thing = place
    return next(iter(graph.quads_for_pattern(subject, predicate, thing)), None) is not None
