"""The notation of patterns: from a tree back to the text that a curator would write."""

from __future__ import annotations

from collections.abc import Iterable

from kg.pattern import Bound, Capture, Choice, Element, End, Series, Slot, Start, Word, WordClass

#: Marks that mean something in a pattern, and want a `\` where they mean themselves.
_SIGNS = frozenset("[](){}<>|^$\\")


def written(tree: Element) -> str:
    r"""The pattern of a tree; `parse` makes the same tree of it.

    >>> from kg.pattern import parse
    >>> written(parse("{p:Person}, [the|an] (Group of 7|\\( <said>) {what=a|b ...} $"))
    '{p:Person} , [the|an] (Group of 7|\\( <said>) {what=a|b ...} $'
    """
    match tree:
        case Series(items):
            return listed(items)
        case Choice((*options, Series(()))):
            return f"[{_options(options)}]"
        case Choice(options):
            return f"({_options(options)})"
        case Capture(name, Choice(options)):
            return f"{{{name}={_options(options)}}}"
        case Capture(name, inner):
            return f"{{{name}={written(inner)}}}"
    return _leaf(tree)


def _leaf(element: Element) -> str:
    match element:
        case Word(text, capital):
            shown = text[0].upper() + text[1:] if capital else text
            return f"\\{shown}" if shown in _SIGNS else shown
        case WordClass(name):
            return f"<{name}>"
        case Slot(name, cls, mode):
            return f"{{{name}:{cls}{mode}}}"
        case Bound(name):
            return f"{{{name}}}"
        case Start():
            return "^"
        case End():
            return "$"
    return "..."


def listed(items: Iterable[Element]) -> str:
    """Elements one after the other; a series among them in brackets of its own."""
    return " ".join(f"({written(i)})" if isinstance(i, Series) else written(i) for i in items)


def _options(options: Iterable[Element]) -> str:
    return "|".join(map(written, options))
