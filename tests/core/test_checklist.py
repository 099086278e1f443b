"""The checklist: whose word counts, which word is the last, and what the user's own wishes do to the picture."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vep_tui.core.checklist import evidence_sentence, merge, recorded_verdict
from vep_tui.core.models import (
    Checklist,
    ChecklistComment,
    ChecklistItem,
    Comment,
    Delivery,
    Evidence,
    ItemState,
    People,
    Statement,
    Tick,
    Verdict,
)
from vep_tui.core.process import read_process

TOML = Path(__file__).resolve().parents[2] / "vep_tui" / "process.toml"
PROCESS = read_process(tomllib.loads(TOML.read_text(encoding="utf-8")))
NOW = datetime(2026, 6, 25, 9, 0, tzinfo=UTC)
PEOPLE = People(sigs=(("compute", ("alice", "bob")),))
KEY = "prs-merged"


def after(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def by(author: str, state: str, hours: float = 0, *, key: str = KEY, note: str = "", evidence: str = "",
       release: str = "1.9") -> ChecklistComment:  # fmt: skip
    at = after(hours)
    said = Statement(key, ItemState(state), at, note, evidence)
    comment = Comment(f"C_{author}{hours}", "1", author, "", at, at)
    return ChecklistComment(author, release, "op", (said,), comment, PEOPLE.may_speak(author))


def wish(state: str, delivery: str = "waiting", *, id: int = 1, key: str = KEY, reason: str = "", note: str = "",
         evidence: str = "", release: str = "1.9") -> Tick:  # fmt: skip
    return Tick(id, 190, release, key, ItemState(state), note, evidence, "", after(9), Delivery(delivery), reason)


def merged(*comments: ChecklistComment, ticks: tuple[Tick, ...] = (), me: str | None = "alice",
           evidence: Evidence | None = None) -> Checklist:  # fmt: skip
    shown = {KEY: evidence} if evidence else {}
    return merge("1.9", comments, ticks, PROCESS, PEOPLE, me, shown, "release-1.9")


def item(checklist: Checklist, key: str = KEY) -> ChecklistItem:
    return next(i for i in checklist.items if i.key == key)


def test_nothing_said_is_all_open() -> None:
    checklist = merged()
    assert (checklist.done, len(checklist.items)) == (0, 5)
    assert item(checklist).title == "All PRs are merged into release-1.9"
    assert item(checklist).delivery is None


def test_anyone_who_may_speak_ticks_for_all() -> None:
    found = item(merged(by("bob", "done", note="checked")))
    assert (found.state, found.by, found.at, found.note, found.delivery) == ("done", "bob", NOW, "checked", "sent")


@pytest.mark.parametrize("order", [1, -1])
def test_the_latest_explicit_word_wins(order: int) -> None:
    comments = (by("alice", "done", 1), by("bob", "na", 2))[::order]
    found = item(merged(*comments))
    assert (found.state, found.by) == ("na", "bob")
    assert set(found.voices) == {("alice", "done", True), ("bob", "na", True)}


def test_an_open_box_says_nothing_against_others() -> None:
    assert item(merged(by("alice", "done", 1), by("bob", "todo", 2))).by == "alice"


def test_unticking_takes_back_ones_own_tick_only() -> None:
    comments = (by("bob", "done", 1), by("bob", "todo", 2))
    assert item(merged(*comments)).state is ItemState.TODO
    assert item(merged(by("alice", "na", 0), *comments)).by == "alice"


def test_two_comments_of_one_person_are_one_voice() -> None:
    checklist = merged(by("bob", "na", 3), by("BOB", "done", 1), by("bob", "done", 2, key="docs-merged"))
    assert item(checklist).voices == (("bob", "na", True),)
    assert item(checklist, "docs-merged").state is ItemState.DONE


def test_a_stranger_is_shown_and_ticks_nothing() -> None:
    found = item(merged(by("mallory", "done")))
    assert (found.state, found.by, found.voices) == ("todo", None, (("mallory", "done", False),))


def test_my_own_comment_counts_in_my_own_view() -> None:
    assert item(merged(by("newcomer", "done"), me="NewComer")).state is ItemState.DONE


def test_other_releases_are_other_checklists() -> None:
    assert merged(by("bob", "done", release="1.8"), ticks=(wish("na", release="1.10"),)).done == 0


@pytest.mark.parametrize("delivery", ["waiting", "sending", "held"])
def test_a_wish_that_is_not_sent_lies_over_what_github_shows(delivery: str) -> None:
    tick = wish("na", delivery, reason="because", note="mine")
    found = item(merged(by("bob", "done", 99), ticks=(tick,)))
    assert (found.state, found.by, found.note) == ("na", "alice", "mine")
    assert (found.delivery, found.reason) == (delivery, "because")


def test_a_sent_wish_is_seen_through_its_comment_only() -> None:
    assert item(merged(ticks=(wish("done", "sent"),))).state is ItemState.TODO
    assert item(merged(by("alice", "done"), ticks=(wish("done", "sent"),))).delivery is Delivery.SENT


def test_the_newest_of_two_wishes_lies_on_top() -> None:
    ticks = (wish("na", "waiting", id=7), wish("done", "sending", id=3))
    assert item(merged(ticks=ticks)).state is ItemState.NA


def test_a_wish_to_untick_leaves_what_others_say() -> None:
    tick = wish("todo")
    assert item(merged(by("alice", "done"), ticks=(tick,))).state is ItemState.TODO
    found = item(merged(by("alice", "done", 5), by("bob", "na"), ticks=(tick,)))
    assert (found.state, found.by, found.delivery) == ("na", "bob", "waiting")


def test_a_note_on_an_open_item_is_shown() -> None:
    found = item(merged(by("bob", "todo", note="waits for the docs team")))
    assert (found.state, found.note, found.by) == ("todo", "waits for the docs team", "bob")


@pytest.mark.parametrize(
    ("recorded", "now", "turned"),
    [
        ("met, 2 of 2", Verdict.UNMET, True),
        ("", Verdict.UNMET, True),
        ("unknown, no branch yet", Verdict.UNMET, True),
        ("not met, 1 of 2", Verdict.UNMET, False),
        ("met, 2 of 2", Verdict.UNKNOWN, False),
        ("met, 2 of 2", Verdict.MET, False),
    ],
)
def test_a_done_item_turns_when_its_evidence_does(recorded: str, now: Verdict, turned: bool) -> None:
    evidence = Evidence(now, "whatever")
    assert item(merged(by("bob", "done", evidence=recorded), evidence=evidence)).turned is turned
    assert item(merged(ticks=(wish("done", evidence=recorded),), evidence=evidence)).turned is turned
    assert not item(merged(by("bob", "na", evidence=recorded), evidence=evidence)).turned


@pytest.mark.parametrize("verdict", Verdict)
def test_the_verdict_can_be_told_from_the_sentence(verdict: Verdict) -> None:
    assert recorded_verdict(evidence_sentence(Evidence(verdict, "7 of 7 merged"))) is verdict


def test_no_evidence_is_no_sentence() -> None:
    assert evidence_sentence(Evidence(Verdict.UNKNOWN, "")) == ""
    assert recorded_verdict("") is None
