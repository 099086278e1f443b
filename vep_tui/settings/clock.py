"""The one clock for dates that matter: the machine's, or the time in VEP_TUI_NOW."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from vep_tui.settings.errors import SettingsError

_FIRST_YEAR, _LAST_YEAR = 1970, 9900
"""Days are counted back and ahead from now: beyond these years, out of the calendar."""


def machine_clock() -> datetime:
    """The machine's time in UTC."""
    return datetime.now(UTC)


def now_from(env: Mapping[str, str]) -> datetime:
    """The present time in UTC; raises `SettingsError` for a VEP_TUI_NOW that is no ISO time."""
    given = env.get("VEP_TUI_NOW", "").strip()
    if not given:
        return machine_clock()
    moment: datetime | None
    try:
        moment = datetime.fromisoformat(given)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise SettingsError(f"VEP_TUI_NOW is {given!r}: give an ISO time such as 2026-06-30T09:00:00Z")
    return moment
