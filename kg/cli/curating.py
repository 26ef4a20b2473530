"""The curator's bench: what the rules are, how they do, what they gained and lost, and what people judged."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import listing, root, words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.pipeline import Ontology
    from kg.rows import Row


@click.command()
@click.option("--scorecard", is_flag=True, help="How often each rule spoke in the seeds, and what of it was judged.")
@click.option("--json", "as_json", is_flag=True, help="The rules, or their scorecard, as JSON on standard output.")
@click.pass_context
def rules(context: click.Context, scorecard: bool, as_json: bool) -> None:
    """List the rules and shapes, run all their examples, and say what is wrong with any.

    \b
    kg rules
    kg rules --scorecard
    """
    from kg import examples, pipeline
    from kg import scorecard as scoring
    from kg.errors import OntologyError

    folder = root(context)
    ontology = pipeline.load(folder / "ontology")
    if scorecard:
        _scorecard(folder, ontology, as_json)
        return
    every = ontology.book.readers
    if as_json:
        click.echo(json.dumps([{"id": r.id, "says": r.says, "pattern": r.expression.source} for r in every]))
    else:
        width = max(len(r.id) for r in every)
        for rule in every:
            click.echo(f"{rule.id:{width}}  {rule.says or rule.expression.source}")
    tally = examples.check(ontology)
    if faults := (*scoring.faults(ontology.book, ontology.reader.gazetteer), *tally.faults):
        raise OntologyError(faults)
    click.echo(
        f"{len(every)} rules and shapes, {tally.run} examples right, {len(tally.todo)} known misses.",
        err=True,
    )


def _scorecard(folder: Path, ontology: Ontology, as_json: bool) -> None:
    from dataclasses import asdict

    from kg import scorecard as scoring
    from kg.collection import knowledge
    from kg.document import gather

    made = knowledge(gather([folder / "seeds"]), ontology)
    lines = scoring.scorecard(ontology.book, made.extractions, ontology.judged)
    silent, shadowed = scoring.silent(lines), dict(scoring.shadowed(made.extractions))
    if as_json:
        for line in lines:
            click.echo(json.dumps({**asdict(line), "shadowed_by": shadowed.get(line.rule)}))
        return
    body = [
        [line.rule, str(line.fired), _where(line.documents), str(line.refused), *map(str, line.judged.values())]
        for line in lines
        if line.rule not in silent
    ]
    listing(["rule", "fired", "documents", "refused", "right", "wrong", "unsure"], body)
    for rule, other in shadowed.items():
        click.echo(f"{rule} says nothing in the seeds but what {other} says of the same words", err=True)
    click.echo(f"{len(silent)} of {len(lines)} say nothing in the seeds: {', '.join(silent)}", err=True)


def _where(documents: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {times}" for name, times in sorted(documents.items()))


@click.command()
@click.argument("evidence")
@click.argument("verdict")
@click.option("--why", metavar="WORDS", callback=words, help="The reason, for those who read the judgement later.")
@click.pass_context
def judge(context: click.Context, evidence: str, verdict: str, why: str | None) -> None:
    """Record whether a piece of EVIDENCE is `right`, `wrong` or `unsure`, in ontology/judgements.toml.

    EVIDENCE is its id, as `kg explain` shows it. Wrong evidence is withheld from the next build on; the statement stays
    if other evidence states it.

    \b
    kg explain CISCE heldIn Beijing
    kg judge 0123456789abcdef wrong --why 'the dateline, not the venue'
    """
    from kg import explanation, judgements
    from kg.errors import KgError, unknown

    folder = root(context)
    if verdict not in judgements.VERDICTS:
        raise KgError(unknown("verdict", verdict, judgements.VERDICTS))
    row = explanation.evidence(folder / "exports", evidence)
    says = f"{row['subject']} {row['relation']} {row['object']}"
    made = judgements.Judgement(evidence, verdict, why or "", says, row["document"], row["rule"])
    judgements.record(folder / "ontology", made)
    click.echo(
        f"{verdict}: {says}\nRecorded in {folder / 'ontology' / judgements.FILE}; `kg build` heeds it.", err=True
    )


@click.command()
@click.argument("state", default="HEAD")
@click.option("--without", metavar="RULE", help="As if this rule or shape were not there.")
@click.option("--evidence", is_flag=True, help="Also the statements that only rest on other sentences or rules now.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line: `change` and the row of the evidence.")
@click.pass_context
def diff(context: click.Context, state: str, without: str | None, evidence: bool, as_json: bool) -> None:
    """Show the statements gained and lost since an earlier STATE, with sentence and rule.

    STATE is a revision of git or a folder with a build; the seeds are read anew with the rules as they are now.

    \b
    kg diff                              against the last commit
    kg diff v1.0 --evidence
    kg diff --without events.venue       what this rule contributes
    """
    from kg import difference, pipeline, rows
    from kg.collection import knowledge
    from kg.document import gather

    folder = root(context)
    ontology = pipeline.load(folder / "ontology")
    after = ontology.without(without) if without else ontology

    def read(with_: Ontology) -> list[Row]:
        return list(rows.rows(knowledge(gather([folder / "seeds"]), with_).statements, with_.vocabulary))

    given = context.get_parameter_source("state") is not click.core.ParameterSource.DEFAULT
    before = difference.earlier(folder, state) if given or not without else read(ontology)
    found = difference.difference(before, read(after))
    if as_json:
        for change, row in difference.changes(found):
            click.echo(json.dumps({"change": change, **row}, ensure_ascii=False))
    else:
        for line in difference.told(found, evidence=evidence):
            click.echo(line)
    click.echo(
        f"{len(found.gained)} gained, {len(found.lost)} lost, {len(found.moved)} on other evidence.",
        file=sys.stderr,
    )
