"""`python -m tests.bench`: the table on standard output, what goes on on standard error."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import replace

from tests.bench.rows import QUICK, ROWS, Scale, rows
from tests.bench.table import say, table


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table of what was measured; aims that are missed are told, and are no error."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"only these rows: {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="small sizes: only to see that all of it runs")
    parser.add_argument("--json", action="store_true", help="the rows as JSON, one a line")
    parser.add_argument("--megabytes", type=float, help="megabytes of text for the other rows (default 1)")
    parser.add_argument("--large", type=float, help="megabytes of text for several cores (default 20)")
    parser.add_argument("--triples", type=int, help="triples written as Turtle")
    parser.add_argument("--rounds", type=int, help="how often each is measured; the median counts")
    wish = parser.parse_args(arguments)
    if unknown := set(wish.rows) - ROWS.keys():
        parser.error(f"no row {', '.join(sorted(unknown))}; allowed are {', '.join(ROWS)}")
    scale: Scale = QUICK if wish.quick else Scale()
    if wish.megabytes:
        scale = replace(scale, text=int(wish.megabytes * 1e6))
    if wish.large:
        scale = replace(scale, large=int(wish.large * 1e6))
    scale = replace(scale, triples=wish.triples or scale.triples, rounds=wish.rounds or scale.rounds)
    say(
        f"Medians of {scale.rounds}, in turns, each side a process of its own; rates and ratios by the time of the "
        f"processor ({os.cpu_count()} cores here), commands by the clock."
    )
    found = rows(wish.rows, scale)
    lines = (json.dumps(row.data(), ensure_ascii=False) for row in found) if wish.json else table(found)
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
