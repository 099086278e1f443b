"""Two people, three machines, web clicks and faults in any order: nobody's words are lost or doubled."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from builders import add_issue, bare_site
from examples import examples
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from reviewer_machine import PROCESS, RELEASE, THREAD, Machine

from vep_tui.core.checklist import statements_of
from vep_tui.core.comment import read_comment
from vep_tui.core.models import Comment, ItemState, People
from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double

KEYS = [item.key for item in PROCESS.checklist][:3]
OWNER = {"desktop": "reviewer", "laptop": "reviewer", "nora": "nora"}
WRITE = r"^(POST|PATCH) .*/comments"


class Delivery(RuleBasedStateMachine):
    """What each person said last about each item, as a plain table, against what GitHub shows."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        site = bare_site()
        add_issue(site, 10)
        self.double = Double(site).start()
        self.machines: dict[str, Machine] = {}
        self.said: dict[tuple[str, str], str] = {}

    @initialize()
    def install(self) -> None:
        for name, owner in OWNER.items():
            self.machines[name] = Machine(Path(self.folder.name) / name, self.double, me=owner)

    @rule(name=st.sampled_from(sorted(OWNER)), key=st.sampled_from(KEYS), state=st.sampled_from(ItemState))
    def tick(self, name: str, key: str, state: ItemState) -> None:
        """Somebody presses a key: what they see of GitHub is what is there, so there is nothing to hold."""
        self.machines[name].tick(key, state)
        self.said[(name, key)] = state

    @rule(name=st.sampled_from(sorted(OWNER)))
    def push(self, name: str) -> None:
        self.deliver(name)

    @rule(
        name=st.sampled_from(sorted(OWNER)),
        fault=st.sampled_from(["reset", "bad-gateway-html", "secondary-limit", "bad-credentials", "empty"]),
        when=st.sampled_from(["before", "after"]),
        where=st.sampled_from([WRITE, "graphql"]),
    )
    def push_into_trouble(self, name: str, fault: str, when: Any, where: str) -> None:
        after = when if fault in ("reset", "bad-gateway-html", "empty") else "before"
        self.double.faults.add(FAULTS[fault](where, when=after, times=2))
        self.deliver(name)
        self.double.faults.clear()

    @rule(name=st.sampled_from(sorted(OWNER)))
    def crash_and_start_again(self, name: str) -> None:
        self.machines[name].close()
        self.machines[name] = Machine(Path(self.folder.name) / name, self.double, me=OWNER[name])

    @rule(owner=st.sampled_from(["reviewer", "nora"]))
    def say_something_else(self, owner: str) -> None:
        self.double.site.add_comment(THREAD, owner, "By the way.")

    def deliver(self, name: str) -> None:
        self.double.site.viewer = OWNER[name]
        self.machines[name].push()

    @invariant()
    def one_comment_each(self) -> None:
        authors = [c.author for c in self.double.site.find(THREAD).comments if c.body.startswith("<!-- vep-tui:1")]
        assert len(authors) == len(set(authors))

    def teardown(self) -> None:
        """After quiet syncs everything is on GitHub, or held with a reason, and nothing else is."""
        try:
            for name in self.machines:
                self.deliver(name)
            for name, machine in self.machines.items():
                for entry in machine.outbox.entries():
                    assert entry.delivery == "held" and entry.reason, entry
                    self.said.pop((name, str(entry.item)))
            self.compare()
            assert self.double.violations == []
        finally:
            for machine in self.machines.values():
                machine.close()
            self.double.stop()
            self.folder.cleanup()

    def compare(self) -> None:
        comments = [
            read_comment(
                Comment(f"C_{c.id}", str(c.id), c.author, c.body, c.created_at, c.updated_at, c.edited_at),
                People(),
                PROCESS,
            )
            for c in self.double.site.find(THREAD).comments
        ]
        for owner in ("reviewer", "nora"):
            shown = statements_of(owner, RELEASE, [c for c in comments if c is not None])
            for key in KEYS:
                wanted = {s for (name, k), s in self.said.items() if OWNER[name] == owner and k == key}
                state = shown[key].state if key in shown else ItemState.TODO
                assert state in wanted or not wanted, (owner, key, state, wanted)


TestDelivery = Delivery.TestCase
TestDelivery.settings = settings(
    max_examples=examples(25), stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
