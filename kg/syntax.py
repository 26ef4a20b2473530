"""The syntax of google-re2 for each element of a pattern, over the units of a skeleton."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

import re2

from kg.alphabet import BEGIN as NOUN
from kg.alphabet import CAPITAL, CLOSE, CLOSING_COMMA, MARKS, OPEN, SMALL, UNIT, mark
from kg.errors import unknown
from kg.grammar import Grammar
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
    last_slot,
    parse,
)
from kg.words import PLAIN

#: The mark before a unit, whether it may be a part of a noun phrase or not.
BEGIN = f"[{NOUN}{SMALL}]"
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
    return "(?:" + "|".join("".join(f"{BEGIN}{word}{MARKS} " for word in phrase.split()) for phrase in phrases) + ")"


_JOINTS = _words("and", "as well as", "along with", "together with")
_LIST_MARK = f"(?:{_COMMA}{_JOINTS}?|{_JOINTS}){_words('the', 'a', 'an')}?"
_GROUP_CUE = _words("including", "such as", "like", "namely", "especially")
#: `makers of tea such as`: no verb stands there, as in `A and B, includes members such as C`.
_HEADING_WORDS = _words("of", "in", "from", "for", "the", "other")
_HEADING_WORD = (
    rf"(?:{NOUN}{CAPITAL}?[^ {OPEN},;:.()\"{CLOSING_COMMA}]+ |{BEGIN}[^ {OPEN}]+ing{MARKS} |{_HEADING_WORDS})"
)
_HEADING = rf"(?:{_HEADING_WORD}{{0,5}}{_GROUP_CUE})"
_NAME_WORD = f"{BEGIN}{CAPITAL}[^ {OPEN}]*[^ {OPEN}.\\d][^ {OPEN}]* "
_PARTICLE_WORDS = (
    "bin bint ben ibn al van von der den ter de da do dos das du del della di el la le y e abu ould".split()
)
#: Also with a capital: `Sultan Bin Roe`. Then it is no word of its own among the four of a name.
_PARTICLE = f"(?:{BEGIN}{CAPITAL}?(?:{'|'.join(_PARTICLE_WORDS)}){MARKS} )"
#: A particle in one word with what follows: `el-Roe`.
_PREFIXED = f"{BEGIN}(?:(?:el|al|ul|ad|as|ash|ar|at|az|an)-|[dl]')[^ {OPEN}]+ "
#: What tells a son from his father: `Robert Roe Jr.`
_JUNIOR = rf"{BEGIN}{CAPITAL}(?:jr|sr|junior|ii|iii|iv){MARKS} (?:{BEGIN}\. )?"
#: What is named completely by itself is no part of a longer name.
_WHOLE_NAMES = ("Body", "Person", "Event", "Post", "Date", "Quotation", "Initiative", "Work", "Number", "Quantity")
_JOIN = f"(?:{_words('of', 'for', 'and', 'on', 'in', 'the', '&', '-')}|{BEGIN}, {_words('and')}?)"
#: One small word that may stand in a noun phrase.
_PLAIN = rf"{NOUN}[\pL\pN][^ ]* "
_LOWER = f"(?:{BEGIN}[^ {CAPITAL}][^ ]* |$)"
#: What may stand inside a noun phrase like a word of it; what only before its `'s`, or behind its `of`.
_NOUNS = ("Demonym", "Acronym", "Ordinal", "Topic", "Product", "Post")
_TOLD = ("Indicator",)
_OWNERS = ("Polity", "Region", "Body", "Group", "Initiative", "Date")
#: The longest expression that a word class may be: classes in classes multiply.
_LARGEST = 2_000_000
#: The end of a sentence, behind its last marks.
_END = rf'(?:{BEGIN}[.!?;"] )*$'


@dataclass(slots=True)
class Writer:
    """Elements of patterns in the syntax of google-re2; `groups` are its groups by the names of their slots."""

    grammar: Grammar
    bound: tuple[str, ...] = ()
    groups: dict[str, str] = field(default_factory=dict)
    around: tuple[str, ...] = ()
    depth: int = 0

    def _group(self, name: str, body: str) -> str:
        key = f"g{len(self.groups)}"
        self.groups[key] = name
        return f"(?P<{key}>{body})"

    def _letters(self, cls: str) -> str:
        """The characters of a class, or of several."""
        for one in cls.split("|"):
            if one not in self.grammar.alphabet:
                raise PatternError(unknown("class", one, sorted({"Clause", *self.grammar.alphabet.names})))
        return "".join(map(self.grammar.alphabet.letter, cls.split("|")))

    def _symbol(self, cls: str) -> str:
        return f"{BEGIN}{CAPITAL}?{OPEN}[^ /]*[{self._letters(cls)}][^ /]*/[^ ]* "

    def write(self, tree: Element) -> str:
        """The expression for an element; raises PatternError for a class or word class that is not declared."""
        match tree:
            case Word():
                return self._word(tree)
            case WordClass(name):
                return self._word_class(name)
            case Slot():
                return self._slot(tree)
            case Gap():
                return self._group("", f"(?:{_WORD}|{self._other_symbol()})*?")
            case Capture(name, inner) if name in self.bound:
                return self._marked(name, self.write(inner))
            case Capture(name, inner):
                return self._group(name, self.write(inner))
            case Start():
                return "^"
            case End():
                return _END
            case Bound(name):
                return self._marked(name)
            case Choice(options):
                return "(?:" + "|".join(self._options(options)) + ")"
            case Series(items):
                return "".join(self._items(items))

    def _options(self, options: tuple[Series, ...]) -> Iterator[str]:
        """The options; words side by side share one border, as those of a class do."""
        for capital, some in groupby(options, lambda option: word.capital if (word := _alone(option)) else None):
            if capital is None:
                yield from map(self.write, some)
            else:
                yield _either([re2.escape(word.text) for word in map(_alone, some) if word], capital=capital)

    def _marked(self, name: str, beginning: str = "") -> str:
        """The units of a bound slot, which begin so."""
        i = self.bound.index(name)
        return f"{BEGIN}{mark(i)} {beginning}(?:{_ANY})*?{BEGIN}{mark(i, closing=True)} "

    def _items(self, items: tuple[Element, ...]) -> Iterator[str]:
        outer = self.around
        for i, item in enumerate(items):
            if isinstance(item, Gap):
                near = (last_slot(items[:i]), last_slot(items[:i:-1]))
                self.around = tuple(s.cls for s in near if s and s.cls not in TEXT_SLOTS)
            yield self.write(item)
        self.around = outer

    def _other_symbol(self) -> str:
        banned = "".join(map(self._letters, self.around))
        return f"{BEGIN}{CAPITAL}?{OPEN}[^ /{banned}]*/[^ ]* "

    def _word(self, word: Word) -> str:
        """A word, and for a comma also the one that closes an apposition."""
        if word.text == ",":
            return f"{BEGIN}[,{CLOSING_COMMA}] "
        return _either([re2.escape(word.text)], capital=word.capital)

    def _name_unit(self) -> str:
        """A capitalised word, or a mention that may be a part of a longer name: a place, an abbreviation."""
        whole = "".join(self.grammar.alphabet.letter(c) for c in _WHOLE_NAMES if c in self.grammar.alphabet)
        return f"{BEGIN}{CAPITAL}(?:[^ {OPEN}][^ ]*|{OPEN}[^ /{whole}]*/[^ ]*) "

    def _word_class(self, name: str) -> str:
        if name == "lower":
            return _LOWER
        if name == "closing":
            return f"{BEGIN}{CLOSING_COMMA} "
        if name == "nouns":
            return self._nouns()
        if name == "plain":
            return _PLAIN
        if name not in self.grammar.words:
            raise PatternError(unknown("word class", name, sorted(self.grammar.words)))
        if self.depth > 5:
            raise PatternError(f"the word class <{name}> contains itself")
        return self.grammar.written.get(name) or self._class(name)

    def _check(self, written: str, name: str) -> None:
        """Raises PatternError for a word class that, all classes in it written out, is larger than any should be."""
        if len(written) > _LARGEST:
            raise PatternError(f"too large a pattern: <{name}> takes {len(written):,} signs; allowed are {_LARGEST:,}")

    def _class(self, name: str) -> str:
        """The phrases of a word class, kept for other patterns unless a gap in them is a group of this one."""
        before = len(self.groups)
        self.depth += 1
        marks = self.grammar.alphabet.marks.get(name, {})
        phrases = self.grammar.words[name]
        small, capital, others = _sorted(tuple(p for p in phrases if not (marks and PLAIN.fullmatch(p))))
        # Phrases first, so that `director general` is not read as `director`. Single words share one border: a
        # class may have hundreds, and stand in a pattern several times.
        body = list(map(self.write, others))
        body += [f"{BEGIN}[^ ]*{mark}[^ ]* {UNIT * (width - 1)}" for width, mark in marks.items()]
        body += [_either(small, capital=False)] if small else []
        body += [_either(capital, capital=True)] if capital else []
        self.depth -= 1
        written = f"(?:{'|'.join(body)})"
        self._check(written, name)
        if len(self.groups) == before:
            self.grammar.written[name] = written
        return written

    def _nouns(self) -> str:
        """A run of words that may be a noun phrase without its article: none is of the class `no-noun`."""
        if "nouns" not in self.grammar.written:
            word = rf"{NOUN}{CAPITAL}?[\pL\pN][^ ]* "
            owner = f"{self._symbol('|'.join(c for c in _OWNERS if c in self.grammar.alphabet))}{BEGIN}'s "
            kinds, told = (
                self._letters("|".join(c for c in every if c in self.grammar.alphabet)) for every in (_NOUNS, _TOLD)
            )
            inner = f"{BEGIN}{CAPITAL}?{OPEN}[^ /{told}]*[{kinds}][^ /{told}]*/[^ ]* "
            one = f"(?:{word}|{inner})"
            self.grammar.written["nouns"] = f"(?:{owner})?{one}(?:(?:{BEGIN}'s? |{_BRACKETS})?{one})*"
        return f"(?:{self.grammar.written['nouns']})"

    def _slot(self, slot: Slot) -> str:
        match slot:
            case Slot(name, "Clause"):
                return self._group(name, f"{_CLAUSE_FIRST}(?:{_CLAUSE_UNIT})*?")
            case Slot(name, "Caps", "+"):
                unit = self._name_unit()
                return self._group(name, f"{unit}(?:(?:{_JOIN})?(?:{_JOIN})?{unit}){{0,14}}")
            case Slot(name, "Caps"):
                return self._group(name, f"(?:{self._name_unit()}){{1,8}}")
            case Slot(name, "Name", mode):
                more = "{1,3}" if mode == "+" else "{0,3}"
                further = f"{_JUNIOR}|{_PARTICLE}{{0,2}}{_NAME_WORD}|{_PREFIXED}"
                return self._group(name, f"{_NAME_WORD}(?:{further}){more}")
            case Slot(name, "Words"):
                return self._group(name, f'(?:[^ {OPEN}{CAPITAL},;:.()"]+ ){{1,6}}?')
            case Slot(name, cls, "<"):
                return self._group(name, f"{BEGIN}{CAPITAL}?{OPEN}[^ /]*/[^ ]*[{self._letters(cls)}][^ ]* ")
            case Slot(name, cls, "+"):
                one = self._symbol(cls)
                group = f"{_HEADING}?{one}(?:{_LIST_MARK}{one})*"
                lists = f"{group}(?:{_LIST_MARK}?{group})*"
                return self._group(name, lists) + f"(?:{BEGIN}{CLOSING_COMMA} )?"
            case Slot(name, cls):
                return self._group(name, self._symbol(cls)) + f"(?:{BEGIN}{CLOSING_COMMA} )?"


def _either(words: Sequence[str], *, capital: bool) -> str:
    """Any of these words, already escaped, with a capital or whether they have one or not."""
    texts = words[0] if len(words) == 1 else f"(?:{'|'.join(words)})"
    return f"{BEGIN}{CAPITAL}{'' if capital else '?'}{_LITERAL}{texts}{MARKS} "


def _alone(tree: Series) -> Word | None:
    """The word that the elements are, if they are one; a comma is more than a word."""
    first = tree.items[0] if len(tree.items) == 1 else None
    return first if isinstance(first, Word) and first.text != "," else None


@cache
def _sorted(phrases: tuple[str, ...]) -> tuple[list[str], list[str], list[Series]]:
    """The phrases of a word class: single words, single words with a capital, and all others."""
    small: list[str] = []
    capital: list[str] = []
    others: list[Series] = []
    for tree in map(parse, phrases):
        if word := _alone(tree):
            (capital if word.capital else small).append(re2.escape(word.text))
        else:
            others.append(tree)
    return small, capital, others
