"""Which release and stage a VEP is looked at for, and where one release ends; it reads no schedule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache

from vep_tui.core.models import Release, Stage, Targets, Tracker, TrackerStage
from vep_tui.core.versions import version_key

_STAGE = r"(alpha|beta|GA|general availability)"
_TO_STAGE = re.compile(rf"\b(?:to|into|for|as|target(?:s|ing)?)\s+{_STAGE}\b", re.IGNORECASE)
_MARKED_STAGE = re.compile(rf"[(\[]{_STAGE}[)\]]|\b{_STAGE}\s+(?:graduation|promotion)\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def order(version: str | None) -> tuple[int, ...]:
    """A sort key for "1.9" < "1.10"; nothing sorts first."""
    return tuple(part for part in version_key(version) if part >= 0)


def release_in_focus(targets: Targets, current: str | None) -> str | None:
    """The target that is the current release, else the next one after it, else the last one before it."""
    versions = sorted({t for stage in Stage if (t := targets.of(stage))}, key=order)
    if not versions:
        return None
    if current is None:
        return versions[-1]
    later = [v for v in versions if order(v) >= order(current)]
    return later[0] if later else versions[-1]


def stage_in_focus(targets: Targets, release: str | None, tracker: Tracker) -> Stage | None:
    """The stage that targets the release (the furthest, when several do), else the one the tracker says."""
    if release:
        for stage in reversed(Stage):
            if targets.of(stage) == release:
                return stage
    if tracker.stage in (TrackerStage.ALPHA, TrackerStage.BETA, TrackerStage.GA):
        return Stage(tracker.stage.value)
    return None


def release_named(version: str | None, releases: Iterable[Release]) -> Release | None:
    """The calendar of a version; one without dates when no schedule is known, so that its branch has a name."""
    if not version:
        return None
    known = next((r for r in releases if r.version == version), None)
    return known or Release(version, branch=branch_of(version))


def branch_of(version: str) -> str:
    """The name a release branch has by custom."""
    return f"release-{version}"


def day_of(moment: datetime) -> date:
    """The day in UTC, in which schedules are read."""
    return (moment if moment.tzinfo is None else moment.astimezone(UTC)).date()


def previous_cut(version: str | None, releases: Iterable[Release]) -> date | None:
    """The day the branch of the release before this one was cut: what was merged by then belongs to earlier stages."""
    if not version:
        return None
    earlier = [r for r in releases if order(r.version) < order(version) and r.code_freeze]
    return max(earlier, key=lambda r: order(r.version)).code_freeze if earlier else None


def stage_in_title(title: str) -> Stage | None:
    """The one stage a pull request's title says it leads to; None when it says none or several."""
    stages = set(_TO_STAGE.findall(title)) or {a or b for a, b in _MARKED_STAGE.findall(title)}
    words = {s.casefold() for s in stages}
    if len(words) != 1:
        return None
    word = words.pop()
    return Stage.GA if word.startswith("g") else Stage(word)
