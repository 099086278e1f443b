"""A process whose children run `vep-tui` commands and are killed as ordered; run by the crash tests, one order a line.

An order is JSON: argv, env, out (a folder), and how to die: `after` so many seconds, at the `at`-th moment when
something is committed or sent, or neither. The answer is a line of JSON: killed, status, seconds, moments.
The children are processes of their own that differ from `python -m vep_tui` in being loaded already, in waiting less
between two writes, and in a shorter grace for lost answers: the double commits at once.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import github  # noqa: F401 - loaded once, before the children are made
import platformdirs  # noqa: F401

from vep_tui import cli
from vep_tui.cli import commands  # noqa: F401
from vep_tui.core import vep, yamls  # noqa: F401
from vep_tui.remote.client import Remote
from vep_tui.remote.line import Line
from vep_tui.store import desk, refreshing  # noqa: F401
from vep_tui.store.database import Database
from vep_tui.sync import settle
from vep_tui.sync.run import SyncRun

GRACE = 1.5
"""Seconds; only cases with a lost request wait for it."""
COMMITTING = ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE", "PRAGMA USER_VERSION =")


def live(order: dict[str, Any], tell: int) -> None:
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
    SyncRun.__init__.__kwdefaults__["grace"] = GRACE
    Remote.__init__.__kwdefaults__["write_interval"] = 0.0
    settle.LOOKS = (0.0, 0.2)
    os.environ.clear()
    os.environ.update(order["env"])
    for number, name in ((1, "out"), (2, "err")):
        handle = os.open(Path(order["out"]) / name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.dup2(handle, number)
    sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
    status = cli.main(order["argv"])
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(tell, json.dumps({"status": status, "moments": moments}).encode())


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        hear, tell = os.pipe()
        begun = time.monotonic()
        pid = os.fork()
        if pid == 0:
            os.close(hear)
            sys.stdin = open(os.devnull)  # noqa: PTH123, SIM115
            try:
                live(order, tell)
            except BaseException as fault:
                os.write(tell, json.dumps({"status": repr(fault), "moments": 0}).encode())
            finally:
                os._exit(0)
        os.close(tell)
        if "after" in order:
            time.sleep(order["after"])
            os.kill(pid, signal.SIGKILL)  # not yet waited for, so the id is still the child's
        with os.fdopen(hear) as said:
            answer = said.read()
        _, status = os.waitpid(pid, 0)
        found = {"killed": os.WIFSIGNALED(status), "status": None, "moments": 0, **(json.loads(answer or "{}"))}
        print(json.dumps({**found, "seconds": time.monotonic() - begun}), flush=True)


if __name__ == "__main__":
    main()
