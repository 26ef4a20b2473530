"""The table of sizes in README: `python -m tests.sizing` writes it, a test holds it against the figures here."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
_BLOCK = re.compile(r"(?<=<!-- made by `python -m tests.sizing` -->\n).*?(?=<!-- end -->)", re.DOTALL)

# ------------------------------------------------------------------------------ what was measured, all in one place

#: Bytes of text that one core reads in a second: the project's rules, seeds and other news, all compiled. It was
#: 80,000 to 130,000 on a virtual machine, which gives now more and now less of its processor.
RATE = 100_000
#: How much a document has: bytes of text, and pieces of evidence (the generated texts of the bench; the seeds have 33).
TEXT, EVIDENCE = 4_000, 5
#: Bytes in partitions: JSON lines for a piece of evidence, and for what else is kept of a document.
ROW, BESIDES = 1_200, 4_700
#: Quads for a piece of evidence, the bytes of one as N-Quads, and on disk in Oxigraph.
QUADS, QUAD, STORED = 30, 200, 210
#: Quads that Oxigraph loads in a second: what QLever's makers measured on 16 cores; here 70,000 on two busy ones.
LOADED = 600_000
#: What `kg build --from` takes for a piece of evidence: seconds, and bytes of memory.
MERGED, HELD = 0.0023, 40_000

ARCHIVES = {"10 million documents": 10_000_000, "1,000 million documents": 1_000_000_000}


def table() -> str:
    """The table, as Markdown, with the arithmetic in it."""
    rows = [["", "a document", *ARCHIVES], ["---"] * 4]
    rows += [
        ["text", f"{TEXT / 1000:g} kB", *(_bytes(n * TEXT) for n in ARCHIVES.values())],
        ["reading, on one core", f"{TEXT / RATE:.2g} s, at {_bytes(RATE)}/s", *_times(TEXT / RATE)],
        *([f"on {cores} cores", "", *_times(TEXT / RATE / cores)] for cores in (16, 256, 4096)),
        ["evidence", f"{EVIDENCE}", *(_count(n * EVIDENCE) for n in ARCHIVES.values())],
        ["partitions, JSON lines", *_sizes(EVIDENCE * ROW + BESIDES)],
        ["N-Quads", f"{EVIDENCE * QUADS} quads", *(_count(n * EVIDENCE * QUADS) for n in ARCHIVES.values())],
        ["as a file", *_sizes(EVIDENCE * QUADS * QUAD)],
        ["in Oxigraph", *_sizes(EVIDENCE * QUADS * STORED)],
        ["its load", f"{LOADED:,} quads/s", *_times(EVIDENCE * QUADS / LOADED)],
    ]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    ceiling = _count(64e9 / HELD)
    return (
        f"\n{lines}\n\nThe merge of `kg build --from` is done by one process in memory: {MERGED * 1e3:g} ms and "
        f"{HELD / 1e3:g} kB for each piece of evidence, so 64 GB hold {ceiling} pieces, some "
        f"{_count(64e9 / HELD / EVIDENCE)} documents. What is larger is merged by the store.\n\n"
    )


def _sizes(each: float) -> list[str]:
    return [_bytes(each), *(_bytes(n * each) for n in ARCHIVES.values())]


def _times(each: float) -> list[str]:
    return [_time(n * each) for n in ARCHIVES.values()]


def _bytes(number: float) -> str:
    unit = next(u for u in ("TB", "GB", "MB", "kB") if number >= _UNITS[u] or u == "kB")
    return f"{_rounded(number / _UNITS[unit])} {unit}"


_UNITS = {"TB": 1e12, "GB": 1e9, "MB": 1e6, "kB": 1e3}


def _count(number: float) -> str:
    return f"{_rounded(number / 1e6)} million" if number >= 1e6 else f"{round(number, -4):,.0f}"


def _time(seconds: float) -> str:
    hours = seconds / 3600
    if hours < 1:
        return f"{_rounded(seconds / 60)} minutes"
    return f"{_rounded(hours)} hours" if hours < 72 else f"{_rounded(hours / 24)} days"


def _rounded(number: float) -> str:
    """Two figures that count, all where there are more.

    >>> [_rounded(number) for number in (0.123, 4.56, 45.6, 45678.9)]
    ['0.12', '4.6', '46', '45,679']
    """
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


def write() -> None:
    """Puts the table into README."""
    made = table()
    README.write_text(_BLOCK.sub(lambda _: made, README.read_text("utf-8"), count=1), "utf-8")


def written() -> str:
    """The table that stands in README."""
    found = _BLOCK.search(README.read_text("utf-8"))
    return found[0] if found else ""


if __name__ == "__main__":
    write()
