"""The command that reads documents: one, or an archive, to standard output or to a folder of partitions."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.terminal import FOLDER, root, shown
from kg.cli.watching import watched
from kg.errors import DocumentError, Fault, KgError, Stopped

if TYPE_CHECKING:
    from kg.corpora.items import Item
    from kg.corpora.readings import Failure
    from kg.corpora.tasks import Task
    from kg.corpora.workers import Workers

#: So many documents of so many bytes together are read without the cost of other processes.
_FEW, _SMALL = 8, 1 << 20
_NO_DASK = "--scheduler needs distributed, which is not installed: make .venv/.cluster, or pip install 'kg[cluster]'"
_FORMATS = ("jsonl", "parquet", "nquads")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True, path_type=Path))
@click.option("--out", type=FOLDER, default=None, help="A folder of partitions, gone on with where it was stopped.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="jsonl",
    show_default=True,
    help="Of the partitions; standard output has JSON lines.",
)
@click.option("--jobs", type=click.IntRange(1), default=None, help="How many processes; else one for each core.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster that reads; `local` makes one here.")
@click.option(
    "--all", "everything", is_flag=True, help="Also former, acting and designate posts, and what was refused."
)
@click.option(
    "--entities",
    type=click.Choice(["all", "none"]),
    default="all",
    show_default=True,
    help="`none`: as if no name were curated; public lists of places and media stay.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0, min_open=True),
    default=60,
    show_default=True,
    help="For a document of up to 1 MB, and again for each MB more; what takes longer is put aside.",
)
@click.option(
    "--part",
    type=click.FloatRange(0, min_open=True),
    default=8,
    show_default=True,
    help="MB of documents in a partition.",
)
@click.option("--again", is_flag=True, help="Replace what another extraction has left in --out.")
@click.pass_context
def extract(
    context: click.Context,
    paths: Sequence[Path],
    out: Path | None,
    form: str,
    jobs: int | None,
    scheduler: str | None,
    everything: bool,
    entities: str,
    seconds: float,
    part: float,
    again: bool,
) -> None:
    """Print or keep what the rules read in PATHS.

    A path is a text, a folder, a quoted pattern of names ('archive/**/*.txt'), - for standard input, JSON lines with
    `id` and `text` and perhaps `title`, `publisher`, `date` and `language` (.jsonl, also .gz and .zst), or Parquet
    with such columns. What fails is told, and does not stop the rest; with --out it stands in failed.jsonl.

    \b
    kg extract --format jsonl seeds/*.txt
    curl ... | kg extract - | jq .quote
    kg extract archive/ --out parts           Ctrl-C stops it, the same command goes on
    kg build --from parts --out graph         the graph of it
    """
    from kg.corpora import inputs, readings, sources, tasks

    if not out and (form != "jsonl" or again):
        raise click.UsageError(f"{'--again' if again else f'--format {form}'} needs --out, a folder for partitions.")
    if out and everything:
        raise click.UsageError("--all is for standard output; partitions hold all of it.")
    folder = root(context) / "ontology"
    inputs.check(paths)
    _apart(paths, out)
    task = tasks.task(
        folder, form if out else "printed", curated=entities == "all", everything=everything, seconds=seconds
    )
    # A fault in the rules is told here, and every process finds them compiled.
    readings.known(task)
    found = sources.items(inputs.sources(paths))
    if out:
        _keep(task, found, out, paths, scheduler, jobs, part=int(part * (1 << 20)), again=again)
    elif code := _print(task, found, paths, scheduler, jobs):
        context.exit(code)


def _print(task: Task, found: Iterator[Item], paths: Sequence[Path], scheduler: str | None, jobs: int | None) -> int:
    """Prints the rows of all documents, in order; what it ends with."""
    from kg.corpora.runs import Run
    from kg.corpora.workers import Here

    head = list(islice(found, _FEW + 1))
    few = len(head) == 1 or (len(head) <= _FEW and sum(len(item.raw) for item in head) <= _SMALL)
    counts: Counter[str] = Counter()
    failed: list[Failure] = []
    here = few and not scheduler
    # Rows on a terminal and a bar beside them would not be readable.
    bar = not here and not sys.stdout.isatty()
    with (
        Here(task) if here else _workers(task, scheduler, jobs) as workers,
        watched(paths, bar=bar) as progress,
    ):
        for batch, reading in Run(chain(head, found), task, workers).readings():
            progress(batch, reading)
            click.echo(b"".join(reading.chunks), nl=False)
            counts += reading.counts
            failed += reading.failed
    if failed and not counts["documents"]:
        raise DocumentError([Fault(Path(f.where), 0, f.error) for f in failed])
    for one in failed:
        click.echo(f"kg: {shown(one.where)}: {shown(one.error)}", err=True)
    return 1 if failed else 0


def _keep(
    task: Task,
    found: Iterator[Item],
    out: Path,
    paths: Sequence[Path],
    scheduler: str | None,
    jobs: int | None,
    **how: Any,
) -> None:
    """Keeps what is read in partitions, and says what is there in the end."""
    from kg.corpora.manifests import held
    from kg.corpora.runs import Run

    done = Counter[str]()
    # Who ends a service does not mean to lose anything either.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with _workers(task, scheduler, jobs) as workers, watched(paths, done) as progress:
            manifest = Run(found, task, workers, progress).keep(out, [str(path) for path in paths], **how)
    except KeyboardInterrupt:
        # Not what was counted on the way: it may come between a receipt and the count of it.
        there = f"{out} holds {held(out)} whole partitions"
        raise Stopped(f"interrupted: {there}; the same command goes on from there") from None
    totals, parts = manifest["totals"], len(manifest["partitions"])
    new = "" if done["new"] else "Nothing was left to do. "
    put = f"; {totals['failed']} failed, and stand in {out / 'failed.jsonl'}" if totals["failed"] else ""
    click.echo(
        f"{new}{out} has {totals['documents']} documents with {totals['statements']} statements in "
        f"{parts} partition{'s' * (parts != 1)}{put}.",
        err=True,
    )


def _workers(task: Task, scheduler: str | None, jobs: int | None) -> Workers:
    from kg.corpora.processes import Processes
    from kg.corpora.workers import cores

    if scheduler:
        try:
            from kg.corpora.cluster import Cluster
        except ImportError:
            raise KgError(_NO_DASK) from None
        return Cluster(task, scheduler, jobs)
    return Processes(task, jobs or cores())


def _apart(paths: Sequence[Path], out: Path | None) -> None:
    """A folder must not be read and written at once."""
    for path in paths:
        if out and path.is_dir() and out.resolve().is_relative_to(path.resolve()):
            raise KgError(f"{out}: lies in {path}, which is to be read; take another --out")
