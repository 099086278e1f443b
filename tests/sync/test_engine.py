"""The engine: one sync at a time, wakes that fold into one, messages instead of exceptions, and a quick end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from reviewer_machine import Machine, comments_of

from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double
from vep_tui.store.errors import StoreUnavailable
from vep_tui.store.projection import Projection
from vep_tui.sync.engine import Engine
from vep_tui.sync.messages import Limited, Offline, StoreChanged, SyncFailed, SyncFinished
from vep_tui.sync.outcome import Trouble
from vep_tui.sync.progress import Progress
from vep_tui.sync.report import SyncReport

FINE = SyncReport(True, False, 0, 0, 0, 0, {}, 0, 0, 0.0, ())
PATIENCE = 20.0


class Posted:
    """What was posted; `wait` returns when a condition on it holds."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self._changed = threading.Condition()

    def __call__(self, message: Any) -> None:
        with self._changed:
            self.messages.append(message)
            self._changed.notify_all()

    def of(self, kind: type) -> list[Any]:
        return [m for m in self.messages if isinstance(m, kind)]

    def wait(self, enough: Callable[[], object]) -> None:
        with self._changed:
            assert self._changed.wait_for(enough, PATIENCE), self.messages


class Acting:
    """A sync run as the engine sees one: does what the test says, and notes how it was called."""

    def __init__(self, act: Callable[[int], SyncReport] = lambda n: FINE) -> None:
        self.act = act
        self.calls: list[dict[str, Any]] = []
        self.running = 0
        self.overlapped = False
        self.closed = threading.Event()

    def run(self, **named: Any) -> SyncReport:
        self.calls.append({k: named[k] for k in ("full", "push_only")})
        self.running += 1
        self.overlapped |= self.running > 1
        try:
            return self.act(len(self.calls))
        finally:
            self.running -= 1

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def posted() -> Posted:
    return Posted()


@pytest.fixture
def begin(posted: Posted) -> Iterator[Callable[..., Engine]]:
    """Starts an engine over an `Acting`, and stops it in the end."""
    engines: list[Engine] = []

    def start(acting: Any, *, sync: bool = True, **named: Any) -> Engine:
        engine = Engine(lambda: acting, posted, **named)
        engines.append(engine)
        engine.start(sync=sync)
        return engine

    yield start
    for engine in engines:
        engine.stop()
        if engine._thread is not None:
            engine._thread.join(PATIENCE)


def test_it_syncs_once_when_it_starts(begin: Callable[..., Engine], posted: Posted) -> None:
    acting = Acting()
    begin(acting)
    posted.wait(lambda: posted.of(SyncFinished))
    assert acting.calls == [{"full": False, "push_only": False}]


def test_wakes_fold_into_one_and_never_overlap(begin: Callable[..., Engine], posted: Posted) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slowly(n: int) -> SyncReport:
        inside.set()
        assert go_on.wait(PATIENCE)
        return FINE

    acting = Acting(slowly)
    engine = begin(acting)
    assert inside.wait(PATIENCE)
    for _ in range(50):
        engine.wake()
    engine.sync(full=True)
    engine.wake()
    go_on.set()
    posted.wait(lambda: len(posted.of(SyncFinished)) == 2)
    assert acting.calls[1:] == [{"full": True, "push_only": False}]
    assert not acting.overlapped


def test_a_wake_only_sends(begin: Callable[..., Engine], posted: Posted) -> None:
    acting = Acting()
    engine = begin(acting, sync=False)
    engine.wake()
    posted.wait(lambda: posted.of(SyncFinished))
    assert acting.calls == [{"full": False, "push_only": True}]


def test_it_syncs_again_by_itself(begin: Callable[..., Engine], posted: Posted) -> None:
    acting = Acting()
    begin(acting, interval=0.01)
    posted.wait(lambda: len(posted.of(SyncFinished)) >= 3)
    assert all(not call["push_only"] for call in acting.calls)


def test_with_an_infinite_interval_it_syncs_when_asked(begin: Callable[..., Engine], posted: Posted) -> None:
    engine = begin(Acting(), sync=False, interval=float("inf"))
    engine.sync()
    posted.wait(lambda: posted.of(SyncFinished))
    assert engine.alive and not posted.of(SyncFailed)


def test_after_trouble_it_tries_again_later_and_later(posted: Posted) -> None:
    engine = Engine(lambda: Acting(), posted, interval=300, first_retry=15)  # type: ignore[arg-type,return-value]
    pauses = []
    for _ in range(7):
        engine._finished(replace(FINE, ok=False, trouble=Trouble.OFFLINE, errors=("You are offline.",)))
        pauses.append(engine._pause())
    assert pauses == [15, 30, 60, 120, 240, 300, 300]
    assert posted.of(Offline)[0].reason == "You are offline."
    engine._finished(FINE)
    assert engine._pause() == 300


def test_finding_nothing_to_send_is_no_end_of_trouble(begin: Callable[..., Engine], posted: Posted) -> None:
    offline = replace(FINE, ok=False, trouble=Trouble.OFFLINE, errors=("You are offline.",))
    engine = begin(Acting(lambda n: offline if n == 1 else FINE), interval=300, first_retry=15)
    posted.wait(lambda: posted.of(SyncFinished))
    engine.wake()
    posted.wait(lambda: len(posted.of(SyncFinished)) == 2)
    assert engine._pause() == 15


def test_a_limit_is_waited_for_without_asking(begin: Callable[..., Engine], posted: Posted) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    acting = Acting(lambda n: replace(FINE, ok=False, trouble=Trouble.LIMITED, retry_at=until, errors=("Wait.",)))
    engine = begin(acting)
    posted.wait(lambda: posted.of(SyncFinished))
    engine.sync()
    posted.wait(lambda: len(posted.of(Limited)) == 2)
    assert len(acting.calls) == 1
    assert posted.of(Limited)[0].until == until
    assert 3500 < engine._pause() < 3601


@pytest.mark.parametrize("fault", [RuntimeError("secret t0ken"), StoreUnavailable("There is no room left.")])
def test_a_fault_becomes_a_message_and_the_thread_lives_on(
    begin: Callable[..., Engine], posted: Posted, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def once(n: int) -> SyncReport:
        if n == 1:
            raise fault
        return FINE

    acting = Acting(once)
    engine = begin(acting)
    posted.wait(lambda: posted.of(SyncFailed))
    assert acting.closed.wait(PATIENCE), "the next sync begins with fresh files"
    engine.sync()
    posted.wait(lambda: posted.of(SyncFinished))
    words = posted.of(SyncFailed)[0].text
    assert ("no room" in words) is isinstance(fault, StoreUnavailable)
    assert "t0ken" not in words + caplog.text


def test_a_store_that_does_not_open_is_tried_again(posted: Posted) -> None:
    doors = iter([StoreUnavailable("Locked."), None])

    def door() -> Any:
        if (error := next(doors)) is not None:
            raise error
        return Acting()

    engine = Engine(door, posted, first_retry=0.01)
    engine.start()
    posted.wait(lambda: posted.of(SyncFinished))
    engine.stop()
    assert posted.of(SyncFailed)[0].text == "Locked."


def test_a_listener_that_raises_does_not_stop_it() -> None:
    done = threading.Event()
    acting = Acting(lambda n: done.set() or FINE if n == 2 else FINE)  # type: ignore[func-returns-value]

    def gone(message: Any) -> None:
        raise RuntimeError("no screen")

    engine = Engine(lambda: acting, gone, interval=0.01)  # type: ignore[arg-type,return-value]
    engine.start()
    assert done.wait(PATIENCE)
    engine.stop()


def test_quitting_is_instant_whatever_the_network_does(tmp_path: Path, double: Double, posted: Posted) -> None:
    double.faults.add(FAULTS["hang"]("", times=-1))
    asked = threading.Event()

    def door() -> Any:
        run = Machine(tmp_path / "mine", double).run
        asked.set()
        return run

    engine = Engine(door, posted)
    engine.start()
    assert asked.wait(PATIENCE)
    engine.stop()
    assert engine._thread is not None and engine._thread.daemon
    assert engine._thread.is_alive() and not posted.of(SyncFinished), "the request still hangs"
    double.stop()
    engine._thread.join(PATIENCE)
    double.start()


def test_the_real_thing_sends_a_tick_and_says_so(tmp_path: Path, double: Double, posted: Posted) -> None:
    def door() -> Any:
        mine = Machine(tmp_path / "mine", double)
        mine.tick("prs-merged")
        return mine.run

    engine = Engine(door, posted)
    engine.start()
    posted.wait(lambda: posted.of(SyncFinished))
    engine.stop()
    assert engine._thread is not None
    engine._thread.join(PATIENCE)
    assert posted.of(SyncFinished)[0].report.sent == 1 and len(comments_of(double)) == 1
    assert posted.of(StoreChanged) and posted.of(Progress)


def test_rows_that_a_broken_off_sync_left_behind_are_computed_by_the_next(
    double: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    mine = Machine(tmp_path, double)
    mine.sync()
    double.site.retitle("kubevirt/enhancements#10", "VEP 10: Widgets")
    with monkeypatch.context() as patch:
        patch.setattr(Projection, "refresh", die)
        with pytest.raises(Killed):
            mine.sync()
    mine.sync()
    rows = mine.mirror.database.rows("SELECT title FROM queue WHERE number = 10")
    mine.close()
    assert [row[0] for row in rows] == ["Widgets"]
