"""Enumerations: the items of `five tasks: digging canals, ..., and planting trees`, cut only where that is sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.alphabet import CLOSING_COMMA
from kg.model import Span
from kg.skeleton import Skeleton, Unit

_COMMAS = frozenset((",", CLOSING_COMMA))
_JOINTS = frozenset((*_COMMAS, ";", "and", "&"))
_LAST = frozenset(("finally", "lastly"))
#: They end as gerunds do, and are none.
_NO_GERUNDS = frozenset(
    "including during according regarding concerning following being something nothing anything everything king thing "
    "spring string morning evening building meeting training ceiling wing beijing".split()
)


def items(skeleton: Skeleton, found: tuple[int, int], count: int | None = None) -> tuple[Span, ...]:
    """The items of an enumeration, of which there must be `count` where that is told; none where it cannot be cut.

    They stand between semicolons, behind `first, ... second, ...`, or all begin with a gerund. Other things between
    commas are items only where their number is told and agrees.
    """
    first, last = found
    units = skeleton.units[first:last]
    top = _top(units)
    for cut in (_semicolons, _ordinals, _gerunds, _commas):
        pieces = list(_pieces(units, cut(units, top)))
        if len(pieces) > 1 and (len(pieces) == count or (count is None and cut is not _commas)):
            return tuple(skeleton.span(first + a, first + b) for a, b in pieces)
    return ()


def _top(units: Sequence[Unit]) -> list[int]:
    """The units outside of brackets."""
    depth, found = 0, []
    for i, unit in enumerate(units):
        depth += (unit.text == "(") - (unit.text == ")")
        if depth == 0:
            found.append(i)
    return found


def _semicolons(units: Sequence[Unit], top: Sequence[int]) -> list[int]:
    return [i + 1 for i in top if units[i].text == ";"]


def _ordinals(units: Sequence[Unit], top: Sequence[int]) -> list[int]:
    """Before `second,` and `finally,`."""
    return [i for i in top if i and units[i - 1].text in _JOINTS and _cue(units, i)]


def _cue(units: Sequence[Unit], i: int) -> int:
    """The units of `first,`, `finally,` or `(2)` that stand here."""
    unit, text = units[i], [u.text for u in units[i : i + 3]]
    ordinal = unit.mention is not None and "Ordinal" in unit.mention.classes
    if (ordinal or unit.text in _LAST) and text[1:2] and text[1] in _COMMAS:
        return 2
    return 3 if text[0] == "(" and text[2:] == [")"] else 0


def _gerund(units: Sequence[Unit], i: int) -> bool:
    """Whether a gerund stands here, perhaps behind its adverb."""
    text = [u.text if u.mention is None else "" for u in units[i : i + 2]]
    word = text[1] if len(text) > 1 and (text[0].endswith("ly") or text[0] == "further") else "".join(text[:1])
    return len(word) > 5 and word.endswith("ing") and word not in _NO_GERUNDS


def _gerunds(units: Sequence[Unit], top: Sequence[int]) -> list[int]:
    """Behind commas where the next item begins as the first one does; the last `and` too, unless it joins two verbs."""
    if not _gerund(units, 0):
        return []
    cuts = [i for i in _behind_commas(units, top) if _gerund(units, i)]
    since = cuts[-1] if cuts else 0
    ends = [i for i in top if i > since and units[i].text == "and" and _gerund(units, i + 1)]
    return [*cuts, ends[-1]] if ends and not _gerund(units, ends[-1] - 1) else cuts


def _commas(units: Sequence[Unit], top: Sequence[int]) -> list[int]:
    """Behind every comma and the last `and`: only to be believed where the number is told."""
    cuts = _behind_commas(units, top)
    ends = [i for i in top if units[i].text == "and" and i > max(cuts, default=0)]
    return [*cuts, *ends[-1:]]


def _behind_commas(units: Sequence[Unit], top: Sequence[int]) -> list[int]:
    """The places behind a comma and the `and` that may follow it."""
    commas = [i for i in top if units[i].text in _COMMAS]
    return [i + 2 if i + 1 < len(units) and units[i + 1].text == "and" else i + 1 for i in commas]


def _pieces(units: Sequence[Unit], cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The units of each item without cues, joints and marks around it."""
    for a, b in zip((0, *cuts), (*cuts, len(units)), strict=True):
        while a < b and (units[a].text in _JOINTS or _cue(units, a)):
            a += _cue(units, a) or 1
        while a < b and units[b - 1].text in _JOINTS:
            b -= 1
        if a < b:
            yield a, b
