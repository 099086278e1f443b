"""What the screens work with: the desk, the process, the clock and the look; handed to them, never looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from vep_tui.core.process import Process
from vep_tui.core.views import BUILT_IN, View
from vep_tui.tui.commands import key_of
from vep_tui.tui.look import USUAL, Look
from vep_tui.tui.scene import Scene

if TYPE_CHECKING:
    from vep_tui.store.desk import Desk
    from vep_tui.tui.glyphs import Glyphs
    from vep_tui.tui.preferences import Preferences


class Bench(NamedTuple):
    """Everything a screen may use; nothing in it reaches the network."""

    desk: Desk
    wake: Callable[[], None]
    """Says that there is something to send; returns at once."""
    sync: Callable[[], None]
    """Asks for a sync: send and fetch."""
    full_sync: Callable[[], None]
    """Asks for a sync that fetches everything anew."""
    now: Callable[[], datetime]
    look: Look = USUAL
    site: str = "https://github.com"
    preferences: Callable[[], Preferences] | None = None
    """The settings, made when they are asked for; None where none can be changed."""
    signed_in: bool = True
    """False when no token was found: then nothing can be synced."""
    views: tuple[View, ...] = BUILT_IN
    keys: Mapping[str, str] = MappingProxyType({})
    """The keys of commands that are rebound, by their names."""
    debounce: float = 0.08
    """Seconds that the detail waits for the cursor to rest."""
    moment: float = 3.0
    """Seconds after which what is read counts as seen."""
    grace: float = 4.0
    """Seconds in which a tick can be taken back before it is sent; those made one after another are sent together."""

    @property
    def process(self) -> Process:
        """The community's process."""
        return self.desk.world.process

    @property
    def glyphs(self) -> Glyphs:
        """The signs to draw with."""
        return self.look.glyphs

    def name(self, number: int) -> str:
        """A row as people call it, wherever it is named: "VEP 190", "VEP PR 431"."""
        what = self.process.proposal
        return f"{what} PR {number}" if self.desk.pull(number) is not None else f"{what} {number}"

    def key(self, name: str) -> str:
        """The key of a command as it is bound now, for words that name it."""
        return key_of(name, self.keys)

    def scene(self) -> Scene:
        """The circumstances of reading, at this moment."""
        process = self.process
        home, proposal = process.enhancements, process.proposal
        return Scene(self.now(), self.desk.world.me, process.bots, self.site, home, proposal, self.keys)
