"""The contents of a release: every file by its name, out of a build and the ontology it was built with."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Triple, parse, serialize

from kg import rows, turtle
from kg.network import network
from kg.page.style import asset
from kg.release import changes, columns, sums
from kg.release.changes import Earlier
from kg.release.description import File, describe
from kg.release.glossary import glossary
from kg.release.graphml import graphml
from kg.release.jsonld import jsonld
from kg.release.sources import quads
from kg.subjects import Subjects, subjects
from kg.vocabulary import Vocabulary

#: What of `ontology/` is curated; anything else there is somebody's own.
_CURATED = frozenset({".ttl", ".toml", ".rq", ".md"})
_PREFIX = re.compile(r"\b(\w+):")

FILES = (
    File("graph.ttl", "the graph as Turtle, grouped by subject", "text/turtle", dump=True),
    File("graph.nt.gz", "the same as canonical N-Triples, compressed", "application/n-triples", dump=True),
    File("graph.jsonld", "the same as JSON-LD, a subject a line, with a context", "application/ld+json", dump=True),
    File(
        "graph.trig",
        "the same, with a graph for each document, named by its IRI: what rests on its evidence",
        "application/trig",
        dump=True,
    ),
    File("nodes.csv", "the nodes of the network, one a line", "text/csv"),
    File("edges.csv", "its edges, one for each statement between two nodes", "text/csv"),
    File("graph.graphml", "the network for Gephi, yEd, Cytoscape and networkx", "application/graphml+xml"),
    File("graph.html", "the reading room: graph, documents and table in one page", "text/html"),
    File("ontology.html", "the vocabulary as a page: each term, its uses, an example", "text/html"),
    File("statements.jsonl", "one line for each piece of evidence", "application/jsonl"),
    File("refused.jsonl", "what nearly was a fact, and the guard that refused it", "application/jsonl"),
    File("disagreements.jsonl", "what statements exclude one another, with a curator's verdict", "application/jsonl"),
)
_MORE = (
    File("void.ttl", "the description of all this: VoID and DCAT, with counts, sizes and hashes", "text/turtle"),
    File("CHANGES.md", "statements gained and lost since the release before", "text/markdown"),
    File("SHA256SUMS", "the hashes of all files", "text/plain"),
)


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a release by their names, and how many triples, statements, evidence and documents they hold."""

    files: dict[str, bytes]
    counts: dict[str, int]


def gather(
    built: Mapping[str, bytes], ontology: Path, terms: Vocabulary, version: str, before: Earlier | None
) -> Contents:
    """The files of a release, out of those of a build and its ontology."""
    triples = [quad.triple for quad in parse(built["graph.ttl"], format=RdfFormat.TURTLE)]
    graph = subjects(triples, terms.prefixes)
    told = rows.parse(built["statements.jsonl"].decode(), "statements.jsonl")
    net = network(graph)
    made = {
        **built,
        "graph.nt.gz": _gzip(canonical(triples)),
        "graph.jsonld": jsonld(graph),
        "graph.trig": turtle.write_graphs(quads(graph), terms.prefixes),
        "nodes.csv": columns.nodes(net),
        "edges.csv": columns.edges(net),
        "graph.graphml": graphml(net),
        "ontology.html": glossary(graph, terms, told, version).encode(),
    }
    known = [file for file in FILES if file.name in made]
    known += [_besides(name) for name in sorted(made.keys() - {file.name for file in FILES})]
    since = before.version if before else ""
    counts = {
        "triples": len(triples),
        "statements": len(graph.statements),
        "evidence": len(told),
        "documents": len(list(graph.of("kg:Document"))),
    }
    made["void.ttl"] = describe(graph, terms, version, since, [(file, made[file.name]) for file in known])
    made["CHANGES.md"] = changes.told(version, told, before)
    made["README.md"] = _readme(graph, terms.iri("dataset"), version, counts, known)
    for path in sorted(p for p in ontology.rglob("*") if p.is_file() and p.suffix in _CURATED):
        made[f"ontology/{path.relative_to(ontology).as_posix()}"] = _alone(path, terms)
    return Contents({**made, sums.SUMS: sums.sums(made)}, counts)


def canonical(triples: Iterable[Triple]) -> bytes:
    """Canonical N-Triples: RDFC-1.0, in the order of their code points."""
    found = Dataset(parse(serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format=RdfFormat.N_TRIPLES))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = (serialize((q.triple for q in found), format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))


def _gzip(content: bytes) -> bytes:
    # By GzipFile: `gzip.compress` without a time writes the system's name into the header.
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as file:
        file.write(content)
    return out.getvalue()


def _alone(path: Path, terms: Vocabulary) -> bytes:
    """A curated file as it stands; before Turtle its base, before a query its prefixes, which else only kg knows."""
    content = path.read_bytes()
    if path.suffix == ".ttl":
        return f"@base <{terms.base}> .\n".encode() + content
    if path.suffix == ".rq":
        used = set(_PREFIX.findall(content.decode())) & terms.prefixes.keys()
        return "".join(f"PREFIX {name}: <{terms.prefixes[name]}>\n" for name in sorted(used)).encode() + content
    return content


def _besides(name: str) -> File:
    """What a build writes that no release has heard of."""
    kinds = {".html": "text/html", ".jsonl": "application/jsonl", ".json": "application/json", ".ttl": "text/turtle"}
    return File(name, "as `kg build` writes it", kinds.get(Path(name).suffix, "application/octet-stream"))


def _readme(graph: Subjects, dataset: str, version: str, counts: Mapping[str, int], files: Iterable[File]) -> bytes:
    environment = Environment(
        loader=DictLoader({"README.md": asset("README.md.j2", "kg.release")}),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    text = environment.get_template("README.md").render(
        title=graph.value(dataset, "dcterms:title"),
        rights=graph.value(dataset, "dcterms:rights"),
        licence=graph.value(dataset, "dcterms:license"),
        version=version,
        n=counts,
        files=(*files, *_MORE),
    )
    return text.encode()
