"""The main screen: reads the desk, fills the panes and follows what the engine reports."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import MountError

from vep_tui.core.text import clean
from vep_tui.tui.bindings import bindings
from vep_tui.tui.commands import Scope
from vep_tui.tui.ground import Ground
from vep_tui.tui.layout import Pane
from vep_tui.tui.screens.queueing import Queueing
from vep_tui.tui.tracks import SyncState

if TYPE_CHECKING:
    from vep_tui.core.models import QueueRow
    from vep_tui.tui.detail_pane import Subject


class Main(Ground, Queueing, Screen[None]):
    """Queue, detail and checklist at work."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.ANYWHERE)

    held_told: int = 0
    """How many entries were held when that was last said."""
    pending: Timer | None = None
    """Runs while the detail waits for the cursor to rest."""

    # ---------------------------------------------------------------- start

    def on_mount(self) -> None:
        """Take up the last session, read the first rows and paint: this is the first frame."""
        selected = self.restore(self.bench.desk.ui_state())
        self.reload(select=selected, leave=True)
        if self.queue.number != selected:
            self.begin_in = Pane.QUEUE  # what was read there is gone
        self.queue.focus()
        self.ready.set()

    async def furnish(self) -> None:
        """Put up the rest of the screen and show the selected row in it."""
        if not self.furnished:
            try:
                await super().furnish()
            except MountError:
                return  # the app is being left, and what was up is gone already
            self.detail.begin_at = self.begin_at
            self._readable()
            if self.begin_in is Pane.QUEUE:
                self.lay_out()
            else:
                self.go_to(self.begin_in)
            self.load_detail()
            self.checklist.choose_item(self.begin_with)

    # ---------------------------------------------------------------- the detail

    def on_queue_pane_selected(self) -> None:
        """Let the detail follow once the cursor rests."""
        if self.pending is not None:
            self.pending.stop()
        self.pending = self.set_timer(max(self.bench.debounce, 0.001), self.load_detail)
        self.paint_bars()

    def on_queue_pane_opened(self) -> None:
        """A row was clicked once more."""
        self.action_open()

    def catch_up(self) -> None:
        """Let the detail follow at once: the cursor may not rest yet, or its move may not have been heard of."""
        if self.pending is not None:
            self.pending.stop()
        if self.pending is not None or self.queue.number != (self.shown.number if self.shown else None):
            self.load_detail()

    def load_detail(self) -> None:
        """Show the selected row in detail and checklist."""
        self.pending = None
        if self.lingering not in (None, self.queue.number):
            self.reload(leave=True)
        if self.is_attached and self.furnished:
            self.show_subject(self._subject_of(self.queue.row) if self.queue.row else None)

    def _subject_of(self, row: QueueRow) -> Subject:
        from vep_tui.tui.detail_pane import Subject  # not before the first frame

        desk = self.bench.desk
        if row.kind == "vep":
            return Subject(row.number, desk.vep(row.number), None, self.seen_before(row.number))
        number = row.vep if row.vep is not None else desk.vep_of_pull(row.number)
        vep = desk.vep(number) if number is not None else None
        pull = desk.pull(row.number)
        from vep_tui.core.signoff import signs_of  # not before the first frame

        signs = signs_of(pull, desk.world, vep.other_sigs if vep else ()) if pull is not None else None
        return Subject(row.number, vep, pull, self.seen_before(row.number), signs)

    def show_subject(self, subject: Subject | None) -> None:
        """Hand the panes what they show."""
        if not self.furnished:
            return  # the rest of the screen comes with the selected row
        vep = subject.vep if subject else None
        other = subject is None or self.shown is None or subject.number != self.shown.number
        self.shown = subject
        self.drafting = subject is not None and bool(self.bench.desk.draft(f"comment:{subject.number}"))
        if other:
            self.begin_reading()
        document = self.bench.desk.document(vep.number) if vep else None
        self.detail.show_subject(subject, document, self.visible_tab)
        wishes = self.bench.desk.outbox_entries(vep.number) if vep else ()
        guessed = vep is not None and any(linked.candidate for linked in vep.pulls)
        checklist = vep.checklist if vep else None
        self.checklist.set_checklist(checklist, self.bench.scene(), wishes, guessed=guessed, other=other)
        self.paint_bars()

    # ---------------------------------------------------------------- the engine

    def heard(self, **news: str | datetime | None) -> None:
        """Something new about the sync: show it in the status line, and where rows are missing."""
        self.tracks = self.tracks._replace(**news)  # type: ignore[arg-type]
        if not self.queue.rows:
            self.queue.empty = self._empty_words()
            self.queue.refresh()
        self.paint_bars()

    def reread(self) -> None:
        """The store has changed: read it again without moving anything the eye is on."""
        self.reload()
        if self.pending is None:
            self.load_detail()

    def sync_ended(self, failed: str, held: int, *, asked: bool) -> None:
        """A sync is over: say what failed or is held, unless that is known already."""
        before, told = self.tracks, self.held_told
        self.held_told = held
        if failed:
            # Offline and limited are told before the end of a sync and outlast it.
            self.tracks = before._replace(progress="", failed=failed)
        elif asked:
            self.tracks = SyncState()
        self.reread()
        known = failed == before.failed or (before.offline and before.failed)
        in_place = not self.queue.rows and clean(failed) in self.queue.empty.plain
        if failed and not known and not in_place:
            self.say(failed, careful=True)
        if held > told:
            what = "1 entry is held" if held == 1 else f"{held} entries are held"
            self.say(f"{what}: {self.key('outbox')} says why.", careful=True)
