"""The fuzzer: `python -m tests.fuzz SECONDS` gives each of tests/targets.py that much time to fail.

What it finds stands in `build/fuzz/`: mend the cause, and put the input into tests/findings/.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from tests import hostile
from tests.targets import ONTOLOGY, ROOT, TARGETS

CORPUS = ROOT / "build" / "fuzz"
# One input may take so long, in seconds, and so much memory, in megabytes: they are short.
_SLOWEST, _MEMORY, _LONGEST = 20, 4000, 4000


def seeded(target: str) -> Path:
    """The folder of inputs to begin with: the project's own sentences and hostile ones, or its own rules."""
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, raw in enumerate(_documents() if target == "extract" else _rules()):
        (folder / f"seed-{number:04}").write_bytes(raw)
    return folder


def _documents() -> Iterable[bytes]:
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        yield from (piece.encode() for piece in re.findall(r"(?s).{1,1500}", text))
    yield from (make(300).encode("utf-8", "replace") for make in hostile.TEXTS.values())


def _rules() -> Iterable[bytes]:
    for path in sorted((*ONTOLOGY.glob("rules/*.toml"), *ONTOLOGY.glob("mentions/*.toml"))):
        for table in re.split(r"(?m)^(?=\[\[(?:rule|mention|guard|scope)\]\])", path.read_text("utf-8")):
            yield table.encode()


def words() -> Path:
    """A dictionary for libFuzzer: what stands in the patterns of the project's own rules."""
    found = {f'"{mark}"' for mark in ("{{", "[[", "...", "\\xe2\\x80\\x9c", "\\xe2\\x80\\x9d", "\\xef\\xbb\\xbf")}
    for path in sorted(ONTOLOGY.glob("rules/*.toml")):
        for rule in tomllib.loads(path.read_text("utf-8")).get("rule", ()):
            found |= {f'"{word}"' for word in re.findall(r"[a-z]{3,}|\{[\w:|+<]+\}|<[a-z-]+>", rule["pattern"])}
    file = CORPUS / "words.txt"
    file.write_text("\n".join(sorted(found)) + "\n", "utf-8")
    return file


def fuzz(target: str, seconds: int) -> None:
    """Runs one target in this process, which libFuzzer ends: with 0 where nothing was found."""
    import atheris  # it is no test's business

    folder = seeded(target)
    atheris.instrument_all()
    options = (
        f"-max_total_time={seconds}", f"-timeout={_SLOWEST}", f"-rss_limit_mb={_MEMORY}", f"-max_len={_LONGEST}",
        f"-dict={words()}", f"-artifact_prefix={CORPUS}/{target}-", "-print_final_stats=1", "-verbosity=0",
    )  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(folder)], TARGETS[target])
    atheris.Fuzz()


def main(seconds: int) -> int:
    """Each target in a process of its own; how many of them found something."""
    return sum(
        subprocess.run([sys.executable, "-m", "tests.fuzz", str(seconds), target], check=False).returncode != 0
        for target in TARGETS
    )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        fuzz(sys.argv[2], int(sys.argv[1]))
    else:
        sys.exit(main(int(sys.argv[1])))
