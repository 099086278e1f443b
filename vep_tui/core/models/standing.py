"""Who is who and when what is: people and the calendars of releases."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple


class Milestone(NamedTuple):
    """One dated row of a release schedule that concerns KubeVirt."""

    day: date
    name: str
    what: str


class Release(NamedTuple):
    """The calendar of one release (kubevirt/sig-release, releases/vX.Y/schedule.yaml)."""

    version: str
    """ "1.9"."""
    enhancement_freeze: date | None = None
    code_freeze: date | None = None
    ga: date | None = None
    branch: str | None = None
    """Release branch, as in "release-1.9"."""
    candidates: tuple[tuple[int, date], ...] = ()
    """Release candidates as (n, day)."""
    milestones: tuple[Milestone, ...] = ()
    moved: tuple[tuple[str, date | None], ...] = ()
    """(field, day of the file) of every day that the settings replaced; None where the file named none."""


class People(NamedTuple):
    """Who belongs to which SIG, merged from OWNERS, OWNERS_ALIASES, sigs.yaml and a local list.

    Handles keep the first spelling met and compare case-insensitively.
    """

    sigs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(sig, members) pairs."""
    chairs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    approvers: tuple[str, ...] = ()
    """Root OWNERS approvers of the enhancements repository: the only ones whose /approve counts."""
    reviewers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Everyone else who may speak: release team, local list."""

    def sigs_of(self, login: str) -> tuple[str, ...]:
        """The SIGs a person belongs to, in a stable order."""
        name = login.casefold()
        return tuple(s for s, who in self.sigs if any(w.casefold() == name for w in who))

    def members(self, sig: str) -> tuple[str, ...]:
        """Members of one SIG."""
        return next((who for s, who in self.sigs if s == sig), ())

    def is_approver(self, login: str) -> bool:
        """True for a root approver."""
        return login.casefold() in {a.casefold() for a in self.approvers}

    def may_speak(self, login: str) -> bool:
        """True when a comment of this person may count for a SIG."""
        return login.casefold() in _speakers(self)


@lru_cache(maxsize=4)
def _speakers(people: People) -> frozenset[str]:
    """Everybody who may speak, case-folded; it is asked for every comment."""
    members = (w for _, who in people.sigs for w in who)
    return frozenset(w.casefold() for w in (*people.approvers, *people.reviewers, *people.others, *members))
