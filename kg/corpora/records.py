"""Records: all that a build needs of a document and its statements, as rows; and what a build knows, from such rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kg import ledger, rows
from kg.corpora.passages import quoted
from kg.identity import IDENTIFYING
from kg.model import (
    REFUSED,
    Antecedent,
    Disposition,
    Document,
    Evidence,
    Extraction,
    Literal,
    Node,
    Sameness,
    Sentence,
    Span,
    Statement,
    Status,
    Unresolved,
    Zone,
    ZoneKind,
)
from kg.statements import merge
from kg.vocabulary import Vocabulary

Row = dict[str, Any]
_UNRESOLVED = ("sentence", "rule", "slot", "words", "why")


def statements(extraction: Extraction, vocabulary: Vocabulary) -> Iterator[Row]:
    """The rows of a document's statements, those refused among them: as `kg.rows` has them, and the rest behind."""
    for statement, evidence in rows.placed((*extraction.statements, *extraction.refused)):
        subject, thing = statement.subject, statement.object
        node, value = (thing, None) if isinstance(thing, Node) else (None, thing)
        speaker = evidence.speaker
        yield {
            **rows.row(statement, evidence, vocabulary),
            "guard": evidence.guard,
            "property": statement.property,
            "subject_words": subject.words,
            "subject_candidate": subject.candidate,
            # The object of a row is a claim's words, where it is one.
            "object_label": node.label if node and node.words else "",
            "object_candidate": bool(node and node.candidate),
            "object_begin": value.begin.isoformat() if value and value.begin else "",
            "object_end": value.end.isoformat() if value and value.end else "",
            "speaker": {
                "iri": speaker.iri,
                "label": speaker.label,
                "type": speaker.type,
                "words": speaker.words,
                "names": list(speaker.names),
                "candidate": speaker.candidate,
            }
            if speaker
            else None,
        }


def document(extraction: Extraction) -> Row:
    """The row of a document: what is recorded of it, what became of its sentences, and the passages that are quoted.

    Raises DocumentError for a reader's note that does not fit what was read.
    """
    it = extraction.document
    pieces = quoted(extraction)
    return {
        "document": it.name,
        "title": it.title,
        "publisher": it.publisher,
        "date": it.published.isoformat() if it.published else "",
        "language": it.language,
        "machine_translated": it.machine_translated,
        "same": [[same.local, same.same_as, same.why] for same in it.same],
        "sha256": it.digest,
        "characters": len(it.text),
        "pieces": [{"start": start, "text": it.text[start:end]} for start, end in pieces],
        "sentences": [
            {
                "start": one.sentence.span.start,
                "end": one.sentence.span.end,
                "line": one.sentence.line,
                "zone": one.sentence.zone.kind.value,
                "kind": one.kind,
                "why": one.why,
            }
            for one in ledger.dispositions(extraction)
        ],
        "unresolved": [{name: getattr(one, name) for name in _UNRESOLVED} for one in extraction.unresolved],
    }


def extraction(row: Mapping[str, Any], said: Iterable[Mapping[str, Any]]) -> tuple[Extraction, tuple[Disposition, ...]]:
    """What was read in a document, and what became of its sentences, from its row and those of its statements.

    Of the text there are the passages that are quoted, each in its place, and blanks between them.
    """
    text, at = "", 0
    for piece in row["pieces"]:
        text += " " * (piece["start"] - at) + piece["text"]
        at = len(text)
    it = Document(
        row["document"],
        text + " " * (row["characters"] - at),
        row["title"],
        row["publisher"],
        _day(row["date"]),
        row["language"],
        row["machine_translated"],
        same=tuple(Sameness(*same) for same in row["same"]),
        sha256=row["sha256"],
    )
    found = tuple(Disposition(_sentence(n, one), one["kind"], one["why"]) for n, one in enumerate(row["sentences"]))
    made: dict[str, list[Statement]] = {}
    for one in said:
        made.setdefault(one["statement"], []).append(_statement(one))
    merged = [merge(same) for same in made.values()]
    return (
        Extraction(
            it,
            tuple(one.sentence for one in found),
            tuple(s for s in merged if s.status not in REFUSED),
            tuple(s for s in merged if s.status in REFUSED),
            tuple(Unresolved(**{name: one[name] for name in _UNRESOLVED}) for one in row["unresolved"]),
        ),
        found,
    )


def _sentence(n: int, one: Mapping[str, Any]) -> Sentence:
    span = Span(one["start"], one["end"])
    return Sentence(n, span, Zone(ZoneKind(one["zone"]), span), one["line"])


def _statement(row: Mapping[str, Any]) -> Statement:
    qualifiers = tuple(sorted(row["qualifiers"].items()))
    speaker = row["speaker"]
    evidence = Evidence(
        row["evidence"],
        row["document"],
        Span(row["start"], row["end"]),
        row["quote"],
        row["rule"],
        row["subject_text"],
        row["object_text"],
        tuple((name, Span(*span)) for name, span in row["spans"].items()),
        tuple(
            Antecedent(slot, tuple(Span(*span) for span in one["spans"]), one["how"])
            for slot, one in row["antecedent"].items()
        ),
        tuple((name, value) for name, value in qualifiers if name not in IDENTIFYING),
        Node(**{**speaker, "names": tuple(speaker["names"])}) if speaker else None,
        row["guard"],
    )
    subject = Node(
        row["subject_iri"],
        row["subject"],
        row["subject_type"],
        tuple(row["subject_names"]),
        row["subject_candidate"],
        row["subject_words"],
    )
    identity = tuple((name, value) for name, value in qualifiers if name in IDENTIFYING)
    status = Status(row["status"])
    return Statement(
        row["statement"], subject, row["relation"], row["property"], _object(row), status, identity, (evidence,)
    )


def _object(row: Mapping[str, Any]) -> Node | Literal:
    if row["object_iri"] is None:
        return Literal(row["object"], row["object_type"], _day(row["object_begin"]), _day(row["object_end"]))
    label = row["object_label"] or row["object"]
    words = row["object"] if row["object_label"] else ""
    names = tuple(row["object_names"])
    return Node(row["object_iri"], label, row["object_type"], names, row["object_candidate"], words)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
