"""The calendar screen: days, phases, what has no file, what was moved, and my VEPs on it."""

from __future__ import annotations

from datetime import date

import pytest
from at_work import Start
from small_desk import NOW, PEOPLE, SmallDesk, process

from vep_tui.core.models import Release
from vep_tui.core.world import World

RELEASES = (
    Release("1.9", date(2026, 4, 30), date(2026, 6, 24), date(2026, 7, 22)),
    Release(
        "1.10",
        date(2026, 9, 2),
        date(2026, 10, 21),
        date(2026, 11, 18),
        candidates=((0, date(2026, 10, 21)),),
        moved=(("code_freeze", date(2026, 10, 14)), ("ga", None)),
    ),
)


def desk(releases: tuple[Release, ...] = RELEASES) -> SmallDesk:
    return SmallDesk(world=World(process(), PEOPLE, releases, NOW, "edna", ("compute",)))


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20)])
async def test_the_release_at_hand_comes_first_with_its_days(start: Start, size: tuple[int, int]) -> None:
    async with start(size, desk=desk()) as bench:
        await bench.press("C")
        text = await bench.shows("KubeVirt v1.10  Implementation · at hand")
        assert "Enhancement Freeze  2026-09-02" in text
        assert "37 days ago" in text
        lines = text.split("\n")
        freeze = next(n for n, line in enumerate(lines) if "▸ Code Freeze" in line)
        assert "in 12 days" in lines[freeze]


async def test_moved_days_are_marked_and_the_files_day_is_told(start: Start) -> None:
    async with start((140, 60), desk=desk()) as bench:
        await bench.press("C")
        text = await bench.shows("2026-10-21 Wed*")
        assert "moved by config.toml; the schedule file says 2026-10-14" in text
        assert "moved by config.toml; the schedule file names none" in text


async def test_a_release_without_a_file_is_said_and_not_guessed(start: Start) -> None:
    async with start((140, 60), desk=desk(RELEASES[:1])) as bench:
        await bench.press("C")
        text = await bench.shows("KubeVirt v1.10  no schedule file yet")
        assert "Released" in text


async def test_a_vep_of_the_calendar_is_shown_on_the_main_screen(start: Start) -> None:
    async with start(desk=desk()) as bench:
        await bench.press("C", "n", "n", "enter")
        main = bench.app.main
        assert bench.app.screen is main
        assert main.subject is not None
        assert main.subject.number == main.queue.number
        assert main.subject.vep is not None
        assert main.subject.vep.owning_sig == "compute"
        assert bench.app.focused is main.detail


async def test_links_of_a_page_over_the_panes_are_opened(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("vep_tui.tui.links.open_url", lambda url: opened.append(url) or True)
    async with start() as bench:
        await bench.press("t", "enter", "n", "enter")
        assert opened == ["https://github.com/kubevirt/kubevirt/pull/17135"]


async def test_a_number_is_a_link_and_the_blanks_before_it_are_none(start: Start) -> None:
    async with start(desk=desk()) as bench:
        await bench.press("C")
        shown = bench.app.screen._compositor.render_strips()
        linked = [segment.text for strip in shown for segment in strip if segment.style and segment.style.underline]
        assert linked
        assert [text for text in linked if text != text.strip()] == []
