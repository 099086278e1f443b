"""What one session leaves to the next: view, filter, row, pane, scroll and shares; it keeps them nowhere itself."""

from __future__ import annotations

from typing import Any

from vep_tui.core.views import SORTS
from vep_tui.tui import layout
from vep_tui.tui.layout import Pane
from vep_tui.tui.screens.noticing import Noticing


class Session(Noticing):
    """A main screen that begins where it ended."""

    begin_in = Pane.QUEUE
    """The pane that had the keys when the session before ended."""
    begin_with = ""
    """The item of the checklist that was selected then."""
    begin_at: tuple[int, str, int] | None = None
    """Number, tab and line of the detail with which the session before ended."""

    def restore(self, state: dict[str, Any]) -> int | None:
        """Take up what was kept; anything odd in it is ignored. Returns the row that was selected."""
        view, sort, text, tab = (state.get(k) for k in ("view", "sort", "filter", "tab"))
        names = [v.name for v in self.bench.views]
        self.view = names.index(view) if view in names else 0
        self.sort = sort if sort in SORTS else SORTS[0]
        self.filter = text if isinstance(text, str) else ""
        self.tab = tab if tab in layout.TABS else "overview"
        self.shares = layout.sound_shares(state.get("shares"))
        self.zoomed = state.get("zoomed") is True
        pane, item = state.get("pane"), state.get("item")
        self.begin_in = Pane(pane) if pane in list(Pane) else Pane.QUEUE
        self.begin_with = item if isinstance(item, str) else ""
        top, at = state.get("queue_top"), state.get("detail_at")
        self.queue.begin_at = top if isinstance(top, int) else None
        if isinstance(at, list) and len(at) == 3:
            self.begin_at = (at[0], at[1], at[2]) if isinstance(at[2], int) else None
        used = state.get("filters")
        self.history = tuple(text for text in used if isinstance(text, str)) if isinstance(used, list) else ()
        selected = state.get("selected")
        return selected if isinstance(selected, int) else None

    def state(self) -> dict[str, Any]:
        """What the next session takes up again."""
        return {
            "view": self.bench.views[self.view].name,
            "sort": self.sort,
            "filter": self.filter,
            "filters": list(self.history),
            "tab": self.tab,
            "selected": self.queue.number,
            "queue_top": round(self.queue.scroll_offset.y),
            "detail_at": [*self.detail.place, round(self.detail.scroll_offset.y)],
            "shares": self.shares,
            "zoomed": self.zoomed,
            "pane": self.focus_pane.value,
            "item": self.checklist.item.key if self.checklist.item else "",
        }
