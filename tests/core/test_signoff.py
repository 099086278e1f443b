"""Sign-offs, approvals and holds by Prow's rules."""

from __future__ import annotations

import pytest
from judging import ago, comment, pull, review, world

from vep_tui.core.models import PrState, SignOff, SignOffState
from vep_tui.core.signoff import Hold, approvals, holds, requested_changes, sign_offs, signs_of, vep_sign_offs

GIVEN, STALE, NONE = SignOffState.GIVEN, SignOffState.STALE, SignOffState.NONE


def states(subject, **more):
    return {s.sig: (s.state, s.by) for s in sign_offs(subject, world(), **more)}


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"comments": (comment("carol", "/lgtm"),)}, GIVEN),
        ({"comments": (comment("CAROL", "nice\r\n/lgtm\r\n"),)}, GIVEN),
        ({"comments": (comment("carol", "/lgtm thanks!"),)}, GIVEN),
        ({"comments": (comment("carol", "looks good to me"),)}, NONE),
        ({"comments": (comment("carol", "> /lgtm"),)}, NONE),
        ({"reviews": (review("carol", "COMMENTED", "/lgtm"),)}, GIVEN),
        ({"reviews": (review("carol", "APPROVED"),)}, GIVEN),
        ({"reviews": (review("carol", "DISMISSED"),)}, NONE),
        ({"reviews": (review("carol", "COMMENTED", "lgtm but wait"),)}, NONE),
        ({"comments": (comment("carol", "/lgtm", 3),)}, STALE),
        ({"comments": (comment("carol", "/lgtm", 3), comment("carol", "/lgtm", 1))}, GIVEN),
        ({"comments": (comment("carol", "/lgtm", 1.5), comment("carol", "/lgtm cancel", 1))}, NONE),
        ({"comments": (comment("carol", "/lgtm", 1.5), comment("root", "/lgtm cancel", 1))}, GIVEN),
        ({"comments": (comment("carol", "/lgtm", 1.5),), "reviews": (review("carol", "CHANGES_REQUESTED"),)}, NONE),
        ({"comments": (comment("carol", "/lgtm", 0.5),), "reviews": (review("carol", "CHANGES_REQUESTED"),)}, GIVEN),
        ({"reviews": (review("carol", "APPROVED", days=1.5), review("carol", "COMMENTED", "one more thing"))}, GIVEN),
        ({"comments": (comment("stranger", "/lgtm"),)}, NONE),
        ({"comments": (comment("nora", "/lgtm"),)}, NONE),
        ({"author": "carol", "comments": (comment("carol", "/lgtm"),)}, NONE),
        ({"comments": (comment("root", "/approve"),)}, NONE),
    ],
)
def test_a_sig_acknowledges_by_lgtm_until_taken_back_or_pushed_over(said, state):
    assert states(pull(**said))["compute"][0] is state


def test_a_person_in_two_sigs_acknowledges_for_both():
    found = states(pull(comments=(comment("dual", "/lgtm"),)))
    assert found == {"compute": (GIVEN, ("dual",)), "network": (GIVEN, ("dual",)), "storage": (NONE, ())}


def test_a_chair_outside_the_aliases_acknowledges():
    assert states(pull(comments=(comment("sable", "/lgtm"),)))["storage"] == (GIVEN, ("sable",))


def test_a_fresh_lgtm_outweighs_a_stale_one_of_the_same_sig():
    subject = pull(comments=(comment("carol", "/lgtm", 5), comment("dual", "/lgtm", 1)))
    assert states(subject)["compute"] == (GIVEN, ("dual",))


def test_sigs_take_part_by_label_or_by_name():
    subject = pull(labels=("sig/scale", "kind/x"))
    assert list(states(subject, participating=("api", "compute"))) == ["compute", "network", "storage", "scale", "api"]


def test_without_a_known_push_no_lgtm_is_stale():
    assert states(pull(last_push_at=None, comments=(comment("carol", "/lgtm", 300),)))["compute"][0] is GIVEN


@pytest.mark.parametrize(
    ("said", "by"),
    [
        ({"comments": (comment("root", "/approve"),)}, ["root"]),
        ({"reviews": (review("ROOT", "COMMENTED", "/approve"),)}, ["ROOT"]),
        ({"comments": (comment("root", "/approve\r\n/hold"),)}, ["root"]),
        ({"reviews": (review("root", "APPROVED"),)}, []),
        ({"comments": (comment("carol", "/approve"),)}, []),
        ({"comments": (comment("root", "/approve", 9),)}, ["root"]),
        ({"comments": (comment("root", "/approve", 2), comment("root", "/approve cancel", 1))}, []),
        ({"comments": (comment("root", "/approve", 2),), "reviews": (review("root", "CHANGES_REQUESTED"),)}, ["root"]),
        ({"author": "root", "comments": (comment("root", "/approve"),)}, ["root"]),
        ({"comments": (comment("root", "/lgtm"),)}, []),
    ],
)
def test_only_the_words_of_a_root_approver_approve(said, by):
    assert [a.by for a in approvals(pull(**said), world())] == by


def test_the_last_hold_that_nobody_lifted_names_who_holds():
    held = pull(comments=(comment("root", "/hold until the freeze", 3), comment("carol", "/hold", 2)))
    assert holds(held, world()) == Hold("carol", ago(2), "")
    lifted = pull(comments=(comment("root", "/hold", 3), comment("otto", "/unhold", 2)))
    assert holds(lifted, world()) is None


def test_a_label_alone_holds_by_nobody_known():
    assert holds(pull(labels=("do-not-merge/hold",)), world()) == Hold(None, None)


@pytest.mark.parametrize(
    ("labels", "hours", "held"),
    [
        (("size/M", "do-not-merge/hold"), 48, True),
        (("size/M",), 48, False),
        ((), 48, True),
        (("size/M",), 24, True),
    ],
    ids=["labelled", "label taken off", "no label known", "said a moment ago"],
)
def test_a_hold_ends_with_its_label(labels, hours, held):
    subject = pull(labels=labels, updated_at=ago(1), comments=(comment("root", "/hold", hours / 24),))
    assert (holds(subject, world()) is not None) is held


def test_an_lgtm_or_approval_that_only_a_label_shows_is_somebodys():
    shown = pull(labels=("lgtm", "approved"))
    assert signs_of(shown, world()).unseen == ("lgtm", "approved")
    said = pull(labels=("lgtm", "approved"), comments=(comment("nora", "/lgtm"), comment("root", "/approve")))
    assert signs_of(said, world()).unseen == ()
    assert signs_of(pull(labels=("size/M",)), world()).unseen == ()


def test_requested_changes_stand_until_the_same_person_says_otherwise():
    subject = pull(reviews=(review("carol", "CHANGES_REQUESTED", days=5), review("nora", "CHANGES_REQUESTED", days=1)))
    assert [(a.by, a.fresh) for a in requested_changes(subject)] == [("carol", False), ("nora", True)]
    settled = pull(reviews=(review("carol", "CHANGES_REQUESTED", days=1),), comments=(comment("carol", "/lgtm", 0.5),))
    assert requested_changes(settled) == ()


def test_a_vep_shows_the_newest_open_pull_request_on_which_a_sig_spoke():
    old = pull(901, comments=(comment("carol", "/lgtm"), comment("stan", "/lgtm")))
    new = pull(902, comments=(comment("carol", "/lgtm", 4),))
    merged = pull(903, state=PrState.MERGED, merged_at=ago(5), comments=(comment("nora", "/lgtm"),))
    assert vep_sign_offs((old, new, merged), world()) == (
        SignOff("compute", STALE, ("carol",)),
        SignOff("network", NONE),
        SignOff("storage", GIVEN, ("stan",)),
    )


def test_a_vep_without_open_pull_request_shows_the_one_merged_last():
    first = pull(901, state=PrState.MERGED, merged_at=ago(9), comments=(comment("carol", "/lgtm"),))
    last = pull(902, state=PrState.MERGED, merged_at=ago(5), comments=(comment("nora", "/lgtm"),))
    assert [s.state for s in vep_sign_offs((last, first), world())] == [NONE, GIVEN, NONE]
    assert [s.state for s in vep_sign_offs((), world())] == [NONE, NONE, NONE]
