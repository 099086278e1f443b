"""What the GitHub double knows: one site, as its administrator would see it; it answers no requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import RLock

from vep_tui.demo.acts import Acts
from vep_tui.demo.records import BoardRecord, CommentRecord, IssueRecord, PullRecord, RepoRecord, ReviewRecord

__all__ = ["BoardRecord", "CommentRecord", "IssueRecord", "PullRecord", "RepoRecord", "ReviewRecord", "Site"]


@dataclass(slots=True)
class Site(Acts):
    """A whole GitHub: repositories, people, boards and one clock; change it with the methods of `Acts`."""

    viewer: str = "reviewer"
    scopes: str = "public_repo, read:org"
    now: datetime = field(default_factory=lambda: datetime(2026, 6, 30, 9, 0, tzinfo=UTC))
    """The site's clock; every request may move it on by a moment."""
    repos: dict[str, RepoRecord] = field(default_factory=dict)
    boards: dict[int, BoardRecord] = field(default_factory=dict)
    teams: dict[str, list[str]] = field(default_factory=dict)
    """`org/team` to logins."""
    renamed: dict[str, str] = field(default_factory=dict)
    """Old `owner/name` to new."""
    ids: count[int] = field(default_factory=lambda: count(5_270_000_001))
    tokens: dict[str, str] = field(default_factory=dict)
    """Token to login, for several people on one site; every other token is the viewer's; "" marks a revoked one."""
    writers: set[str] = field(default_factory=set)
    """Logins with write access: they may edit other people's comments."""
    members: set[str] = field(default_factory=set)
    """Logins whose membership of the organisation is public."""
    edits_bump: bool = True
    """Whether an edited comment moves its issue's `updatedAt`; GitHub documents neither."""
    pulse: timedelta = timedelta(seconds=1)
    """How far a request or an act moves the clock."""
    follow: Callable[[], datetime] | None = None
    """A running clock that `now` keeps up with, for the demo; None: only requests and acts move it."""
    version: int = 0
    """Number of changes made so far."""
    lock: RLock = field(default_factory=RLock, repr=False, compare=False)
    """Held while the site is read or changed: requests come from several threads."""

    def repo(self, name: str) -> RepoRecord:
        """The repository of that name, made if it is not there."""
        return self.repos.setdefault(name, RepoRecord(name))

    def advance(self, **span: float) -> datetime:
        """Move the clock on (`minutes=5`, as for `timedelta`), or by one pulse."""
        with self.lock:
            self.now += timedelta(**span) if span else self.pulse
            if self.follow is not None:
                self.now = max(self.now, self.follow())
            return self.now

    def link_references(self) -> int:
        """Derive cross-references from everything written on the site; how many were new."""
        from vep_tui.demo.references import link_all

        with self.lock:
            return link_all(self.repos)
