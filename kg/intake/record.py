"""Records: what is known of a new document, under which name it is kept, and that it is new."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import tomlkit

from kg import pipeline, zones
from kg.dates.anchors import anchors
from kg.errors import DocumentError, Fault
from kg.intake.source import Source
from kg.model import Document, Node, ZoneKind
from kg.pipeline import Ontology
from kg.words import slug

_NAME = re.compile(r"\w(?:[\w.-]*\w)?")
_LONGEST = 100
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]|\Z)", re.IGNORECASE)


def known(source: Source, ontology: Ontology) -> Source:
    """The source with what its text says of itself: title, day of publication, and the publisher if it names one.

    What a file declares goes first; but a printed day goes before a declared one, which may be of another time zone.
    """
    plain = Document("-", source.text)
    cut = zones.zones(source.text, ontology.cues)
    titles = (source.text[zone.span.start : zone.span.end] for zone in cut if zone.kind is ZoneKind.TITLE)
    said = pipeline.extract(plain, ontology, cut=cut).statements
    named = {s.object.label for s in said if s.relation == "publishedBy" and isinstance(s.object, Node)}
    language = _LANGUAGE.match(source.language)
    return replace(
        source,
        title=source.title or next(titles, ""),
        publisher=source.publisher or (named.pop() if len(named) == 1 else ""),
        published=anchors(plain, cut).published or source.published,
        language=language[1].lower() if language else "",
    )


def toml(source: Source) -> str:
    """The `.toml` of a document, with a key for each thing that is known of it.

    >>> print(toml(Source("Tea.", title='The "Tea" Expo', language="en")), end="")
    title = "The \\"Tea\\" Expo"
    language = "en"
    sha256 = "c6ff725616184643c6330b0964a0f7787b0c0447e39f3db7b97b2a5d76404ade"
    """
    keys = {
        "title": source.title,
        "publisher": source.publisher,
        "date": source.published,
        "language": source.language,
        "sha256": _digest(source.text.encode()),
    }
    return tomlkit.dumps({key: told for key, told in keys.items() if told})


def name(given: str, path: Path, title: str) -> str:
    """The name of a document: the given one, else a slug of the file's name, else (standard input) of its title.

    Raises DocumentError for a name that no file can have, and where there is nothing to make one of.

    >>> name("", Path("news/Tea Expo, 2024.html"), "Tea Expo opens"), name("", Path("-"), "Tea Expo opens")
    ('tea-expo-2024', 'tea-expo-opens')
    """
    if given:
        given = unicodedata.normalize("NFC", given)
        if not _NAME.fullmatch(given) or len(given) > _LONGEST:
            what = f"is no name for a document; allowed are letters, digits, `-`, `_` and `.`, {_LONGEST} at most"
            raise DocumentError([Fault(Path(given), 0, what)])
        return given
    words = title if str(path) == "-" else path.stem
    if not re.search(r"\w", words):
        raise DocumentError([Fault(path, 0, "has no title to be named after; name it with --name")])
    return slug(words)[:_LONGEST].strip("-")


def check_new(name: str, source: Source, path: Path, seeds: Path) -> None:
    """Raises DocumentError if a seed has this name, in capitals or not, or this text."""
    beside = sorted(seeds.glob("*")) if seeds.is_dir() else []
    for other in beside:
        if other.suffix in (".txt", ".toml") and other.stem.casefold() == name.casefold():
            raise DocumentError([Fault(other, 0, "stands there already; choose another name with --name")])
    digest = _digest(source.text.encode())
    for other in beside:
        if other.suffix == ".txt" and _digest(other.read_bytes()) == digest:
            raise DocumentError([Fault(path, 0, f"has the same text as {other}")])


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
