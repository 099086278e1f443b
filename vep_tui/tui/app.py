"""The app: puts screens, themes and keys together and carries the engine's messages to the screen; it syncs nothing."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.color import Color
from textual.events import Event, InputEvent
from textual.filter import LineFilter
from textual.screen import Screen

from vep_tui.core.text import clean
from vep_tui.core.views import BUILT_IN, View
from vep_tui.store.errors import StoreError
from vep_tui.tui import messages
from vep_tui.tui.ascii_only import ASCII_ONLY
from vep_tui.tui.bench import Bench
from vep_tui.tui.glyphs import Glyphs
from vep_tui.tui.look import USUAL, Look
from vep_tui.tui.palette import CommandTable, Searching
from vep_tui.tui.private import SilentAboutLocals, quick_driver, take_colours
from vep_tui.tui.screens.main import Main
from vep_tui.tui.scroll_bars import draw_ends
from vep_tui.tui.themes import THEMES

if TYPE_CHECKING:
    from vep_tui.store.desk import Desk
    from vep_tui.tui.preferences import Preferences, PreferencesChanged

DEMO = "demo"
"""What `run` returns when the user asks for the demo on the first screen."""


def _now() -> datetime:
    return datetime.now(UTC)


def _keep_texts(above: Sequence[Screen[Any]]) -> None:
    """Whoever leaves while writing finds the text again."""
    if above:
        from vep_tui.tui.screens.over import Over  # not before the first frame

        for screen in above:
            if isinstance(screen, Over):
                screen.keep()


def _obey_signals(leave: Callable[[int], None]) -> None:
    """Give the terminal back when somebody ends us; Textual alone would leave it in a mess."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            try:
                loop.add_signal_handler(number, leave, 128 + number)
            except (NotImplementedError, RuntimeError):
                return


class VepApp(Searching, SilentAboutLocals):
    """The terminal application over one desk.

    `wake` tells the engine that there is something to send; `sync` and `full_sync` ask it to fetch as well. `started`
    is called once the first frame is on the screen, which is when work beside it may begin. `renew` brings the desk's
    world (day, people, viewer) up to date and is called before the store is read again because of news. `remarks` are
    said at the start: what is odd about the settings, or was done to a store.
    `run` returns `DEMO` when the user asked for the demo.
    """

    CSS_PATH = "app.tcss"
    TITLE = "vep-tui"
    COMMANDS = App.COMMANDS | {CommandTable}
    BINDINGS: ClassVar[list[Any]] = []
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        desk: Desk,
        wake: Callable[[], None],
        *,
        sync: Callable[[], None] | None = None,
        full_sync: Callable[[], None] | None = None,
        started: Callable[[], None] | None = None,
        renew: Callable[[], None] | None = None,
        now: Callable[[], datetime] = _now,
        theme: str = "vep-dark",
        keys: Mapping[str, str] | None = None,
        views: Sequence[View] = BUILT_IN,
        look: Look = USUAL,
        preferences: Callable[[], Preferences] | None = None,
        site: str = "https://github.com",
        signed_in: bool = True,
        remarks: Sequence[str] = (),
        debounce: float = 0.08,
        moment: float = 3.0,
        grace: float = 4.0,
        poll: float = 2.0,
    ) -> None:
        self._first_theme = self._wanted_theme = theme
        # Treated as 16 colours: reverse video for what is selected, and Textual drops colours instead of greying them.
        super().__init__(driver_class=quick_driver(), ansi_color=True if "NO_COLOR" in os.environ else None)
        self.animation_level = "none"
        draw_ends(ascii_only=look.glyphs.ascii)
        self.rebound = dict(keys or {})
        self.bench = Bench(
            desk=desk,
            wake=wake,
            sync=sync or wake,
            full_sync=full_sync or sync or wake,
            now=now,
            look=look,
            preferences=preferences,
            site=site,
            signed_in=signed_in,
            views=tuple(views),
            keys=self.rebound,
            debounce=debounce,
            moment=moment,
            grace=grace,
        )
        self._renew, self._started, self._poll = renew, started, poll
        self._remarks = tuple(remarks)
        self.main = Main(self.bench)

    def get_css_variables(self) -> dict[str, str]:
        """The colours; the first time our own themes come in, as a theme set later makes all styles be read twice."""
        theme, self._first_theme = self._first_theme, ""
        if theme:
            for own in THEMES:
                self.register_theme(own)
            self.set_reactive(VepApp.theme, theme if theme in self.available_themes else THEMES[0].name)
            take_colours(self)
        return super().get_css_variables()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The ground of what is selected: a shade of the accent, or none where there are 16 colours only."""
        theme = self.current_theme
        if theme.name.startswith(("ansi", "textual-ansi")):
            # Any of the 16 as a ground would hide text of some other of them: the panes use reverse video there.
            return {"selected": "ansi_default"}
        ground = Color.parse(theme.background or ("#121212" if theme.dark else "#e0e0e0"))
        return {"selected": ground.blend(Color.parse(theme.accent or theme.primary), 0.25).hex}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through on its way to the terminal."""
        ours = (ASCII_ONLY,) if self.main.bench.glyphs.ascii else ()
        return (*super().get_line_filters(), *ours)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Of Textual's own commands only the themes: the rest is in our table."""
        yield SystemCommand("Theme", "Choose the colours by looking at them.", self.main.action_theme)

    def knows_commands_only(self) -> bool:
        """The panes do; the filter line and what opens over the panes also take text, or choices under letters."""
        return self.focused in (self.main.queue, self.main.detail, self.main.checklist)

    def get_default_screen(self) -> Screen[Any]:
        """The main screen is the first one: nothing is pushed before the first frame."""
        return self.main

    def on_mount(self) -> None:
        """Keys, signals and what comes after the first frame."""
        if self.rebound:
            self.set_keymap(self.rebound)
        if self._wanted_theme not in self.available_themes:
            where = self.bench.key("settings")
            words = f"There is no theme “{clean(self._wanted_theme)}”: {where} shows those there are."
            self._remarks = (*self._remarks, words)
        for remark in self._remarks:
            self.notify(clean(remark), severity="warning", timeout=10, markup=False)
        _obey_signals(self._leave)
        # Textual leaves the screen blank after ctrl+z and fg: https://github.com/Textualize/textual/pull/6333
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        if self._poll:
            self.set_interval(self._poll, self._look_at_store)
            self.set_interval(30.0, self.main.paint_bars)
        self.call_after_refresh(self.main.furnish)
        if self._started is not None:
            self.call_after_refresh(self._started)
        if not self.bench.signed_in and self.bench.desk.header().synced_at is None:
            self.call_after_refresh(self._welcome)
        else:
            self.call_after_refresh(self._say_once)

    def _welcome(self) -> None:
        from vep_tui.tui.screens.first import FirstStart

        def chosen(answer: str | None) -> None:
            if answer == "demo":
                self.exit(DEMO)
            elif answer == "quit":
                self._leave(0)

        self.push_screen(FirstStart(self.bench), chosen)

    def _leave(self, code: int) -> None:
        _keep_texts(self.screen_stack[1:])
        self._keep_state()
        self.exit(None, code)

    def _keep_state(self) -> None:
        """How the screen is left is no reason to stay, when the disk is full or another program keeps the store."""
        if self.main.furnished:
            with suppress(StoreError):
                self.bench.desk.save_ui_state(self.main.state())

    async def on_event(self, event: Event) -> None:
        """Whoever types before the first frame is there finds everything that a key may need."""
        if isinstance(event, InputEvent) and not self.main.furnished:
            await self.main.ready.wait()
            await self.main.furnish()
        await super().on_event(event)

    async def action_quit(self) -> None:
        """Leave; the engine is a daemon thread and is not waited for."""
        self._leave(0)

    def action_help_quit(self) -> None:
        """Whoever presses ctrl+c by habit is told how to leave: it is also pressed by mistake, to copy."""
        self.notify(f"{self.bench.key('quit')} leaves; ctrl+c copies what is selected.", markup=False)

    def _look_at_store(self) -> None:
        """Another vep-tui, or the command line, may have changed the store."""
        if self.bench.desk.changed():
            self._reread()

    def _reread(self) -> None:
        if self.main.is_mounted:
            if self._renew is not None:
                self._renew()
            self.main.reread()

    def on_preferences_changed(self, message: PreferencesChanged) -> None:
        """Look as the changed setting says; when it says who I am, let the queue follow with the next sync."""
        values = message.values
        if message.name == "ui.theme" and values["ui.theme"] in self.available_themes:
            self.theme = str(values["ui.theme"])
        elif message.name.startswith("me."):
            self._reread()
            self.bench.sync()
        elif isinstance(columns := values["ui.columns"], tuple):
            look = Look(Glyphs(values["ui.ascii"] is True), columns, str(values["ui.density"]))
            draw_ends(ascii_only=look.glyphs.ascii)
            self.main.dress(look)
            for widget in (inner for screen in self.screen_stack for inner in screen.walk_children()):
                widget.refresh()  # what was drawn is kept, and has gone through the filters of before

    # ---------------------------------------------------------------- the engine's messages

    def on_store_changed(self, message: messages.StoreChanged) -> None:  # noqa: ARG002
        """Read anew."""
        self._reread()

    def on_sync_progress(self, message: messages.SyncProgress) -> None:
        """Show where the sync is."""
        self.main.heard(progress=message.text, offline="", limited_until=None)

    def on_sync_finished(self, message: messages.SyncFinished) -> None:
        """Show what came of it."""
        if self._renew is not None:
            self._renew()
        self.main.sync_ended(message.failed, message.held, asked=message.asked)
        self._say_once()

    def _say_once(self) -> None:
        self.main.say_once(self._renew or (lambda: None))

    def on_offline(self, message: messages.Offline) -> None:
        """A state, no error: say it in the status line."""
        self.main.heard(progress="", offline=message.reason or "GitHub cannot be reached")

    def on_limited(self, message: messages.Limited) -> None:
        """GitHub wants a pause."""
        self.main.heard(progress="", limited_until=message.until)


__all__ = ["DEMO", "VepApp"]
