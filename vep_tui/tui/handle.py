"""Lines between panes that the mouse can take hold of: they say where they were dragged to and move nothing."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message

from vep_tui.tui.bars import Bar


class Handle(Bar):
    """A line with words in it that can be dragged."""

    @dataclass
    class Dragged(Message):
        """The line was dragged to a cell of the screen."""

        handle: Handle
        x: int
        y: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._held = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold."""
        self._held = True
        self.capture_mouse()
        event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell where the mouse is while it holds the line."""
        if self._held:
            event.stop()
            self.post_message(self.Dragged(self, event.screen_x, event.screen_y))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        if self._held:
            self._held = False
            self.release_mouse()
            event.stop()


class Divider(Handle):
    """The upright line between queue and detail."""

    DEFAULT_CSS = "Divider { width: 1; height: 1fr; }"

    def render(self) -> Content:
        """A line from top to bottom."""
        return Content("\n").join([self._paint(1)] * max(1, self.size.height))
