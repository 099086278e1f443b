"""What a person notes for themselves: seen, snoozed, decided, drafted; in outbox.db, and never sent to GitHub."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from vep_tui.store.database import Database, from_stamp, sound_text, to_json, to_stamp
from vep_tui.store.threads import key_of

if TYPE_CHECKING:
    from vep_tui.core.queue import LocalNotes


class Local:
    """The notes in one connection to outbox.db."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark_seen(self, number: int, at: datetime) -> None:
        """The row has been looked at as it was at that moment."""
        self._database.run("INSERT OR REPLACE INTO seen (number, at) VALUES (?, ?)", (number, to_stamp(at)))

    def snooze(self, number: int, until: datetime | None, changed_after: datetime | None = None) -> None:
        """Put a row off until a moment, a change after another, or whichever is first; neither takes it back."""
        if until is None and changed_after is None:
            self._database.run("DELETE FROM snooze WHERE number = ?", (number,))
            return
        stamps = [None if moment is None else to_stamp(moment) for moment in (until, changed_after)]
        self._database.run(
            "INSERT OR REPLACE INTO snooze (number, until, changed_after) VALUES (?, ?, ?)", (number, *stamps)
        )

    def seen(self, numbers: Iterable[int] | None = None) -> dict[int, str]:
        """When rows were looked at, as it sorts: these, or all that ever were."""
        if numbers is None:
            rows = self._database.rows("SELECT number, at FROM seen")
        else:
            sql = "SELECT number, at FROM json_each(?) CROSS JOIN seen ON number = value"
            rows = self._database.rows(sql, (json.dumps(list(numbers)),))
        return {row[0]: row[1] for row in rows}

    def notes(self) -> dict[int, LocalNotes]:
        """What was noted on every row that has any note."""
        seen = {r["number"]: r for r in self._database.rows("SELECT * FROM seen")}
        snoozed = {r["number"]: r for r in self._database.rows("SELECT * FROM snooze")}
        return {n: _notes(seen.get(n), snoozed.get(n)) for n in seen.keys() | snoozed.keys()}

    def decide(self, number: int, ref: str, confirmed: bool | None) -> None:
        """Confirm or reject a candidate pull request of a VEP; None forgets the decision."""
        if confirmed is None:
            self._database.run("DELETE FROM decision WHERE number = ? AND ref = ?", (number, key_of(ref)))
            return
        self._database.run(
            "INSERT OR REPLACE INTO decision (number, ref, confirmed) VALUES (?, ?, ?)",
            (number, key_of(ref), int(confirmed)),
        )

    def decisions(self, number: int) -> dict[str, bool]:
        """Decisions on the candidates of a VEP, by ref in lower case."""
        rows = self._database.rows("SELECT ref, confirmed FROM decision WHERE number = ? ORDER BY ref", (number,))
        return {r["ref"]: bool(r["confirmed"]) for r in rows}

    def draft(self, key: str) -> str:
        """Text begun and not sent; empty when there is none."""
        row = self._database.row("SELECT text FROM draft WHERE key = ?", (key,))
        return "" if row is None else str(row[0])

    def save_draft(self, key: str, text: str) -> None:
        """Keep text that is being written; empty text forgets it."""
        if not text:
            self._database.run("DELETE FROM draft WHERE key = ?", (key,))
            return
        self._database.run(
            "INSERT OR REPLACE INTO draft (key, text, saved_at) VALUES (?, ?, ?)",
            (key, sound_text(text), to_stamp(datetime.now(UTC))),
        )

    def told_sigs(self) -> tuple[str, ...]:
        """The SIGs the person named when asked at first start."""
        kept = self.ui_state().get("my_sigs", ())
        return tuple(str(sig) for sig in kept) if isinstance(kept, list | tuple) else ()

    def ui_state(self) -> dict[str, Any]:
        """How the screen was left."""
        rows = self._database.rows("SELECT key, value FROM ui ORDER BY key")
        return {r["key"]: json.loads(r["value"]) for r in rows}

    def save_ui_state(self, state: Mapping[str, Any]) -> None:
        """Remember these keys of the screen's state; others stay."""
        rows = [(key, to_json(value)) for key, value in state.items()]
        with self._database.transaction():
            self._database.run_many("INSERT OR REPLACE INTO ui (key, value) VALUES (?, ?)", rows)


def _notes(seen: sqlite3.Row | None, snoozed: sqlite3.Row | None) -> LocalNotes:
    from vep_tui.core.queue import LocalNotes  # not before the first frame

    until, changed_after = (snoozed["until"], snoozed["changed_after"]) if snoozed else (None, None)
    return LocalNotes(
        seen_at=from_stamp(seen["at"]) if seen else None,
        snoozed_until=from_stamp(until) if until else None,
        snoozed_until_change=from_stamp(changed_after) if changed_after else None,
    )
