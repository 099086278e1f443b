"""How the user arranges the screen: shares by keys and mouse, zoom, and jumping by letters; it shows nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vep_tui.tui import layout
from vep_tui.tui.bars import Bar
from vep_tui.tui.layout import Format, Pane
from vep_tui.tui.screens.panes import Panes

if TYPE_CHECKING:
    from vep_tui.tui.handle import Handle

_STEP = 4
"""Percent by which a key moves a line."""
_TITLES = {"queue-title": Pane.QUEUE, "detail-title": Pane.DETAIL, "checklist-title": Pane.CHECKLIST}


class Arranging(Panes):
    """Panes that can be resized, zoomed and jumped to."""

    def action_zoom(self) -> None:
        """The focused pane alone, or all of them; where one is seen at a time there is nothing to choose."""
        if self.shape is Format.NARROW:
            return
        self.zoomed = not self.zoomed
        self.lay_out()

    def action_queue_smaller(self) -> None:
        """Less room for the queue."""
        self._give_queue(self.shares[self._axis] - _STEP)

    def action_queue_larger(self) -> None:
        """More room for the queue."""
        self._give_queue(self.shares[self._axis] + _STEP)

    def action_checklist_smaller(self) -> None:
        """Less room for the checklist."""
        self._give_checklist(self._checklist_percent() - _STEP)

    def action_checklist_larger(self) -> None:
        """More room for the checklist."""
        self._give_checklist(self._checklist_percent() + _STEP)

    def action_usual_panes(self) -> None:
        """All panes, each with its usual share, whatever was moved before."""
        self.shares, self.zoomed = dict(layout.SHARES), False
        self.lay_out()

    @property
    def _axis(self) -> str:
        return "medium" if self.shape is Format.MEDIUM else "wide"

    def _checklist_percent(self) -> int:
        own = self.shares["checklist"]
        return own or round(100 * self.checklist.outer_size.height / max(1, self.right.size.height))

    def _give_queue(self, percent: int) -> None:
        if self.shape is not Format.NARROW:
            self.shares[self._axis] = max(layout.LEAST, min(percent, layout.MOST))
            self.lay_out()

    def _give_checklist(self, percent: int) -> None:
        if self.shape is Format.WIDE:
            self.shares["checklist"] = max(layout.LEAST, min(percent, layout.MOST))
            self.lay_out()

    def on_handle_dragged(self, event: Handle.Dragged) -> None:
        """Move the line to where the mouse is."""
        event.stop()
        body, right = self.body.region, self.right.region
        if event.handle.id == "divider":
            self._give_queue(round(100 * (event.x - body.x) / max(1, body.width)))
        elif event.handle.id == "detail-title" and self.shape is Format.MEDIUM:
            self._give_queue(round(100 * (event.y - body.y) / max(1, body.height)))
        elif event.handle.id == "checklist-title":
            self._give_checklist(round(100 * (right.bottom - event.y - 1) / max(1, right.height)))

    # ---------------------------------------------------------------- jumping

    def action_go(self, pane: str) -> None:
        """Move the focus to the pane of this name."""
        self.go_to(Pane(pane))

    def action_go_to(self) -> None:
        """Show what may follow the key; the second one goes there."""
        from vep_tui.tui.screens.go_to import GoTo

        self.app.push_screen(GoTo(self))

    def action_jump(self) -> None:
        """Put letters on what can be jumped to."""
        from vep_tui.tui.screens.jump import Jump

        def chosen(action: str | None) -> None:
            if action:
                self.call_later(self.run_action, action)

        self.app.push_screen(Jump(self.places_to_jump()), chosen)

    def places_to_jump(self) -> tuple[tuple[int, int, str], ...]:
        """Column, line and action of every title and of everything in the lines above that a click acts on."""
        found = []
        for bar in self.query(Bar):
            if not bar.region or bar.id == "status":
                continue
            if bar.id in _TITLES:
                found.append((bar.region.x, bar.region.y, f"go('{_TITLES[bar.id]}')"))
            for cell, action in bar.buttons():
                found.append((bar.region.x + cell, bar.region.y, action))
        return tuple(found)
