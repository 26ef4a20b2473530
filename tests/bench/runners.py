"""Who reads the texts: kg, kg's own plain loop, spaCy; each has all it needs before the clock starts."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg import pipeline
from kg.model import Document, Node
from kg.pattern import Choice, Element, Gap, Slot, Word, parse, slots
from kg.pipeline import Ontology
from tests.corpus import Corpus, Fact, Rule, names, rules
from tests.plain import plain_loop

Facts = frozenset[Fact]


def ontology(corpus: Corpus) -> Ontology:
    """The ontology of a corpus, read; what is compiled is kept nowhere."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        return pipeline.load(corpus.write(Path(folder)) / "ontology")


def kg(corpus: Corpus, size: int, *, plain: bool = False) -> Callable[[], Facts]:
    """Reads the texts of a corpus by its rules, as `kg extract` does."""
    known, texts = ontology(corpus), corpus.documents(size)
    # What is made when it is first needed, the automaton of names above all: spaCy has made its own by now, too.
    for other in replace(corpus, seed=corpus.seed + 1).documents(1):
        pipeline.extract(other, known)

    def work() -> Facts:
        with ExitStack() as stack:
            if plain:
                stack.enter_context(plain_loop())
            return frozenset(fact for text in texts for fact in read(text, known))

    return work


def plain(corpus: Corpus, size: int) -> Callable[[], Facts]:
    """The same, every rule tried on every sentence."""
    return kg(corpus, size, plain=True)


def read(text: Document, known: Ontology) -> Iterator[Fact]:
    """What kg reads in a text, as the corpus tells it."""
    for statement in pipeline.extract(text, known).statements:
        thing = statement.object
        if isinstance(thing, Node):
            for evidence in statement.evidence:
                yield Fact(text.name, evidence.rule, _key(statement.subject.iri), _key(thing.iri))


def _key(iri: str) -> str:
    return iri.rpartition("/")[2]


# ---------------------------------------------------------------------------------------------- spaCy


def spacy(corpus: Corpus, size: int) -> Callable[[], Facts]:
    """Finds the names with a PhraseMatcher, makes them entities, and the rules with a Matcher on words and entities."""
    import spacy as library
    from spacy.matcher import Matcher, PhraseMatcher
    from spacy.tokens import Span
    from spacy.util import filter_spans

    nlp = library.blank("en")
    phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
    keys = {}
    for cls in ("Person", "Body", "Event", "Place"):
        of_class = [name for name in names(corpus.names) if name.cls == cls]
        keys.update({name.text.lower(): name.key for name in of_class})
        phrases.add(cls, [nlp.make_doc(name.text) for name in of_class])
    matcher = Matcher(nlp.vocab)
    book = rules(corpus.rules)
    for rule in book:
        matcher.add(rule.id, [pattern(rule)])
    by_hash = {nlp.vocab.strings[rule.id]: rule.id for rule in book}
    texts = [(text.text, text.name) for text in corpus.documents(size)]

    def work() -> Facts:
        found = set()
        for doc, name in nlp.pipe(texts, as_tuples=True, batch_size=64):
            ents = filter_spans([Span(doc, first, last, label=cls) for cls, first, last in phrases(doc)])
            doc.set_ents(ents)
            # A match begins with the last word of one entity and ends with the first of another.
            begins = {ent.start: ent for ent in ents}
            ends = {ent.end: ent for ent in ents}
            for rule, first, last in matcher(doc):
                a, b = keys[ends[first + 1].text.lower()], keys[begins[last - 1].text.lower()]
                found.add(Fact(name, by_hash[rule], a, b))
        return frozenset(found)

    return work


def pattern(rule: Rule) -> list[dict[str, Any]]:
    """A pattern of ours for spaCy's Matcher, a dictionary for each word; of an entity one word is enough.

    >>> from tests.corpus import rules
    >>> pattern(rules(1)[0])[:3]
    [{'ENT_TYPE': 'Person'}, {'LOWER': 'attended'}, {'LOWER': 'the', 'OP': '?'}]
    """
    tree = parse(rule.pattern)
    ends = [slot.cls for slot in slots(tree)]
    return [_word(item, ends) for item in tree.items]


def _word(item: Element, ends: Sequence[str]) -> dict[str, Any]:
    match item:
        case Word(text):
            return {"LOWER": text}
        case Slot(_, cls):
            return {"ENT_TYPE": cls}
        case Gap():  # it crosses no mention of the classes at its ends
            return {"ENT_TYPE": {"NOT_IN": ends}, "OP": "*"}
        case Choice(options):
            words = [word.text for option in options for word in option.items if isinstance(word, Word)]
            either = {"LOWER": words[0] if len(words) == 1 else {"IN": words}}
            return either if all(option.items for option in options) else {**either, "OP": "?"}
    raise ValueError(f"spaCy's Matcher has no word for {item}")
