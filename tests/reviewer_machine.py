"""A reviewer's machine for tests of delivery: own stores, own clock, one GitHub; time passes when somebody sleeps."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from builders import NOW
from secret import TOKEN

from vep_tui.core.checklist import merge
from vep_tui.core.comment import read_comment
from vep_tui.core.models import Checklist, ItemState, People, Release, Tick
from vep_tui.core.process import read_process
from vep_tui.core.world import World
from vep_tui.demo.server import Double
from vep_tui.remote.client import Remote
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection
from vep_tui.sync.report import SyncReport
from vep_tui.sync.run import SyncRun

TOML = Path(__file__).resolve().parents[1] / "vep_tui" / "process.toml"
PROCESS = read_process(tomllib.loads(TOML.read_text(encoding="utf-8")))
PEOPLE = People(
    sigs=(("compute", ("alice", "reviewer")), ("network", ("nora",)), ("storage", ("sam",))),
    approvers=("anna", "ben"),
    reviewers=("reviewer", "rob"),
)
RELEASE = "1.9"
THREAD = "kubevirt/enhancements#10"


def world(me: str = "reviewer") -> World:
    return World(PROCESS, PEOPLE, (Release(RELEASE, branch="release-1.9"),), NOW, me, ("compute",))


class Passing:
    """A clock that moves only when somebody sleeps; `at` lets things happen in the meantime."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self._plans: list[tuple[float, Callable[[], object]]] = []

    def monotonic(self) -> float:
        return self.now

    def wall(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.now - 1000.0)

    def at(self, seconds: float, act: Callable[[], object]) -> None:
        """Let something happen so many seconds from now."""
        self._plans.append((self.now + seconds, act))

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.now += seconds
        due = [plan for plan in self._plans if plan[0] <= self.now]
        self._plans = [plan for plan in self._plans if plan[0] > self.now]
        for _, act in due:
            act()


class Machine:
    """One installation of one reviewer."""

    def __init__(self, folder: Path, double: Double, *, token: str = TOKEN, me: str = "reviewer") -> None:
        self.folder, self.double, self.me = folder, double, me
        self.clock = Passing()
        self.mirror = Mirror.open(folder / "cache" / "mirror.db")
        self.outbox = Outbox.open(folder / "data" / "outbox.db", clock=lambda: NOW)
        for store in (self.mirror, self.outbox):
            # No test cuts the power: what is committed outlives a kill without waiting for the disk.
            store.database.run("PRAGMA synchronous = OFF")
        self.remote = Remote(double.url, token, write_interval=0, deadline=5)
        self.run = SyncRun(
            self.mirror,
            self.outbox,
            Projection(self.mirror),
            self.remote,
            lambda: world(me),
            sleep=self.clock.sleep,
            monotonic=self.clock.monotonic,
            wall=self.clock.wall,
        )

    def tick(self, item: str = "prs-merged", state: str = "done", note: str = "", evidence: str = "", seen: str = "",
             number: int = 10) -> Tick:  # fmt: skip
        return self.outbox.want(number, RELEASE, item, ItemState(state), note, evidence, seen)

    def push(self) -> SyncReport:
        return self.run.run(push_only=True)

    def sync(self, *, full: bool = False) -> SyncReport:
        return self.run.run(full=full)

    def deliveries(self) -> list[str]:
        """How far every wish has come, oldest first."""
        return [str(entry.delivery) for entry in self.outbox.all()]

    def reasons(self) -> list[str]:
        return [entry.reason for entry in self.outbox.all() if entry.reason]

    def close(self) -> None:
        self.run.close()


@contextmanager
def machine(folder: Path, double: Double, *, token: str = TOKEN, me: str = "reviewer") -> Iterator[Machine]:
    found = Machine(folder, double, token=token, me=me)
    try:
        yield found
    finally:
        found.close()


def comments_of(double: Double, ref: str = THREAD) -> list[str]:
    """Bodies of our comments in a thread."""
    return [c.body for c in double.site.find(ref).comments if "vep-tui:1" in c.body]


def states_on(double: Double, ref: str = THREAD, me: str = "reviewer") -> dict[str, str]:
    """What the thread says about each item that is not open, as anyone reads it."""
    return {i.key: str(i.state) for i in checklist_on(double, ref, me).items if i.state is not ItemState.TODO}


def checklist_on(double: Double, ref: str = THREAD, me: str = "reviewer") -> Checklist:
    """The checklist as the thread has it."""
    from vep_tui.core.models import Comment

    found = []
    for record in double.site.find(ref).comments:
        comment = Comment(
            f"C_{record.id}",
            str(record.id),
            record.author,
            record.body,
            record.created_at,
            record.updated_at,
            record.edited_at,
        )
        found.append(read_comment(comment, PEOPLE, PROCESS))
    return merge(RELEASE, [c for c in found if c is not None], (), PROCESS, PEOPLE, me, {}, "release-1.9")
