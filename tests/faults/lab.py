"""The fault lab: a session of one reviewer in scenes, each of which can be struck anywhere, and what must hold then."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from builders import CODE, DOCS, ENHANCEMENTS, add_comment, add_pull, small_site, vep_document
from reviewer_machine import PROCESS, Machine, comments_of, states_on, world
from secret import TOKEN, tellers

from vep_tui.core.filter import parse
from vep_tui.core.marker import sign
from vep_tui.core.models import Delivery
from vep_tui.core.world import World
from vep_tui.demo.server import Double
from vep_tui.demo.state import BoardRecord, Site
from vep_tui.store.projection import Projection
from vep_tui.sync.report import SyncReport
from vep_tui.sync.run import SyncRun

TEN, TWENTY = f"{ENHANCEMENTS}#10", f"{ENHANCEMENTS}#20"
_ENDS = re.compile(r"[.)]$| https://\S+$")
"""A sentence is whole; one may end with an address to go to."""
LAB_PROCESS = PROCESS._replace(board={**PROCESS.board, "number": 1})


def lab_world(me: str = "reviewer") -> World:
    return world(me)._replace(process=LAB_PROCESS)


def lab_site() -> Site:
    """The small world with everything that makes a pull ask: long threads, named pull requests, a board."""
    site = small_site()
    site.scopes = "public_repo, read:org, read:project"
    twenty = site.find(TWENTY)
    for turn in range(55):
        add_comment(site, twenty, "nora", f"Turn {turn}.", age=10 - turn / 10)
    add_comment(site, twenty, "nora", f"The code is in https://github.com/{CODE}/pull/1002.", age=3)
    add_pull(site, 1002, title="Wires")
    site.boards[1] = BoardRecord(1, "v1.9", {10: {"Status": "Tracked"}})
    return site


def copied(site: Site) -> Site:
    """A site of its own in the same state."""
    ids = count(max(c.id for c in _comments(site)) + 1)
    return Site(
        scopes=site.scopes, now=site.now, repos=deepcopy(site.repos), boards=deepcopy(site.boards), ids=ids,
        renamed=dict(site.renamed),
    )  # fmt: skip


def _comments(site: Site) -> Iterator[Any]:
    for repo in site.repos.values():
        for record in repo.issues.values():
            yield from record.comments


class LabMachine(Machine):
    """A reviewer's machine whose process has a board; `deadline` in true seconds."""

    def __init__(self, folder: Path, double: Double, *, deadline: float = 10.0) -> None:
        super().__init__(folder, double)
        self.remote._deadline = deadline
        self.projection = Projection(self.mirror)
        self.run = SyncRun(
            self.mirror,
            self.outbox,
            self.projection,
            self.remote,
            lab_world,
            sleep=self.clock.sleep,
            monotonic=self.clock.monotonic,
            wall=self.clock.wall,
        )


@dataclass(frozen=True)
class Scene:
    """A stage of a session: the machine and the GitHub it begins with, what is done, and what must come of it."""

    name: str
    folder: Path
    """Stores to begin with; an empty folder for a first start."""
    site: Site
    act: Callable[[LabMachine], SyncReport]
    states: Mapping[str, Mapping[str, str]]
    """Thread to what our checklist says in the end."""
    comments: Mapping[str, int]
    """Thread to how many of our comments there are in the end."""

    @contextmanager
    def stage(self, folder: Path) -> Iterator[Double]:
        """A GitHub of its own and a copy of the stores."""
        shutil.copytree(self.folder, folder)
        with Double(copied(self.site)) as double:
            yield double
            assert double.violations == []

    def requests(self, folder: Path) -> list[tuple[str, str, int]]:
        """Every request the scene makes when nothing fails: name, pattern, and how often its like came before."""
        with self.stage(folder) as double:
            machine = LabMachine(folder, double)
            report = self.act(machine)
            assert report.ok, report.errors
            machine.close()
            before: Counter[str] = Counter()
            found = []
            for name in double.log.operations:
                pattern = rf"^{re.escape(name)}$"
                found.append((name, pattern, before[pattern]))
                before[pattern] += 1
        return found


def first_start(root: Path) -> Scene:
    folder = root / "empty"
    folder.mkdir()

    def act(machine: LabMachine) -> SyncReport:
        machine.tick("prs-merged", evidence="met, 2 of 2 merged")
        machine.tick("docs-merged", "na", note="see @alice")
        machine.outbox.say(20, "Good work.", "comment")
        return machine.sync()

    states = {TEN: {"prs-merged": "done", "docs-merged": "na"}, TWENTY: {}}
    return Scene("start", folder, lab_site(), act, states, {TEN: 1, TWENTY: 1})


def later(root: Path) -> Scene:
    """A day's second sync: GitHub has moved on in every way a pull can see."""
    before, folder = first_start(root), root / "later"
    with before.stage(folder) as double:
        machine = LabMachine(folder, double)
        assert before.act(machine).ok
        assert machine.sync().ok
        machine.close()
        site = double.site
        site.add_comment(TEN, "rob", f"And {CODE}#1003 is the last part.")
        add_pull(site, 1003, title="The last part")
        site.tick_box_on_web(next(c.id for c in site.find(TEN).comments if "vep-tui" in c.body), "Bugs are tracked")
        site.merge_pull(f"{DOCS}#500")
        site.write_file(ENHANCEMENTS, "veps/sig-compute/10-gadgets/vep.md", vep_document("Better gadgets"))
        site.write_file(ENHANCEMENTS, "OWNERS", "approvers:\n  - anna\nreviewers:\n  - reviewer\n  - rob\n")
        site.review(f"{ENHANCEMENTS}#40", "nora", "APPROVED")
        site.set_board(1, 20, "Status", "Exception")
        site = copied(site)

    def act(machine: LabMachine) -> SyncReport:
        machine.tick("implemented")
        machine.outbox.say(20, "On track.", "check-in")
        return machine.sync()

    states = {
        TEN: {"prs-merged": "done", "docs-merged": "na", "bugs-tracked": "done", "implemented": "done"},
        TWENTY: {},
    }
    return Scene("later", folder, site, act, states, {TEN: 1, TWENTY: 2})


def settling(root: Path) -> Scene:
    """The machine died while sending: one comment had arrived, one checklist had not."""
    before, folder = first_start(root), root / "settling"
    with before.stage(folder) as double:
        machine = LabMachine(folder, double)
        assert before.act(machine).ok
        assert machine.sync().ok
        said = machine.outbox.say(20, "Arrived.", "comment")
        machine.outbox.claim([said.id], "op-arrived", "post", "", sign("Arrived.", "op-arrived"))
        tick = machine.tick("prs-merged", number=20)
        machine.outbox.claim([tick.id], "op-lost", "post", "", "what was never sent")
        # Begun at a time that is still to come, its age does not depend on how fast the tests run.
        machine.outbox.database.run("UPDATE attempt SET started_at = '2100-01-01T00:00:00.000000Z'")
        machine.outbox.lease.release()
        machine.close()
        double.site.add_comment(TWENTY, "reviewer", sign("Arrived.", "op-arrived"))
        site = copied(double.site)
    states = {TEN: {"prs-merged": "done", "docs-merged": "na"}, TWENTY: {"prs-merged": "done"}}
    return Scene("settle", folder, site, lambda machine: machine.sync(), states, {TEN: 1, TWENTY: 3})


# ---------------------------------------------------------------- what must hold


def check_report(report: SyncReport) -> None:
    """Sentences for people; what is not done is told."""
    if not report.ok:
        assert report.errors or report.held or report.in_doubt or report.waiting, report
    if report.trouble is not None:
        assert report.errors, report
    for words in (*report.errors, str(report)):
        assert words.isprintable() and words == words.strip() and _ENDS.search(words), words
        assert len(words) < 500 and "Traceback" not in words and TOKEN not in words, words
    if report.trouble == "limited":
        assert report.retry_at is not None


def check_stores(machine: LabMachine) -> None:
    """Sound files, and a queue that says what the mirror says."""
    for store in (machine.mirror, machine.outbox):
        assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
    now = lab_world()
    before = machine.projection.page(parse(""), now, machine.outbox).rows
    machine.projection.refresh(machine.mirror, machine.outbox, now)
    assert machine.projection.page(parse(""), now, machine.outbox).rows == before, "the queue lagged behind the mirror"


def check_words(machine: LabMachine, double: Double, scene: Scene) -> None:
    """Nothing is shown as sent that is not, nothing is there twice, nothing has gone."""
    for entry in machine.outbox.all():
        there = comments_of(double, f"{ENHANCEMENTS}#{entry.number}")
        if entry.delivery is Delivery.SENT:
            if entry.item is None:
                assert sum(body.startswith(entry.body) for body in there) == 1, entry
            else:
                # Another statement about the same point may have followed.
                assert states_on(double, f"{ENHANCEMENTS}#{entry.number}").get(entry.item) == entry.state, entry
        elif entry.delivery is Delivery.HELD:
            assert entry.reason and entry.reason.isprintable(), entry
    for ref, most in scene.comments.items():
        assert len(comments_of(double, ref)) <= most, ref


def check_end(machine: LabMachine, double: Double, scene: Scene) -> None:
    """Every wish is on GitHub, exactly once."""
    assert set(machine.deliveries()) == {"sent"}, (machine.deliveries(), machine.reasons())
    for ref, states in scene.states.items():
        assert states_on(double, ref) == states, ref
    for ref, number in scene.comments.items():
        assert len(comments_of(double, ref)) == number, ref


def struck(scene: Scene, folder: Path, strike: Callable[[Double], object], *, deadline: float = 10.0) -> list[str]:
    """Play a scene into a fault, then quietly; the names of the faults that struck."""
    with scene.stage(folder) as double:
        strike(double)
        machine = LabMachine(folder, double, deadline=deadline)
        check_report(scene.act(machine))
        check_stores(machine)
        check_words(machine, double, scene)
        machine.close()
        names = list(double.faults.struck)
        double.faults.clear()
        quiet(scene, folder, double)
    assert not list(tellers(folder))
    shutil.rmtree(folder)
    return names


def quiet(scene: Scene, folder: Path, double: Double) -> None:
    """Syncs without faults, by a machine that was started anew; the user sends again what was held."""
    machine = LabMachine(folder, double)
    for _ in range(3):
        report = machine.sync()
        check_report(report)
        for entry in machine.outbox.entries():
            if entry.delivery is Delivery.HELD:
                assert entry.reason
                machine.outbox.retry(entry.id)
        if report.ok:
            break
    assert report.ok and not report.errors, report
    check_end(machine, double, scene)
    machine.close()


def sound(path: Path) -> bool:
    """SQLite's own check of a file."""
    with closing(sqlite3.connect(path)) as raw:
        return bool(raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
