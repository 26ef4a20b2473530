"""What statements speak of and what they were read in and by, as RDF: nodes, documents, rules and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import GraphError
from kg.model import Document, Node, Statement
from kg.turtle import COMMENT, DCTERMS, LABEL, PROV, RDFS, SKOS, TYPE, date, facts
from kg.vocabulary import Vocabulary, iri

_ABOVE = frozenset({NamedNode(f"{RDFS}subClassOf"), NamedNode(f"{RDFS}subPropertyOf")})


Told = Mapping[str, Sequence[Triple]]


def nodes(
    statements: Iterable[Statement], documents: Iterable[Document], vocabulary: Vocabulary, told: Told
) -> Iterator[Triple]:
    """Class, label, other names and words of everything that statements speak of, and of the documents.

    `told` has what a curator says of an IRI, names in their languages and decisions. Where documents tell of one thing
    under several labels, that of a curator goes first, then the order; the others are names. Raises GraphError for a
    class that is not below `kg:Thing`.
    """
    for name, variants in told_of(statements, documents, vocabulary.base).items():
        yield from _node(NamedNode(name), variants, vocabulary, told.get(name, ()))


def told_of(statements: Iterable[Statement], documents: Iterable[Document], base: str) -> dict[str, list[Node]]:
    """Everything by its IRI, in each of the ways in which it is told of; the first has the label that it bears."""
    found: dict[str, set[Node]] = {}
    for node in _spoken_of(statements):
        found.setdefault(node.iri, set()).add(node)
    for document in documents:
        label = document.title or document.name
        node = Node(iri(base, "document", document.name), label, "Document", (label,))
        found[node.iri] = {node}
    return {name: sorted(variants, key=_rank) for name, variants in found.items()}


def _node(me: NamedNode, variants: list[Node], vocabulary: Vocabulary, told: Sequence[Triple]) -> Iterator[Triple]:
    label, words = variants[0].label, min((v.words for v in variants if v.words), default="")
    yield Triple(me, LABEL, Literal(label))
    for cls in {v.type for v in variants}:
        if not vocabulary.is_a(cls, "Thing"):
            raise GraphError(f"{label!r} is a {cls!r}, which is no class below kg:Thing")
        yield Triple(me, TYPE, NamedNode(vocabulary.term(cls)))
    if words:
        # A claim has words, not names: its label is only a short form of them.
        yield Triple(me, NamedNode(vocabulary.term("words")), Literal(words))
    elif told:
        yield from told
    else:
        yield Triple(me, NamedNode(f"{SKOS}prefLabel"), Literal(label))
        for name in {n for v in variants for n in (v.label, *v.names)} - {label}:
            yield Triple(me, NamedNode(f"{SKOS}altLabel"), Literal(name))
    if all(v.candidate for v in variants):
        yield Triple(me, NamedNode(vocabulary.term("candidate")), Literal(True))


def _rank(node: Node) -> tuple[bool, str, str, tuple[str, ...], str]:
    return node.candidate, node.label, node.type, node.names, node.words


def _spoken_of(statements: Iterable[Statement]) -> Iterator[Node]:
    for statement in statements:
        yield statement.subject
        if isinstance(statement.object, Node):
            yield statement.object
        yield from (e.speaker for e in statement.evidence if e.speaker)


def document(document: Document, vocabulary: Vocabulary) -> Iterator[Triple]:
    """What is recorded beside a document, the hash of its text, and the decisions of who is who in it."""
    me = NamedNode(vocabulary.iri("document", document.name))
    recorded = {
        f"{DCTERMS}title": document.title,
        f"{DCTERMS}language": document.language,
        vocabulary.term("publisherName"): document.publisher,
        vocabulary.term("sha256"): document.digest,
    }
    yield from facts(me, *((NamedNode(p), Literal(v)) for p, v in recorded.items() if v))
    yield Triple(me, NamedNode(vocabulary.term("machineTranslated")), Literal(document.machine_translated))
    if document.published:
        yield Triple(me, NamedNode(f"{DCTERMS}issued"), date(document.published.isoformat()))
    for same in document.same:
        note = Literal(f"{same.local} is {same.same_as}: {same.why}")
        yield Triple(me, NamedNode(f"{SKOS}editorialNote"), note)


def rules(used: Iterable[str], book: Mapping[str, tuple[str, str]], vocabulary: Vocabulary) -> Iterator[Triple]:
    """Rules by their ids, each a plan with what it says and its pattern; GraphError for an unknown id."""
    for rule in used:
        if rule not in book:
            raise GraphError(f"evidence is by the rule {rule!r}, which is not in the rule book")
        me = NamedNode(vocabulary.iri("rule", rule))
        yield from facts(me, (TYPE, NamedNode(f"{PROV}Plan")), (LABEL, Literal(rule)))
        told = zip((COMMENT, NamedNode(vocabulary.term("pattern"))), book[rule], strict=True)
        yield from facts(me, *((predicate, Literal(words)) for predicate, words in told if words))


def terms(made: Iterable[Triple], vocabulary: Vocabulary) -> Iterator[Triple]:
    """The terms that triples use and all above them, with labels, so that the graph can be read alone."""
    known: dict[NamedNode, list[Triple]] = {}
    for triple in vocabulary.terms:
        if isinstance(triple.subject, NamedNode) and triple.predicate in {TYPE, LABEL, *_ABOVE}:
            known.setdefault(triple.subject, []).append(triple)
    todo = {t for triple in made for t in triple if isinstance(t, NamedNode)} & known.keys()
    done: set[NamedNode] = set()
    while todo:
        done.add(term := todo.pop())
        for triple in known[term]:
            yield triple
            if isinstance(triple.object, NamedNode) and triple.object in known and triple.object not in done:
                todo.add(triple.object)
