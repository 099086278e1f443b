"""What syncing costs: processor, bytes, requests, memory, and how keys fare beside it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.first_frame import ROW, ours
from bench.github import ROOT, served
from bench.table import Figure, late, middle
from bench.terminal import Terminal
from bench.world import Home, Scale


def sync_figures(folder: Path, scale: Scale) -> Iterator[Figure]:
    """A first full sync, one with nothing new, and a second full one, in a process of their own."""
    with served(scale) as url:
        home = Home(folder, url)
        done = subprocess.run(
            [sys.executable, "-m", "bench.client", str(folder), url],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
    told = json.loads(done.stdout)
    size = f"{scale.veps} VEPs"
    yield Figure(f"first full sync, {size}, processor / json + insert", told["full_cpu"] / told["bare_cpu"], 3.0)
    yield Figure(f"full sync again, {size}, processor / json + insert", told["again_cpu"] / told["bare_cpu"], 3.0)
    yield Figure(f"full sync, {size}, requests", told["full_requests"])
    yield Figure(f"sync with nothing new, {size}, requests", told["idle_requests"])
    yield Figure(f"sync with nothing new, {size}, % of the bytes", 100 * told["idle_raw"] / told["full_raw"], 1.0)
    yield Figure(f"store, {size} / raw JSON", home.mirror.stat().st_size / told["full_raw"], 1.5)
    yield Figure(f"memory of a full sync, {size}, MB", told["peak"] / 1e6)


def keys_beside(home: Home, folder: Path, scale: Scale, keys: int = 120) -> Iterator[Figure]:
    """Moving through the queue while a full sync runs, against the same app at rest."""
    shutil.copytree(home.folder, folder)
    with served(scale) as url:
        busy = Home(folder, url)
        with sqlite3.connect(busy.mirror) as store:
            store.execute("DELETE FROM meta WHERE key = 'full_at'")
        with (
            Terminal([sys.executable, "-m", "vep_tui"], ours(home)) as still,
            Terminal([sys.executable, "-m", "vep_tui"], ours(busy)) as working,
        ):
            for terminal in (still, working):
                terminal.wait_for(ROW)
            still.rest(1.5)
            took: dict[str, list[float]] = {"still": [], "working": []}
            for turn in range(keys):
                key = b"j" if turn % 40 < 20 else b"k"
                for name, terminal in (("still", still), ("working", working)):
                    took[name].append(terminal.answer_to(key))
                    until = time.perf_counter() + 0.15
                    while (left := until - time.perf_counter()) > 0:
                        terminal.pump(left)
            used = working.processor() / max(still.processor(), 0.01)
    note = f"the app that syncs used {used:.0f} times the processor meanwhile"
    yield Figure(
        "keys beside a full sync / at rest, median", middle(took["working"]) / middle(took["still"]), 2.0, note
    )
    yield Figure("keys beside a full sync / at rest, 95th percentile", late(took["working"]) / late(took["still"]), 2.0)
