"""Builds the demo's small world: VEPs, pull requests, people and schedules a week after a Code Freeze."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

from vep_tui.demo.state import CommentRecord, IssueRecord, PullRecord, RepoRecord, ReviewRecord, Site
from vep_tui.demo.texts import Plan, document, tracker_body, tracker_title

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
"""The day the demo plays on: six days after the Code Freeze of v1.9."""

HOME, CODE, DOCS = "kubevirt/enhancements", "kubevirt/kubevirt", "kubevirt/user-guide"

SIG_MEMBERS = {
    "compute": ("bela", "river", "ada-m"),
    "network": ("dov", "river"),
    "storage": ("sunniva", "noor"),
}
"""`river` is the viewer, and sits in two SIGs."""

SCHEDULES = {
    "1.8": (
        ("2026/01/07", "Alpha 0", "VEP Freeze"),
        ("2026/02/25", "Code Freeze", "Branch release-1.8"),
        ("2026/03/25", "GA", "Tag v1.8.0 on release-1.8"),
    ),
    "1.9": (
        ("2026/04/30", "Alpha 0", "Virtualization Enhancement Proposal (VEP) Freeze"),
        ("2026/06/24", "Code Freeze", "Branch release-1.9 and tag v1.9.0-rc.0 on release-1.9"),
        ("2026/07/15", "RC 1", "Tag v1.9.0-rc.1 on release-1.9"),
        ("2026/07/22", "GA", "Tag v1.9.0 on release-1.9"),
    ),
    "1.10": (
        ("2026/09/02", "Alpha 0", "Virtualization Enhancement Proposal (VEP) Freeze"),
        ("2026/10/21", "Code Freeze", "Branch release-1.10 and tag v1.10.0-rc.0 on release-1.10"),
        ("2026/11/18", "GA", "Tag v1.10.0 on release-1.10"),
    ),
}


def build_site() -> Site:
    """A fresh site; the same one every time."""
    data = tomllib.loads(files("vep_tui.demo").joinpath("world.toml").read_text(encoding="utf-8"))
    site = Site(viewer="river", now=NOW)
    for name in (HOME, CODE, DOCS, "kubevirt/sig-release", "kubevirt/community"):
        site.repo(name)
    _write_files(site)
    for entry in data["vep"]:
        _add_vep(site, entry)
    for entry in data["proposal"]:
        _add_proposal(site, entry)
    for entry in data["comment"]:
        _comment(site, site.repo(HOME).issues[entry["vep"]], entry["who"], _day(entry["day"]), entry["says"])
    for entry in data["checklist"]:
        _add_checklist(site, entry)
    for entry in data["bug"]:
        _add_bug(site, entry)
    _unusual(site)
    return site


def _write_files(site: Site) -> None:
    home = site.repo(HOME).files
    home["OWNERS"] = "approvers:\n  - chair-hana\n  - bela\nreviewers:\n  - river\n  - noor\n"
    for sig in SIG_MEMBERS:
        home[f"veps/sig-{sig}/OWNERS"] = f"labels:\n  - sig/{sig}\n"
    aliases = "".join(
        f"  sig-{sig}-approvers:\n    - {who[0]}\n  sig-{sig}-reviewers:\n" + "".join(f"    - {w}\n" for w in who)
        for sig, who in SIG_MEMBERS.items()
    )
    site.repo(CODE).files["OWNERS_ALIASES"] = f"aliases:\n{aliases}"
    chairs = "".join(
        f"  - name: {sig}\n    dir: sig-{sig}\n    label: sig/{sig}\n"
        f"    leadership:\n      chairs:\n        - github: {who[0]}\n"
        for sig, who in SIG_MEMBERS.items()
    )
    site.repo("kubevirt/community").files["sigs.yaml"] = f"sigs:\n{chairs}"
    for version, rows in SCHEDULES.items():
        text = "".join(
            f'- when: {when}\n  milestone: "KubeVirt {name}"\n  who: KubeVirt\n  what: {what}\n'
            for when, name, what in rows
        )
        site.repo("kubevirt/sig-release").files[f"releases/v{version}/schedule.yaml"] = text


def _add_vep(site: Site, entry: Mapping[str, Any]) -> None:
    plan = Plan(
        number=entry["number"],
        title=entry["title"],
        sig=entry["sig"],
        author=entry["author"],
        gate=entry["gate"],
        shape=entry["shape"].strip(),
        stage=entry["stage"],
        targets=entry.get("targets", {}),
    )
    opened = NOW - timedelta(days=420 - 2 * plan.number)
    pulls = [
        *(_pull(site, CODE, plan, words.split()) for words in entry.get("code", ())),
        *(_pull(site, DOCS, plan, words.split()) for words in entry.get("docs", ())),
    ]
    lists: dict[str, tuple[tuple[str, bool], ...]] = {}
    for kind, repo in (("code", CODE), ("docs", DOCS)):
        lists[kind] = tuple(
            (_web(repo, p.number), p.state == "MERGED") for r, p, listed in pulls if r == repo and listed
        )
    merged_proposal = plan.number < 113
    if merged_proposal:
        proposal = _merged_proposal(site, plan, opened + timedelta(days=20))
        lists["vep"] = ((_web(HOME, proposal.number), True),)
    plan = replace(plan, lists=lists)
    issue = IssueRecord(
        plan.number, tracker_title(plan), tracker_body(plan), plan.author, opened, opened + timedelta(days=30)
    )
    issue.labels = ["kind/tracker", "kind/enhancement", f"sig/{plan.sig}"]
    issue.assignees = [plan.author]
    if plan.shape in ("placeholder", "free-text"):
        issue.labels, issue.assignees = [], []
    issue.updated_at = max([issue.updated_at, *(p.updated_at for _, p, _ in pulls)])
    issue.references = [f"{repo}#{p.number}" for repo, p, _ in pulls if "enhancements" in p.body]
    site.repo(HOME).issues[plan.number] = issue
    if merged_proposal:
        history = tuple(
            f"{p.merged_at:%Y-%m-%d}: {p.title}. PR: {_web(r, p.number)}" for r, p, _ in pulls if p.merged_at
        )
        site.repo(HOME).files[plan.path] = document(plan, history[: plan.number % 3 + 1])
        issue.references.insert(0, f"{HOME}#{proposal.number}")


def _pull(site: Site, repo: str, plan: Plan, words: list[str]) -> tuple[str, PullRecord, bool]:
    number, state, day, *flags = words
    at = _day(day)
    options = dict(flag.split("=") for flag in flags if "=" in flag)
    part = {CODE: "implement", DOCS: "describe"}[repo]
    word = plan.title.partition(" ")[0]
    title = f"{part} {plan.title if word.isupper() else plan.title[0].lower() + plan.title[1:]}"  # NUMA stays NUMA
    if "noref" not in flags:
        title = (f"VEP {plan.number}: {title}", f"VEP-{plan.number}: {title}", title)[int(number) % 3]
    body = f"What this PR does: it lets users {part} it.\n"
    if "noref" not in flags:
        body += f"\nVEP tracking issue: https://github.com/{HOME}/issues/{plan.number}\n"
    if picked := options.get("picks"):
        title = f"[release-1.9] {title}"
        body = f"This is a manual cherry-pick of #{picked}.\n\n{body}"
    pull = PullRecord(int(number), title, body, plan.author, at - timedelta(days=12), at)
    pull.base = options.get("base", "main")
    pull.state = {"merged": "MERGED", "closed": "CLOSED"}.get(state, "OPEN")
    pull.draft = state == "draft"
    pull.head_oid, pull.pushed_at = _oid(repo, number, "head"), at
    pull.additions = 2 if "tiny" in flags else 80
    pull.files = ["docs/placeholder.md"] if "tiny" in flags else [f"pkg/part{i}.go" for i in range(4)]
    pull.closed_at = at if pull.state != "OPEN" else None
    _place(site.repo(repo), pull, at)
    return repo, pull, "unlisted" not in flags


def _place(repo: RepoRecord, pull: PullRecord, at: datetime) -> None:
    if pull.state == "MERGED":
        pull.merged_at, pull.merge_oid = at, _oid(repo.name, str(pull.number), "merge")
        main = repo.branches.setdefault("main", set())
        branch = repo.branches.setdefault("release-1.9", set())
        if pull.base == "main":
            main.add(pull.merge_oid)
        if pull.base == "release-1.9" or (pull.base == "main" and at < _day("06-24")):
            branch.add(pull.merge_oid)
    repo.issues[pull.number] = pull


def _merged_proposal(site: Site, plan: Plan, at: datetime) -> PullRecord:
    number = plan.number + 1
    tracker = f"https://github.com/{HOME}/issues/{plan.number}"
    body = f"### VEP Metadata\n\n**Tracking issue**: {tracker}\n**SIG label**: /sig {plan.sig}\n"
    pull = PullRecord(number, f"VEP {plan.number}: {plan.title}", body, plan.author, at - timedelta(days=15), at)
    pull.state, pull.closed_at, pull.files = "MERGED", at, [plan.path]
    pull.labels, pull.head_oid, pull.pushed_at = (
        [f"sig/{plan.sig}", "lgtm", "approved"],
        _oid(HOME, str(number), "head"),
        at - timedelta(days=6),
    )
    chair = SIG_MEMBERS[plan.sig][0]
    _comment(site, pull, chair, at - timedelta(days=4), f"sig-{plan.sig} talked about it last week.\n\n/lgtm")
    if plan.number % 3 == 0:  # as in life, the other SIGs seldom say so
        other = next(who[0] for sig, who in SIG_MEMBERS.items() if sig != plan.sig)
        _comment(site, pull, other, at - timedelta(days=3), "Nothing of ours is touched.\n/lgtm")
    _comment(site, pull, "chair-hana", at - timedelta(days=1), "/approve")
    _place(site.repo(HOME), pull, at)
    return pull


def _add_proposal(site: Site, entry: Mapping[str, Any]) -> None:
    vep = site.repo(HOME).issues.get(entry["vep"])
    link = f"https://github.com/{HOME}/issues/{vep.number}" if vep else ""
    body = f"### VEP Metadata\n\n**Tracking issue**: {link}\n\n### What this PR does\nProposes it.\n"
    opened, pushed = _day(entry["opened"]), _day(entry["pushed"])
    pull = PullRecord(entry["number"], entry["title"], body, entry["author"], opened, pushed)
    pull.pushed_at, pull.head_oid = pushed, _oid(HOME, str(pull.number), "head")
    pull.review_requests = list(entry.get("requests", ()))
    sig = next((label for label in vep.labels if label.startswith("sig/")), "") if vep else ""
    pull.labels = [sig] if sig else []
    folder = sig.replace("/", "-") or "sig-compute"
    pull.files = [f"veps/{folder}/{vep.number if vep else 'NNNN'}-proposal/vep.md"]
    site.repo(HOME).issues[pull.number] = pull
    for line in entry["says"]:
        who, day, text = line.split(" ", 2)
        state, _, rest = text.partition(" ")
        if state in ("APPROVED", "CHANGES_REQUESTED", "COMMENTED"):
            pull.reviews.append(ReviewRecord(next(site.ids), who, state, rest, _day(day), pull.head_oid))
        else:
            _comment(site, pull, who, _day(day), text)
        if text.startswith("/hold"):
            pull.labels.append("do-not-merge/hold")
        if text.startswith("/approve"):
            pull.labels.append("approved")
    if vep:
        vep.references.append(f"{HOME}#{pull.number}")


def _comment(site: Site, where: IssueRecord, who: str, at: datetime, text: str) -> None:
    where.comments.append(CommentRecord(next(site.ids), who, text, at, at))
    where.updated_at = max(where.updated_at, at)


def _add_checklist(site: Site, entry: Mapping[str, Any]) -> None:
    from vep_tui.demo.checklists import checklist_comment

    issue = site.repo(HOME).issues[entry["vep"]]
    _comment(site, issue, entry["who"], _day(entry["day"]), checklist_comment(entry, _day(entry["day"])))


def _add_bug(site: Site, entry: Mapping[str, Any]) -> None:
    bug = IssueRecord(
        entry["number"], entry["title"], entry["body"], "tester-ko", _day(entry["day"]), _day(entry["day"])
    )
    bug.labels = ["kind/bug"]
    site.repo(CODE).issues[bug.number] = bug


def _unusual(site: Site) -> None:
    """What every real repository has: a locked tracker, stale ones, a closed one, an issue that is no VEP."""
    issues = site.repo(HOME).issues
    issues[57].locked = True
    issues[70].labels.append("lifecycle/stale")
    for number in (99, 151):
        issues[number].updated_at = NOW - timedelta(days=80)
    issues[143].state, issues[143].state_reason, issues[143].closed_at = "CLOSED", "COMPLETED", _day("06-29")
    issues[190] = IssueRecord(
        190, "Where do new folders go?", "A question about the layout.", "new-author", _day("06-20"), _day("06-20")
    )


def _day(text: str) -> datetime:
    month, _, day = text.partition("-")
    return datetime(2026, int(month), int(day), 10, 0, tzinfo=UTC)


def _oid(*words: str) -> str:
    return hashlib.sha1("/".join(words).encode(), usedforsecurity=False).hexdigest()


def _web(repo: str, number: int) -> str:
    return f"https://github.com/{repo}/pull/{number}"
