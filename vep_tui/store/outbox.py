"""The outbox: wishes on their way to GitHub, on disk before a call returns; it never talks to GitHub itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from vep_tui.core.models import Delivery, ItemState
from vep_tui.store.aside import repair_lock, set_aside
from vep_tui.store.database import Database, open_database, sound_text, to_stamp
from vep_tui.store.deliveries import Deliveries, utc_now
from vep_tui.store.errors import CorruptStore, WishError
from vep_tui.store.local import Local
from vep_tui.store.salvage import salvage
from vep_tui.store.schema import OUTBOX
from vep_tui.store.wishes import POST_KINDS, TICK, Note, OutboxEntry, Post, read_entry, read_post, read_tick

if TYPE_CHECKING:
    from vep_tui.core.models import Tick

HISTORY = timedelta(days=90)
"""How long sent wishes are kept."""

_PENDING = "delivery IN ('waiting', 'sending', 'held')"
"""Not on GitHub yet, in words for which there is an index: what was sent is not looked through."""
_NOTED = (
    "SELECT number, sum(waiting), sum(held), max(until), max(changed_after) FROM"  # noqa: S608 - our own words
    " (SELECT number, delivery != 'held' AS waiting, delivery = 'held' AS held, NULL AS until, NULL AS changed_after"
    f" FROM wish WHERE {_PENDING} UNION ALL SELECT number, 0, 0, until, changed_after FROM snooze) GROUP BY number"
)
_STANDS = {
    Delivery.WAITING: "waits to be sent",
    Delivery.SENDING: "is being sent; the next sync finds out whether it arrived",
    Delivery.SENT: "is already on GitHub",
    Delivery.HELD: "is held",
}


class Outbox(Deliveries):
    """One connection to outbox.db, for one thread."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now, notice: str = "") -> None:
        super().__init__(database, clock)
        self.notice = notice
        """What had to be done when opening, for the user; empty when all was well."""
        self.local = Local(database)
        """What this person noted for themselves; it never goes to GitHub."""

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, clock: Callable[[], datetime] = utc_now) -> Outbox:
        """Open or make the file; a damaged one is kept aside, its readable rows are taken over, and `notice` says so.

        `clock` dates the wishes, so that a replaced "now" shows in them too.
        """
        try:
            outbox = cls(_open_checked(path, read_only=read_only), clock)
        except CorruptStore:
            if read_only:
                raise
            with repair_lock(path):
                outbox = _repaired(path, clock)
        if not read_only:
            outbox.prune()
        return outbox

    def close(self) -> None:
        """Close the connection."""
        self.database.close()

    # ------------------------------------------------------------ what commands add

    def want(
        self,
        number: int,
        release: str,
        item: str,
        state: ItemState,
        note: str,
        evidence: str,
        seen: str,
        login: str = "",
    ) -> Tick:
        """Put a tick into the outbox; it is on disk when this returns. With a `login` it is sent as nobody else.

        It replaces a waiting or held tick of the same item. `seen` of a waiting one is kept: that is what the user
        last saw of GitHub. After a held one the user has read why, and `seen` is what they see now.
        """
        with self.database.transaction():
            older = self.database.row(
                "SELECT id, seen, delivery FROM wish WHERE kind = 'tick' AND number = ? AND release = ? AND item = ?"
                " AND delivery IN ('waiting', 'held') ORDER BY id DESC",
                (number, release, item),
            )
            if older is not None and older["delivery"] == Delivery.WAITING:
                seen = older["seen"]
            # A new id, so that a push that has read the older wish cannot take this one for it.
            self.database.run(
                "DELETE FROM wish WHERE kind = 'tick' AND number = ? AND release = ? AND item = ?"
                " AND delivery IN ('waiting', 'held')",
                (number, release, item),
            )
            cursor = self.database.run(
                "INSERT INTO wish (kind, number, release, item, state, note, evidence, seen, created_at, login,"
                " delivery) VALUES ('tick', ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')",
                (
                    number,
                    release,
                    item,
                    ItemState(state).value,
                    sound_text(note),
                    sound_text(evidence),
                    sound_text(seen),
                    to_stamp(self._clock()),
                    sound_text(login),
                ),
            )
            (row,) = self.database.rows("SELECT * FROM wish WHERE id = ?", (cursor.lastrowid,))
        return read_tick(row)

    def say(self, number: int, body: str, kind: str, login: str = "") -> Post:
        """Put a free comment, a check-in or a Prow command into the outbox; it is on disk when this returns.

        With a `login` it is sent as nobody else.
        """
        if kind not in POST_KINDS:
            raise WishError(f"There is no kind of comment called {kind!r}; there are {', '.join(POST_KINDS)}.")
        with self.database.transaction():
            cursor = self.database.run(
                "INSERT INTO wish (kind, number, body, created_at, login, delivery) VALUES (?, ?, ?, ?, ?, 'waiting')",
                (kind, number, sound_text(body), to_stamp(self._clock()), sound_text(login)),
            )
            (row,) = self.database.rows("SELECT * FROM wish WHERE id = ?", (cursor.lastrowid,))
        return read_post(row)

    def retry(self, id: int, *, seen: str | None = None) -> None:
        """Let a held wish wait again, to be sent as whoever is logged in; `seen` is what the user sees of GitHub."""
        with self.database.transaction():
            self._expect(id, Delivery.HELD)
            self.database.run(
                "UPDATE wish SET delivery = 'waiting', reason = '', login = '', seen = coalesce(?, seen) WHERE id = ?",
                (seen, id),
            )

    def drop(self, id: int) -> None:
        """Give up a waiting or held wish."""
        with self.database.transaction():
            self._expect(id, Delivery.WAITING, Delivery.HELD)
            self.database.run("DELETE FROM wish WHERE id = ?", (id,))

    def prune(self) -> None:
        """Forget wishes that were sent long ago."""
        limit = to_stamp(utc_now() - HISTORY)
        if self.database.row("SELECT 1 FROM wish WHERE delivery = 'sent' AND sent_at < ? LIMIT 1", (limit,)):
            self.database.run("DELETE FROM wish WHERE delivery = 'sent' AND sent_at < ?", (limit,))

    # ------------------------------------------------------------ reading

    def entry(self, id: int) -> OutboxEntry:
        """One wish; raises `WishError` when there is none."""
        row = self.database.row("SELECT * FROM wish WHERE id = ?", (id,))
        if row is None:
            raise WishError(f"There is no entry {id} in the outbox.")
        return read_entry(row)

    def entries(self, number: int | None = None, *, sent: bool = False) -> tuple[OutboxEntry, ...]:
        """What is on its way, oldest first; of one VEP or pull request; with what was sent, too."""
        return tuple(read_entry(row) for row in self._wishes(number, "1" if sent else _PENDING))

    def all(self) -> tuple[OutboxEntry, ...]:
        """Every wish, sent ones included, oldest first."""
        return self.entries(sent=True)

    def waiting(self, number: int | None = None) -> tuple[Tick, ...]:
        """Ticks that are not on GitHub yet (waiting, being sent, held), oldest first: they overlay what it shows."""
        return tuple(read_tick(row) for row in self._wishes(number, f"{_PENDING} AND kind = '{TICK}'"))

    def counts(self) -> dict[Delivery, int]:
        """How many wishes wait, are in doubt, are held."""
        rows = self.database.rows(f"SELECT delivery, count(*) FROM wish WHERE {_PENDING} GROUP BY delivery")  # noqa: S608
        found = {row[0]: int(row[1]) for row in rows}
        return {d: found.get(d.value, 0) for d in (Delivery.WAITING, Delivery.SENDING, Delivery.HELD)}

    def noted(self) -> dict[int, Note]:
        """What waits and what is put off, by number, of the rows about which there is any."""
        rows = self.database.rows(_NOTED)
        return {row[0]: Note(*tuple(row)[1:]) for row in rows}

    def _wishes(self, number: int | None, which: str) -> list[sqlite3.Row]:
        """Wishes of one kind, oldest first; the condition is our own text."""
        of = "" if number is None else "number = :number AND "
        return self.database.rows(f"SELECT * FROM wish WHERE {of}{which} ORDER BY id", {"number": number})  # noqa: S608

    def _expect(self, id: int, *allowed: Delivery) -> None:
        entry = self.entry(id)
        if entry.delivery not in allowed:
            raise WishError(f"Entry {id} of the outbox {_STANDS[entry.delivery]}.")


def _open_checked(path: Path, *, read_only: bool = False) -> Database:
    """Open with every commit forced to disk, and look for damage: the file is small and cannot be fetched again."""
    database = open_database(path, OUTBOX, synchronous="FULL", read_only=read_only)
    try:
        found = database.row("PRAGMA quick_check(1)")
        if found is None or found[0] != "ok":
            raise CorruptStore(f"{path} is damaged ({found[0] if found else 'unreadable'}).")
    except BaseException:
        database.close()
        raise
    return database


def _repaired(path: Path, clock: Callable[[], datetime]) -> Outbox:
    """A fresh outbox with what could be read from the damaged one, which keeps lying beside it."""
    try:
        return Outbox(_open_checked(path), clock)  # another instance was faster
    except CorruptStore:
        aside = set_aside(path)
    outbox = Outbox(_open_checked(path), clock)
    saved = salvage(aside, outbox.database)
    outbox.notice = (
        f"The outbox was damaged. It is kept as {aside.name}; {saved} of its entries could be read and were taken over."
        " Compare the checklists on GitHub with what you remember ticking."
    )
    return outbox
