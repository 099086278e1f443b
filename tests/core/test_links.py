"""All pull requests of a VEP are found from both sides, and nobody else's."""

from __future__ import annotations

import pytest
from linked_worlds import (
    AFTER_CUT,
    GITHUB,
    LONG_AGO,
    PATH,
    PROCESS,
    at,
    body,
    document,
    issue,
    judged,
    linked,
    merged,
    pull,
)

from vep_tui.core.clues import clues_of
from vep_tui.core.document_path import document_path_for
from vep_tui.core.focus import stage_in_title
from vep_tui.core.models import InRelease, PrKind, PrState, Stage, Tracker
from vep_tui.core.shelf import Heap, Shelf
from vep_tui.core.sources import key_of
from vep_tui.core.tracker import read_tracker

CODE, DOCS, VEP = "kubevirt/kubevirt", "kubevirt/user-guide", "kubevirt/enhancements"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Plugin socket", f"VEP tracking issue: {GITHUB}/{VEP}/issues/190"),
        ("Plugin socket", "VEP tracker: kubevirt/enhancements/issues/190"),
        ("Plugin socket", f"- VEP tracking issue: {GITHUB}/{VEP}/pull/191"),
        ("Plugin socket", f"{GITHUB}/{VEP}/issue/190"),
        ("Plugin socket", "Part of kubevirt/enhancements#190"),
        ("Plugin socket", "Part of enhancements#190"),
        ("Plugin socket", f"Implements [VEP 190]({GITHUB}/{VEP}/issues/190)."),
        ("Plugin socket", f"Implements VEP [190]({GITHUB}/{VEP}/pull/191)"),
        ("Plugin socket", f"See {GITHUB}/{VEP}/blob/main/{PATH}"),
        ("Plugin socket", "This is for VEP-190."),
        ("Plugin socket", "VEP tracking issue: #190"),
        ("Plugin socket", "**VEP tracking issue**: 190\r\n"),
        ("Plugin socket", "- VEP: #190"),
        ("VEP190: Plugin socket", f"Implements VEP [190]({GITHUB}/{VEP}/pull/185)"),
        ("VEP 190: Plugin socket", ""),
        ("VEP-190: Plugin socket (PR6)", ""),
        ("VEP190: Plugin socket", ""),
        ("VEP #190: Plugin socket", ""),
        ("vep 0190 - Plugin socket", ""),
        ("Plugin socket", f"**Tracking issue**:\r\n- {GITHUB}/{VEP}/issues/190\r\n**SIG label**:\r\n"),
    ],
)
def test_a_code_pr_belongs_by_what_it_says(title: str, text: str) -> None:
    own = pull(f"{VEP}#191", "VEP 190: Gadget plugins", "**Tracking issue**: #190", files=(PATH,))
    found = linked(judged(None, own, pull(f"{CODE}#17000", title, text)))
    assert found["kubevirt#17000"].kind is PrKind.CODE
    assert found["kubevirt#17000"].referenced
    assert not found["kubevirt#17000"].listed


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("VEP 21: Plugin socket", ""),
        ("VEP 21: Plugin socket", f"VEP tracking issue: {GITHUB}/{VEP}/issues/21"),
        ("VEP 190: Plugin socket", f"VEP tracking issue: {GITHUB}/{VEP}/issues/21"),
        ("VEP #190: Plugin socket", f"{GITHUB}/{VEP}/issues/21"),
        ("Plugin socket", "Fixes #190"),
        ("Plugin socket", f"VEP tracking issue: {GITHUB}/{VEP}/pull/185"),
        ("Plugin socket", "Fixes VEP 1900"),
        ("Plugin socket", "VEP tracking issue: #21"),
        ("Plugin socket", "Tracking issue: #190"),
        ("Plugin socket", "> VEP tracking issue: #190"),
        ("VEP: 190 sockets", "VEP: 190 sockets"),
        ("Plugin socket", f"<!-- VEP tracking issue: {GITHUB}/{VEP}/issues/190 -->"),
        ("Plugin socket", ""),
        ("VEP NNNN: Plugin socket", ""),
    ],
)
def test_a_code_pr_of_others_is_not_found(title: str, text: str) -> None:
    assert "kubevirt#17000" not in linked(judged(None, pull(f"{CODE}#17000", title, text)))


@pytest.mark.parametrize(
    "text",
    [
        f"VEP tracking issue: {GITHUB}/{VEP}/issues/21\n\nRelated to {GITHUB}/{VEP}/issues/190",
        f"Depends on {GITHUB}/{VEP}/issues/190",
        f"Unrelated to {GITHUB}/{VEP}/issues/190",
        "This is independent of kubevirt/enhancements#190",
        "Similar to what kubevirt/enhancements#190 does",
        f"- {GITHUB}/{VEP}/issues/190\n- {GITHUB}/{VEP}/issues/21\n- {GITHUB}/{VEP}/issues/33",
    ],
)
def test_a_pr_that_only_mentions_the_vep_is_other(text: str) -> None:
    mentioning = pull(f"{CODE}#17000", "Umbrella", text)
    found = linked(judged(issue(references=(mentioning,)), mentioning))["kubevirt#17000"]
    assert found.kind is PrKind.OTHER
    assert found.found == ("cross-reference",)


def test_a_cross_reference_without_words_belongs_to_the_vep() -> None:
    slim = pull(f"{CODE}#17000", "Plugin socket")
    assert linked(judged(issue(references=(slim,))))["kubevirt#17000"].kind is PrKind.CODE


def test_the_wrong_number_of_a_title_merges_no_two_veps() -> None:
    prs = (
        pull(f"{CODE}#1", "VEP 21: Hidden disks", f"VEP tracking issue: {GITHUB}/{VEP}/issues/24"),
        pull(f"{CODE}#2", "VEP 21: Passthrough", f"VEP tracking issue: {GITHUB}/{VEP}/issues/21"),
        pull(f"{CODE}#3", "VEP 21: Third step"),
    )
    first = judged(issue(title="VEP 21: Passthrough", number=21), *prs, namesakes=(24,))
    second = judged(issue(title="VEP 21: Hidden disks", number=24), *prs)
    assert set(linked(first)) == {"kubevirt#2"}
    assert set(linked(second)) == {"kubevirt#1"}


def test_a_title_alone_counts_where_no_other_tracker_wears_the_number() -> None:
    assert set(linked(judged(issue(title="VEP 21: Pass", number=21), pull(f"{CODE}#3", "VEP 21: Third")))) == {
        "kubevirt#3"
    }


def test_a_pr_of_the_enhancements_repository_belongs_by_its_files() -> None:
    right = pull(f"{VEP}#191", "VEP 199: Gadgets", files=(PATH,))
    wrong = pull(f"{VEP}#192", "VEP 190: Something", files=("veps/sig-network/55-other/vep.md",))
    assert set(linked(judged(None, right, wrong))) == {"enhancements#191"}


def test_a_proposal_that_tracks_another_issue_is_other_when_it_refers_here() -> None:
    foreign = pull(f"{VEP}#192", "VEP 55: Other", "**Tracking issue**: #55\n\nUses the sockets of #190")
    found = linked(judged(issue(references=(foreign,)), foreign))
    assert found["enhancements#192"].kind is PrKind.OTHER


def test_a_chore_of_the_enhancements_repository_is_other() -> None:
    chore = pull(f"{VEP}#193", "OWNERS: add a reviewer", "For #190", files=("OWNERS",))
    assert linked(judged(issue(references=(chore,)), chore))["enhancements#193"].kind is PrKind.OTHER


def test_the_trackers_place_beats_the_repository() -> None:
    text = body(code=["kubevirt/plugins#3"], docs=[f"{CODE}#17127"], vep=["kubevirt/community#44"])
    found = linked(judged(text))
    assert {name: p.kind for name, p in found.items()} == {
        "plugins#3": PrKind.CODE,
        "kubevirt#17127": PrKind.DOCS,
        "community#44": PrKind.VEP,
    }
    assert all(p.listed and p.stage is Stage.ALPHA and p.found == ("tracker",) for p in found.values())


def test_an_unknown_pr_of_the_tracker_keeps_its_address_and_is_unknown() -> None:
    found = linked(judged(body(code=[f"{CODE}#17000"])))["kubevirt#17000"].pull
    assert (found.state, found.url) == (PrState.UNKNOWN, f"{GITHUB}/{CODE}/pull/17000")


def test_the_tracking_issue_is_no_pull_request_of_itself() -> None:
    assert not judged(body(vep=[f"{VEP}#190"])).pulls


def test_another_issue_listed_as_vep_pr_brings_none_of_its_prs() -> None:
    theirs = pull(f"{CODE}#5", "Other", f"VEP tracking issue: {GITHUB}/{VEP}/issues/49")
    assert set(linked(judged(body(vep=[f"{VEP}#49"]), theirs))) == {"enhancements#49"}


def test_the_history_of_the_document_names_prs() -> None:
    found = linked(judged(None, merged(f"{CODE}#1"), document=document(history=(f"{CODE}#1", f"{VEP}#190"))))
    assert found["kubevirt#1"].found == ("document",)
    assert set(found) == {"kubevirt#1"}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("[release-1.9] Plugin socket", "This is an automated cherry-pick of #17000"),
        ("net: pick", f"manual cherry pick of {GITHUB}/{CODE}/pull/17000"),
        ("[release-1.9] Plugin socket for gadgets", ""),
        ("net: pick", "Manual pick of #17000"),
        ("net: pick", "Backport of kubevirt/kubevirt#17000"),
        ("net: pick", "Cherry-picks:\r\n\r\n- #16999\r\n- #17000\r\n"),
        ("net: pick", "Manual cherry-pick to release-1.9 of:\n* kubevirt/kubevirt#17000"),
    ],
)
def test_a_pick_is_found_by_the_original_it_names(title: str, text: str) -> None:
    original = merged(f"{CODE}#17000", "Plugin socket for gadgets", at=AFTER_CUT)
    pick = merged(f"{CODE}#17100", title, text, base="release-1.9", at=AFTER_CUT)
    found = linked(judged(body(code=[f"{CODE}#17000"]), original, pick))
    assert (found["kubevirt#17100"].kind, found["kubevirt#17100"].stage) == (PrKind.CODE, Stage.ALPHA)
    assert "pick" in found["kubevirt#17100"].found
    assert found["kubevirt#17000"].picked_by == f"{CODE}#17100"
    assert found["kubevirt#17000"].in_release is InRelease.YES


def test_what_stands_behind_a_list_of_picks_is_none() -> None:
    original = merged(f"{CODE}#17000", "Plugin socket for gadgets", at=AFTER_CUT)
    text = "Cherry-picks:\n- #16999\n\nSome words with a 2.\n\n- #17000"
    pick = merged(f"{CODE}#17100", "net: pick", text, base="release-1.9", at=AFTER_CUT)
    assert linked(judged(body(code=[f"{CODE}#17000"]), original, pick))["kubevirt#17000"].in_release is InRelease.NO


def test_a_pick_of_something_else_is_not_found() -> None:
    original = merged(f"{CODE}#17000", "Plugin socket for gadgets", at=AFTER_CUT)
    pick = merged(f"{CODE}#17100", "[release-1.9] Other", "cherry-pick of #16999", base="release-1.9", at=AFTER_CUT)
    found = linked(judged(body(code=[f"{CODE}#17000"]), original, pick))
    assert set(found) == {"kubevirt#17000"}
    assert found["kubevirt#17000"].in_release is InRelease.NO


def test_an_open_pick_carries_nothing_yet() -> None:
    original = merged(f"{CODE}#17000", at=AFTER_CUT)
    pick = pull(f"{CODE}#17100", "x", "cherry-pick of #17000", base="release-1.9")
    found = linked(judged(body(code=[f"{CODE}#17000"]), original, pick))
    assert (found["kubevirt#17000"].picked_by, found["kubevirt#17000"].in_release) == (None, InRelease.NO)


@pytest.mark.parametrize(
    ("change", "contains", "expected"),
    [
        (merged(f"{CODE}#1"), {}, InRelease.YES),
        (merged(f"{CODE}#1", at=AFTER_CUT), {}, InRelease.NO),
        (merged(f"{CODE}#1", at=AFTER_CUT), {("release-1.9", f"oid-{CODE}#1"): True}, InRelease.YES),
        (merged(f"{CODE}#1"), {("release-1.9", f"oid-{CODE}#1"): False}, InRelease.NO),
        (merged(f"{CODE}#1", at=AFTER_CUT), {("release-1.8", f"oid-{CODE}#1"): True}, InRelease.NO),
        (merged(f"{CODE}#1", at=AFTER_CUT, base="release-1.9"), {}, InRelease.YES),
        (merged(f"{CODE}#1", base="release-1.8"), {}, InRelease.NO),
        (merged(f"{CODE}#1", base="feature-branch"), {}, InRelease.UNKNOWN),
        (merged(f"{CODE}#1", at=AFTER_CUT.replace(month=6, day=24)), {}, InRelease.UNKNOWN),
        (pull(f"{CODE}#1"), {}, InRelease.NO),
        (pull(f"{CODE}#1", state=PrState.CLOSED), {}, InRelease.NO),
        (pull(f"{CODE}#1", state=PrState.UNKNOWN), {}, InRelease.UNKNOWN),
        (merged("kubevirt/plugins#1"), {}, InRelease.UNKNOWN),
    ],
)
def test_a_change_is_in_the_release_by_date_or_by_the_branch(change, contains, expected) -> None:
    vep = judged(body(code=[change.ref]), change, contains=contains)
    assert vep.pulls[0].in_release is expected


def test_before_the_cut_nothing_merged_is_known_to_be_in_the_branch() -> None:
    vep = judged(body(code=[f"{CODE}#1"]), merged(f"{CODE}#1"), world=at(AFTER_CUT.replace(month=6, day=20).date()))
    assert vep.pulls[0].in_release is InRelease.UNKNOWN


def test_a_change_whose_revert_was_reverted_is_in_the_release() -> None:
    change = merged(f"{CODE}#1", "VEP 190: socket")
    revert = merged(f"{CODE}#2", 'Revert "VEP 190: socket"', "Reverts kubevirt/kubevirt#1")
    again = merged(f"{CODE}#3", 'Revert "Revert "VEP 190: socket""', "Reverts kubevirt/kubevirt#2")
    gone = merged(f"{CODE}#4", "Revert once more", "Reverts kubevirt/kubevirt#3")
    tracker = body(code=[f"{CODE}#1"])
    assert linked(judged(tracker, change, revert, again))["kubevirt#1"].in_release is InRelease.YES
    assert linked(judged(tracker, change, revert, again, gone))["kubevirt#1"].in_release is InRelease.NO
    late = merged(f"{CODE}#3", 'Revert "Revert "VEP 190: socket""', "Reverts kubevirt/kubevirt#2", at=AFTER_CUT)
    assert linked(judged(tracker, change, revert, late))["kubevirt#1"].in_release is InRelease.NO


def test_a_reverted_change_is_not_in_the_release() -> None:
    change = merged(f"{CODE}#1", "VEP 190: socket")
    revert = merged(f"{CODE}#2", 'Revert "VEP 190: socket"', "Reverts kubevirt/kubevirt#1")
    found = linked(judged(body(code=[f"{CODE}#1"]), change, revert))
    assert found["kubevirt#1"].in_release is InRelease.NO
    assert found["kubevirt#2"].kind is PrKind.OTHER


@pytest.mark.parametrize(
    ("title", "files", "kind"),
    [
        ("docs, net: describe plugins", (), PrKind.DOCS),
        ("plugins: describe", ("docs/plugins.md",), PrKind.DOCS),
        ("plugins: build", ("docs/plugins.md", "pkg/a.go"), PrKind.CODE),
        ("docs generator: fix", ("tools/a.go",), PrKind.CODE),
        ("dockerfile: fix", (), PrKind.CODE),
    ],
)
def test_docs_inside_the_code_repository_are_docs(title, files, kind) -> None:
    change = merged(f"{CODE}#1", title, f"{GITHUB}/{VEP}/issues/190", files=files)
    assert linked(judged(None, change))["kubevirt#1"].kind is kind


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Document it", f"{GITHUB}/{VEP}/issues/190"),
        ("Document it", "(VEP 190)"),
        ("Document it", f"With PR [1]\n\n[1] {GITHUB}/{CODE}/pull/17000"),
        ("Document it", "Behind the GadgetPlugins gate"),
        ("Guide to gadget plugins", ""),
    ],
)
def test_unlisted_docs_are_candidates(title: str, text: str) -> None:
    vep = judged(body(code=[f"{CODE}#17000"]), merged(f"{CODE}#17000"), merged(f"{DOCS}#9", title, text))
    assert linked(vep)["user-guide#9"].candidate


@pytest.mark.parametrize(
    ("title", "text", "more"),
    [
        ("Guide to plugins", "", {}),
        ("Document it", f"{GITHUB}/{VEP}/issues/55", {}),
        ("Guide to gadget plugins", f"VEP tracking issue: {GITHUB}/{VEP}/issues/55", {}),
        ("Guide to gadget plugins", "", {"state": PrState.CLOSED}),
    ],
)
def test_docs_of_others_are_no_candidates(title, text, more) -> None:
    assert not linked(judged(None, pull(f"{DOCS}#9", title, text, **more)))


def test_a_person_confirms_or_rejects_a_candidate() -> None:
    guess = merged(f"{DOCS}#9", "Guide to gadget plugins")
    assert not linked(judged(None, guess, decisions={f"{DOCS}#9": True}))["user-guide#9"].candidate
    assert not linked(judged(None, guess, decisions={f"{DOCS}#9": False}))


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Graduate GadgetPlugins to Beta", Stage.BETA),
        ("Graduate from alpha to GA in v1.10", Stage.GA),
        ("Gadget plugins (alpha)", Stage.ALPHA),
        ("Promote gadgets to general availability", Stage.GA),
        ("Fix the v1alpha1 API", None),
        ("Gadgets beta", None),
        ("Move alpha gadgets (alpha) and plugins (beta)", None),
    ],
)
def test_the_stage_of_a_title_is_read_only_when_certain(title, stage) -> None:
    assert stage_in_title(title) is stage


FOLDERS = ("veps/sig-compute/190-gadget/vep.md", "veps/sig-compute/190-gadget/notes.md", "veps/sig-compute/21-x/vep.md")


@pytest.mark.parametrize(
    ("link", "number", "expected"),
    [
        (f"{GITHUB}/{VEP}/blob/main/veps/sig-compute/190-gadget/vep.md", 190, FOLDERS[0]),
        (f"{GITHUB}/{VEP}/tree/main/veps/sig-compute/21-x", 24, FOLDERS[2]),
        (f"{GITHUB}/{VEP}/tree/main/veps/sig-compute/21-x", 190, FOLDERS[0]),
        ("", 190, FOLDERS[0]),
        ("", 24, None),
        (f"{GITHUB}/{VEP}/blob/main/veps/sig-compute/99-gone/vep.md", 24, None),
    ],
)
def test_the_document_is_found_by_link_then_by_number(link, number, expected) -> None:
    tracker = Tracker(title_number=21, enhancement_links=(link,) if link else ())
    assert document_path_for(issue(number=number), tracker, FOLDERS, PROCESS) == expected


def test_the_document_is_found_by_the_files_of_a_listed_proposal() -> None:
    path = "veps/sig-compute/gadgets/vep.md"
    tracker = read_tracker("VEP 190: Gadgets", body(vep=[f"{VEP}#191"]), PROCESS)
    proposal = pull(f"{VEP}#191", files=(path,))
    assert document_path_for(issue(), tracker, (path, FOLDERS[2]), PROCESS, (proposal,)) == path


def test_the_shelf_hands_out_everything_that_belongs() -> None:
    prs = (
        pull(f"{VEP}#191", "VEP 190: x", "**Tracking issue**: #190", files=(PATH,)),
        merged(f"{CODE}#1", "One", f"VEP tracking issue: {GITHUB}/{VEP}/pull/191"),
        merged(f"{CODE}#2", "VEP190: two"),
        merged(f"{CODE}#3", "[release-1.9] One", "cherry-pick of #1", base="release-1.9"),
        merged(f"{CODE}#4", "Unrelated", f"VEP tracking issue: {GITHUB}/{VEP}/issues/55"),
        merged(f"{CODE}#5", 'Revert "One"', "Reverts #1"),
        merged(f"{CODE}#6", "[release-1.9] VEP190: two", "", base="release-1.9"),
        merged(f"{DOCS}#7", "Guide to gadget plugins"),
        merged(f"{DOCS}#8", "Gates", "GadgetPlugins"),
        merged(f"{DOCS}#9", "Gates", "Others"),
        merged(f"{CODE}#10", "Path", f"see {PATH}"),
    )
    tracker_issue = issue(references=(prs[1],))
    tracker = read_tracker(tracker_issue.title, tracker_issue.body, PROCESS)
    around = Shelf(Heap(prs, PROCESS), PROCESS).around(tracker_issue, tracker, None, PATH)
    whole = judged(tracker_issue, *prs, document_path=PATH)
    narrow = judged(tracker_issue, *around.values(), document_path=PATH)
    assert whole.pulls == narrow.pulls
    assert {key_of(f"{CODE}#4"), key_of(f"{DOCS}#9")} & set(around) == set()


def test_what_an_earlier_stage_documented_is_no_candidate() -> None:
    old = merged(f"{DOCS}#9", "Guide to gadget plugins", at=LONG_AGO)
    assert not linked(judged(None, old))


@pytest.mark.parametrize(
    ("body", "tracked"),
    [
        ("Tracking issue: #12", {12}),
        ("```\nTracking issue: #12\n```\n", set()),
        ("~~~markdown\r\nTracking issue: #12\r\n~~~\r\nTracking issue: #13", {13}),
        ("~~Tracking issue: #12~~ Tracking issue: #13", {13}),
        ("> Tracking issue: #12\n\nTracking issue: #13", {13}),
        ("> [!NOTE]\n> Tracking issue: #12", {12}),
        ("see `code` and ```x``` here\nTracking issue: #12", {12}),
    ],
)
def test_what_is_fenced_quoted_or_struck_out_is_not_what_a_pull_request_tracks(body, tracked):
    assert clues_of(pull(f"{VEP}#900", text=body), PROCESS).tracked == tracked
