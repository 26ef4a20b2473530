from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import OntologyError
from kg.model import REFUSED, Status
from kg.turtle import COMMENT, TYPE
from kg.vocabulary import read
from tests.knowledge import BASE, ONTOLOGY, vocabulary

VOCABULARY = vocabulary()

#: The names of the interface; other programs rely on them.
RELATIONS = """
    holdsPost spokeAt attended presidedOver partOf locatedIn hasMember initiatedBy signed
    responsibleFor heldIn heldOn startsOn endsOn heldDuring edition theme organisedBy alsoKnownAs
    title author publishedBy publishedOn said proposed announced launched released figure produced
    attendedBy describedAs hasProduct supportedBy dateOf
""".split()

CLASSES = """
    Thing Agent Person Group Body Ministry Commission Office Bureau Committee Department Council
    Government Party Academy Association Alliance Partnership University Institute Company Media
    Place Venue Polity Country Province City Region Event Expo Forum Congress Summit Meeting
    PressConference Ceremony Session Talks Initiative Plan Policy Strategy Agreement Programme Work
    Report Letter Charter Document Product Topic Period Claim Measure Post Date Number Ordinal
    Quotation Title Acronym Demonym Clause
""".split()


def test_the_relations_are_those_of_the_interface() -> None:
    assert sorted(VOCABULARY.relations) == sorted(RELATIONS)
    assert VOCABULARY.base == BASE


def test_the_classes_are_all_there() -> None:
    assert set(CLASSES) <= VOCABULARY.classes.keys()


@pytest.mark.parametrize(
    ("cls", "ancestor", "expected"),
    [
        ("Ministry", "Body", True),
        ("Ministry", "Thing", True),
        ("Ministry", "Ministry", True),
        ("Body", "Ministry", False),
        ("City", "Place", True),
        ("City", "Agent", True),
        ("Venue", "Agent", False),
        ("Measure", "Claim", True),
        ("Date", "Value", True),
        ("Date", "Thing", False),
        ("Post", "Thing", False),
        ("nonsense", "Thing", False),
    ],
)
def test_is_a(cls: str, ancestor: str, expected: bool) -> None:
    assert VOCABULARY.is_a(cls, ancestor) is expected


@pytest.mark.parametrize(
    ("subject", "relation", "thing", "expected"),
    [
        ("Person", "holdsPost", "Ministry", True),
        ("Person", "holdsPost", "Country", True),
        ("Ministry", "holdsPost", "Ministry", False),
        ("Person", "holdsPost", "Expo", False),
        ("Expo", "heldIn", "City", True),
        ("Expo", "heldIn", "Company", False),
        ("Expo", "heldOn", "Date", True),
        ("Expo", "heldOn", "Quotation", False),
        ("Person", "said", "Clause", True),
        ("Person", "said", "Quotation", True),
        ("Person", "said", "Measure", True),
        ("Plan", "proposed", "Measure", True),
        ("City", "said", "Claim", True),
        ("Company", "describedAs", "Clause", True),
        ("Expo", "edition", "Ordinal", True),
    ],
)
def test_domain_and_range(subject: str, relation: str, thing: str, expected: bool) -> None:
    assert (VOCABULARY.misfit(relation, subject, thing) == "") is expected


@pytest.mark.parametrize(
    ("title", "property"),
    [
        ("minister", "ministerOf"),
        ("vice minister", "viceMinisterOf"),
        ("Vice-Minister", "viceMinisterOf"),
        ("deputy minister", "deputyMinisterOf"),
        ("Minister of Commerce", "ministerOf"),
        ("vice ministers", "viceMinisterOf"),
        ("president", "presidentOf"),
        ("executive vice president", "vicePresidentOf"),
        ("prime minister", "primeMinisterOf"),
        ("premier", "premierOf"),
        ("vice premier", "vicePremierOf"),
        ("chairwoman", "chairOf"),
        ("vice chairman", "viceChairOf"),
        ("director", "directorOf"),
        ("deputy director", "deputyDirectorOf"),
        ("Director-General", "directorGeneralOf"),
        ("deputy director general", "deputyDirectorGeneralOf"),
        ("secretary-general", "secretaryGeneralOf"),
        ("general secretary", "generalSecretaryOf"),
        ("general manager", "generalManagerOf"),
        ("deputy general manager", "deputyGeneralManagerOf"),
        ("chief engineer", "chiefEngineerOf"),
        ("chief executive officer", "chiefExecutiveOf"),
        ("CEO", "chiefExecutiveOf"),
        ("member", "memberOf"),
        ("spokeswoman", "spokespersonFor"),
        ("spokesperson for the ministry", "spokespersonFor"),
        ("governor", "governorOf"),
        ("mayor", "mayorOf"),
        ("ambassador", "ambassadorOf"),
        ("commissioner", "commissionerOf"),
        ("trade representative", "tradeRepresentativeOf"),
        ("academician", "academicianOf"),
        ("head", "headOf"),
        # An unknown word may be a rank, and an unknown title says no more than that there is one.
        ("associate director", "holdsPost"),
        ("minister without portfolio", "holdsPost"),
        ("gatekeeper", "holdsPost"),
        ("", "holdsPost"),
    ],
)
def test_a_title_chooses_the_most_specific_property(title: str, property: str) -> None:
    assert VOCABULARY.property_for("holdsPost", title) == property


def test_a_relation_without_posts_is_its_own_property() -> None:
    assert VOCABULARY.property_for("heldIn", "minister") == "heldIn"


def test_a_label_reads_from_subject_to_object() -> None:
    assert VOCABULARY.label("ministerOf") == "minister of"
    assert VOCABULARY.relations["heldIn"].label == "held in"
    assert VOCABULARY.properties["viceMinisterOf"] == "holdsPost"
    assert {
        "post",
        "metric",
        "period",
        "asOf",
        "dateText",
        "count",
        "attributedTo",
        "ordinal",
    } <= VOCABULARY.qualifiers


def test_every_term_is_told_in_a_sentence() -> None:
    comments = [t.object.value for t in VOCABULARY.terms if t.predicate == COMMENT and isinstance(t.object, Literal)]
    assert len(comments) == len(set(VOCABULARY.labels))
    assert not [c for c in comments if not c.endswith(".") or len(c.split()) < 4]


def test_every_status_that_is_not_refused_is_a_term() -> None:
    status = NamedNode(VOCABULARY.term("Status"))
    of_status = {t.subject for t in VOCABULARY.terms if (t.predicate, t.object) == (TYPE, status)}
    assert of_status == {NamedNode(VOCABULARY.term(s.value)) for s in Status if s not in REFUSED}


def test_iris_are_made_below_the_base_and_shortened_again() -> None:
    iri = VOCABULARY.iri("id", "a b#c/d", "工信部")
    assert iri == f"{BASE}id/a%20b%23c%2Fd/工信部"
    assert VOCABULARY.compact(f"{BASE}id/news/jane-roe") == "id:news/jane-roe"
    assert VOCABULARY.compact(VOCABULARY.term("ministerOf")) == "kg:ministerOf"
    assert VOCABULARY.compact("https://elsewhere.example/x") == "https://elsewhere.example/x"


def copy(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """The ontology with changes in one file."""
    for file in ("dataset.ttl", "kg.ttl"):
        shutil.copy(ONTOLOGY / file, folder / file)
    text = (folder / name).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / name).write_text(text, "utf-8")
    return folder


def line(text: str) -> int:
    return (ONTOLOGY / "kg.ttl").read_text("utf-8").splitlines().index(text) + 1


def test_another_base_is_set_in_one_place(tmp_path: Path) -> None:
    found = read(copy(tmp_path, "dataset.ttl", (BASE, "https://graph.example.com/a/")))
    assert found.term("heldIn") == "https://graph.example.com/a/ontology#heldIn"
    assert found.relations.keys() == VOCABULARY.relations.keys()


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        (
            '    rdfs:label "agent" ;\n',
            "",
            "kg:Agent a rdfs:Class ;",
            "kg:Agent needs exactly one rdfs:label",
        ),
        (
            '    rdfs:label "held in" ;\n',
            "",
            "kg:heldIn a rdf:Property ;",
            "kg:heldIn needs exactly one rdfs:label",
        ),
        (
            'rdfs:subClassOf kg:Authority, org:FormalOrganization ;\n    rdfs:label "ministry"',
            'rdfs:subClassOf kg:Bdy ;\n    rdfs:label "ministry"',
            "kg:Ministry a rdfs:Class ;",
            "kg:Ministry names kg:Bdy, which is not declared",
        ),
        (
            "    rdfs:domain kg:Event ;\n    rdfs:range kg:Place ;",
            "    rdfs:range kg:Place ;",
            "kg:heldIn a rdf:Property ;",
            "kg:heldIn needs rdfs:domain",
        ),
        (
            'kg:postTitle "vice minister"',
            'kg:postTitle "minister"',
            "kg:viceMinisterOf a rdf:Property ;",
            "'minister' already chooses kg:ministerOf",
        ),
    ],
)
def test_a_fault_has_its_line(tmp_path: Path, old: str, new: str, where: str, what: str) -> None:
    with pytest.raises(OntologyError) as caught:
        read(copy(tmp_path, "kg.ttl", (old, new)))
    (fault,) = caught.value.faults
    assert fault.path.name == "kg.ttl"
    assert fault.line == line(where)
    assert what in str(fault)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    changes = ('    rdfs:label "agent" ;\n', ""), ('    rdfs:label "held in" ;\n', "")
    with pytest.raises(OntologyError) as caught:
        read(copy(tmp_path, "kg.ttl", *changes))
    assert len(caught.value.faults) == 2


def test_a_syntax_error_has_its_line(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=rf"kg\.ttl:{line('kg:Agent a rdfs:Class ;')}: "):
        read(copy(tmp_path, "kg.ttl", ("kg:Agent a rdfs:Class ;", "kg:Agent a ;")))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('void:uriSpace "', 'void:feature "', "exactly one void:uriSpace"),
        (f'"{BASE}"', '"kg.example.org"', "must begin with http"),
        ("<dataset#authors> ;\n    dcterms:publisher", "[] ;\n    dcterms:publisher", "blank node"),
    ],
)
def test_a_base_that_is_none(tmp_path: Path, old: str, new: str, what: str) -> None:
    with pytest.raises(OntologyError, match=what):
        read(copy(tmp_path, "dataset.ttl", (old, new)))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"dataset\.ttl: cannot be read"):
        read(tmp_path)
