"""What is sent to a terminal piece by piece, key after key, adds up to what is on the screen."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pyte
import pytest
from at_work import settle, text_of
from rich.console import RenderableType
from small_desk import NOW, SmallDesk
from textual._compositor import CompositorUpdate
from textual.screen import Screen

from vep_tui.tui.app import VepApp

KEYS = (
    *("j", "j", "G", "g", "g", "enter", "j", "j", "right_square_bracket", "pagedown", "tab", "space", "u"),
    *("slash", "s", "i", "g", "escape", "question_mark", "escape", "z", "z", "O", "escape", "ctrl+p", "q", "escape"),
)


class Drawn(VepApp):
    """Keeps a terminal's screen up to date with what is drawn."""

    CSS_PATH = Path(inspect.getfile(VepApp)).with_name(str(VepApp.CSS_PATH))

    def __init__(self, size: tuple[int, int]) -> None:
        super().__init__(
            SmallDesk(), lambda: None, now=lambda: NOW, poll=0, debounce=0, grace=0  # type: ignore[arg-type]
        )  # fmt: skip
        self.terminal, self.updates = pyte.Screen(*size), 0
        self.stream = pyte.Stream(self.terminal)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            self.stream.feed(renderable.render_segments(self.console))
            self.updates += 1


def shown(app: Drawn) -> str:
    return "\n".join(line.rstrip() for line in app.terminal.display)


@pytest.mark.parametrize("size", [(140, 40), (60, 20)])
async def test_what_is_drawn_piece_by_piece_is_what_is_there(size: tuple[int, int]) -> None:
    app = Drawn(size)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for number, key in enumerate(KEYS):
            await app._press_keys([key])
            await settle(pilot)
            assert shown(app) == text_of(app), (number, key)
        assert app.updates > len(KEYS)
