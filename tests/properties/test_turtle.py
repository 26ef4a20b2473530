from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Graph, URIRef
from rdflib import Literal as Words

from kg import turtle
from kg.vocabulary import iri
from tests.properties.strategies import TEXTS

PREFIXES = {"": "https://e.org/", "id": "https://e.org/id/", "kg": "https://e.org/ns#"}

NODES = st.lists(TEXTS.filter(bool), min_size=1, max_size=2).map(
    lambda path: NamedNode(iri("https://e.org/id/", *path))
)
IN_ORDER = [turtle.TYPE, turtle.LABEL, NamedNode("https://e.org/ns#said"), NamedNode("https://e.org/ns#say")]
PROPERTIES = st.sampled_from(IN_ORDER)
TYPED = st.sampled_from(
    [("date", "2024-05-03"), ("gYear", "2024"), ("gYearMonth", "2024-05"), ("integer", "7"), ("boolean", "true")]
).map(lambda told: Literal(told[1], datatype=NamedNode(turtle.XSD + told[0])))
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.tuples(TEXTS, st.sampled_from(["en", "zh", "zh-hant"])).map(lambda said: Literal(said[0], language=said[1])),
    TYPED,
)
TRIPLES = st.lists(st.builds(Triple, NODES, PROPERTIES, st.one_of(NODES, LITERALS)), max_size=8)


def as_rdflib(triple: Triple) -> tuple[URIRef, URIRef, URIRef | Words]:
    subject, predicate, thing = triple
    assert isinstance(subject, NamedNode)
    if isinstance(thing, NamedNode):
        return URIRef(subject.value), URIRef(predicate.value), URIRef(thing.value)
    assert isinstance(thing, Literal)
    kind = None if thing.language or thing.datatype.value == f"{turtle.XSD}string" else URIRef(thing.datatype.value)
    words = Words(thing.value, lang=thing.language, datatype=kind, normalize=False)
    return URIRef(subject.value), URIRef(predicate.value), words


def told(graph: Graph) -> set[tuple[str, ...]]:
    """What a graph says, by its signs: rdflib compares values, so that `01` would be `1`."""
    return {tuple(term.n3() for term in triple) for triple in graph}


@given(TRIPLES)
def test_turtle_is_read_back_by_others_as_the_same_graph(triples: list[Triple]) -> None:
    written = turtle.write(triples, PREFIXES)
    assert {quad.triple for quad in parse(written, format=RdfFormat.TURTLE)} == set(triples)
    wanted = Graph()
    for triple in triples:
        wanted.add(as_rdflib(triple))
    read = Graph()
    read.parse(data=written, format="turtle")
    assert told(read) == told(wanted)


@given(TRIPLES)
def test_the_same_triples_in_any_order_are_the_same_bytes(triples: list[Triple]) -> None:
    turned = [*reversed(triples), *triples]
    assert turtle.write(turned, PREFIXES) == turtle.write(triples, PREFIXES)


@given(TRIPLES)
def test_a_file_goes_by_subjects_then_class_label_and_all_else_then_objects(triples: list[Triple]) -> None:
    def place(triple: Triple) -> tuple[str, int, str]:
        subject, predicate, thing = triple
        assert isinstance(subject, NamedNode)
        return subject.value, IN_ORDER.index(predicate), str(thing)

    written = turtle.write(triples, PREFIXES)
    read = [quad.triple for quad in parse(written, format=RdfFormat.TURTLE)]
    assert read == turtle.ordered(triples) == sorted(set(triples), key=place)
