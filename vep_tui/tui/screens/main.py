"""The main screen: reads the desk, fills the panes and follows what the engine reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import MountError

from vep_tui.core.filter import parse, word_at
from vep_tui.core.query import FilterError
from vep_tui.core.text import clean
from vep_tui.core.views import BUILT_IN, View
from vep_tui.tui.bindings import bindings
from vep_tui.tui.commands import Scope
from vep_tui.tui.layout import Pane
from vep_tui.tui.queue_pane import QueuePane
from vep_tui.tui.screens.filtering import PAGE
from vep_tui.tui.screens.session import Session
from vep_tui.tui.tracks import SyncState

if TYPE_CHECKING:
    from vep_tui.core.models import QueueRow
    from vep_tui.tui.detail_pane import Subject


class Main(Session, Screen[None]):
    """Queue, detail and checklist at work."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.ANYWHERE)

    held_told: int = 0
    """How many entries were held when that was last said."""
    lingering: int | None = None
    """The row that is shown only because the cursor is on it."""
    pending: Timer | None = None
    """Runs while the detail waits for the cursor to rest."""

    # ---------------------------------------------------------------- start

    def on_mount(self) -> None:
        """Take up the last session, read the first rows and paint: this is the first frame."""
        selected = self.restore(self.bench.desk.ui_state())
        self.reload(select=selected)
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

    # ---------------------------------------------------------------- the queue

    def reload(self, *, select: int | None = None, leave: bool = False) -> None:
        """Read header, counts and rows anew; cursor and scroll stay on what they are on.

        A row that does not fit any more, or is not among the first any more, stays as long as the cursor is on it: the
        next key must not meet another one. `leave` lets it go, and its neighbour has the cursor.
        """
        self.header = self.bench.desk.header()
        view = self.bench.views[self.view]
        wanted = self._readable()
        try:
            page = self.bench.desk.page(_both(view.query, wanted), sort=self.sort, limit=self.limit)
        except FilterError as wrong:
            self._show_broken_view(view, wrong)
            return
        self.total = page.total
        self.counts = [page.total if v is view and not wanted.strip() else self._count(v) for v in self.bench.views]
        self.queue.empty = self._empty_words()
        rows, kept = page.rows, None if leave else self._left_out(page.rows)
        self.lingering = kept.number if kept else None
        if kept is not None:
            rows = (*rows[: self.queue.cursor], kept, *rows[self.queue.cursor :])
        self.queue.set_rows(rows, select=select)
        self.paint_bars()
        if not rows:
            self.show_subject(None)

    def _left_out(self, rows: Sequence[QueueRow]) -> QueueRow | None:
        """The row that has the cursor when it is not among these."""
        number = self.queue.number
        if number is None or any(row.number == number for row in rows):
            return None
        return self.bench.desk.row(number)

    def _readable(self) -> str:
        """The filter, without a word that is wrong or not finished: the others go on choosing while it is typed."""
        text, slip = self.filter, None
        for _ in range(3):
            try:
                parse(text)
                break
            except FilterError as wrong:
                slip = slip or wrong
                start, end = word_at(text, wrong.start)
                text = text[:start].rstrip("-") + " " * (end - start) + text[end:]
        else:
            text = ""
        if self.furnished:
            self.filter_line.set_error(slip)
        return text

    def _count(self, view: View) -> int | None:
        try:
            return self.bench.desk.page(view.query, limit=0).total
        except FilterError:
            return None

    def _show_broken_view(self, view: View, wrong: FilterError) -> None:
        """A view of config.toml that is no filter: say so in its place; the others work."""
        self.total = 0
        words = f"The view “{view.label}” cannot be shown: {wrong.message}. It is written in config.toml: {view.query}"
        self.queue.empty = Content(clean(words))
        self.queue.set_rows(())
        self.paint_bars()
        self.show_subject(None)

    def _empty_words(self) -> Content:
        """What to do when there are no rows."""
        quoted = self.bench.glyphs.quoted
        if self.header is None or self.header.synced_at is None:
            if not self.bench.signed_in:
                return Content("Nothing has been fetched yet, and there is no token to fetch with: see vep-tui doctor.")
            if self.tracks.hindrance:
                return Content(f"Nothing has been fetched yet. {clean(self.tracks.hindrance)} r: sync now.")
            return Content(f"The first sync is running. {clean(self.tracks.progress) or 'It starts in a moment.'}")
        if self.filter:
            return Content(f"No row matches {quoted(clean(self.filter))}. esc clears the filter.")
        view, last = self.bench.views[self.view], len(self.bench.views)
        what = "Nothing needs you." if view.query == BUILT_IN[0].query else f"Nothing in {quoted(clean(view.label))}."
        if self.view == last - 1:
            return Content(what)
        count = f" ({self.counts[-1]})" if self.counts[-1] is not None else ""
        return Content(f"{what} {last}: {clean(self.bench.views[-1].label).lower()}{count}.")

    def on_queue_pane_selected(self) -> None:
        """Let the detail follow once the cursor rests."""
        if self.pending is not None:
            self.pending.stop()
        self.pending = self.set_timer(max(self.bench.debounce, 0.001), self.load_detail)
        self.paint_bars()

    def on_queue_pane_near_end(self, event: QueuePane.NearEnd) -> None:
        """Read on where the loaded rows end; what is there already is not read again."""
        loaded = len(self.queue.rows) - (self.lingering is not None)
        if loaded >= self.total:
            return
        query = _both(self.bench.views[self.view].query, self.filter)
        limit = self.total - loaded if event.to_last else PAGE
        page = self.bench.desk.page(query, sort=self.sort, offset=loaded, limit=limit)
        self.limit = max(self.limit, loaded + limit)
        if page.total != self.total:
            self.reload()
        else:
            self.queue.add_rows(page.rows)
        if event.to_last:
            self.queue.cursor = self.queue.count - 1

    def on_queue_pane_opened(self) -> None:
        """A row was clicked once more."""
        self.action_open()

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
        other = subject is None or self.subject is None or subject.number != self.subject.number
        self.subject = subject
        self.drafting = subject is not None and bool(self.bench.desk.draft(f"comment:{subject.number}"))
        if other:
            self.begin_reading()
        document = self.bench.desk.document(vep.number) if vep else None
        self.detail.show_subject(subject, document, self.visible_tab)
        wishes = self.bench.desk.outbox_entries(vep.number) if vep else ()
        self.checklist.set_checklist(vep.checklist if vep else None, self.bench.scene(), wishes)
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
        if failed and failed != before.failed and not (before.offline and before.failed):
            self.say(failed, careful=True)
        if held > told:
            self.say(
                "1 entry is held: O says why." if held == 1 else f"{held} entries are held: O says why.", careful=True
            )


def _both(view: str, typed: str) -> str:
    """The rows of a view that also fit a filter; parentheses, because either may hold an OR."""
    return f"({view}) ({typed})" if view.strip() and typed.strip() else view or typed
