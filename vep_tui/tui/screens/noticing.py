"""What is new since I last looked: marked until it was read for a moment, or until I say so; GitHub is told nothing."""

from __future__ import annotations

from datetime import datetime

from textual.events import DescendantFocus
from textual.timer import Timer

from vep_tui.store.errors import StoreError
from vep_tui.tui.layout import Pane
from vep_tui.tui.screens.filtering import Filtering


class Noticing(Filtering):
    """A main screen that knows what its user has seen."""

    _looked: tuple[int, datetime | None] | None = None
    """The row that is shown, and when it had been seen before: its news stay marked while it is shown."""
    _reading: Timer | None = None

    def seen_before(self, number: int) -> datetime | None:
        """When the row that is to be shown was seen before this visit."""
        if self._looked is None or self._looked[0] != number:
            self._looked = (number, self.bench.desk.seen_at(number))
        return self._looked[1]

    def on_descendant_focus(self, event: DescendantFocus) -> None:  # noqa: ARG002
        """Whoever comes to a pane may read there. Textual calls this beside what other classes do then."""
        self.begin_reading()

    def begin_reading(self) -> None:
        """Whoever stays in detail or checklist for a moment has seen it; passing by in the queue is not enough."""
        if self._reading is not None:
            self._reading.stop()
            self._reading = None
        if self.focus_pane is not Pane.QUEUE and self.shown is not None:
            self._reading = self.set_timer(self.bench.moment, self._has_read)

    def _has_read(self) -> None:
        self._reading = None
        if self.shown is None or self.focus_pane is Pane.QUEUE or self.app.screen is not self:
            return
        if self._mark_seen(self.shown.number):
            self.reload()

    def _mark_seen(self, *numbers: int) -> bool:
        try:
            for number in numbers:
                self.bench.desk.mark_seen(number)
        except StoreError as trouble:
            self.say(f"Not marked as seen: {trouble}", careful=True)
            return False
        return True

    def action_mark_seen(self) -> None:
        """What is there now is no news any more."""
        numbers = self.selected_numbers()
        if not numbers:
            self.say_no_row()
            return
        if not self._mark_seen(*numbers):
            return
        self._looked = None
        self.queue.unmark()
        if len(numbers) > 1:
            self.say(f"{len(numbers)} rows are marked as seen.")
        self.reload()
        self.load_detail()
