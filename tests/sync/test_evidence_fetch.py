"""What a release's checklist is judged by is fetched: from GitHub through the mirror to the sentence under an item."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from builders import (
    CODE,
    DOCS,
    ENHANCEMENTS,
    RELEASE,
    SCHEDULE,
    add_issue,
    add_pull,
    bare_site,
    sized_site,
    tracker_body,
)

from vep_tui.core.models import Evidence, InRelease, LinkedPr, PrState, Vep, Verdict
from vep_tui.core.process import read_process
from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.faults import Fault, Kind
from vep_tui.demo.server import Double
from vep_tui.demo.state import Site
from vep_tui.remote.client import Remote
from vep_tui.store.desk import Desk
from vep_tui.store.linked import known_refs
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection
from vep_tui.store.standing import read_world
from vep_tui.sync.pull import PullReport, pull

CDI = "kubevirt/containerized-data-importer"
BRANCH = "release-1.9"
PROCESS = read_process(tomllib.loads((files("vep_tui") / "process.toml").read_text(encoding="utf-8")))
BUG = {"labels": ["kind/bug"], "title": "It breaks"}


def gadgets_site() -> Site:
    """VEP 10, nineteen days after the Code Freeze of 1.9, with one code pull request merged to main nine days ago."""
    site = bare_site()
    body = tracker_body(gate="WideGadgets", code_prs=(f"{CODE}#1000",))
    add_issue(site, 10, title="VEP 10: Gadgets with bandwidth limits", body=body, assignees=["alice"])
    tracked = f"VEP tracking issue: https://github.com/{ENHANCEMENTS}/issues/10"
    add_pull(site, 1000, title="Bring the gadgets to the API", body=tracked, merged=True, age=9)
    site.link_references()
    return site


class Reviewer:
    """Somebody who pulls from a site and reads the checklist."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.process = site, PROCESS
        self.double = Double(site).start()
        self.mirror, self.outbox = Mirror.open(folder / "mirror.db"), Outbox.open(folder / "outbox.db")
        self.remote = Remote(self.double.url, "t0ken", now=lambda: site.now)

    def pull(self, *, full: bool = False) -> PullReport:
        return pull(self.mirror, self.remote, self.process, full=full, now=self.site.now)

    def asked(self, *, full: bool = False) -> list[str]:
        """Operations of a pull."""
        before = len(self.double.log)
        self.pull(full=full)
        return [entry.operation for entry in self.double.log.requests[before:]]

    def vep(self) -> Vep:
        world = read_world(self.mirror, self.process, now=self.site.now)
        projection = Projection(self.mirror)
        projection.refresh(self.mirror, self.outbox, world)
        vep = Desk(self.mirror, self.outbox, projection, world).vep(10)
        assert vep is not None
        return vep

    def evidence(self, item: str) -> Evidence:
        """What the checklist shows after a pull."""
        found = next(i.evidence for i in self.vep().checklist.items if i.key == item)
        assert found is not None
        return found

    def linked(self, ref: str) -> LinkedPr:
        return next(p for p in self.vep().pulls if p.pull.ref == ref)

    def bugs(self) -> set[str]:
        return {bug.ref for bug in self.mirror.bugs()}

    def close(self) -> None:
        self.remote.close()
        self.mirror.close()
        self.outbox.close()
        self.double.stop()
        assert self.double.violations == []


@pytest.fixture
def reviewer_of(tmp_path: Path) -> Iterator[Callable[[Site], Reviewer]]:
    made: list[Reviewer] = []

    def make(site: Site) -> Reviewer:
        made.append(Reviewer(site, tmp_path))
        return made[-1]

    yield make
    for reviewer in made:
        reviewer.close()


@pytest.fixture
def reviewer(reviewer_of: Callable[[Site], Reviewer]) -> Reviewer:
    return reviewer_of(gadgets_site())


# ---------------------------------------------------------------- prs-merged


def test_a_change_of_main_after_the_cut_that_nothing_brought_to_the_branch_is_missing(reviewer: Reviewer) -> None:
    reviewer.pull()
    evidence = reviewer.evidence("prs-merged")
    assert evidence.verdict is Verdict.UNMET
    assert "kubevirt#1000" in evidence.summary
    assert reviewer.linked(f"{CODE}#1000").in_release is InRelease.NO


@pytest.mark.parametrize("known_before", [False, True])
def test_a_revert_that_names_only_what_it_undoes_is_found(
    reviewer_of: Callable[[Site], Reviewer], known_before: bool
) -> None:
    reviewer = reviewer_of(bare_site())
    body = tracker_body(gate="WideGadgets", code_prs=(f"{CODE}#1000",))
    add_issue(reviewer.site, 10, title="VEP 10: Gadgets with bandwidth limits", body=body)
    add_pull(reviewer.site, 1000, title="Bring the gadgets", merged=True, age=40, into=(BRANCH,))
    if known_before:
        reviewer.pull()
        assert reviewer.evidence("prs-merged").verdict is Verdict.MET
    undone = {"title": 'Revert "Bring the gadgets"', "body": f"Reverts {CODE}#1000", "merged": True, "age": 30}
    add_pull(reviewer.site, 1001, into=(BRANCH,), **undone)
    reviewer.site.link_references()

    reviewer.pull(full=True)
    evidence = reviewer.evidence("prs-merged")
    assert evidence.verdict is Verdict.UNMET
    assert "kubevirt#1001 reverts it" in evidence.summary
    assert reviewer.asked() == ["Sweep"]


@pytest.mark.parametrize("late", [True, False])
def test_a_pick_that_nobody_linked_brings_a_change_to_the_branch(reviewer: Reviewer, late: bool) -> None:
    def pick() -> None:
        text = "This is an automated cherry-pick of #1000"
        add_pull(reviewer.site, 1100, title=f"[{BRANCH}] gadgets", body=text, base=BRANCH, merged=True, age=1)

    if late:
        reviewer.pull()
    pick()
    reviewer.pull()
    found = reviewer.linked(f"{CODE}#1000")
    assert (found.in_release, found.picked_by) == (InRelease.YES, f"{CODE}#1100")
    assert reviewer.evidence("prs-merged").verdict is Verdict.MET


def test_an_open_pick_is_told_and_seen_when_it_is_merged(reviewer: Reviewer) -> None:
    add_pull(reviewer.site, 1100, title="gadgets", body="Cherry-pick of #1000", base=BRANCH, age=1)
    reviewer.pull()
    assert "kubevirt#1100 picks it and is open" in reviewer.evidence("prs-merged").summary
    reviewer.site.merge_pull(f"{CODE}#1100")
    reviewer.pull()
    assert reviewer.evidence("prs-merged").verdict is Verdict.MET


def test_a_pick_that_changes_its_base_leaves_the_branch(reviewer: Reviewer) -> None:
    add_pull(reviewer.site, 1100, title="gadgets", body="Cherry-pick of #1000", base=BRANCH, age=1)
    reviewer.pull()
    reviewer.site.retarget(f"{CODE}#1100", "release-1.7")
    reviewer.pull()
    assert reviewer.mirror.pulls([f"{CODE}#1100"])[f"{CODE}#1100"].base == "release-1.7"


def test_a_change_of_main_after_the_cut_that_the_branch_contains_is_in_the_release(reviewer: Reviewer) -> None:
    add_pull(reviewer.site, 1000, title="Bring the gadgets to the API", merged=True, age=9, into=(BRANCH,))
    reviewer.pull()
    assert reviewer.linked(f"{CODE}#1000").in_release is InRelease.YES
    assert reviewer.evidence("prs-merged").verdict is Verdict.MET


def test_a_change_shortly_before_the_planned_cut_is_asked_for_as_well(reviewer: Reviewer) -> None:
    add_pull(reviewer.site, 1000, title="Bring the gadgets to the API", merged=True, age=22)
    reviewer.pull()
    assert reviewer.linked(f"{CODE}#1000").in_release is InRelease.NO


def test_a_contained_commit_is_never_asked_for_again_and_another_when_the_branch_moves(reviewer: Reviewer) -> None:
    site = reviewer.site
    add_pull(site, 1001, title="The rest", body=f"{ENHANCEMENTS}#10", merged=True, age=8, into=(BRANCH,))
    site.link_references()
    reviewer.pull()
    inside, outside = (str(site.pull(f"{CODE}#{n}").merge_oid) for n in (1001, 1000))
    assert reviewer.mirror.facts(f"contains:{BRANCH}") == {inside: True, outside: False}
    assert "Contains" not in reviewer.asked()
    site.repo(CODE).branches[BRANCH].add(outside)
    before = len(reviewer.double.log)
    reviewer.pull()
    assert [entry.operation for entry in reviewer.double.log.requests[before:]].count("Contains") == 1
    assert reviewer.mirror.facts(f"contains:{BRANCH}") == {inside: True, outside: True}
    assert reviewer.evidence("prs-merged").verdict is Verdict.MET
    site.repo(CODE).branches[BRANCH].add("f" * 40)
    assert "Contains" not in reviewer.asked()
    assert reviewer.mirror.facts("branch")[BRANCH]


def test_a_branch_that_is_not_cut_yet_is_noticed_when_it_is(reviewer: Reviewer) -> None:
    merged = reviewer.site.repo(CODE).branches.pop(BRANCH)
    reviewer.pull()
    assert reviewer.mirror.facts("branch") == {BRANCH: ""}
    assert reviewer.mirror.facts(f"contains:{BRANCH}") == {}
    assert "Contains" not in reviewer.asked()
    assert reviewer.linked(f"{CODE}#1000").in_release is InRelease.UNKNOWN
    assert reviewer.evidence("prs-merged").verdict is Verdict.UNKNOWN
    reviewer.site.repo(CODE).branches[BRANCH] = merged
    assert reviewer.pull().touched is None
    assert reviewer.evidence("prs-merged").verdict is Verdict.UNMET
    assert set(reviewer.mirror.facts(f"contains:{BRANCH}").values()) == {False}


def test_a_commit_that_github_does_not_know_stays_undecided_and_is_not_asked_for_each_time(reviewer: Reviewer) -> None:
    def forget(true: dict[str, Any]) -> dict[str, Any]:
        for branch in true["data"]["code"].values():
            branch["c0"] = None
        return true

    reviewer.double.faults.add(Fault("^Contains$", when="after", kind=Kind.ALTER, alter=forget, times=-1))
    assert reviewer.pull().errors == ()
    assert set(reviewer.mirror.facts(f"contains:{BRANCH}").values()) == {None}
    assert "Contains" not in reviewer.asked()


# ---------------------------------------------------------------- docs-merged


def test_a_docs_pull_request_known_by_its_title_alone_is_a_candidate(reviewer: Reviewer) -> None:
    add_pull(reviewer.site, 500, title="Describe gadgets and their bandwidth", repo=DOCS, age=5)
    add_pull(reviewer.site, 501, title="Correct a link", repo=DOCS, age=5)
    reviewer.pull()
    evidence = reviewer.evidence("docs-merged")
    assert evidence.verdict is Verdict.UNKNOWN
    assert "user-guide#500 (open)" in evidence.summary
    assert reviewer.linked(f"{DOCS}#500").candidate
    assert f"{DOCS}#501" not in {p.pull.ref for p in reviewer.vep().pulls}


def test_a_docs_pull_request_is_followed_without_a_reference(reviewer: Reviewer) -> None:
    reviewer.pull()
    add_pull(reviewer.site, 500, title="Describe gadgets and their bandwidth", repo=DOCS, age=0)
    assert reviewer.pull().moved == (f"{DOCS}#500",)
    assert reviewer.linked(f"{DOCS}#500").pull.state is PrState.OPEN
    reviewer.site.merge_pull(f"{DOCS}#500")
    report = reviewer.pull()
    assert report.fetched["pull_requests"] == 1
    assert reviewer.linked(f"{DOCS}#500").pull.state is PrState.MERGED
    assert set(reviewer.pull().fetched.values()) == {0}


@pytest.mark.parametrize(("lines", "tiny"), [(3, True), (60, False)])
def test_a_docs_pull_request_of_a_few_lines_is_a_placeholder(reviewer: Reviewer, lines: int, tiny: bool) -> None:
    add_pull(reviewer.site, 70, repo=DOCS, title="VEP 10: describe gadgets", body=f"{ENHANCEMENTS}#10")
    pull = reviewer.site.pull(f"{DOCS}#70")
    pull.additions, pull.files = lines, ["docs/gadgets.md"]
    reviewer.site.link_references()
    reviewer.pull()
    (fact,) = reviewer.evidence("docs-merged").facts
    assert ("placeholder" in fact) is tiny


def test_old_docs_pull_requests_are_left_out_unless_they_are_open(reviewer: Reviewer) -> None:
    for number in range(501, 600):  # with the next one, a page
        add_pull(reviewer.site, number, repo=DOCS, merged=True)
    add_pull(reviewer.site, 400, repo=DOCS, age=500, merged=True)
    add_pull(reviewer.site, 399, repo=DOCS, age=501)
    add_pull(reviewer.site, 398, repo=DOCS, age=502, merged=True)
    reviewer.pull()
    known = known_refs(reviewer.mirror)
    assert {f"{DOCS}#{n}" for n in (399, *range(501, 600))} <= known
    assert f"{DOCS}#398" not in known


# ---------------------------------------------------------------- bugs-tracked


@pytest.mark.parametrize("add", [add_issue, add_pull])
def test_an_open_bug_that_names_the_gate_is_found_and_vanishes_when_it_is_closed(
    reviewer: Reviewer, add: Callable[..., Any]
) -> None:
    add(reviewer.site, 1800, repo=CODE, body="With the WideGadgets feature gate, nothing starts.", **BUG)
    add(reviewer.site, 1801, repo=CODE, body="Something else.", **BUG)
    reviewer.pull()
    evidence = reviewer.evidence("bugs-tracked")
    assert evidence.verdict is Verdict.UNMET
    assert "kubevirt#1800" in evidence.summary
    assert "1801" not in evidence.summary
    reviewer.site.close(f"{CODE}#1800")
    assert reviewer.pull().touched is None
    assert reviewer.evidence("bugs-tracked").verdict is Verdict.MET
    assert reviewer.bugs() == {f"{CODE}#1801"}


def test_a_bug_that_is_new_labelled_or_unlabelled_is_seen(reviewer: Reviewer) -> None:
    add_issue(reviewer.site, 1800, repo=CODE, labels=())
    add_issue(reviewer.site, 1801, repo=CODE, **BUG)
    reviewer.pull()
    reviewer.site.label(f"{CODE}#1800", "kind/bug")
    reviewer.pull()
    assert reviewer.bugs() == {f"{CODE}#1800", f"{CODE}#1801"}
    reviewer.site.unlabel(f"{CODE}#1801", "kind/bug")
    add_issue(reviewer.site, 1802, repo=CODE, age=0, **BUG)  # as many as before
    reviewer.pull()
    assert reviewer.bugs() == {f"{CODE}#1800", f"{CODE}#1802"}


def test_a_remark_on_a_bug_leaves_the_queue_alone(reviewer: Reviewer) -> None:
    add_issue(reviewer.site, 1800, repo=CODE, **BUG)
    reviewer.pull()
    reviewer.site.add_comment(f"{CODE}#1800", "rob", "Me too.")
    assert reviewer.pull().touched == ()


def test_a_bug_of_another_code_repository_counts_when_it_refers_to_the_vep(reviewer: Reviewer) -> None:
    refers = {"repo": CDI, "body": f"https://github.com/{ENHANCEMENTS}/issues/10"}
    add_issue(reviewer.site, 70, **refers, **BUG)
    add_pull(reviewer.site, 71, **refers, **BUG)
    add_pull(reviewer.site, 72, title="No bug", **refers)
    add_issue(reviewer.site, 73, repo=CDI, body="Nobody's.", **BUG)
    reviewer.site.link_references()
    reviewer.pull()
    assert reviewer.bugs() == {f"{CDI}#70", f"{CDI}#71"}
    reviewer.site.add_comment(f"{ENHANCEMENTS}#10", "rob", "Hm.")
    assert "Labels" not in reviewer.asked()
    reviewer.site.merge_pull(f"{CDI}#71")
    reviewer.pull()
    assert reviewer.bugs() == {f"{CDI}#70"}
    reviewer.site.unlabel(f"{CDI}#70", "kind/bug")
    reviewer.pull(full=True)
    assert reviewer.bugs() == set()


@pytest.mark.parametrize("nodes", [[None], None, 1.5])
def test_a_bug_is_not_forgotten_because_github_hides_it_for_a_moment(reviewer: Reviewer, nodes: Any) -> None:
    def hide(true: dict[str, Any]) -> dict[str, Any]:
        true["data"]["bugIssues"]["list"]["nodes"] = nodes
        return {**true, "errors": [{"type": "FORBIDDEN", "message": "not now", "path": ["bugIssues", "list"]}]}

    add_issue(reviewer.site, 1800, repo=CODE, **BUG)
    reviewer.pull()
    reviewer.double.faults.add(Fault("^Evidence$", when="after", kind=Kind.ALTER, alter=hide))
    reviewer.pull(full=True)
    assert reviewer.bugs() == {f"{CODE}#1800"}
    assert reviewer.mirror.meta("stale") == ["bugs"]
    reviewer.pull()
    assert reviewer.mirror.meta("stale") == []


# ---------------------------------------------------------------- the price


def full_grown_site() -> Site:
    """The size that a site may have, with the docs, picks and bugs of two releases."""
    site = sized_site()
    for version, freeze, ga in (("1.7", "2025/10/29", "2025/11/19"), ("1.8", "2026/02/25", "2026/03/25")):
        text = SCHEDULE.replace("1.9", version).replace("2026/06/11", freeze).replace("2026/07/29", ga)
        site.repo(RELEASE).files[f"releases/v{version}/schedule.yaml"] = text
    for at in range(180):
        add_pull(site, 100 + at, repo=DOCS, body="Words. " * 50, age=1 + at, merged=at % 5 != 0)
        add_issue(site, 30_000 + at, repo=CODE, labels=["kind/bug"], body="It breaks. " * 50, age=1 + at)
    for at in range(130):
        base = (BRANCH, "release-1.8")[at % 2]
        add_pull(
            site, 40_000 + at, body=f"Cherry-pick of #{10_000 + at}", base=base, age=1 + at / 10, merged=at % 9 > 0
        )
    for at in range(20):
        add_pull(site, 50_000 + at, labels=["kind/bug"], age=1 + at)
    return site


def test_what_the_checklist_needs_costs_few_requests_and_nothing_when_nothing_changed(
    reviewer_of: Callable[[Site], Reviewer],
) -> None:
    reviewer = reviewer_of(full_grown_site())
    operations = reviewer.asked(full=True)
    assert len(operations) <= 20  # one of them for reverts, and one for the texts of documents
    assert reviewer.double.log.points <= 32  # one of them for the sizes of docs pull requests
    assert len(reviewer.bugs()) == 200
    assert len(reviewer.mirror.pulls_of(DOCS)) == 180
    assert len(reviewer.mirror.pulls_of(CODE, base_prefix="release-")) == 130
    assert reviewer.mirror.meta("stale") == []
    assert reviewer.asked() == ["Sweep", "Sweep"]
    reviewer.site.add_comment(f"{DOCS}#100", "rob", "One more.")
    assert reviewer.asked() == ["Sweep", "Sweep", "Evidence", "Sizes"]
    assert reviewer.asked() == ["Sweep", "Sweep"]


def test_a_list_that_is_too_much_is_taken_in_smaller_pages(reviewer: Reviewer) -> None:
    for number in range(60):
        add_pull(reviewer.site, 500 + number, repo=DOCS)
    for operation in ("^Evidence$", "^Contains$"):
        reviewer.double.faults.add(FAULTS["graphql-went-wrong"](operation, times=2))
    assert reviewer.pull().errors == ()
    assert len(reviewer.mirror.pulls_of(DOCS)) == 60
    assert reviewer.linked(f"{CODE}#1000").in_release is InRelease.NO


# ---------------------------------------------------------------- what fails, and is told


@pytest.mark.parametrize(
    ("operation", "words"), [("Evidence", ["bugs", "docs pull requests", "picks"]), ("Contains", ["release branches"])]
)
def test_a_part_that_fails_spoils_no_other_and_is_caught_up_with(
    reviewer: Reviewer, operation: str, words: list[str]
) -> None:
    add_issue(reviewer.site, 1800, repo=CODE, **BUG)
    reviewer.double.faults.add(FAULTS["server-error"](f"^{operation}$", times=-1))
    report = reviewer.pull()
    assert len(report.errors) == 1
    assert all(word in report.errors[0] for word in words)
    assert reviewer.mirror.meta("stale") == words
    assert reviewer.mirror.numbers() == (10,)
    reviewer.double.faults.clear()
    assert reviewer.pull().errors == ()
    assert reviewer.mirror.meta("stale") == []
    assert reviewer.bugs() == {f"{CODE}#1800"}
    assert set(reviewer.mirror.facts(f"contains:{BRANCH}").values()) == {False}


def test_a_docs_repository_that_is_not_there_is_told_and_the_rest_is_fetched(reviewer: Reviewer) -> None:
    del reviewer.site.repos[DOCS]
    add_issue(reviewer.site, 1800, repo=CODE, **BUG)
    report = reviewer.pull()
    assert any("user-guide" in error for error in report.errors)
    assert reviewer.mirror.meta("stale") == ["docs pull requests"]
    assert reviewer.bugs() == {f"{CODE}#1800"}
    assert "Evidence" not in reviewer.asked()
    assert reviewer.mirror.meta("stale") == ["docs pull requests"]
    reviewer.site.repo(DOCS)
    assert reviewer.pull().errors == ()
    assert reviewer.mirror.meta("stale") == []


def test_a_process_without_docs_and_bugs_asks_for_neither(reviewer: Reviewer) -> None:
    repositories = {role: name for role, name in PROCESS.repositories.items() if role != "docs"}
    labels = {key: name for key, name in PROCESS.labels.items() if key != "bug"}
    reviewer.process = PROCESS._replace(repositories=repositories, labels=labels)
    del reviewer.site.repos[DOCS]
    assert reviewer.pull().errors == ()
    assert reviewer.pull().errors == ()
    assert reviewer.mirror.meta("stale") == []


def test_without_a_schedule_there_is_no_branch_to_ask(reviewer: Reviewer) -> None:
    del reviewer.site.repo(RELEASE).files["releases/v1.9/schedule.yaml"]
    assert "Contains" not in reviewer.asked()
    assert reviewer.mirror.meta("stale") == []


def test_the_turn_of_a_release_keeps_its_branch_in_view(reviewer: Reviewer) -> None:
    later = SCHEDULE.replace("1.9", "1.10").replace("2026/06/11", "2026/10/21").replace("2026/07/29", "2026/11/18")
    reviewer.pull()
    reviewer.site.write_file(RELEASE, "releases/v1.10/schedule.yaml", later)
    reviewer.site.advance(days=40)
    assert reviewer.pull().full
    add_pull(reviewer.site, 1100, title="gadgets", body="Cherry-pick of #1000", base=BRANCH, merged=True, age=0)
    reviewer.pull()
    assert reviewer.linked(f"{CODE}#1000").picked_by == f"{CODE}#1100"
