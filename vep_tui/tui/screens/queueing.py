"""Rows, counts and what stands in their place: reads the desk for the queue pane; it knows no detail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from vep_tui.core.filter import parse, word_at
from vep_tui.core.query import FilterError
from vep_tui.core.text import clean
from vep_tui.core.views import BUILT_IN, View
from vep_tui.tui.commands import NUMBERED
from vep_tui.tui.queue_pane import QueuePane
from vep_tui.tui.screens.filtering import PAGE
from vep_tui.tui.screens.session import Session

if TYPE_CHECKING:
    from vep_tui.core.models import QueueRow
    from vep_tui.store.desk import QueuePage
    from vep_tui.tui.detail_pane import Subject


_NAMED = 60
"""Letters of a filter that are repeated where it chooses nothing."""
_FAR = 300
"""Rows read at most to reach one that the cursor is to be on."""


class Queueing(Session):
    """A main screen that fills its queue."""

    lingering: int | None = None
    """The row that is shown only because the cursor is on it."""
    asked: str = ""
    """What the rows on the screen were asked for with, in the filter language."""

    def show_subject(self, subject: Subject | None) -> None:
        """Hand the panes what they show."""
        raise NotImplementedError

    def reload(self, *, select: int | None = None, leave: bool = False) -> None:
        """Read header, counts and rows anew; cursor and scroll stay on what they are on.

        `select` moves the cursor. A row that does not fit any more, or is not among the first any more, stays as long
        as the cursor is on it: the next key must not meet another one. `leave` lets it go, and its neighbour has the
        cursor.
        """
        self.header = self.bench.desk.header()
        view = self.bench.views[self.view]
        wanted = self._readable()
        self.asked = _both(view.query, wanted)
        try:
            page = self._page(select)
        except FilterError as wrong:
            self._show_broken_view(view, wrong)
            return
        self.total = page.total
        self.counts = [
            page.total if v is view and not wanted.strip() else self._count(v.query) for v in self.bench.views
        ]
        self.elsewhere = self._elsewhere(wanted)
        self.queue.empty = self._empty_words()
        number = self.queue.number if select is None else select
        rows, kept = page.rows, None if leave else self._left_out(page.rows, number)
        self.lingering = kept.number if kept else None
        if kept is not None:
            rows = (*rows[: self.queue.cursor], kept, *rows[self.queue.cursor :])
        self.queue.set_rows(rows, select=select, reveal=leave)
        self.paint_bars()
        if not rows:
            self.show_subject(None)

    def _page(self, select: int | None) -> QueuePage:
        """The first rows, and where the cursor is to be on one behind them, those up to it."""
        page = self.bench.desk.page(self.asked, sort=self.sort, limit=self.limit)
        if select is not None and page.total > len(page.rows) and all(row.number != select for row in page.rows):
            self.limit = min(page.total, _FAR)
            page = self.bench.desk.page(self.asked, sort=self.sort, limit=self.limit)
        return page

    def _left_out(self, rows: Sequence[QueueRow], number: int | None) -> QueueRow | None:
        """The row of this number when it is not among these."""
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

    def _count(self, query: str) -> int | None:
        try:
            return self.bench.desk.page(query, limit=0).total
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
                return Content(
                    f"Nothing has been fetched yet. {clean(self.tracks.hindrance)} {self.key('sync')}: sync now."
                )
            where = clean(self.tracks.progress)
            return Content(f"The first sync is running: {where}" if where else "The first sync starts in a moment.")
        if not self.header.total:
            way = f"{self.key('full-sync')}: fetch everything anew."
            return Content(f"The last sync found no {self.bench.process.proposal}. {way}")
        if self.filter:
            way = f"{self.key('escape')} clears the filter."
            wanted = clean(self.filter)
            if len(wanted) > _NAMED:  # the way out is to be seen behind it
                wanted = wanted[:_NAMED].rstrip() + self.bench.glyphs.ellipsis
            either = " Written OR, it means either." if " or " in f" {self.filter} " else ""
            return Content(f"No row matches {quoted(wanted)}.{either}{self.elsewhere} {way}")
        view, last = self.bench.views[self.view], len(self.bench.views)
        what = "Nothing needs you." if view.query == BUILT_IN[0].query else f"Nothing in {quoted(clean(view.label))}."
        if self.view == last - 1:
            return Content(what)
        count = f" ({self.counts[-1]})" if self.counts[-1] is not None else ""
        return Content(f"{what} {self._last_view()}{count}.")

    def _last_view(self) -> str:
        """The last view with the key that shows it, where it has one."""
        last, label = len(self.bench.views), clean(self.bench.views[-1].label).lower()
        return f"{self.key(f'view-{last}')}: {label}" if last <= NUMBERED else label

    def _elsewhere(self, wanted: str) -> str:
        """Where the filter does choose rows when it chooses none here: one key away, in the last view."""
        last = self.bench.views[-1]
        if self.total or self.view == len(self.bench.views) - 1 or not wanted.strip():
            return ""
        count = self._count(_both(last.query, wanted))
        return f" {self._last_view()} ({count})." if count else ""

    def on_queue_pane_near_end(self, event: QueuePane.NearEnd) -> None:
        """Read on where the loaded rows end; what is there already is not read again."""
        loaded = len(self.queue.rows) - (self.lingering is not None)
        if loaded >= self.total:
            return
        limit = self.total - loaded if event.to_last else PAGE
        page = self.bench.desk.page(self.asked, sort=self.sort, offset=loaded, limit=limit)
        self.limit = max(self.limit, loaded + limit)
        if page.total != self.total:
            self.reload()
        else:
            self.queue.add_rows(page.rows)
        if event.to_last:
            self.queue.cursor = self.queue.count - 1


def _both(view: str, typed: str) -> str:
    """The rows of a view that also fit a filter; parentheses, because either may hold an OR."""
    return f"({view}) ({typed})" if view.strip() and typed.strip() else view or typed
