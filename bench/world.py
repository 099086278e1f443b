"""A world of any size as GitHub's own JSON, page by page, and stores filled with it; nothing is kept in memory."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from builders import (
    CODE,
    COMMUNITY,
    ENHANCEMENTS,
    NOW,
    OWNERS,
    RELEASE,
    SCHEDULE,
    SIGS,
    tracker_body,
    vep_document,
)
from builders import oid as object_id

from vep_tui.core.process import Process, read_process
from vep_tui.core.world import World
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection
from vep_tui.store.standing import read_world

Node = dict[str, Any]

ALIASES = "aliases:\n  sig-compute-reviewers: [alice, reviewer]\n  sig-network-approvers: [nora]\n"
TODAY = NOW.isoformat()
"""The clock of every measurement, for VEP_TUI_NOW."""
SIGS_OF_ALL = ("compute", "network", "storage")
FIRST_PULL = 100_000
"""Numbers of code pull requests begin here."""
PUSHED_TO = 3
"""The VEP to which ticks are sent: the double has it as an issue that takes comments."""
FIRST_PROPOSAL = 50_000
"""Numbers of open proposals begin here."""
_WORDS = [
    "memory",
    "device",
    "migration",
    "snapshot",
    "passthrough",
    "network",
    "volume",
    "policy",
    "quota",
    "guest",
    "agent",
    "console",
    "hotplug",
]
_PARAGRAPH = "Progress this week: the second part is under review, the tests run and the documentation follows. "


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a world is; by default each VEP is as kubernetes/enhancements has them at 5,000."""

    veps: int
    comments: int = 30
    references: int = 4

    @property
    def proposals(self) -> int:
        """Open pull requests of the enhancements repository."""
        return max(3, self.veps // 10)


def process() -> Process:
    """The community's process as it is delivered."""
    return read_process(tomllib.loads(files("vep_tui").joinpath("process.toml").read_text(encoding="utf-8")))


# ---------------------------------------------------------------- nodes


def stamp(age: float) -> str:
    """A moment so many days before now, as GitHub writes it."""
    return (NOW - timedelta(days=age)).strftime("%Y-%m-%dT%H:%M:%SZ")


def title_of(number: int) -> str:
    """A title that hardly any other VEP has."""
    first, second = _WORDS[number % len(_WORDS)], _WORDS[(number // len(_WORDS)) % len(_WORDS)]
    return f"{first.capitalize()} {second} {number}"


def issue_node(number: int, scale: Scale) -> Node:
    """A tracking issue, whole."""
    sig = SIGS_OF_ALL[number % 3]
    has_document = number % 2 == 0
    link = f"https://github.com/{ENHANCEMENTS}/blob/main/{document_path(number)}" if has_document else ""
    pulls = [pull_node(number, turn, scale) for turn in range(scale.references)]
    listed = [f"https://github.com/{CODE}/pull/{p['number']}" for p in pulls[: scale.references // 2]]
    body = tracker_body(
        sig=sig, gate=f"Gate{number}", link=link, code_prs=listed, alpha="1.9" if number % 4 else "1.8", beta="1.10"
    )
    comments = [comment_node(number, turn, scale.comments) for turn in range(scale.comments)]
    references = [
        {"__typename": "CrossReferencedEvent", "id": f"CR_{p['number']}", "referencedAt": p["createdAt"], "source": p}
        for p in pulls
    ]
    page = {"hasNextPage": False, "endCursor": None}
    return {
        "__typename": "Issue",
        "id": f"I_{number:08d}",
        "number": number,
        "title": f"VEP {number}: {title_of(number)}",
        "body": body,
        "state": "OPEN",
        "stateReason": None,
        "url": f"https://github.com/{ENHANCEMENTS}/issues/{number}",
        "locked": False,
        "author": {"login": "alice"},
        "repository": {"nameWithOwner": ENHANCEMENTS},
        "createdAt": stamp(200),
        "updatedAt": stamp(1 + number % 90),
        "closedAt": None,
        "labels": {"nodes": [{"name": "kind/tracker"}, {"name": f"sig/{sig}"}]},
        "assignees": {"nodes": [{"login": "alice"}]},
        "comments": {"totalCount": len(comments), "pageInfo": page, "nodes": comments},
        "timelineItems": {"filteredCount": len(references), "pageInfo": page, "nodes": references},
    }


def comment_node(number: int, turn: int, turns: int) -> Node:
    """One comment of a thread."""
    identity = number * 1000 + turn
    at = stamp(190 - turn * 180 / max(turns, 1))
    return {
        "id": f"IC_{identity:012d}",
        "fullDatabaseId": str(5_000_000_000 + identity),
        "author": {"login": ("alice", "rob", "nora")[turn % 3]},
        "body": _PARAGRAPH * (1 + identity % 5) + f"({identity})",
        "createdAt": at,
        "updatedAt": at,
        "lastEditedAt": None,
        "url": f"https://github.com/{ENHANCEMENTS}/issues/{number}#issuecomment-{identity}",
        "isMinimized": False,
    }


def pull_node(number: int, turn: int, scale: Scale) -> Node:
    """A code pull request that refers to a VEP."""
    mine = FIRST_PULL + number * max(scale.references, 1) + turn
    merged = turn % 2 == 0
    return {
        "__typename": "PullRequest",
        "id": f"PR_{mine:08d}",
        "number": mine,
        "title": f"VEP {number}: part {turn} of {title_of(number)}",
        "state": "MERGED" if merged else "OPEN",
        "body": f"{_PARAGRAPH * 3}\n\nTracking issue: https://github.com/{ENHANCEMENTS}/issues/{number}\n",
        "url": f"https://github.com/{CODE}/pull/{mine}",
        "isDraft": False,
        "changedFiles": 7,
        "author": {"login": "alice"},
        "repository": {"nameWithOwner": CODE},
        "baseRefName": "main",
        "headRefOid": object_id("head", mine),
        "mergeCommit": {"oid": object_id("merge", mine)} if merged else None,
        "createdAt": stamp(60),
        "updatedAt": stamp(20),
        "closedAt": stamp(20) if merged else None,
        "mergedAt": stamp(20) if merged else None,
        "labels": {"nodes": [{"name": "size/L"}]},
    }


def proposal_node(at: int) -> Node:
    """An open pull request of the enhancements repository, whole."""
    number, vep = FIRST_PROPOSAL + at, 1 + at
    page = {"hasNextPage": False, "endCursor": None}
    reviews = [
        {
            "id": f"R_{number}_{turn}",
            "fullDatabaseId": str(number * 100 + turn),
            "author": {"login": ("rob", "nora", "sam")[turn % 3]},
            "state": "COMMENTED",
            "body": "See inside.",
            "submittedAt": stamp(30 - turn),
            "updatedAt": stamp(30 - turn),
            "url": f"https://github.com/{ENHANCEMENTS}/pull/{number}#pullrequestreview-{turn}",
            "commit": {"oid": object_id("head", "proposal", number)},
        }
        for turn in range(8)
    ]
    comments = [comment_node(number, turn, 10) for turn in range(10)]
    return {
        **pull_node(vep, 1, Scale(0)),
        "id": f"PP_{number}",
        "number": number,
        "title": f"VEP {vep}: {title_of(vep)}",
        "body": f"{_PARAGRAPH}\n\nTracking issue: #{vep}\n",
        "url": f"https://github.com/{ENHANCEMENTS}/pull/{number}",
        "repository": {"nameWithOwner": ENHANCEMENTS},
        "headRefOid": object_id("head", "proposal", number),
        "updatedAt": stamp(1 + at % 40),
        "assignees": {"nodes": []},
        "reviewRequests": {"nodes": [{"requestedReviewer": {"__typename": "User", "login": "reviewer"}}]},
        "commits": {"nodes": [{"commit": {"oid": object_id("head", number), "committedDate": stamp(12)}}]},
        "files": {"totalCount": 1, "nodes": [{"path": document_path(vep)}]},
        "reviews": {"totalCount": len(reviews), "pageInfo": page, "nodes": reviews},
        "comments": {"totalCount": len(comments), "pageInfo": page, "nodes": comments},
    }


def document_path(number: int) -> str:
    """Where a VEP's document lies."""
    return f"veps/sig-{SIGS_OF_ALL[number % 3]}/{number}-{title_of(number).lower().replace(' ', '-')}/vep.md"


def document_text(number: int) -> str:
    """A document of some 8 KB; that of VEP 2 is as large as the largest real one, about 100 KB."""
    sections = 260 if number == 2 else 20
    text = vep_document(title_of(number), number=number, sig=SIGS_OF_ALL[number % 3], alpha="1.9", beta="1.10")
    parts = [
        f"\n### Aspect {turn}\n\n{_PARAGRAPH}See `field{turn}` and [the API](https://example.org/{turn}).\n\n"
        f"- first **point** of {turn}\n- second point\n  - inside\n\n```yaml\nkind: Thing\nspec: {{n: {turn}}}\n```\n"
        for turn in range(sections)
    ]
    return text + "".join(parts)


def documents(scale: Scale) -> Iterator[tuple[str, str, str]]:
    """Path, oid and text of every document."""
    for number in range(2, scale.veps + 1, 2):
        path = document_path(number)
        yield path, object_id(path), document_text(number)


def small_files() -> Iterator[tuple[str, str, str]]:
    """Repository, path and text of the files that say who is who and when what is."""
    yield ENHANCEMENTS, "OWNERS", OWNERS
    yield RELEASE, "releases/v1.9/schedule.yaml", SCHEDULE
    yield CODE, "OWNERS_ALIASES", ALIASES
    yield COMMUNITY, "OWNERS_ALIASES", ALIASES
    yield COMMUNITY, "sigs.yaml", SIGS


# ---------------------------------------------------------------- stores


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one user, for a process that is started in them."""

    folder: Path
    api_url: str = "http://127.0.0.1:9"
    """Nobody listens there: a measurement of the screen is offline."""

    @property
    def mirror(self) -> Path:
        """The cache file of that user."""
        return self.folder / "cache" / "vep-tui" / "127.0.0.1" / "mirror.db"

    @property
    def outbox(self) -> Path:
        """The outbox of that user."""
        return self.folder / "data" / "vep-tui" / "127.0.0.1" / "outbox.db"

    def environment(self) -> dict[str, str]:
        """What a process of that user sees, besides what Python needs."""
        names = {"XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config"}
        names["XDG_STATE_HOME"] = "state"
        own = {name: str(self.folder / part) for name, part in names.items()}
        return {"HOME": str(self.folder), "VEP_TUI_API_URL": self.api_url, "VEP_TUI_NOW": TODAY, "GH_TOKEN": "t", **own}


def fill(home: Home, scale: Scale, *, project: bool = True) -> None:
    """Lay a whole world into the stores of a user, as a full sync leaves them."""
    for path in (home.mirror, home.outbox):
        path.parent.mkdir(parents=True, exist_ok=True)
    mirror, outbox = Mirror.open(home.mirror), Outbox.open(home.outbox)
    try:
        for start in range(1, scale.veps + 1, 100):
            mirror.put_issues(issue_node(n, scale) for n in range(start, min(start + 100, scale.veps + 1)))
        mirror.put_pulls((proposal_node(at) for at in range(scale.proposals)), proposal=True)
        with mirror.transaction():
            for path, oid, text in documents(scale):
                mirror.put_file(ENHANCEMENTS, path, oid, text)
            for repo, path, text in small_files():
                mirror.put_file(repo, path, object_id(repo, path), text)
        for name, value in (("viewer", "reviewer"), ("synced_at", TODAY), ("full_at", TODAY), ("watermark", TODAY)):
            mirror.set_meta(name, value)
        if project:
            Projection(mirror).ensure(mirror, outbox, world_of(mirror))
    finally:
        mirror.close()
        outbox.close()


def world_of(mirror: Mirror) -> World:
    """People, calendar and clock, as the command line has them for that user."""
    return read_world(mirror, process(), now=NOW)
