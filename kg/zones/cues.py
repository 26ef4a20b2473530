"""Cue words: the phrases of `ontology/words/zones.toml` by which the parts of a page are told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import re2

from kg.errors import Fault, FaultyInput, OntologyError
from kg.toml import load

#: The lists a word file holds, all of them, each described there.
KINDS = (
    "related other footer notice navigation labels end media office byline publication published caption captioned"
    " not_captioned credit reporter dateline asks speaks nobody no_speaker asking transcript thanks"
).split()

#: More texts than this are asked the quick way first.
_OFTEN = 200
#: What stands in a pattern before and behind the phrases.
_BEFORE, _BEHIND = "(?<![a-z])", "(?:(?<![A-Za-z])|(?![a-z]))"
_MARKS = " \t\u00a0\u3000•●■◆▶►»«<>|*#·-–—_=[]()（）【】.,:;：。"


@dataclass(frozen=True)
class Cues:
    """Word lists by their kind; each is asked whether a text is, begins with or holds one of its phrases."""

    patterns: Mapping[str, re.Pattern[str]]
    _made: dict[str, re2._Regexp[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _asked: Counter[str] = field(default_factory=Counter, init=False, repr=False, compare=False)

    def whole(self, kind: str, text: str) -> bool:
        """Whether the text, without the marks around it, is a phrase of that kind.

        >>> Cues(patterns={"related": phrases(["read more"])}).whole("related", "  • Read More: ")
        True
        """
        pattern = self.patterns[kind]
        return bool(pattern.fullmatch(text.strip(_MARKS)) or pattern.fullmatch(text.strip()))

    def starts(self, kind: str, text: str) -> bool:
        """Whether the text, without the marks before it, begins with a phrase of that kind."""
        return self.patterns[kind].match(text.lstrip(_MARKS)) is not None

    def inside(self, kind: str, text: str) -> bool:
        """Whether a phrase of that kind stands in the text, as whole words."""
        # Mostly it does not, which google-re2 knows much sooner, but takes some time to learn; and it has no word for
        # what must not stand before.
        self._asked[kind] += 1
        if self._asked[kind] > _OFTEN and self._anywhere(kind).search(text) is None:
            return False
        return self.patterns[kind].search(text) is not None

    def _anywhere(self, kind: str) -> re2._Regexp[str]:
        """The phrases of a kind, whatever stands around them."""
        if kind not in self._made:
            self._made[kind] = re2.compile(self.patterns[kind].pattern.replace(_BEFORE, "").replace(_BEHIND, ""))
        return self._made[kind]

    def __getstate__(self) -> dict[str, object]:
        """All but what is made when it is needed."""
        return {"patterns": self.patterns, "_made": {}, "_asked": Counter()}

    def ends(self, kind: str, text: str) -> bool:
        """Whether the text ends with a phrase of that kind."""
        return any(match.end() == len(text.rstrip(_MARKS)) for match in self.patterns[kind].finditer(text))


def phrases(of: Iterable[str]) -> re.Pattern[str]:
    """A pattern of whole phrases, the longest first; a capital ends one too, as in "About UsContact Us"."""
    words = [re.escape(phrase) for phrase in sorted(of, key=lambda phrase: (-len(phrase), phrase))]
    either = "|".join(words).replace("\\ ", "[ \u00a0]+").replace("'", "['’]")
    return re.compile(f"(?i:{_BEFORE}(?:{either or '(?!)'})){_BEHIND}")


def cues(path: Path) -> Cues:
    """The cue words of a word file; raises `OntologyError` with all that is wrong, each with its line."""
    try:
        data, where = load(path)
    except FaultyInput as error:
        raise OntologyError(error.faults) from None
    faults = [
        Fault(path, where(key), f"unknown key `{key}`; allowed: {', '.join(KINDS)}") for key in data if key not in KINDS
    ]
    for kind in KINDS:
        listed = data.get(kind)
        if not isinstance(listed, list) or not listed:
            faults.append(Fault(path, where(kind), f"`{kind}` must be a list of phrases"))
            continue
        for n, phrase in enumerate(listed):
            if not isinstance(phrase, str) or not phrase.strip():
                faults.append(Fault(path, where(kind, n), f"`{kind}` must hold phrases only"))
            elif phrase in listed[:n]:
                faults.append(Fault(path, where(kind, n), f"`{phrase}` stands twice in `{kind}`"))
    if faults:
        raise OntologyError(faults)
    return Cues({kind: phrases(data[kind]) for kind in KINDS})
