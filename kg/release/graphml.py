"""GraphML of the network, by networkx: opens in Gephi, yEd and Cytoscape."""

from __future__ import annotations

import io
import re

import networkx as nx

from kg.network import Attributes, Network

#: What XML 1.0 has no way to say.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(network: Network) -> bytes:
    """The network as GraphML, edges with their statements as ids; a character that XML forbids becomes U+FFFD."""
    clean = Network(
        {iri: _clean(told) for iri, told in network.nodes.items()},
        [(source, target, statement, _clean(told)) for source, target, statement, told in network.edges],
    )
    out = io.BytesIO()
    # By this name: `write_graphml` writes other bytes where lxml is installed.
    nx.write_graphml_xml(clean.to_networkx(), out, named_key_ids=False)
    return out.getvalue()


def _clean(told: Attributes) -> Attributes:
    return {name: _FORBIDDEN.sub("\ufffd", v) if isinstance(v, str) else v for name, v in told.items()}
