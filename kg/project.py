"""The project: the nearest folder upward that holds `ontology/`."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError


def root(start: Path) -> Path:
    """The nearest folder upward that holds `ontology/`; raises KgError where none does."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / "ontology").is_dir():
            return folder
    raise KgError(f"{start}: no ontology/ here or in a folder above; go into a project, or name one with --root")
