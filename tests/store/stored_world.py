"""A small world in the mirror: three VEPs after the Code Freeze of 1.9, as a sync would have left them."""

from __future__ import annotations

import tomllib
from datetime import datetime
from importlib.resources import files

from builders import CODE, DOCS, ENHANCEMENTS, NOW, OWNERS, RELEASE, SCHEDULE, SIGS, tracker_body, vep_document
from github_nodes import Node, comment_node, issue_node, pull_node

from vep_tui.core.process import read_process
from vep_tui.core.world import World
from vep_tui.store.desk import Desk
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection
from vep_tui.store.standing import read_world

PROCESS = read_process(tomllib.loads((files("vep_tui") / "process.toml").read_text(encoding="utf-8")))
ALIASES = "aliases:\n  sig-compute-reviewers: [alice, reviewer]\n  sig-network-approvers: [nora]\n"
DOCUMENT = "veps/sig-compute/10-gadgets/vep.md"


def fill(mirror: Mirror) -> None:
    """10 (compute) with document, proposal and pull requests; 20 (network); 30 (storage); 35 is no VEP; 40 is a PR."""
    tracked = {"body": f"Tracking issue: https://github.com/{ENHANCEMENTS}/issues/10"}
    merged = {"state": "MERGED", "mergedAt": "2026-06-01T10:00:00Z", "mergeCommit": {"oid": "a1"}}
    code = pull_node(1000, title="VEP 10: the API", **tracked, **merged)
    docs = pull_node(500, repo=DOCS, title="Gadgets", **tracked)
    body = tracker_body(
        link=f"https://github.com/{ENHANCEMENTS}/blob/main/{DOCUMENT}",
        code_prs=(f"{CODE}#1000",),
        docs_prs=(f"{DOCS}#500",),
    )
    comments = [comment_node(1, "Under review."), comment_node(2, "Thanks.", author="rob")]
    mirror.put_issues(
        [
            issue_node(
                10, body=body, comments=comments, references=[code, docs], labels=("kind/tracker", "sig/compute")
            ),
            issue_node(
                20, title="VEP 20: Wires", body=tracker_body(sig="network", contact="nora"), labels=("sig/network",)
            ),
            issue_node(30, title="VEP 10: Disks", body=tracker_body(sig="storage", alpha="1.10"), labels=()),
            issue_node(35, title="Meeting notes", body="Nothing to track.", labels=()),
        ]
    )
    mirror.put_pulls([proposal(40, "VEP 20: Wires", 20, "sig-network/20-wires")], proposal=True)
    mirror.put_file(ENHANCEMENTS, DOCUMENT, "d1", vep_document())
    mirror.put_file(ENHANCEMENTS, "OWNERS", "o1", OWNERS)
    mirror.put_file(RELEASE, "releases/v1.9/schedule.yaml", "s1", SCHEDULE)
    mirror.put_file(CODE, "OWNERS_ALIASES", "a1", ALIASES)
    mirror.put_file("kubevirt/community", "sigs.yaml", "g1", SIGS)
    mirror.put_many_facts("contains:release-1.9", {"a1": True})
    mirror.set_meta("viewer", "reviewer")
    mirror.set_meta("synced_at", NOW.isoformat())


def proposal(number: int, title: str, vep: int, folder: str, **more: object) -> Node:
    return pull_node(
        number,
        repo=ENHANCEMENTS,
        title=title,
        body=f"Tracking issue: #{vep}",
        files={"totalCount": 1, "nodes": [{"path": f"veps/{folder}/vep.md"}]},
        comments={"totalCount": 0, "nodes": []},
        **more,
    )


def world_of(mirror: Mirror, now: datetime = NOW) -> World:
    return read_world(mirror, PROCESS, now=now)


def desk_of(mirror: Mirror, outbox: Outbox, now: datetime = NOW) -> Desk:
    """A desk over what is in the mirror, its queue computed anew."""
    world = world_of(mirror, now)
    projection = Projection(mirror)
    projection.refresh(mirror, outbox, world)
    return Desk(mirror, outbox, projection, world)
