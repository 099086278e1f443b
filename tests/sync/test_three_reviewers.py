"""Three reviewers, four machines, web edits, deletions, crashes and faults in any order: nothing is lost."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from builders import add_issue, bare_site
from examples import examples
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from reviewer_machine import PROCESS, RELEASE, THREAD, Machine, checklist_on

from vep_tui.core.checklist import statements_of
from vep_tui.core.comment import read_comment, title_of
from vep_tui.core.models import Comment, Delivery, ItemState, People
from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.records import CommentRecord
from vep_tui.demo.server import Double

KEYS = [item.key for item in PROCESS.checklist][:3]
TITLES = {item.key: title_of(item, "release-1.9") for item in PROCESS.checklist}
OWNER = {"desktop": "reviewer", "laptop": "reviewer", "nora": "nora", "alice": "alice"}
NAMES = st.sampled_from(sorted(OWNER))
OWNERS = st.sampled_from(sorted(set(OWNER.values())))
AMBIGUOUS = ("reset", "bad-gateway-html", "empty", "server-error", "truncated", "portal-html")
CLEAR = ("secondary-limit", "bad-credentials", "primary-limit", "locked", "not-found")
WRITE = r"^(POST|PATCH) .*/comments"


class Killed(BaseException):
    """What ends a machine in the middle of a request."""


class Reviewers(RuleBasedStateMachine):
    """What may stand on GitHub about each item of each person, as plain sets, against what does."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        site = bare_site()
        add_issue(site, 10)
        self.double = Double(site).start()
        self.machines: dict[str, Machine] = {}
        self.said: dict[tuple[str, str], set[str]] = {}
        """(Person, item) to the states that one of their hands gave it last."""
        self.hands: dict[tuple[str, str, str], str] = {}
        self.deleted: set[str] = set()
        """People who have deleted a checklist comment: what it said and was sent may be gone with it."""
        self.words: dict[str, str] = {}
        """Free comments that were written, and by whom."""
        self.offline: set[str] = set()

    @initialize()
    def install(self) -> None:
        for name, owner in OWNER.items():
            self.machines[name] = Machine(Path(self.folder.name) / name, self.double, me=owner)

    def note(self, hand: str, owner: str, key: str, state: str) -> None:
        self.hands[(hand, owner, key)] = state

    @rule(name=NAMES, key=st.sampled_from(KEYS), state=st.sampled_from(ItemState))
    def tick(self, name: str, key: str, state: ItemState) -> None:
        self.machines[name].tick(key, state)
        self.note(name, OWNER[name], key, state)

    @rule(name=NAMES)
    def say(self, name: str) -> None:
        words = f"Remark {len(self.words)}."
        self.machines[name].outbox.say(10, words, "comment")
        self.words[words] = OWNER[name]

    @rule(name=NAMES)
    def push(self, name: str) -> None:
        self.deliver(name)

    @rule(name=NAMES)
    def sync(self, name: str) -> None:
        self.deliver(name, pull=True)

    @rule(name=NAMES, fault=st.sampled_from(AMBIGUOUS + CLEAR), after=st.booleans(), times=st.integers(1, 3),
          where=st.sampled_from([WRITE, "graphql"]))  # fmt: skip
    def push_into_trouble(self, name: str, fault: str, after: bool, times: int, where: str) -> None:
        when: Any = "after" if fault == "truncated" or (after and fault in AMBIGUOUS) else "before"
        self.double.faults.add(FAULTS[fault](where, when=when, times=times))
        self.deliver(name)
        self.double.faults.clear()

    @rule(name=NAMES, after=st.booleans())
    def die_while_sending(self, name: str, after: bool) -> None:
        """The process is gone in the middle of a request; whether it arrived is open."""
        machine = self.machines[name]
        send = machine.remote._line.send

        def dying(verb: str, path: str, *rest: Any) -> Any:
            if path != "graphql" and after:
                send(verb, path, *rest)
            if path != "graphql":
                raise Killed
            return send(verb, path, *rest)

        machine.remote._line.send = dying  # type: ignore[method-assign]
        with suppress(Killed):
            self.deliver(name)
        self.restart(name)

    @rule(name=NAMES)
    def restart(self, name: str) -> None:
        self.machines[name].close()
        self.machines[name] = Machine(Path(self.folder.name) / name, self.double, me=OWNER[name])

    @rule(name=NAMES)
    def toggle_offline(self, name: str) -> None:
        self.offline ^= {name}

    @rule(owner=OWNERS, key=st.sampled_from(KEYS))
    def tick_on_the_web(self, owner: str, key: str) -> None:
        record = self.checklist_of(owner)
        line = next((x for x in record.body.splitlines() if f"<!-- {key} " in x), None) if record else None
        if record is None or line is None:
            return
        self.double.site.tick_box_on_web(record.id, TITLES[key])
        self.note("web", owner, key, "done" if "[ ]" in line else "todo")

    @rule(owner=OWNERS)
    def write_around_the_list(self, owner: str) -> None:
        record = self.checklist_of(owner)
        if record is not None:
            self.double.site.edit_comment(record.id, record.body + "\nPS: mine.")

    @rule(owner=OWNERS)
    def delete_the_comment(self, owner: str) -> None:
        record = self.checklist_of(owner)
        if record is not None:
            self.double.site.delete_comment(record.id)
            self.deleted.add(owner)

    def checklist_of(self, owner: str) -> CommentRecord | None:
        rows = self.double.site.find(THREAD).comments
        return next((c for c in rows if c.author == owner and c.body.startswith("<!-- vep-tui:1 release")), None)

    def deliver(self, name: str, *, pull: bool = False) -> None:
        self.double.site.viewer = OWNER[name]
        machine = self.machines[name]
        if name in self.offline:
            with self.double.refusing():
                machine.push()
        elif pull:
            machine.sync()
        else:
            machine.push()

    @invariant()
    def nothing_is_there_twice(self) -> None:
        bodies = [(c.author, c.body) for c in self.double.site.find(THREAD).comments]
        lists = [author for author, body in bodies if body.startswith("<!-- vep-tui:1 release")]
        assert len(lists) == len(set(lists)), lists
        for words, owner in self.words.items():
            assert sum(body.startswith(words) and author == owner for author, body in bodies) <= 1, words

    @invariant()
    def nothing_is_shown_as_sent_that_is_not(self) -> None:
        bodies = [c.body for c in self.double.site.find(THREAD).comments]
        for machine in self.machines.values():
            for entry in machine.outbox.all():
                if entry.kind == "comment" and entry.delivery is Delivery.SENT:
                    assert any(body.startswith(entry.body) for body in bodies)
                if entry.delivery is Delivery.HELD:
                    assert entry.reason

    def teardown(self) -> None:
        try:
            self.offline.clear()
            for _ in range(3):
                for name, machine in self.machines.items():
                    self.deliver(name, pull=True)
                    for entry in machine.outbox.entries():
                        if entry.delivery is Delivery.HELD:
                            machine.outbox.retry(entry.id, seen=self.seen_by(OWNER[name], entry.item))
            self.nothing_is_there_twice()
            for machine in self.machines.values():
                assert all(e.reason for e in machine.outbox.entries()), machine.outbox.entries()
            self.everything_is_there()
            assert self.double.violations == []
        finally:
            for machine in self.machines.values():
                machine.close()
            self.double.stop()
            self.folder.cleanup()

    def seen_by(self, owner: str, key: str | None) -> str:
        """What somebody sees of an item who decides about a held wish, in the words of the desk."""
        shown = {item.key: item for item in checklist_on(self.double, THREAD, owner).items}
        return json.dumps({"state": shown[key].state, "by": shown[key].by}) if key in shown else ""

    def everything_is_there(self) -> None:
        rows = self.double.site.find(THREAD).comments
        for words, owner in self.words.items():
            assert sum(c.body.startswith(words) and c.author == owner for c in rows) == 1, words
        read = (
            read_comment(
                Comment(f"C_{c.id}", str(c.id), c.author, c.body, c.created_at, c.updated_at, c.edited_at),
                People(),
                PROCESS,
            )
            for c in rows
        )
        comments = [c for c in read if c is not None]
        for owner in set(OWNER.values()):
            shown = statements_of(owner, RELEASE, comments)
            for key in KEYS:
                last = {s for (_, o, k), s in self.hands.items() if o == owner and k == key}
                if owner in self.deleted:
                    last.add("todo")
                state = shown[key].state if key in shown else ItemState.TODO
                assert state in last or not last, (owner, key, state, last)


TestReviewers = Reviewers.TestCase
TestReviewers.settings = settings(
    max_examples=examples(20),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
