"""Puts a damaged file out of the way, one instance at a time; whether a file is damaged others find out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from vep_tui.store.errors import StoreUnavailable


def set_aside(path: Path, now: datetime | None = None) -> Path:
    """Rename a damaged file and its journals, never over another one; returns the new name."""
    stamp = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.name}.damaged-{stamp}")
    count = 1
    while target.exists():
        count += 1
        target = path.with_name(f"{path.name}.damaged-{stamp}-{count}")
    try:
        path.rename(target)
        for ending in ("-wal", "-shm", "-journal"):
            side = path.with_name(path.name + ending)
            if side.exists():
                side.rename(target.with_name(target.name + ending))
    except OSError as error:
        raise StoreUnavailable(f"{path} is damaged and cannot be set aside ({error.strerror or error}).") from error
    return target


@contextmanager
def repair_lock(path: Path) -> Iterator[None]:
    """Only one instance at a time looks at a damaged file and sets it aside."""
    try:
        import fcntl
    except ImportError:  # not on this system: the second instance finds a sound file or the damaged one
        yield
        return
    lock = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
