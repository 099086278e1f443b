"""The queue's columns: computed by core from the mirror, read without understanding them; it fetches nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vep_tui import __version__
from vep_tui.core.clues import clues_of, folder_number
from vep_tui.core.filter import Query
from vep_tui.core.models import Issue, QueueRow, Tick, Tracker, Vep
from vep_tui.core.queue import NOTHING_NOTED, LocalNotes
from vep_tui.core.world import World
from vep_tui.store.database import Database, from_stamp, to_stamp
from vep_tui.store.filter_sql import UNREAD, condition
from vep_tui.store.gathering import Gathering
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.rows import Entry, delete_entry, pull_entry, read_row, vep_entry, write_entry
from vep_tui.store.threads import key_of

PROJECTION = 1
"""Raise it when the same mirror should give other columns: the queue is then computed anew, without fetching."""

_OPEN_PROPOSALS = "SELECT number, name FROM pull WHERE proposal = 1 AND state = 'OPEN' ORDER BY number"
_BATCH = 50
"""Rows written in one transaction: a key press must not wait long for the lock."""

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
"""The orders the queue knows; "age" puts first what has not changed for longest."""


_WITH_NOTED = (
    "WITH noted AS MATERIALIZED (SELECT json_extract(value, '$[0]') AS number, json_extract(value, '$[1]') AS seen,"
    " json_extract(value, '$[2]') AS until, json_extract(value, '$[3]') AS changed_after,"
    " json_extract(value, '$[4]') AS waiting, json_extract(value, '$[5]') AS held FROM json_each(:noted))"
)
"""What the other file says about rows comes in as a value: attaching that file would lock both for every write."""


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

    def refresh(self, mirror: Mirror, outbox: Outbox, world: World, numbers: Iterable[int] | None = None) -> int:
        """Compute these rows anew (issues or VEP pull requests, and what hangs on them); None means all.

        Returns how many rows were computed. Nothing is fetched.
        """
        current = fingerprint_of(world)
        whole = numbers is None or mirror.meta("projection") != current
        gathering = Gathering(mirror, world)
        wanted = set(mirror.numbers()) if whole else _spread(mirror, world, set(numbers or ()))
        known = set(mirror.numbers())
        _note_title_numbers(mirror, gathering, wanted & known)
        count = 0
        for batch in _batches(sorted(wanted & known)):
            entries = [(n, self._vep_entry(mirror, outbox, gathering, world, n)) for n in batch]
            count += _write(mirror.database, entries)
        count += _refresh_pulls(mirror, outbox, gathering, world, None if whole else wanted)
        gone = {r[0] for r in mirror.database.rows("SELECT number FROM queue WHERE kind = 'vep'")} - known
        _write(mirror.database, [(n, None) for n in gone])
        if whole:
            mirror.set_meta("projection", current)
        return count

    def touch(self, mirror: Mirror, vep: Vep, world: World) -> None:
        """Write one VEP's row as it has just been assembled, without looking for new pull requests of it."""
        around = self.links(vep.number)
        _write(mirror.database, [(vep.number, vep_entry(vep, around, world))])

    def numbers_of(self, refs: Iterable[str]) -> tuple[int, ...]:
        """The VEPs to which these pull requests may matter, as far as the last refresh knew."""
        found: set[int] = set()
        for ref in refs:
            rows = self._database.rows("SELECT number FROM queue_link WHERE ref = ?", (key_of(ref),))
            found.update(r[0] for r in rows)
        return tuple(sorted(found))

    def _vep_entry(
        self, mirror: Mirror, outbox: Outbox, gathering: Gathering, world: World, number: int
    ) -> Entry | None:
        """The row of an issue; None for one that is no VEP's."""
        issue = mirror.issue(number)
        if issue is None:
            return None
        tracker = gathering.tracker(issue)
        if not gathering.is_vep(issue, tracker):
            return None
        around = gathering.around(issue, tracker)
        return vep_entry(_vep(gathering, outbox, issue, tracker, around), around, world)

    # ------------------------------------------------------------ reading

    def page(
        self, query: Query, world: World, outbox: Outbox, *, sort: str = "attention", offset: int = 0, limit: int = 200
    ) -> QueuePage:
        """Rows of a query, in one of `SORTS`; wishes and notes of the outbox are laid over them."""
        counts = outbox.counts_by_number()
        where, values = condition(query.node, world)
        values |= {"now": to_stamp(world.now), "noted": _noted(outbox.local.notes(), counts)}
        source = f"FROM queue LEFT JOIN noted ON noted.number = queue.number WHERE {where}"
        total = self._database.row(f"{_WITH_NOTED} SELECT count(*) {source}", values)
        rows = self._database.rows(
            f"{_WITH_NOTED} SELECT queue.*, {UNREAD} AS unread {source} ORDER BY {SORTS[sort]}"
            " LIMIT :limit OFFSET :offset",
            {**values, "limit": limit, "offset": offset},
        )
        pending: dict[int, list[Tick]] = {}
        for tick in outbox.waiting() if counts else ():
            pending.setdefault(tick.number, []).append(tick)
        return QueuePage(
            tuple(read_row(r, pending.get(r["number"], ()), *counts.get(r["number"], (0, 0))) for r in rows),
            int(total[0]) if total else 0,
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
        return _links(self._database, number)

    def vep_of(self, ref: str) -> int | None:
        """The VEP a proposal belongs to."""
        return _vep_of(self._database, ref)


def fingerprint_of(world: World) -> str:
    """A digest of everything but the mirror that the columns depend on: the world, the day and the code."""
    parts = (__version__, PROJECTION, world.process, world.people, world.releases, world.me, world.my_sigs)
    text = repr((*parts, world.now.date()))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _noted(notes: Mapping[int, LocalNotes], counts: Mapping[int, tuple[int, int]]) -> str:
    """What the outbox says about rows, as JSON for the table `noted` of a query."""
    rows = []
    for number in notes.keys() | counts.keys():
        note = notes.get(number, NOTHING_NOTED)
        moments = (note.seen_at, note.snoozed_until, note.snoozed_until_change)
        rows.append((number, *(to_stamp(m) if m else None for m in moments), *counts.get(number, (0, 0))))
    return json.dumps(rows)


def _vep(gathering: Gathering, outbox: Outbox, issue: Issue, tracker: Tracker, refs: Iterable[str]) -> Vep:
    number = issue.number
    return gathering.vep(
        issue, tracker, refs=refs, ticks=outbox.waiting(number), decisions=outbox.local.decisions(number)
    )


def _spread(mirror: Mirror, world: World, numbers: set[int]) -> set[int]:
    """The numbers, the VEPs their pull requests belong or belonged to, and VEPs that share a title number."""
    wanted = set(numbers)
    for number in numbers:
        pull = mirror.proposal(number)
        if pull is None:
            rows = mirror.database.rows("SELECT worn FROM title_number WHERE number = ?", (number,))
            wanted.update(r[0] for r in rows)
            continue
        clues = clues_of(pull, world.process)
        wanted |= clues.numbers | clues.worded
        wanted.update(n for folder in clues.folders | clues.touched if (n := folder_number(folder)))
        rows = mirror.database.rows("SELECT number FROM queue_link WHERE ref = ?", (key_of(pull.ref),))
        wanted.update(r[0] for r in rows)
    return wanted


def _note_title_numbers(mirror: Mirror, gathering: Gathering, numbers: Iterable[int]) -> None:
    """Remember which trackers wear another number in their title, before any of them is judged."""
    found = []
    for number in sorted(numbers):
        issue = mirror.issue(number, comments=False)
        worn = gathering.tracker(issue).title_number if issue else None
        found.append((number, worn if worn != number else None))
    with mirror.transaction():
        mirror.database.run_many("DELETE FROM title_number WHERE number = ?", [(n,) for n, _ in found])
        rows = [(n, worn) for n, worn in found if worn is not None]
        mirror.database.run_many("INSERT INTO title_number (number, worn) VALUES (?, ?)", rows)


def _refresh_pulls(mirror: Mirror, outbox: Outbox, gathering: Gathering, world: World, wanted: set[int] | None) -> int:
    """Rows of the open proposals; of those in `wanted` or of VEPs in it, when given."""
    open_now = {r["number"]: r["name"] for r in mirror.database.rows(_OPEN_PROPOSALS)}
    veps: dict[int, Vep | None] = {}
    entries: list[tuple[int, Entry | None]] = []
    for number, ref in open_now.items():
        vep_number = _vep_of(mirror.database, ref)
        pull = mirror.proposal(number) if wanted is None or {number, vep_number} & wanted else None
        if pull is None:
            continue
        if vep_number is not None and vep_number not in veps:
            issue = mirror.issue(vep_number)
            links = _links(mirror.database, vep_number)
            veps[vep_number] = _vep(gathering, outbox, issue, gathering.tracker(issue), links) if issue else None
        vep = veps.get(vep_number) if vep_number is not None else None
        serves = vep is not None or bool(clues_of(pull, world.process).touched)
        entries.append((number, pull_entry(pull, vep, world) if serves else None))
    shown = {r[0] for r in mirror.database.rows("SELECT number FROM queue WHERE kind = 'pr'")}
    entries += [(n, None) for n in shown - open_now.keys()]
    return sum(_write(mirror.database, batch) for batch in _batches(entries))


def _links(database: Database, number: int) -> tuple[str, ...]:
    return tuple(r[0] for r in database.rows("SELECT ref FROM queue_link WHERE number = ? ORDER BY ref", (number,)))


def _vep_of(database: Database, ref: str) -> int | None:
    row = database.row(
        "SELECT number FROM queue_link WHERE ref = ? AND own > 0 ORDER BY own DESC, number LIMIT 1", (key_of(ref),)
    )
    return None if row is None else int(row[0])


def _write(database: Database, entries: list[tuple[int, Entry | None]]) -> int:
    """Write or delete rows in one transaction; returns how many were written."""
    with database.transaction():
        for number, entry in entries:
            if entry is None:
                delete_entry(database, number)
            else:
                write_entry(database, entry)
    return sum(entry is not None for _, entry in entries)


def _batches(things: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(things), _BATCH):
        yield things[start : start + _BATCH]
