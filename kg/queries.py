"""Queries kept as files: `.rq` with a header that says what each asks, and what may be changed in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import Fault, OntologyError, QueryError, unknown
from kg.turtle import compact
from kg.words import HALF

_HEADER = re.compile(r"#\+\s*([\w-]+)(?:\s+(\w+))?\s*:\s*(.*)")
_TERM = r"""<[^<>"{}|^`\\\s]*>|[\w.-]*:[^\s{}<>"]*|"(?:[^"\\\n]|\\.)*"(?:@[\w-]+|\^\^[^\s{}]+)?|[+-]?\d+"""

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}

#: Gives the IRIs of everything that bears a name; of an IRI itself, if it stands in the graph.
Named = Callable[[str], Sequence[str]]


def _nothing(_: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that stands in the query as `VALUES ?name { default }`; `default` is a term as SPARQL writes it."""

    name: str
    about: str
    default: str

    @property
    def typed(self) -> str:
        """The default as people type a value.

        >>> [Parameter("x", "", default).typed for default in ('"2021-03-08"^^xsd:date', '"trade"@en', "id:miit", "3")]
        ['2021-03-08', 'trade', 'id:miit', '3']
        """
        if not self.default.startswith('"'):
            return self.default
        quoted = self.default[1 : self.default.rindex('"')]
        return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), quoted)

    def term(self, value: str, *, prefixes: Mapping[str, str], named: Named, like: Named = _nothing) -> str:
        """A value as a term of the default's kind: a day, a number, words; or a thing, by its IRI or its name.

        Raises QueryError where it is none, or where the name is nobody's, with names that are `like` it, or that of
        several.
        """
        if HALF.search(value):
            raise QueryError(f"{self.name}: is not UTF-8")
        if self.default.startswith('"'):
            return self._literal(value)
        if re.fullmatch(r"[+-]?\d+", self.default):
            if not re.fullmatch(r"[+-]?\d+", value):
                raise QueryError(f"{self.name}: {value!r} is no whole number")
            return value
        bare = value.strip().removeprefix("<").removesuffix(">")
        prefix, colon, local = bare.partition(":")
        if colon and (prefix in prefixes or local.startswith("//")):
            node = _node(self.name, bare if local.startswith("//") else prefixes[prefix] + local)
            if not named(node.value):
                raise QueryError(f"{self.name}: nothing in the graph is {value}")
            return str(node)
        found = named(value)
        if len(found) == 1:
            return str(_node(self.name, found[0]))
        if found:
            which = ", ".join(compact(iri, prefixes) for iri in found)
            raise QueryError(f"{self.name}: {value!r} is the name of several things; say which: {which}")
        hint = f"; did you mean {' or '.join(map(repr, near))}?" if (near := like(value)) else ""
        raise QueryError(f"{self.name}: nothing in the graph has the name {value!r}{hint}")

    def _literal(self, value: str) -> str:
        if self.default.endswith(("^^xsd:date", "XMLSchema#date>")):
            try:
                value = date.fromisoformat(value).isoformat()
            except ValueError:
                raise QueryError(f"{self.name}: {value!r} is no day; a day is written 2021-03-08") from None
        return str(Literal(value)) + self.default[self.default.rindex('"') + 1 :]


@dataclass(frozen=True, slots=True)
class Query:
    """A query in a file, whole SPARQL as it stands: any engine can run it, with the defaults it carries.

    `name` is the file's without its ending; `header` has what else the header says, by its keys.
    """

    name: str
    path: Path
    summary: str
    header: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def tags(self) -> tuple[str, ...]:
        """The subjects that it belongs to."""
        return tuple(tag.strip() for tag in self.header.get("tags", "").split(",") if tag.strip())

    def declared(self, prefixes: Mapping[str, str]) -> str:
        """The text with a line for each of these prefixes that it uses, as an engine needs it that knows none."""
        used = {name: iri for name, iri in prefixes.items() if re.search(rf"(?<![\w:.-]){name}:", self.text)}
        return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(used.items())) + self.text

    def bind(
        self, values: Mapping[str, str], *, prefixes: Mapping[str, str], named: Named, like: Named = _nothing
    ) -> str:
        """The text with other values for its parameters; raises QueryError for what it does not have."""
        known = {p.name: p for p in self.parameters}
        places = []
        for name, value in values.items():
            if name not in known:
                raise QueryError(f"{self.name}: {unknown('parameter', name, known)}")
            term = known[name].term(value, prefixes=prefixes, named=named, like=like)
            if match := _values(name).search(self.text):
                places.append((*match.span(2), term))
        text = self.text
        # From the last to the first: a value may look like the place of another one.
        for start, end, term in sorted(places, reverse=True):
            text = text[:start] + term + text[end:]
        return text


def gather(folder: Path, *, needs: Collection[str] = (), allows: Collection[str] = ()) -> tuple[Query, ...]:
    """The queries of a folder, by name, none where there is no folder.

    A header has `#+ summary: ...`, what `needs` names, and perhaps what `allows` names; `#+ param day: ...` tells of a
    parameter. Raises OntologyError with all that is wrong, each with its line.
    """
    faults: list[Fault] = []
    queries = []
    for path in sorted(folder.glob("*.rq")):
        try:
            queries.append(_query(path, {"summary", *needs}, {"summary", "param", *needs, *allows}))
        except OntologyError as error:
            faults += error.faults
    if faults:
        raise OntologyError(faults)
    return tuple(queries)


def read(path: Path) -> Query:
    """One query in a file that anybody may have written: a header is not needed; its parameters can be changed."""
    return _query(path, (), None)


def _query(path: Path, needs: Collection[str], allows: Collection[str] | None) -> Query:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError([Fault(path, 0, f"cannot be read: {error}")]) from error
    header: dict[str, str] = {}
    parameters: list[Parameter] = []
    faults: list[Fault] = []
    for number, key, name, said in _lines(text):
        if (allows is not None and key not in allows) or bool(name) != (key == "param"):
            faults.append(Fault(path, number, unknown("key", f"{key} {name}".strip(), sorted(allows or ()))))
        elif not said:
            faults.append(Fault(path, number, f"`{key}` says nothing"))
        elif key != "param":
            header[key] = said
        elif len(places := _values(name).findall(text)) != 1:
            need = f"needs `VALUES ?{name} {{ ... }}` with one term, once; it stands there {len(places)} times"
            faults.append(Fault(path, number, f"parameter {name}: {need}"))
        else:
            parameters.append(Parameter(name, said, places[0][1]))
    faults += [Fault(path, 1, f"needs `#+ {key}: ...`") for key in sorted(set(needs) - set(header))]
    if faults:
        raise OntologyError(faults)
    return Query(path.stem, path, header.pop("summary", ""), header, tuple(parameters), text)


def _lines(text: str) -> Iterator[tuple[int, str, str, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if match := _HEADER.match(line):
            yield number, match[1], match[2] or "", match[3].strip()


def _values(name: str) -> re.Pattern[str]:
    return re.compile(rf"((?i:VALUES)\s+\?{name}\s*\{{\s*)({_TERM})(\s*\}})")


def _node(name: str, iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{name}: {iri!r} is no IRI") from error
