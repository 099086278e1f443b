"""Waits until a screen has come to rest: by what is left for it to do, not by how busy the machine is."""

from __future__ import annotations

import asyncio
import time

from textual._context import active_app
from textual.app import ScreenStackError

LONGEST = 60.0
"""Seconds after which a screen that goes on and on is given up."""


async def at_rest(min_sleep: float = 0.0, max_sleep: float = LONGEST) -> None:
    """Until no message is left and all that is due is painted; stands in for Textual's `wait_for_idle`.

    Textual's own sleeps until the process has used no CPU for a while: too long where nothing happens, and too short
    on a machine that gives the process no CPU.
    """
    until, quiet = time.monotonic() + LONGEST, 0
    while quiet < 2:
        await asyncio.sleep(0)
        # A message that waits for a handler, a handler that waits for its turn: all of it is in here.
        quiet = 0 if asyncio.get_running_loop()._ready or _paints() else quiet + 1  # type: ignore[attr-defined]
        assert time.monotonic() < until, "the screen did not come to rest"


def _paints() -> bool:
    """Paint now what a timer would paint in a sixtieth of a second; False when there was nothing."""
    try:
        screen = active_app.get().screen
    except ScreenStackError:
        return False
    if not screen._update_timer._active.is_set():
        return False
    screen._on_timer_update()
    return True
