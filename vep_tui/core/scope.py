"""Which pull requests of a VEP count for the release in focus, and how one is spoken of; it passes no verdict."""

from __future__ import annotations

from datetime import date

from vep_tui.core.focus import branch_of, day_of, order, previous_cut, release_named
from vep_tui.core.models import LinkedPr, PrKind, PrState, PullRequest, Release, Stage, Vep
from vep_tui.core.models.words import stage_word
from vep_tui.core.world import World


def release_of(vep: Vep, world: World) -> Release | None:
    """The calendar of the release in focus."""
    return release_named(vep.release, world.releases)


def branch_name(vep: Vep, world: World) -> str:
    """The release branch in focus; in words when no release is."""
    release = release_of(vep, world)
    return (release.branch or branch_of(release.version)) if release else "the release branch"


def is_cut(vep: Vep, world: World) -> bool | None:
    """Whether the branch is cut; None when no schedule says."""
    release = release_of(vep, world)
    return None if release is None or release.code_freeze is None else day_of(world.now) >= release.code_freeze


def since(vep: Vep, world: World) -> date | None:
    """The day up to which unplaced pull requests belong to an earlier stage; None where there was none."""
    first = vep.stage in (Stage.ALPHA, None)
    earlier = any((t := vep.targets.of(stage)) and order(t) < order(vep.release) for stage in Stage)
    return None if first and not earlier else previous_cut(vep.release, world.releases)


def counts(link: LinkedPr, vep: Vep, world: World) -> bool:
    """True for a fact about this stage: placed there, or placed nowhere and not merged in an earlier stage's time."""
    if link.candidate:
        return False
    if link.stage is not None and vep.stage is not None:
        return link.stage is vep.stage
    limit = since(vep, world)
    return not (limit and link.pull.merged_at and day_of(link.pull.merged_at) <= limit)


def of_kind(vep: Vep, world: World, kind: PrKind) -> tuple[LinkedPr, ...]:
    """The pull requests of one kind that count for the release in focus; what carries others there is not counted."""
    return tuple(p for p in vep.pulls if p.kind is kind and counts(p, vep, world) and not is_carrier(p, vep, world))


def is_carrier(link: LinkedPr, vep: Vep, world: World) -> bool:
    """True for a pick of another pull request, and for one against another release's branch."""
    base = link.pull.base
    return "pick" in link.found or (base.startswith("release-") and base != branch_name(vep, world))


def is_given_up(link: LinkedPr) -> bool:
    """Closed unmerged and not listed: an attempt that nobody claims."""
    return link.pull.state is PrState.CLOSED and not link.listed


HEADINGS = {Stage.ALPHA: "Alpha", Stage.BETA: "Beta", Stage.GA: "GA"}
"""Stages as the tracker's template writes them."""


def belongs_elsewhere(link: LinkedPr) -> str:
    """Why one is not counted: its stage, or its age."""
    return f"belongs to {stage_word(link.stage) if link.stage else 'an earlier release'}"


def short(ref: str) -> str:
    """A ref without its owner, as in "user-guide#12"."""
    return ref.rpartition("/")[2]


def fact(pull: PullRequest, words: str) -> str:
    """One line about a pull request, ending in its address."""
    title = f" {pull.title.strip()}" if pull.title.strip() else ""
    return f"{short(pull.ref)}{title}: {words}" + (f" {pull.url}" if pull.url else "")


def listed_in_words(parts: list[str] | tuple[str, ...], most: int = 2) -> str:
    """The first few of several remarks: "a; b and 3 more"."""
    rest = len(parts) - most
    return "; ".join(parts[:most]) + (f" and {rest} more" if rest > 0 else "")
