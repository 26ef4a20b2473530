"""A server for people and programs that only read: the reading room, SPARQL, and a page for every thing."""

from __future__ import annotations

from kg.server.limits import Limits
from kg.server.listening import serve

__all__ = ["Limits", "serve"]
