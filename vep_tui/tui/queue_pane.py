"""The queue: a list drawn line by line, whose cursor stays on its row whatever changes around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from vep_tui.tui import queue_row
from vep_tui.tui.bindings import bindings
from vep_tui.tui.commands import Scope
from vep_tui.tui.cursor_list import CursorList
from vep_tui.tui.ink import Ink
from vep_tui.tui.look import USUAL, Look

if TYPE_CHECKING:
    from vep_tui.core.models import QueueRow


class QueuePane(CursorList):
    """Rows by number; only what is in sight is drawn (a DataTable took 36 times as long for 20,000 rows)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"queue--cursor", "queue--blurred", "queue--hover", "queue--row"}
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.MOVE),
        *bindings(Scope.QUEUE, prefix="screen."),
    ]

    two_lines: reactive[bool] = reactive(True, init=False)
    """Whether the reason has a line of its own."""
    look: reactive[Look] = reactive(USUAL, init=False)

    class Selected(Message):
        """The cursor is on another row."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Opened(Message):
        """The selected row was clicked again."""

    class NearEnd(Message):
        """The cursor comes near the last loaded row, or is to go to the very last one."""

        def __init__(self, *, to_last: bool = False) -> None:
            super().__init__()
            self.to_last = to_last

    def __init__(self, look: Look, now: Callable[[], datetime], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(QueuePane.look, look)
        self._now = now
        self._rows: list[QueueRow] = []
        self._at: dict[int, int] = {}
        self._drawn: LRUCache[tuple[object, ...], tuple[list[Segment], ...]] = LRUCache(160)
        self._ink: Ink | None = None
        self.marked: frozenset[int] = frozenset()
        """Numbers of the rows that are marked; those out of sight keep their mark, but nothing is done to them."""
        self.begin_at: int | None = None
        """The line with which the session before ended: scrolled to as soon as there is a size."""
        self.empty = Content("")
        """What stands here when there are no rows."""

    # ---------------------------------------------------------------- rows

    @property
    def count(self) -> int:
        """Rows that are loaded."""
        return len(self._rows)

    @property
    def height_of_row(self) -> int:
        """Lines per row."""
        return 2 if self.two_lines else 1

    @property
    def number(self) -> int | None:
        """Number of the selected row."""
        return self.row.number if self.row else None

    @property
    def row(self) -> QueueRow | None:
        """The selected row."""
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    @property
    def rows(self) -> Sequence[QueueRow]:
        """Everything loaded."""
        return self._rows

    def set_rows(self, rows: Iterable[QueueRow], *, select: int | None = None, reveal: bool = False) -> None:
        """Replace the rows; the cursor stays on its number and the row on its line of the screen.

        A row that is gone hands the cursor to its neighbour. `select` moves it on purpose, `reveal` brings it in sight.
        """
        seen = reveal or self.in_sight
        before = self.number
        wanted = before if select is None else select
        offset = self.cursor * self.height_of_row - round(self.scroll_offset.y)
        self._rows = list(rows)
        self._at = {row.number: n for n, row in enumerate(self._rows)}
        at = self.validate_cursor(self._at.get(wanted, self.cursor) if wanted is not None else 0)
        self.measure()
        self.set_reactive(CursorList.cursor, at)
        if before is not None and self._rows:
            self.scroll_to(y=max(0, at * self.height_of_row - offset), animate=False, immediate=True, force=True)
        if seen or self.number != before:
            self.reveal()
        self.refresh()
        if self.number is not None and self.number != before:
            self.post_message(self.Selected(self.number))

    def add_rows(self, rows: Iterable[QueueRow]) -> None:
        """Further rows behind those that are there; nothing else moves."""
        for row in rows:
            if row.number not in self._at:
                self._at[row.number] = len(self._rows)
                self._rows.append(row)
        self.measure()
        self.refresh()

    def select(self, number: int) -> bool:
        """Put the cursor on a row; False when it is not here."""
        at = self._at.get(number)
        if at is not None:
            self.cursor = at
        return at is not None

    def selected_numbers(self) -> tuple[int, ...]:
        """The marked rows in their order, else the one under the cursor."""
        marked = tuple(row.number for row in self._rows if row.number in self.marked)
        return marked or (() if self.number is None else (self.number,))

    @property
    def marked_here(self) -> int:
        """How many of the loaded rows are marked."""
        return len(self.marked & self._at.keys())

    def mark(self) -> None:
        """Mark the row under the cursor, or unmark it, and go on to the next one."""
        if self.number is not None:
            self.marked ^= {self.number}
            self.redraw(self.cursor)
            self.cursor += 1

    def mark_all(self) -> None:
        """Mark every row, or none when all are marked."""
        self.marked = frozenset() if self.marked >= self._at.keys() else frozenset(self._at)
        self.refresh()

    def unmark(self, numbers: Iterable[int] | None = None) -> None:
        """Mark these rows no more; None: no row."""
        self.marked = self.marked - frozenset(self.marked if numbers is None else numbers)
        self.refresh()

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
        marked = row.number in self.marked
        minute = now.replace(second=0, microsecond=0)
        key = (row, width, state, marked, self.height_of_row, self.look, self.app.theme, minute)
        drawn = self._drawn.get(key)
        if drawn is None:
            style = self.get_visual_style(state)
            lines = queue_row.paint(
                row, width, now, self.look, two_lines=self.two_lines, selected=at == self.cursor, marked=marked
            )
            if state == "queue--cursor" and self.app.native_ansi_color:
                # With 16 colours any of them as a ground would hide text of some other: reverse video, and no colours.
                style, lines = style + Style(reverse=True), tuple(Content(line.plain) for line in lines)
            drawn = tuple(self._segments(line.truncate(width), width, style) for line in lines)
            self._drawn[key] = drawn
        return Strip(drawn[part], width)

    def _segments(self, line: Content, width: int, style: Style) -> list[Segment]:
        """A line without wrapping and aligning, which take most of a frame; a `Strip` would keep its pieces, too."""
        if self._ink is None:
            self._ink = Ink(self.app.theme_variables, style)
        parts = line.render(style, end="", parse_style=self._ink)
        segments = [Segment(text, look.rich_style) for text, look in parts]
        return Segment.adjust_line_length(segments, width, style.rich_style)

    def _blank_line(self, y: int, width: int) -> Strip:
        style = self.visual_style
        if not self._rows and self.empty:
            lines = Content("\n").join([Content(""), self.empty]).wrap(max(width - 4, 8))
            if y < len(lines):
                strips = Visual.to_strips(self, Content("  ") + lines[y], width, 1, style)
                return strips[0].adjust_cell_length(width, style.rich_style)
        return Strip.blank(width, style.rich_style)

    def notify_style_update(self) -> None:
        """Colours changed: draw everything anew."""
        super().notify_style_update()
        self._drawn.clear()
        self._ink = None

    def watch_two_lines(self) -> None:
        """The rows have another height: keep the cursor in sight."""
        self.measure()
        self.reveal()
        self.refresh()

    # ---------------------------------------------------------------- what the cursor does

    def moved(self) -> None:
        """Tell who listens that another row is selected, and when more rows are wanted."""
        if self.number is not None:
            self.post_message(self.Selected(self.number))
        if self.cursor >= len(self._rows) - 50:
            self.post_message(self.NearEnd())

    def action_last(self) -> None:
        """To the last row, once all of them are loaded."""
        super().action_last()
        self.post_message(self.NearEnd(to_last=True))

    def opened(self) -> None:
        """Tell who listens that the row was clicked once more."""
        self.post_message(self.Opened())

    def on_resize(self) -> None:
        """Begin where the session before ended."""
        if self.begin_at is not None:
            self.measure()
            self.scroll_to(y=self.begin_at, animate=False, immediate=True, force=True)
            self.begin_at = None
