"""A corpus that nobody wrote: news items with invented names, and an ontology that knows the names and reads them.

As in the project's own seeds a sentence has some 23 words, and one in four a date or a number; fewer have names, and
far fewer state a fact, as most of what is published is about other things. All follows from a seed. The first names of
a large corpus are those of a small one, and so are the first rules.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kg.model import Document
from kg.words import slug

_PROJECT = Path(__file__).parent.parent / "ontology"
#: What a reader of names and rules needs of the project's own knowledge; no shape, no public list.
_TAKEN = ("kg.ttl", "dataset.ttl", "words/grammar.toml", "words/zones.toml")
#: So many entities stand in one file.
_PER_FILE = 200


class Name(NamedTuple):
    """A name, its class, and the readable end of its IRI."""

    text: str
    cls: str

    @property
    def key(self) -> str:
        return slug(self.text)


class Rule(NamedTuple):
    """A rule as data; in `frame` stand the words around its verb, as a pattern and as they may be written."""

    id: str
    subject: str
    frame: tuple[str, ...]
    verb: str
    relation: str
    object: str

    @property
    def pattern(self) -> str:
        return f"{{a:{self.subject}}} {self.frame[0].format(self.verb)} [the] {{b:{self.object}}}"

    def said(self, a: str, b: str, way: int = 0) -> str:
        """The words in a text, in one of several ways."""
        ways = self.frame[1:]
        article = "the " if self.object in ("Event", "Body") else ""
        return f"{a}{ways[way % len(ways)].format(self.verb)} {article}{b}"


class Fact(NamedTuple):
    """What was written into a document: the rule that should read it, and the names."""

    document: str
    rule: str
    subject: str
    object: str


class Item(NamedTuple):
    """A news item, and the facts that stand in it."""

    document: Document
    facts: tuple[Fact, ...]


# ---------------------------------------------------------------------------------------------- names

#: Each ends with its only vowel, so that two different rows of them are two different words.
_SYLLABLES = [c + v for c in "b d f g h k l m n p r s t v z br dr gr kr tr".split() for v in "aeiou"]
_BODIES = (
    "Port Authority", "Chamber of Trade", "Institute of Tides", "Rail Office", "Council of Growers", "Grain Board",
    "Bureau of Bridges", "Harbour Police", "Society of Weavers", "Energy Agency", "Fishery Committee", "Savings Bank",
)  # fmt: skip
_EVENTS = ("Expo", "Forum", "Summit", "Congress")
_SUBJECTS = (
    "Seafood", "Timber", "Tea", "Robotics", "Shipping", "Grain", "Textile", "Health", "Water", "Energy", "Book", "Film",
    "Rail", "Trade", "Mining", "Climate", "Farming", "Solar", "Housing", "Tourism",
)  # fmt: skip
#: A block of names has so many of each, in this order; a body or an event is named after a place of its block.
_BLOCK = ("Place",) * 3 + ("Body",) * 4 + ("Event",) * 3 + ("Person",) * 10
#: The class of which an entity is, where a rule speaks of a wider one.
_TYPES = {"Place": "City", "Body": "Body", "Event": "Event", "Person": "Person"}


def _word(number: int, length: int) -> str:
    """The word of a number, another one for each below 100 to the power of `length`."""
    number = number * 7_654_321 % 100**length
    return "".join(_SYLLABLES[number // 100**n % 100] for n in range(length)).title()


def names(count: int) -> tuple[Name, ...]:
    """So many invented names, no two alike.

    >>> [name.text for name in names(20)[::6]]
    ['Bababaford', 'Bababaford Bureau of Bridges', 'Nigre Bababav', 'Vopa Nigrelask']
    """
    return tuple(_name(n) for n in range(count))


def _name(number: int) -> Name:
    block, n = divmod(number, len(_BLOCK))
    cls = _BLOCK[n]
    here = block * 3 + n % 3
    town = _word(here, 3) + ("ford", "holm", "mark", "stead")[here % 4]
    if cls == "Place":
        return Name(f"Port {town}" if here % 5 == 4 else town, cls)
    if cls == "Body":
        return Name(f"{town} {_BODIES[(block + n) % len(_BODIES)]}", cls)
    if cls == "Event":
        return Name(f"{town} {_SUBJECTS[here % len(_SUBJECTS)]} {_EVENTS[block % len(_EVENTS)]}", cls)
    person = block * 10 + n - 10
    family = _word(person // 3, 3) + ("v", "n", "sk", "r")[person // 3 % 4]
    middle = f" {_word(person % 89, 2)}" if person % 10 == 9 else ""
    return Name(f"{_word(person % 400, 2)}{middle} {family}", cls)


# ---------------------------------------------------------------------------------------------- rules

#: What a rule reads: the classes before and behind it, the relation, and ways to say so.
_SAYINGS = (
    ("Person", "attended", "Event",
        "attended, visited, toured, joined, frequented, enjoyed, sat through, flocked to, travelled to, flew to"),
    ("Person", "presidedOver", "Event",
        "chaired, presided over, led, moderated, steered, guided, conducted, refereed, hosted, headed"),
    ("Person", "spokeAt", "Event",
        ("addressed, spoke at, lectured at, gave a speech at, delivered remarks at, opened, greeted, took the "
         "floor at, preached at, sang at")),
    ("Event", "heldIn", "Place",
        ("opened in, took place in, met in, was held in, convened in, began in, closed in, drew crowds in, sat in, "
         "was staged in")),
    ("Event", "organisedBy", "Body",
        ("was organised by, was arranged by, was run by, was planned by, was mounted by, was prepared by, was put "
         "together by, was catered by, was set up by, was managed by")),
    ("Body", "locatedIn", "Place",
        ("is based in, sits in, is located in, has offices in, resides in, moved to, works out of, keeps house in, "
         "settled in, is headquartered in")),
    ("Body", "partOf", "Body",
        ("belongs to, is part of, answers to, is a branch of, is an arm of, reports to, is a division of, sits "
         "within, is a section of, works under")),
    ("Body", "hasMember", "Body",
        ("counts among its members, admitted, enrolled, took in, embraces, comprises, includes, has as a member, "
         "welcomed as a member, absorbed")),
    ("Event", "initiatedBy", "Person",
        ("was initiated by, was founded by, was proposed by, was dreamt up by, was begun by, was invented by, was "
         "launched by, was conceived by, was suggested by, was created by")),
    ("Event", "supportedBy", "Body",
        ("was supported by, was backed by, was sponsored by, was funded by, was financed by, was endorsed by, was "
         "promoted by, was paid for by, was aided by, was underwritten by")),
)  # fmt: skip
#: As patterns, then as texts have it: words alone, alternatives, a comma and a choice, a gap, something optional.
_FRAMES = (
    ("{}", " {}"),
    ("(also|later|soon) {}", " also {}", " later {}", " soon {}"),
    (", (who|which) {}", ", who {}", ", which {}"),
    (", they say ... {}", ", they say, {}", ", they say with some pride, {}", ", they say here and there, {}"),
    ("[then|once] again {}", " again {}", " then again {}", " once again {}"),
)


def rules(count: int) -> tuple[Rule, ...]:
    """So many rules, at most 500: those nearest to one another read different relations.

    >>> [rule.pattern for rule in rules(12)[::11]]
    ['{a:Person} attended [the] {b:Event}', '{a:Person} , (who|which) chaired [the] {b:Event}']
    """
    every = [
        Rule(f"corpus.{relation}-{n:02}", subject, _FRAMES[(n + m) % 5], verb, relation, thing)
        for n in range(50)
        for m, (subject, relation, thing, verbs) in enumerate(_SAYINGS)
        for verb in [verbs.split(", ")[n // 5]]
    ]
    return tuple(every[:count])


# ----------------------------------------------------------------------------------------------- text

_NOUNS = (
    "harbour market council farmer bridge railway mill orchard quarry ferry clinic school bakery library canal "
    "workshop garden shipyard depot factory forest village valley coast river meadow lighthouse brewery theatre "
    "museum stadium airport tunnel reservoir vineyard pasture kiln foundry cannery nursery archive ward parish "
    "cooperative warehouse crane barge tram pier dyke dam windmill greenhouse plantation herd fleet convoy crew "
    "committee panel delegation audience neighbour merchant carpenter teacher nurse driver sailor engineer painter"
).split()
_ADJECTIVES = (
    "old new quiet busy small large northern southern eastern western coastal rural wealthy poor modest proud sturdy "
    "narrow broad green grey wooden stony empty crowded local foreign regional seasonal public private ancient modern "
    "famous humble patient careful cheerful weary hopeful anxious stubborn generous thrifty idle eager"
).split()
_VERBS = (
    "repaired painted bought sold measured counted rebuilt cleaned inspected described praised blamed followed passed "
    "reached crossed watched guarded lost found moved lifted carried stored shipped planted watered harvested burned "
    "flooded closed widened copied weighed tasted cooled heated folded borrowed lent admired ignored"
).split()
_PLACES = (
    "near the station", "behind the mill", "along the canal", "under the bridge", "in the valley", "on the hill",
    "at the edge of the forest", "by the river", "outside the town", "in the old quarter", "across the bay",
    "with great care", "without a word", "for no reason", "to the surprise of all", "as it had always done",
)  # fmt: skip
_TIMES = (
    "on Tuesday", "last week", "in May", "before dawn", "after the rain", "for three days", "this winter", "on March 4",
    "at noon", "during the harvest", "since 2019", "over the weekend", "in the autumn", "twice a year", "by 12 percent",
)  # fmt: skip
_LINKS = (", and", ", while", ", because", ", although", ", so that", ", before", "; meanwhile,", ", where")
_OPENERS = ("On Tuesday, ", "As planned, ", "After a long night, ", "In the end ", "For once ", "", "", "", "")
_HEADLINES = ("puts off its plans", "counts the cost of the storm", "waits for better weather", "asks for more time")


@dataclass(frozen=True)
class Corpus:
    """What a corpus is made of.

    `names` are known; the text has the first `used` of them. Of `rules` the first `firing` stand in the text. Of all
    sentences `named` have names (half of these a cue of a rule, too, which does not fire), and `fires` state a fact.
    """

    names: int = 20_000
    rules: int = 20
    firing: int = 20
    used: int = 20_000
    named: float = 0.3
    fires: float = 0.05
    seed: int = 1

    # ------------------------------------------------------------------------------------- the ontology

    def write(self, folder: Path) -> Path:
        """The ontology of the corpus, in `folder/ontology`; the folder that `kg` takes for `--root`."""
        ontology = folder / "ontology"
        for part in _TAKEN:
            (ontology / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(_PROJECT / part, ontology / part)
        for part in ("entities", "rules", "mentions"):
            (ontology / part).mkdir(exist_ok=True)
        known = names(self.names)
        for n in range(0, len(known), _PER_FILE):
            path = ontology / "entities" / f"names-{n // _PER_FILE:04}.ttl"
            path.write_text(_turtle(known[n : n + _PER_FILE]), "utf-8")
        book = "\n".join(map(_toml, rules(self.rules)))
        (ontology / "rules" / "corpus.toml").write_text(book, "utf-8")
        return folder

    # ----------------------------------------------------------------------------------------- the text

    def items(self, size: int) -> Iterator[Item]:
        """News items of at least so many bytes together."""
        draw = random.Random(self.seed)
        made = 0
        while made < size:
            item = self._item(f"item-{self.seed}-{made:09}", draw)
            made += len(item.document.text.encode())
            yield item

    def documents(self, size: int) -> list[Document]:
        """The same, without what stands in them."""
        return [item.document for item in self.items(size)]

    def facts(self, size: int) -> frozenset[Fact]:
        """What stands in them."""
        return frozenset(fact for item in self.items(size) for fact in item.facts)

    def files(self, folder: Path, size: int) -> Path:
        """The same as text files in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for item in self.items(size):
            (folder / f"{item.document.name}.txt").write_bytes(item.document.text.encode())
        return folder

    @cached_property
    def _spoken_of(self) -> dict[str, list[Name]]:
        found: dict[str, list[Name]] = {cls: [] for cls in _TYPES}
        for name in names(min(self.used, self.names)):
            found[name.cls].append(name)
        return found

    @cached_property
    def _told(self) -> tuple[Rule, ...]:
        return rules(self.firing)

    @cached_property
    def _book(self) -> tuple[Rule, ...]:
        # The cues in near misses are of all 500: what is told does not change with the number of rules.
        return rules(500)

    def _item(self, name: str, draw: random.Random) -> Item:
        facts: list[Fact] = []
        town = self._any("Place", draw)
        day = date(2024, 1, 1) + timedelta(draw.randrange(365))
        head = f"The {_noun(draw)} {draw.choice(_HEADLINES)} near {town.text}"
        dateline = f"{town.text.upper()}, {day:%B} {day.day} (Coaster) -- "
        paragraphs = [self._paragraph(name, draw, facts) for _ in range(draw.randint(4, 9))]
        text = "\n\n".join((head, dateline + paragraphs[0], *paragraphs[1:])) + "\n"
        return Item(Document(name, text), tuple(facts))

    def _paragraph(self, document: str, draw: random.Random, facts: list[Fact]) -> str:
        said = []
        for _ in range(draw.randint(2, 5)):
            lot = draw.random()
            if lot < self.fires:
                said.append(self._firing(document, draw, facts))
            elif lot < self.named:
                said.append(self._named(draw))
            else:
                said.append(f"{_beginning(draw)}{_clause(draw)}{draw.choice(_LINKS)} {_clause(draw)}.")
        return " ".join(_sentence(words) for words in said)

    def _firing(self, document: str, draw: random.Random, facts: list[Fact]) -> str:
        told = []
        for _ in range(2 if draw.random() < 0.2 else 1):
            rule = draw.choice(self._told)
            a, b = self._any(rule.subject, draw), self._any(rule.object, draw)
            while a == b:
                b = self._any(rule.object, draw)
            facts.append(Fact(document, rule.id, a.key, b.key))
            told.append(rule.said(a.text, b.text, draw.randrange(6)))
        article = "" if told[0].split(" ")[0] == "the" else draw.choice(_OPENERS)
        return f"{article}{', and '.join(told)} {draw.choice(_PLACES)}{draw.choice(_LINKS)} {_clause(draw)}."

    def _named(self, draw: random.Random) -> str:
        """A sentence with names and no fact; half of them have the cue of a rule, half of these at a name's side."""
        rule = draw.choice(self._book)
        name, other = self._any(rule.subject, draw), self._any(draw.choice(list(_TYPES)), draw)
        match draw.randrange(4):
            case 0:
                words = f"{name.text} {rule.verb} the {_noun(draw)} {draw.choice(_PLACES)}"
            case 1:
                words = f"those who {rule.verb} the {_noun(draw)} remembered {name.text}"
            case 2:
                words = f"according to people near {name.text} and {other.text}, {_clause(draw)}"
            case _:
                words = f"{_clause(draw)}, as somebody told {other.text}"
        return f"{words}{draw.choice(_LINKS)} {_clause(draw)}."

    def _any(self, cls: str, draw: random.Random) -> Name:
        """Some name of a class: the first ones are told more often than the others."""
        some = self._spoken_of[cls]
        return some[int(len(some) * draw.random() ** 2)]


def _noun(draw: random.Random) -> str:
    return f"{draw.choice(_ADJECTIVES)} {draw.choice(_NOUNS)}"


def _clause(draw: random.Random) -> str:
    end = draw.choice(_TIMES if draw.random() < 0.17 else _PLACES)
    return f"the {_noun(draw)} {draw.choice(_VERBS)} the {_noun(draw)} {end}"


def _beginning(draw: random.Random) -> str:
    return draw.choice(_OPENERS)


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _turtle(known: Sequence[Name]) -> str:
    head = "@prefix kg: <ontology#> .\n@prefix id: <id/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n"
    return head + "".join(f'id:{n.key} a kg:{_TYPES[n.cls]} ; skos:prefLabel "{n.text}"@en .\n' for n in known)


def _toml(rule: Rule) -> str:
    """A rule with an example that fires, and one in which nothing stands between the two names."""
    marks = f"[Anna Talo|{rule.subject}]", f"[Tea Berin|{rule.object}]"
    fires = rule.said(*marks)
    misses = f"{marks[0]} saw {marks[1]}{fires.removeprefix(marks[0]).removesuffix(marks[1])}it"
    return f"""[[rule]]
id = "{rule.id}"
says = "Invented: {rule.relation}."
pattern = "{rule.pattern}"
emits = [["a", "{rule.relation}", "b"]]
[[rule.example]]
text = "{fires} today."
gives = [["Anna Talo", "{rule.relation}", "Tea Berin"]]
[[rule.example]]
text = "{misses}."
gives = []
"""
