"""Syncs in a process of its own, so that no sync ever holds up a key: orders go out, what it tells comes back.

To the engine a courier is a sync run like any other. What goes through the pipes is pickled: both ends are this
program, and nobody else holds them.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vep_tui.sync.engine import BrokenOff
from vep_tui.sync.messages import StoreChanged, SyncFailed
from vep_tui.sync.progress import Progress
from vep_tui.sync.report import SyncReport

if TYPE_CHECKING:
    from vep_tui.cli.parts import Parts
    from vep_tui.settings import Config

GONE = "The sync stopped unexpectedly; nothing is lost. It tries again."


@dataclass(frozen=True, slots=True)
class Order:
    """One sync that is wanted."""

    full: bool
    push_only: bool
    config: Config
    """The settings of this moment: they may have changed since the process was started."""


class Courier:
    """Starts the process when there is something to do; it ends by itself when there is nothing for a while."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._process: subprocess.Popen[bytes] | None = None

    def run(
        self,
        *,
        full: bool = False,
        push_only: bool = False,
        progress: Callable[[Progress], None] | None = None,
        changed: Callable[[], None] | None = None,
    ) -> SyncReport:
        """Sync once, as `SyncRun.run` does; raises `BrokenOff` when the process could not go on."""
        order = Order(full, push_only, self._parts.config)
        answer = self._ask(order)
        if answer is None:  # it had just gone home: nothing was begun
            answer = self._ask(order)
        while answer is not None:
            match answer:
                case SyncReport():
                    return answer
                case SyncFailed(text=text):
                    raise BrokenOff(text)
                case Progress() if progress is not None:
                    progress(answer)
                case StoreChanged() if changed is not None:
                    changed()
            answer = self._hear()
        self.close()
        raise BrokenOff(GONE)

    def close(self) -> None:
        """Let the process go: it ends when nobody listens any more."""
        process, self._process = self._process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                try:
                    pipe.close()
                except OSError:
                    continue  # what was still to be written has no reader
            process.wait()

    def _ask(self, order: Order) -> object | None:
        """Hand the order over and hear the first answer; None, and no process, when it was not there to take it."""
        first = () if self._process is not None else (self._parts.to_take_along(),)
        self._process = self._process or _start()
        assert self._process.stdin is not None
        try:
            for what in (*first, order):
                pickle.dump(what, self._process.stdin)
            self._process.stdin.flush()
        except OSError:
            answer = None
        else:
            answer = self._hear()
        if answer is None:
            self.close()
        return answer

    def _hear(self) -> object | None:
        """What the process tells next; None when it is gone."""
        assert self._process is not None and self._process.stdout is not None
        try:
            told: object = pickle.load(self._process.stdout)  # noqa: S301 - from our own process
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        return told


def surroundings() -> dict[str, str]:
    """The environment in which a process imports what this one does, and nothing from the folder it is in."""
    path = os.pathsep.join(folder for folder in sys.path if folder)
    return {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}


def _start() -> subprocess.Popen[bytes]:
    """A new process that waits for parts and orders."""
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "vep_tui.cli.courier_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings(),
            start_new_session=True,  # keys of the terminal, such as ctrl+c and ctrl+z, are not meant for it
            # The same on Windows.
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    except OSError as error:
        raise BrokenOff(f"No process could be started to sync in ({error.strerror}); nothing is lost.") from error
