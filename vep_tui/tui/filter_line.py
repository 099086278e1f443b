"""The line where a filter is typed, with the error under the word it is about; it filters nothing itself."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from vep_tui.core.query import FilterError
from vep_tui.core.text import clean
from vep_tui.tui.bars import Bar
from vep_tui.tui.glyphs import BAD


class FilterLine(Vertical):
    """Hidden until it is opened; tells of every change as it is typed."""

    DEFAULT_CSS = "FilterLine { height: auto; } FilterLine Input { width: 1fr; }"

    @dataclass
    class Changed(Message):
        """The text is another one."""

        text: str

    class Closed(Message):
        """The user has finished typing."""

    def compose(self) -> ComposeResult:
        """The input and, below, room for an error."""
        yield Input(id="filter-input", placeholder="sig:compute  release:1.10  needs:lgtm  or words", compact=True)
        yield Bar(id="filter-note")

    def on_mount(self) -> None:
        """Nothing to see yet."""
        self.display = False
        self.query_one("#filter-note").display = False

    def open(self, text: str) -> None:
        """Show the line with this text and take the keys."""
        self.display = True
        box = self.query_one(Input)
        with self.prevent(Input.Changed):
            box.value = text
        box.cursor_position = len(text)
        box.focus()

    def close(self) -> None:
        """Hide the line."""
        self.display = False

    def set_error(self, wrong: FilterError | None, offset: int = 0) -> None:
        """Point at the wrong word; None when all is well. `offset`: what the error counts before our text."""
        note = self.query_one("#filter-note", Bar)
        note.display = wrong is not None
        if wrong is None:
            return
        start, length = max(0, wrong.start - offset), max(1, wrong.end - wrong.start)
        words = clean(wrong.message)

        def paint(width: int) -> Content:
            marks = " " * start + "^" * length
            room = width - len(marks) - 1
            # Where there is no room behind the marks, what is wrong matters more than where.
            return Content.styled(f"{marks} {words}" if room >= len(words) else words, BAD)

        note.set(paint)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Closed())
