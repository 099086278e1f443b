"""The one thread that syncs beside a screen, when woken or when it is time; all it tells, it posts as messages."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from vep_tui.store.errors import StoreError
from vep_tui.sync.messages import Limited, Message, Offline, StoreChanged, SyncFailed, SyncFinished
from vep_tui.sync.outcome import Trouble

if TYPE_CHECKING:
    from vep_tui.sync.progress import Progress
    from vep_tui.sync.report import SyncReport

INTERVAL = 300.0
"""Seconds between syncs when nobody asks for one."""
FIRST_RETRY = 15.0
"""Seconds until another try after trouble; doubled each time, up to the interval."""

_LONGEST_WAIT = 3600.0
"""Seconds; a lock cannot be waited on for ever, and an interval may be infinite."""

_log = logging.getLogger(__name__)


class BrokenOff(Exception):  # noqa: N818 - it says what happened
    """A run could not go on; the text is for the user."""


class Run(Protocol):
    """What the engine runs: a `SyncRun`, or whatever has one elsewhere."""

    def run(
        self,
        *,
        full: bool = ...,
        push_only: bool = ...,
        progress: Callable[[Progress], None] | None = ...,
        changed: Callable[[], None] | None = ...,
    ) -> SyncReport:
        """Sync once."""

    def close(self) -> None:
        """Let go of what it holds."""


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What is asked of the thread; several become one."""

    push: bool = False
    pull: bool = False
    full: bool = False

    def __or__(self, other: _Wishes) -> _Wishes:
        return _Wishes(self.push or other.push, self.pull or other.pull, self.full or other.full)

    def __bool__(self) -> bool:
        return self.push or self.pull or self.full


class Engine:
    """Runs syncs one after another in a daemon thread; wakes coalesce and never overlap."""

    def __init__(
        self,
        open_run: Callable[[], Run],
        post: Callable[[Message], object],
        *,
        interval: float = INTERVAL,
        first_retry: float = FIRST_RETRY,
    ) -> None:
        """`open_run` and `post` are called in the thread; `post` must not block."""
        self._open_run, self._post = open_run, post
        self._interval, self._first_retry = interval, first_retry
        self._asked = _Wishes()
        self._lock = threading.Lock()
        self._woken, self._stopped = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._failures = 0
        self._limited_until: datetime | None = None

    # ------------------------------------------------------------ from any thread; none of these ever waits

    def start(self, *, sync: bool = True) -> None:
        """Begin, with a sync at once unless told otherwise. Starting twice is fine."""
        if self._thread is None:
            if sync:
                self.sync()
            self._thread = threading.Thread(target=self._live, name="vep-tui sync", daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """There is something to send."""
        self._ask(_Wishes(push=True))

    def sync(self, *, full: bool = False) -> None:
        """Send and fetch now; with `full`, fetch everything."""
        self._ask(_Wishes(push=True, pull=True, full=full))

    def stop(self) -> None:
        """Do nothing more. A request under way is abandoned: the outbox knows of it, and the next sync settles it."""
        self._stopped.set()
        self._woken.set()

    @property
    def alive(self) -> bool:
        """True while the thread runs."""
        return self._thread is not None and self._thread.is_alive()

    # ------------------------------------------------------------ in the thread

    def _ask(self, wishes: _Wishes) -> None:
        with self._lock:
            self._asked |= wishes
        self._woken.set()

    def _live(self) -> None:
        run: Run | None = None
        due = time.monotonic() + self._interval
        try:
            while not self._stopped.is_set():
                self._woken.wait(min(max(0.0, due - time.monotonic()), _LONGEST_WAIT))
                wishes = self._take(due)
                if wishes and not self._stopped.is_set() and not self._still_limited():
                    run = self._one(run, wishes)
                    if wishes.pull or self._failures:
                        due = time.monotonic() + self._pause()
                elif time.monotonic() >= due:
                    due = time.monotonic() + self._pause()
        finally:
            if run is not None:
                _close(run)

    def _take(self, due: float) -> _Wishes:
        """What was asked since the last time, or a whole sync when it is time for one."""
        with self._lock:
            self._woken.clear()
            wishes, self._asked = self._asked, _Wishes()
        return wishes | _Wishes(push=True, pull=True) if time.monotonic() >= due else wishes

    def _one(self, run: Run | None, wishes: _Wishes) -> Run | None:
        """One sync; whatever goes wrong becomes a message. Returns the run to go on with, None after a fault."""
        try:
            run = run or self._open_run()
            report = run.run(
                full=wishes.full,
                push_only=not wishes.pull,
                progress=self._tell,
                changed=lambda: self._tell(StoreChanged()),
            )
        except (StoreError, BrokenOff) as error:
            self._broke_off(str(error))
        except Exception as fault:
            self._broke_off(words_for(fault))
        else:
            self._finished(report, idle=not (wishes.pull or report.requests))
            return run
        if run is not None:
            _close(run)
        return None

    def _finished(self, report: SyncReport, *, idle: bool = False) -> None:
        if report.trouble or report.in_doubt:
            self._failures += 1
        elif not idle:  # whoever found nothing to send does not know whether GitHub is there
            self._failures = 0
        self._limited_until = report.retry_at if report.trouble is Trouble.LIMITED else None
        if report.trouble is Trouble.OFFLINE:
            self._tell(Offline(report.errors[0] if report.errors else ""))
        elif self._limited_until is not None:
            self._tell(Limited(self._limited_until))
        self._tell(SyncFinished(report))

    def _broke_off(self, words: str) -> None:
        self._failures += 1
        self._tell(SyncFailed(words))

    def _pause(self) -> float:
        """Seconds until the next sync by itself."""
        if self._limited_until is not None:
            return max(1.0, (self._limited_until - datetime.now(UTC)).total_seconds())
        if not self._failures:
            return self._interval
        return min(self._interval, self._first_retry * 2.0 ** min(self._failures - 1, 10))

    def _still_limited(self) -> bool:
        """True when GitHub wants to be left alone; what was asked for meanwhile is done by the sync after that."""
        if self._limited_until is None or self._limited_until <= datetime.now(UTC):
            return False
        self._tell(Limited(self._limited_until))
        return True

    def _tell(self, message: Message) -> None:
        if self._stopped.is_set():
            return
        try:
            self._post(message)
        except Exception as fault:
            # The screen may be gone already; that is no reason not to send what waits.
            _log.error("%s while posting %s", type(fault).__name__, type(message).__name__)


def words_for(fault: Exception) -> str:
    """A fault of ours for the user; the log gets more."""
    # What a fault says may quote anything, a token too; where it was does not.
    name = type(fault).__name__
    _log.error("%s in\n%s", name, "".join(traceback.format_tb(fault.__traceback__)))
    return f"The sync stopped at a fault in vep-tui ({name}); nothing is lost. It tries again."


def _close(run: Run) -> None:
    try:
        run.close()
    except Exception as fault:
        _log.error("%s while closing", type(fault).__name__)
