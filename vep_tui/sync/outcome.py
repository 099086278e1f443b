"""What came of a round of settling and sending, and what kind of trouble stopped it; it does neither."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vep_tui.remote.errors import (
    BadCredentials,
    LoginRequired,
    NotGitHub,
    RateLimited,
    RemoteError,
    SsoRequired,
    Unsent,
)


class Trouble(StrEnum):
    """Why a sync could not do everything; the command line makes its exit status of it."""

    OFFLINE = "offline"
    CREDENTIALS = "credentials"
    LIMITED = "limited"
    BUSY = "busy"
    """Another instance is sending."""
    PARTLY = "partly"
    """Something failed; the rest was done."""


_LOUDEST = (Trouble.CREDENTIALS, Trouble.OFFLINE, Trouble.LIMITED, Trouble.PARTLY, Trouble.BUSY)


def trouble_of(error: Exception) -> Trouble:
    """The kind of trouble an error means."""
    if isinstance(error, BadCredentials | LoginRequired | SsoRequired):
        return Trouble.CREDENTIALS
    if isinstance(error, RateLimited):
        return Trouble.LIMITED
    return Trouble.OFFLINE if isinstance(error, Unsent | NotGitHub) else Trouble.PARTLY


@dataclass(slots=True)
class Outcome:
    """Counts and complaints of one sync so far."""

    sent: int = 0
    """Wishes that were found on GitHub or arrived there."""
    errors: list[str] = field(default_factory=list)
    troubles: set[Trouble] = field(default_factory=set)
    retry_at: datetime | None = None
    """When GitHub wants to be asked again."""
    doubts: list[str] = field(default_factory=list)
    """Why it is not known of some wishes whether they arrived; no trouble if they are found before the end."""
    touched: set[int] = field(default_factory=set)
    """Conversations whose wishes moved."""

    @property
    def trouble(self) -> Trouble | None:
        """The one that matters most."""
        return next((t for t in _LOUDEST if t in self.troubles), None)

    @property
    def hopeless(self) -> bool:
        """True when asking GitHub anything more is pointless now."""
        return bool(self.troubles & {Trouble.OFFLINE, Trouble.CREDENTIALS, Trouble.LIMITED})

    def failed(self, error: RemoteError, about: str = "") -> None:
        """Note what went wrong, once, in the error's own words."""
        self.troubles.add(trouble_of(error))
        if isinstance(error, RateLimited):
            self.retry_at = max(filter(None, (self.retry_at, error.retry_at)))
        self.complain(f"{about} {error}".strip())

    def complain(self, words: str, trouble: Trouble = Trouble.PARTLY) -> None:
        """Note trouble that came without an error of its own."""
        self.troubles.add(trouble)
        if words not in self.errors:
            self.errors.append(words)
