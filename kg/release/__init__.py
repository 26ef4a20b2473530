"""Releases: the graph of a project in every form that others take, described and summed."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kg import builds, exports, vocabulary
from kg.builds import Progress
from kg.errors import ExportError, ReleaseError
from kg.release import changes, contents, sums

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,63}")


@dataclass(frozen=True, slots=True)
class Release:
    """What was released: its version, the one before it or nothing, how many triples, statements and files."""

    version: str
    since: str
    triples: int
    statements: int
    files: int


def release(
    folder: Path,
    out: Path,
    version: str,
    *,
    since: Path | None = None,
    quotes_only: bool = False,
    progress: Progress = lambda _: None,
) -> Release:
    """Builds a project and writes it into the folder `out`, which then holds this release and nothing else.

    The same project, version and release before it give the same bytes. `since` is that release; else it is the last
    one before this version that stands beside `out`. Raises ReleaseError for a version or `since` that is none,
    ExportError where `out` holds what no release wrote or cannot be written, and all that a build raises. Then nothing
    has changed.
    """
    if not _VERSION.fullmatch(version):
        raise ReleaseError(f"{version!r} is no version; allowed are letters, digits, `.`, `+` and `-`, such as 0.2.0")
    _refuse(out, folder)
    before = changes.earlier(since) if since else changes.beside(out, version)
    with tempfile.TemporaryDirectory() as beside:
        made = Path(beside) / "exports"
        builds.build(folder, made, quotes_only=quotes_only, progress=progress)
        built = {path.name: path.read_bytes() for path in sorted(made.iterdir())}
    progress("release")
    told = contents.gather(built, folder / "ontology", vocabulary.read(folder / "ontology"), version, before)
    exports.replace(out, told.files)
    return Release(
        version,
        before.version if before else "",
        told.counts["triples"],
        told.counts["statements"],
        len(told.files),
    )


def _refuse(out: Path, project: Path) -> None:
    """ExportError where a folder holds what no release wrote, or is one that a build reads or writes."""
    try:
        here, ours = out.resolve(), [(project / name).resolve() for name in ("ontology", "seeds", "exports")]
    except RuntimeError:  # Python 3.11 tells of links in a circle so
        raise ExportError(f"{out}: is a link to itself; name a folder") from None
    if inside := next((one for one in ours if here == one or one in here.parents), None):
        raise ExportError(f"{out}: lies in {inside.name}/, which a build reads or writes; name a folder elsewhere")
    if out.exists() and not out.is_dir():
        raise ExportError(f"{out}: is a file; name a folder")
    if out.is_dir() and (name := sums.strange(out)):
        why = "was changed since its release was written" if name in sums.read(out) else "is of no release"
        raise ExportError(f"{out}: {name} {why}; name another folder, or remove it yourself")
