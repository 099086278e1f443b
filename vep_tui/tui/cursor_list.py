"""A list of rows of one height with a cursor, moved by keys and mouse; it knows neither the rows nor their looks."""

from __future__ import annotations

from textual import events
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView


class CursorList(ScrollView, can_focus=True):
    """Moves the cursor and keeps it in sight; subclasses say how many rows there are and draw them."""

    cursor: reactive[int] = reactive(0, init=False)
    """Index of the selected row."""
    hover: reactive[int] = reactive(-1, init=False)
    """Index of the row under the mouse, or -1."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def height_of_row(self) -> int:
        """Lines per row."""
        return 1

    def moved(self) -> None:
        """The cursor is on another row."""

    def opened(self) -> None:
        """The row under the cursor was clicked once more."""

    # ---------------------------------------------------------------- where things are

    def measure(self) -> None:
        """Tell the scrollbar how much there is."""
        self.virtual_size = Size(self.scrollable_content_region.width, self.count * self.height_of_row)

    def reveal(self) -> None:
        """Scroll no further than it takes to see the cursor."""
        region = Region(0, self.cursor * self.height_of_row, 1, self.height_of_row)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    @property
    def in_sight(self) -> bool:
        """Whether the cursor is seen, and was not left behind by the mouse wheel."""
        top, height = self.cursor * self.height_of_row - round(self.scroll_offset.y), self.size.height
        return not height or -self.height_of_row < top < height

    def redraw(self, at: int) -> None:
        """Draw one row anew."""
        top = at * self.height_of_row - round(self.scroll_offset.y)
        if -self.height_of_row < top < self.size.height:
            self.refresh(Region(0, max(top, 0), self.size.width, self.height_of_row))

    def validate_cursor(self, at: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(at, self.count - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw both rows and tell who listens."""
        self.redraw(before)
        self.redraw(after)
        self.reveal()
        self.moved()

    def watch_hover(self, before: int, after: int) -> None:
        """Draw both rows."""
        self.redraw(before)
        self.redraw(after)

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self.measure()
        self.reveal()

    # ---------------------------------------------------------------- the mouse

    def _under(self, y: int) -> int:
        at = (y + round(self.scroll_offset.y)) // self.height_of_row
        return at if at < self.count else -1

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
            self.opened()
        self.cursor = at

    # ---------------------------------------------------------------- the keys

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
        self.cursor = self.count - 1
