"""Notes: what people decided, each about one thing by its id, as tables of a TOML file below `ontology/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import tomlkit

from kg import exports
from kg.errors import Fault, FaultyInput, KgError, OntologyError, unknown
from kg.toml import load


class Note(Protocol):
    """A dataclass of texts: the first is the id of what it is about; those without a default are needed."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def verdict(self) -> str:
        """What was found."""

    @property
    def why(self) -> str:
        """The reason."""


N = TypeVar("N", bound=Note)


@dataclass(frozen=True, slots=True)
class Book(Generic[N]):
    """A file of notes: its name, that of its tables, what a note is, and the verdicts that one may give."""

    file: str
    table: str
    note: type[N]
    verdicts: Sequence[str]

    @property
    def key(self) -> str:
        """The name of what a note is about."""
        return fields(self.note)[0].name

    def read(self, folder: Path) -> dict[str, N]:
        """The notes of an ontology, by the id of what they are about; none where there is no such file.

        Raises OntologyError for an unknown key or verdict, a key missing, and what is judged twice.
        """
        path = folder / self.file
        if not path.is_file():
            return {}
        data, where = load(path)
        faults = [
            Fault(path, where(key), f"unknown key `{key}`; allowed is [[{self.table}]]")
            for key in data.keys() - {self.table}
        ]
        tables = data.get(self.table, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            faults.append(Fault(path, where(self.table), f"`{self.table}` must be tables, each under [[{self.table}]]"))
            tables = []
        made: dict[str, N] = {}
        for n, table in enumerate(tables):
            wrong = list(self._wrong(table))
            if not wrong and table[self.key] in made:
                wrong.append(f"{self.key} {table[self.key]} is judged twice")
            faults += [Fault(path, where(self.table, n), what) for what in wrong]
            if not wrong:
                made[table[self.key]] = self.note(**table)
        if faults:
            raise OntologyError(faults)
        return made

    def _wrong(self, table: Mapping[str, object]) -> Iterable[str]:
        keys = [f.name for f in fields(self.note)]
        for key, value in table.items():
            if key not in keys:
                yield unknown("key", key, keys)
            elif not isinstance(value, str) or not value.strip():
                yield f"`{key}` must be a text"
        for field in fields(self.note):
            if field.default is MISSING and field.name not in table:
                yield f"`{field.name}` is missing"
        if table.get("verdict", self.verdicts[0]) not in self.verdicts:
            yield unknown("verdict", str(table["verdict"]), self.verdicts)

    def record(self, folder: Path, note: N) -> None:
        """Writes a note into an ontology's file, in the place of an earlier one on the same thing.

        All else in the file stays as it is. Raises KgError without a reason, and what `read` raises.
        """
        if not note.why.strip():
            raise KgError(f"a {self.table} needs its reason: --why '...'")
        with exports.alone(folder):
            self._record(folder, note)

    def _record(self, folder: Path, note: N) -> None:
        self.read(folder)
        path = folder / self.file
        try:
            book = tomlkit.parse(path.read_text(encoding="utf-8") if path.is_file() else "")
        except ValueError as error:  # pragma: no cover - `read` has read it before
            raise FaultyInput([Fault(path, 0, str(error))]) from None
        told = {key: value for key, value in asdict(note).items() if value}
        every = book.setdefault(self.table, tomlkit.aot())
        earlier = next((n for n, old in enumerate(every) if old[self.key] == told[self.key]), None)
        if earlier is None:
            every.append(tomlkit.item(told))
        else:
            every[earlier] = tomlkit.item(told)
        exports.write(folder, {self.file: tomlkit.dumps(book).encode()})
