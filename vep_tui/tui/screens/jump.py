"""Letters on the things one can jump to; a key picks one, any other key leaves; it jumps nowhere itself."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Click, Key
from textual.screen import ModalScreen
from textual.widgets import Static

from vep_tui.tui.bars import key_hint
from vep_tui.tui.glyphs import ACCENT

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Those under the fingers first."""


class Jump(ModalScreen[str]):
    """Dismissed with the action under the letter that was typed, or with nothing."""

    CSS_PATH = "over.tcss"

    def __init__(self, places: Sequence[tuple[int, int, str]]) -> None:
        super().__init__()
        self._places = dict(zip(_LETTERS, places, strict=False))

    def compose(self) -> ComposeResult:
        """One letter per place, and at the bottom what they are for."""
        yield Static(key_hint("letter:go there  esc:stay"), classes="hint")
        for letter, (x, y, _) in self._places.items():
            mark = Static(Content.styled(letter, f"bold reverse {ACCENT}"), classes="letter")
            mark.styles.offset = (x, y)
            yield mark

    def on_key(self, event: Key) -> None:
        """Pick a place, or leave."""
        event.stop()
        _, _, action = self._places.get(event.character or "", (0, 0, ""))
        self.dismiss(action)

    def action_close(self) -> None:
        """Leave: the palette closes what lies over the panes."""
        self.dismiss("")

    def on_click(self, event: Click) -> None:
        """Leave."""
        event.stop()
        self.dismiss("")
