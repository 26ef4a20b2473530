"""Names in short lines, and how wide they are when drawn."""

from __future__ import annotations

import unicodedata

#: Widths of 13 px system type, near enough to keep names apart in any of them.
NARROW, MIDDLE, BROAD, FULL = 4.0, 7.4, 9.4, 13.0
#: A name has at most this many lines of about this many pixels; the panel has it whole.
LINES, WIDTH = 4, 148.0


def wrap(name: str, width: float = WIDTH, lines: int = LINES) -> tuple[str, ...]:
    """Return a name in lines of `width` pixels.

    They are broken between words, or inside one that is too long; when words are left over, the last line
    ends with an ellipsis.

    >>> wrap("Ministry of Industry and Information Technology")
    ('Ministry of Industry and', 'Information Technology')
    >>> wrap("x" * 90)[0], wrap("word " * 40)[-1][-1], wrap("")
    ('xxxxxxxxxxxxxxxxxxx', '…', ('',))
    """
    whole: list[str] = []
    for word in name.split():
        if whole and measure(f"{whole[-1]} {word}") <= width:
            whole[-1] += f" {word}"
            continue
        whole.extend(_cut(word, width))
        if len(whole) > lines:
            break
    if len(whole) > lines:
        last = whole[lines - 1]
        while measure(last) + FULL > width:
            last = last.rpartition(" ")[0] or last[:-1]
        whole[lines - 1 :] = [last.rstrip(" ,.;:") + "…"]
    return tuple(whole) or ("",)


def measure(line: str) -> float:
    """Return about how many pixels a line of 13 px type is wide.

    >>> measure("ill") < measure("MIIT") < measure("工信部部")
    True
    """
    return sum(map(_wide, line))


def _cut(word: str, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _wide(letter: str) -> float:
    if letter in "fijltrI.,;:'|!()[] ":
        return NARROW + (0.6 if letter in "frt" else 0.0)
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Cc"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return FULL
    return BROAD if letter.isupper() or letter in "mw@—" else MIDDLE
