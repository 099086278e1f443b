"""One VEP and its surroundings in a few words: number 190, targeting alpha in 1.9, looked at after its Code Freeze."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from vep_tui.core.models import (
    Criterion,
    Document,
    Issue,
    LinkedPr,
    People,
    PrState,
    PullRequest,
    Release,
    Stage,
    Targets,
    Vep,
)
from vep_tui.core.process import read_process
from vep_tui.core.sources import Sources, key_of
from vep_tui.core.vep import assemble
from vep_tui.core.world import World

PROCESS = read_process(tomllib.loads((Path(__file__).parents[2] / "vep_tui/process.toml").read_text(encoding="utf-8")))
CUT = date(2026, 6, 24)
NOW = datetime(2026, 7, 10, 9, 0, tzinfo=UTC)
BEFORE_CUT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
AFTER_CUT = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
LONG_AGO = datetime(2025, 12, 1, 12, 0, tzinfo=UTC)
PATH = "veps/sig-compute/190-gadget-plugins/vep.md"
GITHUB = "https://github.com"
RELEASES = (
    Release("1.8", code_freeze=date(2026, 2, 25), ga=date(2026, 3, 25), branch="release-1.8"),
    Release("1.9", code_freeze=CUT, ga=date(2026, 7, 22), branch="release-1.9"),
    Release("1.10", code_freeze=date(2026, 10, 21), ga=date(2026, 11, 18), branch="release-1.10"),
)
WORLD = World(PROCESS, People(sigs=(("compute", ("carol",)),)), RELEASES, NOW, "carol", ("compute",))
LABELS = ("kind/tracker", "kind/enhancement", "sig/compute")


def address(ref: str) -> str:
    """The web address of a pull request."""
    return f"{GITHUB}/{ref.replace('#', '/pull/')}"


def body(
    *,
    vep: Sequence[str] = (),
    code: Sequence[str] = (),
    docs: Sequence[str] = (),
    stage: str = "Alpha",
    heading: str = "Alpha",
    box: str = " ",
    gate: str = "GadgetPlugins",
    sig: str = "compute",
    link: str = "",
    alpha: str = "1.9",
    beta: str = "",
    more: str = "",
) -> str:
    """A tracker in the template's shape."""
    lists = "".join(
        f"  * [ ] {name} PRs: {', '.join(map(address, refs))}\n"
        for name, refs in (("VEP", vep), ("Code", code), ("Docs", docs))
    )
    return (
        f"**Primary contact (assignee)**:\n\n/assign @alice\n\n**Current Feature Stage**:\n\n{stage}\n\n"
        f"**Feature Gate**:\n\n{gate}\n\n**Responsible SIGs**:\n\nPrimary SIG:\n/sig {sig}\n\n"
        f"**Enhancement link**:\n\n{link}\n\n**Timeline**:\n\n* Alpha release target (x.y): {alpha}\n"
        f"* Beta release target (x.y): {beta}\n* Stable release target (x.y):\n\n"
        f"* [{box}] {heading}\n{lists}\n{more}"
    )


def issue(text: str | None = None, *, title: str = "VEP 190: Gadget plugins", number: int = 190, **more: Any) -> Issue:
    """The tracking issue."""
    values: dict[str, Any] = {
        "state": "open",
        "url": f"{GITHUB}/kubevirt/enhancements/issues/{number}",
        "author": "alice",
        "created_at": LONG_AGO,
        "updated_at": AFTER_CUT,
        "labels": LABELS,
    }
    return Issue(number=number, title=title, body=body() if text is None else text, **{**values, **more})


def pull(ref: str, title: str = "A change", text: str = "", **more: Any) -> PullRequest:
    """A pull request against main, open."""
    values: dict[str, Any] = {"state": PrState.OPEN, "base": "main", "url": address(ref)}
    return PullRequest(ref, title, body=text, **{**values, **more})


def merged(ref: str, title: str = "A change", text: str = "", *, at: datetime = BEFORE_CUT, **more: Any) -> PullRequest:
    """A merged pull request; its merge commit is named after it."""
    return pull(ref, title, text, **{"state": PrState.MERGED, "merged_at": at, "merge_oid": f"oid-{ref}", **more})


def document(**more: Any) -> Document:
    """A document whose alpha criteria are ticked."""
    criteria = ((Stage.ALPHA, (Criterion("Guarded by a gate", True), Criterion("Tested end to end", True))),)
    values: dict[str, Any] = {
        "title": "Gadget plugins",
        "targets": Targets(alpha="1.9"),
        "feature_gates": ("GadgetPlugins",),
        "graduation": criteria,
    }
    return Document(**{**values, **more})


def sources(*pulls: PullRequest, **more: Any) -> Sources:
    """Everything known around the VEP."""
    return Sources(pulls={key_of(p.ref): p for p in pulls}, **more)


def judged(tracker: Issue | str | None = None, *pulls: PullRequest, world: World = WORLD, **more: Any) -> Vep:
    """The VEP assembled from a tracker and the pull requests known."""
    return assemble(tracker if isinstance(tracker, Issue) else issue(tracker), sources(*pulls, **more), world)


def linked(vep: Vep) -> dict[str, LinkedPr]:
    """Its pull requests by `repo#n`."""
    return {p.pull.ref.rpartition("/")[2]: p for p in vep.pulls}


def at(day: date) -> World:
    """The world on another day."""
    return WORLD._replace(now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def evidence(vep: Vep, key: str) -> Any:
    """The evidence of one item."""
    return next(item.evidence for item in vep.checklist.items if item.key == key)
