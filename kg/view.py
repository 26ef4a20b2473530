"""The view of a graph that a Python program has: what it can ask, look up, list and walk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from kg import facts, frames, project, questions
from kg.errors import KgError, QueryError
from kg.facts import Fact
from kg.frames import IRI, Table, Value
from kg.network import network
from kg.store import Kind, Store
from kg.subjects import Subjects, subjects

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, eq=False, repr=False)
class Graph:
    """A graph: ask it in SPARQL or by the name of a saved question, look at its facts, or walk it with networkx.

    `path` is the file that it was loaded from: the saved questions are those of the project or release around it.
    """

    store: Store
    path: Path

    def query(self, asked: str, /, *, labels: bool = True, **values: object) -> Table[dict[str, Value]]:
        """The rows of a SELECT, or the triples of a CONSTRUCT or DESCRIBE; each row a dict by its variables.

        `asked` is SPARQL, whose usual prefixes need not be declared, the path of a file that holds it, or the name of
        a saved question, whose parameters `values` are: a day, a number, words, or a thing by its name or IRI. With
        `labels` a column `whoLabel` stands behind `who` where that is an IRI with a label. Raises KgError for what is
        wrong with a query, with line and column.

        >>> import kg
        >>> found = kg.load("exports/graph.ttl").query("posts-on-a-day", day="2021-03-08")
        >>> found.columns[:4], found[0]["asOf"]
        (('person', 'personLabel', 'post', 'postLabel'), datetime.date(2021, 3, 8))
        """
        # A query that holds SPARQL needs no project.
        ontology = Path() if "{" in asked else project.root(self.path.absolute().parent) / "ontology"
        question = questions.find(ontology, asked)
        given = {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in values.items()}
        text = question.bind(given, prefixes=self.store.prefixes, named=self.store.named, like=self.store.like)
        answer = self.store.query(text)
        if answer.kind is Kind.TRUTH:
            raise QueryError("an ASK has no rows: `graph.ask(...)` tells its truth")
        return frames.table(answer.labelled(self.store.label) if labels else answer)

    def ask(self, sparql: str) -> bool:
        """The truth of an ASK; of any other query whether it finds anything.

        >>> import kg
        >>> kg.load("exports/graph.ttl").ask("ASK { ?who kg:ministerOf ?body }")
        True
        """
        answer = self.store.query(sparql)
        return bool(answer.rows) and (answer.kind is not Kind.TRUTH or frames.value(answer.rows[0][0]) is True)

    def label(self, iri: str) -> str:
        """What people call a thing or a term, given by its IRI, whole or with a prefix; nothing where it has no label.

        >>> import kg
        >>> kg.load("exports/graph.ttl").label("kg:ministerOf")
        'minister of'
        """
        return self.store.label(self._whole(iri))

    def named(self, name: str) -> list[IRI]:
        """The IRIs of all that bears a name, in whatever case; of several things several."""
        return [IRI(iri) for iri in self.store.named(name)]

    def facts(self, subject: str = "", relation: str = "", object: str = "") -> Table[Fact]:
        """The facts about a subject, by a relation, with an object; without any of them all, one for each sentence.

        A thing is given by its name or IRI, a value by its words; a relation as `holdsPost` or, closer, `ministerOf`.

        >>> import kg
        >>> {fact.relation for fact in kg.load("exports/graph.ttl").facts(relation="ministerOf")}
        {'holdsPost'}
        """
        wanted = self._things(subject), self._things(object)
        property = self._whole(f"kg:{relation.removeprefix('kg:')}") if relation and "//" not in relation else relation
        found = (fact for s in self._chosen(*wanted, property) for fact in facts.of_statement(self._subjects, s))
        return facts.table(found, self.store.prefixes)

    def evidence(self, statement: str) -> Table[Fact]:
        """The sentences behind a statement, given by the id that facts have, or its IRI; KgError for an unknown one."""
        iri = self._whole(statement if ":" in statement else f"st:{statement}")
        if iri not in self._subjects.told:
            raise KgError(f"{statement}: no statement of this graph")
        return facts.table(facts.of_statement(self._subjects, iri), self.store.prefixes)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The graph as a directed multigraph of networkx.

        Nodes are things by their IRIs, with `label`, `class` and the values that statements give them; edges are
        statements between two of them, in any status, with `label`, `status`, `begin`, `end` and their quotes.

        >>> import kg
        >>> graph = kg.load("exports/graph.ttl").to_networkx()
        >>> {label for *_, label in graph.edges(data="label") if label.startswith("minister")}
        {'minister of'}
        """
        return network(self._subjects).to_networkx()

    def __len__(self) -> int:
        """How many triples it has."""
        return len(self.store.graph)

    def __repr__(self) -> str:
        return f"<Graph {self.path}: {len(self)} triples>"

    def _repr_html_(self) -> str:
        graph = self._subjects
        classes = Counter(graph.label(c) for t in graph.things for c in graph.values(t, "rdf:type"))
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{n}</td></tr>" for name, n in sorted(classes.items()))
        head = f"{escape(str(self.path))}: {len(self)} triples, {len(graph.statements)} statements"
        columns = '<th scope="col">class</th><th scope="col">things</th>'
        return f"<table><caption>{head}</caption><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"

    @cached_property
    def _subjects(self) -> Subjects:
        return subjects((quad.triple for quad in self.store.graph), self.store.prefixes)

    def _chosen(self, wanted: set[str], objects: set[str], property: str) -> Iterator[str]:
        graph = self._subjects
        for statement in graph.statements:
            fits = (not wanted or graph.value(statement, "rdf:subject") in wanted) and (
                not objects or graph.value(statement, "rdf:object") in objects
            )
            if fits and (not property or property in graph.above(graph.value(statement, "rdf:predicate"))):
                yield statement

    def _things(self, given: str) -> set[str]:
        """The IRIs that a name or an IRI means, and the words themselves, for values; none where nothing is given."""
        return {given, self._whole(given), *self.store.named(given)} if given else set()

    def _whole(self, iri: str) -> str:
        prefix, colon, local = iri.partition(":")
        return self.store.prefixes[prefix] + local if colon and prefix in self.store.prefixes else iri
