"""A VEP is put together from what is known, in the order of the contract, and junk never breaks it."""

from __future__ import annotations

from datetime import date

import pytest
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linked_worlds import LABELS, NOW, PATH, RELEASES, WORLD, at, body, document, issue, judged

from vep_tui.core.block import tracker_block
from vep_tui.core.focus import release_in_focus, stage_in_focus
from vep_tui.core.models import (
    Bug,
    Document,
    Issue,
    PrState,
    PullRequest,
    Stage,
    Targets,
    Tracker,
    TrackerStage,
)
from vep_tui.core.shelf import Heap, Shelf
from vep_tui.core.sources import Sources, key_of
from vep_tui.core.vep import assemble


@pytest.mark.parametrize(
    ("targets", "current", "expected"),
    [
        (Targets("1.8", "1.9", "1.10"), "1.9", "1.9"),
        (Targets("1.8", "1.10", "1.11"), "1.9", "1.10"),
        (Targets("1.7", "1.8"), "1.9", "1.8"),
        (Targets("1.9", "1.10"), "1.10", "1.10"),
        (Targets("1.10"), "1.9", "1.10"),
        (Targets(), "1.9", None),
        (Targets("1.9", "1.10"), None, "1.10"),
    ],
)
def test_the_release_in_focus_is_the_current_then_the_next_then_the_last(targets, current, expected) -> None:
    assert release_in_focus(targets, current) == expected


@pytest.mark.parametrize(
    ("targets", "release", "said", "expected"),
    [
        (Targets("1.8", "1.9"), "1.9", TrackerStage.ALPHA, Stage.BETA),
        (Targets("1.9", "1.9"), "1.9", None, Stage.BETA),
        (Targets(), None, TrackerStage.GA, Stage.GA),
        (Targets(), None, TrackerStage.NEW, None),
        (Targets(), None, TrackerStage.DEPRECATED, None),
        (Targets(), None, None, None),
    ],
)
def test_the_stage_in_focus_is_the_one_that_targets_the_release(targets, release, said, expected) -> None:
    assert stage_in_focus(targets, release, Tracker(stage=said)) is expected


def test_the_documents_targets_come_before_the_trackers() -> None:
    vep = judged(body(alpha="1.9", beta="1.11"), document=document(targets=Targets(alpha="1.10")))
    assert vep.targets == Targets("1.10", "1.11", None)
    assert (vep.release, vep.stage) == ("1.10", Stage.ALPHA)
    assert vep.checklist.release == "1.10"


@pytest.mark.parametrize(
    ("sig", "path", "matter", "labels", "expected"),
    [
        ("storage", PATH, "network", LABELS, "storage"),
        ("", PATH, "network", ("sig/storage",), "compute"),
        ("", None, "network", ("sig/storage",), "network"),
        ("", "veps/meta-VEPs/190-x/vep.md", "network", ("sig/storage",), "network"),
        ("", None, None, ("sig/storage",), "storage"),
        ("", None, None, ("sig/storage", "sig/compute"), None),
        ("", None, None, (), None),
    ],
)
def test_the_owning_sig_is_asked_for_in_order(sig, path, matter, labels, expected) -> None:
    text = body(sig=sig) if sig else body().replace("/sig compute", "")
    known = document(owning_sig=matter) if matter or path else None
    vep = judged(issue(text, labels=labels), document=known, document_path=path)
    assert vep.owning_sig == expected


def test_a_vep_without_targets_is_checked_for_the_current_release() -> None:
    vep = judged(body(alpha="TBD"))
    assert (vep.release, vep.checklist.release) == (None, "1.9")
    assert "release-1.9" in vep.checklist.items[0].title


def test_after_ga_the_next_scheduled_release_is_current_else_the_last() -> None:
    text = body(alpha="TBD")
    assert judged(text, world=at(date(2026, 8, 1))).checklist.release == "1.10"
    assert judged(text, world=at(date(2026, 8, 1))._replace(releases=RELEASES[:2])).checklist.release == "1.9"
    assert judged(text, world=WORLD._replace(releases=())).checklist.release is None


def test_the_board_status_is_read_from_its_field_and_may_be_missing() -> None:
    assert judged(None, board={"Status": "Tracked"}).board_status == "Tracked"
    assert judged(None, board={}).board_status is None
    assert judged(None, board=None).board_status is None


_WORDS = st.sampled_from(
    [
        "kubevirt/enhancements#190",
        "#17",
        "VEP 190:",
        "veps/sig-x/190-y/vep.md",
        "https://github.com/kubevirt/enhancements/issues/190",
        "cherry-pick of #17",
        "Reverts #17",
        "[release-1.9]",
        "Tracking issue:",
        "<!--",
        "-->",
        "* [ ] Alpha",
        "  * [x] Code PRs:",
        "\u2028",
        "\0",
        "\ud800",
        "\r\n",
        "\n",
        "(alpha)",
        "99999999999",
    ]
)
_TEXT = st.lists(_WORDS | st.text(max_size=8), max_size=14).map(" ".join)
_REFS = st.sampled_from(
    [
        "kubevirt/kubevirt#17",
        "kubevirt/enhancements#190",
        "kubevirt/enhancements#191",
        "kubevirt/user-guide#1",
        "x#",
        "",
        "a/b#c",
    ]
)
_MOMENTS = st.sampled_from([None, NOW, NOW.replace(month=6, day=24), NOW.replace(month=1)])
_PULLS = st.builds(
    PullRequest,
    ref=st.sampled_from(["kubevirt/kubevirt#17", "kubevirt/enhancements#191", "kubevirt/user-guide#1", "a/b#3"]),
    title=_TEXT,
    body=_TEXT,
    state=st.sampled_from(PrState),
    base=st.sampled_from(["main", "release-1.9", "", "x"]),
    merge_oid=st.sampled_from(["", "abc"]),
    merged_at=_MOMENTS,
    files=st.lists(_TEXT, max_size=3).map(tuple),
    is_draft=st.booleans(),
)
_DOCUMENTS = st.none() | st.builds(
    Document,
    history=st.lists(_REFS, max_size=3).map(tuple),
    feature_gates=st.lists(_TEXT, max_size=2).map(tuple),
    targets=st.builds(Targets, alpha=st.sampled_from([None, "1.9", "", "x"])),
    status=st.none() | _TEXT,
)
_ISSUES = st.builds(
    Issue,
    number=st.integers(0, 300),
    title=_TEXT,
    body=_TEXT,
    state=st.sampled_from(["open", "closed"]),
    url=_TEXT,
    author=_TEXT,
    created_at=st.just(NOW),
    updated_at=st.just(NOW),
    labels=st.lists(_TEXT, max_size=2).map(tuple),
    references=st.lists(_PULLS, max_size=2).map(tuple),
)


@settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    subject=_ISSUES,
    pulls=st.lists(_PULLS, max_size=5),
    known=_DOCUMENTS,
    path=st.none() | _TEXT | st.just(PATH),
    bugs=st.lists(st.builds(Bug, ref=_REFS, title=_TEXT, body=_TEXT, state=st.just("open")), max_size=2),
    board=st.none() | st.dictionaries(st.just("Status"), _TEXT),
    scheduled=st.booleans(),
)
def test_junk_never_raises(subject, pulls, known, path, bugs, board, scheduled) -> None:
    world = WORLD if scheduled else WORLD._replace(releases=(), me=None)
    given_all = Sources(
        document=known,
        document_path=path,
        pulls={key_of(p.ref): p for p in pulls},
        contains={("release-1.9", "abc"): False},
        bugs=tuple(bugs),
        board=board,
        decisions={"kubevirt/user-guide#1": False},
    )
    vep = assemble(subject, given_all, world)
    tracker_block(vep, world)
    Shelf(Heap(pulls, world.process), world.process).around(subject, vep.tracker, known, path)
    assert vep.number == subject.number


def test_the_board_names_the_reviewer_nobody_or_has_no_such_field() -> None:
    assert judged(None, board={"VEP Reviewer": "@carol"}).board_reviewer == "carol"
    assert judged(None, board={"VEP Reviewer": ""}).board_reviewer == ""
    assert judged(None, board={"Status": "Tracked"}).board_reviewer is None
    assert judged(None, board=None).board_reviewer is None
