"""Small worlds for tests: issues, pull requests, comments, trackers and whole sites, in a few words each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from typing import Any

from vep_tui.demo.state import CommentRecord, IssueRecord, PullRecord, ReviewRecord, Site

ENHANCEMENTS = "kubevirt/enhancements"
CODE = "kubevirt/kubevirt"
DOCS = "kubevirt/user-guide"
RELEASE = "kubevirt/sig-release"
COMMUNITY = "kubevirt/community"

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
"""The clock of a new site."""


def days_ago(days: float) -> datetime:
    """A moment before `NOW`."""
    return NOW - timedelta(days=days)


def oid(*words: object) -> str:
    """A stable object id made of words."""
    return sha1(" ".join(map(str, words)).encode(), usedforsecurity=False).hexdigest()


# ---------------------------------------------------------------- texts


def tracker_body(
    *,
    contact: str = "alice",
    stage: str = "Alpha",
    gate: str = "Gadgets",
    sig: str = "compute",
    other_sigs: Sequence[str] = (),
    link: str = "",
    alpha: str = "1.9",
    beta: str = "",
    ga: str = "",
    vep_prs: Sequence[str] = (),
    code_prs: Sequence[str] = (),
    docs_prs: Sequence[str] = (),
    extra: str = "",
    eol: str = "\n",
) -> str:
    """The body of a tracking issue, in the shape of the template; the lists hang under the Alpha stage."""
    others = "\n".join(f"/sig {name}" for name in other_sigs)
    lists = "".join(
        f"  - [ ] {kind} PRs:{''.join(f'{chr(10)}    - {ref}' for ref in refs)}\n"
        for kind, refs in (("VEP", vep_prs), ("Code", code_prs), ("Docs", docs_prs))
    )
    text = (
        f"**Primary contact (assignee)**:\n\n/assign @{contact}\n\n"
        f"**Current Feature Stage**: {stage}\n\n**Feature Gate**: {gate}\n\n"
        f"**Responsible SIGs**:\n\nPrimary SIG:\n/sig {sig}\n\nAdditional SIGs (optional):\n{others}\n\n"
        f"**Enhancement link**:\n\n{link}\n\n**Timeline**:\n\n"
        f"* Alpha release target (x.y): {alpha}\n* Beta release target (x.y): {beta}\n"
        f"* Stable release target (x.y): {ga}\n\n- [ ] Alpha\n{lists}{extra}"
    )
    return text.replace("\n", eol)


def vep_document(
    title: str = "Gadgets for virtual machines",
    *,
    number: int = 10,
    sig: str = "compute",
    alpha: str = "1.9",
    beta: str = "",
    ga: str = "",
    tracker: int | None = None,
) -> str:
    """A `vep.md` in the shape of the template, in prose."""
    return (
        f"# VEP #{number}: {title}\n\n## VEP Status Metadata\n\n### Target releases\n\n"
        f"- This VEP targets alpha for version: {alpha}\n- This VEP targets beta for version: {beta}\n"
        f"- This VEP targets GA for version: {ga}\n\n"
        f"### Release Signoff Checklist\n\n- [ ] (R) Enhancement issue created: "
        f"https://github.com/{ENHANCEMENTS}/issues/{tracker or number}\n\n"
        f"## Overview\n\nWhat sig-{sig} wants to build, and for whom.\n\n"
        "## Graduation Requirements\n\n### Alpha\n\n- [x] Behind a gate\n- [ ] Tested\n"
    )


SCHEDULE = """\
- when: 2026/04/30
  milestone: KubeVirt Alpha 0
  who: KubeVirt
  what: Virtualization Enhancement Proposal (VEP) Freeze
  notes: null
- when: 2026/06/11
  milestone: KubeVirt Code Freeze
  who: KubeVirt
  what: Cut release-1.9
  notes: null
- when: 2026/06/11
  milestone: KubeVirt Release Candidate 0
  who: KubeVirt
  what: Tag v1.9.0-rc.0
  notes: null
- when: 2026/07/29
  milestone: KubeVirt Release
  who: KubeVirt
  what: Tag v1.9.0
  notes: null
"""
"""Release 1.9: its Code Freeze lies before `NOW`, its release behind."""

OWNERS = "approvers:\n  - anna\n  - ben\nreviewers:\n  - reviewer\n  - rob\n"
ALIASES = (
    "aliases:\n  sig-compute:\n    - alice\n    - reviewer\n  sig-network:\n    - nora\n  sig-storage:\n    - sam\n"
)
SIGS = """\
sigs:
  - name: compute
    dir: sig-compute
    label: sig/compute
    leadership:
      chairs:
        - github: alice
          name: Alice
  - name: network
    dir: sig-network
    label: sig/network
    leadership:
      chairs:
        - github: nora
          name: Nora
  - name: storage
    dir: sig-storage
    label: sig/storage
    leadership:
      chairs:
        - github: sam
          name: Sam
"""


# ---------------------------------------------------------------- records


def add_issue(
    site: Site,
    number: int,
    *,
    title: str | None = None,
    body: str | None = None,
    repo: str = ENHANCEMENTS,
    author: str = "alice",
    labels: Sequence[str] = ("kind/tracker", "sig/compute"),
    age: float = 30,
    **fields: Any,
) -> IssueRecord:
    """Put an issue on the site, by default the tracker of a VEP; `age` in days, `fields` as `IssueRecord` has them."""
    at = site.now - timedelta(days=age)
    record = IssueRecord(
        number,
        f"VEP {number}: Gadget {number}" if title is None else title,
        tracker_body() if body is None else body,
        author,
        at,
        fields.pop("updated_at", at),
        labels=list(labels),
        **fields,
    )
    site.repo(repo).issues[number] = record
    return record


def add_pull(
    site: Site,
    number: int,
    *,
    title: str = "",
    body: str = "",
    repo: str = CODE,
    author: str = "alice",
    labels: Sequence[str] = (),
    age: float = 20,
    merged: bool = False,
    into: Iterable[str] = (),
    **fields: Any,
) -> PullRecord:
    """Put a pull request on the site; `merged` puts its merge commit into its base branch and those of `into`."""
    at = site.now - timedelta(days=age)
    base = fields.get("base", "main")
    record = PullRecord(
        number,
        title or f"Change {number}",
        body,
        author,
        at,
        fields.pop("updated_at", at),
        labels=list(labels),
        head_oid=fields.pop("head_oid", oid("head", repo, number)),
        pushed_at=fields.pop("pushed_at", at),
        **fields,
    )
    home = site.repo(repo)
    home.issues[number] = record
    if merged:
        record.state, record.merged_at, record.closed_at = "MERGED", record.updated_at, record.updated_at
        record.merge_oid = record.merge_oid or oid("merge", repo, number)
        for branch in (base, *into):
            home.branches.setdefault(branch, set()).add(record.merge_oid)
    return record


def add_comment(
    site: Site, record: IssueRecord, author: str, body: str, *, age: float = 5, edited: datetime | None = None
) -> CommentRecord:
    """Put a comment into a thread without moving the clock; a comment of now: `site.add_comment`."""
    at = site.now - timedelta(days=age)
    comment = CommentRecord(next(site.ids), author, body, at, edited or at, edited)
    record.comments.append(comment)
    record.updated_at = max(record.updated_at, comment.updated_at)
    return comment


def add_review(
    site: Site, pull: PullRecord, author: str, state: str = "APPROVED", body: str = "", *, age: float = 5
) -> ReviewRecord:
    """Put a review of the present head into a pull request."""
    at = site.now - timedelta(days=age)
    review = ReviewRecord(next(site.ids), author, state, body, at, pull.head_oid)
    pull.reviews.append(review)
    pull.updated_at = max(pull.updated_at, at)
    return review


# ---------------------------------------------------------------- sites


def bare_site(**fields: Any) -> Site:
    """A site with people, schedule and repositories, and without any VEP."""
    site = Site(**fields)
    site.repo(ENHANCEMENTS).files.update({"OWNERS": OWNERS, "README.md": "# Enhancements\n"})
    site.repo(RELEASE).files["releases/v1.9/schedule.yaml"] = SCHEDULE
    site.repo(CODE).files["OWNERS_ALIASES"] = ALIASES
    site.repo(CODE).branches.update({"main": set(), "release-1.9": set()})
    site.repo(COMMUNITY).files.update({"sigs.yaml": SIGS, "OWNERS_ALIASES": ALIASES})
    site.repo(DOCS)
    return site


def small_site() -> Site:
    """Three VEPs after the Code Freeze of 1.9.

    10 (compute): two code PRs, one of them only on main, a docs PR, a conversation; 20 (network): nothing merged;
    30 (storage): locked. An open VEP pull request (40) with a review. The viewer is `reviewer` of sig-compute.
    """
    site = bare_site()
    body = tracker_body(
        link=f"https://github.com/{ENHANCEMENTS}/blob/main/veps/sig-compute/10-gadgets/vep.md",
        vep_prs=(f"https://github.com/{ENHANCEMENTS}/pull/11",),
        code_prs=(f"https://github.com/{CODE}/pull/1000", f"{CODE}#1001"),
        docs_prs=(f"https://github.com/{DOCS}/pull/500",),
    )
    first = add_issue(site, 10, body=body, assignees=["alice"])
    add_comment(site, first, "alice", "The code is under review.", age=9)
    add_comment(site, first, "rob", "Thanks, I will have a look at the documentation.", age=4)
    add_issue(site, 20, body=tracker_body(sig="network", contact="nora"), author="nora", labels=["sig/network"])
    add_issue(site, 30, body=tracker_body(sig="storage"), author="sam", labels=["sig/storage"], locked=True)
    proposal = {"repo": ENHANCEMENTS, "files": ["veps/sig-compute/10-gadgets/vep.md"]}
    add_pull(site, 11, title="VEP 10: Gadgets", body="Tracking issue: #10", merged=True, age=60, **proposal)
    pull = add_pull(
        site, 40, title="VEP 20: Wires", body="Tracking issue: #20", review_requests=["reviewer"], **proposal
    )
    pull.files = ["veps/sig-network/20-wires/vep.md"]
    add_review(site, pull, "nora", "COMMENTED", "One question inside.")
    tracked = f"VEP tracking issue: https://github.com/{ENHANCEMENTS}/issues/10"
    add_pull(site, 1000, title="VEP 10: the API", body=tracked, merged=True, into=("release-1.9",))
    add_pull(site, 1001, title="VEP 10: the rest", body=tracked, merged=True)
    add_pull(site, 500, title="Gadgets", body=tracked, repo=DOCS)
    site.repo(ENHANCEMENTS).files["veps/sig-compute/10-gadgets/vep.md"] = vep_document()
    site.link_references()
    return site


def sized_site(
    *, issues: int = 200, comments: int = 30, references: int = 20, proposals: int = 80, linked: int = 600
) -> Site:
    """A site as large as the real one may grow: every issue with so many comments and cross-references.

    Pull requests of the code repository are shared: `linked` of them carry `issues * references` references.
    """
    site = bare_site()
    home = site.repo(ENHANCEMENTS)
    paragraph = "Progress this week: the second part is under review, the tests run, the documentation follows. " * 4
    for at in range(linked):
        merged = at % 3 != 0
        add_pull(
            site,
            10_000 + at,
            title=f"Part {at}",
            age=1 + at % 90,
            merged=merged,
            into=("release-1.9",) if at % 2 else (),
        )
    for at in range(issues):
        number = 1 + at
        sig = ("compute", "network", "storage")[at % 3]
        issue = add_issue(site, number, body=tracker_body(sig=sig), labels=["kind/tracker", f"sig/{sig}"], age=100)
        for turn in range(comments):
            text = f"{paragraph}({number}.{turn})"
            add_comment(site, issue, ("alice", "rob", "nora")[turn % 3], text, age=90 - turn * 89 / max(1, comments))
        issue.references = [
            f"{CODE}#{10_000 + (at * references + turn) % max(1, linked)}" for turn in range(min(references, linked))
        ]
        if at % 3 == 0:
            path = f"veps/sig-{sig}/{number}-gadget/vep.md"
            home.files[path] = vep_document(number=number, sig=sig) + paragraph * 30
    for at in range(proposals):
        pull = add_pull(
            site,
            5_000 + at,
            title=f"VEP {1 + at}: Gadget",
            repo=ENHANCEMENTS,
            labels=["size/L"],
            age=40,
            files=[f"veps/sig-compute/{1 + at}-gadget/vep.md"],
        )
        for turn in range(12):
            add_review(site, pull, ("rob", "nora", "sam")[turn % 3], "COMMENTED", "See inside.", age=30 - turn)
        for turn in range(15):
            add_comment(site, pull, ("alice", "rob")[turn % 2], paragraph, age=30 - turn)
    return site
