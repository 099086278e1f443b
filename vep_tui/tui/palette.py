"""The command palette: every row of the command table by its label, name or sentence; it adds no command of its own."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import Any

from textual import on
from textual.app import App
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.theme import ThemeProvider
from textual.widgets import Input
from textual.worker import WorkerError

from vep_tui.tui.commands import COMMANDS, Command, Scope, keys_of

_ELSEWHERE = (Scope.MOVE, Scope.OUTBOX, Scope.SETTINGS)
_BY_ONE_KEY = {c.action for c in COMMANDS if c.scope is not Scope.GO}
_LISTED = tuple(
    c
    for c in COMMANDS
    if c.scope not in _ELSEWHERE and c.name != "palette" and not (c.scope is Scope.GO and c.action in _BY_ONE_KEY)
)
"""What two keys and one would do alike is listed once, by the one."""


class Palette(CommandPalette):
    """Textual's, which forgets on enter that it shows what was found for less than has been typed."""

    @on(Input.Submitted)
    async def _search_to_the_end(self) -> None:
        """Look for all that was typed before Textual, behind this, runs what is selected."""
        for search in tuple(self.workers):
            if search.node is self:
                with suppress(WorkerError):
                    await search.wait()


class Searching(App[Any]):
    """What an app finds by its name: commands and themes."""

    rebound: Mapping[str, str] = MappingProxyType({})
    """Keys that the user gave to commands."""

    def action_command_palette(self) -> None:
        """Find a command."""
        if not Palette.is_open(self):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        """Find a theme."""
        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))


class CommandTable(Provider):
    """Offers the commands of the main screen, whichever pane has the focus."""

    def _run(self, entry: Command) -> None:
        self.app.call_later(self._at_main, entry)

    async def _at_main(self, entry: Command) -> None:
        """What lies over the main screen is closed first, as escape would: drafts are kept."""
        main, *above = self.app.screen_stack
        for screen in reversed(above):
            await screen.run_action("close")
        await main.run_action(entry.action)

    def _line(self, entry: Command) -> str:
        """The label, and the key as it is bound now."""
        rebound = self.app.rebound if isinstance(self.app, Searching) else None
        where = "" if entry.scope is Scope.ANYWHERE else f"{entry.scope.value}, "
        return f"{entry.label} ({where}{keys_of(entry, rebound)[0]})"

    async def discover(self) -> Hits:
        """All of them, in the order of the table."""
        for entry in _LISTED:
            yield DiscoveryHit(self._line(entry), partial(self._run, entry), entry.label, entry.help)

    async def search(self, query: str) -> Hits:
        """Those whose label, name or sentence fits."""
        matcher = self.matcher(query)
        for entry in _LISTED:
            line = self._line(entry)
            score = max(matcher.match(line), matcher.match(entry.name), matcher.match(entry.help) * 0.7)
            if score > 0:
                yield Hit(score, matcher.highlight(line), partial(self._run, entry), entry.label, entry.help)
