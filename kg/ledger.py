"""The reader's ledger: exactly one disposition for every sentence of a seed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kg.document import sentence_key
from kg.errors import DocumentError, Fault
from kg.model import Disposition, Extraction, Sentence, Statement, Status

#: All dispositions, in order of precedence; the first four follow from the rules, the next two from a person.
KINDS = ("extracted", "refused", "unresolved", "excluded", "nothing", "todo", "undecided")


def dispositions(extraction: Extraction) -> tuple[Disposition, ...]:
    """What became of each sentence of a document, in order.

    Raises DocumentError where a person recorded `nothing to say` for a sentence from which a rule reads a fact, and
    for a note on a sentence that the document does not have.
    """
    document = extraction.document
    notes = {n.sentence: n for n in document.notes}
    words = {s.index: document.text[s.span.start : s.span.end] for s in extraction.sentences}
    keys = {index: sentence_key(text) for index, text in words.items()}
    found = _derived(extraction)
    faults = [
        f"the note on {key} is about no sentence of the document" for key in sorted(notes.keys() - set(keys.values()))
    ]
    made: list[Disposition] = []
    for sentence in extraction.sentences:
        kind, why = found.get(sentence.index, ("undecided", ""))
        note = notes.get(keys[sentence.index])
        if note and note.disposition == "nothing" and kind == "extracted":
            faults.append(
                f"`nothing` is recorded for a sentence from which {why} reads a fact: {words[sentence.index]!r}"
            )
        elif note and kind == "undecided":
            kind, why = note.disposition, note.why
        made.append(Disposition(sentence, kind, why))
    if faults:
        raise DocumentError([Fault(Path(f"{document.name}.toml"), 0, f) for f in faults])
    return tuple(made)


def _derived(extraction: Extraction) -> dict[int, tuple[str, str]]:
    """The disposition that follows from what the rules read, and the rules or the zone it follows from."""
    found: dict[int, tuple[str, str]] = {}
    for sentence in extraction.sentences:
        if sentence.unread:
            found[sentence.index] = ("excluded", sentence.unread)
    for note in extraction.unresolved:
        found[note.sentence] = ("unresolved", f"{note.rule}: {note.why}")
    for kind, statements in (("refused", extraction.refused), ("extracted", extraction.statements)):
        for index, rules in _rules(statements, extraction.sentences).items():
            found[index] = (kind, ", ".join(sorted(rules)))
    return found


def _rules(statements: Iterable[Statement], sentences: Sequence[Sentence]) -> Mapping[int, set[str]]:
    """The rules by which each sentence states something, by its index."""
    found: dict[int, set[str]] = defaultdict(set)
    for statement in statements:
        for evidence in statement.evidence:
            rule = f"{evidence.rule}: {evidence.guard}" if statement.status is Status.WITHHELD else evidence.rule
            first = bisect_right(sentences, evidence.span.start, key=lambda s: s.span.end)
            for sentence in sentences[first : bisect_left(sentences, evidence.span.end, key=lambda s: s.span.start)]:
                found[sentence.index].add(rule)
    return found


def counts(made: Iterable[Disposition]) -> dict[str, int]:
    """How many sentences have each disposition, none left out."""
    found = Counter(d.kind for d in made)
    return {kind: found[kind] for kind in KINDS}
