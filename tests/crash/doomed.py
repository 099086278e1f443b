"""A process whose children tick and push until they are killed; run by test_crash.py, one order a line on stdin.

An order is JSON: folder, url, number, and `at`: the child kills itself before its at-th step. A step is a statement of
a store, or the sending or receiving of a request. The answer is a line of JSON: steps done, ticks that were accepted.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import github  # noqa: F401 - loaded once, before the children are made
from reviewer_machine import Machine

from vep_tui.remote.line import Line
from vep_tui.store.database import Database

PLAN = (("prs-merged", "done"), ("docs-merged", "na"), None, ("bugs-tracked", "done"), ("prs-merged", "todo"), None)
"""Ticks, and None for a push."""


def doomed(target: type, name: str, step: Any, *, after: bool) -> None:
    """Let every call of a method be a step, and its return another one if `after`."""
    original = getattr(target, name)

    def stepping(*args: Any, **named: Any) -> Any:
        step()
        found = original(*args, **named)
        if after:
            step()
        return found

    setattr(target, name, stepping)


def live(order: dict[str, Any], tell: int) -> None:
    """Tick and push; SIGKILL comes in between."""
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == order["at"]:
            os.kill(os.getpid(), signal.SIGKILL)

    machine = Machine(Path(order["folder"]), SimpleNamespace(url=order["url"]))  # type: ignore[arg-type]
    doomed(Database, "run", step, after=False)
    doomed(Database, "run_many", step, after=False)
    doomed(Line, "send", step, after=True)
    for act in PLAN:
        if act is None:
            machine.push()
        else:
            machine.tick(*act, number=order["number"])
            os.write(tell, (json.dumps(act) + "\n").encode())
    machine.close()


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        hear, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(hear)
            try:
                live(order, tell)
            finally:
                os._exit(0)
        os.close(tell)
        with os.fdopen(hear) as said:
            accepted = [json.loads(row) for row in said]
        _, status = os.waitpid(pid, 0)
        print(json.dumps({"killed": os.WIFSIGNALED(status), "accepted": accepted}), flush=True)


if __name__ == "__main__":
    main()
