"""Terms of the vocabulary as people say them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_OWN = {"dateText": "in the words"}


def spoken(name: str, labels: Mapping[str, str]) -> str:
    """The label of a property, class or slot; without one, its local name in words.

    >>> spoken("ministerOf", {"ministerOf": "minister of"}), spoken("dateText", {})
    ('minister of', 'in the words')
    >>> spoken("PressConference", {})
    'press conference'
    """
    return labels.get(name) or _OWN.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def qualifiers(
    pairs: Sequence[tuple[str, str]], labels: Mapping[str, str], names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Qualifiers with their names and values in words; `names` has the label for a value that is an IRI.

    >>> pairs = [("attributedTo", "https://e.org/id/roe"), ("ordinal", "2")]
    >>> qualifiers(pairs, {}, {"https://e.org/id/roe": "Roe"})
    [('attributed to', 'Roe'), ('ordinal', '2')]
    """
    return [(spoken(name, labels), names.get(value, value)) for name, value in pairs]
