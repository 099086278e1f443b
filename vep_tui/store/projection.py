"""The queue's columns: computed by core from the mirror, read without understanding them; it fetches nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from vep_tui import __version__
from vep_tui.store.database import Database, from_stamp, to_stamp
from vep_tui.store.filter_sql import NOTED, UNREAD, condition
from vep_tui.store.rows import read_row
from vep_tui.store.threads import key_of

if TYPE_CHECKING:
    from vep_tui.core.filter import Query
    from vep_tui.core.models import QueueRow, Tick, Vep
    from vep_tui.core.world import World
    from vep_tui.store.mirror import Mirror
    from vep_tui.store.outbox import Outbox

PROJECTION = 1
"""Raise it when the same mirror should give other columns: the queue is then computed anew, without fetching."""

BEHIND = "behind"
"""Meta key: true from the beginning of a pull until its rows are computed; a pull that finds it was broken off."""

SORTS: Mapping[str, str] = {
    "attention": "queue.score DESC, queue.since, queue.number",
    "number": "queue.number",
    "title": "queue.title COLLATE NOCASE, queue.number",
    "sig": "queue.sig IS NULL, queue.sig, queue.number",
    "stage": "queue.stage_order, queue.number",
    "release": "queue.release_order, queue.number",
    "checklist": "queue.checklist_total = 0, queue.checklist_done, queue.number",
    "age": "queue.updated_at, queue.number",
}
"""The orders the queue knows, each an index; "age" puts first what has not changed for longest."""
_FEW = 2
"""A result that is at most so many times what is asked for is cheaper to sort than to find in order."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A stretch of the queue."""

    rows: tuple[QueueRow, ...]
    total: int
    """How many rows the query has altogether."""


class Projection:
    """The queue in one connection to mirror.db, for one thread."""

    def __init__(self, mirror: Mirror) -> None:
        self._database = mirror.database

    # ------------------------------------------------------------ writing

    def ensure(self, mirror: Mirror, outbox: Outbox, world: World) -> int:
        """Compute everything anew if the world, the day or the code is not that of the last time."""
        return 0 if mirror.meta("projection") == fingerprint_of(world) else self.refresh(mirror, outbox, world)

    def refresh(
        self,
        mirror: Mirror,
        outbox: Outbox,
        world: World,
        numbers: Iterable[int] | None = None,
        refs: Collection[str] = (),
    ) -> int:
        """Compute these rows anew (issues or VEP pull requests, and what hangs on them); None means all.

        `refs` are other pull requests that changed: the rows that they may concern are computed, too.
        Returns how many rows were computed. Nothing is fetched.
        """
        # What understands foreign text is loaded when it is needed: not before the first frame.
        from vep_tui.store.refreshing import Refresh

        current = fingerprint_of(world)
        whole = numbers is None or mirror.meta("projection") != current
        count = Refresh(mirror, outbox, world).run(None if whole else set(numbers or ()), refs)
        if whole:
            mirror.set_meta("projection", current)
        return count

    def touch(self, mirror: Mirror, vep: Vep, world: World) -> None:
        """Write one VEP's row as it has just been assembled, without looking for new pull requests of it."""
        from vep_tui.store.entries import vep_entry, write_entry

        with mirror.transaction():
            write_entry(mirror.database, vep_entry(vep, self.links(vep.number), world))

    def numbers_of(self, refs: Iterable[str]) -> tuple[int, ...]:
        """The VEPs to which these pull requests may matter, as far as the last refresh knew."""
        found: set[int] = set()
        for ref in refs:
            rows = self._database.rows("SELECT number FROM queue_link WHERE ref = ?", (key_of(ref),))
            found.update(r[0] for r in rows)
        return tuple(sorted(found))

    # ------------------------------------------------------------ reading

    def page(
        self, query: Query, world: World, outbox: Outbox, *, sort: str = "attention", offset: int = 0, limit: int = 200
    ) -> QueuePage:
        """Rows of a query, in one of `SORTS`; wishes and notes of the outbox are laid over them."""
        counts = outbox.counts_by_number()
        where, values = condition(query.node, world)
        values |= {"now": to_stamp(world.now), "noted": _noted(outbox, counts), "limit": limit, "offset": offset}
        found = self._database.row(f"{NOTED} SELECT count(*) FROM queue WHERE {where}", values)  # noqa: S608 - all bound
        total = int(found[0]) if found else 0
        if not limit or offset >= total:
            return QueuePage((), total)
        if total <= _FEW * (offset + limit):
            # To walk the queue in its order until enough are met would be to walk all of it.
            where = f"queue.number IN (SELECT queue.number FROM queue WHERE {where})"  # noqa: S608 - as above
        rows = self._database.rows(
            f"{NOTED} SELECT queue.*, {UNREAD} AS unread FROM queue WHERE {where} ORDER BY {SORTS[sort]}"  # noqa: S608
            " LIMIT :limit OFFSET :offset",
            values,
        )
        pending: dict[int, list[Tick]] = {}
        for tick in outbox.waiting() if counts else ():
            pending.setdefault(tick.number, []).append(tick)
        return QueuePage(
            tuple(read_row(r, pending.get(r["number"], ()), *counts.get(r["number"], (0, 0))) for r in rows), total
        )

    def changed_at(self, number: int) -> datetime | None:
        """When somebody else last changed a row; None when there is no such row."""
        row = self._database.row("SELECT changed_at FROM queue WHERE number = ?", (number,))
        return None if row is None else from_stamp(row[0])

    def total(self) -> int:
        """How many rows the queue has."""
        row = self._database.row("SELECT count(*) FROM queue")
        return int(row[0]) if row else 0

    def links(self, number: int) -> tuple[str, ...]:
        """The pull requests that may matter to a VEP, in lower case, as the last refresh found them."""
        return links_of(self._database, number)

    def vep_of(self, ref: str) -> int | None:
        """The VEP a proposal belongs to."""
        return vep_of_ref(self._database, ref)


def fingerprint_of(world: World) -> str:
    """A digest of everything but the mirror that the columns depend on: the world, the day and the code."""
    parts = (__version__, PROJECTION, world.process, world.people, world.releases, world.me, world.my_sigs)
    text = repr((*parts, world.now.date()))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _noted(outbox: Outbox, counts: Mapping[int, tuple[int, int]]) -> str:
    """What the outbox says about rows, as JSON for the table `noted` of a query."""
    stamps = outbox.local.stamps()
    rows = [
        (n, *stamps.get(n, (None, None, None)), *counts.get(n, (0, 0))) for n in sorted(stamps.keys() | counts.keys())
    ]
    return json.dumps(rows)


def vep_of_ref(database: Database, ref: str) -> int | None:
    """The VEP a proposal belongs to: that which lists it, else that which it serves."""
    row = database.row(
        "SELECT number FROM queue_link WHERE ref = ? AND own > 0 ORDER BY own DESC, number LIMIT 1", (key_of(ref),)
    )
    return None if row is None else int(row[0])


def links_of(database: Database, number: int) -> tuple[str, ...]:
    """The pull requests that may matter to a VEP, in lower case."""
    return tuple(r[0] for r in database.rows("SELECT ref FROM queue_link WHERE number = ? ORDER BY ref", (number,)))
