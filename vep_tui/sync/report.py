"""What a sync did, as a value for the command line and the screen; it does nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vep_tui.sync.outcome import Trouble


@dataclass(frozen=True, slots=True)
class SyncReport:
    """The fields of `sync --json`, and what kind of trouble there was."""

    ok: bool
    """Everything was done and nothing is held or in doubt."""
    full: bool
    """Everything was fetched, not only what changed."""
    sent: int
    """Wishes that reached GitHub in this sync, or were found there."""
    held: int
    """Wishes that need the user, now."""
    waiting: int
    in_doubt: int
    """Wishes of which it is not known whether they arrived."""
    fetched: Mapping[str, int]
    """Issues, pull_requests, documents, schedules, people."""
    requests: int
    points: int
    """GraphQL points."""
    seconds: float
    errors: tuple[str, ...]
    """What went wrong, in sentences; never with a token."""
    trouble: Trouble | None = None
    """The kind that matters most; None when nothing failed."""
    retry_at: datetime | None = None
    """When GitHub wants to be asked again."""

    def __str__(self) -> str:
        """What was done, then the first thing that went wrong, with what to do about it."""
        parts = [f"{count} {word}" for count, word in self._counts() if count]
        said = [f"{', '.join(parts)}."] if parts else [] if self.errors else ["nothing new."]
        return " ".join([*said, self.failure]).strip()

    @property
    def failure(self) -> str:
        """The first thing that went wrong, with what to do about it, and how much more did; empty when nothing did."""
        if not self.errors:
            return ""
        others = len(self.errors) - 1
        more = f" {others} more {'thing' if others == 1 else 'things'} went wrong; `vep-tui sync` names them all."
        return f"{self.errors[0]}{more if others else ''}"

    def _counts(self) -> tuple[tuple[int, str], ...]:
        return (
            (self.sent, "sent"),
            (self.held, "held"),
            (self.waiting, "waiting"),
            (self.in_doubt, "in doubt"),
            (sum(self.fetched.values()), "fetched"),
        )
