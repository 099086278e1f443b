"""One line of text, asked for: an argument, a day; it judges only what its caller tells it to."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from vep_tui.core.text import clean
from vep_tui.tui.bench import Bench
from vep_tui.tui.screens.over import Over


class Ask(Over[str]):
    """Dismissed with the line, or with None; `wrong` says in a sentence what is wrong with a line, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close")]

    def __init__(
        self,
        bench: Bench,
        title: str,
        prompt: str,
        *,
        text: str = "",
        required: bool = False,
        hint: str = "enter:go on  esc:close",
        wrong: Callable[[str], str] = lambda _line: "",
    ) -> None:
        super().__init__(bench, title, hint)
        self._prompt = prompt
        self._text = text
        self._required = required
        self._wrong = wrong

    def body(self) -> ComposeResult:
        """The prompt, the line, and room for a complaint."""
        yield Static(clean(self._prompt), markup=False)
        yield Input(self._text, id="ask", compact=True)
        yield Static("", id="complaint", markup=False)

    def on_mount(self) -> None:
        """Begin to type at once."""
        super().on_mount()
        self.query_one("#ask", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand the line over when nothing is wrong with it."""
        event.stop()
        line = event.value.strip()
        complaint = "It does nothing without this." if self._required and not line else self._wrong(line)
        if complaint:
            self.query_one("#complaint", Static).update(clean(complaint))
        else:
            self.dismiss(line)
