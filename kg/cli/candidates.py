"""The command for names that nobody has curated: list them, and decide on one."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from kg.cli.terminal import progress, root, table, words

if TYPE_CHECKING:
    from kg.candidates import Candidate
    from kg.pipeline import Ontology

#: A sentence in a table is no longer; all of it stands in the other forms.
_CELL = 120
#: The options that each decision needs, and those that it may have.
_DECISIONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "accept": ((), ("class", "slug")),
    "same": (("as",), ()),
    "reject": (("why",), ("class",)),
    "apart": (("from", "why"), ()),
}


@click.command()
@click.argument("paths", metavar="[FILES]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--class", "class", metavar="CLASS", callback=words, help="Of this class, or one below it.")
@click.option("--accept", metavar="NAME", callback=words, help="It is a name: write an entity, ready to edit.")
@click.option("--slug", metavar="SLUG", callback=words, help="The end of its IRI; else made of the name.")
@click.option("--same", metavar="NAME", callback=words, help="It is another name of the entity --as.")
@click.option(
    "--as", "as", metavar="ENTITY", callback=words, help="With --same: an entity, by its IRI (id:jane-roe) or name."
)
@click.option("--reject", metavar="NAME", callback=words, help="It is no name, or not of its class.")
@click.option("--apart", metavar="NAME", callback=words, help="It does not mean the entity, or the other name, --from.")
@click.option("--from", "from", metavar="ENTITY", callback=words, help="With --apart: an entity, or another candidate.")
@click.option("--why", metavar="WORDS", callback=words, help="The reason, kept with the decision.")
@click.pass_context
def candidates(context: click.Context, /, paths: Sequence[Path], as_json: bool, **options: str | None) -> None:
    """List the names in FILES (else the seeds) that no curator has decided on, most frequent first, or decide on one.

    Decisions on what is (--accept, --same) go into ontology/entities/, those on what is not (--reject, --apart) into
    ontology/candidates.toml.

    \b
    kg candidates --class Person
    kg candidates --accept 'Jane Roe'
    kg candidates --same 'Ministry of Harbours' --as id:harbour-ministry
    kg candidates --reject 'Harbour Of' --why 'half a name'
    kg candidates --apart 'Jane Roe' --from id:jane-row --why 'another post in the same year'
    """
    given = {name: value for name, value in options.items() if value is not None}
    decision = _decision(given, as_json)

    from kg import candidates as names
    from kg import curation, document, exports, pipeline

    folder = root(context)
    # What a decision rests on must not change before it is written.
    with exports.alone(folder) if decision else nullcontext():
        ontology = pipeline.load(folder / "ontology")
        if "class" in given:
            curation.check_class(given["class"], ontology.vocabulary)
        texts = document.gather(paths or [folder / "seeds"])
        with progress() as show:
            found = names.find(texts, ontology, progress=show)
        if decision:
            click.echo(_decided(decision, given, found, folder / "ontology", ontology), err=True)
            return
    wanted = given.get("class", "Thing")
    listed = [c for c in found if ontology.vocabulary.is_a(c.cls, wanted)]
    _print(listed, folder, as_json)
    said = f"{_many(len(listed), 'name')} in {_many(len(texts), 'document')} that no curator has decided on"
    click.echo(said, err=True)


def _decision(given: Mapping[str, str], as_json: bool) -> str:
    """The one decision that is asked for, or none; a usage error for two, and for options that do not go with it."""
    asked = [name for name in _DECISIONS if name in given]
    if len(asked) > 1:
        raise click.UsageError(f"{' and '.join(f'--{a}' for a in asked)} are {len(asked)} decisions: one at a time.")
    decision = asked[0] if asked else ""
    needs, may = _DECISIONS.get(decision, ((), ("class",)))
    for option in needs:
        if option not in given:
            raise click.UsageError(f"--{decision} needs --{option}.")
    for option in given:
        if option not in (decision, *needs, *may):
            owners = " or ".join(f"--{d}" for d, sets in _DECISIONS.items() if option in (*sets[0], *sets[1]))
            raise click.UsageError(f"--{option} goes with {owners}{f', not with --{decision}' if decision else ''}.")
    if decision and as_json:
        raise click.UsageError(f"--json is for the list, not for --{decision}.")
    return decision


def _decided(
    decision: str, given: Mapping[str, str], found: Sequence[Candidate], folder: Path, ontology: Ontology
) -> str:
    """Takes a decision; what was done, for people."""
    from kg import candidates as names
    from kg import curation
    from kg.words import slug

    same = names.named(found, given[decision], ontology)
    name, cls = same[0].name, given.get("class", "")
    if decision == "accept":
        cls = cls or names.only(same).cls
        path, iri = curation.accept(folder, ontology, name, cls, given.get("slug", ""))
        return f"{path}: {iri} a kg:{cls}, {name!r}. Add there what else you know."
    if decision == "same":
        entity = curation.meant(given["as"], ontology)
        path = curation.same(folder, ontology, name, entity)
        return f"{path}: {name!r} is another name of {entity.label!r}."
    if decision == "reject":
        one = names.only(same, cls)
        path = curation.reject(folder, name, one.cls, given["why"])
        falls = f"{_many(one.statements, 'statement')} of these documents will be withheld"
        return f"{path}: {name!r} is rejected as {one.cls}; {falls}."
    other = next((c.name for c in found if slug(c.name) == slug(given["from"])), "")
    other = other or ontology.vocabulary.compact(curation.meant(given["from"], ontology).iri)
    path = curation.apart(folder, ontology, name, other, given["why"])
    return f"{path}: {name!r} is not {other!r}."


def _print(listed: Sequence[Candidate], folder: Path, as_json: bool) -> None:
    """A table on a terminal, else one line for each name."""
    if as_json:
        for one in listed:
            click.echo(json.dumps(_row(one, folder), ensure_ascii=False))
    elif sys.stdout.isatty():
        head = ("name", "class", "named", "texts", "facts", "near", "first sentence")
        table(head, [_cells(one, folder, longest=_CELL) for one in listed])
    else:
        for one in listed:
            name, cls, *_, near, first = _cells(one, folder)
            counts = f"{_many(one.mentions, 'mention')} in {_many(one.documents, 'document')}"
            counts += f", {_many(one.statements, 'statement')}"
            click.echo(f"{cls}: {name} ({counts}{f'; near: {near}' if near else ''}): {first}")


def _row(one: Candidate, folder: Path) -> dict[str, Any]:
    row = asdict(one)
    return {
        "name": row.pop("name"), "class": row.pop("cls"), **row, "path": _path(one.path, folder),
        "near": [{"name": n.name, "class": n.cls, "score": n.score, "iri": n.iri or None} for n in one.near],
    }  # fmt: skip


def _cells(one: Candidate, folder: Path, longest: int = sys.maxsize) -> tuple[str, ...]:
    near = ", ".join(f"{n.name} ({n.score})" for n in one.near)
    first = f"{_path(one.path, folder)}:{one.line}: {shorten(one.sentence, longest, placeholder=' …')}"
    cells = (one.name, one.cls, str(one.mentions), str(one.documents), str(one.statements), near, first)
    return tuple(map(_printable, cells))


def _path(path: Path, folder: Path) -> str:
    """The path of a document, short where it stands in the project."""
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


def _printable(text: str) -> str:
    """The text without what a terminal would obey: an escape is shown, not sent."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
