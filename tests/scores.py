"""The table of scores in README and in the data card: `make scores GOLD=FOLDER`; not a test.

The folder holds facts read by hand and the scorer, which stay out of the project: `gold/`, `score/score.py` and the
documents that are no seeds.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "ontology" / "README.md")
_BLOCK = re.compile(r"(?<=<!-- made by `make scores` -->\n).*?(?=<!-- end -->)", re.DOTALL)
#: What is scored: how README calls it, the set of facts, its documents, and the names that are known.
_SETS = (
    ("the five documents", "seeds", "seeds", "all"),
    ("the same, no name curated", "seeds", "seeds", "none"),
    ("seven others, no name of them curated", "dev", "dev-documents", "all"),
    ("the same, no name curated at all", "dev", "dev-documents", "none"),
)


def _score(gold: Path, facts: str, documents: str, entities: str) -> dict[str, Any]:
    texts = sorted((gold / documents).glob("*.txt"))
    kg = [sys.executable, "-m", "kg", "extract", "--format", "jsonl", "--entities", entities, *map(str, texts)]
    made = subprocess.run(kg, cwd=ROOT, check=True, capture_output=True).stdout
    scorer = [sys.executable, "score/score.py", f"gold/{facts}", "/dev/stdin", "--documents", documents]
    traps = ["--traps", f"gold/traps-{facts}.jsonl", "--json"]
    done = subprocess.run([*scorer, *traps], cwd=gold, check=True, capture_output=True, input=made)
    scored: dict[str, Any] = json.loads(done.stdout)
    return scored


def _tier(scored: dict[str, Any]) -> str:
    found = round(scored["gold"] * scored["recall"])
    false = scored["predicted"] - round(scored["predicted"] * scored["precision"])
    return f"{found} of {scored['gold']}, {false or 'none'} false"


def table(gold: Path) -> str:
    """The table of scores, as Markdown, with the day on which it was made."""
    rows = [["", "core", "claims", "figures", "traps sprung"], ["---"] * 5]
    for name, facts, documents, entities in _SETS:
        scored = _score(gold, facts, documents, entities)
        tiers = (_tier(scored[tier]) for tier in ("core", "claims", "figures"))
        rows.append([name, *tiers, str(scored["traps"] or "none")])
    day = datetime.now(tz=UTC).date().isoformat()
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"\nScored on {day} against facts read by hand before any rule:\n\n{lines}\n\n"


def write(gold: Path) -> None:
    """Puts the table into every page that has a place for it."""
    made = table(gold.resolve())
    for page in PAGES:
        page.write_text(_BLOCK.sub(lambda _: made, page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
