"""The command that checks a graph."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.terminal import interruptible, root, shown
from kg.errors import GraphError

if TYPE_CHECKING:
    from kg.checks import Report

#: So many findings of one check are printed.
_SHOWN = 20


@click.command()
@click.option("--graph", type=click.Path(path_type=Path), default=None, help="Else exports/graph.ttl.")
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON.")
@click.pass_context
def check(context: click.Context, graph: Path | None, as_json: bool) -> None:
    """Check a built graph: SHACL shapes, the queries of ontology/checks/, and its quotes against seeds/.

    Ends with 1 where there is an error; warnings and infos are told. Of a large graph the shapes see a sample, the
    same one every time; the queries see all of it.

    \b
    kg check
    kg check --graph other.ttl --json | jq .findings
    """
    from kg import checks, store

    folder = root(context)
    path = graph or folder / "exports" / "graph.ttl"
    try:
        with interruptible():
            report = checks.inspect(store.content(path), ontology=folder / "ontology", texts=_texts(folder / "seeds"))
    except GraphError as error:
        raise GraphError(f"{path}: {error}") from error
    if as_json:
        click.echo(json.dumps(_object(report, path), ensure_ascii=False, indent=2))
    else:
        _lines(report)
    context.exit(1 if report.counts[checks.Severity.ERROR] else 0)


def _texts(seeds: Path) -> Mapping[str, str]:
    from kg import document

    paths = document.gather([seeds]) if any(seeds.glob("*.txt")) else ()
    return {path.stem: document.read(path).text for path in paths}


def _object(report: Report, path: Path) -> dict[str, Any]:
    return {
        "graph": str(path),
        "counts": {severity.value: number for severity, number in report.counts.items()},
        "checks": report.checks,
        "nodes": {"checked": report.nodes, "of": report.all_nodes},
        "quotes": {"compared": report.quotes, "of": report.all_quotes},
        "findings": [
            {"severity": f.severity.value, "check": f.check, "says": f.says, "where": f.where} for f in report.findings
        ],
    }


def _lines(report: Report) -> None:
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for found in report.findings:
        groups[found.severity, found.check, found.says].append(found.where)
    for (severity, name, says), places in groups.items():
        click.echo(f"{severity:5}  {shown(says)} ({name})")
        for place in places[:_SHOWN]:
            click.echo(f"       {shown(place)}")
        if len(places) > _SHOWN:
            click.echo(f"       … and {len(places) - _SHOWN} more; --json has them all")
    counted = ", ".join(f"{number} {severity}" for severity, number in report.counts.items())
    nodes = "all" if report.nodes == report.all_nodes else f"a sample of {report.nodes:,} of"
    click.echo(
        f"{counted}. Shapes held against {nodes} {report.all_nodes:,} nodes, {len(report.checks)} queries asked, "
        f"{report.quotes:,} of {report.all_quotes:,} quotes compared with their documents.",
        err=True,
    )
