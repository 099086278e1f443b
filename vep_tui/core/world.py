"""Everything outside a VEP that its meaning depends on, as one value; it reads nothing by itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from vep_tui.core.models import People, Release
    from vep_tui.core.process import Process


class World(NamedTuple):
    """The process, the people, the calendar, the moment and the person looking."""

    process: Process
    people: People
    releases: tuple[Release, ...]
    """Every known release; overrides of the settings are already in them."""
    now: datetime
    """Always with a time zone."""
    me: str | None
    """Login of the person looking; None when nobody is known."""
    my_sigs: tuple[str, ...]
    """The SIGs that person speaks for, from the people or from the settings."""
    unfetched: frozenset[str] = frozenset()
    """Parts of GitHub (the words of `Part`) that were never fetched whole: what is missing there means nothing."""
