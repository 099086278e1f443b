"""What a reviewer wishes of an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vep_tui.core.models.words import Delivery, ItemState


@dataclass(frozen=True, slots=True)
class Tick:
    """A reviewer's wish about one item, as it lies in the outbox."""

    id: int
    number: int
    release: str
    item: str
    state: ItemState
    note: str
    evidence: str
    """Evidence sentence at the key press."""
    seen: str
    """JSON of what the user saw when pressing: {"state": ..., "by": ...}; empty when nothing was known."""
    created_at: datetime
    delivery: Delivery
    reason: str = ""
    """Why it is held or in doubt, for the user."""
    comment_url: str = ""
    login: str = ""
    """As whom it was wished; empty when that is not known, or not to matter."""
