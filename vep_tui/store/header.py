"""The line above everything: where the release and the store stand; it computes no VEP."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from vep_tui.core.models import Delivery, Phase
from vep_tui.core.nodes import moment
from vep_tui.core.schedule import current_release, next_milestone, phase_of

if TYPE_CHECKING:
    from vep_tui.core.world import World
    from vep_tui.store.mirror import Mirror
    from vep_tui.store.outbox import Outbox
    from vep_tui.store.projection import Projection


class Header(NamedTuple):
    """Where we are."""

    release: str | None
    """The release at hand; None without a schedule."""
    phase: Phase
    next_name: str | None
    """The next freeze or GA: "Code Freeze"."""
    next_day: date | None
    synced_at: datetime | None
    waiting: int
    held: int
    in_doubt: int
    stale: tuple[str, ...]
    """What the last sync could not fetch, in words."""
    me: str | None
    my_sigs: tuple[str, ...]
    total: int
    """Rows of the queue."""
    board_missing: str = ""
    """Why the project board could not be read, in a sentence; empty when it could, or when none is configured."""
    few_points: tuple[int, datetime] | None = None
    """How many requests GitHub still allows, in its points, and until when; None when that is plenty."""


FEW = 1000
"""Points that are few: a fifth of what a person has in an hour."""


def read_header(mirror: Mirror, outbox: Outbox, projection: Projection, world: World) -> Header:
    """The header as of `world.now`."""
    release = current_release(world.releases, world.now)
    ahead = next_milestone(release, world.now)
    counts = outbox.counts()
    stale = mirror.meta("stale", [])
    return Header(
        release=release.version if release else None,
        phase=phase_of(release, world.now),
        next_name=ahead[0] if ahead else None,
        next_day=ahead[1] if ahead else None,
        synced_at=moment(mirror.meta("synced_at")),
        waiting=counts[Delivery.WAITING],
        held=counts[Delivery.HELD],
        in_doubt=counts[Delivery.SENDING],
        stale=tuple(str(word) for word in stale) if isinstance(stale, list) else (),
        me=world.me,
        my_sigs=world.my_sigs,
        total=projection.total(),
        board_missing=str(mirror.meta("board_missing", "")) if world.process.board.get("number") else "",
        few_points=_few_points(mirror, world.now),
    )


def _few_points(mirror: Mirror, now: datetime) -> tuple[int, datetime] | None:
    rate = mirror.meta("rate", {})
    left, full_at = rate.get("remaining"), moment(rate.get("reset_at"))
    return (left, full_at) if isinstance(left, int) and left < FEW and full_at is not None and full_at > now else None
