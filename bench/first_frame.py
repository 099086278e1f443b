"""How long until rows of the queue are on the screen, against a bare Textual app."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.table import Figure, paired
from bench.terminal import Terminal
from bench.world import Home

ROOT = Path(__file__).resolve().parents[1]
ROW = b"your review"
"""Stands in the first row of the queue of every world of ours."""
HELLO = b"FIRSTROW"


def first_frames(homes: Mapping[int, Home], rounds: int) -> Iterator[Figure]:
    """Process start to rows, in rounds of all cases one after another; the first round only warms up."""
    names = {size: f"first frame, {size} VEPs / hello" for size in homes}
    starts: dict[object, list[float]] = {"hello": [], **{size: [] for size in homes}}
    ends: dict[object, list[float]] = {"hello": [], **{size: [] for size in homes}}
    for turn in range(rounds + 1):
        for case in starts:
            home = homes[case] if isinstance(case, int) else next(iter(homes.values()))
            module, mark = ("vep_tui", ROW) if isinstance(case, int) else ("bench.hello", HELLO)
            with Terminal([sys.executable, "-m", module], ours(home)) as terminal:
                start, end = terminal.wait_for(mark), terminal.leave()
            if turn:
                starts[case].append(start)
                ends[case].append(end)
    for size in homes:
        yield Figure(names[size], paired(starts[size], starts["hello"]), 1.25, f"median of {rounds} pairs")
    for size in homes:
        yield Figure(f"quitting, {size} VEPs / hello", paired(ends[size], ends["hello"]), 1.0)


def ours(home: Home) -> dict[str, str]:
    """What a process of ours sees, run from this folder."""
    return {**home.environment(), "PYTHONPATH": str(ROOT)}
