"""A row of the queue and why it is there: all that the first frame shows."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Reason(NamedTuple):
    """Why a row of the queue wants somebody."""

    reason: str
    """Stable key, as in process.toml's weights: "docs-missing"."""
    text: str
    since: datetime | None = None
    weight: float = 0.0
    mine: bool = True
    """False when it is nobody's or somebody else's turn: it must not shout."""


class QueueRow(NamedTuple):
    """One row of the queue: a VEP, or an open VEP pull request."""

    number: int
    kind: str
    """"vep" or "pr"."""
    vep: int | None
    """The VEP a pull request belongs to; the number itself for a VEP; None when unknown."""
    title: str
    owning_sig: str | None
    stage: str | None
    release: str | None
    state: str
    reasons: tuple[Reason, ...]
    score: float
    checklist_done: int
    checklist_total: int
    updated_at: datetime
    waiting: int = 0
    held: int = 0
    unread: bool = False
