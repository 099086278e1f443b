"""What the screens work with: the desk, the process, the clock and the look; handed to them, never looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from vep_tui.core.process import Process
from vep_tui.tui.glyphs import Glyphs
from vep_tui.tui.scene import Scene

if TYPE_CHECKING:
    from vep_tui.store.desk import Desk


@dataclass(frozen=True, slots=True)
class View:
    """A named query of the queue."""

    name: str
    query: str


VIEWS = (
    View("Needs me", "is:attention"),
    View("My SIG", "kind:vep is:open sig:@mine"),
    View("Post-freeze", "kind:vep is:open is:post-freeze"),
    View("All open", "kind:vep is:open"),
)
"""The built-in views, in the language that the user types."""

SORTS = ("attention", "number", "title", "sig", "stage", "release", "checklist", "age")
"""What the queue can be sorted by, in the order of the sort key."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything a screen may use; nothing in it reaches the network."""

    desk: Desk
    wake: Callable[[], None]
    """Asks for a sync and returns at once."""
    full_sync: Callable[[], None]
    now: Callable[[], datetime]
    glyphs: Glyphs = field(default_factory=Glyphs)
    site: str = "https://github.com"
    signed_in: bool = True
    """False when no token was found: then nothing can be synced."""
    views: tuple[View, ...] = VIEWS
    debounce: float = 0.08
    """Seconds that the detail waits for the cursor to rest."""

    @property
    def process(self) -> Process:
        """The community's process."""
        return self.desk.world.process

    def scene(self) -> Scene:
        """The circumstances of reading, at this moment."""
        return Scene(self.now(), self.desk.world.me, self.process.bots, self.site, self.process.enhancements)
