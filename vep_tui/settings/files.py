"""What each file of the user is for, said once for README and its test; it opens none of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileUse:
    """What one of the files is for."""

    field: str
    """Its name in `Paths`."""
    name: str
    folder: str
    """The user's folder it lies in, in words."""
    holds: str
    may_go: str
    """Whether it may be deleted, and what that costs."""


FILES = (
    FileUse("config", "config.toml", "config", "your settings; all optional", "yes: defaults apply"),
    FileUse("mirror", "mirror.db", "cache", "GitHub as it was at the last sync", "yes: costs one full sync"),
    FileUse("outbox", "outbox.db", "data", "ticks, comments, drafts, notes", "no: it holds what was not sent yet"),
    FileUse("log", "vep-tui.log", "log", "what a sync beside the screen did; no tokens, no comment texts", "yes"),
)
"""All there are."""
