"""Lost answers: whatever happened to a request, in the end there is one comment with the right state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from reviewer_machine import THREAD, Machine, comments_of, machine, states_on

from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.faults import Fault
from vep_tui.demo.server import Double
from vep_tui.remote.client import Remote
from vep_tui.sync.settle import GIVE_UP, GRACE

WRITE = r"^(POST|PATCH) .*/comments"
AMBIGUOUS = (
    "server-error",
    "bad-gateway-html",
    "unavailable-text",
    "gateway-timeout-json",
    "reset",
    "reset-midway",
    "truncated",
    "cut-json",
    "empty",
    "portal-html",
    "odd-text",
)


@pytest.fixture
def mine(tmp_path: Path, double: Double) -> Iterator[Machine]:
    with machine(tmp_path / "mine", double) as found:
        yield found


@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("fault", AMBIGUOUS)
def test_a_lost_answer_is_not_sent_twice(mine: Machine, double: Double, fault: str, when: str, method: str) -> None:
    if when == "before" and fault in ("reset-midway", "truncated", "cut-json", "odd-text"):
        pytest.skip("this fault spoils an answer, so there has to be one")
    if method == "PATCH":
        mine.tick("docs-merged", "na")
        mine.push()
    double.log.clear()
    mine.tick("prs-merged")
    double.faults.add(FAULTS[fault](WRITE, when=when))
    report = mine.sync()
    assert mine.deliveries()[-1] in ("sent", "sending")
    if mine.deliveries()[-1] == "sending":
        report = mine.sync()
    assert mine.deliveries()[-1] == "sent" and report.in_doubt == 0
    assert len(comments_of(double)) == 1 and states_on(double)["prs-merged"] == "done"
    writes = [r for r in double.log if r.is_write]
    assert len(writes) == (1 if when == "after" else 2)


def test_a_comment_that_arrived_is_found_at_the_first_look(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    double.faults.add(FAULTS["reset"](WRITE, when="after"))
    assert mine.push().sent == 1
    assert mine.clock.slept == []


def test_a_comment_that_its_author_added_to_meanwhile_is_found_all_the_same(mine: Machine, double: Double) -> None:
    mine.outbox.say(10, "Hello", "comment")
    double.faults.add(FAULTS["reset"](WRITE, when="after"))
    settle = mine.remote.graphql

    def edit_first(*words: object) -> object:
        mine.remote.graphql = settle  # type: ignore[method-assign]
        comment = double.site.find(THREAD).comments[-1]
        double.site.edit_comment(comment.id, comment.body + "\n\nAnd bye!")
        return settle(*words)  # type: ignore[arg-type]

    mine.remote.graphql = edit_first  # type: ignore[method-assign,assignment]
    mine.push()
    assert mine.deliveries() == ["sent"] and len(comments_of(double)) == 1


def test_a_comment_that_did_not_arrive_is_sent_after_the_grace_period(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    double.faults.add(FAULTS["reset"](WRITE))
    assert mine.push().sent == 1
    assert mine.clock.slept[:2] == [2.0, 3.0] and sum(mine.clock.slept) >= GRACE
    assert len(comments_of(double)) == 1


@pytest.mark.parametrize("late", [1.0, 4.0, 9.9])
def test_a_comment_that_github_commits_late_is_waited_for(mine: Machine, double: Double, late: float) -> None:
    mine.tick("prs-merged")
    post = mine.remote.post_comment

    def slow(repo: str, number: int, body: str) -> object:
        mine.clock.at(late, lambda: double.site.add_comment(THREAD, "reviewer", body))
        double.faults.add(FAULTS["gateway-timeout-json"](WRITE))
        return post(repo, number, body)

    mine.remote.post_comment = slow  # type: ignore[method-assign,assignment]
    assert mine.push().sent == 1
    assert len(comments_of(double)) == 1 and mine.deliveries() == ["sent"]


def test_an_answer_that_drips_past_the_deadline_is_looked_for(tmp_path: Path, mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    hasty = Remote(double.url, "t0ken", write_interval=0, deadline=0.3)
    mine.remote.post_comment = hasty.post_comment  # type: ignore[method-assign]
    double.faults.add(Fault(WRITE, when="after", kind="drip", seconds=0.2))
    assert mine.push().sent == 1
    hasty.close()
    assert len(comments_of(double)) == 1


def test_it_stays_in_doubt_while_the_thread_cannot_be_read(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    double.faults.add(FAULTS["reset"](WRITE, when="after"))
    double.faults.add(FAULTS["unavailable-text"]("graphql", skip=1, times=-1))
    report = mine.push()
    assert (report.in_doubt, report.sent, report.ok) == (1, 0, False)
    assert any("not known yet" in words for words in report.errors)
    double.faults.clear()
    assert mine.push().sent == 1
    assert len(comments_of(double)) == 1


def test_a_page_with_a_hole_proves_nothing(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    double.faults.add(FAULTS["reset"](WRITE, when="after"))
    double.faults.add(FAULTS["graphql-resource-limits"]("graphql", skip=1, times=-1))
    mine.push()
    assert mine.deliveries() == ["sending"]
    double.faults.clear()
    mine.push()
    assert len(comments_of(double)) == 1 and mine.deliveries() == ["sent"]


def test_it_is_found_below_a_hundred_newer_comments(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    double.faults.add(FAULTS["reset"](WRITE, when="after"))
    double.faults.add(FAULTS["bad-credentials"]("graphql", skip=1, times=-1))
    mine.push()
    assert mine.deliveries() == ["sending"]
    double.faults.clear()
    for n in range(130):
        double.site.add_comment(THREAD, "alice", f"Comment {n}")
    assert mine.push().sent == 1
    assert len(comments_of(double)) == 1


def test_a_clock_set_back_does_not_end_the_grace_period(mine: Machine, double: Double) -> None:
    tick = mine.tick("prs-merged")
    mine.outbox.claim([tick.id], "op-1", "post", "", "<!-- vep-tui:1 release=1.9 op=op-1 -->")
    real = mine.clock.wall
    mine.clock.wall = lambda: real() - timedelta(days=1)  # type: ignore[method-assign]
    mine.run._settler._wall = mine.clock.wall
    assert mine.push().sent == 1
    assert sum(mine.clock.slept) >= GRACE


def test_an_old_attempt_is_settled_at_the_first_look(mine: Machine, double: Double) -> None:
    tick = mine.tick("prs-merged")
    mine.outbox.claim([tick.id], "op-1", "post", "", "<!-- vep-tui:1 release=1.9 op=op-1 -->")
    mine.clock.now += 3600
    assert mine.push().sent == 1
    assert mine.clock.slept == []


def test_a_newer_wish_overtakes_one_that_got_lost(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged", "done", note="first")
    double.faults.add(FAULTS["reset"](WRITE))
    double.faults.add(FAULTS["bad-credentials"]("graphql", skip=1, times=-1))
    mine.push()
    mine.tick("prs-merged", "na", note="second")
    double.faults.clear()
    assert mine.push().ok
    (body,) = comments_of(double)
    assert states_on(double) == {"prs-merged": "na"} and "first" not in body


def test_a_newer_wish_follows_one_that_did_arrive(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged", "done")
    double.faults.add(FAULTS["reset"](WRITE, when="after"))
    double.faults.add(FAULTS["bad-credentials"]("graphql", skip=1, times=-1))
    mine.push()
    mine.tick("prs-merged", "na", seen='{"state": "todo", "by": null}')
    double.faults.clear()
    assert mine.push().ok
    assert len(comments_of(double)) == 1 and states_on(double) == {"prs-merged": "na"}


@pytest.mark.parametrize("kind", ["comment", "check-in"])
def test_a_lost_free_comment_is_sent_again(mine: Machine, double: Double, kind: str) -> None:
    mine.outbox.say(10, "Hello there", kind)
    double.faults.add(FAULTS["reset"](WRITE))
    assert mine.push().ok and len(comments_of(double)) == 1


@pytest.mark.parametrize(("kind", "body"), [("command", "/lgtm"), ("comment", "Nice.\n\n/approve")])
def test_a_lost_command_is_never_given_twice(mine: Machine, double: Double, kind: str, body: str) -> None:
    entry = mine.outbox.say(40, body, kind)
    double.faults.add(FAULTS["reset"](WRITE))
    report = mine.push()
    assert (report.held, report.in_doubt) == (1, 0)
    assert "not given again" in mine.reasons()[0]
    mine.push()
    assert comments_of(double, "kubevirt/enhancements#40") == []
    mine.outbox.retry(entry.id)
    assert mine.push().ok and len(comments_of(double, "kubevirt/enhancements#40")) == 1


def test_a_command_that_arrived_is_found(mine: Machine, double: Double) -> None:
    mine.outbox.say(40, "/lgtm", "command")
    double.faults.add(FAULTS["reset"](WRITE, when="after"))
    assert mine.push().ok
    assert len(comments_of(double, "kubevirt/enhancements#40")) == 1


def test_a_thread_that_is_gone_for_good_ends_as_the_users_decision(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    double.faults.add(FAULTS["reset"](WRITE))
    thread = double.site.find(THREAD)
    post = mine.remote.post_comment

    def deleted(*args: object) -> object:
        del double.site.repo("kubevirt/enhancements").issues[10]
        return post(*args)  # type: ignore[arg-type]

    mine.remote.post_comment = deleted  # type: ignore[method-assign,assignment]
    for _ in range(GIVE_UP):
        assert mine.deliveries() in (["waiting"], ["sending"])
        mine.push()
    assert mine.deliveries() == ["held"] and "not known" in mine.reasons()[0]
    assert thread.comments[-1].author != "reviewer"


def test_a_full_disk_under_the_mirror_does_not_unsend(mine: Machine, double: Double, tmp_path: Path) -> None:
    mine.tick("prs-merged")
    mine.mirror.database.run("CREATE TRIGGER full BEFORE INSERT ON comment BEGIN SELECT RAISE(ABORT, 'full'); END")
    mine.mirror.put_issues([{"number": 10, "id": "I_10", "title": "VEP 10"}])
    report = mine.push()
    assert mine.deliveries() == ["sent"] and report.errors
    assert mine.push().requests == 0
