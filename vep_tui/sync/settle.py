"""Finds out what became of requests whose answer was lost: looks for their mark in the thread, and sends nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from vep_tui.core.commands import prow_commands
from vep_tui.core.marker import carries
from vep_tui.core.models import Comment
from vep_tui.remote.client import Remote
from vep_tui.remote.errors import NotFound, RemoteError
from vep_tui.store.errors import StoreError
from vep_tui.store.lease import LeaseLost
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.wishes import TICK, Attempt
from vep_tui.sync.outcome import Outcome
from vep_tui.sync.thread import read_thread

GRACE = 12.0
"""Seconds after which a request that has not shown has failed: GitHub kills its own after 10."""

LOOKS = (0.0, 2.0, 5.0)
"""Seconds at which to look; most lost answers belong to comments that are there already."""

GIVE_UP = 5
"""Vain looks at a thread that is gone, after which the user has to decide."""

_COMMAND_LOST = (
    "It is not known whether GitHub got this command, and it was not given again. "
    "Look at the conversation, then retry or drop it."
)


def utc_now() -> datetime:
    """The machine's clock, by which attempts are dated."""
    return datetime.now(UTC)


def keep(outbox: Outbox) -> None:
    """Renew the right to send; raises `LeaseLost` when another instance has it now."""
    if not outbox.lease.take():
        raise LeaseLost("Another vep-tui is sending now; this one leaves it to that one.")


class Settler:
    """Settles the attempts in doubt of one outbox."""

    def __init__(
        self,
        mirror: Mirror,
        outbox: Outbox,
        remote: Remote,
        repo: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = utc_now,
        grace: float = GRACE,
    ) -> None:
        self._mirror, self._outbox, self._remote, self._repo = mirror, outbox, remote, repo
        self._sleep, self._monotonic, self._wall = sleep, monotonic, wall
        self._grace = grace
        self.begun: dict[str, float] = {}
        """Operation to the monotonic moment it was begun, for those of this process: no clock can lie about them."""

    def run(self, outcome: Outcome) -> None:
        """Look until every attempt has been found, or may be taken for lost; unreadable threads stay in doubt."""
        pending = {attempt.op: attempt for attempt in self._outbox.attempts()}
        start, looks = self._monotonic(), list(LOOKS)
        while pending and not outcome.hopeless:
            next_look = looks.pop(0) if looks else None
            if next_look is None:
                self._sleep(max(0.05, min(self._grace - self._age(a) for a in pending.values())))
            elif start + next_look > self._monotonic():
                self._sleep(start + next_look - self._monotonic())
            keep(self._outbox)
            for number in dict.fromkeys(attempt.number for attempt in pending.values()):
                here = [attempt for attempt in pending.values() if attempt.number == number]
                for attempt in self._look(number, here, outcome):
                    del pending[attempt.op]
                if outcome.hopeless:
                    return

    def _look(self, number: int, attempts: list[Attempt], outcome: Outcome) -> list[Attempt]:
        """Those of the attempts that nothing more is to be done about now."""
        ripe = {attempt.op for attempt in attempts if self._age(attempt) >= self._grace}
        ops = {attempt.op for attempt in attempts}
        try:
            thread = read_thread(self._remote, self._repo, number, lambda page: ops <= _places(page, ops).keys())
        except RemoteError as error:
            outcome.failed(error, f"It is not known yet whether what was sent to #{number} arrived.")
            if isinstance(error, NotFound):
                self._thread_is_gone(attempts, error, outcome)
            return attempts
        places = _places(thread.comments, ops)
        done: list[Attempt] = []
        for attempt in attempts:
            if attempt.op in places:
                place = places[attempt.op]
                self.arrived(attempt, thread.comments[place], thread.nodes[place], outcome)
            elif attempt.op in ripe:
                self._lost(attempt, outcome)
            else:
                self._outbox.looked(attempt.op)
                continue
            done.append(attempt)
        return done

    def arrived(self, attempt: Attempt, comment: Comment, node: Mapping[str, Any], outcome: Outcome) -> None:
        """GitHub has it: mirror it, then mark its wishes sent. A mirror that cannot be written is no reason not to."""
        try:
            self._mirror.put_comment(attempt.number, node)
        except StoreError as error:
            outcome.complain(str(error))
        self._outbox.delivered(attempt.op, comment.database_id, comment.url)
        outcome.sent += len(attempt.ids)
        outcome.touched.add(attempt.number)

    def _lost(self, attempt: Attempt, outcome: Outcome) -> None:
        outcome.touched.add(attempt.number)
        if attempt.kind == "command" or (attempt.kind != TICK and prow_commands(attempt.body)):
            self._outbox.refuse(attempt.op, _COMMAND_LOST)
        else:
            self._outbox.unsent(attempt.op)

    def _thread_is_gone(self, attempts: Iterable[Attempt], error: NotFound, outcome: Outcome) -> None:
        for attempt in attempts:
            if self._outbox.looked(attempt.op) >= GIVE_UP:
                outcome.touched.add(attempt.number)
                self._outbox.refuse(attempt.op, f"It is not known whether it arrived: {error.message}")

    def _age(self, attempt: Attempt) -> float:
        """Seconds since the attempt began; none at all when the clock says that it is yet to begin."""
        if attempt.op in self.begun:
            return self._monotonic() - self.begun[attempt.op]
        age = (self._wall() - attempt.started_at).total_seconds()
        if age < 0:
            self.begun[attempt.op] = self._monotonic()
            return 0.0
        return age


def _places(comments: Sequence[Comment], ops: Iterable[str]) -> dict[str, int]:
    """Operation to the place of the comment that carries its mark; its author may have added text around it since."""
    found = ((op, place) for op in ops for place, comment in enumerate(comments) if carries(comment.body, op))
    return dict(found)
