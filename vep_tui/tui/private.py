"""Everything that leans on Textual's private interfaces, in one place, held by a contract test (textual 8.2.8)."""

from __future__ import annotations

import os
import select
import sys
from codecs import getincrementaldecoder
from typing import Any

from textual.app import App
from textual.driver import Driver


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


class SilentAboutLocals(App[Any]):
    """An app whose crash report shows no local variables: one of them may be a token."""

    def _fatal_error(self) -> None:
        # Late: rich.traceback brings Pygments along, which nothing needs before the first frame.
        from rich.segment import Segments
        from rich.traceback import Traceback

        report = Traceback(show_locals=False, width=None, suppress=["textual"])
        self._exit_renderables.append(Segments(self.console.render(report, self.console.options)))
        self._close_messages_no_wait()
