"""Words of English text: folding, tokens, numerals and slugs; the lowest floor of the house."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

_FOLDS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』＂", '"'),
        **dict.fromkeys("‘’‚‛`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f\u3000", " "),
        "Σ": "σ",  # and not the letter that `lower` takes at the end of a word
        "，": ",",
        "。": ".",
        "；": ";",
        "：": ":",
        "（": "(",
        "）": ")",
    }
)

#: `Bashar al-Assad`: the article belongs to the name.
_ARTICLE = re.compile(r"(?:al|el|as|ash|ad|an|ar|at|az|ould)[-‐‑](?=[A-Z])")
#: `Robert Roe Jr.` is `Roe` again.
_JUNIOR = re.compile(r"(?:Jr|Sr|Junior|I{2,3}|IV)\.?")
_TOKEN = re.compile(
    r"[A-Za-z]+(?=[ ,;:)])"  # most words: nothing below would find another end for them
    r"|['’]s\b"
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d+(?:\.\d+)?(?i:st|nd|rd|th|bn|mn|tn|m|k)?(?!\w)"
    r"|[^\W\d_]+\d+\.\d+(?!\w)"
    r"|(?:[^\W\d_]\.){2,}"
    r"|\w+(?:(?:[-‐‑&]|['’](?!s\b))\w+)*"
    r"|[-‐‑‒–—―−]+|\S",
)

#: Words that are their own tokens.
PLAIN = re.compile(r"[a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*)*")
#: Words of a name that its abbreviation may leave out.
_SMALL = frozenset("of the and for on in to with a an".split())
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
#: Texts have the same words again and again; of so many it is known whether they are numbers.
KNOWN = 1 << 14
#: What has more digits counts nothing, and Python refuses to read some thousands of them as a number.
_DIGITS = 18
_TENS = {"thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80, "ninet": 90, "twent": 20}
#: How a numeral may begin, in folded text, letter by letter: without one of these a text has none.
NUMERAL = re.compile(
    r"\d|\b(?:"
    + "|".join(
        f"{letter}(?:{'|'.join(word[1:] for word in some)})"
        for letter, some in groupby(sorted((*_UNITS, *_ORDINALS, *_TENS)), key=itemgetter(0))
    )
    + ")"
)


#: A word or a mark: its folded text, and where it starts and ends. They are too many to be more than tuples.
Token = tuple[str, int, int]
#: Half a character, as a careless program leaves it: UTF-8 has no bytes for it, so no file could hold it.
HALF = re.compile("[\ud800-\udfff]")


def fold(text: str) -> str:
    """The text in lower case with plain quotation marks, dashes and spaces; never longer or shorter.

    >>> fold("“Ministry’s” Café—2 İ")
    '"ministry\\'s" café-2 i'
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    plain = text.translate(_FOLDS)
    lowered = plain.lower()
    if len(lowered) == len(plain):
        return lowered
    return "".join(c.lower()[0] for c in plain)


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words and marks between two offsets, `'s` being a word of its own.

    >>> [word for word, _, _ in tokens("China’s “U.S. sub-forum” cost 1,100.5 on the 16th, Ltd.")]
    ['china', "'s", '"', 'u.s.', 'sub-forum', '"', 'cost', '1,100.5', 'on', 'the', '16th', ',', 'ltd', '.']
    """
    stop = len(text) if end is None else end
    folded = fold(text[start:stop])
    found = []
    for m in _TOKEN.finditer(text, start, stop):
        first, last = m.span()
        words = folded[first - start : last - start]
        found.append(("-" if words[0] == "-" else words, first, last))
    return found


def wordings(text: str) -> frozenset[str]:
    """The words and marks of a text as its tokens have them, not where they stand.

    >>> sorted(wordings("No, no: the tea–room’s tea"))
    ["'s", ',', '-', ':', 'no', 'room', 'tea', 'the']
    """
    found = fold("\n".join(_TOKEN.findall(text))).split("\n")
    return frozenset("-" if words[0] == "-" else words for words in found)


@lru_cache(KNOWN)
def ordinal(word: str) -> int | None:
    """The number that an ordinal stands for, in words up to ninety-ninth, or in digits.

    >>> [ordinal(w) for w in ("Fifth", "16th", "twenty-third", "sixthly", "fifty")]
    [5, 16, 23, 6, None]
    """
    word = fold(word)
    if m := re.fullmatch(rf"(\d{{1,{_DIGITS}}})(?:st|nd|rd|th)", word):
        return int(m[1])
    if word in _ORDINALS:
        return _ORDINALS.index(word)
    if word.endswith("ly") and word[:-2] in _ORDINALS:
        return _ORDINALS.index(word[:-2])
    if m := re.fullmatch(r"(\w+?)(?:ieth|y-(\w+))", word):
        tens = _TENS.get(m[1])
        units = ordinal(m[2]) if m[2] else 0
        if tens and units is not None and units < 10:
            return tens + units
    return None


@lru_cache(KNOWN)
def cardinal(word: str) -> int | None:
    """The number that a cardinal word stands for, up to twenty, or in digits.

    >>> [cardinal(w) for w in ("four", "17", "12,000", "many", "9" * 5000)]
    [4, 17, 12000, None, None]
    """
    word = fold(word)
    if word in _UNITS:
        return _UNITS.index(word)
    digits = word.replace(",", "")
    return int(digits) if digits.isdecimal() and len(digits) <= _DIGITS else None


def english_ordinal(number: int) -> str:
    """The number with its ending.

    >>> [english_ordinal(n) for n in (1, 2, 3, 11, 22, 35)]
    ['1st', '2nd', '3rd', '11th', '22nd', '35th']
    """
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def slug(text: str) -> str:
    """A readable IRI segment: lower-case words joined by hyphens; letters of other scripts are kept.

    >>> slug("Sichuan Jian'an Industry Co., Ltd.")
    'sichuan-jianan-industry-co-ltd'
    >>> slug("Café — 2024"), slug("工信部"), slug("!")
    ('cafe-2024', '工信部', 'x')
    """
    plain = unicodedata.normalize("NFKD", fold(text).replace("'", ""))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return "-".join(re.findall(r"\w+", unicodedata.normalize("NFC", kept).replace("_", " "))) or "x"


def bare(text: str) -> str:
    """The words of a description without article, in one line.

    >>> bare("a  press\\nconference")
    'press conference'
    """
    return re.sub(r"(?i)^(?:the|an?|this|that|these|those|its|their)\s+", "", " ".join(text.split()))


def capitalised(word: str) -> bool:
    """Whether a word has its capital, if need be behind the article of an Arabic name.

    >>> capitalised("Assad"), capitalised("al-Assad"), capitalised("el-Sisi"), capitalised("non-OPEC")
    (True, True, True, False)
    """
    return word[:1].isupper() or _ARTICLE.match(word) is not None


def name_words(name: str) -> list[str]:
    """The words of a person's name, without what tells a son from his father.

    >>> name_words("Robert E. Roe Jr."), name_words("Jane Roe")
    (['Robert', 'E.', 'Roe'], ['Jane', 'Roe'])
    """
    words = name.split()
    return words[:-1] if len(words) > 2 and _JUNIOR.fullmatch(words[-1]) else words


def surname_forms(word: str) -> tuple[str, ...]:
    """A word of a name, and the same as others write it: `SAITO Ken` is `Mr. Saito` again.

    >>> surname_forms("SAITO"), surname_forms("Roe"), surname_forms("al-Doe")
    (('SAITO', 'Saito'), ('Roe',), ('al-Doe', 'Doe'))
    """
    if article := _ARTICLE.match(word):
        return (word, word[article.end() :])
    return (word, word.title()) if word.isupper() and len(word) > 2 else (word,)


def singular(words: str) -> str:
    """A plural description in the singular: its last word decides.

    >>> singular("leading car companies"), singular("key institutions"), singular("press")
    ('leading car company', 'key institution', 'press')
    """
    if words.endswith("ies"):
        return words[:-3] + "y"
    if re.search(r"(?:ch|sh|ss|x)es$", words):
        return words[:-2]
    return words[:-1] if re.search(r"[^s]s$", words) else words


def abbreviates(short: str, name: str) -> bool:
    """Whether the letters of an abbreviation stand in the name in their order, the first at the beginning of a word.

    >>> abbreviates("NEVs", "new energy vehicles"), abbreviates("NYSE", "Acme Steel"), abbreviates("MIIT", "Mitra")
    (True, False, False)
    >>> abbreviates("the Alliance", "Acme Alliance")
    True
    """
    letters = [c for c in fold(short).removeprefix("the ") if c.isalnum()]
    rest = iter(c for c in fold(name) if c.isalnum())
    begins = {word[0] for word, _, _ in tokens(name)}
    return bool(letters) and letters[0] in begins and all(c in rest for c in letters)


def spelled(short: str, text: str, start: int, end: int) -> int | None:
    """Where the words begin that end at an offset and whose first letters are those of an abbreviation.

    >>> spelled("RECs", "Africa's regional economic communities", 0, 38)
    9
    >>> spelled("AfCFTA", "the African Continental Free Trade Area", 0, 39)
    4
    >>> spelled("WHO", "the World Health Organization", 0, 29), spelled("EU", "they left", 0, 9)
    (4, None)
    """
    letters = fold("".join(c for c in short if c.isupper()))
    words = [(word, at) for word, at, _ in tokens(text, start, end) if word[0].isalpha()][-3 * len(letters) :]
    for first, (begin, at) in reversed(list(enumerate(words))):
        if begin[0] != letters[:1] or begin in _SMALL:
            continue
        every = [part for word, _ in words[first:] for part in word.split("-") if part]
        big = [w for w in every if w not in _SMALL]
        if letters in ("".join(w[0] for w in every), "".join(w[0] for w in big)) and len(letters) > 1:
            return at
    return None
