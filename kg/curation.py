"""Curation: what a curator decides on a name, written into `ontology/`; read again before it replaces the old file."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import tomlkit
from pyoxigraph import Literal, NamedNode, Triple

from kg import blocks, decisions, entities, exports, toml, turtle
from kg.entities import Entity
from kg.errors import CurationError, FaultyInput, unknown
from kg.pipeline import Ontology
from kg.turtle import SKOS
from kg.vocabulary import Vocabulary
from kg.words import fold, slug

_HEAD = "# What curators decided on names that texts use; `kg candidates --reject` and `--apart` write here."


def accept(folder: Path, ontology: Ontology, name: str, cls: str, chosen: str = "") -> tuple[Path, str]:
    """Makes a name an entity: the file in which it stands now, and its IRI, `id:jane-roe`, which `chosen` may end.

    It is the file with most entities of the class or, where none is, of those nearest to it. Raises CurationError
    where the class is none, the IRI is taken or no slug, or no file has entities yet; ExportError as all writing does.
    """
    terms = ontology.vocabulary
    check_class(cls, terms)
    end = chosen or slug(name)
    if slug(end) != end:
        raise CurationError(f"{end!r} is no slug; {slug(end)!r} is one")
    iri = terms.iri("id", end)
    if taken := ontology.reader.gazetteer.entities.get(iri):
        raise CurationError(f"id:{end} is taken, by {taken.label!r}; choose another with --slug")
    path = _home(folder, terms, cls)
    source, feed = _source(path)
    label = Literal(name, language="en")
    block = f"id:{end} a kg:{cls} ;{feed}    skos:prefLabel {label} .{feed}"
    made = f"{source.rstrip()}{feed}{feed}{block}"
    told = (Triple(NamedNode(iri), NamedNode(f"{SKOS}prefLabel"), label),)
    entity = Entity(iri, name, frozenset({cls}), (name,), told=told)
    _replace(folder, path, made, {*ontology.known, entity}, terms, " ".join(block.split()))
    return path, f"id:{end}"


def same(folder: Path, ontology: Ontology, name: str, entity: Entity) -> Path:
    """Makes a name another one of an entity: the file in which that stands.

    Raises CurationError, saying what to write by hand, where the block of the entity is of no form that we edit.
    """
    terms = ontology.vocabulary
    iri = NamedNode(entity.iri)
    path = next(p for p in _files(folder) if any(t.subject == iri for t in turtle.read(p, terms.base)))
    source, _ = _source(path)
    local = entity.iri.removeprefix(terms.iri("id", ""))
    label = Literal(name, language="en")
    made = blocks.named(source, {f"id:{local}", f"<id/{local}>", f"<{entity.iri}>"}, str(label))
    told = {*entity.told, Triple(iri, NamedNode(f"{SKOS}altLabel"), label)}
    named = replace(entity, names=tuple(sorted({*entity.names, name})), told=tuple(turtle.ordered(told)))
    wanted = {e for e in ontology.known if e.iri != entity.iri} | {named}
    _replace(folder, path, made or "", wanted, terms, f"{terms.compact(entity.iri)} skos:altLabel {label} .")
    return path


def reject(folder: Path, name: str, cls: str, why: str) -> Path:
    """Records that a name is none, or not of this class: the file that says so."""
    return _record(folder, "rejected", {"name": name, "class": cls, "why": why})


def apart(folder: Path, ontology: Ontology, name: str, other: str, why: str) -> Path:
    """Records that a name does not mean another one, or an entity: the file that says so.

    Raises CurationError where it does mean it by its letters, or where that is recorded already.
    """
    if slug(name) == slug(other):
        raise CurationError(f"{name!r} cannot be kept apart from itself")
    if ontology.decisions.tells_apart({name}, {other}):
        raise CurationError(f"{folder / decisions.FILE} says already that {name!r} is not {other!r}")
    return _record(folder, "apart", {"name": name, "from": other, "why": why})


def meant(words: str, ontology: Ontology) -> Entity:
    """The one curated entity with this IRI (`id:jane-roe`) or name.

    Raises CurationError where none has it, or more than one, or it stands only in a public list.
    """
    terms = ontology.vocabulary
    found = [
        e for e in ontology.known
        if words in (e.iri, terms.compact(e.iri)) or fold(words) in map(fold, e.names)
    ]  # fmt: skip
    if len(found) == 1:
        return found[0]
    if found:
        which = ", ".join(terms.compact(e.iri) for e in found)
        raise CurationError(f"{words!r} may be {which}: say which, by its IRI")
    listed = ontology.reader.gazetteer.entities
    if any(words in (iri, terms.compact(iri)) for iri in listed) or ontology.reader.gazetteer.named(words):
        raise CurationError(f"{words!r} stands in a public list of ontology/words/: write other names there, as `also`")
    raise CurationError(f"{words!r} is neither the IRI nor a name of an entity in ontology/entities/")


def check_class(cls: str, vocabulary: Vocabulary) -> None:
    """Nothing where entities may have this class; else raises CurationError."""
    things = sorted(c for c in vocabulary.classes if vocabulary.is_a(c, "Thing"))
    if cls not in things:
        raise CurationError(unknown("class of an entity", cls, things))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("entities/*.ttl"))


def _source(path: Path) -> tuple[str, str]:
    """The text of a file and how its lines end."""
    source = path.read_bytes().decode("utf-8")
    return source, "\r\n" if "\r\n" in source else "\n"


def _home(folder: Path, terms: Vocabulary, cls: str) -> Path:
    """The file with most entities of those that have most classes in common with this one."""
    ranks: dict[Path, Counter[int]] = {}
    for path in _files(folder):
        types = [t.object for t in turtle.read(path, terms.base) if t.predicate == turtle.TYPE]
        classes = [t.value.removeprefix(terms.term("")) for t in types if isinstance(t, NamedNode)]
        above = (terms.classes.get(c, frozenset()) for c in classes)
        ranks[path] = Counter(len(terms.classes[cls] & a) for a in above)
    nearest = max((n for rank in ranks.values() for n in rank), default=0)
    if not nearest:
        raise CurationError(f"{folder / 'entities'}: no file with entities yet; begin one (*.ttl) with its prefixes")
    return max(ranks, key=lambda path: ranks[path][nearest])


def _replace(folder: Path, path: Path, source: str, wanted: set[Entity], terms: Vocabulary, by_hand: str) -> None:
    """Writes a file of entities, if what is read from all of them then is what is wanted, no more and no less."""
    # Tried in a folder of its own: nothing of the project changes before all of it has been read again.
    with tempfile.TemporaryDirectory() as trial:
        beside = Path(trial) / "entities"
        beside.mkdir()
        for other in _files(folder):
            (beside / other.name).write_bytes(source.encode("utf-8") if other == path else other.read_bytes())
        try:
            read = entities.read(Path(trial), terms)
        except FaultyInput:
            read = ()
    if {_sorted(e) for e in read} != {_sorted(e) for e in wanted}:
        raise CurationError(f"{path}: is of a form that cannot be edited safely; write there by hand: {by_hand}")
    exports.write(path.parent, {path.name: source.encode("utf-8")})


def _sorted(entity: Entity) -> Entity:
    """The entity, however its file orders what is told of it."""
    return replace(entity, names=tuple(sorted(entity.names)), told=tuple(turtle.ordered(entity.told)))


def _record(folder: Path, kind: str, said: dict[str, str]) -> Path:
    """Adds a decision below those that stand in the file of decisions, if it is read there as it was said."""
    path = folder / decisions.FILE
    source, feed = _source(path) if path.is_file() else (_HEAD, "\n")
    table = tomlkit.table()
    table.update(said)
    rows = tomlkit.aot()
    rows.append(table)
    block = tomlkit.dumps(tomlkit.document().append(kind, rows)).rstrip().replace("\n", feed)
    made = f"{source.rstrip()}{feed}{feed}{block}{feed}".encode()
    with tempfile.TemporaryDirectory() as trial:
        (Path(trial) / path.name).write_bytes(made)
        try:
            read = toml.load(Path(trial) / path.name)[0].get(kind, [])
            decisions.read(Path(trial))
        except FaultyInput:
            read = []
    if said not in read:
        raise CurationError(f"{path}: is of a form that cannot be added to safely; write there by hand: {block!r}")
    exports.write(folder, {path.name: made})
    return path
