"""Reading the rule book from `ontology/mentions` and `ontology/rules`; all faults at once, each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg import tables
from kg.alphabet import Alphabet
from kg.errors import Fault, FaultyInput, OntologyError, unknown
from kg.expression import Expression, compile
from kg.grammar import Grammar
from kg.model import Status, ZoneKind
from kg.pattern import TEXT_SLOTS, PatternError, Word, walk
from kg.rules import GIVEN, GUARDS, MARK, STATUSES, USUAL_ZONES, Emission, Example, Guard, Rule, RuleBook, Scope, Shape
from kg.toml import Where, load
from kg.vocabulary import Vocabulary
from kg.words import tokens

#: Shapes are tried by the `order` of their file, then by its name: names before what is told by them.
USUAL_ORDER = 50


def read(folder: Path, *, vocabulary: Vocabulary, alphabet: Alphabet) -> RuleBook:
    """The rule book of `folder/mentions` and `folder/rules`.

    Raises OntologyError with every fault: unknown key, class or relation, a triple that breaks domain or range, a
    pattern that is none, two rules with one id, an example missing that fires or one that does not.
    """
    reader = _Reader(vocabulary, alphabet)
    for path in sorted(folder.glob("mentions/*.toml")):
        reader.file(path, ("mention",))
    reader.shapes.sort(key=lambda shape: reader.order[shape.path])
    for path in sorted(folder.glob("rules/*.toml")):
        reader.file(path, ("scope", "guard", "rule"))
    reader.cross_check()
    if reader.faults:
        raise OntologyError(reader.faults)
    return RuleBook(tuple(reader.shapes), tuple(reader.scopes), tuple(reader.guards), tuple(reader.rules))


class _Reader:
    def __init__(self, vocabulary: Vocabulary, alphabet: Alphabet) -> None:
        self.vocabulary, self.alphabet, self.grammar = vocabulary, alphabet, Grammar(alphabet)
        self.faults: list[Fault] = []
        self.shapes: list[Shape] = []
        self.scopes: list[Scope] = []
        self.guards: list[Guard] = []
        self.rules: list[Rule] = []
        self.ids: dict[str, str] = {}
        self.order: dict[Path, int] = {}
        self.path, self.where = Path(), Where("")

    def fault(self, at: Any, key: str, what: str) -> None:
        self.faults.append(Fault(self.path, self.where(at, key), what))

    def file(self, path: Path, kinds: tuple[str, ...]) -> None:
        self.path = path
        try:
            data, self.where = load(path)
        except FaultyInput as error:
            self.faults += error.faults
            return
        for kind in data.keys() - {*kinds, "order"}:
            self.fault((kind, 0), "", f"unknown [[{kind}]]; allowed are {_listed(kinds)}")
        self.order[path] = data.get("order", USUAL_ORDER)
        if not isinstance(self.order[path], int):
            self.fault((), "order", "`order` must be a whole number")
            self.order[path] = USUAL_ORDER
        makers: dict[str, Callable[[dict[str, Any], Any], None]] = {
            "mention": self.shape,
            "scope": self.scope,
            "guard": self.guard,
            "rule": self.rule,
        }
        for kind in kinds:
            every = data.get(kind, [])
            if not tables.is_tables(every):
                self.fault((kind, 0), "", f"`{kind}` is no table; write [[{kind}]]")
                continue
            for n, table in enumerate(every):
                if self.complete(kind, table, (kind, n)):
                    makers[kind](table, (kind, n))

    def complete(self, kind: str, table: dict[str, Any], at: Any) -> bool:
        """Whether a table has the keys it needs, with values of their kind; an id used before is a fault, too."""
        wrong = list(tables.faults(kind, table))
        for key, what in (*wrong, *tables.unknown(kind, table)):
            self.fault(at, key, what)
        name = table.get("id")
        if isinstance(name, str):
            if name in self.ids:
                self.fault(at, "id", f"the id {name!r} was used before, in {self.ids[name]}")
            self.ids[name] = f"{self.path.name}:{self.where(at, 'id')}"
        return not wrong

    def compiled(
        self, source: str, at: Any, key: str, bound: frozenset[str] = frozenset(), *, names: bool = False
    ) -> Expression | None:
        try:
            expression = compile(source, self.grammar, bound)
        except PatternError as error:
            self.fault(at, key, f"{error}, in {source!r}")
            return None
        for slot in expression.slots.values():
            if slot.cls in ("Caps", "Name", "Words") and not names:
                self.fault(at, key, f"a slot of {slot.cls} stands only in [[mention]], in {source!r}")
        return expression

    def shape(self, table: dict[str, Any], at: Any) -> None:
        expression = self.compiled(table["pattern"], at, "pattern", names=True)
        classes = {name: slot.cls for name, slot in expression.slots.items()} if expression else {}
        cls = classes.get(table["class"], table["class"]).split("|")[0]
        if cls not in self.alphabet:
            self.fault(at, "class", unknown("class", table["class"], [*self.alphabet.names, *classes]))
        elif expression:
            classes["self"] = cls
            names = tuple((part, of, template) for part, (of, template) in table.get("names", {}).items())
            for _, of, template in names:
                self.built_name(of, template, classes, at)
            classes |= {part: of for part, of, _ in names}
            self.shapes.append(
                Shape(
                    table["id"], table.get("says", ""), self.path, self.where(at, "id"), cls, expression,
                    self.emissions(table, at, classes), self.examples(table, at), names,
                    table["class"] if table["class"] in classes else "",
                    table.get("proper", False), table.get("refers", False), table.get("describes", True),
                )
            )  # fmt: skip

    def built_name(self, cls: str, template: str, classes: Mapping[str, str], at: Any) -> None:
        if cls not in self.alphabet:
            self.fault(at, "names", unknown("class", cls, self.alphabet.names))
        for slot in re.findall(r"\{(\w+)\}", template):
            if slot not in classes:
                self.fault(at, "names", f"no slot {slot!r} in {template!r}; allowed are {_listed(classes)}")

    def scope(self, table: dict[str, Any], at: Any) -> None:
        opens = self.compiled(table["opens"], at, "opens")
        items = [self.compiled("^ " + item, at, "items") for item in table["items"]]
        if opens and all(items):
            self.scopes.append(Scope(table["id"], opens, tuple(i for i in items if i)))

    def guard(self, table: dict[str, Any], at: Any) -> None:
        bound = frozenset({"match"})
        never = [self.compiled(source, at, "never", bound) for source in table.get("never", ())]
        if made := self.made_guard(table["status"], table["pattern"], at, "pattern", bound):
            self.guards.append(replace(made, never=tuple(n for n in never if n)))

    def made_guard(self, status: str, source: str, at: Any, key: str, bound: frozenset[str]) -> Guard | None:
        if status and status not in GUARDS:
            self.fault(at, key, unknown("status of a guard", status, GUARDS))
            return None
        expression = self.compiled(source, at, key, bound)
        return Guard(Status(status) if status else None, expression) if expression else None

    def rule(self, table: dict[str, Any], at: Any) -> None:
        expression = self.compiled(table["pattern"], at, "pattern")
        if not expression:
            return
        classes = {name: slot.cls for name, slot in expression.slots.items()}
        unless = table.get("unless", {})
        by_status = unless if isinstance(unless, dict) else {"negated": unless}
        bound = frozenset(classes) | {"match"}
        guards = [self.made_guard(s, p, at, "unless", bound) for s, every in by_status.items() for p in every]
        guards += [self.made_guard("", p, at, "never", bound) for p in table.get("never", ())]
        zones = table.get("zone", [])
        allowed = [k.value for k in ZoneKind]
        for zone in zones:
            if zone not in allowed:
                self.fault(at, "zone", unknown("zone", zone, allowed))
        if table.get("status", "asserted") not in STATUSES:
            self.fault(at, "status", unknown("status", table["status"], STATUSES))
        elif table.get("folds") not in (None, *classes):
            self.fault(at, "folds", f"no slot {table['folds']!r} to fold; allowed are {_listed(classes)}")
        elif not table.get("folds") and not table.get("emits"):
            self.fault(at, "id", "the rule neither emits nor folds")
        else:
            self.rules.append(
                Rule(
                    table["id"], table["says"], self.path, self.where(at, "id"), expression,
                    self.emissions(table, at, classes), self.examples(table, at), table.get("folds", ""),
                    tuple(g for g in guards if g), tuple(ZoneKind(z) for z in zones if z in allowed) or USUAL_ZONES,
                    table.get("scope", ""), Status(table.get("status", "asserted")),
                )
            )  # fmt: skip

    def emissions(self, table: dict[str, Any], at: Any, classes: Mapping[str, str]) -> tuple[Emission, ...]:
        made = []
        for row in table.get("emits", ()):
            subject, relation, thing = row[:3]
            qualifiers = row[3] if len(row) == 4 else {}
            for name in (subject, thing, *qualifiers.values()):
                first = name.split(".")[0]
                if not name.startswith("'") and first not in classes and first not in GIVEN:
                    self.fault(at, "emits", unknown("slot", first, [*classes, *sorted(GIVEN)]))
            for name in qualifiers.keys() - self.vocabulary.qualifiers:
                self.fault(at, "emits", unknown("qualifier", name, sorted(self.vocabulary.qualifiers)))
            if relation not in self.vocabulary.relations:
                self.fault(at, "emits", unknown("relation", relation, self.vocabulary.relations))
                continue
            for side, name in (("domain", subject), ("range", thing)):
                if name in classes and not self.fits(relation, side, classes[name]):
                    found = self.vocabulary.relations[relation]
                    allowed = _listed(found.domain if side == "domain" else found.range)
                    self.fault(at, "emits", f"{name}:{classes[name]} breaks the {side} of {relation!r}: {allowed}")
            made.append(Emission(subject, relation, thing, tuple(sorted(qualifiers.items()))))
        return tuple(made)

    def fits(self, relation: str, side: str, cls: str) -> bool:
        """Whether things of a class may stand on that side: a class above or below one of the allowed is in order."""
        found = self.vocabulary.relations[relation]
        allowed = found.domain if side == "domain" else found.range
        if not allowed:
            return True
        if cls in TEXT_SLOTS:  # an indicator before it, a value or a claim behind it
            return side == "domain" or any(self.vocabulary.is_a(a, one) for a in allowed for one in ("Value", "Claim"))
        return any(self.vocabulary.is_a(c, a) or self.vocabulary.is_a(a, c) for a in allowed for c in cls.split("|"))

    def examples(self, table: dict[str, Any], at: Any) -> tuple[Example, ...]:
        made = []
        for n, row in enumerate(table["example"]):
            here = (*at, "example", n)
            if self.complete("example", row, here):
                for cls in MARK.findall(row["text"]):
                    if cls[1] not in self.alphabet:
                        self.fault(here, "text", unknown("class of a mark", cls[1], self.alphabet.names))
                made.append(
                    Example(
                        self.where(here, "text"), row["text"], tuple(tuple(g) for g in row["gives"]),
                        row.get("zone", ""), row.get("date", ""), tuple(row.get("also", ())), row.get("todo", False),
                    )
                )  # fmt: skip
        # A rule that only folds fires where it lets others say something.
        folds = "emits" not in table and "class" not in table
        hits = [bool(e.also if folds else e.gives) for e in made]
        if not any(hit and not e.todo for hit, e in zip(hits, made, strict=True)):
            what = "an `also`" if folds else "a `gives`"
            self.fault(at, "id", f"no example fires: one with {what} that is not empty is needed")
        if all(hits):
            self.fault(at, "id", "no near miss: an example with `gives = []` is needed")
        return tuple(made)

    def cross_check(self) -> None:
        """Faults that only the whole book shows."""
        scopes = {s.id for s in self.scopes}
        for rule in self.rules:
            if rule.scope and rule.scope not in scopes:
                self.faults.append(Fault(rule.path, rule.line, unknown("scope", rule.scope, sorted(scopes))))
            needed = {w.text for w in walk(rule.expression.tree, required=True) if isinstance(w, Word)}
            for example in rule.examples:
                lacking = needed - {word for word, _, _ in tokens(example.text)}
                if not example.gives and lacking:
                    what = f"the near miss lacks what every match has: {_listed(lacking)}"
                    self.faults.append(Fault(rule.path, example.line, what))


def _listed(names: Any) -> str:
    return ", ".join(str(n) for n in (sorted(names) if isinstance(names, set | frozenset | dict) else names)) or "none"
