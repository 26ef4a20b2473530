"""Hostile texts of any size: what a careless program, or an attacker, may leave in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

PROSE = (
    "Jane Roe, minister of trade of Arcadia, said on May 3 that the Tea Expo, held in Springfield, was attended by 300 "
    'companies. He added: "We will open it again." The ministry announced that the second Harbour Forum was not '
    "cancelled, and that the company (AC) and its chairman would attend. "
)
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe".split()


def name(number: int) -> str:
    """A name of two words; another for each number."""
    letters: list[str] = []
    while number or len(letters) < 4:
        number, digit = divmod(number, len(_SYLLABLES))
        letters.append(_SYLLABLES[digit])
    return f"{''.join(letters[:2]).title()} {''.join(letters[2:]).title()}"


def repeated(words: str) -> Callable[[int], str]:
    """The same words again and again."""
    return lambda size: (words * (size // len(words) + 1))[:size]


def numbered(template: str) -> Callable[[int], str]:
    """The same words again and again, each time with another name."""

    def make(size: int) -> str:
        made: list[str] = []
        length = 0
        for n in count():
            made.append(template.replace("NAME", name(n)).replace("NUMBER", str(n)))
            length += len(made[-1])
            if length >= size:
                return "".join(made)[:size]
        raise AssertionError

    return make


def nested(before: str, inside: str, behind: str) -> Callable[[int], str]:
    """Brackets inside brackets."""

    def make(size: int) -> str:
        depth = size // (len(before) + len(behind)) + 1
        return before * depth + inside + behind * depth

    return make


def after(first: str, rest: Callable[[int], str]) -> Callable[[int], str]:
    """A beginning, and then something hostile."""
    return lambda size: first + rest(size)


#: Each makes a text of about so many characters.
TEXTS: Mapping[str, Callable[[int], str]] = {
    "prose in one line": repeated(PROSE),
    "prose in lines": repeated(PROSE + "\n\n"),
    "prose in CRLF lines": repeated(PROSE.replace(". ", ".\r\n")),
    "no full stop": repeated("growth of trade and tea "),
    "one word": repeated("x"),
    "one capital": repeated("X"),
    "words of capitals": repeated("Harbour "),
    "names in a list": numbered("NAME, "),
    "names joined by and": numbered("NAME and "),
    "names in sentences": numbered("NAME attended the expo. "),
    "names in lines": numbered("NAME attended the expo.\n"),
    "ministers": numbered("NAME, minister of trade, said the minister will attend the Tea Expo NUMBER. "),
    "surnames": numbered("Minister NAME spoke. Mr. " + "Baba said he will go. "),
    "ministries": numbered("the Ministry of NAME, "),
    "posts of posts": repeated("minister of the chairman of the "),
    "expos of expos": repeated("the opening ceremony of the "),
    "known names": repeated("China "),
    "known names in a list": repeated("China, the United States and "),
    "appositions": repeated("Jane Roe, vice minister of commerce, "),
    "pronouns": repeated("he said that she told him, "),
    "pronouns in sentences": repeated("He said that it would grow. "),
    "descriptions": repeated("The company said the ministry told the expo. "),
    "turns": numbered("NAME: We will grow the trade of the company?\n"),
    "questions": repeated("Q: Will it grow?\nA: It will.\n"),
    "measures": after("The ministry takes the following measures. ", repeated("First, we should grow. ")),
    "occasions": numbered(
        "The NAME Tea Expo was held in Springfield on May 3. In his opening remarks, Mr. NAME said that tea grows. "
    ),
    "one occasion": numbered(
        "The Tea Expo was held in China on May 3. In his opening remarks, Mr. NAME said tea grows. "
    ),
    "measures of many": numbered(
        "NAME, minister of trade, said that tea grows. The Ministry of Trade takes the following measures. "
        "First, we should grow it. "
    ),
    "editions": numbered("The NUMBERth Tea Expo was opened by NAME, who said the Tea Expo grew. "),
    "groups": repeated("China, Japan and Russia met; the three countries and the regions said that it grew; "),
    "meetings": repeated("Jane Roe met John Doe. The meeting grew, and the talks were good. "),
    "fields of ministries": numbered("Ministry of NAME and NAME Minister Roe, the Trade Minister, "),
    "people who met people": numbered("NAME, NAME and NAME met NAME, NAME and NAME. "),
    "lists that met lists": numbered("NAME and NAME, NAME, " * 40 + "NAME met NAME and NAME" + ", NAME" * 40 + ". "),
    "deep round brackets": nested("(", "tea", ")"),
    "deep square brackets": nested("[a ", "tea", "]"),
    "deep quotation marks": nested("“a ", "tea", "”"),
    "open brackets": repeated("("),
    "open brackets with words": repeated("(Tea "),
    "open quotation marks": repeated("“Tea "),
    "straight quotation marks": repeated('"'),
    "quotations": repeated('"Tea grows," '),
    "quotations in sentences": repeated('"Tea grows. It is good," he said. '),
    "titles": repeated("《Tea》 "),
    "open titles": repeated("《"),
    "apostrophes": repeated("'s "),
    "abbreviations": numbered("NAME Board (NB) and "),
    "acronyms": repeated("NDRC (NDRC) "),
    "letters with stops": repeated("A."),
    "short words with stops": repeated("No. "),
    "stops": repeated("."),
    "commas": repeated(","),
    "colons": repeated(":"),
    "dashes": repeated("-"),
    "words with dashes": repeated("tea-"),
    "ampersands": repeated("a&"),
    "slashes": repeated("Tea/"),
    "bars": repeated("Tea | "),
    "underscores": repeated("_"),
    "digits": repeated("1"),
    "grouped digits": repeated("1,000,"),
    "decimals": repeated("1."),
    "numbers": repeated("300 million "),
    "percentages": repeated("up 3.2 percent to 5.1 billion yuan, "),
    "ordinals": repeated("twenty-third "),
    "days": repeated("May 3, 2024, "),
    "days in digits": repeated("2024-05-03 "),
    "ranges of days": repeated("from May 3 to "),
    "weekdays": repeated("Tuesday "),
    "spaces": after("a", repeated(" ")),
    "spaces between": repeated("a" + " " * 50),
    "line ends": after("a", repeated("\n")),
    "carriage returns": after("a", repeated("\r")),
    "short lines": repeated("Tea\n"),
    "headings": repeated("Tea Grows Again\n\n"),
    "datelines": repeated("NORTHPORT, May 3 (Coaster) -- Tea grows.\n"),
    "captions": repeated("Photo taken on May 3, 2024 shows the expo. (Photo by Jane Roe)\n"),
    "related": after(PROSE + "\n", repeated("Related:\nTea grows\n")),
    "combining marks": after("Caf", repeated("\u0301")),
    "combining marks on letters": repeated("e" + "\u0301" * 20),
    "right-to-left marks": repeated("\u202eTea \u202c"),
    "no-width marks": repeated("\u200b"),
    "byte order marks": repeated("\ufeffTea "),
    "private characters": repeated("\uf8f0\ue000"),
    "controls": repeated("\x01\x1b[2J"),
    "no-break spaces": repeated("Tea\u00a0"),
    "line separators": repeated("Tea grows.\u2028"),
    "Chinese": repeated("工业和信息化部部长肖亚庆出席会议。"),
    "Chinese without stops": repeated("国"),
    "dotted capitals": repeated("İ"),
    "beyond the first plane": repeated("\U0001f375"),
}

#: The worst that the language allows, each with the words that it is tried on; `xyz` stands where no match can use it.
PATTERNS: Mapping[str, tuple[str, str]] = {
    "an open end": ("tea [... xyz]", "tea "),
    "gaps": ("tea ... rice ... xyz", "tea rice "),
    "optionals in optionals": ("[a [a [a [a [a [a [a [a a]]]]]]]] a xyz", "a "),
    "a row of optionals": ("[a] " * 16 + "a a a a a a a a xyz", "a "),
    "choices of the same": ("(a|a a|a a a) (a|a a|a a a) (a|a a|a a a) xyz", "a "),
    "lists": ("{a:Place+} met {b:Place+} [with {c:Place+}]", "China, Japan "),
    "lists that never end": ("{a:Place+} [met {b:Place+} [met {c:Place+} [with {d:Place+}]]]", "China met "),
    "clauses": ("tea said {w:Clause} [, and tea said {v:Clause}] [, {u:Clause}] $", "tea said so, and "),
    "captured clauses": ("{w={v={u=a ...} b ...} c ...} xyz", "a b c "),
    "noun phrases": ("<nouns> of <nouns> of <nouns> xyz", "tea of the "),
    "word classes": ("(<said>|<aux>) [<adverb>] (<said>|<aux>) [<adverb>] [<said>] xyz", "said also "),
    "an open begin": ("[... xyz] tea", "rice tea "),
    "an open end behind a word": ("tea [, which ... xyz]", "tea, which "),
    "open ends": ("tea [... rice [... xyz [... tea]]]", "tea rice "),
    "an open middle": ("tea [rice ... xyz] milk", "tea rice tea milk "),
    "an open choice": ("tea (... xyz|rice)", "tea rice "),
    "a choice that begins first": ("(rice ... xyz|tea)", "rice tea "),
    "an open bracket": ("tea [... \\( xyz \\)]", "tea ( "),
    "an open capture": ("{w=tea [... xyz]}", "tea "),
    "an optional clause": ("tea [said {w:Clause} xyz]", "tea said "),
    "optional noun phrases": ("tea [<nouns> xyz]", "tea growth "),
    "an optional list": ("{a:Place} [, {b:Place+} xyz]", "China, Japan, "),
    "an optional mention": ("{a:Place} ... [... {b:Person}] grew", "China grew "),
    "nothing but options": ("[tea] [... xyz]", "tea rice "),
}
