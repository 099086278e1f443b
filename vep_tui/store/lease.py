"""A lease in the outbox, so that only one instance at a time sends; it knows nothing of what is sent."""

from __future__ import annotations

import os
import socket
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from vep_tui.store.errors import StoreError

if TYPE_CHECKING:
    from vep_tui.store.database import Database

SECONDS = 120.0
"""How long a lease holds unless renewed: longer than any single request may take."""

_LONGEST = 3600.0
"""A lease that claims to hold longer than this was written under a wrong clock."""


class LeaseLost(StoreError):  # noqa: N818 - it is what happened
    """Another instance took over sending."""


class Lease:
    """The right to send, held by one connection of one process."""

    def __init__(self, database: Database, name: str = "push") -> None:
        self._database = database
        self._name = name
        self._holder = uuid.uuid4().hex

    def take(self, seconds: float = SECONDS) -> bool:
        """Take or renew it; False while another living instance holds it."""
        with self._database.transaction():
            if self._other() is not None:
                return False
            self._database.run(
                "INSERT OR REPLACE INTO lease (name, holder, pid, boot, until) VALUES (?, ?, ?, ?, ?)",
                (self._name, self._holder, os.getpid(), _machine(), time.time() + seconds),
            )
        return True

    def release(self) -> None:
        """Give it back; without holding it, nothing happens."""
        self._database.run("DELETE FROM lease WHERE name = ? AND holder = ?", (self._name, self._holder))

    def other_pid(self) -> int | None:
        """Process id of the instance that sends now; None when it is this one or nobody."""
        return self._other()

    def left_behind(self) -> bool:
        """True when somebody's lease lies there who cannot be at work any more; it holds nobody up."""
        row = self._database.row("SELECT holder FROM lease WHERE name = ?", (self._name,))
        return row is not None and row["holder"] != self._holder and self._other() is None

    def clear(self) -> None:
        """Take away a lease that was left behind."""
        with self._database.transaction():
            if self.left_behind():
                self._database.run("DELETE FROM lease WHERE name = ?", (self._name,))

    def check(self) -> None:
        """Raise `LeaseLost` when another living instance holds it."""
        pid = self._other()
        if pid is not None:
            raise LeaseLost(f"Another vep-tui (process {pid}) is sending now; this one leaves it to that one.")

    def _other(self) -> int | None:
        row = self._database.row("SELECT * FROM lease WHERE name = ?", (self._name,))
        if row is None or row["holder"] == self._holder:
            return None
        now = time.time()
        if not now < row["until"] < now + _LONGEST or not _may_live(row["pid"], row["boot"]):
            return None
        return int(row["pid"])


def _machine() -> str:
    """Name of the machine and of its last start: process ids mean nothing beyond it."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        boot = ""
    return f"{socket.gethostname()}/{boot}"


def _may_live(pid: int, boot: str) -> bool:
    """False only when the process is known to be gone."""
    mine = _machine()
    if boot != mine:
        # The same machine after a restart: gone. Another machine on a shared folder: cannot be known.
        return boot.partition("/")[0] != mine.partition("/")[0]
    if os.name != "posix":
        return True  # there, signal 0 would end the process
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return not _has_ended(pid)


def _has_ended(pid: int) -> bool:
    """True for a process that has ended though nobody has asked how: some containers never do. See proc(5)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False
    return stat.rpartition(b")")[2].split()[:1] in ([b"Z"], [b"X"])
