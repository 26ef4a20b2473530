"""Queries kept as files: what is wrong with one has its place, and a value cannot leave its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import queries, questions
from kg.errors import OntologyError, QueryError
from kg.queries import Query

GOOD = """#+ summary: Who was there
#+ tags: people, events
#+ param day: when
#+ param who: whose
#+ may-be-empty: nobody was
SELECT ?x WHERE {
    VALUES ?day { "2021-03-08"^^xsd:date }
    values ?who { id:jane-roe }
    ?x ?y ?z .
}
"""
PREFIXES = {"id": "https://kg.example.org/id/", "kg": "https://kg.example.org/ontology#"}


def named(name: str) -> tuple[str, ...]:
    return {
        "Jane Roe": ("https://kg.example.org/id/jane-roe",),
        "https://kg.example.org/id/jane-roe": ("https://kg.example.org/id/jane-roe",),
        "https://elsewhere.example/x": ("https://elsewhere.example/x",),
        "Roe": ("https://kg.example.org/id/jane-roe", "https://kg.example.org/id/news/roe"),
    }.get(name, ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "queries").mkdir()
    return tmp_path


def write(folder: Path, text: str | bytes, name: str = "x.rq") -> None:
    (folder / "queries" / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def gathered(folder: Path, text: str) -> Query:
    write(folder, text)
    (query,) = questions.gather(folder)
    return query


def test_a_header_says_what_is_asked(folder: Path) -> None:
    query = gathered(folder, GOOD)
    assert (query.name, query.summary, query.tags) == ("x", "Who was there", ("people", "events"))
    assert query.header == {"tags": "people, events", "may-be-empty": "nobody was"}
    assert [(p.name, p.about, p.default, p.typed) for p in query.parameters] == [
        ("day", "when", '"2021-03-08"^^xsd:date', "2021-03-08"),
        ("who", "whose", "id:jane-roe", "id:jane-roe"),
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (GOOD.replace("summary", "sumary"), "x.rq:1: unknown key 'sumary'; did you mean 'summary'? Allowed are "),
        (GOOD.replace("#+ summary: Who was there\n", ""), "x.rq:1: needs `#+ summary: ...`"),
        (GOOD.replace("#+ tags: people, events\n", ""), "x.rq:1: needs `#+ tags: ...`"),
        (GOOD.replace("nobody was", ""), "x.rq:5: `may-be-empty` says nothing"),
        (GOOD.replace("param day:", "param:"), "x.rq:3: unknown key 'param'"),
        (GOOD.replace("tags:", "tags day:"), "x.rq:2: unknown key 'tags day'"),
        (GOOD.replace("param day", "param hour"), "x.rq:3: parameter hour: needs `VALUES ?hour { ... }` with one term"),
        (GOOD.replace("{ id:jane-roe }", "{ id:a id:b }"), "x.rq:4: parameter who: needs "),
        (
            GOOD + GOOD[GOOD.index("SELECT") :],
            "x.rq:3: parameter day: needs `VALUES ?day { ... }` with one term, once; ",
        ),
        ("caf\xe9".encode("latin-1"), "x.rq: cannot be read: "),
    ],
    ids=[
        *("unknown key", "no summary", "no tags", "an empty key", "a parameter without name", "a name for a key"),
        *("a parameter that is not there", "two terms", "twice", "no UTF-8"),
    ],
)
def test_what_is_wrong_with_a_header_has_its_line(folder: Path, text: str | bytes, wrong: str) -> None:
    write(folder, text)
    with pytest.raises(OntologyError) as caught:
        questions.gather(folder)
    assert str(folder / "queries" / wrong) in str(caught.value)


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    write(folder, "#+ tags: x\nASK {}\n", "a.rq")
    write(folder, "#+ summary: x\nASK {}\n", "b.rq")
    with pytest.raises(OntologyError) as caught:
        questions.gather(folder)
    assert [f.path.name for f in caught.value.faults] == ["a.rq", "b.rq"]


def test_without_a_folder_there_are_no_questions(tmp_path: Path) -> None:
    assert questions.gather(tmp_path) == ()


def test_a_query_of_somebody_needs_no_header(folder: Path) -> None:
    write(folder, "#+ endpoint: somewhere\n#+ param who: whose\nASK { VALUES ?who { 1 } ?who ?a ?b }\n")
    query = queries.read(folder / "queries" / "x.rq")
    assert (query.summary, query.parameters[0].name) == ("", "who")
    assert "{ 2 }" in query.bind({"who": "2"}, prefixes=PREFIXES, named=named)


VALUES = {
    "a day": ('"2021-03-08"^^xsd:date', "2024-02-29", '"2024-02-29"^^xsd:date'),
    "a day as others write it": ('"2021-03-08"^^xsd:date', "20240229", '"2024-02-29"^^xsd:date'),
    "a day by the whole datatype": (
        '"2021-03-08"^^<http://www.w3.org/2001/XMLSchema#date>',
        "2024-02-29",
        '"2024-02-29"^^<http://www.w3.org/2001/XMLSchema#date>',
    ),
    "words": ('"trade"', 'say "no" \\ } # ?x', '"say \\"no\\" \\\\ } # ?x"'),
    "words in a language": ('"trade"@en', "tin", '"tin"@en'),
    "no words": ('"trade"', "", '""'),
    "a number": ("3", "-12", "-12"),
    "a name": ("id:x", "Jane Roe", "<https://kg.example.org/id/jane-roe>"),
    "an IRI by its prefix": ("id:x", "id:jane-roe", "<https://kg.example.org/id/jane-roe>"),
    "a whole IRI": ("id:x", "https://elsewhere.example/x", "<https://elsewhere.example/x>"),
    "an IRI as SPARQL writes it": ("<a:b>", "<https://elsewhere.example/x>", "<https://elsewhere.example/x>"),
}


@pytest.mark.parametrize(("default", "value", "term"), VALUES.values(), ids=VALUES)
def test_a_value_is_a_term_of_the_kind_of_the_default(folder: Path, default: str, value: str, term: str) -> None:
    query = gathered(folder, GOOD.replace("{ id:jane-roe }", f"{{ {default} }}"))
    bound = query.bind({"who": value}, prefixes=PREFIXES, named=named)
    assert bound == query.text.replace(f"?who {{ {default} }}", f"?who {{ {term} }}")


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("day", "8 March", "day: '8 March' is no day; a day is written 2021-03-08"),
        ("day", "2021-02-30", "day: '2021-02-30' is no day; a day is written 2021-03-08"),
        ("who", "Roe", "who: 'Roe' is the name of several things; say which: id:jane-roe, id:news/roe"),
        ("who", "Doe", "who: nothing in the graph has the name 'Doe'"),
        ("who", "id:doe", "who: nothing in the graph is id:doe"),
        ("who", "<https://e.org/a b>", "who: 'https://e.org/a b' is no IRI"),
        ("hour", "12", "x: unknown parameter 'hour'; allowed are day, who"),
        ("dya", "12", "x: unknown parameter 'dya'; did you mean 'day'? Allowed are day, who"),
    ],
)
def test_what_is_wrong_with_a_value_is_one_line(folder: Path, name: str, value: str, wrong: str) -> None:
    with pytest.raises(QueryError) as caught:
        gathered(folder, GOOD).bind({name: value}, prefixes=PREFIXES, named=named)
    assert str(caught.value) == wrong


def test_a_number_is_no_word(folder: Path) -> None:
    query = gathered(folder, GOOD.replace("{ id:jane-roe }", "{ 3 }"))
    with pytest.raises(QueryError, match="who: 'many' is no whole number"):
        query.bind({"who": "many"}, prefixes=PREFIXES, named=named)


def test_a_value_that_looks_like_the_place_of_another_stays_a_value(folder: Path) -> None:
    query = gathered(folder, GOOD.replace('"2021-03-08"^^xsd:date', '"day"').replace("id:jane-roe", '"who"'))
    bound = query.bind({"day": "VALUES ?who { 1 }", "who": "VALUES ?day { 1 }"}, prefixes=PREFIXES, named=named)
    assert 'VALUES ?day { "VALUES ?who { 1 }" }' in bound
    assert 'values ?who { "VALUES ?day { 1 }" }' in bound


def test_a_description_needs_no_braces(tmp_path: Path) -> None:
    assert questions.find(tmp_path, "DESCRIBE id:miit").text == "DESCRIBE id:miit"


def test_what_is_asked_is_a_name_a_file_or_a_query(folder: Path) -> None:
    write(folder, GOOD)
    (folder / "mine.sparql").write_text("ASK {}")
    (folder / "latin.sparql").write_bytes(b"ASK { # caf\xe9\n}")
    path = folder / "queries" / "x.rq"
    assert questions.find(folder, "x").summary == questions.find(folder, str(path)).summary == "Who was there"
    assert questions.find(folder, str(folder / "mine.sparql")).text == "ASK {}"
    assert questions.find(folder, "ASK {}").text == "ASK {}"
    with pytest.raises(QueryError, match=r"y: neither a query .* nor a file; unknown question 'y'; allowed are x"):
        questions.find(folder, "y")
    with pytest.raises(QueryError, match=r"latin\.sparql: is not UTF-8"):
        questions.find(folder, str(folder / "latin.sparql"))
