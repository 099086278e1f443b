"""The clock is the machine's, or the one that VEP_TUI_NOW names."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vep_tui.settings import SettingsError, now_from


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-06-30T09:00:00Z", datetime(2026, 6, 30, 9, tzinfo=UTC)),
        ("2026-06-30", datetime(2026, 6, 30, tzinfo=UTC)),
        ("2026-06-30T09:00", datetime(2026, 6, 30, 9, tzinfo=UTC)),
        ("2026-12-31T23:30:00-05:00", datetime(2027, 1, 1, 4, 30, tzinfo=UTC)),
        (" 2028-02-29T00:30:00+02:00 ", datetime(2028, 2, 28, 22, 30, tzinfo=UTC)),
    ],
)
def test_a_named_moment_is_meant_in_its_zone_or_in_utc(given: str, moment: datetime) -> None:
    assert now_from({"VEP_TUI_NOW": given}) == moment


@pytest.mark.parametrize(
    "given", ["tomorrow", "2026-02-29", "0001-01-01", "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"]
)
def test_what_is_no_moment_of_a_calendar_is_refused_with_an_example(given: str) -> None:
    with pytest.raises(SettingsError, match="give an ISO time such as"):
        now_from({"VEP_TUI_NOW": given})
