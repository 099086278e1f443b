"""The process of a courier: takes orders on stdin, syncs, and tells on stdout; it ends when it is not needed."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from queue import Empty, SimpleQueue
from typing import BinaryIO

from vep_tui.cli.courier import Order
from vep_tui.cli.exits import CommandError
from vep_tui.cli.log import log_to
from vep_tui.cli.parts import Parts
from vep_tui.settings import TokenError
from vep_tui.store.errors import StoreError
from vep_tui.sync.engine import words_for
from vep_tui.sync.messages import StoreChanged, SyncFailed
from vep_tui.sync.report import SyncReport
from vep_tui.sync.run import SyncRun

LINGER = 20.0
"""Seconds without an order after which the process ends: ticks come in bursts, and a start costs half a second."""


def main() -> None:
    """Take orders until none come, or until whoever gives them is gone."""
    inbox, told = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what anybody prints must not come between the answers
    parts: Parts = pickle.load(inbox)  # noqa: S301 - from our own process
    log_to(parts.paths.log)
    orders: SimpleQueue[Order] = SimpleQueue()
    threading.Thread(target=_listen, args=(inbox, orders), daemon=True).start()
    run: SyncRun | None = None
    while True:
        try:
            order = orders.get(timeout=LINGER)
        except Empty:
            os._exit(0)
        run = _obey(order, run, parts, told)


def _listen(inbox: BinaryIO, orders: SimpleQueue[Order]) -> None:
    """Pass orders on; when nobody can give any more, leave at once: the outbox knows what was under way."""
    while True:
        try:
            orders.put(pickle.load(inbox))  # noqa: S301 - from our own process
        except (EOFError, OSError):
            os._exit(0)


def _obey(order: Order, run: SyncRun | None, parts: Parts, told: BinaryIO) -> SyncRun | None:
    """One sync; returns the run to go on with, None after a fault."""

    def tell(what: object) -> None:
        try:
            pickle.dump(what, told)
            told.flush()
        except OSError:
            os._exit(0)  # nobody listens any more

    answer: SyncReport | SyncFailed
    parts.config = order.config
    try:
        run = run or parts.sync_run()
        answer = run.run(
            full=order.full, push_only=order.push_only, progress=tell, changed=lambda: tell(StoreChanged())
        )
    except (StoreError, CommandError, TokenError) as error:
        answer, run = SyncFailed(str(error)), None
    except Exception as fault:
        answer, run = SyncFailed(words_for(fault)), None
    tell(answer)
    return run


if __name__ == "__main__":
    main()
