"""Days and moments as written by GitHub and by people, read without ever raising; it knows no current time."""

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


def read_moment(value: Any) -> datetime | None:
    """A moment in UTC from an ISO 8601 text such as "2026-06-01T10:00:00Z"; without a zone it counts as UTC."""
    if not isinstance(value, str) or len(value) > 64:
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def write_moment(moment: datetime) -> str:
    """A moment as GitHub writes it: UTC, whole seconds, "Z"."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
