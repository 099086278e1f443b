"""What needs me, in what order, and why: reasons put together, scored and explained; it fetches and stores nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vep_tui.core import pull_reasons as pulls
from vep_tui.core import vep_reasons as veps
from vep_tui.core.checkin import is_bot
from vep_tui.core.cycle import cycle_of, frozen_cycle, open_cycle
from vep_tui.core.exceptions import exceptions, missed_freeze
from vep_tui.core.graduation import graduation, targets
from vep_tui.core.models import Issue, PrState, PullRequest, Reason, Vep
from vep_tui.core.signoff import label_sigs
from vep_tui.core.stance import Stance
from vep_tui.core.world import World


@dataclass(frozen=True, slots=True)
class LocalNotes:
    """What the person looking noted on one row, on this machine only."""

    seen_at: datetime | None = None
    """When it was last looked at."""
    snoozed_until: datetime | None = None
    """It comes back then."""
    snoozed_until_change: datetime | None = None
    """A change after this moment brings it back; None: changes do not."""


NOTHING_NOTED = LocalNotes()
_SAME_ACT = timedelta(minutes=2)


def reasons(vep: Vep, world: World, local: LocalNotes = NOTHING_NOTED) -> tuple[Reason, ...]:
    """Why a VEP wants somebody, weightiest first; a closed one never does, and a snoozed one not me."""
    if vep.issue.state == "closed":
        return ()
    stance = stance_of_vep(vep, world)
    sources = (
        veps.conversation,
        veps.checklist,
        veps.people,
        veps.pace,
        missed_freeze,
        exceptions,
        graduation,
        targets,
    )
    found = [reason for source in sources for reason in source(vep, stance)]
    away = is_snoozed(local, world.now, changed_at(vep.issue, world, (p.pull for p in vep.pulls)))
    return _ranked(found, world, away)


def pull_reasons(
    pull: PullRequest, vep: Vep | None, world: World, local: LocalNotes = NOTHING_NOTED
) -> tuple[Reason, ...]:
    """Why an open VEP pull request wants somebody, weightiest first; `vep` is the one it belongs to, if known."""
    if pull.state is not PrState.OPEN:
        return ()
    now = pulls.standing(pull, stance_of_pull(pull, vep, world))
    sources = (pulls.asked, pulls.acknowledged, pulls.merging, pulls.pace)
    found = [reason for source in sources for reason in source(now)]
    return _ranked(found, world, is_snoozed(local, world.now, changed_at(pull, world)))


def _ranked(found: Iterable[Reason], world: World, away: bool) -> tuple[Reason, ...]:
    share = world.process.thresholds["not_mine"] / 100
    if away:
        found = (r._replace(mine=False, weight=round(r.weight * share, 2)) if r.mine else r for r in found)
    weighty = (r for r in found if r.weight > 0)
    return tuple(sorted(weighty, key=lambda r: (not r.mine, -r.weight, r.reason)))


def stance_of_vep(vep: Vep, world: World) -> Stance:
    """How a VEP concerns the person looking."""
    sigs = tuple(dict.fromkeys((*vep.label_sigs, *vep.other_sigs)))
    return Stance(world, vep.owning_sig, sigs, cycle_of(vep.release, world))


def stance_of_pull(pull: PullRequest, vep: Vep | None, world: World) -> Stance:
    """How a VEP pull request concerns the person looking: by its VEP, its folder or its labels."""
    named = tuple(label_sigs(pull, world.process))
    folders = {f.split("/")[1].removeprefix("sig-") for f in pull.files if f.count("/") > 1 and "/sig-" in f}
    owner = vep.owning_sig if vep else None
    if owner is None:
        owner = next(iter(folders)) if len(folders) == 1 else named[0] if len(named) == 1 else None
    participating = (*vep.other_sigs, *(vep.document.participating_sigs if vep.document else ())) if vep else ()
    # Most VEP pull requests aim at the next Enhancement Freeze; those of a VEP say by their VEP which one.
    cycle = cycle_of(vep.release, world) if vep and vep.release else open_cycle(world)
    return Stance(world, owner, tuple(dict.fromkeys((*named, *participating))), cycle)


def score(found: Sequence[Reason], world: World) -> float:
    """How loud a row is: its weightiest reason, a little for every further one and for age.

    What is my turn counts whole; what is not adds nothing to a row that has something of mine.
    """
    counted = [r for r in found if r.mine] or list(found)
    if not counted:
        return 0.0
    loud = sorted((_with_age(r, world) for r in counted), reverse=True)
    further = world.process.thresholds["further"] / 100
    return round(loud[0] + further * sum(loud[1:]), 2)


def _with_age(reason: Reason, world: World) -> float:
    """The weight, grown by age in proportion, so that quiet reasons stay quiet when they get old."""
    limits = world.process.thresholds
    days = min(max(0, (world.now - reason.since).days), limits["age_counts"]) if reason.since else 0
    return reason.weight * (1 + limits["age_bonus"] / 100 * days / limits["age_counts"])


def waiting_since(found: Sequence[Reason]) -> datetime | None:
    """The age of a row: since when its weightiest reason holds."""
    return found[0].since if found else None


def order_key(number: int, found: Sequence[Reason], world: World) -> tuple[float, float, int]:
    """Sort key of a row: loudest first, then what waits longest, then the lower number."""
    since = waiting_since(found)
    return (-score(found, world), since.timestamp() if since else float("inf"), number)


def changed_at(subject: Issue | PullRequest, world: World, linked: Iterable[PullRequest] = ()) -> datetime | None:
    """When somebody else last did something to a row or its pull requests; bots and I do not count.

    GitHub's own date of change counts unless a comment of mine or of a bot, made within minutes of it, explains it.
    """
    said = [(c.author, c.created_at) for c in subject.comments]
    if isinstance(subject, PullRequest):
        said += [(r.author, r.submitted_at) for r in subject.reviews]
    quiet = {by for by in {by for by, _ in said} if _mine_or_bot(by, world)}
    others = [at for by, at in said if by not in quiet]
    moments = [subject.created_at, *others, *(m for p in linked for m in (p.last_push_at, p.merged_at, p.closed_at))]
    updated = subject.updated_at
    edited = [*said, *((c.author, c.updated_at) for c in subject.comments)]
    explained = (updated is not None and abs(updated - at) <= _SAME_ACT for by, at in edited if by in quiet)
    if not any(explained):
        moments.append(updated)
    return max((m for m in moments if m is not None), default=None)


def _mine_or_bot(login: str, world: World) -> bool:
    return login.casefold() == (world.me or "").casefold() or is_bot(login, world.process)


def is_snoozed(notes: LocalNotes, now: datetime, changed: datetime | None) -> bool:
    """Put off, the day has not come, and nothing that was waited for has changed."""
    until, after = notes.snoozed_until, notes.snoozed_until_change
    if until is None and after is None:
        return False
    return not (until is not None and now >= until) and not (
        after is not None and changed is not None and changed > after
    )


def is_unread(notes: LocalNotes, changed: datetime | None) -> bool:
    """Changed since it was looked at; what was never looked at is not marked."""
    return notes.seen_at is not None and changed is not None and changed > notes.seen_at


def needs_me(found: Sequence[Reason]) -> bool:
    """Belongs into the "needs me" view when not snoozed: something of it is my turn."""
    return any(r.mine for r in found)


def is_post_freeze(vep: Vep, world: World) -> bool:
    """Its release passed Code Freeze and is the last that did: the checklist is due."""
    cycle, frozen = cycle_of(vep.release, world), frozen_cycle(world)
    return cycle is not None and frozen is not None and cycle.version == frozen.version


def weighed(reason: Reason, world: World) -> str:
    """How a reason came to its weight: "60 × 1.25"; empty when it is the usual one."""
    base = world.process.weights.get(reason.reason, 0.0)
    ratio = reason.weight / base if base else 1.0
    return "" if round(ratio, 2) == 1 else f"{base:g} × {ratio:.2f}"


def score_rule(world: World) -> str:
    """How the weights of a row make its score."""
    limits = world.process.thresholds
    further, age = limits["further"], limits["age_bonus"]
    return (
        f"The loudest reason counts whole, each further one {further}%; age adds up to {age}%. "
        "A freeze that is near makes a weight grow; another SIG, or another's turn, makes it small."
    )
