"""What is said through the desk arrives once, is held when GitHub refuses it, and a command is never repeated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reviewer_machine import THREAD, Machine, comments_of, machine, world

from vep_tui.core.answers import Progress, render_check_in
from vep_tui.core.models import Delivery
from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double
from vep_tui.store.desk import Desk, DeskError
from vep_tui.store.projection import Projection

WRITE = r"^POST .*/comments"
SAID = [
    ("comment", "Could you bring the description up to date?"),
    ("check-in", render_check_in(Progress.AT_RISK, "e2e tests", cycle="1.9")),
    ("command", "/cc @alice"),
]


@pytest.fixture
def mine(tmp_path: Path, double: Double) -> Iterator[Machine]:
    with machine(tmp_path / "mine", double) as found:
        assert found.sync().ok
        yield found


@pytest.fixture
def desk(mine: Machine) -> Desk:
    return Desk(mine.mirror, mine.outbox, Projection(mine.mirror), world())


@pytest.mark.parametrize(("kind", "body"), SAID)
def test_it_arrives_exactly_once_however_often_it_is_synced(
    mine: Machine, double: Double, desk: Desk, kind: str, body: str
) -> None:
    assert desk.say(10, body, kind).delivery is Delivery.WAITING
    for _ in range(3):
        assert mine.sync().ok
    (found,) = comments_of(double)
    assert found.startswith(body.rstrip())
    assert mine.deliveries() == ["sent"]
    vep = desk.vep(10)
    assert vep is not None
    assert vep.issue.comments[-1].body == found


@pytest.mark.parametrize(("kind", "body"), SAID)
def test_what_github_refuses_is_held_with_its_reason_until_the_person_decides(
    mine: Machine, double: Double, desk: Desk, kind: str, body: str
) -> None:
    double.site.lock_issue(THREAD)
    entry = desk.say(10, body, kind)
    assert mine.push().held == 1
    assert mine.push().held == 1 and comments_of(double) == []
    (held,) = desk.outbox_entries(10)
    assert (held.delivery, held.kind, held.body) == (Delivery.HELD, kind, body)
    assert held.reason
    double.site.lock_issue(THREAD, locked=False)
    desk.retry(entry.id)
    assert mine.push().sent == 1 and len(comments_of(double)) == 1


@pytest.mark.parametrize(("kind", "body"), SAID)
def test_a_lost_answer_to_what_arrived_is_no_reason_to_say_it_again(
    mine: Machine, double: Double, desk: Desk, kind: str, body: str
) -> None:
    double.faults.add(FAULTS["reset"](WRITE, when="after"))
    desk.say(10, body, kind)
    mine.push()
    mine.sync()
    assert len(comments_of(double)) == 1
    assert mine.deliveries() == ["sent"]


def test_a_command_of_unknown_outcome_waits_for_the_person(mine: Machine, double: Double, desk: Desk) -> None:
    double.faults.add(FAULTS["reset"](WRITE))
    entry = desk.say(10, "/cc @alice", "command")
    for _ in range(3):
        mine.push()
    assert comments_of(double) == []
    (held,) = desk.outbox_entries(10)
    assert held.delivery is Delivery.HELD and "not given again" in held.reason
    with pytest.raises(DeskError, match="on its way to 10 already"):
        desk.say(10, "/cc @alice", "command")
    desk.drop(entry.id)
    assert desk.say(10, "/cc @alice", "command").delivery is Delivery.WAITING


def test_the_same_command_cannot_be_given_twice_while_it_waits(mine: Machine, double: Double, desk: Desk) -> None:
    desk.say(10, "/hold", "command")
    with pytest.raises(DeskError, match="This very command"):
        desk.say(10, "/hold", "command")
    desk.say(10, "/unhold", "command")
    mine.push()
    bodies = [b.split("\n")[0] for b in comments_of(double)]
    assert bodies == ["/hold", "/unhold"]
