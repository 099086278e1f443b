"""Gets every readable row out of a damaged outbox; it never writes to the damaged file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vep_tui.store.database import address_of
from vep_tui.store.errors import StoreError
from vep_tui.store.wishes import TICK, read_entry, read_tick

if TYPE_CHECKING:
    from vep_tui.store.database import Database

_TABLES = ("wish", "attempt", "seen", "snooze", "decision", "draft", "ui")

CUT_OFF = "delivery = 'sending' AND (op IS NULL OR op NOT IN (SELECT op FROM attempt))"
"""Wishes that are said to be on their way while nothing is known of any request: no sync would ever settle them."""

_WHY = "The outbox was damaged while this was being sent. Look at the thread on GitHub before you retry."


def hold_cut_off(database: Database) -> int:
    """Hold what was cut off, so that its owner decides; returns how many."""
    return database.run(f"UPDATE wish SET delivery = 'held', reason = ?, op = NULL WHERE {CUT_OFF}", (_WHY,)).rowcount  # noqa: S608


def salvage(damaged: Path, database: Database) -> int:
    """Copy what can be read from the damaged file into a fresh outbox; returns the number of wishes saved."""
    try:
        source = sqlite3.connect(address_of(damaged.absolute(), "rw"), uri=True)
    except sqlite3.Error:
        return 0
    source.row_factory = sqlite3.Row
    # Without it SQLite reads nothing at all of a file that has lost its end.
    source.execute("PRAGMA writable_schema = ON")
    try:
        with database.transaction():
            for table in _TABLES:
                for row in _readable(source, table):
                    _copy(database, table, row)
            hold_cut_off(database)
    finally:
        source.close()
    found = database.row("SELECT count(*) FROM wish")
    return int(found[0]) if found else 0


def _readable(source: sqlite3.Connection, table: str) -> list[sqlite3.Row]:
    """Rows up to the damage from the front, then from the back."""
    found: dict[Any, sqlite3.Row] = {}
    for order in ("ASC", "DESC"):
        try:
            for row in source.execute(f"SELECT rowid AS place, * FROM {table} ORDER BY rowid {order}"):  # noqa: S608
                found.setdefault(row["place"], row)
        except (sqlite3.Error, UnicodeDecodeError):
            continue
    return [found[place] for place in sorted(found)]


def _copy(database: Database, table: str, row: sqlite3.Row) -> None:
    """Insert one row if it still makes sense; damaged values are left behind in the damaged file."""
    known = {r["name"] for r in database.rows(f"PRAGMA table_info({table})")}
    columns = [c for c in row.keys() if c in known]  # noqa: SIM118 - a Row iterates over values
    marks = ",".join("?" * len(columns))
    try:
        if table == "wish":
            read_tick(row) if row["kind"] == TICK else read_entry(row)
        database.run(
            f"INSERT OR IGNORE INTO {table} ({','.join(columns)}) VALUES ({marks})",  # noqa: S608 - our own names
            [row[c] for c in columns],
        )
    except (StoreError, ValueError, TypeError, IndexError, AttributeError):
        return
