"""The command that tells a curator why the rules did not read a sentence."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import root
from kg.errors import KgError, unknown
from kg.model import ZoneKind

if TYPE_CHECKING:
    from kg.pipeline import Ontology, Passage


@click.command()
@click.argument("sentence", required=False)
@click.option("--document", "at", metavar="NAME:LINE", help="A line of a seed (or of a file), with its own zones.")
@click.option("--rule", metavar="ID", default="", help="Only this rule or shape of names, however far it came.")
@click.option("--zone", type=click.Choice([k.value for k in ZoneKind]), help="Where the sentence stands; else body.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the document, YYYY-MM-DD.")
@click.option("--all", "everything", is_flag=True, help="All rules that did not match, not only the nearest ten.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each sentence, in lines.")
@click.pass_context
def whynot(
    context: click.Context,
    sentence: str | None,
    at: str | None,
    rule: str,
    zone: str | None,
    day: datetime | None,
    everything: bool,
    as_json: bool,
) -> None:
    """Show why the rules did not read a SENTENCE, or - for standard input.

    What the rules see of it, what they read, refused, left open or dropped, and how far the others came. Names may be
    marked with their class as in the examples of rules; then no others are known.

    \b
    kg whynot 'Xiao Yaqing, who is minister, chaired the forum.'
    kg whynot '[Jane Roe|Person], who led [Acme|Company], left.' --rule posts.apposition
    kg whynot --document 001:13
    """
    from kg import diagnosis, document, pipeline
    from kg.diagnosis.wording import told

    if (sentence is None) == (at is None):
        raise click.UsageError("Give either a SENTENCE or --document NAME:LINE.")
    if at is not None and (zone or day):
        raise click.UsageError("A document has zones and a date of its own: leave out --zone and --date.")
    folder = root(context)
    path, line = _line(folder, at) if at is not None else (None, 0)
    ontology = pipeline.load(folder / "ontology")
    if path:
        passage = pipeline.passage(document.read(path), ontology)
    else:
        passage = _of_text(sentence or "", ontology, zone or "", day.date().isoformat() if day else "")
    chosen = [s for s in passage.sentences if not path or s.line == line]
    if not chosen:
        lines = sorted({s.line for s in passage.sentences})
        raise KgError(f"{at}: no sentence begins in that line; those with one are {', '.join(map(str, lines))}")
    made = diagnosis.diagnoses(passage, chosen, only=rule, everything=everything)
    for one in made:
        click.echo(json.dumps(asdict(one), ensure_ascii=False) if as_json else told(one) + "\n")


def _of_text(words: str, ontology: Ontology, zone: str, day: str) -> Passage:
    """A sentence read by itself, its names marked or not."""
    from kg import document, examples, pipeline
    from kg.rules import MARK, Example

    raw = sys.stdin.buffer.read() if words == "-" else words.encode("utf-8", "surrogateescape")
    text = document.from_bytes("-" if words == "-" else "the sentence", raw).text
    marks = MARK.findall(text)
    for _, cls in marks:
        if cls not in ontology.reader.alphabet:
            raise KgError(unknown("class of a mark", cls, ontology.reader.alphabet.names))
    one, known = examples.read(Example(0, text, (), zone, day), ontology)
    return pipeline.passage(one, known if marks else ontology, cut=examples.cut_zones(one.text, zone))


def _line(folder: Path, at: str) -> tuple[Path, int]:
    """The file of a seed, by the beginning of its name, or any other file; and the line."""
    from kg import document

    name, _, line = at.rpartition(":")
    if not name or not line.isdecimal():
        raise KgError(f"--document {at}: write the document and the line, such as 001:13")
    if Path(name).is_file():
        return Path(name), int(line)
    seeds = {p.stem: p for p in document.gather([folder / "seeds"])}
    found = [stem for stem in seeds if stem.startswith(name)]
    if not found:
        raise KgError(unknown("document", name, seeds))
    if len(found) > 1:
        raise KgError(f"{len(found)} seeds begin with {name!r}: {', '.join(found)}; write more of the name")
    return seeds[found[0]], int(line)
