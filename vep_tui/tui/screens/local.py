"""Commands about the app itself: why, outbox, settings, help, sync, leaving; nothing here is sent."""

from __future__ import annotations

import sys
from collections.abc import Callable

from vep_tui.tui.screens.linking import Linking


class Local(Linking):
    """What stays on this machine."""

    def action_why(self) -> None:
        """Explain the place of the row."""
        from vep_tui.tui.screens.why import Why

        if self.queue.row is not None:
            self.app.push_screen(Why(self.bench, self.queue.row))
        else:
            self.say_no_row()

    def action_outbox(self) -> None:
        """Show what waits and what is held."""
        from vep_tui.tui.screens.outbox import Outbox

        def closed(_: None) -> None:
            self.reload()
            self.load_detail()

        self.app.push_screen(Outbox(self.bench), closed)

    def action_settings(self) -> None:
        """Show the settings."""
        from vep_tui.tui.screens.settings import Settings

        if self.bench.preferences is not None:
            self.app.push_screen(Settings(self.bench, self.bench.preferences()))

    def action_theme(self) -> None:
        """Choose a theme by looking at it; it is kept where settings are."""
        from vep_tui.tui.preferences import THEME, PreferenceError
        from vep_tui.tui.screens.theme_choice import ThemeChoice

        def chosen(theme: str | None) -> None:
            if theme is None or self.bench.preferences is None:
                return
            try:
                self.bench.preferences().change(THEME, theme)
            except PreferenceError as trouble:
                self.say(f"{trouble} The theme stays until you leave.", careful=True)

        self.app.push_screen(ThemeChoice(self.bench), chosen)

    def action_help(self) -> None:
        """Show what the keys do here."""
        from vep_tui.tui.screens.help import Help

        self.app.push_screen(Help(self.bench, self.scope))

    def action_palette(self) -> None:
        """Find a command by its name."""
        self.app.action_command_palette()

    def action_sync(self) -> None:
        """Ask for a sync."""
        self._ask_for(self.bench.sync, "Sync asked for.")

    def action_full_sync(self) -> None:
        """Ask for everything anew."""
        self._ask_for(self.bench.full_sync, "Full sync asked for: everything is fetched anew.")

    def _ask_for(self, sync: Callable[[], None], said: str) -> None:
        if not self.bench.signed_in:
            self.say("There is no token to sync with: run gh auth login, then start again.", careful=True)
            return
        # Whoever asks wants to hear how it went, also when it fails as the one before.
        self.tracks = self.tracks._replace(failed="")
        sync()
        self.say(said)

    def action_suspend(self) -> None:
        """Give the terminal back to the shell, where there is one; the shell's fg goes on."""
        if sys.platform == "win32":
            self.say("Windows has no shell to go back to for a while.")
        else:
            self.app.action_suspend_process()

    async def action_quit(self) -> None:
        """Leave."""
        await self.app.action_quit()
