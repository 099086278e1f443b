"""The queue follows the day and the person looking with every sync, whether GitHub has something new or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from reviewer_machine import machine, world

from vep_tui.core.world import World
from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double
from vep_tui.store.projection import Projection, fingerprint_of
from vep_tui.sync.run import SyncRun

CHANGES: list[Callable[[World], World]] = [
    lambda now: now._replace(my_sigs=("storage",)),
    lambda now: now._replace(me="sam"),
    lambda now: now._replace(now=now.now + timedelta(days=1)),
]


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("change", CHANGES, ids=["sigs", "login", "day"])
def test_a_sync_with_nothing_new_still_computes_for_whom_and_when(
    tmp_path: Path, double: Double, change: Callable[[World], World], broken: bool
) -> None:
    with machine(tmp_path, double) as mine:
        assert mine.sync().ok
        other = change(world())
        run = SyncRun(mine.mirror, mine.outbox, Projection(mine.mirror), mine.remote, lambda: other)
        if broken:
            double.faults.add(FAULTS["server-error"]("", times=-1))
        told: list[str] = []
        assert run.run(changed=lambda: told.append("changed")).ok is not broken
        assert mine.mirror.meta("projection") == fingerprint_of(other)
        assert told
