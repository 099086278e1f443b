"""The queue's columns: computed by core from the mirror, read without understanding them; it fetches nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from vep_tui import __version__
from vep_tui.store.database import Database, from_stamp, to_stamp
from vep_tui.store.filter_sets import find_rows
from vep_tui.store.noted import Noted
from vep_tui.store.rows import read_row
from vep_tui.store.sets import Sets, numbers_in
from vep_tui.store.threads import key_of
from vep_tui.store.wishes import Note

if TYPE_CHECKING:
    import sqlite3

    from vep_tui.core.filter import Query
    from vep_tui.core.models import QueueRow, Tick, Vep
    from vep_tui.core.world import World
    from vep_tui.store.mirror import Mirror
    from vep_tui.store.outbox import Outbox

PROJECTION = 9
"""Raise it when the same mirror should give other columns: the queue is then computed anew, without fetching."""

BEHIND = "behind"
"""Meta key: true from the beginning of a pull until its rows are computed; a pull that finds it was broken off."""

ORDERS: Mapping[str, str] = {
    "attention": "queue.score DESC, queue.since, queue.number",
    "number": "queue.number",
    "title": "queue.title COLLATE NOCASE, queue.number",
    "sig": "queue.sig IS NULL, queue.sig, queue.number",
    "stage": "queue.stage_order, queue.number",
    "release": "queue.release_order, queue.number",
    "checklist": "queue.checklist_total = 0, queue.checklist_done, queue.number",
    "age": "queue.updated_at, queue.number",
}
"""What `core.views.SORTS` means in SQL; each has an index."""
_SHOWN = (
    "number, kind, vep, title, sig, stage, release, state, score, changed_at, checklist_done, checklist_total,"
    " items, reasons, updated_at"
)
_WALKED = 10
"""Rows that are walked over in the time in which one is fetched and sorted."""


class QueuePage(NamedTuple):
    """A stretch of the queue."""

    rows: tuple[QueueRow, ...]
    total: int
    """How many rows the query has altogether."""


class Projection:
    """The queue in one connection to mirror.db, for one thread."""

    def __init__(self, mirror: Mirror) -> None:
        self._database = mirror.database
        self._sets = Sets(mirror.database)

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
        from vep_tui.store.entries import vep_entry, write_entries

        with mirror.transaction():
            write_entries(mirror.database, [(vep.number, vep_entry(vep, self.links(vep.number), world))])

    # ------------------------------------------------------------ reading

    def page(
        self, query: Query, world: World, outbox: Outbox, *, sort: str = "attention", offset: int = 0, limit: int = 200
    ) -> QueuePage:
        """Rows of a query, in one of `ORDERS`; wishes and notes of the outbox are laid over them."""
        noted = Noted(outbox, to_stamp(world.now))
        members, every = find_rows(query.node, world, self._database, self._sets, noted)
        total = members.bit_count()
        if not limit or offset >= total:
            return QueuePage((), total)
        where, values = _picked(members, every, offset + limit)
        rows = self._database.rows(
            f"SELECT {_SHOWN} FROM queue WHERE {where} ORDER BY {ORDERS[sort]} LIMIT :limit OFFSET :offset",  # noqa: S608
            values | {"limit": limit, "offset": offset},
        )
        return QueuePage(_laid_over(rows, noted, outbox), total)

    def row(self, number: int, world: World, outbox: Outbox) -> QueueRow | None:
        """One row, as a page has it; None when there is none of this number."""
        rows = self._database.rows(f"SELECT {_SHOWN} FROM queue WHERE number = ?", (number,))  # noqa: S608
        return next(iter(_laid_over(rows, Noted(outbox, to_stamp(world.now)), outbox)), None)

    def changed_at(self, number: int) -> datetime | None:
        """When somebody else last changed a row; None when there is no such row."""
        row = self._database.row("SELECT changed_at FROM queue WHERE number = ?", (number,))
        return None if row is None else from_stamp(row[0])

    def has(self, number: int) -> bool:
        """True when there is a row of this number: what hangs on it is known then, too."""
        return self._database.row("SELECT 1 FROM queue WHERE number = ?", (number,)) is not None

    def veps(self) -> tuple[int, ...]:
        """The numbers of the rows that are VEPs, in order."""
        return tuple(r[0] for r in self._database.rows("SELECT number FROM queue WHERE kind = 'vep' ORDER BY number"))

    def titles(self) -> tuple[tuple[int, str], ...]:
        """The VEPs with their titles, in order."""
        found = self._database.rows("SELECT number, title FROM queue WHERE kind = 'vep' ORDER BY number")
        return tuple((row[0], row[1]) for row in found)

    def authors(self) -> tuple[str, ...]:
        """Logins of who opened the rows, in lower case and order."""
        found = self._database.rows(
            "SELECT DISTINCT value FROM queue_set WHERE field = 'author' AND value != '' ORDER BY value"
        )
        return tuple(row[0] for row in found)

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
    import hashlib  # not before the first frame

    parts = (__version__, PROJECTION, world.process, world.people, world.releases, world.me, world.my_sigs)
    text = repr((*parts, world.now.date()))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _picked(members: int, every: int, wanted: int) -> tuple[str, dict[str, Any]]:
    """A condition that lets a set through, and its values.

    Many members are met soon when the queue is walked in its order; few are sooner fetched and sorted.
    """
    if members == every:
        return "1", {}
    total = members.bit_count()
    if total <= wanted or total * total <= wanted * every.bit_count() // _WALKED:
        return "queue.number IN (SELECT value FROM json_each(:numbers))", {"numbers": json.dumps(numbers_in(members))}
    # One byte for each number, the last first; in text SQLite would count its letters for every row.
    return "substr(:members, -1 - queue.number, 1) = x'31'", {"members": f"{members:b}".encode()}


def _laid_over(rows: Sequence[sqlite3.Row], noted: Noted, outbox: Outbox) -> tuple[QueueRow, ...]:
    """Rows with what the outbox says about them."""
    pending: dict[int, list[Tick]] = {}
    for tick in outbox.waiting() if noted.notes else ():
        pending.setdefault(tick.number, []).append(tick)
    seen = noted.seen(row["number"] for row in rows)
    return tuple(_shown(row, pending, noted.notes, seen) for row in rows)


def _shown(
    row: sqlite3.Row,
    pending: Mapping[int, list[Tick]],
    notes: Mapping[int, Note],
    seen: Mapping[int, str],
) -> QueueRow:
    """A row with what the outbox says about it."""
    number = row["number"]
    unread = number in seen and row["changed_at"] > seen[number]
    note = notes.get(number, Note())
    return read_row(row, pending.get(number, ()), note.waiting, note.held, unread=unread)


def vep_of_ref(database: Database, ref: str) -> int | None:
    """The VEP a proposal belongs to: that which lists it, else that which it serves."""
    row = database.row(
        "SELECT number FROM queue_link WHERE ref = ? AND own > 0 ORDER BY own DESC, number LIMIT 1", (key_of(ref),)
    )
    return None if row is None else int(row[0])


def links_of(database: Database, number: int) -> tuple[str, ...]:
    """The pull requests that may matter to a VEP, in lower case."""
    rows = database.rows("SELECT ref FROM queue_link WHERE number = ? AND ref LIKE '%#%' ORDER BY ref", (number,))
    return tuple(row[0] for row in rows)
