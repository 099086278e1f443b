"""What may follow the key that says “go to”: shown at once, and the second key goes there; it goes nowhere itself."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ItemGrid
from textual.content import Content
from textual.events import Click, Key
from textual.screen import ModalScreen, Screen

from vep_tui.tui.bars import Bar, button
from vep_tui.tui.commands import Scope, command, of, spoken
from vep_tui.tui.glyphs import ACCENT

WITHIN = frozenset({"go-first", "go-last"})
"""What makes sense over the panes as well: it stays on the page one reads."""


class GoTo(ModalScreen[None]):
    """The second keys with their labels; another key closes it and is said to lead nowhere."""

    CSS_PATH = "over.tcss"

    # Bindings, not on_key: what was typed ahead was sent to the pane below and comes up here as a binding only.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close"),
        *(Binding(c.key, f"follow('{c.name}')", c.label, id=c.name) for c in of(Scope.GO)),
    ]

    def __init__(self, below: Screen[Any], only: Container[str] | None = None) -> None:
        super().__init__()
        self._below = below
        self._only = only

    def compose(self) -> ComposeResult:
        """Key and label of each place."""
        with ItemGrid(id="places", min_column_width=18):
            for key, action, label in self._places():
                bar = Bar()
                bar.set(lambda _width, words=(key, action, label): _place(*words))  # type: ignore[misc]
                yield bar

    def _places(self) -> list[tuple[str, str, str]]:
        """Key, action and label as they are bound now."""
        bound = ((key, found.binding) for key, found in self.active_bindings.items())
        return [(key, b.action, b.description) for key, b in bound if b.action.startswith("follow(")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what leads somewhere from the screen below."""
        return action != "follow" or self._only is None or parameters[0] in self._only

    async def action_follow(self, name: str) -> None:
        """Go there: before the next key is heard, which may be typed already."""
        self.dismiss()
        await self._below.run_action(command(name).action)

    def action_close(self) -> None:
        """Stay."""
        self.dismiss()

    def on_key(self, event: Key) -> None:
        """A key that leads nowhere closes."""
        if event.key == "escape" or event.key in (key for key, _, _ in self._places()):
            return
        event.stop()
        if self.is_current:
            self.dismiss()
            self.notify(f"{spoken(event.key)} leads nowhere from there.", severity="warning", markup=False)

    def on_click(self, event: Click) -> None:
        """Stay."""
        event.stop()
        self.dismiss()


def _place(key: str, action: str, label: str) -> Content:
    return button(f" {spoken(key)}", f"screen.{action}", f"bold {ACCENT}") + button(f" {label} ", f"screen.{action}")
