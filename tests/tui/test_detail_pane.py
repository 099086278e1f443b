"""The detail pane and its painter: what was painted for one thing is never shown for another."""

from __future__ import annotations

import time

from at_work import Bench, Start, settle
from small_desk import SmallDesk


def paint_unheard(bench: Bench, tab: str) -> None:
    """Let the painter finish a page of VEP 190; that it is ready is not heard of before the screen comes to rest."""
    detail = bench.app.main.detail
    detail.show_tab(tab)
    assert not detail.settled
    while not detail.settled:
        time.sleep(0.001)


async def test_a_page_that_is_ready_when_nothing_is_selected_any_more_is_dropped(start: Start) -> None:
    async with start() as bench:
        paint_unheard(bench, "document")
        bench.app.main.detail.show_subject(None, None, "document")
        await settle(bench.pilot)
        assert "Nothing is selected" in bench.text


async def test_a_page_that_is_ready_when_another_is_shown_does_not_take_its_place(start: Start) -> None:
    async with start() as bench:
        await bench.press("2")
        await bench.press("down", "up")
        overview = bench.text
        paint_unheard(bench, "conversation")
        bench.app.main.detail.show_tab("overview")
        await settle(bench.pilot)
        assert bench.text == overview
        await bench.press("down", "up")
        assert bench.text == overview


async def test_a_title_of_joined_signs_that_is_cut_says_so(start: Start) -> None:
    desk = SmallDesk()
    family = "👨\u200d👩\u200d👧 family " * 8
    desk.all_rows = (desk.all_rows[0]._replace(title=family), *desk.all_rows[1:])
    async with start(size=(80, 24), desk=desk) as bench:
        line = next(line for line in bench.text.split("\n") if "VEP 190 · " in line)
        assert line.split()[-1].startswith("─")
        assert "…" in line
