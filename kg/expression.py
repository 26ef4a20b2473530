"""Patterns compiled to google-re2: linear in the length of the sentence, whatever the pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import re2

from kg.errors import unknown
from kg.pattern import (
    TEXT_SLOTS,
    Bound,
    Capture,
    Choice,
    Element,
    End,
    Gap,
    PatternError,
    Series,
    Slot,
    Start,
    Word,
    WordClass,
    parse,
    slots,
    walk,
)
from kg.skeleton import BEGIN, CAPITAL, CLOSE, CLOSING_COMMA, OPEN, Alphabet, Skeleton, mark

_ANY = f"{BEGIN}[^ ]+ "
#: The symbol before a word that is an abbreviation, too.
_LITERAL = f"(?:{OPEN}[^ {CLOSE}]*{CLOSE})?"
_WORD = f"{BEGIN}{CAPITAL}?[^ {OPEN}{CAPITAL}][^ ]* "
_BRACKETS = rf"{BEGIN}\( (?:{BEGIN}[^ ()]+ )*?{BEGIN}\) "
_CLAUSE_FIRST = rf"(?:{BEGIN}[^ ().,;:!?][^ ]* |{_BRACKETS})"
_CLAUSE_UNIT = rf"(?:{BEGIN}[^ ()]+ |{_BRACKETS})"
_COMMA = f"{BEGIN}[,;{CLOSING_COMMA}] "


def _words(*phrases: str) -> str:
    """Any of these phrases."""
    return "(?:" + "|".join("".join(f"{BEGIN}{word} " for word in phrase.split()) for phrase in phrases) + ")"


_JOINTS = _words("and", "as well as", "along with", "together with")
_LIST_MARK = f"(?:{_COMMA}{_JOINTS}?|{_JOINTS}){_words('the', 'a', 'an')}?"
_GROUP_CUE = _words("including", "such as", "like", "namely", "especially")
_HEADING = rf"(?:(?:{BEGIN}{CAPITAL}?[^ {OPEN},;:.()\"{CLOSING_COMMA}]+ ){{0,5}}{_GROUP_CUE})"
_NAME_WORD = f"{BEGIN}{CAPITAL}[^ {OPEN}]*[^ {OPEN}.\\d][^ {OPEN}]* "
_PARTICLE = _words("bin", "ibn", "al", "van", "von", "der", "de", "da", "dos", "del", "el", "le", "la")
#: What is named completely by itself is no part of a longer name.
_WHOLE_NAMES = ("Body", "Person", "Event", "Post", "Date", "Quotation", "Initiative", "Work", "Number")
_JOIN = f"(?:{_words('of', 'for', 'and', 'on', 'in', 'the', '&', '-')}|{BEGIN}, {_words('and')}?)"
_LOWER = f"(?:{BEGIN}[^ {CAPITAL}][^ ]* |$)"
_END = rf'(?:{BEGIN}[.!?;"] )*$'


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern stands: units `first` up to `last`, and the units of every slot that is filled."""

    first: int
    last: int
    slots: Mapping[str, tuple[int, int]]
    gaps: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Writer:
    alphabet: Alphabet
    words: Mapping[str, tuple[str, ...]]
    bound: tuple[str, ...] = ()
    groups: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    around: tuple[str, ...] = ()
    depth: int = 0

    def group(self, name: str, body: str) -> str:
        key = f"g{len(self.groups)}"
        self.groups[key] = name
        return f"(?P<{key}>{body})"

    def letters(self, cls: str) -> str:
        """The characters of a class, or of several."""
        for one in cls.split("|"):
            if one not in self.alphabet:
                raise PatternError(unknown("class", one, sorted({"Clause", *self.alphabet.names})))
        return "".join(map(self.alphabet.letter, cls.split("|")))

    def symbol(self, cls: str) -> str:
        return f"{BEGIN}{CAPITAL}?{OPEN}[^ /]*[{self.letters(cls)}][^ /]*/[^ ]* "

    def write(self, tree: Element) -> str:
        match tree:
            case Word():
                return self.word(tree)
            case WordClass(name):
                return self.word_class(name)
            case Slot():
                return self.slot(tree)
            case Gap():
                return self.group("", f"(?:{_WORD}|{self.other_symbol()})*?")
            case Capture(name, inner) if name in self.bound:
                i = self.bound.index(name)
                return f"{BEGIN}{mark(i)} {self.write(inner)}(?:{_ANY})*?{BEGIN}{mark(i, closing=True)} "
            case Capture(name, inner):
                return self.group(name, self.write(inner))
            case Start():
                return "^"
            case End():
                return _END
            case Bound(name):
                i = self.bound.index(name)
                return f"{BEGIN}{mark(i)} (?:{_ANY})*?{BEGIN}{mark(i, closing=True)} "
            case Choice(options):
                return "(?:" + "|".join(self.write(o) for o in options) + ")"
            case Series(items):
                return "".join(self.items(items))

    def marked(self, name: str, beginning: str) -> str:
        """The units of a bound slot, which begin so."""
        i = self.bound.index(name)
        return f"{BEGIN}{mark(i)} {beginning}(?:{_ANY})*?{BEGIN}{mark(i, closing=True)} "

    def items(self, items: tuple[Element, ...]) -> Iterator[str]:
        outer = self.around
        for i, item in enumerate(items):
            if isinstance(item, Gap):
                near = (_last_slot(items[:i]), _last_slot(items[:i:-1]))
                self.around = tuple(s.cls for s in near if s and s.cls not in TEXT_SLOTS)
            yield self.write(item)
        self.around = outer

    def other_symbol(self) -> str:
        banned = "".join(map(self.letters, self.around))
        return f"{BEGIN}{CAPITAL}?{OPEN}[^ /{banned}]*/[^ ]* "

    def word(self, word: Word) -> str:
        """A word, and for a comma also the one that closes an apposition."""
        if word.text == ",":
            return f"{BEGIN}[,{CLOSING_COMMA}] "
        return f"{BEGIN}{CAPITAL}{'' if word.capital else '?'}{_LITERAL}{re2.escape(word.text)} "

    def name_unit(self) -> str:
        """A capitalised word, or a mention that may be a part of a longer name: a place, an abbreviation."""
        whole = "".join(self.alphabet.letter(c) for c in _WHOLE_NAMES if c in self.alphabet)
        return f"{BEGIN}{CAPITAL}(?:[^ {OPEN}][^ ]*|{OPEN}[^ /{whole}]*/[^ ]*) "

    def word_class(self, name: str) -> str:
        if name == "lower":
            return _LOWER
        if name not in self.words:
            raise PatternError(unknown("word class", name, sorted(self.words)))
        if self.depth > 5:
            raise PatternError(f"the word class <{name}> contains itself")
        if name not in self.classes:
            self.depth += 1
            small, capital, others = _sorted(tuple(self.words[name]))
            # Phrases first, so that `director general` is not read as `director`. Single words share one border: a
            # class may have hundreds, and stand in a pattern several times.
            body = list(map(self.write, others))
            body += [f"{BEGIN}{CAPITAL}?{_LITERAL}(?:{'|'.join(small)}) "] if small else []
            body += [f"{BEGIN}{CAPITAL}{_LITERAL}(?:{'|'.join(capital)}) "] if capital else []
            self.classes[name] = f"(?:{'|'.join(body)})"
            self.depth -= 1
        return self.classes[name]

    def slot(self, slot: Slot) -> str:
        match slot:
            case Slot(name, "Clause"):
                return self.group(name, f"{_CLAUSE_FIRST}(?:{_CLAUSE_UNIT})*?")
            case Slot(name, "Caps", "+"):
                unit = self.name_unit()
                return self.group(name, f"{unit}(?:(?:{_JOIN})?(?:{_JOIN})?{unit}){{0,14}}")
            case Slot(name, "Caps"):
                return self.group(name, f"(?:{self.name_unit()}){{1,8}}")
            case Slot(name, "Name", mode):
                more = "{1,3}" if mode == "+" else "{0,3}"
                return self.group(name, f"{_NAME_WORD}(?:{_PARTICLE}?{_NAME_WORD}){more}")
            case Slot(name, "Words"):
                return self.group(name, f'(?:[^ {OPEN}{CAPITAL},;:.()"]+ ){{1,6}}?')
            case Slot(name, cls, "<"):
                return self.group(name, f"{BEGIN}{CAPITAL}?{OPEN}[^ /]*/[^ ]*[{self.letters(cls)}][^ ]* ")
            case Slot(name, cls, "+"):
                one = self.symbol(cls)
                group = f"{_HEADING}?{one}(?:{_LIST_MARK}{one})*"
                lists = f"{group}(?:{_LIST_MARK}?{group})*"
                return self.group(name, lists) + f"(?:{BEGIN}{CLOSING_COMMA} )?"
            case Slot(name, cls):
                return self.group(name, self.symbol(cls)) + f"(?:{BEGIN}{CLOSING_COMMA} )?"


@cache
def _sorted(phrases: tuple[str, ...]) -> tuple[list[str], list[str], list[Series]]:
    """The phrases of a word class: single words, single words with a capital, and all others."""
    small: list[str] = []
    capital: list[str] = []
    others: list[Series] = []
    for tree in map(parse, phrases):
        word = tree.items[0]
        if len(tree.items) == 1 and isinstance(word, Word) and word.text != ",":
            (capital if word.capital else small).append(re2.escape(word.text))
        else:
            others.append(tree)
    return small, capital, others


def _options() -> re2.Options:
    """Room for patterns with large word classes; what does not fit is matched more slowly, not wrongly."""
    options = re2.Options()
    options.max_mem = 256 << 20
    options.log_errors = False
    return options


def _last_slot(items: tuple[Element, ...]) -> Slot | None:
    for item in reversed(items):
        match item:
            case Slot():
                return item
            case Series(inner) | Choice(inner):
                found = _last_slot(inner)
                if found:
                    return found
    return None


def _optional(item: Element) -> bool:
    match item:
        case Choice(options):
            return any(all(map(_optional, o.items)) for o in options)
        case Series(items):
            return all(map(_optional, items))
        case Start():
            return True
    return False


@dataclass(frozen=True)
class Expression:
    """A compiled pattern."""

    source: str
    tree: Series
    _regexp: re2._Regexp[str]
    _groups: Mapping[str, str]
    bound: tuple[str, ...]

    def slot(self, name: str) -> Slot:
        """The first slot of that name."""
        return next(s for s in slots(self.tree) if s.name == name)

    def find(self, skeleton: Skeleton, start: int = 0) -> Iterator[Found]:
        """The matches from a unit on, from left to right, none overlapping another."""
        string = skeleton.string
        offset = skeleton.offset_of(start)
        for m in self._regexp.finditer(string[offset:]):
            filled: dict[str, tuple[int, int]] = {}
            gaps: list[tuple[int, int]] = []
            for key, name in self._groups.items():
                a, b = m.span(m.re.groupindex[key])
                if a < 0 or (a == b and not name):
                    continue
                units = (skeleton.unit_at(a + offset), skeleton.unit_at(b + offset))
                if name:
                    filled[name] = units
                else:
                    gaps.append(units)
            first, last = skeleton.unit_at(m.start() + offset), skeleton.unit_at(m.end() + offset)
            if last > first:
                yield Found(first, last, filled, tuple(gaps))

    def guards(self, skeleton: Skeleton, ranges: Mapping[str, tuple[int, int]]) -> bool:
        """Whether the pattern, a guard, stands around what was matched, with these slots bound."""
        if not set(self.bound) <= set(ranges):
            return False
        bound = {name: ranges[name] for name in self.bound}
        return self._regexp.search(skeleton.marked(bound, ranges["match"])) is not None


def compile(
    source: str,
    *,
    alphabet: Alphabet,
    words: Mapping[str, tuple[str, ...]],
    bound: frozenset[str] = frozenset(),
) -> Expression:
    """The compiled pattern; `bound` are the names of slots that a guard may bind.

    A clause with no neighbour on one side reaches the edge of the sentence there.
    Raises PatternError with what is allowed.
    """
    tree = parse(source)
    named = {e.name for e in walk(tree) if isinstance(e, Bound)} | (bound & {s.name for s in slots(tree)})
    used = tuple(sorted(named))
    for name in used:
        if name not in bound:
            raise PatternError(unknown("slot", name, sorted(bound)))
    writer = _Writer(alphabet, words, used)
    body = writer.write(tree)
    clauses = [i for i, item in enumerate(tree.items) if isinstance(item, Slot) and item.cls == "Clause"]
    if clauses and all(map(_optional, tree.items[: clauses[0]])):
        body = "^" + body
    if clauses and all(map(_optional, tree.items[clauses[-1] + 1 :])):
        body += _END
    try:
        return Expression(source, tree, re2.compile(body, _options()), writer.groups, used)
    except re2.error as error:
        raise PatternError(f"too large a pattern: {error}") from None
