"""Sets two revisions side by side: each is checked out and measured by this bench, one after the other."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def compare(before: str, after: str, words: Sequence[str]) -> str:
    """The table of both; a figure that only one of them has is left blank in the other."""
    measured = [_measure(revision, words) for revision in (before, after)]
    names = list(dict.fromkeys(name for figures in measured for name in figures))
    wide = max(map(len, names), default=0)
    lines = [f"{''.ljust(wide)}  {before[:12]:>12}  {after[:12]:>12}"]
    lines += [f"{name.ljust(wide)}  {_said(measured[0], name):>12}  {_said(measured[1], name):>12}" for name in names]
    return "\n".join(lines)


def _said(figures: dict[str, float], name: str) -> str:
    return f"{figures[name]:.2f}" if name in figures else ""


def _measure(revision: str, words: Sequence[str]) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="vep-tui-revision-") as folder:
        tree = Path(folder) / "tree"
        _git("worktree", "add", "--detach", "--quiet", str(tree), revision)
        try:
            # Both are measured by the bench and the builders of today.
            for name in ("bench", "tests"):
                shutil.rmtree(tree / name, ignore_errors=True)
                shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
            done = subprocess.run(
                [sys.executable, "-m", "bench", "--json", *words],
                cwd=tree,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
        finally:
            _git("worktree", "remove", "--force", str(tree))
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _git(*words: str) -> None:
    subprocess.run(["git", *words], cwd=ROOT, check=True)
