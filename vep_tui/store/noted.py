"""What the outbox says about rows, for one reading of the queue; it computes no row and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from vep_tui.store.sets import set_of

if TYPE_CHECKING:
    from vep_tui.store.database import Database
    from vep_tui.store.outbox import Outbox


class Noted:
    """Wishes and notes; what few rows have is read at once, what many have for the rows that are asked for."""

    def __init__(self, outbox: Outbox, now: str) -> None:
        self._local = outbox.local
        self._now = now
        self.notes = outbox.noted()
        """What waits and what is put off, by number."""

    def waiting(self) -> int:
        """Rows with wishes on their way."""
        return set_of(number for number, note in self.notes.items() if note.waiting)

    def held(self) -> int:
        """Rows with wishes that are held."""
        return set_of(number for number, note in self.notes.items() if note.held)

    def snoozed(self, database: Database) -> int:
        """Rows that are put off, as `core.queue.is_snoozed` has it: neither time nor a change has brought them back."""
        off = {n: note.changed_after for n, note in self.notes.items() if note.until or note.changed_after}
        off = {n: after for n, after in off.items() if (self.notes[n].until or "9999") > self._now}
        changed = _changed(database, (n for n, after in off.items() if after))
        return set_of(n for n, after in off.items() if not after or changed.get(n, "") <= after)

    def unread(self, database: Database) -> int:
        """Rows that changed since they were looked at, as `core.queue.is_unread` has it."""
        seen = self._local.seen()
        changed = _changed(database, seen)
        return set_of(n for n, at in changed.items() if at > seen[n])

    def seen(self, numbers: Iterable[int]) -> dict[int, str]:
        """When these rows were looked at, as it sorts; of those that were."""
        return self._local.seen(numbers)


def _changed(database: Database, numbers: Iterable[int]) -> dict[int, str]:
    """When these rows were last changed by somebody else, as it sorts; of those that are there."""
    asked = json.dumps(list(numbers))
    if asked == "[]":
        return {}
    sql = "SELECT number, changed_at FROM json_each(?) CROSS JOIN queue ON number = value"
    return {row[0]: row[1] for row in database.rows(sql, (asked,))}
