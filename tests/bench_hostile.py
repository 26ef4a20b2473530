"""What hostile texts and patterns cost, at sizes n, 2n, 4n and 8n: `make bench-hostile`.

Linear is what takes twice the time for twice the size. Each text is read in a process of its own, whose peak of memory
is told above that of a process which has read the ontology and no text.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from kg import document, pipeline
from kg.errors import KgError
from kg.expression import compile
from kg.grammar import Grammar
from kg.mentions import mentions
from kg.model import LONGEST_SENTENCE, Document, Sentence, Span, Zone, ZoneKind
from kg.pipeline import Ontology
from kg.skeleton import Skeleton
from tests.hostile import PATTERNS, TEXTS

ONTOLOGY = Path(__file__).parent.parent / "ontology"
#: Above this a doubled size has cost more than twice the time, whatever else the machine did.
STEEP = 3.0


def read(ontology: Ontology, text: str) -> None:
    pipeline.extract(document.from_text("hostile", text), ontology)


def measured(work: Callable[[], None], seconds: int) -> tuple[float, float, str]:
    """Seconds of processor, megabytes more at the peak, and the error if it ended with one; in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(seconds)
        before, began, said = getrusage(RUSAGE_SELF).ru_maxrss, time.process_time(), ""
        try:
            work()
        except KgError as error:
            said = str(error)
        more = (getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024
        os.write(writing, json.dumps((time.process_time() - began, more, said)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    if not told:
        return float(seconds), 0.0, f"not done in {seconds} s"
    took, memory, said = json.loads(told)
    return took, memory, said


def row(sizes: Sequence[int], works: Sequence[Callable[[], None]], seconds: int) -> tuple[list[float], float, str]:
    """The seconds of each size, the megabytes of the last, and the error that ended it."""
    times: list[float] = []
    memory, said = 0.0, ""
    for _, work in zip(sizes, works, strict=True):
        took, memory, said = measured(work, seconds)
        times.append(took)
        if said:
            break
    return times, memory, said


def table(
    head: str, sizes: Sequence[int], works: Mapping[str, Sequence[Callable[[], None]]], seconds: int
) -> Iterator[str]:
    """Prints a row for each kind of work; yields the kinds that are not linear."""
    print(f"{head:28}" + "".join(f"{size / 1e6:>9.3f} MB" for size in sizes) + "  8n/4n  peak MB")
    for kind, each in works.items():
        times, memory, said = row(sizes, each, seconds)
        if len(times) == len(sizes) and times[-1] > STEEP * times[-2]:
            times[-1] = min(times[-1], measured(each[-1], seconds)[0])  # perhaps the machine did something else
        speeds = "".join(f"{size / max(took, 1e-6) / 1e6:>12.3f}" for size, took in zip(sizes, times, strict=False))
        steep = times[-1] / max(times[-2], 1e-6) if len(times) == len(sizes) else 0.0
        print(f"{kind:28}{speeds:48}{steep:>7.1f}{memory:>9.0f}  {said}", flush=True)
        if steep > STEEP or said.startswith("not done"):
            yield kind


def sentence(ontology: Ontology, words: str, size: int) -> Skeleton:
    """The skeleton of a sentence of that size: the words again and again, behind those that no match can use."""
    text = "Xyz, xyz: " + words * (size // len(words) + 1)
    zone = Zone(ZoneKind.BODY, Span(0, size))
    (skeleton,) = mentions(Document("hostile", text), [Sentence(0, zone.span, zone, 1)], ontology.reader).values()
    return skeleton


def searching(ontology: Ontology, pattern: str, words: str, size: int) -> Callable[[], None]:
    """The search for a pattern, a hundred times, in a sentence of that size."""
    skeleton = sentence(ontology, words, size)
    expression = compile(pattern, Grammar(ontology.reader.alphabet))
    list(expression.find(skeleton))

    def search() -> None:
        for _ in range(100):
            list(expression.find(skeleton))

    return search


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables; ends with 1 where something took more than three times as long at twice the size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=50_000, help="the smallest text, in characters")
    parser.add_argument("--only", default="", help="the kinds of texts whose names have these words")
    parser.add_argument("--seconds", type=int, default=300, help="the longest that one text may take")
    wish = parser.parse_args(arguments)
    ontology = pipeline.load(ONTOLOGY)
    read(ontology, TEXTS["prose in lines"](20_000))  # what is made once, is made
    gc.collect()
    sizes = [wish.size * 2**n for n in range(4)]
    works: dict[str, list[Callable[[], None]]] = {
        kind: [partial(lambda make, size: read(ontology, make(size)), make, size) for size in sizes]
        for kind, make in TEXTS.items()
        if re.search(wish.only, kind)
    }
    steep = list(table("MB/s, reading", sizes, works, wish.seconds))
    if not wish.only:
        print()
        sizes = [LONGEST_SENTENCE // 2**n for n in (3, 2, 1, 0)]
        works = {kind: [searching(ontology, *given, size) for size in sizes] for kind, given in PATTERNS.items()}
        bounded = list(table("100 searches, MB/s", sizes, works, wish.seconds))
        print(f"Not linear, but for the longest sentence that is read: {', '.join(bounded) or 'nothing'}")
    print(f"Not linear: {', '.join(steep) or 'nothing'}")
    sys.exit(bool(steep))


if __name__ == "__main__":
    main()
