"""The line where a filter is typed: completion, errors under their word, history; it filters nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input
from textual.widgets.input import Selection

from vep_tui.core.completion import complete, word_at
from vep_tui.core.query import FilterError
from vep_tui.core.text import clean
from vep_tui.tui.bars import Bar, button
from vep_tui.tui.glyphs import ACCENT, BAD, DIM, EMPTY


class FilterInput(Input):
    """A text input whose enter, tab, up and down belong to the line around it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # No message: keys typed ahead wait for what a key does, not for messages about it.
        Binding("enter", "screen.close_filter", "Keep", show=False),
        Binding("tab", "screen.accept_word(0)", "Complete", show=False, priority=True),
        Binding("up", "screen.recall_filter(-1)", "Filter before", show=False),
        Binding("down", "screen.recall_filter(1)", "Next filter", show=False),
    ]


class FilterLine(Vertical):
    """Hidden until it is opened; tells of every change as it is typed."""

    DEFAULT_CSS = """
    FilterLine { height: auto; }
    FilterLine Horizontal { height: 1; }
    FilterLine Input { width: 1fr; }
    FilterLine #filter-prompt { width: 3; }
    FilterLine #filter-note { padding-left: 3; }
    """

    @dataclass
    class Changed(Message):
        """The text is another one."""

        text: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words: Mapping[str, Sequence[str]] = {}
        self._history: Sequence[str] = ()
        self._at = 0
        self._typed = ""
        self._offered: tuple[str, ...] = ()
        self.wrong: FilterError | None = None
        """What is wrong with the filter, if anything is."""
        self._box = FilterInput(
            id="filter-input",
            placeholder="sig:compute  release:1.10  needs:lgtm  or words",
            compact=True,
            select_on_focus=False,  # what was typed before the focus came would be selected, and typed over
        )
        self._prompt, self._note = Bar(id="filter-prompt"), Bar(id="filter-note")
        self.display = False

    def compose(self) -> ComposeResult:
        """The input and, below, what the word may become or what is wrong with it."""
        with Horizontal():
            yield self._prompt
            yield self._box
        yield self._note

    def on_mount(self) -> None:
        """What is offered follows the cursor."""
        self._prompt.set(lambda _width: Content.styled(" / ", f"bold {ACCENT}"))
        self.watch(self._box, "selection", self._offer, init=False)

    def open(self, text: str, words: Mapping[str, Sequence[str]], history: Sequence[str]) -> None:
        """Show the line with this text and take the keys; `words` are known values, `history` earlier filters."""
        self._words, self._history, self._at, self._typed = words, history, len(history), text
        self.display = True
        self._put(text)
        self._box.selection = Selection(0, len(text))  # the next letter begins another filter, an arrow mends this one
        self.screen.set_focus(self._box)  # at once: what is typed next is text
        self._offer()

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.query_one(Input).value

    def empty(self) -> None:
        """Take the text out; nobody is told."""
        self._put("")

    def close(self) -> None:
        """Hide the line."""
        self.display = False

    def _put(self, text: str, cursor: int | None = None) -> None:
        box = self._box
        with self.prevent(Input.Changed):
            box.value = text
        box.cursor_position = len(text) if cursor is None else cursor

    # ---------------------------------------------------------------- history and completion

    def recall(self, step: int) -> None:
        """Put an earlier (-1) or later (1) filter into the line; what was being typed comes after the last."""
        if self._at == len(self._history):
            self._typed = self._box.value
        at = max(0, min(self._at + step, len(self._history)))
        if at == self._at:
            return
        self._at = at
        text = self._history[at] if at < len(self._history) else self._typed
        self._put(text)
        self.post_message(self.Changed(text))

    def accept(self, number: int) -> None:
        """Put an offered word in place of the one that is being typed."""
        if number >= len(self._offered):
            return
        box, word = self._box, self._offered[number]
        start, end = word_at(box.value, box.cursor_position)
        rest = box.value[end:]
        # A field waits for its value; a whole condition for the next one.
        word += "" if word.endswith(":") or rest.startswith(" ") else " "
        self._put(box.value[:start] + word + rest, start + len(word))
        box.focus()
        self.post_message(self.Changed(box.value))

    def set_error(self, wrong: FilterError | None) -> None:
        """Point at the wrong word; None when all is well."""
        self.wrong = wrong
        self._offer()

    def _offer(self) -> None:
        """Show what the word may become; when nothing fits, or the error is elsewhere, the error."""
        box = self._box
        start, end = word_at(box.value, box.cursor_position)
        offered = complete(box.value, box.cursor_position, self._words)
        self._offered = tuple(word for word in offered if word != box.value[start:end])
        wrong = self.wrong
        elsewhere = wrong is not None and not (wrong.start <= box.cursor_position <= wrong.end)
        note = self._note
        if wrong is not None and (elsewhere or not self._offered):
            note.set(lambda width: _error_line(wrong, width))
        else:
            note.set(lambda width: _offer_line(self._offered, width))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._at = len(self._history)
        self.post_message(self.Changed(event.value))


def _error_line(wrong: FilterError, width: int) -> Content:
    """The error below the word it is about; where there is no room for both, what is wrong matters more."""
    marks, words = " " * wrong.start + "^" * max(1, wrong.end - wrong.start), clean(wrong.message)
    room = width - len(marks) - 1
    if room >= len(words):
        return Content.styled(f"{marks} {words}", BAD)
    return Content.styled(words if len(words) <= width else f"{words[: width - 4].rpartition(' ')[0]} ...", BAD)


def _offer_line(offered: Sequence[str], width: int) -> Content:
    """As many offers as fit; tab takes the first."""
    if not offered:
        return EMPTY
    line = Content.styled("tab ", DIM)
    for number, word in enumerate(offered):
        piece = button(clean(word), f"screen.accept_word({number})", f"bold {ACCENT}" if not number else DIM)
        if line.cell_length + piece.cell_length + 2 > width:
            break
        line += piece + Content("  ")
    return line
