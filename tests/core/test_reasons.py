"""Why a row wants somebody: worlds with the reasons they give, and their opposites."""

from __future__ import annotations

import ast
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from judging import (
    CODE,
    DESIGN,
    FROZEN,
    PROCESS,
    QUIET,
    ago,
    checklist,
    comment,
    issue,
    linked,
    pull,
    review,
    vep,
    world,
)

from vep_tui import core
from vep_tui.core.fields import NEEDS
from vep_tui.core.models import Document, Part, PrKind, PrState, Targets, Tracker, TrackerStage
from vep_tui.core.process import ProcessError, read_process
from vep_tui.core.queue import (
    pull_reasons,
    reasons,
)
from vep_tui.core.vep_reasons import closing_in


def of(subject, where=None):
    """Reasons of a VEP as {key: (text, mine)}."""
    return {r.reason: (r.text, r.mine) for r in reasons(subject, where or world())}


def of_pull(subject, where=None, owner=None):
    """Reasons of a pull request as {key: (text, mine)}."""
    return {r.reason: (r.text, r.mine) for r in pull_reasons(subject, owner or vep(), where or world())}


# ---------------------------------------------------------------- reasons of a VEP


def test_a_vep_that_nothing_is_wrong_with_has_no_reasons():
    assert of(vep()) == {}


def test_a_closed_vep_never_wants_anybody():
    asking = (comment("otto", "@carol what now?", 5),)
    assert "question" in of(vep(comments=asking))
    assert of(vep(comments=asking, state="closed", sig=None)) == {}


VEP_REASONS = [
    (
        "asked me",
        vep(comments=(comment("otto", "@carol is this fine?", 3),)),
        QUIET,
        "question",
        True,
        "otto asked you",
    ),
    (
        "owner asked all",
        vep(comments=(comment("otto", "how do I get tracked?", 3),)),
        QUIET,
        "unanswered",
        True,
        "nobody answered",
    ),
    ("evidence turned", vep(checklist=checklist(done=2, turned=1)), FROZEN, "evidence-turned", True, "PRs merged"),
    (
        "checklist ready",
        vep(checklist=checklist(done=1, ready=2)),
        FROZEN,
        "checklist-open",
        True,
        "ready: Docs merged, Implemented; checklist v1.10 4 of 5 open",
    ),
    ("checklist untouched", vep(checklist=checklist()), FROZEN, "checklist-open", True, "untouched"),
    ("docs missing", vep(pulls=()), CODE, "docs-missing", True, "no docs PR is known"),
    (
        "docs candidate",
        vep(pulls=(linked(pull(5, "kubevirt/user-guide"), PrKind.DOCS, candidate=True),)),
        FROZEN,
        "docs-missing",
        True,
        "not confirmed: user-guide#5",
    ),
    (
        "code open",
        vep(pulls=(linked(pull(6, "kubevirt/kubevirt"), PrKind.CODE),)),
        CODE,
        "prs-open",
        True,
        "1 code PR open, Code Freeze in 10 days: kubevirt#6",
    ),
    ("no owner", vep(tracker=Tracker(title="x")), QUIET, "no-owner", True, "nobody is named"),
    ("no SIG", vep(sig=None), QUIET, "no-owner", True, "no owning SIG"),
    (
        "no reviewer",
        vep(document=Document(targets=Targets(alpha="1.10"))),
        DESIGN,
        "no-reviewer",
        True,
        "no VEP reviewer is known",
    ),
    ("no reviewer on board", vep(board_reviewer=""), DESIGN, "no-reviewer", True, "the board names"),
    (
        "no VEP PR",
        vep(document=None, board_reviewer="carol"),
        DESIGN,
        "vep-pr-missing",
        True,
        "Enhancement Freeze in 10 days",
    ),
    (
        "silent before a freeze",
        vep(comments=(comment("carol", "and?", 9),)),
        CODE,
        "check-in",
        True,
        "no word for 9 days",
    ),
    ("silent for long", vep(comments=(comment("carol", "and?", 40),)), QUIET, "check-in", True, "no word for 40 days"),
    (
        "no plans known",
        vep(version=None, comments=(comment("carol", "and?", 40),)),
        DESIGN,
        "check-in",
        True,
        "nobody said what is planned for v1.10; Enhancement Freeze in 10 days",
    ),
    (
        "rotten",
        vep(labels=("lifecycle/rotten",), updated_at=ago(25)),
        QUIET,
        "closing-soon",
        True,
        "closes it in 5 days",
    ),
    (
        "exception",
        vep(comments=(comment("otto", "I sent an exception request to the list", 2),)),
        FROZEN,
        "exception",
        True,
        "otto on",
    ),
    (
        "exception runs out",
        vep(comments=(comment("root", "Exception granted until 2026-10-04", 2),)),
        FROZEN,
        "exception",
        True,
        "runs out in 3 days",
    ),
    ("missed the freeze", vep(document=None), CODE, "freeze-missed", True, "of v1.10: no VEP is merged; no exception"),
    (
        "missed it, still open",
        vep(document=None, pulls=(linked(pull(900)),)),
        FROZEN,
        "freeze-missed",
        True,
        "of v1.10: enhancements#900 is open",
    ),
    (
        "missed the next stage",
        vep(
            document=Document(targets=Targets(alpha="1.9")),
            pulls=(linked(pull(900, state=PrState.MERGED, merged_at=ago(300))),),
        ),
        CODE,
        "freeze-missed",
        True,
        "the VEP on main names another release",
    ),
    (
        "merged as an idea",
        vep(document=Document(targets=Targets(alpha="1.10"), status="provisional")),
        CODE,
        "freeze-missed",
        True,
        "the VEP on main is provisional",
    ),
    ("exception on board", vep(board_status="Exception Required"), FROZEN, "exception", True, "the board says"),
    (
        "GA is out",
        vep(stage="ga", version="1.9", checklist=checklist("1.9", 5)),
        QUIET,
        "ready-to-close",
        True,
        "checklist is done: close it",
    ),
    ("alpha is out", vep(version="1.9"), QUIET, "ready-to-graduate", True, "no target for beta"),
    ("alpha too long", vep(version="1.7"), QUIET, "time-box", True, "alpha since v1.7: 3 releases, the time box is 2"),
    (
        "targets differ",
        vep(document=Document(targets=Targets(alpha="1.11"), reviewers=("carol",))),
        QUIET,
        "targets-disagree",
        True,
        "the tracker says v1.10, the document v1.11",
    ),
    (
        "said later",
        vep(comments=(comment("otto", "deferred to 1.11", 3),)),
        QUIET,
        "targets-disagree",
        True,
        "otto retargets it to v1.11",
    ),
    (
        "no plans, and still a target",
        vep(comments=(comment("otto", "Not in this cycle.", 3),)),
        CODE,
        "targets-disagree",
        True,
        "targeted at v1.10, but otto has no plans for it",
    ),
    (
        "put off to the next release",
        vep(comments=(comment("otto", "Postponed to the next release.", 3),)),
        CODE,
        "targets-disagree",
        True,
        "targeted at v1.10, but otto retargets it",
    ),
    (
        "no plans for a named release",
        vep(comments=(comment("root", "There are no plans for v1.10.", 2),)),
        FROZEN,
        "targets-disagree",
        True,
        "root has no plans",
    ),
    ("another SIG's", vep(sig="storage", comments=(comment("stan", "and?", 40),)), QUIET, "check-in", False, "no word"),
]


@pytest.mark.parametrize(
    ("subject", "calendar", "key", "mine", "text"), [r[1:] for r in VEP_REASONS], ids=[r[0] for r in VEP_REASONS]
)
def test_a_vep_says_why_it_is_here(subject, calendar, key, mine, text):
    found = of(subject, world(calendar))
    assert key in found, found
    assert found[key][1] is mine
    assert text in found[key][0]


MERGED_VEP = linked(pull(900, state=PrState.MERGED, merged_at=ago(60)))
UNSEEN_VEP = linked(pull(900, state=PrState.UNKNOWN))
ELSEWHERE = Targets(alpha="1.9")

NOT_VEP_REASONS = [
    ("answered", vep(comments=(comment("otto", "@carol fine?", 3), comment("carol", "yes", 2))), QUIET, "question"),
    ("checklist done", vep(checklist=checklist(done=5)), FROZEN, "checklist-open"),
    ("before the freeze", vep(checklist=checklist()), CODE, "checklist-open"),
    ("history", vep(version="1.9", checklist=checklist("1.9")), FROZEN, "checklist-open"),
    ("docs settled", vep(pulls=(), checklist=checklist(done=2)), FROZEN, "docs-missing"),
    ("docs far away", vep(pulls=()), QUIET, "docs-missing"),
    ("design is over", vep(document=None), CODE, "no-reviewer"),
    ("nine days in quiet times", vep(comments=(comment("carol", "and?", 9),)), QUIET, "check-in"),
    ("said no", vep(comments=(comment("otto", "nothing planned for this cycle", 40),)), QUIET, "check-in"),
    ("not targeted", vep(version=None, comments=(comment("carol", "and?", 60),)), QUIET, "check-in"),
    (
        "frozen by label",
        vep(labels=("lifecycle/frozen", "lifecycle/rotten"), updated_at=ago(29)),
        QUIET,
        "closing-soon",
    ),
    (
        "beta is planned",
        vep(version="1.9", targets=Targets(alpha="1.9", beta="1.10"), release="1.10"),
        QUIET,
        "ready-to-graduate",
    ),
    (
        "a checklist's sentence is no exception",
        vep(
            comments=(
                comment(
                    "bob",
                    "<!-- vep-tui:1 release=1.9 op=0123456789abcdef0123456789abcdef -->\n"
                    "- [x] The enhancement is implemented and needs no update or exception",
                    2,
                ),
            )
        ),
        FROZEN,
        "exception",
    ),
    ("no exception", vep(comments=(comment("carol", "the code throws an exception here", 2),)), FROZEN, "exception"),
    ("no plans for the next", vep(comments=(comment("otto", "Not in this cycle.", 2),)), FROZEN, "targets-disagree"),
    ("no plans for the last", vep(comments=(comment("otto", "Skipping 1.9.", 2),)), CODE, "targets-disagree"),
    (
        "no plans, no schedule",
        vep(version="1.12", comments=(comment("otto", "Not in this cycle.", 2),)),
        CODE,
        "targets-disagree",
    ),
    ("the freeze is ahead", vep(document=None), DESIGN, "freeze-missed"),
    ("its release is out", vep(version="1.9", document=None), QUIET, "freeze-missed"),
    ("merged in time", vep(), CODE, "freeze-missed"),
    ("tracked on the board", vep(document=None, board_status="Tracked"), CODE, "freeze-missed"),
    ("out by the board", vep(document=None, board_status="Removed from milestone"), CODE, "freeze-missed"),
    ("exception by the board", vep(document=None, board_status="Exception Required"), CODE, "freeze-missed"),
    ("merged, its folder unknown", vep(document=None, pulls=(MERGED_VEP,)), CODE, "freeze-missed"),
    ("merged in this cycle", vep(document=Document(targets=ELSEWHERE), pulls=(MERGED_VEP,)), CODE, "freeze-missed"),
    ("a VEP PR not seen yet", vep(document=None, pulls=(UNSEEN_VEP,)), CODE, "freeze-missed"),
    ("the document names no release", vep(document=Document()), CODE, "freeze-missed"),
    (
        "put off by its owner",
        vep(document=None, comments=(comment("otto", "deferred to 1.11", 3),)),
        CODE,
        "freeze-missed",
    ),
    (
        "an exception of long ago in this cycle",
        vep(document=None, comments=(comment("root", "Exception granted.", 50), comment("carol", "Thanks.", 1))),
        CODE,
        "freeze-missed",
    ),
    ("no schedule", vep(version="1.12", document=None), QUIET, "no-reviewer"),
]


@pytest.mark.parametrize(
    ("subject", "calendar", "key"), [r[1:] for r in NOT_VEP_REASONS], ids=[r[0] for r in NOT_VEP_REASONS]
)
def test_a_vep_does_not_cry_wolf(subject, calendar, key):
    assert key not in of(subject, world(calendar))


# ---------------------------------------------------------------- reasons of a pull request

ACKED = (comment("carol", "/lgtm", 1),)
PULL_REASONS = [
    ("asked of me", pull(review_requests=("Carol",)), "carol", "review-requested", True, "your review"),
    (
        "asked by /cc",
        pull(comments=(comment("otto", "/cc @carol", 1),)),
        "carol",
        "review-requested",
        True,
        "your review",
    ),
    (
        "asked of my SIG",
        pull(review_requests=("kubevirt/sig-compute",)),
        "carol",
        "review-requested",
        True,
        "sig-compute",
    ),
    ("stale LGTM", pull(comments=(comment("carol", "/lgtm", 5),)), "carol", "lgtm-stale", True, "your LGTM is older"),
    (
        "pushed after review",
        pull(reviews=(review("carol", "CHANGES_REQUESTED", "no", 5),)),
        "carol",
        "re-review",
        True,
        "pushed since",
    ),
    ("LGTM missing", pull(), "carol", "lgtm-missing", True, "compute's LGTM is missing"),
    (
        "approved first",
        pull(comments=(comment("root", "/approve", 1),)),
        "carol",
        "lgtm-missing",
        True,
        "approved, but compute's",
    ),
    (
        "SIG's LGTM stale",
        pull(comments=(comment("dual", "/lgtm", 5),)),
        "carol",
        "lgtm-missing",
        True,
        "by dual is older",
    ),
    ("approve is mine", pull(comments=ACKED), "root", "approve-missing", True, "your /approve is missing"),
    ("approve is theirs", pull(comments=ACKED), "carol", "approve-missing", False, "/approve is missing"),
    ("held by me", pull(comments=(comment("carol", "/hold wait", 1),)), "carol", "held", True, "held by you: wait"),
    ("held by another", pull(comments=(comment("root", "/hold", 1),)), "carol", "held", False, "held by root"),
    ("asked in a PR", pull(comments=(comment("otto", "@carol PTAL", 1),)), "carol", "question", True, "otto asked you"),
    ("review lags", pull(last_push_at=ago(9)), "carol", "review-lag", True, "no reviewer has answered for 9 days"),
    (
        "author's turn",
        pull(reviews=(review("nora", "CHANGES_REQUESTED", "no", 1),)),
        "carol",
        "author-turn",
        False,
        "nora asked for changes",
    ),
    (
        "my turn as author",
        pull(author="carol", labels=("needs-rebase",)),
        "carol",
        "author-turn",
        True,
        "needs a rebase",
    ),
    (
        "stale PR",
        pull(labels=("lifecycle/rotten",), updated_at=ago(5)),
        "carol",
        "closing-soon",
        True,
        "closes it in 2 days",
    ),
]


@pytest.mark.parametrize(
    ("subject", "me", "key", "mine", "text"), [r[1:] for r in PULL_REASONS], ids=[r[0] for r in PULL_REASONS]
)
def test_a_pull_request_says_why_it_is_here(subject, me, key, mine, text):
    found = of_pull(subject, world(me=me))
    assert key in found, found
    assert found[key][1] is mine
    assert text in found[key][0]


NOT_PULL_REASONS = [
    (
        "reviewed after /cc",
        pull(comments=(comment("otto", "/cc @carol", 3), comment("carol", "looking", 2))),
        "review-requested",
    ),
    ("acknowledged", pull(comments=ACKED), "lgtm-missing"),
    ("acknowledged by a colleague", pull(comments=(comment("dual", "/lgtm", 1),)), "lgtm-missing"),
    ("author's turn", pull(reviews=(review("nora", "CHANGES_REQUESTED", "no", 1),)), "lgtm-missing"),
    ("draft", pull(is_draft=True), "lgtm-missing"),
    ("approved and acknowledged", pull(comments=(*ACKED, comment("root", "/approve", 1))), "approve-missing"),
    ("answered", pull(last_push_at=ago(9), reviews=(review("nora", days=5),)), "review-lag"),
    (
        "asked no longer",
        pull(comments=(comment("otto", "/cc @carol @nora", 3), comment("nora", "/uncc @Carol", 2))),
        "review-requested",
    ),
    (
        "unassigned herself",
        pull(comments=(comment("otto", "/assign @carol", 3), comment("carol", "/unassign", 2))),
        "review-requested",
    ),
    ("an LGTM that only its label shows", pull(labels=("lgtm",)), "lgtm-missing"),
    ("held no longer", pull(labels=("size/M",), comments=(comment("root", "/hold", 3),)), "held"),
    ("my own", pull(author="carol", review_requests=("carol",)), "review-requested"),
]


@pytest.mark.parametrize(("subject", "key"), [r[1:] for r in NOT_PULL_REASONS], ids=[r[0] for r in NOT_PULL_REASONS])
def test_a_pull_request_does_not_cry_wolf(subject, key):
    assert key not in of_pull(subject)


@pytest.mark.parametrize("state", [PrState.MERGED, PrState.CLOSED, PrState.UNKNOWN])
def test_a_pull_request_that_is_not_open_wants_nobody(state):
    assert pull_reasons(pull(state=state, review_requests=("carol",)), vep(), world()) == ()


def test_my_own_pull_request_does_not_ask_me_for_an_lgtm():
    found = of_pull(pull(author="carol"))
    assert found["lgtm-missing"][1] is False


def test_a_pull_request_without_vep_is_judged_by_its_folder_or_label():
    where = world(sigs=("storage",), me="stan")
    assert pull_reasons(pull(files=("veps/sig-storage/1-x/vep.md",)), None, where)[0].mine
    assert "storage's LGTM" in pull_reasons(pull(labels=("sig/storage",)), None, where)[0].text


@pytest.mark.parametrize(
    ("label", "quiet", "days"),
    [
        ("", 10, 140),
        ("", 400, 60),
        ("lifecycle/stale", 10, 50),
        ("lifecycle/stale", 400, 30),
        ("lifecycle/rotten", 40, 0),
    ],
)
def test_the_stale_bot_takes_one_step_at_a_time(label, quiet, days):
    assert closing_in(ago(quiet), (label,), "issue", world()) == days


def test_an_old_question_fades_but_never_goes():
    def weight(days):
        subject = vep(comments=(comment("otto", "@carol fine?", days),))
        return next(r.weight for r in reasons(subject, world()) if r.reason == "question")

    assert weight(2) == weight(29) > weight(60) > weight(120) == weight(400) > 0


def test_a_pull_request_without_vep_feels_the_next_enhancement_freeze():
    def loud(calendar):
        return pull_reasons(pull(labels=("sig/compute",)), None, world(calendar))[0].weight

    assert loud(DESIGN) > loud(QUIET)


def test_every_reason_has_a_weight_and_every_weight_a_reason():
    named = {r[3] for r in VEP_REASONS} | {r[3] for r in PULL_REASONS}
    assert named == set(world().process.weights)


def test_no_reason_is_given_without_a_weight():
    """Without one it stays silent: not even its absence is seen."""
    given = set()
    for file in Path(core.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "reason":
                given.add(ast.literal_eval(node.args[0]))
    assert given == set(world().process.weights), "name it under [weights] of process.toml"


@pytest.mark.parametrize("key", sorted(PROCESS.weights))
def test_a_process_without_a_weight_for_a_reason_is_refused_by_its_name(key):
    data = tomllib.loads((files("vep_tui") / "process.toml").read_text(encoding="utf-8"))
    read_process({**data, "weights": {**data["weights"], key: 0}})
    del data["weights"][key]
    with pytest.raises(ProcessError, match=f"has no weight for '{key}'"):
        read_process(data)


def test_every_reason_is_found_by_a_word_of_the_filter():
    assert {reason for found in NEEDS.values() for reason in found} == set(world().process.weights)


@pytest.mark.parametrize(("state", "known"), [(PrState.OPEN, True), (PrState.MERGED, True), (PrState.CLOSED, False)])
def test_reviewers_of_a_pull_request_closed_unmerged_are_not_the_veps(state, known):
    own = linked(pull(state=state, reviews=(review("carol", "APPROVED"),)), PrKind.VEP)
    subject = vep(document=Document(targets=Targets(alpha="1.10")), pulls=(own,))
    assert ("no-reviewer" not in of(subject, world(DESIGN))) is known


def test_a_request_that_was_taken_back_stands_when_it_is_made_again_or_github_lists_it():
    back = (comment("otto", "/cc @carol", 3), comment("nora", "/uncc @carol", 2))
    assert "review-requested" in of_pull(pull(comments=(*back, comment("otto", "/cc @carol", 1))))
    assert "review-requested" in of_pull(pull(comments=back, review_requests=("carol",)))
    assert "review-requested" in of_pull(pull(comments=(back[0], comment("nora", "/uncc", 2))))


def test_a_review_asked_of_me_is_given_by_my_lgtm_as_a_comment():
    asked = pull(review_requests=("carol",), comments=(comment("carol", "/lgtm", 1),))
    assert "review-requested" not in of_pull(asked)
    pushed_over = pull(review_requests=("carol",), comments=(comment("carol", "/lgtm", 3),))
    assert "review-requested" in of_pull(pushed_over)


@pytest.mark.parametrize(
    ("said", "by"),
    [
        ((comment("stranger", "/lgtm", 1),), "root"),
        ((comment("carol", "/lgtm", 1), comment("nora", "/lgtm cancel", 0.5)), "root"),
    ],
)
def test_no_approve_is_asked_for_an_lgtm_of_a_stranger_or_one_that_another_took_back(said, by):
    text, _ = of_pull(pull(comments=said), world(me=by, sigs=()))["approve-missing"]
    assert text == "neither an LGTM nor your /approve is there"
    given_again = (*said, comment("carol", "/lgtm", 0.2))
    assert of_pull(pull(comments=given_again), world(me=by, sigs=()))["approve-missing"][0].startswith("LGTM is there")


@pytest.mark.parametrize(
    ("labels", "days", "text"),
    [
        ((), 1.5, "LGTM is there, your /approve is missing"),
        (("size/M", "lgtm"), 1.5, "LGTM is there, your /approve is missing"),
        (("size/M",), 1.5, "neither an LGTM nor your /approve is there"),
        (("size/M",), 1, "LGTM is there, your /approve is missing"),
    ],
    ids=["no label known", "labelled", "label gone", "said a moment ago"],
)
def test_an_lgtm_whose_label_is_gone_was_taken_back(labels, days, text):
    said = (comment("carol", "/lgtm", days),)
    assert of_pull(pull(comments=said, labels=labels), world(me="root", sigs=()))["approve-missing"][0] == text
    approved = (*said, comment("root", "/approve", days))
    kept = "approve-missing" not in of_pull(pull(comments=approved, labels=labels), world(me="root", sigs=()))
    assert kept is (labels != ("size/M", "lgtm") and text.startswith("LGTM"))


def test_a_machine_that_requests_changes_does_not_hand_the_turn_to_the_author():
    found = of_pull(pull(reviews=(review("coderabbitai[bot]", "CHANGES_REQUESTED"),)))
    assert "author-turn" not in found and "lgtm-missing" in found


@pytest.mark.parametrize(
    "out",
    [
        vep(document=None, comments=(comment("otto", "Nothing to do here in the 1.10 cycle.", 3),)),
        vep(document=None, board_status="Removed from milestone"),
    ],
)
def test_nobody_looks_for_the_reviewer_or_the_proposal_of_a_vep_that_is_out_of_the_release(out):
    assert {"no-reviewer", "vep-pr-missing"}.isdisjoint(of(out, world(DESIGN)))


def test_nothing_is_due_at_code_freeze_of_a_vep_that_the_board_removed():
    late = (linked(pull(5, "kubevirt/kubevirt"), PrKind.CODE),)
    assert {"prs-open", "docs-missing"} <= set(of(vep(pulls=late), world(CODE)))
    removed = of(vep(pulls=late, board_status="Removed from milestone"), world(CODE))
    assert {"prs-open", "docs-missing"}.isdisjoint(removed) and "targets-disagree" in removed
    after = vep(pulls=late, checklist=checklist(), board_status="Removed from milestone")
    assert "checklist-open" not in of(after, world(FROZEN))


@pytest.mark.parametrize("settled", [vep(version="1.11", comments=()), vep(stage="ga", version="1.9", comments=())])
def test_nobody_asks_for_plans_of_a_vep_that_is_at_its_goal_or_aims_further(settled):
    assert "check-in" in of(vep(version="1.9", comments=()), world(DESIGN))
    assert "check-in" not in of(settled, world(DESIGN))


def test_a_vep_that_skips_a_stage_has_a_target_for_the_next_one():
    skipping = vep(version="1.9", targets=Targets(alpha="1.9", ga="1.11"))
    assert "ready-to-graduate" not in of(skipping, world(DESIGN))
    assert "ready-to-graduate" in of(vep(version="1.9"), world(DESIGN))


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("No exception is needed, it merged before the freeze.", None),
        ("We do not need to ask for an exception.", None),
        ("> Could you request an exception?\n\nIt merged yesterday.", None),
        ("I do not know when, but we need an exception", "otto on an exception: need an exception"),
        ("exception granted until 2026-10-01", "the exception runs out today (2026-10-01)"),
        ("exception granted until 2026/10/03", "the exception runs out in 2 days (2026-10-03)"),
        ("exception granted until October 3rd", "the exception runs out in 2 days (2026-10-03)"),
        ("We grant the exception till Friday, 9 Oct.", "the exception runs out in 8 days (2026-10-09)"),
        ("Exception granted until the 4th of January", "the exception runs out in 95 days (2027-01-04)"),
        ("exception granted until Oct 2, 2026", "the exception runs out in 1 day (2026-10-02)"),
        ("exception granted until February 30", "otto on an exception: exception granted until"),
        ("The exception was approved.", "otto on an exception: exception was approved"),
        ("Your exception request has been denied", "otto on an exception: exception request has been denied"),
        ("We accepted this freeze exception", "otto on an exception: accepted this freeze exception"),
        ("I ask for a VEP freeze extension", "otto on an exception: ask for a VEP freeze extension"),
        ("The exception handling PR was approved", None),
        ("We don't need an exception.", None),
        ("There is no need for an exception.", None),
        ("An exception isn't needed here.", None),
        ("The request throws an exception in the tests.", None),
        ("We need everything with the exception of the docs.", None),
        (
            "No exception was needed for alpha. For beta I asked for an exception.",
            "otto on an exception: asked for an exception",
        ),
        ("The exception was denied; the freeze stays until October 3rd.", "otto on an exception: exception was denied"),
    ],
)
def test_an_exception_is_what_somebody_asks_for_or_grants(said, text):
    found = of(vep(comments=(comment("otto", said, 1), comment("carol", "I see.", 0.5))), world(CODE))
    assert found.get("exception", (None,))[0] == text


def test_a_docs_pull_request_that_was_closed_unmerged_is_none():
    closed = linked(pull(77, "kubevirt/user-guide", state=PrState.CLOSED), PrKind.DOCS)
    assert of(vep(pulls=(closed,)), world(FROZEN))["docs-missing"][0] == "no docs PR is known"


def test_a_vep_that_is_tracked_already_is_not_told_how_to_become_tracked():
    found = of(vep(board_reviewer="", board_status="Tracked"), world(DESIGN))
    assert found["no-reviewer"][0] == "the board names no VEP reviewer"


ASKED = {"no-reviewer", "vep-pr-missing", "prs-open", "docs-missing", "checklist-open", "check-in", "freeze-missed"}


@pytest.mark.parametrize("status", ["deferred", "withdrawn", "rejected", "replaced, see #12"])
@pytest.mark.parametrize("calendar", [DESIGN, CODE, FROZEN])
def test_nothing_is_due_of_a_vep_whose_document_says_that_it_will_not_come(status, calendar):
    late = (linked(pull(5, "kubevirt/kubevirt"), PrKind.CODE),)

    def judged(said):
        document = Document(targets=Targets(alpha="1.9"), status=said)
        return of(vep(document=document, pulls=late, checklist=checklist(), comments=()), world(calendar))

    assert ASKED & set(judged("implementable"))
    assert ASKED.isdisjoint(judged(status))


def test_a_vep_that_was_given_up_is_to_be_closed_and_a_deferred_one_wants_another_target():
    gone, later = (
        vep(document=Document(targets=Targets(alpha="1.10"), status=status)) for status in ("withdrawn", "deferred")
    )
    assert of(gone)["ready-to-close"][0] == "the document says withdrawn: close it"
    assert "targets-disagree" not in of(gone)
    assert of(later)["targets-disagree"][0] == "targeted at v1.10, but the document says deferred"
    assert "ready-to-close" not in of(later)


def test_of_a_vep_that_its_document_calls_implemented_only_the_closing_is_left():
    def judged(status, calendar, aim, **more):
        said = Document(targets=aim, status=status)
        return of(vep(document=said, targets=aim, board_reviewer="", **more), world(calendar))

    aim = Targets(alpha="1.7")
    assert {"no-reviewer", "vep-pr-missing"} <= set(judged("implementable", DESIGN, aim))
    done = judged("implemented", DESIGN, aim)
    assert done["ready-to-close"][0] == "the document says implemented: close it"
    assert {"no-reviewer", "vep-pr-missing", "time-box"}.isdisjoint(done)
    assert "freeze-missed" in judged("implementable", CODE, aim)
    assert "freeze-missed" not in judged("implemented", CODE, aim)
    coming = judged("implemented", FROZEN, Targets(ga="1.10"), stage="ga", checklist=checklist())
    assert "ready-to-close" not in coming
    assert "checklist-open" in coming


def test_a_deferred_vep_is_not_told_to_graduate():
    aim = Targets(alpha="1.9")
    assert "ready-to-graduate" in of(vep(version="1.9"), world(DESIGN))
    assert "ready-to-graduate" not in of(
        vep(version="1.9", document=Document(targets=aim, status="deferred")), world(DESIGN)
    )


def test_words_of_people_who_do_not_decide_silence_nothing():
    said = "I see no plans for this cycle, not in this release."
    asks = {"no-reviewer", "vep-pr-missing"}
    assert asks <= set(of(vep(document=None, comments=(comment("stranger", said, 3),)), world(DESIGN)))
    assert asks.isdisjoint(of(vep(document=None, comments=(comment("carol", said, 3),)), world(DESIGN)))


def test_a_later_stage_that_is_put_off_says_nothing_of_the_one_in_focus():
    said = comment("otto", "Alpha stays; deferring beta to 1.11.", 3)
    asks = {"no-reviewer", "vep-pr-missing"}
    assert asks <= set(of(vep(document=None, comments=(said,)), world(DESIGN)))
    assert asks.isdisjoint(of(vep(stage="beta", document=None, comments=(said,)), world(DESIGN)))


def test_no_plans_for_a_release_say_nothing_of_a_later_one():
    subject = vep(document=None, comments=(comment("otto", "Skipping 1.9, as said.", 3),))
    assert "vep-pr-missing" in of(subject, world(DESIGN))


def test_a_missed_freeze_is_no_guess_while_documents_or_pull_requests_were_never_fetched():
    subject = vep(document=None)
    assert "freeze-missed" in of(subject, world(CODE))
    for part in (Part.DOCUMENTS, Part.PROPOSALS, Part.LINKED):
        assert "freeze-missed" not in of(subject, world(CODE)._replace(unfetched=frozenset({part})))


def test_an_exception_that_the_tracker_itself_names_is_known():
    body = "* [x] Exception ML posting: https://groups.google.com/g/kubevirt-dev/c/1"
    assert "freeze-missed" not in of(vep(document=None, issue=issue(body=body)), world(CODE))
    refused = issue(body="We go without an exception; none was asked for.")
    assert "freeze-missed" in of(vep(document=None, issue=refused), world(CODE))


def test_an_exception_that_was_refused_is_none():
    asked = comment("otto", "I asked for an exception on the list.", 9)
    assert "freeze-missed" not in of(vep(document=None, comments=(asked,)), world(CODE))
    for words in ("The exception was denied.", "The exception request will not be granted."):
        refused = vep(document=None, comments=(asked, comment("root", words, 5)))
        assert {"freeze-missed", "exception"} <= set(of(refused, world(CODE)))
    open_ = comment("root", "The exception was not approved yet. A change that was rejected is no matter.", 5)
    assert "freeze-missed" not in of(vep(document=None, comments=(asked, open_)), world(CODE))


def test_an_exception_is_known_from_those_who_may_tell():
    words = "An exception was granted."
    for who, known in (("otto", True), ("carol", True), ("stranger", False)):
        found = of(vep(document=None, comments=(comment(who, words, 5),)), world(CODE))
        assert ("freeze-missed" not in found) is known, who


def test_a_deprecated_feature_is_not_told_to_graduate():
    aim = Targets(alpha="1.6")
    gone = Tracker(title="Text", primary_sig="compute", contacts=("otto",), stage=TrackerStage.DEPRECATED, targets=aim)
    assert "time-box" in of(vep(version="1.6"))
    assert "time-box" not in of(vep(version="1.6", tracker=gone))


def test_a_missed_enhancement_freeze_is_quieter_once_the_code_is_frozen():
    def weight(calendar):
        return {r.reason: r.weight for r in reasons(vep(document=None), world(calendar))}["freeze-missed"]

    assert 0 < weight(FROZEN) < weight(CODE) / 2
