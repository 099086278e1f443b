"""Chooses a theme by looking at it: each one shows as the cursor comes to it, and leaving brings the old one back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import OptionList

from vep_tui.tui.bench import Bench
from vep_tui.tui.pick_list import PickList
from vep_tui.tui.screens.over import Over
from vep_tui.tui.themes import theme_names

_REST = 0.06
"""Seconds that the cursor rests before all styles are read anew."""


class ThemeChoice(Over[str]):
    """Dismissed with the name of the theme, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Keep"),
        Binding("j", "step('down')", "Down"),
        Binding("k", "step('up')", "Up"),
        Binding("escape,q", "close", "Close"),
    ]

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Theme", "enter:keep  esc:as before")
        self._before = ""
        self._names = theme_names()
        self._waiting: Timer | None = None

    def body(self) -> ComposeResult:
        """All themes, the cursor on the one that is shown."""
        self._before = self.app.theme
        yield PickList(*self._names, id="themes", compact=True, markup=False)

    def on_mount(self) -> None:
        """Begin on the theme of now."""
        super().on_mount()
        themes = self.query_one("#themes", PickList)
        themes.highlighted = self._names.index(self._before)
        themes.focus()
        self.on_resize()

    def on_resize(self) -> None:
        """As many as fit; the rest scrolls."""
        self.query_one("#themes").styles.height = min(len(self._names), self.size.height * 9 // 10 - 4)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the theme once the cursor rests."""
        event.stop()
        if self._waiting is not None:
            self._waiting.stop()
        name = self._names[event.option_index]
        self._waiting = self.set_timer(_REST, lambda: self._show(name))

    def _show(self, name: str) -> None:
        self.app.theme = name

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Keep it."""
        event.stop()
        name = self._names[event.option_index]
        self._show(name)  # the cursor may not have rested
        self._leave(name)

    def action_choose(self) -> None:
        """Keep the theme under the cursor."""
        self.query_one("#themes", PickList).action_select()

    def action_step(self, way: str) -> None:
        """Move the cursor as everywhere else."""
        themes = self.query_one("#themes", PickList)
        if way == "down":
            themes.action_cursor_down()
        else:
            themes.action_cursor_up()

    def action_close(self) -> None:
        """Everything as before."""
        self._show(self._before)
        self._leave(None)

    def _leave(self, name: str | None) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self.dismiss(name)
