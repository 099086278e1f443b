"""One client process for `bench.size`: small errands of one user, and their processor time as JSON on stdout."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import github  # noqa: F401 - not part of what is measured

from bench.world import NOW, PUSHED_TO, Home, process, world_of
from vep_tui.core.models import ItemState
from vep_tui.remote.client import Remote
from vep_tui.store.desk import Desk
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection
from vep_tui.sync import pull
from vep_tui.sync.run import SyncRun

TURNS = 3


def main(folder: Path, url: str) -> None:
    """Sync with nothing new, with one VEP changed, and deliver a tick."""
    home = Home(folder, url)
    mirror, outbox = Mirror.open(home.mirror), Outbox.open(home.outbox)
    mirror.set_meta("scope", pull._scope(process()))  # as the sync that filled the store left it
    remote, projection = Remote(url, "t", now=lambda: NOW, deadline=120), Projection(mirror)
    run = SyncRun(mirror, outbox, projection, remote, lambda: world_of(mirror))
    desk = Desk(mirror, outbox, projection, world_of(mirror))

    def sync(**how: bool) -> None:
        report = run.run(**how)
        if report.errors:
            raise SystemExit(f"{report.errors}")

    def change() -> None:
        mirror.database.run("UPDATE issue SET updated_at = '2020-01-01T00:00:00Z' WHERE number = 2")

    def tick(turn: int) -> Callable[[], object]:
        state = ItemState.DONE if turn % 2 else ItemState.TODO
        return lambda: desk.tick(PUSHED_TO, "docs-merged", state)

    told: dict[str, float] = {}
    sync()
    change()
    sync()
    sync()
    told["idle"] = min(_cost(lambda: None, sync) for _ in range(TURNS))
    one = Watch()
    projection.refresh = one.over(projection.refresh)  # type: ignore[method-assign]
    pull.pull_again = one.over(pull.pull_again)
    told["changed"] = min(_cost(change, sync) for _ in range(TURNS))
    told["one"] = one.spent / TURNS
    told["push"] = min(_cost(tick(turn), lambda: sync(push_only=True)) for turn in range(TURNS))
    if outbox.entries() or len(outbox.all()) < TURNS:
        raise SystemExit("a tick was not delivered")
    print(json.dumps(told))


class Watch:
    """Processor time spent in some functions: a difference of whole syncs would be lost in their noise."""

    def __init__(self) -> None:
        self.spent = 0.0

    def over(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, watched."""

        def watched(*given: Any, **named: Any) -> Any:
            begun = time.process_time()
            try:
                return function(*given, **named)
            finally:
                self.spent += time.process_time() - begun

        return watched


def _cost(prepare: Callable[[], object], act: Callable[[], object]) -> float:
    """Processor time of one turn, without what comes before it."""
    prepare()
    begun = time.process_time()
    act()
    return time.process_time() - begun


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
