"""Days as people write them, read without ever raising, and moments as GitHub writes them; it knows no current time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

_DAY = re.compile(r"\s*\**(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")


def read_day(value: Any) -> date | None:
    """A day from "2026-04-30", "2026/04/30", a date or a datetime; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def stamp(at: datetime) -> str:
    """An aware moment in UTC with a Z, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
