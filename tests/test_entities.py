from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.entities import Entity, read
from kg.errors import OntologyError
from kg.gazetteer import gazetteer
from kg.pipeline import Ontology
from kg.vocabulary import Vocabulary

PREFIXES = """@prefix kg: <ontology#> .
@prefix id: <id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
BASE = "https://kg.example.org/id/"


def entity(slug: str, *names: str, cls: str = "Person", demonyms: Sequence[str] = ()) -> Entity:
    return Entity(slug, names[0], frozenset({cls}), names, tuple(demonyms))


KNOWN = gazetteer(
    [
        entity("china", "China", "中国", cls="Country", demonyms=["Chinese"]),
        entity("expo", "China Tea Expo", "CTE", cls="Expo"),
        entity("nevs", "new energy vehicles", cls="Topic"),
        entity("hou", "Hou Tao"),
        entity("us", "United States", "US", "U.S.", cls="Country"),
        entity("agency", "Xinhua", cls="Media"),
        entity("county", "Xinhua", cls="Region"),
        entity("jianan", "Jian'an Co., Ltd.", cls="Company"),
        entity("istanbul", "İzmir", cls="City"),
    ]
)


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("in China.", [("China", ["china"])]),
        ("in CHINA", [("CHINA", ["china"])]),
        ("the china shop", []),
        ("Indochina, Chinatown", []),
        ("China's ports", [("China", ["china"])]),
        ("the China–Laos railway", [("China", ["china"])]),
        ("the China Tea Expo", [("China", ["china"]), ("China Tea Expo", ["expo"])]),
        ("CTE, but not cte or CTEs", [("CTE", ["expo"])]),
        ("they tell us of the US", [("US", ["us"])]),
        ("the U.S. and others", [("U.S.", ["us"])]),
        (
            "New energy vehicles, new energy vehicles",
            [("New energy vehicles", ["nevs"]), ("new energy vehicles", ["nevs"])],
        ),
        ("hou tao spoke to Hou  Tao", []),
        ("Xinhua said", [("Xinhua", ["agency", "county"])]),
        ("Jian’an Co., Ltd. made it", [("Jian’an Co., Ltd.", ["jianan"])]),
        ("在中国举行", [("中国", ["china"])]),
        ("İİ İzmir", [("İzmir", ["istanbul"])]),
        ("Chinese tea", [("Chinese", ["china"])]),
        ("", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_names_in_a_text(text: str, hits: list[tuple[str, list[str]]]) -> None:
    found = sorted(KNOWN.find(text), key=lambda h: (h.start, h.end))
    assert [(text[h.start : h.end], sorted(h.entities)) for h in found] == hits


def test_an_adjective_is_told_from_a_name() -> None:
    (name,) = KNOWN.find("China")
    (adjective,) = KNOWN.find("Chinese")
    assert (name.demonym, adjective.demonym) == (False, True)


def test_nobody_known_is_found_nowhere() -> None:
    assert list(gazetteer([]).find("China")) == []
    assert gazetteer([]).named("China") == ()


def test_a_whole_name_is_looked_up_without_case() -> None:
    assert KNOWN.named("CHINA TEA EXPO") == ("expo",)
    assert KNOWN.named("Tea Expo") == ()
    assert set(KNOWN.named("xinhua")) == {"agency", "county"}


def told(folder: Path, vocabulary: Vocabulary, **files: str) -> list[str]:
    """The faults of entity files, `line: what` with the file's name before it."""
    (folder / "entities").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "entities" / f"{name}.ttl").write_text(PREFIXES + text, "utf-8")
    try:
        read(folder, vocabulary)
    except OntologyError as error:
        return [str(f).removeprefix(f"{folder}/entities/") for f in error.faults]
    return []


def test_an_entity_is_read_whole(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert not told(
        tmp_path,
        vocabulary,
        a="""
id:jane-roe a kg:Person ; skos:prefLabel "Jane Roe"@en , "简·罗"@zh ; skos:altLabel "J. Roe" , "Roe Jane" ;
    skos:hiddenLabel "Jane Reo" ; schema:familyName "Roe" ; skos:note "Not the painter." .
id:arcadia a kg:Country ; skos:prefLabel "Arcadia"@en ; kg:demonym "Arcadian" .
""",
    )
    jane, arcadia = sorted(read(tmp_path, vocabulary), key=lambda e: e.label, reverse=True)
    assert (jane.iri, jane.label, jane.classes, jane.family) == (
        f"{BASE}jane-roe",
        "Jane Roe",
        frozenset({"Person"}),
        "Roe",
    )
    assert jane.names == ("Jane Roe", "J. Roe", "Jane Reo", "Roe Jane", "简·罗")
    assert (arcadia.label, arcadia.classes, arcadia.demonyms) == ("Arcadia", frozenset({"Country"}), ("Arcadian",))


ROE = 'id:roe a kg:Person ; skos:prefLabel "Jane Roe"@en .\n'


@pytest.mark.parametrize(
    ("files", "faults"),
    [
        ({"a": ROE, "b": ROE}, [f"b.ttl:6: the IRI <{BASE}roe> was used before, in a.ttl"]),
        (
            {"a": ROE + 'id:roe a kg:Person ; skos:prefLabel "Janet Roe"@en .\n'},
            [
                f"a.ttl:7: the IRI <{BASE}roe> was used before, in line 6",
                f"a.ttl:6: <{BASE}roe> needs a class and one English",
            ],
        ),
        (
            {"a": ROE, "b": 'id:other a kg:Person ; skos:prefLabel "JANE ROE"@en .\n'},
            [
                f"b.ttl:6: <{BASE}other> and <{BASE}roe> have equal label and class, and no owl:differentFrom",
            ],
        ),
        ({"a": ROE, "b": 'id:other a kg:Person ; skos:prefLabel "Jane Roe"@en ; owl:differentFrom id:roe .\n'}, []),
        ({"a": ROE, "b": 'id:other a kg:Company ; skos:prefLabel "Jane Roe"@en .\n'}, []),
        (
            {"a": 'id:roe a kg:Qqq ; skos:prefLabel "Jane Roe"@en .\n'},
            ["a.ttl:6: unknown class of an entity 'Qqq'; allowed are Academy, Agent, "],
        ),
        (
            {"a": 'id:roe a kg:Persona ; skos:prefLabel "Jane Roe"@en .\n'},
            ["a.ttl:6: unknown class of an entity 'Persona'; did you mean 'Person'? Allowed are Academy, Agent, "],
        ),
        ({"a": "id:roe a kg:Person .\n"}, [f"a.ttl:6: <{BASE}roe> needs a class and one English skos:prefLabel"]),
        (
            {"a": 'id:roe a kg:Person ; skos:prefLabel "简"@zh .\n'},
            [f"a.ttl:6: <{BASE}roe> needs a class and one English skos:prefLabel"],
        ),
        (
            {"a": 'id:roe skos:prefLabel "Jane Roe"@en .\n'},
            [f"a.ttl:6: <{BASE}roe> needs a class and one English skos:prefLabel"],
        ),
        (
            {"a": ROE.replace(" .", " ; kg:ministerOf id:miit .")},
            ["a.ttl:6: <https://kg.example.org/ontology#ministerOf> may not stand here; allowed are rdf:type, "],
        ),
        ({"a": ROE + "\nid:x a kg:Person skos:prefLabel\n"}, ["a.ttl:8: "]),
        ({"a": ROE.replace("Jane Roe", " ")}, ["a.ttl:6: "]),
        ({"a": ROE.replace("id:roe", "<https://elsewhere.example/roe>")}, ["a.ttl:6: "]),
        ({"a": '[] a kg:Person ; skos:prefLabel "Jane Roe"@en .\n'}, ["a.ttl: has a blank node"]),
        (
            {"a": "id:roe a kg:Person ; skos:prefLabel id:x .\n"},
            [f"a.ttl:6: <{BASE}roe> needs a class and one English"],
        ),
        ({"a": ROE.replace("kg:Person", "kg:Date")}, ["a.ttl:6: "]),
    ],
    ids=[
        "one IRI in two files",
        "one IRI twice in a file",
        "equal label and class",
        "told apart",
        "equal label, other class",
        "unknown class",
        "a class like it",
        "no label",
        "no English label",
        "no class",
        "a relation",
        "no Turtle",
        "an empty name",
        "a foreign IRI",
        "a blank node",
        "a label that is no text",
        "a class of values",
    ],
)
def test_faults_of_entity_files(
    files: dict[str, str], faults: list[str], tmp_path: Path, vocabulary: Vocabulary
) -> None:
    found = told(tmp_path, vocabulary, **files)
    assert len(found) == len(faults), found
    for line, begin in zip(found, faults, strict=True):
        assert line.startswith(begin)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path, vocabulary: Vocabulary) -> None:
    found = told(
        tmp_path,
        vocabulary,
        a="id:x a kg:Person\n",
        b=ROE + 'id:y a kg:Nobody ; skos:prefLabel "Y"@en .\n',
        c=ROE,
    )
    assert [f.partition(": ")[0] for f in found] == ["a.ttl:7", "b.ttl:7", "c.ttl:6"]


def test_a_file_that_is_not_utf_8_is_a_fault(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (tmp_path / "entities").mkdir()
    (tmp_path / "entities" / "a.ttl").write_bytes(
        PREFIXES.encode() + 'id:roe skos:note "caf\xe9" .\n'.encode("latin-1")
    )
    with pytest.raises(OntologyError, match=r"a\.ttl:"):
        read(tmp_path, vocabulary)


def test_the_curated_entities_relate_nobody_to_anybody(ontology: Ontology) -> None:
    assert {e.iri for e in ontology.known} >= {
        f"{BASE}{slug}" for slug in ("miit", "xiao-yaqing", "han-zheng", "ran-zheng")
    }
    for one in ontology.known:
        assert one.classes <= ontology.vocabulary.classes.keys()
        assert one.label == one.names[0]
        assert one.iri.startswith(BASE)


def test_the_curated_officials_have_their_chinese_names(ontology: Ontology) -> None:
    by_iri = {e.iri.removeprefix(BASE): e.names for e in ontology.known}
    assert "肖亚庆" in by_iri["xiao-yaqing"]
    assert "工业和信息化部" in by_iri["miit"]
    assert "MIIT" in by_iri["miit"]
