"""A knowledge graph out of documents, by hand-curated rules.

`kg` maps news items, ministry statements and press-conference transcripts to RDF: what it knows of names,
words and rules is data in `ontology/`, what it knows of English and RDF is this package, and every arrow of
the graph leads back to a rule and to the words of a document.
"""

from __future__ import annotations

__version__ = "0.1.0"
