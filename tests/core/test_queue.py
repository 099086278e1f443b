"""What needs me: worlds with the order a good chair would take them in, notes and explanation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from judging import (
    CODE,
    DESIGN,
    FROZEN,
    NOW,
    QUIET,
    ago,
    checklist,
    comment,
    issue,
    pull,
    review,
    vep,
    world,
)

from vep_tui.core.models import Tracker
from vep_tui.core.queue import (
    LocalNotes,
    changed_at,
    is_post_freeze,
    is_snoozed,
    is_unread,
    needs_me,
    order_key,
    pull_reasons,
    reasons,
    score,
    score_rule,
    weighed,
)


def order(rows, where):
    """Numbers of the rows that need me, loudest first."""
    found = []
    for row in rows:
        number, why = (
            (row.number, reasons(row, where))
            if hasattr(row, "issue")
            else (row.number, pull_reasons(row, vep(), where))
        )
        if needs_me(why):
            found.append((order_key(number, why, where), number))
    return [number for _, number in sorted(found)]


# ---------------------------------------------------------------- order

ACK = comment("carol", "/lgtm", 5)
ORDERS = [
    (
        "people who wait for me come before what my SIG owes, and that before what is soft",
        QUIET,
        "carol",
        ("compute",),
        [
            vep(10, comments=(comment("carol", "and?", 40),)),
            pull(901, last_push_at=ago(2)),
            vep(11, comments=(comment("otto", "@carol fine?", 2),)),
            pull(902, review_requests=("carol",)),
            pull(903, comments=(ACK,)),
            vep(12, version="1.9"),
        ],
        [902, 11, 903, 901, 12, 10],
    ),
    (
        "my SIG's rows come before others' with the same reason",
        QUIET,
        "carol",
        ("compute",),
        [
            vep(9, sig=None, label_sigs=("network",), tracker=Tracker()),
            vep(10, sig=None, label_sigs=("compute",), tracker=Tracker()),
        ],
        [10],
    ),
    (
        "after Code Freeze: turned evidence, then what can be ticked now, then what cannot",
        FROZEN,
        "carol",
        ("compute",),
        [
            vep(10, checklist=checklist(done=1)),
            vep(11, checklist=checklist(done=1, ready=2)),
            vep(12, checklist=checklist(done=4, turned=1)),
            vep(13, checklist=checklist(done=5)),
            vep(14, sig="storage", checklist=checklist()),
        ],
        [12, 11, 10],
    ),
    (
        "the longer wait breaks a tie, then the lower number",
        QUIET,
        "carol",
        ("compute",),
        [pull(903), pull(902), pull(901, last_push_at=ago(5))],
        [901, 902, 903],
    ),
    (
        "an approver sees what only an approver can do first",
        QUIET,
        "root",
        ("compute",),
        [pull(901), pull(902, comments=(comment("carol", "/lgtm", 1),)), vep(10, version="1.7")],
        [902, 901, 10],
    ),
    (
        "a silent VEP before a freeze is louder than a silent one far from it, and people are louder still",
        CODE,
        "carol",
        ("compute",),
        [
            vep(10, comments=(comment("carol", "and?", 12),)),
            vep(11, comments=(comment("otto", "@carol fine?", 2),)),
            vep(12, comments=(comment("carol", "and?", 12),), pulls=()),
        ],
        [11, 12, 10],
    ),
    (
        "without a login, urgency for anyone decides",
        QUIET,
        None,
        (),
        [
            pull(901, last_push_at=ago(1)),
            pull(902, comments=(comment("carol", "/lgtm", 1),)),
            pull(903, review_requests=("carol",)),
            vep(10, version="1.9"),
            vep(11, labels=("lifecycle/rotten",), updated_at=ago(29)),
        ],
        [903, 902, 901, 11, 10],
    ),
    (
        "what is held, drafted or the author's turn does not shout",
        QUIET,
        "carol",
        ("compute",),
        [
            pull(901, is_draft=True),
            pull(902, reviews=(review("nora", "CHANGES_REQUESTED", "no", 1),)),
            pull(903, comments=(comment("dual", "/lgtm", 1), comment("root", "/approve\n/hold", 1))),
            pull(904),
        ],
        [904],
    ),
]


@pytest.mark.parametrize(
    ("calendar", "me", "sigs", "rows", "expected"), [o[1:] for o in ORDERS], ids=[o[0] for o in ORDERS]
)
def test_the_order_a_good_chair_would_take(calendar, me, sigs, rows, expected):
    assert order(rows, world(calendar, me, sigs)) == expected
    assert order(rows[::-1], world(calendar, me, sigs)) == expected


def test_an_acknowledgement_for_another_sigs_vep_is_mine_but_quieter():
    where = world()
    own, other = (pull_reasons(pull(), vep(sig=sig), where) for sig in ("compute", "storage"))
    assert own[0].text == other[0].text == "compute's LGTM is missing"
    assert other[0].mine
    assert score(other, where) < score(own, where)


def test_what_is_not_mine_adds_nothing_to_a_row_of_mine():
    where = world()
    plain = pull_reasons(pull(), vep(), where)
    held = pull_reasons(pull(comments=(comment("root", "/hold", 1),)), vep(), where)
    assert score(held, where) == score(plain, where)


def test_a_near_freeze_makes_the_same_reason_louder():
    def near(days):
        return score(pull_reasons(pull(), vep(), world(QUIET if days is None else days)), world())

    assert near(DESIGN) > near(None)


def test_a_row_without_reasons_scores_nothing():
    assert score((), world()) == 0


# ---------------------------------------------------------------- local notes


def test_a_snoozed_row_leaves_my_attention_until_it_is_due():
    subject = vep(comments=(comment("otto", "@carol fine?", 2),))
    away = LocalNotes(snoozed_until=NOW + timedelta(days=3))
    assert needs_me(reasons(subject, world(), LocalNotes()))
    assert not needs_me(reasons(subject, world(), away))
    assert needs_me(reasons(subject, world(now=NOW + timedelta(days=3)), away))


def test_a_row_snoozed_until_a_change_comes_back_when_somebody_else_does_something():
    away = LocalNotes(snoozed_until_change=ago(1.5))
    subject = pull(updated_at=ago(2))
    assert not needs_me(pull_reasons(subject, vep(), world(), away))
    mine_only = replace(subject, comments=(comment("carol", "hm", 1),), updated_at=ago(1))
    assert not needs_me(pull_reasons(mine_only, vep(), world(), away))
    changed = replace(subject, comments=(comment("nora", "hm", 1),), updated_at=ago(1))
    assert needs_me(pull_reasons(changed, vep(), world(), away))


def test_bots_and_i_do_not_change_a_row():
    quiet = issue(comments=(comment("otto", "state", 5),), updated_at=ago(5))
    noisy = replace(quiet, comments=(*quiet.comments, comment("kubevirt-bot", "stale", 1)), updated_at=ago(1))
    edited = replace(quiet, updated_at=ago(1))
    assert changed_at(quiet, world()) == changed_at(noisy, world()) == ago(5)
    assert changed_at(edited, world()) == ago(1)
    assert changed_at(quiet, world(), (pull(merged_at=ago(2), last_push_at=ago(9)),)) == ago(2)


def test_only_what_was_looked_at_can_be_unread():
    assert not is_unread(LocalNotes(), NOW)
    assert is_unread(LocalNotes(seen_at=ago(3)), ago(2))
    assert not is_unread(LocalNotes(seen_at=ago(1)), ago(2))
    assert not is_snoozed(LocalNotes(seen_at=ago(1)), NOW, None)


# ---------------------------------------------------------------- explanation


def test_how_a_reason_came_to_its_weight_is_told():
    where = world(DESIGN)
    missing, *others = pull_reasons(pull(comments=(comment("root", "/hold", 1),)), vep(), where)
    usual, ratio = weighed(missing, where).split(" × ")
    assert usual == "60" and float(ratio) > 1 and missing.weight == pytest.approx(60 * float(ratio), rel=0.01)
    assert all(float(weighed(reason, where).split(" × ")[1]) < 1 for reason in others if not reason.mine)
    assert weighed(missing._replace(weight=60.0), where) == ""
    assert f"{where.process.thresholds['further']}%" in score_rule(where)


def test_post_freeze_is_the_release_that_froze_last():
    assert is_post_freeze(vep(), world(FROZEN))
    assert not is_post_freeze(vep(version="1.9"), world(FROZEN))
    assert not is_post_freeze(vep(), world(CODE))
    assert not is_post_freeze(vep(version=None), world(FROZEN))


@pytest.mark.parametrize("calendar", [DESIGN, CODE, FROZEN, QUIET])
def test_a_question_that_waits_for_me_is_louder_than_what_a_checklist_lacks_at_any_time(calendar):
    asked = comment("otto", "@carol what do you think?", 2)
    where = world(calendar)
    both = {r.reason: r.weight for r in reasons(vep(comments=(asked,), checklist=checklist(done=2, turned=1)), where)}
    assert both["question"] == max(both.values())
    if calendar is FROZEN:
        assert {"checklist-open", "evidence-turned"} <= both.keys()
