"""Other terminal tools started in the same run: how long until ours has rows, against when they open their screen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.first_frame import ROW, ours
from bench.table import Figure, paired
from bench.terminal import Terminal
from bench.world import Home

PEERS = {"lazy-github": ("lazy-github",), "jiratui": ("jiratui", "ui")}
"""Name of the package to the words that open its screen."""
_OPENS = b"\x1b[?1049h"
"""Switching to the screen of its own is the first thing of a peer that counts, which flatters it."""
_JIRA = "jira_api_username: a@example.org\njira_api_token: t\njira_api_base_url: http://127.0.0.1:9\n"
"""Without settings jiratui only says how to write some."""


def against_peers(home: Home, folder: Path, rounds: int) -> Iterator[Figure]:
    """Ours over theirs, in pairs; each peer is installed in an environment of its own, or left out."""
    for name, words in PEERS.items():
        place = folder / name
        if not _installed(place, name):
            print(f"{name} could not be installed: it is left out", file=sys.stderr, flush=True)
            continue
        env = {**home.environment(), "GITHUB_TOKEN": "t", "XDG_CONFIG_HOME": str(place / "config")}
        settings = place / "config" / "jiratui" / "config.yaml"
        settings.parent.mkdir(parents=True)
        settings.write_text(_JIRA, encoding="utf-8")
        mine, theirs = [], []
        for turn in range(rounds + 1):
            with Terminal([sys.executable, "-m", "vep_tui"], ours(home)) as terminal:
                own = terminal.wait_for(ROW)
            with Terminal([str(place / "bin" / words[0]), *words[1:]], env) as terminal:
                other = terminal.wait_for(_OPENS, seconds=30)
            if turn:
                mine.append(own)
                theirs.append(other)
        yield Figure(f"first frame with rows / {name} opens its screen", paired(mine, theirs), 1.0)


def _installed(place: Path, name: str) -> bool:
    made = subprocess.run([sys.executable, "-m", "venv", str(place)], check=False)
    words = [str(place / "bin" / "pip"), "install", "-q", name]
    return made.returncode == 0 and subprocess.run(words, stderr=subprocess.DEVNULL, check=False).returncode == 0
