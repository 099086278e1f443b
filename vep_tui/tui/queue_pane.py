"""The queue: a list drawn line by line, whose cursor stays on its row whatever changes around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from vep_tui.core.models import QueueRow
from vep_tui.tui import queue_row
from vep_tui.tui.bindings import bindings
from vep_tui.tui.commands import Scope
from vep_tui.tui.glyphs import Glyphs


class QueuePane(ScrollView, can_focus=True):
    """Rows by number; only what is in sight is drawn (a DataTable took 36 times as long for 20,000 rows)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"queue--cursor", "queue--blurred", "queue--hover", "queue--row"}
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.MOVE),
        *bindings(Scope.QUEUE, prefix="screen."),
    ]

    cursor: reactive[int] = reactive(0, init=False)
    """Index of the selected row."""
    hover: reactive[int] = reactive(-1, init=False)
    """Index of the row under the mouse, or -1."""
    two_lines: reactive[bool] = reactive(True, init=False)
    """Whether the reason has a line of its own."""

    @dataclass
    class Selected(Message):
        """The cursor is on another row."""

        number: int

    class Opened(Message):
        """The selected row was clicked again."""

    class NearEnd(Message):
        """The cursor comes near the last loaded row."""

    def __init__(self, glyphs: Glyphs, now: Callable[[], datetime], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._now = now
        self._rows: tuple[QueueRow, ...] = ()
        self._at: dict[int, int] = {}
        self._drawn: LRUCache[tuple[object, ...], tuple[Strip, ...]] = LRUCache(512)
        self.empty = Content("")
        """What stands here when there are no rows."""

    # ---------------------------------------------------------------- rows

    @property
    def height_of_row(self) -> int:
        """Lines per row."""
        return 2 if self.two_lines else 1

    @property
    def number(self) -> int | None:
        """Number of the selected row."""
        return self._rows[self.cursor].number if 0 <= self.cursor < len(self._rows) else None

    @property
    def row(self) -> QueueRow | None:
        """The selected row."""
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        """Everything loaded."""
        return self._rows

    def set_rows(self, rows: Iterable[QueueRow], *, select: int | None = None) -> None:
        """Replace the rows; the cursor stays on its number and the row on its line of the screen.

        A row that is gone hands the cursor to its neighbour. `select` moves the cursor on purpose.
        """
        wanted = select if select is not None else self.number
        before = self.number
        offset = self.cursor * self.height_of_row - round(self.scroll_offset.y)
        self._rows = tuple(rows)
        self._at = {row.number: n for n, row in enumerate(self._rows)}
        at = self._at.get(wanted, self.cursor) if wanted is not None else 0
        at = max(0, min(at, len(self._rows) - 1))
        self._measure()
        self.set_reactive(QueuePane.cursor, at)
        if before is not None and self._rows:
            self.scroll_to(y=max(0, at * self.height_of_row - offset), animate=False, immediate=True, force=True)
        self._reveal()
        self.refresh()
        if self.number is not None and self.number != before:
            self.post_message(self.Selected(self.number))

    def select(self, number: int) -> bool:
        """Put the cursor on a row; False when it is not here."""
        at = self._at.get(number)
        if at is not None:
            self.cursor = at
        return at is not None

    def _measure(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(self._rows) * self.height_of_row)

    # ---------------------------------------------------------------- drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        at, part = divmod(y + round(self.scroll_offset.y), self.height_of_row)
        if at >= len(self._rows):
            return self._blank_line(y, width)
        state = "queue--row"
        if at == self.cursor:
            state = "queue--cursor" if self.has_focus else "queue--blurred"
        elif at == self.hover:
            state = "queue--hover"
        row, now = self._rows[at], self._now()
        key = (row, width, state, self.height_of_row, self.app.theme, now.replace(second=0, microsecond=0))
        strips = self._drawn.get(key)
        if strips is None:
            style = self.get_visual_style(state)
            selected = at == self.cursor
            lines = queue_row.paint(row, width, now, self._glyphs, two_lines=self.two_lines, selected=selected)
            strips = tuple(
                strip.adjust_cell_length(width, style.rich_style)
                for line in lines
                for strip in Visual.to_strips(self, line.truncate(width), width, 1, style)
            )
            self._drawn[key] = strips
        return strips[part]

    def _blank_line(self, y: int, width: int) -> Strip:
        style = self.visual_style
        if not self._rows and self.empty:
            lines = Content("\n").join([Content(""), self.empty]).wrap(max(width - 4, 8))
            if y < len(lines):
                strips = Visual.to_strips(self, Content("  ") + lines[y], width, 1, style)
                return strips[0].adjust_cell_length(width, style.rich_style)
        return Strip.blank(width, style.rich_style)

    def _redraw(self, at: int) -> None:
        top = at * self.height_of_row - round(self.scroll_offset.y)
        if -self.height_of_row < top < self.size.height:
            self.refresh(Region(0, max(top, 0), self.size.width, self.height_of_row))

    def notify_style_update(self) -> None:
        """Colours changed: draw everything anew."""
        super().notify_style_update()
        self._drawn.clear()

    # ---------------------------------------------------------------- the cursor

    def validate_cursor(self, at: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(at, len(self._rows) - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw both rows and tell who listens."""
        self._redraw(before)
        self._redraw(after)
        self._reveal()
        if self.number is not None:
            self.post_message(self.Selected(self.number))
        if after >= len(self._rows) - 50:
            self.post_message(self.NearEnd())

    def watch_hover(self, before: int, after: int) -> None:
        """Draw both rows."""
        self._redraw(before)
        self._redraw(after)

    def watch_two_lines(self) -> None:
        """The rows have another height: keep the cursor in sight."""
        self._measure()
        self._reveal()
        self.refresh()

    def _reveal(self) -> None:
        region = Region(0, self.cursor * self.height_of_row, 1, self.height_of_row)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._measure()
        self._reveal()

    def _under(self, y: int) -> int:
        at = (y + round(self.scroll_offset.y)) // self.height_of_row
        return at if at < len(self._rows) else -1

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse."""
        self.hover = self._under(event.y)

    def on_leave(self) -> None:
        """The mouse is gone."""
        self.hover = -1

    def on_click(self, event: events.Click) -> None:
        """Select a row; open the one that is selected already."""
        at = self._under(event.y)
        if at < 0:
            return
        if at == self.cursor:
            self.post_message(self.Opened())
        self.cursor = at

    def action_down(self) -> None:
        """One row down."""
        self.cursor += 1

    def action_up(self) -> None:
        """One row up."""
        self.cursor -= 1

    def action_page_down(self) -> None:
        """One page down."""
        self.cursor += max(1, self.size.height // self.height_of_row - 1)

    def action_page_up(self) -> None:
        """One page up."""
        self.cursor -= max(1, self.size.height // self.height_of_row - 1)

    def action_first(self) -> None:
        """To the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """To the last row."""
        self.cursor = len(self._rows) - 1
