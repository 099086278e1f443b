"""Finds what opening a store does not notice, and mends it; no entry of the outbox is lost by it, nor sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from vep_tui.store.aside import repair_lock, set_aside
from vep_tui.store.database import Migration, address_of, explain
from vep_tui.store.errors import CorruptStore
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import BEHIND, Projection
from vep_tui.store.salvage import CUT_OFF, hold_cut_off, salvage

if TYPE_CHECKING:
    from vep_tui.core.world import World
    from vep_tui.store.mirror import Mirror


def damage(path: Path, migrations: Sequence[Migration]) -> str:
    """Why a file is no store, in words; nothing when it is sound, or not there, or newer than this program.

    The file is only read. Raises `StoreUnavailable` when it cannot be.
    """
    if not path.is_file():
        return ""
    try:
        with closing(sqlite3.connect(address_of(path.absolute(), "rw"), uri=True)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > len(migrations):
                return ""
            found = _names(connection)
            if not version:
                return "it belongs to another program" if found else ""
            if missing := sorted(_names_at(migrations[:version]) - found):
                return f"it lacks {', '.join(missing[:3])}{' and more' if len(missing) > 3 else ''}"
            said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            return "" if said == "ok" else said
    except sqlite3.Error as error:
        trouble = explain(error, path)
        if isinstance(trouble, CorruptStore):
            return str(error)
        raise trouble from error


def _names(connection: sqlite3.Connection) -> set[str]:
    """Tables, indexes and triggers, without those that SQLite makes for itself."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return {str(row[0]) for row in rows}


def _names_at(migrations: Sequence[Migration]) -> set[str]:
    """What a store of this version consists of."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in (one for step in migrations for one in step):
            connection.execute(statement)
        return _names(connection)


def _expect_alone(path: Path) -> None:
    """Raise `StoreUnavailable` while another program has the file open: what it writes would go aside with it."""
    try:
        address = address_of(path.absolute(), "rw")
        with closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as connection:
            # Whoever has a file with a write-ahead log open keeps a lock on it, at work or not.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        trouble = explain(error, path)
        if not isinstance(trouble, CorruptStore):
            raise trouble from error


def begin_cache_anew(path: Path) -> Path:
    """Set a damaged cache aside, so that the next sync fetches everything; returns its new name."""
    _expect_alone(path)
    with repair_lock(path):
        return set_aside(path)


def rebuild_outbox(path: Path) -> tuple[Path, int]:
    """Set a damaged outbox aside and take over what can be read; returns its new name and how many entries came."""
    _expect_alone(path)
    with repair_lock(path):
        aside = set_aside(path)
        with closing(Outbox.open(path)) as outbox:
            return aside, salvage(aside, outbox.database)


def cut_off(outbox: Outbox) -> int:
    """How many entries no sync would ever settle: they are said to be on their way, and no request is known."""
    row = outbox.database.row(f"SELECT count(*) FROM wish WHERE {CUT_OFF}")  # noqa: S608 - our own words
    return int(row[0]) if row else 0


def hold_what_was_cut_off(outbox: Outbox) -> int:
    """Hold these entries, so that their owner decides; returns how many."""
    with outbox.database.transaction():
        return hold_cut_off(outbox.database)


def compute_left_behind(mirror: Mirror, outbox: Outbox, world: World) -> int:
    """Compute the rows that a sync which was broken off left as they were; returns how many there are."""
    before = mirror.database.version()[0]
    count = Projection(mirror).refresh(mirror, outbox, world)
    if mirror.database.version()[0] == before:  # else a sync is at work, which computes what it brings itself
        mirror.set_meta(BEHIND, False)
    return count
