"""Taking back what was done last: ticks until they are sent, also those of the last session, and rows put away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vep_tui.core.models import Delivery, ItemState
from vep_tui.store.errors import StoreError
from vep_tui.tui.commands import command
from vep_tui.tui.screens.arranging import Arranging
from vep_tui.tui.voices import wish_for

if TYPE_CHECKING:
    from textual.timer import Timer

    from vep_tui.core.models import Tick
    from vep_tui.store.desk import OutboxEntry
    from vep_tui.tui.commands import Command


class Done(NamedTuple):
    """A tick that can still be taken back, and the wish that it replaced."""

    tick: Tick | OutboxEntry
    title: str
    before: OutboxEntry | None
    """One that was being sent was not replaced: it stays when the newer one goes."""


class PutAway(NamedTuple):
    """Rows that were put away together."""

    numbers: tuple[int, ...]


class Undoing(Arranging):
    """What was done, the last first to be taken back."""

    undoable: tuple[Done | PutAway, ...] = ()
    sending: Timer | None = None
    """Runs while ticks wait for a moment, so that they can be taken back."""

    def reload(self, *, select: int | None = None, leave: bool = False) -> None:
        """Read the desk anew."""
        raise NotImplementedError

    def load_detail(self) -> None:
        """Show the selected row anew."""
        raise NotImplementedError

    def _offered(self) -> list[Command]:
        """The last line begins with undo while a tick of this session waits."""
        waits = self.undoable and self.header is not None and self.header.waiting
        return [command("undo"), *super()._offered()] if waits else super()._offered()

    def can_be_undone(self, deed: Done | PutAway) -> None:
        """Remember what was done; of very much only the last."""
        self.undoable = (*self.undoable[-19:], deed)

    def after_wish(self, grace: float = 0.0) -> None:
        """Show what the desk holds now and ask for a sync, so many seconds after the last wish."""
        self.reload()
        self.load_detail()
        if self.sending is not None:
            self.sending.stop()
            self.sending = None
        if grace:
            self.sending = self.set_timer(grace, self.bench.wake)
        else:
            self.bench.wake()

    def action_undo(self) -> None:
        """Take back the last tick that has not been sent, or bring back the rows that were put away since."""
        deeds = self.undoable or self._left_waiting()
        if not deeds:
            self.say("There is nothing to take back.")
            return
        self.undoable = deeds[:-1]
        if isinstance(deeds[-1], PutAway):
            self._bring_back(deeds[-1].numbers)
        else:
            self._take_back(deeds[-1], {deed.tick.id for deed in deeds if isinstance(deed, Done)})

    def _left_waiting(self) -> tuple[Done, ...]:
        """The ticks of sessions before that wait still, oldest first."""
        process = self.bench.process
        ticks = [e for e in self.bench.desk.outbox_entries() if e.item and e.delivery is Delivery.WAITING]
        specs = [process.item(entry.item or "") for entry in ticks]
        return tuple(Done(e, spec.short if spec else str(e.item), None) for e, spec in zip(ticks, specs, strict=True))

    def _take_back(self, last: Done, mine: set[int]) -> None:
        """`mine` are the wishes that were made here: another vep-tui takes back its own."""
        tick, before = last.tick, last.before
        entry = wish_for(self.bench.desk.outbox_entries(tick.number), tick.item or "", tick.release)
        if entry is not None and entry.id not in mine:
            entry = None
        if entry is None or entry.delivery not in (Delivery.WAITING, Delivery.HELD):
            how = "waits no more" if entry is None else "is on its way already"
            words = f"“{last.title}” of {self.bench.name(tick.number)} {how}: {self.key('tick')} changes it again."
            self.say(words, careful=True)
            return
        try:
            if before is not None and before.state and before.delivery is not Delivery.SENDING:
                again = self.bench.desk.tick(
                    tick.number, tick.item or "", ItemState(before.state), before.note, tick.release
                )
                self.undoable = tuple(
                    deed._replace(tick=again) if isinstance(deed, Done) and deed.tick.id == before.id else deed
                    for deed in self.undoable
                )
            else:
                self.bench.desk.drop(entry.id)
        except StoreError as trouble:
            self.say(str(trouble), careful=True)
            return
        self.say(f"Taken back: “{last.title}” of {self.bench.name(tick.number)} is as it was.")
        self.after_wish(self.bench.grace)

    def _bring_back(self, numbers: tuple[int, ...]) -> None:
        try:
            for number in numbers:
                self.bench.desk.snooze(number, None)
        except StoreError as trouble:
            self.say(str(trouble), careful=True)
            return
        self.say(f"{self.names(numbers)} {'is' if len(numbers) == 1 else 'are'} back.")
        self.reload(select=numbers[0])
        self.load_detail()
