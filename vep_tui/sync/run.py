"""One sync from beginning to end: settle, push, pull, settle what is left; it knows no thread and no screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from vep_tui.core.models import Delivery
from vep_tui.core.world import World
from vep_tui.remote.client import Remote
from vep_tui.remote.errors import RemoteError
from vep_tui.store.errors import StoreError
from vep_tui.store.lease import LeaseLost
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import BEHIND, Projection
from vep_tui.sync.outcome import Outcome, Trouble
from vep_tui.sync.progress import Progress
from vep_tui.sync.pull import PullReport, pull
from vep_tui.sync.push import Push
from vep_tui.sync.report import SyncReport
from vep_tui.sync.settle import GRACE, Settler, keep, utc_now

__all__ = ["SyncReport", "SyncRun"]

NOTHING = PullReport({}, (), full=False)


class SyncRun:
    """Syncs one store with one GitHub, again and again, in one thread."""

    def __init__(
        self,
        mirror: Mirror,
        outbox: Outbox,
        projection: Projection,
        remote: Remote,
        world: Callable[[], World],
        *,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = utc_now,
        grace: float = GRACE,
    ) -> None:
        """`world` tells people, calendar and clock as the mirror has them at the moment of the call."""
        self._mirror, self._outbox, self._projection = mirror, outbox, projection
        self._remote, self._world = remote, world
        self._monotonic = monotonic
        repo = world().process.enhancements
        self._settler = Settler(mirror, outbox, remote, repo, sleep=sleep, monotonic=monotonic, wall=wall, grace=grace)

    def run(
        self,
        *,
        full: bool = False,
        push_only: bool = False,
        progress: Callable[[Progress], None] | None = None,
        changed: Callable[[], None] | None = None,
    ) -> SyncReport:
        """Sync once; `changed` is called whenever there is something new to see. Trouble is told in the report."""
        start, requests, points = self._monotonic(), self._remote.requests, self._remote.points
        outcome, pulled = Outcome(), NOTHING
        tell = changed or (lambda: None)
        before, doubtful = self._outbox.database.version(), self._doubtful()
        try:
            self._deliver(outcome, progress)
            if self._outbox.database.version() != before:
                self._refresh(outcome.touched)
                tell()
            # Another day, or another person looking, is no news of GitHub's: the queue follows all the same.
            if not push_only and self._projection.ensure(self._mirror, self._outbox, self._world()):
                tell()
            if not push_only and not outcome.hopeless:
                pulled = self._pull(outcome, full, progress)
                tell()
            if self._doubtful() - doubtful and not outcome.hopeless:
                self._deliver(outcome, progress)
                self._refresh(outcome.touched)
                tell()
        except StoreError as error:
            outcome.complain(str(error))
        finally:
            self._release()
        seconds = self._monotonic() - start
        return self._report(outcome, pulled, self._remote.requests - requests, self._remote.points - points, seconds)

    def close(self) -> None:
        """Let go of the files and the connection."""
        self._remote.close()
        self._mirror.close()
        self._outbox.close()

    def _deliver(self, outcome: Outcome, progress: Callable[[Progress], None] | None) -> None:
        """Settle what is in doubt and send what waits, unless another instance does so now."""
        if not self._outbox.attempts() and not self._outbox.groups():
            return
        try:
            keep(self._outbox)
            if self._outbox.attempts() and progress is not None:
                progress(Progress("looking for what was sent"))
            self._settler.run(outcome)
            push = Push(
                self._mirror,
                self._outbox,
                self._remote,
                self._world(),
                self._settler,
                monotonic=self._monotonic,
                progress=progress,
            )
            push.run(outcome)
        except LeaseLost as error:
            outcome.complain(str(error), Trouble.BUSY)

    def _pull(self, outcome: Outcome, full: bool, progress: Callable[[Progress], None] | None) -> PullReport:
        """Fetch, then compute anew what changed; what came before a failure is kept and computed, too."""
        report: PullReport | None = None
        reports: list[PullReport] = []
        behind = bool(self._mirror.meta(BEHIND))
        self._mirror.set_meta(BEHIND, True)
        try:
            world = self._world()
            report = pull(
                self._mirror,
                self._remote,
                world.process,
                full=full,
                now=world.now,
                progress=progress,
                releases=lambda: self._world().releases,
                broken_off=reports.append,
            )
            reports.append(report)
        except RemoteError as error:
            outcome.failed(error)
        finally:
            for came in reports:
                touched = None if behind or came.touched is None else outcome.touched | set(came.touched)
                if touched is None or touched or came.moved:
                    self._refresh(touched, came.moved)
                self._mirror.set_meta(BEHIND, False)
        for words in report.errors if report else ():
            outcome.complain(words)
        return report or NOTHING

    def _refresh(self, numbers: set[int] | None, moved: Collection[str] = ()) -> None:
        self._projection.refresh(self._mirror, self._outbox, self._world(), numbers, moved)

    def _doubtful(self) -> set[str]:
        return {attempt.op for attempt in self._outbox.attempts()}

    def _release(self) -> None:
        try:
            self._outbox.lease.release()
        except StoreError:
            return  # it runs out by itself

    def _report(self, outcome: Outcome, pulled: PullReport, requests: int, points: int, seconds: float) -> SyncReport:
        counts: Mapping[Delivery, int] = self._outbox.counts()
        held, doubt = counts[Delivery.HELD], counts[Delivery.SENDING]
        waiting = counts[Delivery.WAITING]
        for words in outcome.doubts if doubt else ():
            outcome.complain(words)
        return SyncReport(
            ok=not (outcome.errors or held or doubt or waiting),
            full=pulled.full,
            sent=outcome.sent,
            held=held,
            waiting=waiting,
            in_doubt=doubt,
            fetched=pulled.fetched,
            requests=requests,
            points=points,
            seconds=round(seconds, 3),
            errors=tuple(outcome.errors),
            trouble=outcome.trouble,
            retry_at=outcome.retry_at,
        )
