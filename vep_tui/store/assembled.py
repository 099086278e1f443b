"""VEPs as the desk shows them, kept while nothing changes; it writes nothing."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vep_tui.core.models import Tick, Vep
    from vep_tui.core.world import World
    from vep_tui.store.gathering import Gathering
    from vep_tui.store.mirror import Mirror
    from vep_tui.store.outbox import Outbox
    from vep_tui.store.projection import Projection

_KEPT = 8
"""VEPs kept: those the cursor has just been on."""


class Assembled:
    """The VEPs of one desk."""

    def __init__(self, mirror: Mirror, outbox: Outbox, projection: Projection) -> None:
        self._mirror, self._outbox, self._projection = mirror, outbox, projection
        self._at: tuple[Any, ...] = ()
        self._gathering: Gathering | None = None
        self._veps: OrderedDict[tuple[int, bool], Vep | None] = OrderedDict()

    def vep(self, number: int, world: World, *, overlaid: bool = True) -> Vep | None:
        """A VEP, with or without the wishes that wait; None when there is no such VEP here."""
        self._forget_what_changed(world)
        ticks = self._outbox.waiting(number) if overlaid else ()
        key = (number, bool(ticks))
        if key not in self._veps:
            self._veps[key] = self._assemble(number, world, ticks)
            while len(self._veps) > _KEPT:
                self._veps.popitem(last=False)
        self._veps.move_to_end(key)
        return self._veps[key]

    def still_hold(self, world: World) -> None:
        """What was just written concerns only the queue: everything kept here still holds."""
        self._at = self._stamp(world)

    def _assemble(self, number: int, world: World, ticks: tuple[Tick, ...]) -> Vep | None:
        # What understands foreign text is loaded when it is needed: not before the first frame.
        from vep_tui.store.gathering import Gathering

        gathering = self._gathering = self._gathering or Gathering(self._mirror, world)
        issue = gathering.issue(number)
        if issue is None:
            return None
        tracker = gathering.tracker(issue)
        if not gathering.is_vep(issue, tracker):
            return None
        decisions = self._outbox.local.decisions(number)
        refs = self._projection.links(number) if self._projection.has(number) else None
        return gathering.vep(issue, tracker, refs=refs, ticks=ticks, decisions=decisions)

    def _forget_what_changed(self, world: World) -> None:
        now = self._stamp(world)
        if now != self._at:
            if self._at[::2] != now[::2]:
                self._gathering = None
            self._veps.clear()
            self._at = now

    def _stamp(self, world: World) -> tuple[Any, ...]:
        """Changes with the mirror, the outbox and the world."""
        return (self._mirror.database.version(), self._outbox.database.version(), world)
