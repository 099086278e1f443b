"""A pull brings the mirror to what the site shows, at a price that is counted."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from builders import (
    CODE,
    COMMUNITY,
    DOCS,
    ENHANCEMENTS,
    NOW,
    RELEASE,
    add_comment,
    add_issue,
    add_pull,
    add_review,
    sized_site,
    small_site,
    tracker_body,
    vep_document,
)

from vep_tui.core.checkin import is_bot
from vep_tui.core.process import Process, read_process
from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.faults import Fault, Kind
from vep_tui.demo.records import IssueRecord
from vep_tui.demo.server import Double
from vep_tui.demo.state import BoardRecord, Site
from vep_tui.remote.client import Remote
from vep_tui.remote.errors import BadCredentials, NotGitHub, RateLimited, Unsent
from vep_tui.store.linked import known_refs
from vep_tui.store.mirror import Mirror
from vep_tui.store.standing import read_world
from vep_tui.sync.progress import Progress
from vep_tui.sync.pull import PullReport, pull


class Place:
    """A double, a mirror, and one way to bring them together."""

    def __init__(self, site: Site, folder: Path, process: Process) -> None:
        self.site, self.process = site, process
        self.double = Double(site).start()
        self.mirror = Mirror.open(folder / "mirror.db")
        self.remote = Remote(self.double.url, "t0ken", now=lambda: site.now)
        self.steps: list[Progress] = []

    def pull(self, *, full: bool = False) -> PullReport:
        return pull(self.mirror, self.remote, self.process, full=full, now=self.site.now, progress=self.steps.append)

    def counted(self, *, full: bool = False) -> tuple[PullReport, int]:
        before = len(self.double.log.requests)
        report = self.pull(full=full)
        return report, len(self.double.log.requests) - before

    def close(self) -> None:
        self.remote.close()
        self.mirror.close()
        self.double.stop()
        assert self.double.violations == []


@pytest.fixture(scope="module")
def process() -> Process:
    text = (files("vep_tui") / "process.toml").read_text(encoding="utf-8")
    return read_process(tomllib.loads(text))


@pytest.fixture
def place_of(tmp_path: Path, process: Process) -> Iterator[Callable[[Site], Place]]:
    made: list[Place] = []

    def make(site: Site) -> Place:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Place(site, folder, process))
        return made[-1]

    yield make
    for place in made:
        place.close()


@pytest.fixture
def place(place_of: Callable[[Site], Place]) -> Place:
    return place_of(small_site())


# ---------------------------------------------------------------- a first pull


def test_a_first_pull_mirrors_the_whole_site(place: Place) -> None:
    report = place.pull()
    assert report.full
    assert report.errors == ()
    assert report.fetched["issues"] == 3
    assert place.mirror.meta("stale") == []
    assert place.mirror.meta("viewer") == "reviewer"
    issue = place.mirror.issue(10)
    assert issue is not None
    assert [c.author for c in issue.comments] == ["alice", "rob"]
    assert {p.ref for p in issue.references} >= {f"{CODE}#1000", f"{CODE}#1001", f"{DOCS}#500"}
    assert [p.number for p in place.mirror.proposals()] == [40]
    proposal = place.mirror.proposal(40)
    assert proposal is not None
    assert (proposal.review_requests, proposal.reviews[0].author) == (("reviewer",), "nora")
    assert proposal.files == ("veps/sig-network/20-wires/vep.md",)
    assert proposal.last_push_at is not None
    assert place.mirror.file(ENHANCEMENTS, "veps/sig-compute/10-gadgets/vep.md") == vep_document()
    assert set(place.mirror.files(RELEASE)) == {"releases/v1.9/schedule.yaml"}
    for repo, path in ((ENHANCEMENTS, "OWNERS"), (CODE, "OWNERS_ALIASES"), (COMMUNITY, "sigs.yaml")):
        assert place.mirror.file(repo, path)


def test_a_second_pull_finds_nothing_new(place: Place) -> None:
    place.pull()
    report, requests = place.counted()
    assert not report.full
    assert report.touched == ()
    assert set(report.fetched.values()) == {0}
    assert requests <= 2


def test_progress_is_told_by_part(place: Place) -> None:
    place.pull()
    assert {"issues", "documents", "VEP pull requests"} <= {step.part for step in place.steps}


def test_progress_of_a_first_sync_says_how_many_there_will_be(place: Place) -> None:
    for number in range(100, 190):
        add_issue(place.site, number, title=f"VEP {number}: More", labels=["kind/enhancement"])
    add_pull(place.site, 1700, title="Silent")
    place.site.rewrite(f"{ENHANCEMENTS}#20", body=tracker_body(code_prs=(f"{CODE}#1700",)))
    place.pull()
    issues = [(step.done, step.total) for step in place.steps if step.part == "issues" and step.done]
    records = place.site.repos[ENHANCEMENTS].issues.values()
    opened = sum(record.state == "OPEN" and type(record) is IssueRecord for record in records)
    assert opened > 90
    assert [total for _, total in issues[:2]] == [opened, opened]
    assert (opened, opened) in issues
    for part in ("documents", "pull requests", "linked pull requests"):
        told = [(step.done, step.total) for step in place.steps if step.part == part and step.done]
        assert any(done == total for done, total in told), (part, told)


def test_a_listed_pull_request_that_refers_to_nothing_is_looked_up(place: Place) -> None:
    add_pull(place.site, 1700, title="Silent")
    place.site.rewrite(f"{ENHANCEMENTS}#20", body=tracker_body(code_prs=(f"{CODE}#1700", f"{CODE}#9999")))
    place.site.find(f"{ENHANCEMENTS}#20").references.clear()
    report = place.pull()
    assert report.errors == ()
    assert f"{CODE}#1700" in place.mirror.pulls([f"{CODE}#1700"])
    assert f"{CODE}#9999" not in known_refs(place.mirror)
    _, requests = place.counted()
    assert requests <= 2  # what is not there is not asked for each time


def test_pull_requests_named_in_comments_and_documents_are_looked_up(place: Place) -> None:
    add_pull(place.site, 1701, title="In a comment")
    add_pull(place.site, 1702, title="In the history")
    text = vep_document() + f"\n## Implementation History\n\n- 2026-01-01 https://github.com/{CODE}/pull/1702\n"
    place.site.repo(ENHANCEMENTS).files["veps/sig-compute/10-gadgets/vep.md"] = text
    add_comment(place.site, place.site.find(f"{ENHANCEMENTS}#20"), "rob", f"See {CODE}#1701, please.")
    place.pull()
    assert {f"{CODE}#1701", f"{CODE}#1702"} <= set(known_refs(place.mirror))


def test_issues_closed_lately_are_read_and_old_ones_are_not(place: Place) -> None:
    now = place.site.now
    add_issue(place.site, 5, age=900, state="CLOSED", closed_at=now - timedelta(days=800), updated_at=now)
    add_issue(place.site, 6, age=300, state="CLOSED", closed_at=now - timedelta(days=90))
    place.pull()
    assert place.mirror.numbers() == (6, 10, 20, 30)
    place.site.add_comment(f"{ENHANCEMENTS}#6", "rob", "Still wrong.")
    place.site.add_comment(f"{ENHANCEMENTS}#5", "rob", "Still here.")
    report = place.pull()
    assert report.touched == (6,)


def test_long_threads_are_followed_to_their_end(place: Place) -> None:
    issue, proposal = place.site.find(f"{ENHANCEMENTS}#20"), place.site.pull(f"{ENHANCEMENTS}#40")
    for n in range(260):
        add_comment(place.site, issue, "rob", f"word {n}")
    for n in range(70):
        add_comment(place.site, proposal, "rob", f"word {n}")
        add_review(place.site, proposal, "rob", "COMMENTED", f"look {n}")
        add_pull(place.site, 3000 + n, body=f"https://github.com/{ENHANCEMENTS}/issues/20")
    place.site.link_references()
    place.pull()
    read, pulled = place.mirror.issue(20), place.mirror.proposal(40)
    assert read is not None and pulled is not None
    assert [c.body for c in read.comments] == [f"word {n}" for n in range(260)]
    assert len(read.references) >= 70
    assert (len(pulled.comments), len(pulled.reviews)) == (70, 71)
    report, _ = place.counted()
    assert report.touched == ()


def test_a_bug_that_refers_to_a_vep_is_kept_as_a_bug(place: Place) -> None:
    add_issue(place.site, 1800, repo=CODE, labels=["kind/bug"], body=f"https://github.com/{ENHANCEMENTS}/issues/10")
    place.site.link_references()
    place.pull()
    assert [b.ref for b in place.mirror.bugs()] == [f"{CODE}#1800"]


# ---------------------------------------------------------------- the price


@pytest.fixture(scope="module")
def big() -> Site:
    return sized_site()


def test_pulls_of_the_usual_size_keep_to_their_budget(big: Site, place_of: Callable[[Site], Place]) -> None:
    place = place_of(big)
    report, requests = place.counted(full=True)
    assert report.errors == ()
    assert requests <= 18
    assert (report.fetched["issues"], len(place.mirror.proposals())) == (200, 80)
    full_bytes = place.remote.received_bytes
    report, requests = place.counted()
    assert report.touched == ()
    assert requests <= 6
    assert place.remote.received_bytes - full_bytes < full_bytes / 100 * 2


# ---------------------------------------------------------------- what was merged before we came

VEP, VEP_PULL = f"{ENHANCEMENTS}#10", f"{ENHANCEMENTS}#40"


def signed_and_merged(site: Site) -> None:
    site.add_comment(VEP_PULL, "nora", "/lgtm")
    site.merge_pull(VEP_PULL)


def test_a_machine_that_comes_after_the_merge_knows_what_was_said_before(place_of: Callable[[Site], Place]) -> None:
    site = small_site()
    early = place_of(site)
    early.pull()
    signed_and_merged(site)
    early.pull()
    late = place_of(site)
    late.pull()
    known = late.mirror.proposal(40)
    assert known is not None
    assert known == early.mirror.proposal(40)
    assert ([c.body for c in known.comments], [r.author for r in known.reviews]) == (["/lgtm"], ["nora"])
    assert known.files == ("veps/sig-network/20-wires/vep.md",)


def test_a_pull_request_opened_and_merged_between_two_pulls_is_known_with_its_conversation(place: Place) -> None:
    place.pull()
    late = add_pull(place.site, 41, title="VEP 10: more", body="Tracking issue: #10", repo=ENHANCEMENTS, age=0)
    place.site.link_references()
    place.site.add_comment(f"{ENHANCEMENTS}#41", "carol", "/approve")
    place.site.merge_pull(f"{ENHANCEMENTS}#41")
    place.site.add_comment(VEP, "alice", "merged at once")
    place.pull()
    known = place.mirror.proposal(late.number)
    assert known is not None
    assert [c.body for c in known.comments] == ["/approve"]


def test_what_is_named_where_we_did_not_listen_is_looked_up(place: Place) -> None:
    add_pull(place.site, 1234, title="Groundwork")
    place.site.find(f"{ENHANCEMENTS}#11").body += f" builds on {CODE}#1234"
    place.pull()
    assert f"{CODE}#1234" in known_refs(place.mirror)


def test_what_is_merged_is_listened_to_once_and_the_newest_first(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vep_tui.sync.issues.MOST_UNHEARD", 2)
    for at in range(3):
        add_pull(place.site, 50 + at, title="VEP 10", body="For #10", repo=ENHANCEMENTS, merged=True, age=9 - at)
    place.site.link_references()
    heard = []
    for _ in range(3):
        _, requests = place.counted(full=True)
        heard.append(([n for n in (11, 50, 51, 52) if place.mirror.proposal(n)], requests))
    assert [numbers for numbers, _ in heard] == [[51, 52], [11, 50, 51, 52], [11, 50, 51, 52]]
    assert heard[2][1] == heard[1][1] - 1


# ---------------------------------------------------------------- what changes, and is seen


def commented(site: Site) -> None:
    site.add_comment(VEP, "rob", "new words")


def test_a_new_comment_is_seen(place: Place) -> None:
    place.pull()
    commented(place.site)
    assert place.pull().touched == (10,)
    assert [c.body for c in place.mirror.comments(10)][-1] == "new words"


def test_what_a_machine_says_is_known_as_a_machines(place: Place) -> None:
    place.site.add_comment(VEP, "new-helper[bot]", "I am looking at this.")
    place.pull()
    *_, author = (comment.author for comment in place.mirror.comments(10))
    assert is_bot(author, place.process), author


def test_labels_assignees_and_title_are_seen(place: Place) -> None:
    place.pull()
    place.site.label(VEP, "sig/network")
    place.site.assign(VEP, "zoe")
    place.site.rewrite(VEP, title="VEP 10: renamed")
    place.pull()
    issue = place.mirror.issue(10)
    assert issue is not None
    assert (issue.title, issue.assignees, "sig/network" in issue.labels) == ("VEP 10: renamed", ("zoe",), True)
    place.site.unlabel(VEP, "sig/network", "kind/tracker", "sig/compute")
    place.pull()
    assert (place.mirror.issue(10) or issue).labels == ()


@pytest.mark.parametrize("bumps", [True, False])
def test_an_edited_last_comment_is_seen_even_when_the_issue_does_not_say(place: Place, bumps: bool) -> None:
    place.site.edits_bump = bumps
    place.pull()
    place.site.edit_comment(place.site.find(VEP).comments[-1].id, "other words")
    place.pull()
    assert [c.body for c in place.mirror.comments(10)][-1] == "other words"


def test_an_edit_further_up_is_seen_by_the_daily_full_pull_at_the_latest(place: Place) -> None:
    place.site.edits_bump = False
    place.pull()
    place.site.edit_comment(place.site.find(VEP).comments[0].id, "other words")
    place.site.advance(hours=25)
    assert place.pull().full
    assert next(place.mirror.comments(10)).body == "other words"


def test_a_deleted_comment_is_seen(place: Place) -> None:
    place.pull()
    place.site.delete_comment(place.site.find(VEP).comments[0].id)
    place.pull()
    assert [c.author for c in place.mirror.comments(10)] == ["rob"]


def test_a_new_reference_is_seen(place: Place) -> None:
    place.pull()
    add_pull(place.site, 1900, title="Late")
    place.site.add_reference(VEP, f"{CODE}#1900")
    place.pull()
    assert f"{CODE}#1900" in place.mirror.references(10)
    assert place.mirror.pulls([f"{CODE}#1900"])[f"{CODE}#1900"].title == "Late"


@pytest.mark.parametrize(
    ("act", "seen"),
    [
        (lambda s: s.merge_pull(f"{DOCS}#500"), ("merged", "main")),
        (lambda s: s.close(f"{DOCS}#500"), ("closed", "main")),
        (lambda s: s.retarget(f"{DOCS}#500", "release-1.9"), ("open", "release-1.9")),
    ],
    ids=["merged", "closed", "retargeted"],
)
def test_a_linked_pull_request_that_moves_is_seen(
    place: Place, act: Callable[[Site], None], seen: tuple[str, str]
) -> None:
    place.pull()
    act(place.site)
    report = place.pull()
    found = place.mirror.pulls([f"{DOCS}#500"])[f"{DOCS}#500"]
    assert (found.state, found.base) == seen
    assert report.moved == (f"{DOCS}#500",)


def test_a_closed_linked_pull_request_that_is_reopened_is_seen(place: Place) -> None:
    place.site.close(f"{DOCS}#500")
    place.pull()
    place.site.reopen(f"{DOCS}#500")
    place.pull()
    assert place.mirror.pulls([f"{DOCS}#500"])[f"{DOCS}#500"].state == "open"


LATE = f"{CODE}#1900"


@pytest.mark.parametrize("others", [0, 60], ids=["among few", "behind many"])
@pytest.mark.parametrize(
    ("act", "seen"),
    [
        (lambda s: s.merge_pull(LATE), ("merged", "main")),
        (lambda s: s.close(LATE), ("closed", "main")),
        (lambda s: s.retarget(LATE, "release-1.9"), ("open", "release-1.9")),
    ],
    ids=["merged", "closed", "retargeted"],
)
def test_a_linked_pull_request_of_the_code_that_moves_is_seen(
    place: Place, others: int, act: Callable[[Site], None], seen: tuple[str, str]
) -> None:
    add_pull(place.site, 1900, title="Late")
    for number in range(2000, 2000 + others):
        add_pull(place.site, number, title="Of no concern", body="Nothing.")
    place.site.add_reference(VEP, LATE)
    place.pull()
    place.site.advance(hours=1)
    act(place.site)
    for number in range(2000, 2000 + others):
        place.site.label(f"{CODE}#{number}", "size/L")
    report = place.pull()
    found = place.mirror.pulls([LATE])[LATE]
    assert (found.state, found.base) == seen
    assert report.moved == (LATE,)


def test_what_a_pull_failed_to_fetch_is_asked_for_by_name_the_next_time(place: Place) -> None:
    add_pull(place.site, 1900, title="Late")
    place.site.add_reference(VEP, LATE)
    place.pull()
    place.site.advance(hours=1)
    place.site.merge_pull(LATE)
    place.double.faults.add(FAULTS["server-error"]("^Nodes$", times=-1))
    place.pull()
    assert "VEP pull requests" in place.mirror.meta("stale")
    place.double.faults.clear()
    place.site.advance(hours=1)
    assert place.pull().moved == (LATE,)
    assert place.mirror.pulls([LATE])[LATE].state == "merged"


def test_a_full_pull_of_what_is_known_touches_nothing(place: Place) -> None:
    assert place.pull().touched is None
    again = place.pull(full=True)
    assert again.full and again.fetched["issues"] == 3
    assert (again.touched, again.moved) == ((), ())


def test_a_full_pull_touches_what_changed_and_nothing_else(place: Place) -> None:
    place.pull()
    place.site.edits_bump = False
    place.site.edit_comment(place.site.find(VEP).comments[0].id, "other words")
    place.site.retitle(f"{ENHANCEMENTS}#40", "VEP 20: Cables")
    place.site.close(f"{DOCS}#500")
    again = place.pull(full=True)
    assert again.touched == (10, 40)
    assert again.moved == (f"{ENHANCEMENTS}#40", f"{DOCS}#500")


def test_a_closed_issue_stays_as_closed_and_comes_back_when_reopened(place: Place) -> None:
    place.pull()
    place.site.close(VEP)
    assert place.pull().touched == (10,)
    assert (place.mirror.issue(10) or pytest.fail()).state == "closed"
    place.site.reopen(VEP)
    place.pull()
    assert (place.mirror.issue(10) or pytest.fail()).state == "open"


@pytest.mark.parametrize("full", [True, False])
def test_a_deleted_issue_is_forgotten(place: Place, full: bool) -> None:
    place.pull()
    place.site.delete_issue(VEP)
    report = place.pull(full=full)
    assert place.mirror.numbers() == (20, 30)
    assert report.errors == ()


def test_an_issue_that_was_transferred_is_forgotten(place: Place) -> None:
    place.pull()
    issue = place.site.repo(ENHANCEMENTS).issues.pop(20)
    place.site.repo(ENHANCEMENTS).deleted.add(20)
    place.site.repo(CODE).issues[20] = issue
    place.pull()
    assert place.mirror.numbers() == (10, 30)


def test_an_issue_closed_long_ago_is_forgotten_by_a_full_pull(place: Place) -> None:
    place.pull()
    place.site.close(VEP)
    place.pull()
    assert 10 in place.mirror.numbers()
    place.site.advance(days=400)
    place.site.label(f"{ENHANCEMENTS}#20", "lifecycle/stale")
    place.pull()
    assert place.mirror.numbers() == (20, 30)


def test_a_comment_on_a_closed_issue_is_seen_though_the_servers_clock_is_ahead(place: Place) -> None:
    place.site.close(VEP)
    place.double.faults.add(FAULTS["clock-ahead"](times=-1))
    place.pull()
    commented(place.site)
    assert place.pull().touched == (10,)


def test_a_new_issue_is_seen(place: Place) -> None:
    place.pull()
    add_issue(place.site, 50)
    assert place.pull().touched == (50,)


def test_a_new_proposal_a_push_and_a_review_are_seen(place: Place) -> None:
    place.pull()
    add_pull(place.site, 41, title="VEP 30: Disks", repo=ENHANCEMENTS)
    place.site.push(f"{ENHANCEMENTS}#40", "a" * 40)
    place.site.review(f"{ENHANCEMENTS}#40", "rob", "APPROVED", "/lgtm")
    assert place.pull().touched == (40, 41)
    proposal = place.mirror.proposal(40)
    assert proposal is not None
    assert (proposal.head_oid, proposal.reviews[-1].state) == ("a" * 40, "APPROVED")


def test_a_deleted_comment_of_a_proposal_is_seen(place: Place) -> None:
    comment = place.site.add_comment(f"{ENHANCEMENTS}#40", "rob", "/lgtm")
    place.pull()
    place.site.delete_comment(comment.id)
    place.pull()
    assert list(place.mirror.comments(40)) == []


def test_a_merged_proposal_leaves_the_open_ones(place: Place) -> None:
    place.pull()
    place.site.merge_pull(f"{ENHANCEMENTS}#40")
    place.pull()
    assert place.mirror.proposals() == ()
    assert place.mirror.pulls([f"{ENHANCEMENTS}#40"])[f"{ENHANCEMENTS}#40"].state == "merged"


def test_documents_follow_their_oids(place: Place) -> None:
    place.pull()
    root = "veps/sig-compute/10-gadgets"
    place.site.write_file(ENHANCEMENTS, f"{root}/vep.md", "# VEP #10: other\n")
    place.site.write_file(ENHANCEMENTS, f"{root}/appendix.md", "more\n")
    report = place.pull()
    assert report.fetched["documents"] == 2
    assert place.mirror.file(ENHANCEMENTS, f"{root}/vep.md") == "# VEP #10: other\n"
    place.site.write_file(ENHANCEMENTS, f"{root}/appendix.md", None)
    place.pull()
    assert place.mirror.file(ENHANCEMENTS, f"{root}/appendix.md") is None
    assert place.counted()[1] <= 2


def test_documents_too_big_for_one_answer_come_in_batches(place: Place) -> None:
    place.double.faults.add(FAULTS["bad-gateway-html"]("^Documents$"))
    assert place.pull().errors == ()
    assert place.mirror.file(ENHANCEMENTS, "veps/sig-compute/10-gadgets/vep.md") == vep_document()


def test_documents_are_read_even_where_blobs_are_not_found_by_oid(place: Place) -> None:
    def forget(true: dict[str, Any]) -> dict[str, Any]:
        return {"data": {"repository": dict.fromkeys(true["data"]["repository"])}}

    place.pull()
    place.site.write_file(ENHANCEMENTS, "veps/sig-compute/10-gadgets/vep.md", "# VEP #10: other\n")
    place.double.faults.add(Fault("^Blobs$", when="after", kind=Kind.ALTER, alter=forget, times=-1))
    assert place.pull().errors == ()
    assert place.mirror.file(ENHANCEMENTS, "veps/sig-compute/10-gadgets/vep.md") == "# VEP #10: other\n"


def test_schedules_and_people_follow(place: Place) -> None:
    place.pull()
    place.site.write_file(RELEASE, "releases/v1.10/schedule.yaml", "[]\n")
    place.site.write_file(CODE, "OWNERS_ALIASES", "aliases: {}\n")
    place.site.write_file(ENHANCEMENTS, "veps/sig-compute/OWNERS", "approvers: []\n")
    report = place.pull()
    assert (report.fetched["schedules"], report.fetched["people"], report.touched) == (1, 2, None)
    place.site.write_file(RELEASE, "releases/v1.10/schedule.yaml", None)
    place.pull()
    assert set(place.mirror.files(RELEASE)) == {"releases/v1.9/schedule.yaml"}


def test_aliases_beside_the_documents_say_who_approves(place: Place) -> None:
    place.pull()
    place.site.write_file(ENHANCEMENTS, "OWNERS", "approvers: [the-approvers]\n")
    place.site.write_file(ENHANCEMENTS, "OWNERS_ALIASES", "aliases:\n  the-approvers: [rita]\n  sig-ci-leads: [cid]\n")
    assert place.pull().fetched["people"] == 2
    people = read_world(place.mirror, place.process, now=NOW).people
    assert people.approvers == ("rita",)
    assert people.sigs_of("cid") == ("ci",)
    place.site.write_file(ENHANCEMENTS, "OWNERS_ALIASES", "aliases:\n  the-approvers: [ruth]\n")
    place.pull()
    assert read_world(place.mirror, place.process, now=NOW).people.approvers == ("ruth",)


def test_a_renamed_label_of_a_proposal_is_seen_by_the_daily_full_pull(place: Place) -> None:
    place.pull()
    place.site.find(f"{ENHANCEMENTS}#40").labels.append("lgtm")
    place.site.advance(hours=23)
    assert not place.pull().full
    place.site.advance(hours=2)
    assert place.pull().full
    assert (place.mirror.proposal(40) or pytest.fail()).labels == ("lgtm",)


def test_another_repository_in_the_settings_is_fetched_whole(place: Place) -> None:
    place.pull()
    place.process = place.process._replace(paths={**place.process.paths, "documents": "docs"})
    assert place.pull().full


# ---------------------------------------------------------------- what fails, and is told


@pytest.mark.parametrize(
    ("operation", "word"),
    [
        ("Files", "people and schedules"),
        ("Documents", "documents"),
        ("Issues", "issues"),
        ("Proposals", "VEP pull requests"),
    ],
)
def test_a_part_that_fails_spoils_no_other_and_is_told(place: Place, operation: str, word: str) -> None:
    place.double.faults.add(FAULTS["server-error"](f"^{operation}$", times=-1))
    report = place.pull()
    assert len(report.errors) == 1
    assert word in report.errors[0]
    assert place.mirror.meta("stale") == [word]
    if operation != "Issues":
        assert place.mirror.numbers() == (10, 20, 30)
    place.double.faults.clear()
    assert place.pull().errors == ()
    assert place.mirror.meta("stale") == []
    assert place.mirror.proposal(40) is not None
    assert place.mirror.file(COMMUNITY, "sigs.yaml")


def test_a_repository_that_is_not_there_is_told_and_the_rest_is_fetched(place: Place) -> None:
    del place.site.repos[COMMUNITY]
    report = place.pull()
    assert any("community" in e for e in report.errors)
    assert place.mirror.meta("stale") == ["people and schedules"]
    assert place.mirror.file(CODE, "OWNERS_ALIASES")
    assert place.mirror.numbers() == (10, 20, 30)
    assert place.counted()[1] <= 3


@pytest.mark.parametrize("fault", ["graphql-resource-limits", "graphql-went-wrong", "bad-gateway-html"])
def test_a_query_that_is_too_much_is_asked_in_smaller_pieces(place_of: Callable[[Site], Place], fault: str) -> None:
    place = place_of(sized_site(issues=60, comments=2, references=1, proposals=30, linked=20))
    place.double.faults.add(FAULTS[fault]("^(Issues|Proposals|Nodes)$", times=2))
    report = place.pull()
    assert report.errors == ()
    assert report.fetched["issues"] == 60
    assert len(place.mirror.proposals()) == 30


def test_what_github_leaves_out_is_told_and_the_rest_is_kept(place: Place) -> None:
    place.double.faults.add(FAULTS["graphql-sso"]("^Issues$"))
    report = place.pull()
    assert any("SAML" in e for e in report.errors)
    assert {20, 30} & set(place.mirror.numbers())


@pytest.mark.parametrize("fault", ["bad-credentials", "secondary-limit", "portal-html"])
@pytest.mark.parametrize("skip", range(5))
def test_a_pull_that_breaks_off_keeps_what_came_and_says_what_is_stale(place: Place, fault: str, skip: int) -> None:
    place.double.faults.add(FAULTS[fault](skip=skip, times=-1))
    with pytest.raises((BadCredentials, RateLimited, NotGitHub)):
        place.pull()
    assert bool(place.mirror.meta("stale")) == bool(skip)
    assert place.mirror.meta("full_at") is None
    place.double.faults.clear()
    assert place.pull().errors == ()
    assert place.mirror.meta("stale") == []
    assert place.mirror.numbers() == (10, 20, 30)


def test_offline_changes_nothing(place: Place) -> None:
    place.pull()
    with place.double.refusing(), pytest.raises(Unsent):
        place.pull()
    assert place.mirror.meta("stale") == []
    assert place.mirror.numbers() == (10, 20, 30)


def test_the_watermark_is_githubs_clock_and_not_ours(place: Place) -> None:
    place.remote = Remote(place.double.url, "t0ken")
    place.double.faults.add(FAULTS["clock-ahead"](times=-1))
    place.pull()
    mark = place.mirror.meta("watermark")
    assert mark > (place.site.now + timedelta(hours=2)).isoformat()


def test_nulls_where_github_may_put_them_are_survived(place: Place) -> None:
    def blank(true: object) -> object:
        if isinstance(true, dict):
            optional = ("author", "labels", "mergeCommit", "files", "reviewRequests", "commit", "text", "source")
            return {k: None if k in optional else blank(v) for k, v in true.items()}
        return [blank(v) for v in true] if isinstance(true, list) else true

    place.double.faults.add(Fault("graphql", when="after", kind=Kind.ALTER, alter=blank, times=-1))
    assert place.pull().fetched["issues"] == 3
    assert (place.mirror.issue(10) or pytest.fail()).author == "ghost"
    place.double.faults.clear()
    place.pull(full=True)
    assert (place.mirror.issue(10) or pytest.fail()).author == "alice"


def test_a_count_that_is_none_does_not_spoil_the_next_pulls(place: Place) -> None:
    def odd(true: Any) -> Any:
        for node in true["data"]["repository"]["pullRequests"]["nodes"]:
            node["comments"]["totalCount"] = {}
        return true

    place.double.faults.add(Fault("^Proposals$", when="after", kind=Kind.ALTER, alter=odd))
    place.pull()
    assert not place.pull().errors
    assert place.mirror.pulls([f"{ENHANCEMENTS}#40"])


def test_what_a_killed_pull_had_yet_to_look_up_is_looked_up_by_the_next(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.pull()
    add_pull(place.site, 1900, title="Quiet", merged=True)
    place.site.add_comment(VEP, "rob", f"{CODE}#1900 is the last part.")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("vep_tui.sync.pull.look_up", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        place.pull()
    place.pull()
    assert place.mirror.pulls([f"{CODE}#1900"])
    assert not place.pull().full


def test_a_renamed_repository_is_followed_and_told(place: Place) -> None:
    place.pull()
    place.site.rename_repo(ENHANCEMENTS, "kubevirt/proposals")
    place.site.add_comment("kubevirt/proposals#10", "rob", "new home")
    report = place.pull()
    assert any("kubevirt/proposals" in e for e in report.errors)
    assert [c.body for c in place.mirror.comments(10)][-1] == "new home"


# ---------------------------------------------------------------- the board


def with_board(place: Place) -> None:
    place.process = place.process._replace(board={**place.process.board, "number": 21})
    place.site.boards[21] = BoardRecord(21, "1.9", {10: {"Status": "Tracked", "VEP Reviewer": "rob"}})


def test_the_board_is_read_when_the_token_may(place: Place) -> None:
    with_board(place)
    place.site.scopes = "public_repo, read:project"
    place.pull()
    assert place.mirror.facts("board") == {"10": {"Status": "Tracked", "VEP Reviewer": "rob"}}
    place.site.set_board(21, 10, "Status", "At risk")
    assert place.pull().touched is None
    assert place.mirror.facts("board")["10"]["Status"] == "At risk"


def test_a_board_the_token_may_not_read_is_said_once_and_is_no_error(place: Place) -> None:
    with_board(place)
    report = place.pull()
    assert report.errors == ()
    assert place.mirror.meta("board_missing").startswith("The board needs the read:project scope: gh auth refresh")
    before = len(place.double.log.requests)
    place.pull()
    assert all(r.operation != "Board" for r in place.double.log.requests[before:])


# ---------------------------------------------------------------- odds


def test_a_sweep_that_is_too_much_is_taken_in_smaller_pages(place_of: Callable[[Site], Place]) -> None:
    place = place_of(sized_site(issues=120, comments=1, references=1, proposals=5, linked=5))
    place.pull()
    place.site.add_comment(f"{ENHANCEMENTS}#7", "rob", "new words")
    place.double.faults.add(FAULTS["graphql-went-wrong"]("^Sweep$", times=2))
    report = place.pull()
    assert report.errors == ()
    assert report.touched == (7,)


def test_a_changed_thing_that_cannot_be_fetched_is_stale_until_it_can(place: Place) -> None:
    place.pull()
    commented(place.site)
    place.double.faults.add(FAULTS["server-error"]("^Nodes$", times=-1))
    report = place.pull()
    assert "issues" in report.errors[0]
    assert place.mirror.meta("stale") == ["issues"]
    place.double.faults.clear()
    assert place.pull().touched == (10,)
    assert place.mirror.meta("stale") == []


@pytest.mark.parametrize("path", [["issues", 0], ["issues", 0, "comments", "nodes"], []])
@pytest.mark.parametrize("kind", ["FORBIDDEN", ""])
def test_what_is_hidden_for_a_moment_is_not_taken_for_deleted(place: Place, path: list[Any], kind: str) -> None:
    def hide(true: dict[str, Any]) -> dict[str, Any]:
        true["data"]["issues"] = [None]
        return {**true, "errors": [{"type": kind, "message": "not now", "path": path}]}

    place.pull()
    commented(place.site)
    place.double.faults.add(Fault("^Nodes$", when="after", kind=Kind.ALTER, alter=hide))
    assert any("not now" in e for e in place.pull().errors)
    assert 10 in place.mirror.numbers()
    place.pull()
    assert [c.body for c in place.mirror.comments(10)][-1] == "new words"


def test_many_lookups_share_requests(place: Place) -> None:
    refs = [f"{CODE}#{5000 + n}" for n in range(230)]
    for n in range(0, 230, 2):
        add_pull(place.site, 5000 + n)
    add_issue(place.site, 60, body=tracker_body(code_prs=refs))
    place.site.find(f"{ENHANCEMENTS}#60").references.clear()
    place.pull()
    assert len(known_refs(place.mirror) & set(refs)) == 115
    assert sum(r.operation == "Lookup" for r in place.double.log.requests) == 3


def test_a_pull_request_that_is_listed_by_its_number_alone_is_looked_up(place: Place) -> None:
    add_pull(place.site, 17000)
    body = tracker_body(code_prs=(f"{CODE}#1700",)).replace(f"{CODE}#1700", "#17000")
    assert "#17000" in body
    place.site.rewrite(f"{ENHANCEMENTS}#20", body=body)
    place.site.find(f"{ENHANCEMENTS}#20").references.clear()
    place.pull()
    assert f"{CODE}#17000" in place.mirror.pulls([f"{CODE}#17000"])


def test_what_is_looked_up_stays_looked_after(place: Place) -> None:
    add_pull(place.site, 1700)
    place.site.rewrite(f"{ENHANCEMENTS}#20", body=tracker_body(code_prs=(f"{CODE}#1700",)))
    place.site.find(f"{ENHANCEMENTS}#20").references.clear()
    place.pull()
    place.site.merge_pull(f"{CODE}#1700")
    place.pull()
    assert place.mirror.pulls([f"{CODE}#1700"])[f"{CODE}#1700"].state == "merged"


def test_a_token_never_reaches_the_store_or_the_report(place: Place, tmp_path: Path) -> None:
    place.double.faults.add(FAULTS["server-error"]("^Proposals$", times=-1))
    report = place.pull()
    place.mirror.close()
    assert "t0ken" not in str(report)
    assert not any(b"t0ken" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize("operation", ["Files", "Documents"])
def test_one_passing_fault_of_the_server_costs_nothing(place: Place, operation: str) -> None:
    place.double.faults.add(FAULTS["bad-gateway-html"](f"^{operation}$"))
    report = place.pull(full=True)
    assert report.errors == () and place.mirror.meta("stale") == []


def test_a_board_with_reviewers_says_whom_it_names_none_for(place: Place) -> None:
    with_board(place)
    add_issue(place.site, 11)
    place.site.boards[21] = BoardRecord(21, "1.9", {10: {"VEP Reviewer": "rob"}, 11: {"Status": "Tracked"}})
    place.site.scopes = "public_repo, read:project"
    place.pull()
    assert place.mirror.facts("board") == {
        "10": {"VEP Reviewer": "rob"},
        "11": {"Status": "Tracked", "VEP Reviewer": ""},
    }
