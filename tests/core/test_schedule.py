"""Schedules become calendars, and days get their meaning from them."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import vep_tui
from vep_tui.core.models import Phase, Release
from vep_tui.core.process import Process, read_process
from vep_tui.core.schedule import current_release, next_milestone, phase_of, read_schedule, with_overrides

MODERN = """
- when: 2031/02/03
  milestone: null
  who: Kubernetes
  what: Tag 1.50.0-beta.0
- when: 2031/03/05
  milestone: KubeVirt Alpha 0
  who: KubeVirt
  what: Tag v2.4.0-alpha.0
- when: 2031/03/05
  milestone: KubeVirt Alpha 0
  who: KubeVirt
  what: Virtualization Enhancement Proposal (VEP) Freeze
- when: 2031/04/09
  milestone: KubeVirt Code Freeze
  who: KubeVirt
  what: Branch release-2.4 and tag v2.4.0-rc.0 on release-2.4
- when: 2031/04/23
  milestone: KubeVirt RC 1
  who: KubeVirt
  what: Tag v2.4.0-rc.1 on release-2.4
- when: 2031/04/30
  milestone: "**KubeVirt GA**"
  who: KubeVirt
  what: Tag v2.4.0 on release-2.4
- when: 2031/05/07
  milestone: "**CDI GA**"
  who: CDI
  what: v3.1.0 release
"""
OLD = """
- when: 2029-03-01
  milestone: Kubernetes Release
  who: Kubernetes
  what: 1.44.0 release
- when: 2029-04-01
  milestone: Alpha 0 (1.1)
  who: KubeVirt
  what: Tag v1.1.0-alpha.0
- when: 2029-05-01
  milestone: Feature Freeze
  who: KubeVirt
  what: Branch release-1.1
- when: 2029-05-08
  milestone: RC 0
  who: KubeVirt
  what: Tag v1.1.0-rc.0 on release-1.1
- when: 2029-05-22
  milestone: GA
  who: KubeVirt
  what: Tag v1.1.0 on release-1.1
"""


@pytest.fixture(scope="module")
def process() -> Process:
    return read_process(tomllib.loads(Path(vep_tui.__file__).with_name("process.toml").read_text(encoding="utf-8")))


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


def release(text: str, version: str, process: Process) -> Release:
    found = read_schedule(version, text, process)
    assert found is not None
    return found


def test_a_modern_schedule_is_read(process: Process) -> None:
    found = release(MODERN, "releases/v2.4/schedule.yaml", process)
    assert found.version == "2.4"
    assert found.enhancement_freeze == date(2031, 3, 5)
    assert found.code_freeze == date(2031, 4, 9)
    assert found.candidates == ((0, date(2031, 4, 9)), (1, date(2031, 4, 23)))
    assert found.ga == date(2031, 4, 30)
    assert found.branch == "release-2.4"
    assert [m.name for m in found.milestones][-1] == "KubeVirt GA"
    assert not any("CDI" in m.name or "Kubernetes" in m.name for m in found.milestones)


def test_an_old_schedule_has_a_feature_freeze_and_no_design_freeze(process: Process) -> None:
    found = release(OLD, "1.1", process)
    assert found.enhancement_freeze is None
    assert found.code_freeze == date(2029, 5, 1)
    assert found.ga == date(2029, 5, 22)
    assert found.candidates == ((0, date(2029, 5, 8)),)


def test_a_code_freeze_without_its_name_is_where_the_branch_is_cut(process: Process) -> None:
    found = release(MODERN.replace("KubeVirt Code Freeze", "Something"), "v2.4", process)
    assert found.code_freeze == date(2031, 4, 9)


def test_general_availability_is_also_known_by_its_tag(process: Process) -> None:
    found = release(MODERN.replace("**KubeVirt GA**", "Party"), "v2.4", process)
    assert found.ga == date(2031, 4, 30)


@pytest.mark.parametrize(
    "when",
    ["2031/04/16", "~~2031/04/09~~ 2031/04/16", "2031-04-09 -> 2031-04-16", "2031/04/09, moved to 2031/04/16",
     "2031/04/16 (was 2031/04/09)"],
)  # fmt: skip
def test_a_day_that_was_moved_is_the_new_one(when: str, process: Process) -> None:
    assert release(MODERN.replace("when: 2031/04/09", f"when: {when}"), "v2.4", process).code_freeze == date(
        2031, 4, 16
    )


@pytest.mark.parametrize(
    "when", ["April 9, 2031", "Wed 9th April 2031", "~2031/04/09", "2031.04.09", "2031-04-09T12:00:00Z", "2031/4/9 (?)"]
)
def test_a_day_is_read_as_people_write_it(when: str, process: Process) -> None:
    text = MODERN.replace("when: 2031/04/09", f"when: '{when}'")
    assert release(text, "v2.4", process).code_freeze == date(2031, 4, 9)


@pytest.mark.parametrize("who", ["KubeVirt, CDI", "[KubeVirt, CDI]", "CDI / kubevirt", "**KubeVirt** and CDI"])
def test_a_row_of_several_projects_is_ours_too(who: str, process: Process) -> None:
    text = MODERN.replace("who: KubeVirt\n", f"who: {who}\n" if who[0] == "[" else f"who: '{who}'\n")
    assert release(text, "v2.4", process) == release(MODERN, "v2.4", process)
    other = MODERN.replace("who: KubeVirt\n", "who: KubeVirt CI\n")
    assert read_schedule("v2.4", other, process) is None


@pytest.mark.parametrize("name", ["KubeVirt v2.4 GA", "General Availability", "KubeVirt 2.4.0 GA", "GA"])
def test_general_availability_goes_by_several_names(name: str, process: Process) -> None:
    text = MODERN.replace("**KubeVirt GA**", name).replace("Tag v2.4.0 on release-2.4", "Promote the candidate")
    assert release(text, "v2.4", process).ga == date(2031, 4, 30)


@pytest.mark.parametrize(
    "words", ["Tag v2.4.0", "Tag v2.4.0.", "Tag v2.4.0, announce it", "Tag `v2.4.0` on release-2.4"]
)
def test_the_tag_of_a_release_may_be_followed_by_anything(words: str, process: Process) -> None:
    text = MODERN.replace("**KubeVirt GA**", "Party").replace("Tag v2.4.0 on release-2.4", words)
    assert release(text, "v2.4", process).ga == date(2031, 4, 30)
    assert release(text.replace(words, "Tag v2.4.0-rc.2 on release-2.4"), "v2.4", process).ga is None


def test_rows_about_another_release_are_not_this_ones(process: Process) -> None:
    other = "- when: 2031/02/12\n  milestone: Late\n  who: KubeVirt\n  what: Branch release-2.3 and tag v2.3.0-rc.{}\n"
    for nth in (0, 7):
        found = release(other.format(nth) + MODERN, "v2.4", process)
        assert (found.branch, found.candidates) == ("release-2.4", ((0, date(2031, 4, 9)), (1, date(2031, 4, 23))))
    unnamed = release(other.format(0) + MODERN.replace("KubeVirt Code Freeze", "Something"), "v2.4", process)
    assert unnamed.code_freeze == date(2031, 4, 9)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "- 1", "a: b", "- when: soon\n  who: KubeVirt", "\x00", "&a [*a]", "- ["]
)
def test_no_readable_row_is_no_release(text: str, process: Process) -> None:
    assert read_schedule("1.9", text, process) is None


def test_no_version_is_no_release(process: Process) -> None:
    assert read_schedule("releases/next/schedule.yaml", MODERN, process) is None


def test_rows_of_the_wrong_shape_do_not_spoil_the_others(process: Process) -> None:
    junk = "- 7\n- [x]\n- when: 2031/13/45\n  who: KubeVirt\n- when: [1]\n  what: {a: b}\n- who: KubeVirt\n"
    assert release(junk + MODERN, "2.4", process) == release(MODERN, "2.4", process)


def test_the_users_dates_win_and_may_stand_alone(process: Process) -> None:
    known = release(MODERN, "2.4", process)
    slipped = with_overrides(
        [known],
        {"v2.4": {"ga": date(2031, 5, 14)}, "2.5": {"code_freeze": "2031/09/01"}, "x": {"ga": date(2031, 1, 1)}},
    )
    assert [(r.version, r.ga, r.code_freeze) for r in slipped] == [
        ("2.4", date(2031, 5, 14), date(2031, 4, 9)),
        ("2.5", None, date(2031, 9, 1)),
    ]
    assert [r.moved for r in slipped] == [(("ga", known.ga),), (("code_freeze", None),)]
    assert with_overrides([known], {"2.4": {"ga": "whenever"}}) == (known,)
    assert with_overrides([known], {"2.4": {"ga": known.ga}})[0].moved == ()


def test_the_current_release_is_the_earliest_still_to_come(process: Process) -> None:
    old, new = release(OLD, "1.1", process), release(MODERN, "2.4", process)
    assert current_release([new, old], at("2029-05-22")) == old
    assert current_release([new, old], at("2029-05-23")) == new
    assert current_release([old, new], at("2040-01-01")) == new
    assert current_release([], at("2040-01-01")) is None


@pytest.mark.parametrize(
    ("day", "phase", "ahead"),
    [
        ("2031-03-05", Phase.DESIGN, ("Enhancement Freeze", date(2031, 3, 5))),
        ("2031-03-06", Phase.IMPLEMENTATION, ("Code Freeze", date(2031, 4, 9))),
        ("2031-04-09", Phase.STABILISATION, ("Code Freeze", date(2031, 4, 9))),
        ("2031-04-10", Phase.STABILISATION, ("RC 1", date(2031, 4, 23))),
        ("2031-04-30", Phase.STABILISATION, ("GA", date(2031, 4, 30))),
        ("2031-05-01", Phase.RELEASED, None),
    ],
)
def test_a_day_has_a_phase_and_a_next_milestone(
    day: str, phase: Phase, ahead: tuple[str, date] | None, process: Process
) -> None:
    found = release(MODERN, "2.4", process)
    assert phase_of(found, at(day)) is phase
    assert next_milestone(found, at(day)) == ahead


def test_a_missing_date_makes_the_phase_unknown_rather_than_wrong(process: Process) -> None:
    assert phase_of(None, at("2031-01-01")) is Phase.UNKNOWN
    assert phase_of(Release("9.9"), at("2031-01-01")) is Phase.UNKNOWN
    assert phase_of(release(OLD, "1.1", process), at("2029-01-01")) is Phase.UNKNOWN
    assert phase_of(Release("9.9", enhancement_freeze=date(2031, 1, 1)), at("2031-02-01")) is Phase.UNKNOWN
    assert next_milestone(None, at("2031-01-01")) is None


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        ({"2026/04/30": "Enhancement Freeze"}, date(2026, 4, 30)),
        ({"2026/04/30": "Virtualization Enhancement Proposal Freeze"}, date(2026, 4, 30)),
        ({"2026/04/23": "Enhancement Freeze announced", "2026/04/30": "VEP Freeze"}, date(2026, 4, 30)),
        ({"2026/04/23": "VEP Freeze in a week", "2026/04/30": "VEP Freeze"}, date(2026, 4, 30)),
        ({"2026/04/23": "VEP Freeze reminder", "2026/04/30": "The VEP Freeze"}, date(2026, 4, 30)),
        ({"2026/04/30": "VEP Freeze", "2026/05/07": "VEP Freeze exceptions end"}, date(2026, 4, 30)),
        ({"2026/04/30": "VEP Freeze", "2026/05/07": "VEP Freeze (extended)"}, date(2026, 5, 7)),
        ({"2026/04/30": "Design Freeze"}, date(2026, 4, 30)),
    ],
)
def test_the_enhancement_freeze_goes_by_several_names_and_is_no_reminder_of_it(rows, day, process: Process) -> None:
    text = "\n".join(f"- when: {when}\n  who: KubeVirt\n  what: {what}" for when, what in rows.items())
    release = read_schedule("v1.9", text, process)
    assert release is not None and release.enhancement_freeze == day
