"""Coordinations: the lists (`A, B and C`) that a plural like `the regions` or `these four departments` stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.model import Mention
from kg.surroundings import DESCRIPTION_WINDOW, Surroundings
from kg.words import cardinal, tokens


@dataclass(frozen=True)
class Coordinations:
    """Finds lists before a plural; `countable` tells what may be a member of one."""

    surroundings: Surroundings
    countable: Callable[[Mention], bool]

    def run(self, plural: Mention) -> list[Mention]:
        """The members of the nearest list before a plural, as many as its number says; none where there is none."""
        here = self.surroundings.sentence_of(plural)
        wanted = next(filter(None, (cardinal(word) for word, _, _ in tokens(plural.text))), None)
        for sentence in range(here, here - DESCRIPTION_WINDOW - 1, -1):
            for run in reversed(list(self._runs(sentence, plural))):
                if wanted in (None, len(run)):
                    return run
        return []

    def _runs(self, sentence: int, before: Mention) -> Iterator[list[Mention]]:
        """The coordinated runs of one sentence that end before a mention."""
        skeleton = self.surroundings.skeletons.get(sentence)
        run: list[Mention] = []
        joined = False
        for unit in (*(skeleton.units if skeleton else ()), None):
            if unit and unit.mention and unit.span.end <= before.span.start and self.countable(unit.mention):
                if run and not joined:
                    run = []
                run.append(unit.mention)
                joined = False
            elif unit and run and (unit.text in (",", "and") or (joined and unit.text == "the")):
                joined = True
            else:
                if len(run) > 1:
                    yield run
                run, joined = [], False
