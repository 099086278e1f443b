"""The half of the outbox that moves wishes along their way to GitHub; only sync calls it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from vep_tui.core.models import Delivery
from vep_tui.store.database import Database, from_stamp, sound_text, to_stamp
from vep_tui.store.lease import Lease
from vep_tui.store.wishes import TICK, Attempt, Group, WishChanged, read_post, read_tick

_SAME = "kind = 'tick' AND number = ? AND release = ? AND item = ?"


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


class Deliveries:
    """waiting -> sending -> sent, back to waiting, or held with a reason."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self.database = database
        self.lease = Lease(database)
        """Take it before settling and pushing; `claim` refuses while another instance holds it."""
        self._clock = clock

    def groups(self) -> tuple[Group, ...]:
        """What can be sent now, oldest wish first.

        Waiting ticks go together by VEP and release, unless others of them are in doubt; a post waits until an
        earlier one to the same thread is settled.
        """
        doubt = self.database.rows("SELECT id, kind, number, release FROM wish WHERE delivery = 'sending'")
        busy = {(r["number"], r["release"]) for r in doubt if r["kind"] == TICK}
        first = {r["number"]: r["id"] for r in sorted(doubt, key=lambda r: -r["id"]) if r["kind"] != TICK}
        found: dict[tuple[object, ...], Group] = {}
        for row in self.database.rows("SELECT * FROM wish WHERE delivery = 'waiting' ORDER BY id"):
            number, release = row["number"], row["release"]
            if row["kind"] != TICK:
                if row["id"] < first.get(number, row["id"] + 1):
                    found[(row["id"],)] = Group(row["kind"], number, None, post=read_post(row))
            elif (number, release) not in busy:
                before = found.get((number, release))
                ticks = (*(before.ticks if before else ()), read_tick(row))
                found[(number, release)] = Group(TICK, number, release, ticks)
        return tuple(found.values())

    def claim(self, ids: Sequence[int], op: str, method: str, comment_id: str, body: str, after: str = "") -> Attempt:
        """Write down that these wishes are about to be sent, in one transaction; only then may the request go out.

        Raises `WishChanged` when one of them is no longer waiting, `LeaseLost` when another instance sends.
        """
        now = to_stamp(utc_now())
        with self.database.transaction():
            self.lease.check()
            marks = ",".join("?" * len(ids))
            rows = self.database.rows(
                f"SELECT * FROM wish WHERE id IN ({marks}) AND delivery = 'waiting'",  # noqa: S608 - marks only
                list(ids),
            )
            if not rows or len(rows) != len(set(ids)) or len({(r["number"], r["release"]) for r in rows}) != 1:
                raise WishChanged("The outbox changed while it was being sent; the next round takes it as it is now.")
            self.database.run_many("UPDATE wish SET delivery = 'sending', op = ? WHERE id = ?", [(op, i) for i in ids])
            first = rows[0]
            self.database.run(
                "INSERT INTO attempt (op, number, release, kind, method, comment_id, body, after, started_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (op, first["number"], first["release"], first["kind"], method, comment_id, body, after, now),
            )
        return next(a for a in self.attempts() if a.op == op)

    def attempts(self) -> tuple[Attempt, ...]:
        """Requests whose outcome is not known, oldest first: under the lease, all of them are in doubt."""
        ids: dict[str, list[int]] = {}
        for row in self.database.rows("SELECT id, op FROM wish WHERE delivery = 'sending' ORDER BY id"):
            ids.setdefault(row["op"], []).append(row["id"])
        return tuple(
            Attempt(
                op=row["op"],
                number=row["number"],
                release=row["release"],
                kind=row["kind"],
                method=row["method"],
                comment_id=row["comment_id"],
                body=row["body"],
                after=row["after"],
                started_at=from_stamp(row["started_at"]),
                looks=row["looks"],
                ids=tuple(ids.get(row["op"], ())),
            )
            for row in self.database.rows("SELECT * FROM attempt ORDER BY started_at, op")
        )

    def looked(self, op: str) -> int:
        """Count one more vain look for an attempt; returns how often it was looked for."""
        self.database.run("UPDATE attempt SET looks = looks + 1 WHERE op = ?", (op,))
        row = self.database.row("SELECT looks FROM attempt WHERE op = ?", (op,))
        return int(row[0]) if row else 0

    def delivered(self, op: str, comment_id: str, url: str) -> None:
        """GitHub has it. Mirror the comment first; unknown operations are ignored, so saying it twice is fine."""
        with self.database.transaction():
            self.database.run(
                "UPDATE wish SET delivery = 'sent', reason = '', comment_id = ?, comment_url = ?, sent_at = ?"
                " WHERE op = ? AND delivery = 'sending'",
                (comment_id, sound_text(url), to_stamp(utc_now()), op),
            )
            self._end(op)

    def unsent(self, op: str) -> None:
        """GitHub certainly does not have it: its wishes wait again."""
        self._return(op, Delivery.WAITING, "")

    def refuse(self, op: str, reason: str) -> None:
        """GitHub said no: its wishes are held with the reason until the user decides."""
        self._return(op, Delivery.HELD, reason)

    def hold(self, ids: Sequence[int], reason: str) -> None:
        """Hold waiting wishes before they are sent, as when somebody else has set the item meanwhile."""
        rows = [(sound_text(reason), i) for i in ids]
        with self.database.transaction():
            self.database.run_many(
                "UPDATE wish SET delivery = 'held', reason = ? WHERE id = ? AND delivery = 'waiting'", rows
            )

    def satisfied(self, ids: Sequence[int], comment_id: str, url: str) -> None:
        """Waiting wishes that GitHub already shows: nothing needs to be sent for them."""
        rows = [(comment_id, sound_text(url), to_stamp(utc_now()), i) for i in ids]
        with self.database.transaction():
            self.database.run_many(
                "UPDATE wish SET delivery = 'sent', reason = '', comment_id = ?, comment_url = ?, sent_at = ?"
                " WHERE id = ? AND delivery = 'waiting'",
                rows,
            )

    def _return(self, op: str, delivery: Delivery, reason: str) -> None:
        """Take an attempt back; a wish that a newer one for the same item has overtaken is dropped."""
        with self.database.transaction():
            for row in self.database.rows("SELECT * FROM wish WHERE op = ? AND delivery = 'sending'", (op,)):
                newer = self.database.row(
                    f"SELECT id FROM wish WHERE {_SAME} AND id > ? AND delivery IN ('waiting', 'held')",  # noqa: S608
                    (row["number"], row["release"], row["item"], row["id"]),
                )
                if row["kind"] == TICK and newer is not None:
                    self.database.run("UPDATE wish SET seen = ? WHERE id = ?", (row["seen"], newer["id"]))
                    self.database.run("DELETE FROM wish WHERE id = ?", (row["id"],))
                else:
                    self.database.run(
                        "UPDATE wish SET delivery = ?, reason = ?, op = NULL WHERE id = ?",
                        (delivery.value, sound_text(reason), row["id"]),
                    )
            self._end(op)

    def _end(self, op: str) -> None:
        self.database.run("DELETE FROM attempt WHERE op = ?", (op,))
