"""How much memory the running screen takes, against the bare app, and how costs grow with the store."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from math import log
from pathlib import Path

from bench.first_frame import HELLO, ROW, ours
from bench.github import ROOT, served
from bench.table import Figure
from bench.terminal import Terminal
from bench.world import Home, Scale, world_of
from vep_tui.core.models import ItemState
from vep_tui.core.views import BUILT_IN
from vep_tui.store.desk import Desk
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection

_SHOWN = 10
"""Rows shown in stores of all sizes: there are so many in the smallest."""
_IDLE, _CHANGED = "sync: nothing new", "sync: one VEP changed"
_WHOLE_PAGE = "filter: one key that shows up to 100 rows"
_SWEEP = "in proportion: it asks for the fingerprint of every open VEP, GitHub has no other way to tell"
_UNBOUND = {
    _IDLE: _SWEEP,
    _CHANGED: _SWEEP,
    _WHOLE_PAGE: "in proportion to the rows shown, of which the smaller stores have fewer",
}
"""Costs that grow with more than the store, and why."""


def memory_figures(homes: Mapping[int, Home]) -> Iterator[Figure]:
    """Resident memory after the first frame and a walk through forty rows."""
    with Terminal([sys.executable, "-m", "bench.hello"], ours(next(iter(homes.values())))) as hello:
        hello.wait_for(HELLO)
        hello.rest(0.5)
        bare = hello.memory()
    for size, home in homes.items():
        with Terminal([sys.executable, "-m", "vep_tui"], ours(home)) as terminal:
            terminal.wait_for(ROW)
            terminal.rest(1.5)
            for _ in range(40):
                terminal.press(b"j")
                terminal.rest(0.05)
            terminal.rest(0.5)
            yield Figure(f"memory of the screen, {size} VEPs / hello", terminal.memory() / bare, 1.5)


def growth_figures(homes: Mapping[int, Home], folder: Path) -> Iterator[Figure]:
    """Each cost against that of the smallest store; processor time, so that others on the machine matter less.

    The same rows are shown in every store, and the bound is the logarithm of its size; what grows with what is shown,
    or with what GitHub must be asked, has no bound and says so.
    """
    smallest = min(homes)
    costs = {size: _costs(home) | _errands(home, folder / str(size), size) for size, home in sorted(homes.items())}
    for name, base in costs[smallest].items():
        for size in costs:
            if size != smallest:
                target = None if name in _UNBOUND else round(log(size) / log(smallest), 2)
                what = f"growth of {name}, {size} / {smallest} VEPs"
                yield Figure(what, costs[size][name] / max(base, 1e-6), target, _UNBOUND.get(name, ""))


def _costs(home: Home) -> dict[str, float]:
    mirror, outbox = Mirror.open(home.mirror), Outbox.open(home.outbox)
    try:
        projection, world = Projection(mirror), world_of(mirror)
        desk = Desk(mirror, outbox, projection, world)
        tags = [row.number for row in desk.page("kind:vep", sort="number", limit=3).rows]

        def tick() -> None:
            desk.tick(tags[0], "docs-merged", ItemState.DONE)
            desk.drop(desk.outbox_entries()[-1].id)

        def typed() -> None:
            fresh = Desk(mirror, outbox, Projection(mirror), world)
            for word in ("m", "me", "mem", "memo", "memory"):
                fresh.page(f"is:attention {word}", limit=_SHOWN)
                for view in BUILT_IN:
                    fresh.page(view.query, limit=0)

        return {
            "start: opening, header and the first rows": _least(lambda: _open(home)),
            "filter: five keys with the views' counts": _least(typed),
            _WHOLE_PAGE: _least(lambda: desk.page("is:attention mem", limit=100)),
            "bringing three rows up to date": _least(lambda: projection.refresh(mirror, outbox, world, tags)),
            "a VEP": _least(lambda: Desk(mirror, outbox, projection, world).vep(tags[1])),
            "a tick": _least(tick),
        }
    finally:
        mirror.close()
        outbox.close()


def _errands(home: Home, folder: Path, size: int) -> dict[str, float]:
    """Small syncs of a copy of the store, in a process of their own beside a double of that size."""
    shutil.copytree(home.folder, folder)
    for left in Home(folder).outbox.parent.glob("outbox.db*"):
        left.unlink()  # what other measurements ticked is not to be pushed here
    with served(Scale(size)) as url:
        command = [sys.executable, "-m", "bench.errands", str(folder), url]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr)
    told = json.loads(done.stdout)
    return {
        "push: a tick delivered": told["push"],
        _IDLE: told["idle"],
        _CHANGED: told["changed"],
        "sync: fetching and computing what changed": told["one"],
    }


def _open(home: Home) -> None:
    mirror, outbox = Mirror.open(home.mirror), Outbox.open(home.outbox)
    desk = Desk(mirror, outbox, Projection(mirror), world_of(mirror))
    desk.header()
    desk.page("is:attention", limit=_SHOWN)
    mirror.close()
    outbox.close()


def _least(act: Callable[[], object], turns: int = 7) -> float:
    act()
    took = []
    for _ in range(turns):
        begun = time.process_time()
        act()
        took.append(time.process_time() - begun)
    return min(took)
