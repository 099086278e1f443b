"""Rows of the queue's tables as the queue shows them; it understands nothing and writes nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from vep_tui.core.models import ItemState, QueueRow, Reason
from vep_tui.store.database import from_stamp

if TYPE_CHECKING:
    from vep_tui.core.models import Tick


def read_row(row: sqlite3.Row, ticks: Iterable[Tick], waiting: int, held: int, *, unread: bool) -> QueueRow:
    """A row as the queue shows it, with the wishes about it laid over its checklist."""
    items = json.loads(row["items"])
    for tick in ticks:
        if tick.release == row["release"] and tick.item in items:
            items[tick.item] = tick.state.value
    done = sum(state != ItemState.TODO for state in items.values())
    return QueueRow(
        number=row["number"],
        kind=row["kind"],
        vep=row["vep"],
        title=row["title"],
        owning_sig=row["sig"],
        stage=row["stage"],
        release=row["release"],
        state=row["state"],
        reasons=tuple(_reason(*r) for r in json.loads(row["reasons"])),
        score=row["score"],
        checklist_done=done if items else row["checklist_done"],
        checklist_total=row["checklist_total"],
        updated_at=from_stamp(row["updated_at"]),
        waiting=waiting,
        held=held,
        unread=unread,
    )


def _reason(key: str, text: str, since: str | None, weight: float, mine: bool) -> Reason:
    at: datetime | None = from_stamp(since) if since else None
    return Reason(key, text, at, weight, mine)
