"""rapper, which reads RDF and is neither rdflib nor Oxigraph: `read` in a test, `python -m tests.rapper` to get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

ADVICE = (
    "The tests of releases need rapper, and it could not be found or installed: install it "
    "(Debian, Ubuntu: apt install raptor2-utils; macOS: brew install raptor), "
    "or say where it is: make test RAPPER=/path/to/rapper"
)


def find() -> str | None:
    """The rapper to use: $RAPPER, else one that is installed, else None."""
    named = os.environ.get("RAPPER")
    return shutil.which(named or "rapper")


def read(content: bytes, syntax: str, base: str) -> set[Quad]:
    """What rapper reads in a syntax: `turtle`, `ntriples` or `trig`."""
    rapper = find()
    if rapper is None:
        raise FileNotFoundError(ADVICE)
    command = [rapper, "--quiet", "--input", syntax, "--output", "nquads", "-", base]
    done = subprocess.run(command, input=content, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
    return set(parse(done.stdout, format=RdfFormat.N_QUADS))


def main() -> None:
    """Finds rapper, or installs it, and says which one the tests will use."""
    if find() is None and "RAPPER" not in os.environ and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "raptor2-utils"]):
            subprocess.run(["apt-get", "-qq", *command], env=quiet, stdin=subprocess.DEVNULL, check=False)
    found = find()
    if found is None:
        sys.exit(ADVICE)
    print(f"rapper: {Path(found)}")


if __name__ == "__main__":
    main()
