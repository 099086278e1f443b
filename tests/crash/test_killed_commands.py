"""Commands killed at any moment, from the first start to a migration: the next run ends with what was accepted."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from builders import small_site
from command import Command
from forking import Lives
from reviewer_machine import comments_of, states_on

from vep_tui.demo.server import Double

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are forked and killed")

KILLS = int(os.environ.get("VEP_TUI_KILLS", "12"))
"""Kills at random moments; `make crash` asks for hundreds."""
EVERY = int(os.environ.get("VEP_TUI_KILL_EVERY", "12"))
"""Of the commit points of a long pull, one in so many; `make crash` takes all."""
IN_FLIGHT = 1.5
"""Seconds after which the double has surely answered a request of a process that was killed meanwhile."""
TEN, TWENTY = "kubevirt/enhancements#10", "kubevirt/enhancements#20"

Step = tuple[Sequence[str], str, str, str]
"""A command, and the thread, item and state it accepts; empty for a sync."""

PLAN: tuple[Step, ...] = (
    (("sync",), "", "", ""),
    (("tick", "10", "prs-merged", "--note", "all of them"), TEN, "prs-merged", "done"),
    (("tick", "10", "docs-merged", "--state", "na", "--push"), TEN, "docs-merged", "na"),
    (("tick", "20", "prs-merged"), TWENTY, "prs-merged", "done"),
    (("sync",), "", "", ""),
    (("tick", "10", "prs-merged", "--state", "todo", "--push"), TEN, "prs-merged", "todo"),
    (("sync", "--full"), "", "", ""),
)


@pytest.fixture(scope="module")
def lives() -> Iterator[Lives]:
    with Lives(Path(__file__).with_name("forked_cli.py")) as running:
        yield running


def stores(home: Path) -> list[Path]:
    return [path for path in home.rglob("*.db") if path.is_file()]


class Life:
    """One home and one GitHub: what was accepted, and what may or may not have been.

    `grace` seconds a later run waits for what was on its way: next to nothing, where no request was cut short.
    """

    def __init__(self, lives: Lives, home: Path, double: Double, *, grace: float = 0.1) -> None:
        self.lives, self.double, self.grace = lives, double, grace
        self.command = Command(double.url, home, {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"})
        self.accepted: dict[tuple[str, str], str] = {}
        self.perhaps: dict[tuple[str, str], set[str]] = {}

    def run(self, argv: Sequence[str], **death: Any) -> dict[str, Any]:
        """One command, and how it ended."""
        self.command.home.mkdir(parents=True, exist_ok=True)
        return self.lives(argv, self.command.environment(), self.command.home, grace=self.grace, **death)

    def do(self, step: Step, **death: Any) -> dict[str, Any]:
        argv, ref, item, state = step
        found = self.run(argv, **death)
        if ref and not found["killed"] and found["status"] in (0, 1):
            self.accepted[(ref, item)] = state
            self.perhaps.pop((ref, item), None)
        elif ref and found["killed"]:
            self.perhaps.setdefault((ref, item), set()).add(state)
        return found

    def err(self) -> str:
        return (self.command.home / "err").read_text()

    def end(self) -> None:
        """A clean run, and then the counting."""
        for _ in range(2):
            found = self.run(["sync"])
            if found["status"] == 0:
                break
        assert found["status"] == 0, self.err()
        self.run(["outbox", "--json"])
        assert json.loads((self.command.home / "out").read_text()) == {"items": []}
        for path in stores(self.command.home):
            with closing(sqlite3.connect(path)) as raw:
                assert raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert not list(self.command.home.rglob("*damaged*"))
        for ref in (TEN, TWENTY):
            shown = states_on(self.double, ref)
            there = len(comments_of(self.double, ref))
            assert there == 1 or (there == 0 and not shown), (ref, there)
            sure = {item: s for (r, item), s in self.accepted.items() if r == ref}
            may = {item: s for (r, item), s in self.perhaps.items() if r == ref}
            for item in sure.keys() | may.keys() | shown.keys():
                allowed = {sure.get(item, "todo")} | may.get(item, set())
                assert shown.get(item, "todo") in allowed, (ref, item, shown, sure, may)
        assert self.double.violations == []


@pytest.fixture(scope="module")
def prepared(lives: Lives, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has synced once."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    with Double(small_site()) as double:
        assert Life(lives, home, double).do(PLAN[0])["status"] == 0
    return home


def test_killed_at_random_moments(
    lives: Lives, prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(os.environ.get("VEP_TUI_KILL_SEED", "5"))
    lengths: dict[str, float] = {}
    with Double(small_site()) as double:
        clean = Life(lives, tmp_path / "clean", double)
        for number, step in enumerate(PLAN):
            found = clean.do(step)
            assert found["status"] == 0, clean.err()
            lengths[str(number)] = found["seconds"]
        clean.end()
    killed = case = 0
    while killed < KILLS:
        case += 1
        home = tmp_path / str(case)
        first = chance.randrange(2)
        if first:
            shutil.copytree(prepared, home)
        with Double(small_site()) as double:
            life = Life(lives, home, double, grace=IN_FLIGHT)
            doomed = {number for number in range(first, len(PLAN)) if chance.random() < 0.6}
            for number, step in enumerate(PLAN[first:], start=first):
                if number in doomed:
                    after = chance.uniform(0, 1.1) * lengths[str(number)]
                    killed += life.do(step, after=after)["killed"]
                else:
                    life.do(step)
            try:
                life.end()
            except AssertionError as failed:
                raise AssertionError(f"case {case}, killed in {[PLAN[n][0] for n in doomed]}") from failed
        shutil.rmtree(home)
    with capsys.disabled():
        print(f"\n{killed} commands killed at random moments in {case} lives")


@pytest.mark.parametrize("what", ["start", "tick", "push", "pull", "migrate"])
def test_killed_at_every_commit_and_every_request(
    lives: Lives, prepared: Path, tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    step = {"start": PLAN[0], "tick": PLAN[1], "push": PLAN[2], "pull": PLAN[6], "migrate": PLAN[0]}[what]
    every = EVERY if what in ("start", "pull", "migrate") else 1
    at, deaths = 1, 0
    while True:
        home = tmp_path / str(at)
        if what != "start":
            shutil.copytree(prepared, home)
        if what == "migrate":
            age(home)
        with Double(small_site()) as double:
            life = Life(lives, home, double)
            if what == "migrate":
                life.accepted[(TEN, "bugs-tracked")] = "done"
            found = life.do(step, at=at)
            deaths += found["killed"]
            if found["killed"] and what == "migrate" and at % 3 == 0:
                life.do(step, at=at + 1)  # and again at the next attempt
            if at == 1 or at % (3 * every) == 1 or what in ("tick", "push", "migrate"):
                life.end()
            else:
                assert life.run(["sync"])["status"] == 0, life.err()
        shutil.rmtree(home)
        if not found["killed"]:
            assert found["status"] == 0, found
            break
        at += every
    assert deaths >= 4
    with capsys.disabled():
        print(f"\n{what}: killed at {deaths} of its {found['moments']} commits and requests")


def age(home: Path) -> None:
    """Put stores of the first version in place, with a tick waiting in them."""
    from vep_tui.store.schema import MIRROR, OUTBOX

    for path in stores(home):
        path.unlink()
        for side in ("-wal", "-shm"):
            path.with_name(path.name + side).unlink(missing_ok=True)
        first = (MIRROR if path.name == "mirror.db" else OUTBOX)[0]
        with closing(sqlite3.connect(path)) as raw:
            for statement in first:
                raw.execute(statement)
            if path.name == "outbox.db":
                raw.execute(
                    "INSERT INTO wish (kind, number, release, item, state, created_at, delivery) VALUES"
                    " ('tick', 10, '1.9', 'bugs-tracked', 'done', '2026-06-01T00:00:00.000000Z', 'waiting')"
                )
            raw.execute("PRAGMA user_version = 1")
            raw.commit()
