"""Opening SQLite files the way both stores need them: private, journalled, migrated; it knows no table of theirs."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote_from_bytes

from vep_tui.store.errors import CorruptStore, NewerStore, StoreError, StoreUnavailable

BUSY_SECONDS = 5.0
"""How long a write waits for another instance."""

Migration = tuple[str, ...]
"""The statements that lead from one schema version to the next."""

Values = Sequence[Any] | Mapping[str, Any]
"""What a statement binds, by place or by name."""

_PAGES_KIB = 256
"""What a connection keeps of its file; the system keeps all of it at hand, for every process only once."""
_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """The room's own error for one of SQLite's."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in _CORRUPT:
        return CorruptStore(f"{path} is damaged ({error}). `vep-tui doctor --fix` mends it without losing what waits.")
    if code == sqlite3.SQLITE_FULL:
        return StoreUnavailable(f"There is no room left for {path}. Nothing stored is lost; free some space and retry.")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreUnavailable(f"Another program keeps {path} busy. Nothing is lost; retry when it is done.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return StoreUnavailable(f"{path} cannot be written. Make the file and its folder writable for you.")
    return StoreUnavailable(f"{path} cannot be used ({error}). Check the folder, its rights and the space left.")


class Database:
    """One connection, for one thread, that raises only `StoreError`s."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool = False) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only

    def run(self, sql: str, values: Values = ()) -> sqlite3.Cursor:
        """Execute one statement."""
        try:
            return self.connection.execute(sql, values)
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Execute one statement for every row."""
        try:
            self.connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    def rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    def row(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        """The first row of a query, None when it has none."""
        try:
            found: sqlite3.Row | None = self.connection.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens or nothing; inside another transaction it is part of that one."""
        if self.connection.in_transaction:
            yield
            return
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            # After some errors (a full disk) SQLite has rolled back by itself.
            if self.connection.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")
            raise

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Inside, a busy file is an error at once: for work that may be left to a later sync."""
        self.run("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.run(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")

    def version(self) -> tuple[int, int]:
        """A value that changes with every commit: of other connections, and of this one."""
        found = self.row("PRAGMA data_version")
        return (int(found[0]) if found else 0, self.connection.total_changes)

    def schema_version(self) -> int:
        """The file's schema version."""
        found = self.row("PRAGMA user_version")
        return int(found[0]) if found else 0

    def close(self) -> None:
        """Close the connection; closing twice is fine."""
        self.connection.close()


def open_database(
    path: Path, migrations: Sequence[Migration], *, synchronous: str = "NORMAL", read_only: bool = False
) -> Database:
    """Open or create the file at the newest schema version; raises the `StoreError` family."""
    try:
        if not read_only:
            _prepare(path)
        connection = _connect(path, read_only=read_only)
    except OSError as error:
        raise StoreUnavailable(
            f"{path} cannot be opened ({error.strerror or error}). Check the folder, its rights and the space left."
        ) from error
    except sqlite3.Error as error:
        raise explain(error, path) from error
    database = Database(path, connection, read_only=read_only)
    try:
        _check_version(database, len(migrations), read_only=read_only)
        if not read_only:
            _set_journal(connection)
            connection.execute(f"PRAGMA synchronous = {synchronous}")
            connection.execute(f"PRAGMA cache_size = -{_PAGES_KIB}")
            _migrate(database, migrations)
    except sqlite3.Error as error:
        connection.close()
        raise explain(error, path) from error
    except BaseException:
        connection.close()
        raise
    return database


def _prepare(path: Path) -> None:
    """Make the folder and the file private before SQLite writes into it (its side files copy the mode)."""
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    modes = ("ro", "ro&immutable=1") if read_only else ("rw",)
    for last, mode in enumerate(modes, start=1):
        connection = sqlite3.connect(
            address_of(path.absolute(), mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )
        try:
            connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            # A WAL file in a read-only folder opens only as immutable.
            if last == len(modes):
                raise
            continue
        except sqlite3.Error:
            connection.close()
            raise
        connection.row_factory = sqlite3.Row
        return connection
    raise sqlite3.OperationalError("unable to open database file")


def address_of(path: PurePath, mode: str) -> str:
    """The URI by which SQLite opens a file; one on a server of Windows has no authority there, but four slashes."""
    whole = path.as_posix()
    return f"file://{'' if whole.startswith('/') else '/'}{quote_from_bytes(os.fsencode(whole), safe='/:')}?mode={mode}"


def _check_version(database: Database, newest: int, *, read_only: bool) -> None:
    version = database.schema_version()
    if version > newest:
        raise NewerStore(
            f"{database.path} was written by a newer vep-tui (version {version}, this one knows {newest}). "
            "It was left as it is; update vep-tui."
        )
    if read_only and version < newest:
        raise StoreUnavailable(f"{database.path} is older than this vep-tui; open it once with write access.")


def _set_journal(connection: sqlite3.Connection) -> None:
    """Write-ahead log where the folder allows it; network folders get a truncated rollback journal."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        except sqlite3.OperationalError as error:
            mode = "busy" if (error.sqlite_errorcode & 0xFF) == sqlite3.SQLITE_BUSY else "refused"
        if mode == "wal":
            return
        if mode != "busy":
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            return
        if time.monotonic() > until:
            return
        # SQLite does not wait for other connections when it changes the journal mode.
        time.sleep(0.01)


def _migrate(database: Database, migrations: Sequence[Migration]) -> None:
    if database.schema_version() == len(migrations):
        return
    with database.transaction():
        # Another instance may have migrated while we waited for the lock.
        for number in range(database.schema_version(), len(migrations)):
            for statement in migrations[number]:
                database.run(statement)
            database.run(f"PRAGMA user_version = {number + 1}")


def to_json(value: Any) -> str:
    """Compact JSON that SQLite can keep: lone surrogates and NULs become U+FFFD."""
    text = _ENCODER.encode(value)
    if "\\u0000" in text:
        text = _NUL.sub(r"\1\\ufffd", text)
    return text if text.isascii() else sound_text(text)


def sound_text(text: str) -> str:
    """Text that can be stored: surrogate pairs are joined, lone ones and NULs become U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "\ufffd")


def to_stamp(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC with a `Z`, which sorts as text."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_stamp(text: str) -> datetime:
    """The moment of a stamp written by `to_stamp`."""
    return datetime.fromisoformat(text)
