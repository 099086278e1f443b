"""The standing circumstances every judgement is made in: process, people, calendar, clock and viewer; it judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vep_tui.core.models import People, Release
from vep_tui.core.process import Process


@dataclass(frozen=True, slots=True)
class World:
    """What is the same for every VEP at one moment."""

    process: Process
    people: People
    releases: tuple[Release, ...]
    """Every known release; overrides of config are already in them."""
    now: datetime
    """Timezone-aware."""
    me: str | None
    """Login of the viewer, or None when nobody is known."""
    my_sigs: tuple[str, ...]
