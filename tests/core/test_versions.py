"""Versions and days are read leniently, and never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vep_tui.core.clock import read_day
from vep_tui.core.versions import read_version, version_key


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1.9", "1.9"),
        ("v1.9.0", "1.9"),
        ("1,9", "1.9"),
        ("v1,8", "1.8"),
        ("kubevirt 1.9", "1.9"),
        ("KubeVirt v1.10.2", "1.10"),
        ("(1.9?):", "1.9"),
        ("(?):", None),
        ("v1.9.", "1.9"),
        ("`v1.9.0`", "1.9"),
        ("**1.9**", "1.9"),
        ("release-1.9", "1.9"),
        ("0.59", "0.59"),
        ("01.09", "1.9"),
        ("1.11 (tentative)", "1.11"),
        ("1.9 (was 1.8)", "1.9"),
        ("1.9, slipped from 1.8", "1.9"),
        ("1.7.0, 1.8.0", "1.8"),
        ("1.7,1.8", "1.8"),
        ("1.8 -> 1.9", "1.9"),
        ("1.8 => 1.9", "1.9"),
        ("v1.9 or v1.10", "1.10"),
        ("v1.9 – v1.10", "1.10"),
        ("v1.8, moved to v1.9", "1.9"),
        ("v1.8 (retargeted to v1.9)", "1.9"),
        ("1.8, deferred to 1.9, now 1.10", "1.10"),
        ("1.9 (moved from 1.8)", "1.9"),
        ("skipped (beta in 1.9)", None),
        ("~1.8~ 1.9", "1.9"),
        ("~~1.8~~", None),
        ("(x.y):] v1,8", "1.8"),
        ("v1.8 (KEP-5304 1.34)", "1.8"),
        ("TBD", None),
        ("TBD (proposed: 1.7)", None),
        ("after 1.11", None),
        ("N/A", None),
        ("N/A (straight to GA in 1.9)", None),
        ("NA", None),
        ("Never", None),
        ("none", None),
        ("x.y", None),
        ("v1.x", None),
        ("-", None),
        ("", None),
        ("   ", None),
        ("Implemented", None),
        ("0.0", None),
        ("v0.0.0", None),
        ("2026.04.30", None),
        ("10", None),
        (None, None),
    ],
)
def test_versions_are_read_leniently(text: str | None, version: str | None) -> None:
    assert read_version(text) == version


@given(st.text(max_size=200))
def test_a_version_is_two_numbers_or_nothing(text: str) -> None:
    version = read_version(text)
    assert version is None or (all(part.isdigit() for part in version.split(".")) and version.count(".") == 1)


@given(st.integers(0, 99), st.integers(0, 99), st.sampled_from(["{}.{}", "v{}.{}.0", "({}.{}?)", " {},{} "]))
def test_every_minor_version_is_read_in_every_form(major: int, minor: int, form: str) -> None:
    expected = f"{major}.{minor}" if (major, minor) != (0, 0) else None
    assert read_version(form.format(major, minor)) == expected


def test_versions_sort_by_number() -> None:
    assert sorted(["1.10", "1.9", "1.2", "TBD", "0.59"], key=version_key) == ["TBD", "0.59", "1.2", "1.9", "1.10"]
    assert version_key("v1.10.3") == (1, 10)
    assert version_key(None) < version_key("0.1")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-03-02", date(2023, 3, 2)),
        ("2026/04/30", date(2026, 4, 30)),
        ("2026/4/3", date(2026, 4, 3)),
        ("**2026-04-30**", date(2026, 4, 30)),
        ("2026-04-30T10:00:00Z", date(2026, 4, 30)),
        (date(2026, 4, 30), date(2026, 4, 30)),
        (datetime(2026, 4, 30, 12, tzinfo=UTC), date(2026, 4, 30)),
        ("2026-02-30", None),
        ("soon", None),
        ("", None),
        (20260430, None),
        (None, None),
    ],
)
def test_days_are_read_in_both_forms(value: object, day: date | None) -> None:
    assert read_day(value) == day


@given(st.one_of(st.text(max_size=80), st.none(), st.integers(), st.floats(), st.lists(st.integers())))
def test_reading_a_day_never_raises(value: object) -> None:
    read_day(value)
