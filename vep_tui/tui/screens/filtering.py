"""Views, sort and filter of the queue: which rows are asked for; the rows themselves are read by the main screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from vep_tui.core.views import SORTS
from vep_tui.tui.layout import Format, Pane
from vep_tui.tui.screens.local import Local

if TYPE_CHECKING:
    from textual.events import DescendantFocus

    from vep_tui.tui.filter_line import FilterLine

PAGE = 100
"""Rows read at once: enough for a first frame, few enough to be read before it."""
_KEPT = 30
"""Filters that are remembered."""


class Filtering(Local):
    """A queue whose rows are chosen by view and filter."""

    limit = PAGE
    history: tuple[str, ...] = ()
    """Filters that were used, the newest last."""

    # ---------------------------------------------------------------- views and sort

    def action_view(self, at: int) -> None:
        """Show another view; the filter stays."""
        if 0 <= at < len(self.bench.views):
            self.view, self.limit = at, PAGE
            self.reload(leave=True)
            if self.shape is Format.NARROW:
                self.go_to(Pane.QUEUE)
        else:
            self.say(f"There are {len(self.bench.views)} views; config.toml may add more.")

    def action_calendar(self) -> None:
        """Show the calendar; a VEP that is chosen there is shown here."""
        from vep_tui.tui.screens.calendar import Calendar

        def chosen(number: int | None) -> None:
            if number is not None:
                self.show_number(number)

        self.app.push_screen(Calendar(self.bench), chosen)

    def show_number(self, number: int) -> None:
        """Go to a row, in the last view (which shows most) and without a filter if it is not in sight."""
        if not self.queue.select(number):
            self.filter, self.view, self.limit = "", len(self.bench.views) - 1, PAGE
            self.reload(select=number)
            if self.queue.number != number:
                self.say(f"{self.bench.name(number)} is not in the store: {self.key('sync')} syncs.", careful=True)
                return
        self.action_open()

    def action_sort(self) -> None:
        """Sort by the next column."""
        self._sort_by(SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)])

    def action_sort_by(self, order: str) -> None:
        """Sort by the column whose name was clicked; once more, and the usual order is back."""
        self._sort_by(SORTS[0] if order == self.sort else order)

    def _sort_by(self, order: str) -> None:
        self.sort = order
        self.reload(leave=True)
        self.say(f"Sorted by {self.sort}.")

    # ---------------------------------------------------------------- the filter line

    def action_filter(self) -> None:
        """Open the filter line."""
        if self.shape is Format.NARROW:
            self.go_to(Pane.QUEUE)
        self.views_bar.display = False
        self.filter_line.open(self.filter, self.known_words(), self.history)
        self.paint_bars()

    def known_words(self) -> Mapping[str, Sequence[str]]:
        """Values that completion may offer: people, SIGs and releases of the files, with what the rows have of them."""
        world, rows = self.bench.desk.world, self.queue.rows
        people = world.people
        logins = {who for _, members in people.sigs for who in members}
        logins |= {*people.approvers, *people.reviewers, *people.others}
        folded = {login.casefold() for login in logins}
        authors = {*logins, *(login for login in self.bench.desk.authors() if login not in folded)}
        sigs = {sig for sig, _ in people.sigs} | {row.owning_sig for row in rows if row.owning_sig}
        releases = {r.version for r in world.releases} | {row.release for row in rows if row.release}
        newest = sorted(releases, key=lambda version: [int(n) for n in version.split(".") if n.isdigit()], reverse=True)
        labels = {word for word in self.bench.process.labels.values() if word and not word.endswith("/")}
        labels |= {f"sig/{sig}" for sig in sigs}
        return {
            "author": sorted(authors, key=str.casefold),
            "reviewer": sorted(logins, key=str.casefold),
            "sig": sorted(sigs),
            "release": newest,
            "label": sorted(labels),
        }

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Show what fits as it is typed."""
        line = self.filter_line
        if line.display and event.text == line.text:  # what comes late is no longer wanted
            self.set_filter(event.text)

    def set_filter(self, text: str) -> None:
        """Show the rows that fit."""
        self.filter, self.limit = text, PAGE
        self.reload(leave=True)

    def action_accept_word(self, number: int) -> None:
        """Take an offered word."""
        self.filter_line.accept(number)

    def action_recall_filter(self, step: int) -> None:
        """Take an earlier or later filter."""
        self.filter_line.recall(step)

    def action_close_filter(self) -> None:
        """Keep the filter and give the keys back to the queue."""
        self._keep_filter()
        self.go_to(Pane.QUEUE)

    def on_descendant_focus(self, event: DescendantFocus) -> None:  # noqa: ARG002
        """Who goes elsewhere keeps the filter; Textual calls this beside what other classes do then."""
        if not self.furnished or not self.filter_line.display or self.focused is None:
            return
        if self.filter_line not in self.focused.ancestors:
            self._keep_filter()
            self.paint_bars()

    def _keep_filter(self) -> None:
        line = self.filter_line
        if line.text != self.filter:
            self.set_filter(line.text)
        self.filter = self.filter.strip()
        if self.filter:
            self.history = (*(text for text in self.history if text != self.filter), self.filter)[-_KEPT:]
        if line.wrong is not None:
            self.say(f"A word of the filter is left out. {line.wrong.message}", careful=True)
        line.close()
        self.views_bar.display = True

    def action_escape(self) -> None:
        """Close the filter line, end the zoom, leave the pane, unmark rows or clear the filter: the first that fits."""
        if self.filter_line.display:
            self.filter_line.empty()
            self.action_close_filter()
        elif self.zoomed and self.shape is not Format.NARROW:
            self.action_zoom()
        elif self.focus_pane is not Pane.QUEUE:
            self.go_to(Pane.QUEUE)
        elif self.queue.marked_here:
            self.queue.unmark()
            self.paint_bars()
        elif self.filter:
            self.set_filter("")
