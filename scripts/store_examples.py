"""Keeps an example of each version of both stores: brings each forward to the next, and writes as SQL what is new.

python scripts/store_examples.py       # or: make examples, after adding a step to vep_tui/store/schema.py

A version that has landed is never written again: tests open each of them, as people's own files are opened.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from vep_tui.store.database import open_database
from vep_tui.store.schema import MIRROR, OUTBOX

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "tests" / "store" / "examples"


def main() -> int:
    """Write what is missing, and say so."""
    for name, steps in (("mirror", MIRROR), ("outbox", OUTBOX)):
        for version in range(2, len(steps) + 1):
            example, before = (EXAMPLES / f"{name}-{number}.sql" for number in (version, version - 1))
            if not example.exists():
                text = brought_forward(before.read_text(encoding="utf-8"), steps[:version])
                example.write_text(text, encoding="utf-8")
                print(f"written: {example.relative_to(ROOT)}")
    return 0


def brought_forward(example: str, steps: tuple[tuple[str, ...], ...]) -> str:
    """An example of the version before, as the last of these steps leaves it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        with closing(sqlite3.connect(path)) as raw:
            raw.executescript(example)
        open_database(path, steps).close()
        with closing(sqlite3.connect(path)) as raw:
            return "\n".join([*raw.iterdump(), f"PRAGMA user_version = {len(steps)};", ""])


if __name__ == "__main__":
    sys.exit(main())
