"""What a person notes for themselves: seen, snoozed, decided, drafted; in outbox.db, and never sent to GitHub."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from vep_tui.store.database import Database, from_stamp, sound_text, to_json, to_stamp
from vep_tui.store.threads import key_of


@dataclass(frozen=True, slots=True)
class Snooze:
    """A row put off."""

    until: datetime | None
    """It comes back then; None: only a change brings it back."""
    changed_after: datetime | None
    """A change after this moment brings it back; None: changes do not."""

    def holds(self, now: datetime, updated_at: datetime) -> bool:
        """True while the row, last changed at `updated_at`, is put off."""
        if self.until is not None and now >= self.until:
            return False
        return self.changed_after is None or updated_at <= self.changed_after


class Local:
    """The notes in one connection to outbox.db."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark_seen(self, number: int, at: datetime) -> None:
        """Everything of this row up to that moment has been looked at."""
        self._database.run("INSERT OR REPLACE INTO seen (number, at) VALUES (?, ?)", (number, to_stamp(at)))

    def seen(self, number: int) -> datetime | None:
        """Up to when a row has been looked at."""
        row = self._database.row("SELECT at FROM seen WHERE number = ?", (number,))
        return None if row is None else from_stamp(row[0])

    def all_seen(self) -> dict[int, datetime]:
        """Up to when each row has been looked at."""
        return {r["number"]: from_stamp(r["at"]) for r in self._database.rows("SELECT number, at FROM seen")}

    def put_snooze(self, number: int, snooze: Snooze | None) -> None:
        """Put a row off, or take it back with None."""
        if snooze is None:
            self._database.run("DELETE FROM snooze WHERE number = ?", (number,))
            return
        stamps = [None if moment is None else to_stamp(moment) for moment in (snooze.until, snooze.changed_after)]
        self._database.run(
            "INSERT OR REPLACE INTO snooze (number, until, changed_after) VALUES (?, ?, ?)", (number, *stamps)
        )

    def snoozes(self) -> dict[int, Snooze]:
        """Every row that was put off, also those whose time has come."""
        rows = self._database.rows("SELECT * FROM snooze")
        return {
            r["number"]: Snooze(
                from_stamp(r["until"]) if r["until"] else None,
                from_stamp(r["changed_after"]) if r["changed_after"] else None,
            )
            for r in rows
        }

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

    def ui_state(self) -> dict[str, Any]:
        """How the screen was left."""
        rows = self._database.rows("SELECT key, value FROM ui ORDER BY key")
        return {r["key"]: json.loads(r["value"]) for r in rows}

    def save_ui_state(self, state: Mapping[str, Any]) -> None:
        """Remember these keys of the screen's state; others stay."""
        rows = [(key, to_json(value)) for key, value in state.items()]
        with self._database.transaction():
            self._database.run_many("INSERT OR REPLACE INTO ui (key, value) VALUES (?, ?)", rows)
