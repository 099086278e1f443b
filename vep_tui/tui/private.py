"""Everything that leans on Textual's private interfaces, in one place, held by a contract test (textual 8.2.8)."""

from __future__ import annotations

import os
import select
import sys
from codecs import getincrementaldecoder
from collections import deque
from time import monotonic
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.notifications import Notify
from textual.screen import Screen
from textual.widget import Widget


def quick_driver() -> type[Driver] | None:
    """A terminal driver whose input thread ends at once; None where only Textual's own will do."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return None  # the screen is served to a browser, or recorded
    if sys.platform == "win32":
        return None
    try:
        return _quick_linux_driver()
    except (ImportError, AttributeError):
        return None


def _quick_linux_driver() -> type[Driver]:
    from textual._parser import ParseError
    from textual._xterm_parser import XTermParser
    from textual.drivers.linux_driver import LinuxDriver

    class QuickDriver(LinuxDriver):
        """Quitting writes to a pipe that the input thread listens to, instead of waiting for two 100 ms timeouts."""

        _bell: int | None = None

        def disable_input(self) -> None:
            """Wake the input thread, then do as Textual does."""
            if self._bell is not None:
                os.write(self._bell, b"q")
            super().disable_input()

        def run_input_thread(self) -> None:
            """Read keys until told to stop."""
            ear, self._bell = os.pipe()
            parser = XTermParser(self._debug)
            decode = getincrementaldecoder("utf-8")("replace").decode
            try:
                while not self.exit_event.is_set():
                    ready = select.select([self.fileno, ear], [], [], 0.1)[0]
                    if ear in ready:
                        break
                    typed = os.read(self.fileno, 4096) if self.fileno in ready else None
                    if typed == b"":
                        break
                    for event in parser.feed(decode(typed)) if typed else ():
                        self.process_message(event)
                    for event in parser.tick():
                        self.process_message(event)
            finally:
                bell, self._bell = self._bell, None
                os.close(bell)
                os.close(ear)
                try:
                    for _ in parser.feed(""):
                        pass
                except (EOFError, ParseError):
                    pass

    return QuickDriver


def take_colours(app: App[Any]) -> None:
    """Leave the 16 colours to the terminal where the theme asks for it; Textual would only do so on a later change."""
    app._refresh_truecolor_filter(app.ansi_theme)


class KeysInTurn(App[Any]):
    """An app that hears a key when the one before it has done its work: what is typed ahead goes where it is meant.

    Textual sends a key at once to what has the focus, even when a key before it is about to move the focus or to open
    a screen: of "/sig" typed in one go, the letters would be commands of the queue.
    """

    longest_turn = 2.0
    """Seconds after which the next key is heard in any case: no widget that is gone may keep the keys."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._typed: deque[Event] = deque()
        self._turn_began: float | None = None

    def knows_commands_only(self) -> bool:
        """True when what has the focus makes nothing of a key but commands: then a key need not go there and back."""
        return False

    async def on_event(self, event: Event) -> None:
        """Hear a key, or keep it until it is its turn."""
        if not isinstance(event, (Key, Paste)) or event.is_forwarded:
            await super().on_event(event)
        elif self._turn_began is not None and monotonic() - self._turn_began < self.longest_turn:
            self._typed.append(event)
        else:
            self._typed.append(event)
            await self._hear()

    async def _hear(self) -> None:
        """Hear the first key that waits, and follow it to the end of its way."""
        if not self._typed:
            return
        self._turn_began = monotonic()
        event, scene, way = self._typed.popleft(), self._scene, self._way
        if isinstance(event, Key) and self.knows_commands_only() and await self._check_bindings(event.key):
            self._follow(way, scene)
            return
        await super().on_event(event)
        # The first time behind the key, the second time behind what has come of it.
        self._follow(way + way, scene)

    def _follow(self, way: deque[DOMNode], scene: object, drawings: int = 0) -> None:
        """On to the next on the way, behind all that waits there; to be left out when it is gone."""
        while way:
            if way.popleft().call_later(self._follow, way, scene, drawings):
                return
        self.call_later(self._end_turn, scene, drawings)

    async def _end_turn(self, scene: object, drawings: int) -> None:
        """On to the next key.

        What has come to the front meanwhile is drawn first, and once more with the size it has got by that: only then
        it knows what a key is to do.
        """
        if scene != self._scene:
            drawings = 2
        again = (self._follow, self._way, self._scene, drawings - 1)
        if not drawings or not self.screen.call_after_refresh(*again):
            self._turn_began = None
            await self._hear()

    @property
    def _scene(self) -> tuple[Screen[Any], Widget | None]:
        """The screen on top and what has the focus."""
        return self.screen, self.focused

    @property
    def _way(self) -> deque[DOMNode]:
        """The way of a key: from what has the focus up to the app."""
        return deque((self.focused or self.screen).ancestors_with_self)


class Brief(KeysInTurn):
    """An app whose messages do not pile up over what one reads."""

    def on_notify(self, event: Notify) -> None:
        """A message takes the place of remarks, and of a warning that says the same; Textual then shows it."""
        new = event.notification
        for old in tuple(self._notifications):
            if old.severity == "information" or old.message == new.message:
                self._unnotify(old, refresh=False)


class SilentAboutLocals(Brief):
    """An app whose crash report shows no local variables: one of them may be a token."""

    def _fatal_error(self) -> None:
        # Late: rich.traceback brings Pygments along, which nothing needs before the first frame.
        from rich.segment import Segments
        from rich.traceback import Traceback

        report = Traceback(show_locals=False, width=None, suppress=["textual"])
        self._exit_renderables.append(Segments(self.console.render(report, self.console.options)))
        self._close_messages_no_wait()
