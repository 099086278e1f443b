"""Sending: one living comment per reviewer, VEP and release; every answer of GitHub moves a wish where it belongs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from reviewer_machine import THREAD, Machine, checklist_on, comments_of, machine, states_on

from vep_tui.core.comment import render
from vep_tui.core.models import ItemState, Statement
from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double
from vep_tui.sync.outcome import Trouble

WRITE = r"^(POST|PATCH) .*/comments"


@pytest.fixture
def mine(tmp_path: Path, double: Double) -> Iterator[Machine]:
    with machine(tmp_path / "mine", double) as found:
        yield found


def seen(state: str = "todo", by: str | None = None) -> str:
    return json.dumps({"state": state, "by": by})


def test_ticks_of_one_vep_go_out_in_one_comment(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged", evidence="met, 2 of 2 merged", note="see @alice")
    mine.tick("docs-merged", "na")
    report = mine.push()
    assert (report.ok, report.sent, report.requests) == (True, 2, 2)
    assert mine.deliveries() == ["sent", "sent"]
    (body,) = comments_of(double)
    assert "On 2026-06-30: met, 2 of 2 merged" in body and "Note: see `@alice`" in body
    assert states_on(double) == {"prs-merged": "done", "docs-merged": "na"}


def test_later_ticks_edit_the_same_comment(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    mine.push()
    mine.tick("bugs-tracked")
    mine.tick("prs-merged", "todo")
    mine.push()
    assert len(comments_of(double)) == 1
    assert states_on(double) == {"bugs-tracked": "done"}
    assert [r.method for r in double.log if r.is_write] == ["POST", "PATCH"]


def test_every_request_carries_its_own_operation(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    mine.push()
    first = comments_of(double)[0].split("\n")[0]
    mine.tick("bugs-tracked")
    mine.push()
    assert comments_of(double)[0].split("\n")[0] != first


def test_what_was_sent_is_in_the_mirror_at_once(mine: Machine, double: Double) -> None:
    mine.sync()
    mine.tick("prs-merged")
    mine.push()
    issue = mine.mirror.issue(10)
    assert issue is not None
    assert issue.comments[-1].body == comments_of(double)[0]
    (entry,) = mine.outbox.all()
    assert entry.comment_url == issue.comments[-1].url != ""


def test_boxes_and_text_of_the_web_survive_the_next_edit(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    mine.push()
    comment = double.site.find(THREAD).comments[-1]
    double.site.edit_comment(comment.id, comment.body + "\nBye!")
    double.site.tick_box_on_web(comment.id, "Bugs are tracked")
    mine.tick("docs-merged", "na")
    mine.push()
    (body,) = comments_of(double)
    assert body.endswith("\r\nBye!") and body.count("\n") == body.count("\r\n")
    assert states_on(double) == {"prs-merged": "done", "bugs-tracked": "done", "docs-merged": "na"}


def test_text_set_above_the_marker_on_the_web_makes_no_second_comment(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    mine.push()
    comment = double.site.find(THREAD).comments[-1]
    double.site.edit_comment(comment.id, f"Update: two are in review.\n{comment.body}")
    mine.tick("docs-merged")
    mine.push()
    (body,) = comments_of(double)
    marker, text, *_ = body.split("\r\n")
    assert marker.startswith("<!-- vep-tui:1 release=") and text == "Update: two are in review."
    assert states_on(double) == {"prs-merged": "done", "docs-merged": "done"}


def test_a_deleted_comment_is_written_anew(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    mine.push()
    double.site.delete_comment(double.site.find(THREAD).comments[-1].id)
    mine.tick("docs-merged")
    mine.push()
    assert len(comments_of(double)) == 1
    assert states_on(double) == {"docs-merged": "done"}


@pytest.mark.parametrize("fault", ["not-found", "gone"])
def test_an_edit_that_finds_no_comment_looks_again_before_it_writes_anew(
    mine: Machine, double: Double, fault: str
) -> None:
    mine.tick("prs-merged")
    mine.push()
    mine.tick("docs-merged")
    double.faults.add(FAULTS[fault](r"^PATCH"))
    report = mine.push()
    assert report.ok and len(comments_of(double)) == 1
    mine.tick("implemented")
    double.faults.add(FAULTS[fault](r"^PATCH", times=-1))
    assert mine.push().held == 1
    assert len(comments_of(double)) == 1


def test_a_comment_deleted_between_looking_and_editing_is_written_anew(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    mine.push()
    mine.tick("docs-merged")
    edit = mine.remote.edit_comment

    def vanish(*args: object) -> object:
        double.site.delete_comment(double.site.find(THREAD).comments[-1].id)
        return edit(*args)  # type: ignore[arg-type]

    mine.remote.edit_comment = vanish  # type: ignore[method-assign,assignment]
    assert mine.push().ok
    assert len(comments_of(double)) == 1 and states_on(double) == {"docs-merged": "done"}


def test_two_comments_of_mine_are_edited_as_the_oldest_with_the_latest_words(mine: Machine, double: Double) -> None:
    now = double.site.now
    for state, item in (("done", "prs-merged"), ("na", "docs-merged")):
        said = [Statement(item, ItemState(state), now, "", "")]
        body = render(10, "1.9", said, f"op-{item}", "reviewer", now, None, mine.run._world().process, None)
        double.site.add_comment(THREAD, "reviewer", body)
    mine.tick("prs-merged", "todo")
    mine.push()
    oldest, newest = comments_of(double)
    assert "op-prs-merged" not in oldest and "op-docs-merged" in newest
    assert states_on(double) == {"docs-merged": "na"}
    assert "- [ ] The docs PR is merged (does not apply)" in oldest


def test_a_long_thread_is_read_to_its_beginning(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    mine.push()
    for n in range(210):
        double.site.add_comment(THREAD, "alice", f"Comment {n}")
    mine.tick("docs-merged")
    report = mine.push()
    assert report.requests == 4 and len(comments_of(double)) == 1


def test_unticking_what_was_never_ticked_writes_no_comment(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged", "todo")
    report = mine.push()
    assert report.ok and mine.deliveries() == ["sent"] and comments_of(double) == []


# ---------------------------------------------------------------- somebody else was there


def other(double: Double, author: str, item: str, state: str) -> None:
    said = [Statement(item, ItemState(state), double.site.now, "", "")]
    from reviewer_machine import PROCESS

    body = render(10, "1.9", said, f"op-{author}-{item}-{state}", author, double.site.now, None, PROCESS, None)
    double.site.add_comment(THREAD, author, body)


def test_what_somebody_set_otherwise_since_is_held_and_the_rest_goes(mine: Machine, double: Double) -> None:
    other(double, "alice", "prs-merged", "na")
    mine.tick("prs-merged", "done", seen=seen("todo"))
    mine.tick("docs-merged", "done", seen=seen("todo"))
    report = mine.push()
    assert (report.sent, report.held, report.ok) == (1, 1, False)
    assert mine.reasons() == ["`alice` marked it does-not-apply since you looked."]
    assert states_on(double) == {"prs-merged": "na", "docs-merged": "done"}


def test_what_the_user_saw_is_theirs_to_change(mine: Machine, double: Double) -> None:
    other(double, "alice", "prs-merged", "na")
    mine.tick("prs-merged", "done", seen=seen("na", "alice"))
    assert mine.push().ok
    assert states_on(double) == {"prs-merged": "done"}, "said later, whatever the clocks say"


def test_the_same_wish_of_two_people_is_no_conflict(mine: Machine, double: Double) -> None:
    other(double, "alice", "prs-merged", "done")
    mine.tick("prs-merged", "done", seen=seen("todo"))
    assert mine.push().ok and len(comments_of(double)) == 2


def test_a_stranger_makes_no_conflict(mine: Machine, double: Double) -> None:
    other(double, "mallory", "prs-merged", "na")
    mine.tick("prs-merged", "done", seen=seen("todo"))
    assert mine.push().ok and states_on(double) == {"prs-merged": "done"}


def test_a_held_tick_goes_out_when_the_user_insists(mine: Machine, double: Double) -> None:
    other(double, "alice", "prs-merged", "na")
    tick = mine.tick("prs-merged", "done", seen=seen("todo"))
    mine.push()
    mine.outbox.retry(tick.id, seen=seen("na", "alice"))
    assert mine.push().ok and states_on(double) == {"prs-merged": "done"}


def test_a_tick_taken_back_meanwhile_is_told(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged", "na", seen=seen("done", "alice"))
    mine.push()
    assert mine.reasons() == ["`alice` unticked it since you looked."]


def test_what_another_account_wished_is_held_until_the_user_insists(mine: Machine, double: Double) -> None:
    words = (10, "1.9", "docs-merged", ItemState.DONE, "", "", "")
    mine.outbox.want(*words, login="somebody")
    mine.outbox.say(40, "On track.", "check-in", login="somebody")
    mine.tick("prs-merged")
    assert mine.push().held == 2 and mine.deliveries() == ["held", "held", "sent"]
    (reason,) = set(mine.reasons())
    assert reason.startswith(
        "Noted for `somebody`, the account of the last sync, but you are logged in as `reviewer`: "
    )
    assert "as whoever is logged in then" in reason
    assert states_on(double) == {"prs-merged": "done"} and comments_of(double, "kubevirt/enhancements#40") == []
    for entry in mine.outbox.entries():
        mine.outbox.retry(entry.id)
    assert mine.push().ok and states_on(double) == {"prs-merged": "done", "docs-merged": "done"}
    assert len(comments_of(double, "kubevirt/enhancements#40")) == 1


@pytest.mark.parametrize("kind", ["tick", "check-in"])
def test_what_is_wished_after_a_switch_of_accounts_is_held_once_at_most(mine: Machine, kind: str) -> None:
    def wish() -> None:
        login = mine.mirror.meta("viewer")
        if kind == "tick":
            mine.outbox.want(10, "1.9", "docs-merged", ItemState.DONE, "", "", "", login=login)
        else:
            mine.outbox.say(40, "On track.", "check-in", login=login)

    mine.mirror.set_meta("viewer", "somebody")
    wish()
    assert mine.push().held == 1 and mine.mirror.meta("viewer") == "reviewer"
    mine.outbox.drop(mine.outbox.entries()[0].id)
    wish()
    assert mine.push().ok and mine.deliveries() == ["sent"]


def test_a_login_is_the_same_in_any_case(mine: Machine, double: Double) -> None:
    mine.outbox.want(10, "1.9", "docs-merged", ItemState.DONE, "", "", "", login="REVIEWER")
    mine.outbox.say(40, "On track.", "check-in", login="REVIEWER")
    mine.outbox.say(40, "Still on track.", "check-in", login="REVIEWER")
    assert mine.push().ok and mine.deliveries() == ["sent"] * 3
    assert double.log.operations.count("Viewer") == 1


def test_ones_own_earlier_words_are_no_conflict(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged", "done", seen=seen("todo"))
    mine.push()
    mine.tick("prs-merged", "na", seen=seen("todo"))
    assert mine.push().ok and states_on(double) == {"prs-merged": "na"}


def test_two_machines_of_one_reviewer_share_one_comment(mine: Machine, double: Double, tmp_path: Path) -> None:
    with machine(tmp_path / "other", double) as laptop:
        mine.tick("prs-merged")
        laptop.tick("docs-merged", "na")
        mine.push()
        laptop.push()
        mine.tick("implemented")
        mine.push()
    assert len(comments_of(double)) == 1
    assert states_on(double) == {"prs-merged": "done", "docs-merged": "na", "implemented": "done"}


def test_ones_own_newer_words_from_elsewhere_are_not_overwritten(mine: Machine, double: Double, tmp_path: Path) -> None:
    mine.tick("docs-merged")
    mine.push()
    comment = double.site.find(THREAD).comments[-1]
    tick = mine.tick("prs-merged", "na", seen=seen("todo"))
    double.site.tick_box_on_web(comment.id, "All PRs")
    mine.push()
    assert mine.reasons() == ["You ticked it after that, on another machine or on GitHub."]
    mine.outbox.retry(tick.id, seen=seen("done", "reviewer"))
    mine.push()
    assert states_on(double) == {"docs-merged": "done", "prs-merged": "na"}


def test_reviewers_do_not_touch_each_others_comments(mine: Machine, double: Double, tmp_path: Path) -> None:
    mine.tick("prs-merged")
    mine.push()
    double.site.viewer = "nora"
    with machine(tmp_path / "nora", double, me="nora") as nora:
        nora.tick("prs-merged", "na", seen=seen("done", "reviewer"))
        nora.tick("bugs-tracked")
        assert nora.push().ok
    assert len(comments_of(double)) == 2
    found = {i.key: i.by for i in checklist_on(double).items if i.by}
    assert found == {"prs-merged": "nora", "bugs-tracked": "nora"}


# ---------------------------------------------------------------- GitHub's answers


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("locked", "locked"),
        ("archived", "read-only"),
        ("not-yours", "admin rights"),
        ("fine-grained-token", "personal access token"),
        ("sso", "SAML"),
        ("not-found", "Not Found"),
        ("gone", "deleted"),
        ("too-long", "too long"),
    ],
)
def test_a_refusal_holds_the_ticks_with_githubs_words(mine: Machine, double: Double, fault: str, words: str) -> None:
    mine.tick("prs-merged")
    mine.tick("prs-merged", number=20)
    double.faults.add(FAULTS[fault](r"^POST .*/10/comments"))
    report = mine.push()
    assert (report.sent, report.held) == (1, 1)
    assert words.casefold() in mine.reasons()[0].casefold()
    assert comments_of(double) == []
    mine.outbox.retry(next(e.id for e in mine.outbox.entries()))
    assert mine.push().ok and len(comments_of(double)) == 1


def test_a_locked_issue_holds(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged", number=30)
    assert mine.push().held == 1
    assert "locked" in mine.reasons()[0]


def test_a_vep_that_is_not_there_holds(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged", number=999)
    report = mine.push()
    assert report.held == 1 and "404" in mine.reasons()[0]
    assert not any(r.is_write for r in double.log)


def test_a_github_without_graphql_holds_nothing(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    double.faults.add(FAULTS["not-found"]("^Thread$", times=-1))
    report = mine.push()
    assert (report.sent, report.held, report.waiting) == (0, 0, 1) and "404" in report.errors[0]
    double.faults.clear()
    assert mine.push().sent == 1


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("bad-credentials", Trouble.CREDENTIALS),
        ("primary-limit", Trouble.LIMITED),
        ("secondary-limit", Trouble.LIMITED),
        ("secondary-limit-retry-after", Trouble.LIMITED),
        ("too-many-requests-retry-after", Trouble.LIMITED),
        ("submitted-too-quickly", Trouble.LIMITED),
        ("moved-307", Trouble.PARTLY),
    ],
)
def test_what_says_nothing_about_the_wish_leaves_it_waiting(
    mine: Machine, double: Double, fault: str, trouble: Trouble
) -> None:
    mine.tick("prs-merged")
    mine.tick("prs-merged", number=20)
    double.faults.add(FAULTS[fault](WRITE))
    report = mine.push()
    assert mine.deliveries() == ["waiting", "waiting"], "the push stops at once"
    assert report.trouble is trouble and report.errors and not report.ok
    assert (report.retry_at is not None) is (trouble is Trouble.LIMITED)
    assert mine.push().ok and len(comments_of(double)) == 1


def test_a_transferred_issue_holds_what_is_meant_for_it_and_nothing_else(mine: Machine, double: Double) -> None:
    mine.outbox.say(10, "Good work.", "comment")
    mine.outbox.say(20, "Good work.", "comment")
    there = f"{double.url}/repositories/77/issues/5/comments"
    double.faults.add(FAULTS["moved-307"](r"POST .*/issues/10/comments", headers={"location": there}, times=-1))
    report = mine.push()
    assert mine.deliveries() == ["held", "sent"]
    assert report.held == 1 and "another repository" in mine.reasons()[0]


@pytest.mark.parametrize("fault", ["bad-credentials", "primary-limit", "graphql-rate-limited", "portal-html"])
def test_trouble_while_looking_leaves_everything_waiting(mine: Machine, double: Double, fault: str) -> None:
    mine.tick("prs-merged")
    double.faults.add(FAULTS[fault]("graphql", times=-1))
    report = mine.push()
    assert mine.deliveries() == ["waiting"] and report.trouble is not None
    assert not any(r.is_write for r in double.log)


@pytest.mark.parametrize("fault", ["graphql-resource-limits", "graphql-not-found", "graphql-sso"])
def test_a_thread_that_is_not_shown_whole_is_not_written_to(mine: Machine, double: Double, fault: str) -> None:
    mine.tick("prs-merged")
    mine.push()
    mine.tick("docs-merged")
    double.faults.add(FAULTS[fault]("graphql", times=-1))
    mine.push()
    assert mine.deliveries()[-1] in ("waiting", "held")
    double.faults.clear()
    for entry in mine.outbox.entries():
        if entry.delivery == "held":
            mine.outbox.retry(entry.id)
    assert mine.push().ok and len(comments_of(double)) == 1


def test_a_tick_of_an_item_the_process_dropped_is_held(mine: Machine, double: Double) -> None:
    mine.tick("no-such-item")
    mine.tick("prs-merged")
    report = mine.push()
    assert (report.sent, report.held) == (1, 1) and "no such item" in mine.reasons()[0]


def test_an_existing_comment_full_of_other_text_holds_the_tick(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    mine.push()
    comment = double.site.find(THREAD).comments[-1]
    double.site.edit_comment(comment.id, comment.body + "\n" + "x" * 65_000)
    mine.tick("docs-merged")
    assert mine.push().held == 1
    assert "shorten" in mine.reasons()[0] and states_on(double) == {"prs-merged": "done"}


def test_offline_is_a_state_and_everything_waits(mine: Machine, double: Double) -> None:
    mine.tick("prs-merged")
    with double.refusing():
        report = mine.push()
    assert mine.deliveries() == ["waiting"] and report.trouble is Trouble.OFFLINE
    assert mine.push().ok and len(comments_of(double)) == 1


# ---------------------------------------------------------------- free comments and commands


@pytest.mark.parametrize(("kind", "body"), [("comment", "Hello"), ("check-in", "On track."), ("command", "/lgtm")])
def test_a_free_comment_is_posted_as_written(mine: Machine, double: Double, kind: str, body: str) -> None:
    mine.outbox.say(10, body, kind)
    assert mine.push().ok and mine.deliveries() == ["sent"]
    assert comments_of(double)[0].split("\n")[0] == body


def test_free_comments_go_out_in_order(mine: Machine, double: Double) -> None:
    for n in range(3):
        mine.outbox.say(40, f"Number {n}", "comment")
    mine.push()
    assert [b.split("\n")[0] for b in comments_of(double, "kubevirt/enhancements#40")] == [
        "Number 0", "Number 1", "Number 2",
    ]  # fmt: skip


def test_a_comment_that_is_too_long_is_held_without_asking(mine: Machine, double: Double) -> None:
    mine.outbox.say(10, "ü" * 40_000, "comment")
    report = mine.push()
    assert report.held == 1 and len(double.log) == 0


def test_only_one_instance_sends_at_a_time(mine: Machine, double: Double, tmp_path: Path) -> None:
    with machine(tmp_path / "mine", double) as second:
        mine.tick("prs-merged")
        second.outbox.lease.take()
        report = mine.push()
        assert report.trouble is Trouble.BUSY and mine.deliveries() == ["waiting"]
        second.outbox.lease.release()
        assert mine.push().ok
