"""Runs `vep-tui` commands that are killed as ordered; started by the crash tests, see `forking` for the orders.

Here an order may hold `at`: the child kills itself at the at-th moment when something is committed or sent. The answer
holds `moments`, how many there were. The children wait not at all between two writes, and for a lost answer `grace`
seconds: the double commits at once.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from forking import Order, serve

from vep_tui import cli
from vep_tui.remote.client import Remote
from vep_tui.remote.line import Line
from vep_tui.store.database import Database
from vep_tui.sync import settle
from vep_tui.sync.run import SyncRun

COMMITTING = ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE", "PRAGMA USER_VERSION =")


def live(order: Order, tell: int) -> None:
    """Be the command; SIGKILL may come in between."""
    moments, at = 0, order.get("at", 0)

    def moment() -> None:
        nonlocal moments
        moments += 1
        if moments == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def stepping(target: type, name: str, wanted: Any) -> None:
        original = getattr(target, name)

        def step(self: Any, *given: Any, **named: Any) -> Any:
            matters = wanted(self, given)
            if matters:
                moment()
            found = original(self, *given, **named)
            if matters:
                moment()
            return found

        setattr(target, name, step)

    def commits(database: Database, given: tuple[Any, ...]) -> bool:
        word = str(given[0]).upper()
        return word.startswith("COMMIT") or (
            word.startswith(COMMITTING) and not database.connection.in_transaction and not word.startswith("BEGIN")
        )

    stepping(Database, "run", commits)
    stepping(Line, "send", lambda line, given: True)
    assert SyncRun.__init__.__kwdefaults__ and Remote.__init__.__kwdefaults__
    SyncRun.__init__.__kwdefaults__["grace"] = order["grace"]
    Remote.__init__.__kwdefaults__["write_interval"] = 0.0
    settle.LOOKS = (0.0, 0.2)
    status = cli.main(order["argv"])
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(tell, json.dumps({"moments": moments}).encode())
    os._exit(status)


if __name__ == "__main__":
    serve(live)
