"""How much memory the running screen takes, against the bare app, and how costs grow with the store."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping

from bench.first_frame import HELLO, ROW, ours
from bench.table import Figure
from bench.terminal import Terminal
from bench.world import Home, world_of
from vep_tui.core.models import ItemState
from vep_tui.store.desk import Desk
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection


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


def growth_figures(homes: Mapping[int, Home]) -> Iterator[Figure]:
    """Each cost against that of the smallest store; processor time, so that others on the machine matter less."""
    smallest = min(homes)
    costs = {size: _costs(home) for size, home in sorted(homes.items())}
    for name, base in costs[smallest].items():
        for size in costs:
            if size != smallest:
                yield Figure(f"growth of {name}, {size} / {smallest} VEPs", costs[size][name] / base)


def _costs(home: Home) -> dict[str, float]:
    mirror, outbox = Mirror.open(home.mirror), Outbox.open(home.outbox)
    try:
        projection, world = Projection(mirror), world_of(mirror)
        desk = Desk(mirror, outbox, projection, world)
        tags = [row.number for row in desk.page("kind:vep", sort="number", limit=3).rows]

        def tick() -> None:
            desk.tick(tags[0], "docs-merged", ItemState.DONE)
            desk.drop(desk.outbox_entries()[-1].id)

        return {
            "opening and the first page": _least(lambda: _open(home)),
            "a filter keystroke": _least(lambda: desk.page("is:attention mem", limit=100)),
            "bringing three rows up to date": _least(lambda: projection.refresh(mirror, outbox, world, tags)),
            "a VEP": _least(lambda: Desk(mirror, outbox, projection, world).vep(tags[1])),
            "a tick": _least(tick),
        }
    finally:
        mirror.close()
        outbox.close()


def _open(home: Home) -> None:
    mirror, outbox = Mirror.open(home.mirror), Outbox.open(home.outbox)
    desk = Desk(mirror, outbox, Projection(mirror), world_of(mirror))
    desk.header()
    desk.page("is:attention", limit=100)
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
