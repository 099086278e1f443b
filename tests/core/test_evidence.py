"""For each checklist item: what makes it met, unmet and unknown, and what the sentence says."""

from __future__ import annotations

from datetime import date

import pytest
from linked_worlds import (
    AFTER_CUT,
    GITHUB,
    LONG_AGO,
    PATH,
    at,
    body,
    document,
    evidence,
    issue,
    judged,
    merged,
    pull,
)

from vep_tui.core import evidence as evidence_module
from vep_tui.core.models import Bug, Criterion, Part, PrState, Stage, Targets, Verdict

CODE, DOCS, VEP = "kubevirt/kubevirt", "kubevirt/user-guide", "kubevirt/enhancements"
TRACKS = f"VEP tracking issue: {GITHUB}/{VEP}/issues/190"
MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN


def on(day: date, *args, **more):
    return judged(*args, world=at(day), **more)


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        (Part.BUGS, {"bugs-tracked"}),
        (Part.DOCS_PULLS, {"docs-merged", "tracker-complete"}),
        (Part.DOCUMENTS, {"implemented"}),
        (Part.BRANCHES, {"prs-merged"}),
        (Part.PEOPLE, set()),
    ],
)
def test_where_a_part_was_never_fetched_what_it_would_show_is_unknown(part: Part, keys: set[str]) -> None:
    world = at(AFTER_CUT)._replace(unfetched=frozenset({part}))
    found = {item.key: item.evidence for item in judged(body(), world=world).checklist.items}
    told = {key for key, one in found.items() if one.summary == f"not fetched yet: {part}"}
    assert told == keys
    assert all(found[key].verdict is UNKNOWN for key in keys)


@pytest.mark.parametrize("status", ["deferred", "rejected", "withdrawn", "replaced"])
@pytest.mark.parametrize("key", ["prs-merged", "docs-merged"])
def test_no_code_and_no_docs_are_expected_of_what_was_set_aside(status, key) -> None:
    aside = judged(body(), document=document(status=status))
    found = evidence(aside, key)
    assert (found.verdict, found.summary) == (UNKNOWN, f'nothing is due: the document says "{status}"')
    assert "docs-missing" not in {slip.rule for slip in aside.lint}
    there = judged(body(code=[f"{CODE}#1"], docs=[f"{DOCS}#2"]), merged(f"{CODE}#1"), merged(f"{DOCS}#2"))
    assert evidence(there, key).verdict is MET


# ------------------------------------------------------------------ prs-merged


@pytest.mark.parametrize(
    ("listed", "pulls", "more", "verdict", "says"),
    [
        ([], (), {}, UNKNOWN, "no code PR is known"),
        (["1"], (merged(f"{CODE}#1"),), {}, MET, "1 of 1 merged into release-1.9"),
        (["1"], (), {}, UNKNOWN, "0 of 1 in release-1.9; kubevirt#1 cannot be seen"),
        (["1", "2"], (merged(f"{CODE}#1"), pull(f"{CODE}#2")), {}, UNMET, "1 of 2 in release-1.9; kubevirt#2 is open"),
        (["1"], (pull(f"{CODE}#1", is_draft=True),), {}, UNMET, "kubevirt#1 is a draft"),
        (["1"], (pull(f"{CODE}#1", state=PrState.CLOSED),), {}, UNMET, "kubevirt#1 was closed unmerged"),
        (["1"], (merged(f"{CODE}#1", at=AFTER_CUT),), {}, UNMET, "2026-07-01, not in release-1.9: after the cut"),
        (
            ["1"],
            (merged(f"{CODE}#1", at=AFTER_CUT),),
            {"contains": {("release-1.9", f"oid-{CODE}#1"): True}},
            MET,
            "1 of",
        ),
        ([], (merged(f"{CODE}#1", "x", TRACKS), pull(f"{CODE}#2", "y", TRACKS)), {}, UNMET, "kubevirt#2 is open"),
        ([], (pull(f"{CODE}#1", "x", TRACKS, state=PrState.CLOSED),), {}, UNMET, "the only code PR known"),
        (["1"], (merged(f"{CODE}#1"), pull(f"{CODE}#2", "x", TRACKS, state=PrState.CLOSED)), {}, MET, "1 of 1"),
    ],
)
def test_code_counts_when_it_is_in_the_branch(listed, pulls, more, verdict, says) -> None:
    vep = judged(body(code=[f"{CODE}#{n}" for n in listed]), *pulls, **more)
    found = evidence(vep, "prs-merged")
    assert (found.verdict, says in found.summary) == (verdict, True), found.summary


def test_a_merged_pick_brings_a_late_change_into_the_branch() -> None:
    late = merged(f"{CODE}#1", "Socket", at=AFTER_CUT)
    pick = merged(f"{CODE}#2", "[release-1.9] Socket", "cherry-pick of #1", base="release-1.9", at=AFTER_CUT)
    found = evidence(judged(body(code=[f"{CODE}#1"]), late, pick), "prs-merged")
    assert (found.verdict, found.summary) == (MET, "1 of 1 merged into release-1.9")
    assert "in release-1.9 by kubevirt#2" in found.facts[0]
    assert found.facts[0].endswith(f"{GITHUB}/{CODE}/pull/1")


def test_an_open_pick_is_named_as_what_is_waited_for() -> None:
    late = merged(f"{CODE}#1", "Socket", at=AFTER_CUT)
    pick = pull(f"{CODE}#2", "[release-1.9] Socket", "cherry-pick of #1", base="release-1.9")
    found = evidence(judged(body(code=[f"{CODE}#1"]), late, pick), "prs-merged")
    assert found.verdict is UNMET
    assert "kubevirt#2 picks it and is open" in found.summary


def test_a_revert_turns_the_evidence() -> None:
    revert = merged(f"{CODE}#2", 'Revert "Socket"', f"Reverts kubevirt/kubevirt#1\n\n{TRACKS}")
    found = evidence(judged(body(code=[f"{CODE}#1"]), merged(f"{CODE}#1", "Socket"), revert), "prs-merged")
    assert found.verdict is UNMET
    assert "kubevirt#2 reverts it" in found.summary


def test_before_the_cut_merged_is_unknown_and_open_is_unmet() -> None:
    early = date(2026, 6, 20)
    found = evidence(on(early, body(code=[f"{CODE}#1"]), merged(f"{CODE}#1")), "prs-merged")
    assert found.verdict is UNKNOWN
    assert found.summary == "1 of 1 merged to main; release-1.9 is not cut yet (Code Freeze 2026-06-24)"
    both = body(code=[f"{CODE}#1", f"{CODE}#2"])
    found = evidence(on(early, both, merged(f"{CODE}#1"), pull(f"{CODE}#2")), "prs-merged")
    assert (found.verdict, found.summary) == (UNMET, "1 of 2 merged to main; kubevirt#2 is open")


def test_code_of_an_earlier_stage_does_not_count() -> None:
    text = body(heading="Beta", code=[f"{CODE}#2"], alpha="1.8", beta="1.9")
    old = merged(f"{CODE}#1", "First", TRACKS, at=LONG_AGO)
    found = evidence(judged(text, old, merged(f"{CODE}#2")), "prs-merged")
    assert (found.verdict, found.summary) == (MET, "1 of 1 merged into release-1.9")


def test_code_known_for_earlier_stages_only_is_unknown() -> None:
    text = body(heading="Alpha", code=[f"{CODE}#1"], alpha="1.8", beta="1.9")
    found = evidence(judged(text, merged(f"{CODE}#1", at=LONG_AGO)), "prs-merged")
    assert (found.verdict, found.summary) == (UNKNOWN, "no code PR is known for beta, only for other stages")


def test_a_first_stage_counts_code_however_old() -> None:
    found = evidence(judged(None, merged(f"{CODE}#1", "First", TRACKS, at=LONG_AGO)), "prs-merged")
    assert found.verdict is MET


def test_a_repository_without_the_branch_counts_by_its_merge() -> None:
    text = body(code=["kubevirt/plugins#1"])
    assert evidence(judged(text, merged("kubevirt/plugins#1", at=AFTER_CUT)), "prs-merged").verdict is MET
    assert evidence(judged(text, pull("kubevirt/plugins#1")), "prs-merged").verdict is UNMET


def test_what_is_merged_elsewhere_is_not_said_to_be_in_the_branch() -> None:
    elsewhere = (merged("kubevirt/plugins#1"), merged("kubevirt/kubevirtci#2"))
    refs = [f"{CODE}#3", *(one.ref for one in elsewhere)]
    mixed = evidence(judged(body(code=refs), merged(f"{CODE}#3"), *elsewhere), "prs-merged")
    assert mixed.verdict is MET
    assert mixed.summary == "1 of 1 merged into release-1.9; 2 of 2 merged in repositories without it"
    alone = evidence(judged(body(code=refs[1:2]), elsewhere[0]), "prs-merged")
    assert alone.summary == "1 of 1 merged in a repository without release-1.9"


def test_without_a_target_there_is_no_branch_to_look_in() -> None:
    found = evidence(judged(body(alpha="TBD", code=[f"{CODE}#1"]), merged(f"{CODE}#1")), "prs-merged")
    assert found.verdict is UNKNOWN
    assert "no target release" in found.summary


# ------------------------------------------------------------------ docs-merged


@pytest.mark.parametrize(
    ("listed", "pulls", "verdict", "says"),
    [
        ([], (), UNMET, "no docs PR is known for alpha"),
        (["1"], (merged(f"{DOCS}#1"),), MET, "user-guide#1 was merged on 2026-06-01"),
        (["1"], (), UNKNOWN, "user-guide#1 cannot be seen"),
        (["1"], (pull(f"{DOCS}#1"),), UNMET, "user-guide#1 is open"),
        (["1"], (pull(f"{DOCS}#1", is_draft=True),), UNMET, "user-guide#1 is only a placeholder (draft)"),
        (["1"], (pull(f"{DOCS}#1", changed_lines=2),), UNMET, "user-guide#1 is only a placeholder"),
        (["1"], (pull(f"{DOCS}#1", "[WIP] Plugins", changed_lines=90),), UNMET, "is only a placeholder"),
        (["1"], (pull(f"{DOCS}#1", changed_lines=90),), UNMET, "user-guide#1 is open"),
        (["1"], (pull(f"{DOCS}#1", state=PrState.CLOSED),), UNMET, "was closed unmerged"),
        (["1", "2"], (merged(f"{DOCS}#1"), pull(f"{DOCS}#2")), UNMET, "1 of 2 merged; user-guide#2 is open"),
        (["1", "2"], (merged(f"{DOCS}#1"), merged(f"{DOCS}#2")), MET, "2 docs PRs merged"),
        ([], (merged(f"{DOCS}#1", "x", TRACKS),), UNKNOWN, "1 candidate, not in the tracker: user-guide#1 (merged)"),
    ],
)
def test_docs_count_when_listed_and_merged(listed, pulls, verdict, says) -> None:
    found = evidence(judged(body(docs=[f"{DOCS}#{n}" for n in listed]), *pulls), "docs-merged")
    assert (found.verdict, says in found.summary) == (verdict, True), found.summary


def test_a_confirmed_candidate_counts_as_listed() -> None:
    guess = merged(f"{DOCS}#1", "x", TRACKS)
    assert evidence(judged(None, guess, decisions={f"{DOCS}#1": True}), "docs-merged").verdict is MET
    assert evidence(judged(None, guess, decisions={f"{DOCS}#1": False}), "docs-merged").verdict is UNMET


def test_a_candidate_beside_an_open_listed_one_changes_nothing() -> None:
    vep = judged(body(docs=[f"{DOCS}#1"]), pull(f"{DOCS}#1"), merged(f"{DOCS}#2", "x", TRACKS))
    found = evidence(vep, "docs-merged")
    assert (found.verdict, found.summary) == (UNMET, "user-guide#1 is open")
    assert any("candidate, not listed" in fact for fact in found.facts)


# ------------------------------------------------------------------ implemented

DONE = (merged(f"{CODE}#1"),)
HISTORY = (f"{CODE}#1",)


def implemented(text=None, pulls=DONE, **more):
    written = more.pop("document", document(history=HISTORY))
    return evidence(
        judged(text or body(code=[f"{CODE}#1"]), *pulls, document=written, document_path=PATH, **more), "implemented"
    )


def test_it_is_implemented_when_document_tracker_and_history_agree() -> None:
    found = implemented()
    assert (found.verdict, found.summary) == (MET, "all 2 alpha criteria are ticked, targets and history agree")
    assert "ticked: Guarded by a gate" in found.facts


@pytest.mark.parametrize(
    ("text", "more", "says"),
    [
        (None, {"document": document(history=())}, "the implementation history lacks kubevirt#1"),
        (
            None,
            {
                "document": document(
                    history=HISTORY, graduation=((Stage.ALPHA, (Criterion("a", True), Criterion("b", False))),)
                )
            },
            "1 of 2 alpha criteria are not ticked",
        ),
        (
            body(code=[f"{CODE}#1"], alpha="1.10"),
            {},
            "the tracker targets v1.10 for alpha, not v1.9",
        ),
        (
            body(code=[f"{CODE}#1"], gate=""),
            {"document": document(history=HISTORY, feature_gates=())},
            "no feature gate",
        ),
        (None, {"document": document(history=HISTORY, status="deferred")}, 'the document\'s status is "deferred"'),
        (None, {"board": {"Status": "Removed from milestone"}}, 'the board says "Removed from milestone"'),
        (None, {"board": {"Status": "Exception Required"}}, 'the board says "Exception Required"'),
        (
            None,
            {"document_changed_by": (pull(f"{VEP}#300", files=(PATH,)),)},
            "enhancements#300 is open and changes the document",
        ),
    ],
)
def test_what_contradicts_is_unmet_and_named(text, more, says) -> None:
    found = implemented(text, **more)
    assert (found.verdict, says in found.summary) == (UNMET, True), found.summary


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"document": None}, "no merged document is known"),
        ({"document": document(history=HISTORY, graduation=())}, "no alpha criteria with boxes"),
        ({"pulls": ()}, "no merged code PR is known"),
    ],
)
def test_what_cannot_be_read_is_unknown(more, says) -> None:
    found = implemented(**more)
    assert (found.verdict, says in found.summary) == (UNKNOWN, True), found.summary


def test_an_open_proposal_that_would_add_the_document_is_named() -> None:
    own = pull(f"{VEP}#191", "VEP 190: Gadgets", "**Tracking issue**: #190", files=(PATH,))
    found = implemented(pulls=(*DONE, own), document=None)
    assert (found.verdict, "enhancements#191 is open" in found.summary) == (UNMET, True)


def test_a_tracked_board_and_a_missing_board_contradict_nothing() -> None:
    assert implemented(board={"Status": "Tracked"}).verdict is MET
    assert implemented(board={}).verdict is MET
    assert implemented(board=None).verdict is MET


def test_no_gate_is_no_problem_where_none_applies() -> None:
    plain = document(history=HISTORY, feature_gates=())
    assert implemented(body(code=[f"{CODE}#1"], gate="N/A"), document=plain).verdict is MET


def test_ga_needs_no_gate() -> None:
    criteria = ((Stage.GA, (Criterion("a", True),)),)
    ga = document(history=HISTORY, feature_gates=(), targets=Targets(ga="1.9"), graduation=criteria)
    text = body(heading="GA", gate="", alpha="", code=[f"{CODE}#1"])
    assert implemented(text, document=ga).verdict is MET


# ------------------------------------------------------------------ bugs-tracked


def bug(number: int, title: str = "A bug", text: str = "", state: str = "open") -> Bug:
    return Bug(f"{CODE}#{number}", title, text, state, url=f"{GITHUB}/{CODE}/issues/{number}", labels=("kind/bug",))


@pytest.mark.parametrize(
    ("bugs", "verdict", "says"),
    [
        ((), MET, "no open bug names this VEP or its feature gate"),
        ((bug(1, "VEP#190: crash"),), UNMET, "1 of 1 open bug not in the tracker: kubevirt#1"),
        ((bug(1, text=f"{GITHUB}/{VEP}/issues/190"),), UNMET, "kubevirt#1"),
        ((bug(1, text="with GadgetPlugins enabled"),), UNMET, "kubevirt#1"),
        ((bug(1, text="with GadgetPluginsV2 enabled"),), MET, "no open bug"),
        ((bug(1, "VEP 21: crash"),), MET, "no open bug"),
        ((bug(1, "VEP 190: crash", state="closed"),), MET, "no open bug"),
        ((bug(7, "VEP 190: crash"),), MET, "1 open bug, in the tracker"),
        ((bug(7, "VEP 190: crash"), bug(1, "VEP 190: x")), UNMET, "1 of 2 open bugs not in the tracker: kubevirt#1"),
    ],
)
def test_bugs_are_tracked_when_the_tracker_names_them(bugs, verdict, says) -> None:
    text = body(more=f"**Additional context**:\n\nBugs: {GITHUB}/{CODE}/issues/7\n")
    found = evidence(judged(text, bugs=bugs), "bugs-tracked")
    assert (found.verdict, says in found.summary) == (verdict, True), found.summary


def test_a_gate_that_is_a_plain_word_counts_only_as_a_gate() -> None:
    text = body(gate="Plugins")
    assert evidence(judged(text, bugs=(bug(1, text="Plugins crash"),)), "bugs-tracked").verdict is MET
    gated = bug(1, text="with feature gate `Plugins` it crashes")
    assert evidence(judged(text, bugs=(gated,)), "bugs-tracked").verdict is UNMET


# ------------------------------------------------------------------ tracker-complete


def test_the_tracker_is_complete_when_nothing_is_asked() -> None:
    text = body(code=[f"{CODE}#1"], docs=[f"{DOCS}#2"])
    found = evidence(judged(text, merged(f"{CODE}#1"), merged(f"{DOCS}#2")), "tracker-complete")
    assert (found.verdict, found.summary) == (MET, "the tracker lists 2 PRs; nothing is missing")


def test_an_incomplete_tracker_says_how_much_is_missing() -> None:
    vep = judged(
        issue(body(docs=[f"{DOCS}#2"]), title="VEP 19: Gadget plugins"),
        merged(f"{CODE}#1", "One", TRACKS),
        merged(f"{CODE}#3", "Three", TRACKS),
        merged(f"{DOCS}#2"),
    )
    found = evidence(vep, "tracker-complete")
    assert found.verdict is UNMET
    assert found.summary == "the number in the title is wrong; 2 PRs are not listed"
    assert len(found.facts) == 3


def test_a_tracker_without_any_pr_is_unknown() -> None:
    assert evidence(on(date(2026, 5, 1), None), "tracker-complete").verdict is UNKNOWN


def test_every_item_of_the_process_has_evidence() -> None:
    vep = judged(None)
    assert len(vep.checklist.items) == 5
    assert all(item.evidence.summary for item in vep.checklist.items)


def test_every_item_with_evidence_says_what_must_have_been_fetched_for_it() -> None:
    rules, needs = evidence_module._RULES, evidence_module._NEEDS
    assert rules.keys() == needs.keys(), "core/evidence.py: a rule without its parts judges what was never asked for"
