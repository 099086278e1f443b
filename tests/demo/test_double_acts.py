"""What people do on the site, and which of it moves an issue's `updatedAt`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from builders import CODE, ENHANCEMENTS, add_comment

from vep_tui.demo.records import BoardRecord
from vep_tui.demo.state import Site

REF = f"{ENHANCEMENTS}#10"


def first_comment(site: Site) -> int:
    return site.find(REF).comments[0].id


ACTS: dict[str, tuple[Callable[[Site], object], bool]] = {
    "a new comment": (lambda site: site.add_comment(REF, "rob", "hm"), True),
    "a label": (lambda site: site.label(REF, "x"), True),
    "a label removed": (lambda site: site.unlabel(REF, "kind/tracker"), True),
    "an assignment": (lambda site: site.assign(REF, "rob"), True),
    "closing": (lambda site: site.close(REF), True),
    "reopening": (lambda site: site.reopen(REF), True),
    "a title": (lambda site: site.retitle(REF, "VEP 10: Other"), True),
    "a body": (lambda site: site.rewrite(REF, body="new"), True),
    "a comment edited": (lambda site: site.edit_comment(first_comment(site), "other"), True),
    "a comment deleted": (lambda site: site.delete_comment(first_comment(site)), False),
    "a reference": (lambda site: site.add_reference(REF, f"{ENHANCEMENTS}#20"), False),
    "a linked pull request merged": (lambda site: site.merge_pull("kubevirt/user-guide#500"), False),
    "a board field": (lambda site: site.set_board(7, 10, "Status", "Done"), False),
}


@pytest.mark.parametrize("name", ACTS)
def test_acts_bump_an_issue_as_github_does(site: Site, name: str) -> None:
    site.boards[7] = BoardRecord(7, "v1.9")
    act, bumps = ACTS[name]
    before, version = site.find(REF).updated_at, site.version
    act(site)
    assert (site.find(REF).updated_at > before) is bumps
    assert site.version == version + 1


def test_whether_edits_bump_can_be_chosen(site: Site) -> None:
    site.edits_bump = False
    before = site.find(REF).updated_at
    comment = site.edit_comment(first_comment(site), "other")
    assert (site.find(REF).updated_at, comment.edited_at) == (before, site.now)


def test_a_box_ticked_on_the_web_rewrites_the_body_with_crlf(site: Site) -> None:
    body = "<!-- marker -->\n- [ ] first\n- [x] second\ntext\n"
    comment = add_comment(site, site.find(REF), "reviewer", body)
    site.tick_box_on_web(comment.id, "first")
    site.tick_box_on_web(comment.id, 1)
    assert comment.body == "<!-- marker -->\r\n- [x] first\r\n- [ ] second\r\ntext\r\n"


def test_a_merge_is_in_its_base_and_in_the_branches_named(site: Site) -> None:
    made = site.merge_pull("kubevirt/user-guide#500", also_into=("release-1.9",))
    pull = site.pull("kubevirt/user-guide#500")
    assert (pull.state, pull.merged_at, pull.merge_oid) == ("MERGED", site.now, made)
    assert site.repos["kubevirt/user-guide"].branches == {"main": {made}, "release-1.9": {made}}


def test_a_push_changes_the_head_and_its_date(site: Site) -> None:
    pull = site.pull(f"{ENHANCEMENTS}#40")
    before = pull.head_oid
    assert site.push(f"{ENHANCEMENTS}#40") == pull.head_oid != before
    assert pull.pushed_at == pull.updated_at == site.now


def test_a_deleted_issue_refers_to_nothing_any_more(site: Site) -> None:
    site.delete_issue(f"{CODE}#1000")
    assert f"{CODE}#1000" not in site.find(REF).references


def test_the_clock_follows_another_that_runs(site: Site) -> None:
    later = site.now + timedelta(hours=2)
    site.follow = lambda: later
    assert site.advance() == later
