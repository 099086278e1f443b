"""The detail pane and its painter: what was painted for one thing is never shown for another."""

from __future__ import annotations

import time

from at_work import Bench, Start, settle


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
