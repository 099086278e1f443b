"""How the sync stands, in words for the status line; it syncs nothing."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from textual.content import Content

from vep_tui.core.text import clean
from vep_tui.tui.glyphs import ACCENT, BAD, CAREFUL, DIM, GOOD, Glyphs
from vep_tui.tui.when import ago, clock


class SyncState(NamedTuple):
    """The last thing heard from the engine."""

    progress: str = ""
    """Where a running sync is; empty when none runs."""
    offline: str = ""
    """Why GitHub cannot be reached."""
    limited_until: datetime | None = None
    failed: str = ""
    """What the last sync could not do."""

    @property
    def hindrance(self) -> str:
        """Why nothing comes, in sentences; empty while a sync runs and when nothing is in its way."""
        return "" if self.progress else self.failed or self.offline

    def line(
        self, synced_at: datetime | None, now: datetime, glyphs: Glyphs, *, signed_in: bool, short: bool
    ) -> Content:
        """One phrase: glyph and words, few of them where there is little room."""
        old = f"{'' if short else 'synced '}{ago(synced_at, now)}" if synced_at else "never synced"
        if self.progress:
            return Content.styled(glyphs(f"◐ {clean(self.progress)}"), ACCENT)
        if self.limited_until is not None and self.limited_until > now:
            return Content.styled(glyphs(f"◐ limited until {clock(self.limited_until)}"), CAREFUL)
        if self.offline:
            return Content.styled(glyphs(f"○ offline · {old}"), CAREFUL)
        if not signed_in:
            return Content.styled(glyphs(f"○ no token · {old}"), CAREFUL)
        if self.failed:
            return Content.assemble((glyphs("× sync failed"), BAD), (glyphs(f" · {old}"), DIM))
        if synced_at is None:
            return Content.styled(glyphs("○ never synced"), DIM)
        return Content.assemble((glyphs("● "), GOOD), (old, DIM))
