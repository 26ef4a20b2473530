"""Search: the places where an expression of google-re2 stands, in a time that is linear in the length of the text."""

from __future__ import annotations

from collections.abc import Iterator

import re2

#: So many bytes are looked through first; the longest sentence of the seeds has a fifth of them for patterns to run on.
NEAR = 4_096


def matches(regexp: re2._Regexp[str], text: bytes, near: int = NEAR) -> Iterator[re2._Match[bytes]]:
    """The matches from left to right, none overlapping another; where several compete, what is far is not waited for.

    `tea [... rice]` stands at each `tea`, and at each google-re2 alone looks for `rice` to the end of the text. Here
    it looks through what is near, and through twice as much as long as nothing is found that ends in its first half. So
    a match, however long, costs a few times its length and the way to it, or what is near. `^` and `$` are those of the
    text.

    >>> regexp, text = re2.compile("tea(?:.*?rice)?"), b"tea, tea and rice"
    >>> [m[0] for m in matches(regexp, text)]
    [b'tea, tea and rice']
    >>> [m[0] for m in matches(regexp, text, near=8)]
    [b'tea', b'tea and rice']
    """
    at, reach = 0, near
    while at <= len(text):
        found = regexp.search(text, at, at + reach)
        if at + reach < len(text) and (not found or found.end() > at + reach // 2):
            reach *= 2
        elif found:
            yield found
            # Where nothing at all was matched, it would be again.
            at, reach = found.end() + (found.end() == at), near
        else:
            return
