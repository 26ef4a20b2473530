"""Wording: a diagnosis for a person who writes rules and never saw the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, dropwhile

from kg.diagnosis.records import Diagnosis, Near, Outcome, Part

#: Longer than this, a part of a pattern or of a sentence is told by its near end; `--json` has all of it.
GLANCE = 80
_MARKS = frozenset('"“”')
_HEADS = {
    "named": "named:",
    "read": "read:",
    "folded": "made one mention of:",
    "refused": "refused, because a guard stands there:",
    "unresolved": "left open, because it cannot be told what the words stand for:",
    "dropped": "dropped, because the words do not make a statement:",
}
_MEANS = {"^": "the beginning of the sentence", "$": "the end of the sentence", "<lower>": "a word without a capital"}


def told(diagnosis: Diagnosis) -> str:
    """The diagnosis in lines; what a terminal would obey is told by `\N{REPLACEMENT CHARACTER}`."""
    lines = "\n".join(_lines(diagnosis))
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in lines)


def _lines(one: Diagnosis) -> Iterator[str]:
    yield f"line {one.line}, {one.zone}: {one.sentence}"
    if one.unread:
        yield f"  {one.unread}"
        return
    yield f"  as the rules see it: {one.skeleton}"
    for part in one.mentions:
        yield f"    {_mention(part)}"
    if one.strangers:
        yield f"  looks like a name, and nobody knows it: {', '.join(_quoted(s) for s in one.strangers)}"
    for kind, head in _HEADS.items():
        some = [o for o in one.outcomes if o.kind == kind]
        if some:
            yield f"  {head}"
            yield from (f"    {_outcome(o)}" for o in some)
    if not one.outcomes and not one.only:
        yield "  no rule matched" + ("" if one.near else ", and none came half way")
    if one.near:
        yield "  did not match, nearest first:"
    for near in one.near:
        yield from (f"    {line}" for line in _near(near))


def _mention(part: Part) -> str:
    slot = f"{part.slot} " if part.slot else ""
    how = f" ({part.how})" if part.how and not part.slot else ""
    inside = f": {', '.join(map(_mention, part.parts))}" if part.parts and not part.slot else ""
    return f"{slot}{_quoted(part.words)} {'|'.join(part.classes)}".rstrip() + how + inside


def _outcome(one: Outcome) -> str:
    what = one.what if one.kind in ("read", "dropped") else _quoted(one.what)
    return f"{one.rule}  {what}" + (f": {one.why}" if one.why else "")


def _near(one: Near) -> Iterator[str]:
    if one.obstacle:
        yield f"{one.rule}  ({one.place})"
        yield f"  its whole pattern holds at {_quoted(one.at)}, but {one.obstacle}"
        return
    head = f"{one.rule}  {one.stood} of {one.required}  ({one.place})"
    lines = [*_way(one)]
    if one.lacks:
        lines.append(f"nor does the sentence have {' or '.join(f'`{item}`' for item in one.lacks)}")
    if one.besides:
        lines.append(f"besides, {one.besides}")
    if one.cued:
        yield head
        yield from (f"  {line}" for line in lines)
    else:
        yield f"{head}  {'; '.join(lines)}"


def _way(one: Near) -> Iterator[str]:
    """How the pattern came to what it wants, and what stands there."""
    wants = f"`{' '.join(one.wants)}`{_meaning(one.wants)}"
    after, after_at = _beginning(one.after), _quoted(one.after_at)
    if one.came:
        yield f"{_end(one.came)} at {_quoted(one.at)}"
    if one.came and one.after and not one.wants:
        yield f"then wants {after}, and finds {one.finds}; what it wants stands only behind that, at {after_at}"
    elif one.came and one.after:
        yield f"then wants {wants}, and finds {one.finds}; the rest stands: {after} at {after_at}"
    elif one.came:
        yield f"then wants {wants}, and finds {one.finds}"
    elif one.after:
        yield f"its end stands: {after} at {after_at}"
        yield f"before that it wants {wants}, and finds {one.finds}"
    else:
        yield f"begins with {wants}, and finds {one.finds}"


def _meaning(wants: tuple[str, ...]) -> str:
    """What one sign or one word class says that is wanted by itself."""
    if len(wants) != 1:
        return ""
    if re.fullmatch(r"<[a-z-]+>", wants[0]):
        return f" ({_MEANS.get(wants[0], 'a word class of ontology/words/')})"
    return f" ({_MEANS[wants[0]]})" if wants[0] in _MEANS else ""


def _end(items: tuple[str, ...]) -> str:
    """The beginning of a pattern, or the last elements of a long one."""
    shown = _glance(items[::-1])[::-1]
    return f"came {'to' if shown == items else 'as far as'} `{' '.join(shown)}`"


def _beginning(items: tuple[str, ...]) -> str:
    """The end of a pattern, or the first elements of a long one that every match has."""
    if _glance(items) != items:
        items = tuple(dropwhile(_optional, items))
    shown = _glance(items)
    return f"`{' '.join(shown)}`" + ("" if shown == items else " and so on")


def _glance(items: tuple[str, ...]) -> tuple[str, ...]:
    """As many of the first elements as a person reads at a glance, one at least that is not optional."""
    lengths = accumulate(len(item) + 1 for item in items)
    needed = next((n for n, item in enumerate(items, 1) if not _optional(item)), 1)
    return items[: max(needed, sum(length <= GLANCE for length in lengths))]


def _optional(item: str) -> bool:
    return item.startswith("[")


def _quoted(words: str) -> str:
    short = words if len(words) <= GLANCE else f"{words[:GLANCE].rpartition(' ')[0]} …"
    return short if short[:1] in _MARKS and short[-1:] in _MARKS else f'"{short}"'
