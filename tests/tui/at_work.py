"""The screen at work in a test: a desk in memory, a fixed clock, no debounce, no polling, drawn when a test looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from rest import at_rest
from small_desk import NOW, SmallDesk
from textual import events
from textual._compositor import Compositor
from textual.keys import _character_to_key as character_to_key
from textual.pilot import Pilot

from vep_tui.tui.app import VepApp
from vep_tui.tui.glyphs import Glyphs
from vep_tui.tui.look import Look

ASCII = Look(Glyphs(True))

_NAMES = {"\r": "enter", "\x1b": "escape", "\x7f": "backspace"}


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing is pending, being painted or being laid out."""
    app = pilot.app
    assert isinstance(app, VepApp)
    for _ in range(10_000):
        await at_rest()
        if app.main.furnished and app.main.pending is None and app.main.detail.settled and app._turn_began is None:
            await at_rest()
            return
        await asyncio.sleep(0.002)
    raise AssertionError("the screen did not come to rest")


def undrawn(compositor: Compositor, *_: Any, **__: Any) -> None:
    """Stands in for the drawing of a frame, which takes half the time of a test and of which a test sees nothing."""
    compositor._dirty_regions.clear()


def text_of(app: VepApp) -> str:
    """What is on the screen, as text, drawn now."""
    lines = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in lines)


class Bench:
    """An app at work, with what its surroundings heard."""

    def __init__(self, app: VepApp, desk: SmallDesk, woken: list[str]) -> None:
        self.app, self.desk, self.woken = app, desk, woken
        self.pilot: Pilot[Any]
        self._said: list[str] = []
        self._notify = app.notify
        app.notify = self._listen  # type: ignore[method-assign]

    def _listen(self, message: str, **how: Any) -> None:
        self._said.append(message)
        self._notify(message, **how)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.app._press_keys([key])
            await settle(self.pilot)

    async def type_ahead(self, keys: str) -> None:
        """All keys at once, as a terminal hands over what was typed while the program was busy."""
        for key in keys:
            self.app.post_message(events.Key(_NAMES.get(key) or character_to_key(key), key))
        await settle(self.pilot)

    @property
    def text(self) -> str:
        return text_of(self.app)

    @property
    def said(self) -> str:
        """What was said in passing, newest last."""
        return "\n".join(self._said)

    async def shows(self, words: str) -> str:
        """Wait until the words are on the screen: a screen over the panes comes a moment after its key."""
        for _ in range(2_000):
            if words in self.text:
                return self.text
            await at_rest()
            await asyncio.sleep(0.01)
        raise AssertionError(f"{words!r} did not appear on:\n{self.text}")


Start = Callable[..., AbstractAsyncContextManager[Bench]]


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Start:
    monkeypatch.setattr("webbrowser.get", lambda: _NoBrowser())
    monkeypatch.setattr(Compositor, "render_update", undrawn)

    @asynccontextmanager
    async def begin(
        size: tuple[int, int] = (140, 40), desk: SmallDesk | None = None, *, toasts: bool = False, **options: Any
    ) -> AsyncIterator[Bench]:
        desk = desk or SmallDesk()
        woken: list[str] = []
        app = VepApp(
            desk,  # type: ignore[arg-type]
            lambda: woken.append("wake"),
            sync=lambda: woken.append("sync"),
            full_sync=lambda: woken.append("full"),
            debounce=0,
            poll=0,
            **{"grace": 0, "now": lambda: NOW, **options},
        )
        bench = Bench(app, desk, woken)
        async with app.run_test(size=size, notifications=toasts) as bench.pilot:
            await settle(bench.pilot)
            yield bench
            if app.is_running:
                text_of(app)  # whatever the test has done can be drawn

    return begin


class _NoBrowser:
    """Stands for the user's browser; remembers nothing and opens nothing."""

    name = "firefox"

    def open(self, url: str) -> bool:
        return True
