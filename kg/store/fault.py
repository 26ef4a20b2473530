"""Where a query is no SPARQL, and why, in one line."""

from __future__ import annotations

import re

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def place(text: str, offset: int) -> str:
    """A place in a text for people.

    >>> place("SELECT *\\n{ ?s", 11)
    'line 2, column 3'
    """
    newline = "\n"
    return f"line {text.count(newline, 0, offset) + 1}, column {offset - text.rfind(newline, 0, offset)}"


def fault(sparql: str, error: SyntaxError) -> str:
    """What is wrong with a query that Oxigraph refuses, behind its line and column.

    Oxigraph's own place is behind the last keyword it tried, so rdflib's grammar is asked where the query
    stops making sense; what rdflib lets pass (prefixes, unbound variables) is told by Oxigraph.
    """
    # Here and not above: only a faulty query needs it, and it takes a quarter of a second to load.
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    match = _PLACE.match(error.msg)
    where, why = (f"line {match[1]}, column {match[2]}", match[3]) if match else ("line 1", error.msg)
    try:
        parseQuery(sparql)
    except ParseException as found:
        rest = sparql[found.loc :].split("\n")[0].strip()
        near = f"{rest[:40]!r} is not expected here" if rest else "the query ends too early"
        return f"{place(sparql, found.loc)}: {near}"
    if "Prefix not found" in why:
        return f"{where}: the prefix just before is not declared"
    known = re.search(r"The SELECT[^,]*", why)
    return f"{where}: {known[0] if known else 'this is no SPARQL'}"
