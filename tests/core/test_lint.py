"""Each slip of a tracker is named with the exact ask, and a tracker without it is not."""

from __future__ import annotations

import ast
import inspect

import pytest
from linked_worlds import (
    AFTER_CUT,
    GITHUB,
    LABELS,
    LONG_AGO,
    PATH,
    PROCESS,
    at,
    body,
    document,
    issue,
    judged,
    merged,
    pull,
)

from vep_tui.core import evidence
from vep_tui.core import lint as lint_module
from vep_tui.core.models import Targets

CODE, DOCS, VEP = "kubevirt/kubevirt", "kubevirt/user-guide", "kubevirt/enhancements"
TRACKS = f"VEP tracking issue: {GITHUB}/{VEP}/issues/190"
FULL = body(code=[f"{CODE}#1"], docs=[f"{DOCS}#2"])
PULLS = (merged(f"{CODE}#1"), merged(f"{DOCS}#2"))


def texts(rule: str, tracker=None, *pulls, **more) -> list[str]:
    return [slip.text for slip in judged(tracker or FULL, *(pulls or PULLS), **more).lint if slip.rule == rule]


def test_a_good_tracker_has_no_slips() -> None:
    assert judged(FULL, *PULLS).lint == ()


@pytest.mark.parametrize(
    ("rule", "tracker", "says"),
    [
        ("title-number", issue(FULL, title="VEP 19: Gadget plugins"), 'says "VEP 19"'),
        ("title-number", issue(FULL, title="VEP NNNN: Gadget plugins"), 'make it "VEP 190: Gadget plugins"'),
        ("sig-label", issue(FULL, labels=LABELS[:2]), "`/sig compute`"),
        ("kind-label", issue(FULL, labels=LABELS[1:]), "`/kind tracker`"),
        ("kind-label", issue(FULL, labels=(LABELS[0], LABELS[2])), "`/kind enhancement`"),
        ("placeholder", FULL.replace("/sig compute", "/sig compute\n/sig $SIG"), "$SIG"),
        ("primary-sig", FULL.replace("/sig compute", "/sig network"), "network, but its label is missing"),
        ("stage", body(code=[f"{CODE}#1"], docs=[f"{DOCS}#2"], stage="New"), "kubevirt#1 is merged: make it Alpha"),
        ("stage", body(code=[f"{CODE}#1"], docs=[f"{DOCS}#2"], stage=""), "Current Feature Stage is empty"),
        (
            "stage",
            body(
                code=[f"{CODE}#1"], docs=[f"{DOCS}#2"], stage="Alpha", heading="Beta", box="x", beta="1.9", alpha="1.8"
            ),
            "Beta is ticked: make it Beta",
        ),
        ("targets", body(code=[f"{CODE}#1"], docs=[f"{DOCS}#2"], alpha="TBD"), "no target release is named"),
        ("lifecycle", issue(FULL, labels=(*LABELS, "lifecycle/rotten")), "`/remove-lifecycle rotten`"),
        ("docs-missing", body(code=[f"{CODE}#1"]), "add it under Docs PRs of Alpha"),
    ],
)
def test_a_slip_is_named_with_its_ask(rule, tracker, says) -> None:
    pulls = PULLS if rule != "docs-missing" else PULLS[:1]
    (text,) = texts(rule, tracker, *pulls)
    assert says in text


def test_the_document_may_disagree_with_the_tracker() -> None:
    (text,) = texts("targets", document=document(targets=Targets(alpha="1.10")))
    assert text == "Alpha: the tracker targets v1.9, the document v1.10; make them agree"
    assert texts("targets", document=document()) == []


def test_a_document_in_another_sigs_folder_is_asked_about() -> None:
    (text,) = texts("primary-sig", document=document(), document_path=PATH.replace("sig-compute", "sig-network"))
    assert "lies in sig-network" in text
    assert texts("primary-sig", document=document(), document_path=PATH) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (pull(f"{CODE}#5", "Socket", TRACKS), ["kubevirt#5 (Socket) is not listed: add it under Code PRs of Alpha"]),
        (pull(f"{CODE}#5", "Socket", TRACKS, state="closed"), []),
        (pull(f"{CODE}#5", "Socket", f"Related to {GITHUB}/{VEP}/issues/190"), []),
        (merged(f"{DOCS}#5", "Guide to gadget plugins"), []),
        (merged(f"{CODE}#5", "[release-1.9] x", "cherry-pick of #1", base="release-1.9", at=AFTER_CUT), []),
    ],
)
def test_own_prs_that_are_not_listed_are_asked_for(change, expected) -> None:
    assert texts("unlisted-pr", FULL, *PULLS, change) == expected


def test_a_confirmed_candidate_is_asked_for() -> None:
    guess = merged(f"{DOCS}#5", "Guide to gadget plugins")
    assert texts("unlisted-pr", FULL, *PULLS, guess, decisions={f"{DOCS}#5": True}) == [
        "user-guide#5 (Guide to gadget plugins) is not listed: add it under Docs PRs of Alpha"
    ]


def test_a_proposal_linked_as_the_enhancement_is_listed_enough() -> None:
    text = body(code=[f"{CODE}#1"], docs=[f"{DOCS}#2"], link=f"{GITHUB}/{VEP}/pull/191")
    own = merged(f"{VEP}#191", "VEP 190: x", "**Tracking issue**: #190", files=(PATH,))
    assert texts("unlisted-pr", text, *PULLS, own) == []
    assert len(texts("unlisted-pr", FULL, *PULLS, own)) == 1


def test_what_an_earlier_stage_merged_is_not_asked_for() -> None:
    text = body(heading="Beta", stage="Beta", alpha="1.8", beta="1.9", code=[f"{CODE}#1"], docs=[f"{DOCS}#2"])
    assert texts("unlisted-pr", text, *PULLS, merged(f"{CODE}#9", "Old", TRACKS, at=LONG_AGO)) == []


def test_docs_are_not_asked_for_before_code_is_merged() -> None:
    early = at(AFTER_CUT.replace(month=5).date())
    assert texts("docs-missing", body(code=[f"{CODE}#1"]), pull(f"{CODE}#1"), world=early) == []


def test_a_stage_ticked_while_code_is_open_is_asked_about() -> None:
    text = body(code=[f"{CODE}#1"], docs=[f"{DOCS}#2"], box="x")
    (found,) = texts("stage", text, pull(f"{CODE}#1"), PULLS[1])
    assert found == "Alpha is ticked, but kubevirt#1 is open: untick it"


def test_an_issue_that_is_no_tracker_has_no_slips() -> None:
    assert judged(issue("Please fix the template.", title="Template is unclear", labels=())).lint == ()


def test_every_rule_is_one_of_the_process_and_has_words_for_the_checklist() -> None:
    """A rule that process.toml does not name is silently off, and no profile may switch it on."""
    yields = [node.value for node in ast.walk(ast.parse(inspect.getsource(lint_module))) if isinstance(node, ast.Yield)]
    written = {ast.literal_eval(one.elts[0]) for one in yields if isinstance(one, ast.Tuple)}
    assert written == set(PROCESS.tracker.rules), "core/lint.py and `rules` of process.toml name the same"
    assert written == set(evidence._ASKS), "_ASKS in core/evidence.py says what the checklist shows of each"
