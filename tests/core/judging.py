"""Builders for worlds that are judged: every value has a plain default, and times are days before NOW."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

from vep_tui.core.models import (
    Checklist,
    ChecklistItem,
    Comment,
    Document,
    Evidence,
    Issue,
    ItemState,
    LinkedPr,
    People,
    PrKind,
    PrState,
    PullRequest,
    Release,
    Review,
    Stage,
    Targets,
    Tracker,
    Vep,
    Verdict,
)
from vep_tui.core.process import read_process
from vep_tui.core.world import World

NOW = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
PROCESS = read_process(tomllib.loads((files("vep_tui") / "process.toml").read_text(encoding="utf-8")))
PEOPLE = People(
    sigs=(
        ("compute", ("carol", "dual", "Chief")),
        ("network", ("nora", "dual")),
        ("storage", ("stan",)),
    ),
    chairs=(("compute", ("Chief",)), ("storage", ("sable",))),
    approvers=("root", "Chief"),
    reviewers=("rhea",),
)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def release(version: str, design: int, code: int, ga: int) -> Release:
    """A release whose freezes are so many days from now (negative: behind us)."""

    def day(n: int) -> date:
        return (NOW + timedelta(days=n)).date()

    return Release(version, day(design), day(code), day(ga), f"release-{version}")


QUIET = (release("1.9", -150, -100, -70), release("1.10", 60, 110, 140))
DESIGN = (release("1.9", -150, -100, -70), release("1.10", 10, 60, 90))
CODE = (release("1.9", -150, -100, -70), release("1.10", -45, 10, 40))
FROZEN = (release("1.9", -200, -150, -120), release("1.10", -60, -5, 23))
"""Calendars: far from everything, before Enhancement Freeze, before Code Freeze, after Code Freeze of v1.10."""


def world(
    releases=QUIET, me: str | None = "carol", sigs=("compute",), now: datetime = NOW, people: People = PEOPLE
) -> World:
    return World(PROCESS, people, releases, now, me, tuple(sigs))


def comment(author: str, body: str, days: float = 1) -> Comment:
    return Comment(
        f"c-{author}-{days}", "", author, body, ago(days), ago(days), url=f"https://example.org/{author}/{days}"
    )


def review(author: str, state: str = "COMMENTED", body: str = "", days: float = 1) -> Review:
    return Review(author, state, body, ago(days))


def pull(number: int = 900, repo: str = "kubevirt/enhancements", **fields) -> PullRequest:
    """An open pull request by "otto", pushed two days ago."""
    plain = {
        "title": "VEP 10: text",
        "state": PrState.OPEN,
        "author": "otto",
        "created_at": ago(20),
        "updated_at": ago(1),
        "last_push_at": ago(2),
        "base": "main",
    }
    return PullRequest(f"{repo}#{number}", **{**plain, **fields})


def issue(number: int = 10, **fields) -> Issue:
    """An open tracker by "otto", alive two days ago."""
    plain = {
        "title": f"VEP {number}: text",
        "body": "",
        "state": "open",
        "url": f"https://github.com/kubevirt/enhancements/issues/{number}",
        "author": "otto",
        "created_at": ago(200),
        "updated_at": ago(2),
        "comments": (comment("carol", "I looked at the state of this.", 2),),
    }
    return Issue(number, **{**plain, **fields})


def vep(
    number: int = 10, sig: str | None = "compute", stage: str | None = "alpha", version: str | None = "1.10", **fields
) -> Vep:
    """A VEP that nothing is wrong with: owned, reviewed, with a document and a merged docs PR."""
    parts = {k: fields.pop(k) for k in list(fields) if k in ("comments", "updated_at", "labels", "state", "assignees")}
    aim = Targets(**{stage: version}) if stage and version else Targets()
    plain = {
        "issue": issue(number, **parts),
        "tracker": Tracker(title=f"Text {number}", primary_sig=sig, contacts=("otto",), targets=aim),
        "document": Document(targets=aim, reviewers=("carol",)),
        "owning_sig": sig,
        "targets": aim,
        "stage": Stage(stage) if stage else None,
        "release": version,
        "pulls": (linked(pull(77, "kubevirt/user-guide", state=PrState.MERGED), PrKind.DOCS),),
    }
    return Vep(**{**plain, **fields})


def linked(subject: PullRequest, kind: PrKind = PrKind.VEP, **fields) -> LinkedPr:
    return LinkedPr(subject, kind, **fields)


def checklist(version: str = "1.10", done: int = 0, ready: int = 0, turned: int = 0) -> Checklist:
    """Five items: `done` ticked, `turned` of them no longer true; the next `ready` have evidence met."""
    items = []
    for at, spec in enumerate(PROCESS.checklist):
        state = ItemState.DONE if at < done else ItemState.TODO
        met = at < done or at < done + ready
        evidence = Evidence(Verdict.MET if met else Verdict.UNMET, "as GitHub shows it")
        when = ago(3) if at < done else None
        items.append(
            ChecklistItem(
                spec.key, spec.title, state, "carol" if when else None, when, evidence=evidence, turned=at < turned
            )
        )
    return Checklist(version, tuple(items))
