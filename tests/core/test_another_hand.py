"""A comment that somebody else edited: what its author ticked stands, what the other ticked is shown and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from judging import NOW, PEOPLE, PROCESS, issue, world

from vep_tui.core.answers import Progress, render_check_in
from vep_tui.core.checkin import last_check_in
from vep_tui.core.checklist import merge
from vep_tui.core.comment import parse_comment, read_comment, render
from vep_tui.core.models import Comment, ItemState, Statement

BODY = render(
    10,
    "1.10",
    [
        Statement("prs-merged", ItemState.DONE, NOW, "all five", "met, 5 of 5"),
        Statement("docs-merged", ItemState.NA, NOW, "", ""),
    ],
    "0123456789abcdef",
    "carol",
    NOW,
    None,
    PROCESS,
    "release-1.10",
)
FORGED = BODY.replace("- [ ] Bugs", "- [x] Bugs").replace("- [x] All PRs", "- [ ] All PRs")


def said_by(editor: str, body: str = FORGED) -> Comment:
    at = NOW + timedelta(days=2)
    return Comment("c1", "1", "carol", body, NOW, at, at, editor=editor)


def states(comment: Comment) -> dict[str, ItemState]:
    found = read_comment(comment, PEOPLE, PROCESS)
    assert found is not None
    return {s.key: s.state for s in found.statements}


def test_the_authors_own_clicks_count_whatever_the_case_of_their_name() -> None:
    clicked = {"prs-merged": ItemState.TODO, "docs-merged": ItemState.NA, "bugs-tracked": ItemState.DONE}
    assert states(said_by("carol")) == states(said_by("Carol")) == states(said_by("")) == clicked


def test_a_maintainer_cannot_forge_a_tick_or_take_one_away() -> None:
    assert states(said_by("root")) == {"prs-merged": ItemState.DONE, "docs-merged": ItemState.NA}
    found = read_comment(said_by("root"), PEOPLE, PROCESS)
    assert found is not None
    assert found.foreign == (("prs-merged", ItemState.TODO), ("bugs-tracked", ItemState.DONE))
    (kept,) = [s for s in found.statements if s.key == "prs-merged"]
    assert (kept.at, kept.evidence, kept.note) == (NOW, "met, 5 of 5", "all five")


def test_what_another_changed_is_shown_under_their_name_and_counts_for_nothing() -> None:
    found = read_comment(said_by("root"), PEOPLE, PROCESS)
    assert found is not None
    items = {i.key: i for i in merge("1.10", [found], (), PROCESS, PEOPLE, "nora", {}).items}
    assert items["bugs-tracked"].state is ItemState.TODO
    assert items["bugs-tracked"].voices == (("root", ItemState.DONE, False),)
    assert items["prs-merged"].by == "carol"
    assert ("root", ItemState.TODO, False) in items["prs-merged"].voices


def test_a_box_that_one_hand_changed_in_several_comments_is_one_voice() -> None:
    found = read_comment(said_by("root"), PEOPLE, PROCESS)
    assert found is not None
    items = {i.key: i for i in merge("1.10", [found, found], (), PROCESS, PEOPLE, "nora", {}).items}
    assert items["bugs-tracked"].voices == (("root", ItemState.DONE, False),)


def test_the_next_edit_of_the_tool_does_not_launder_a_forged_box() -> None:
    parsed = parse_comment(said_by("root"), PROCESS)
    now = NOW + timedelta(days=3)
    said = [Statement("implemented", ItemState.DONE, now, "", "")]
    body = render(10, "1.10", said, "fedcba9876543210", "carol", now, parsed, PROCESS, "release-1.10", now)
    again = Comment("c1", "1", "carol", body, NOW, now, now, editor="carol")
    assert states(again) == {
        "prs-merged": ItemState.DONE,
        "docs-merged": ItemState.NA,
        "implemented": ItemState.DONE,
    }


def test_an_edit_that_changes_no_box_changes_nothing() -> None:
    polite = said_by("root", BODY.replace("Where this", "Where, then, this"))
    found = read_comment(polite, PEOPLE, PROCESS)
    assert found is not None
    assert found.foreign == ()
    assert states(polite) == states(said_by("", BODY))


def test_a_checklist_counts_as_a_check_in_by_its_date_and_says_what_was_ticked() -> None:
    subject = issue(comments=(said_by("carol"),))
    found = last_check_in(subject, world())
    assert found is not None
    assert found.text == "ticked 1 of 5 for v1.10, 1 not applicable: all five"
    assert found.at == NOW + timedelta(days=2)
    meddled = last_check_in(replace(subject, comments=(said_by("root"),)), world())
    assert meddled is not None
    assert meddled.at == NOW


def test_an_empty_checklist_is_a_check_in_in_words_too() -> None:
    body = render(10, "1.10", [], "0123456789abcdef", "carol", NOW, None, PROCESS, None)
    found = last_check_in(issue(comments=(Comment("c", "", "carol", body, NOW, NOW),)), world())
    assert found is not None
    assert found.text == "ticked none of 5 for v1.10"


def test_a_check_in_of_our_form_is_told_without_its_markup() -> None:
    said = render_check_in(Progress.RETARGET, "docs of @otto", "1.11", "1.10")
    found = last_check_in(issue(comments=(Comment("c", "", "carol", said, NOW, NOW),)), world())
    assert found is not None
    assert found.text == "retarget to v1.11; next: docs of @otto"
