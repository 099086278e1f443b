"""How the screen is arranged: shares by keys and mouse, zoom, jumping, and what the next session takes up again."""

from __future__ import annotations

import pytest
from at_work import Start
from small_desk import SmallDesk

from vep_tui.tui.handle import Divider, Handle
from vep_tui.tui.layout import Pane


async def test_keys_move_the_line_between_queue_and_detail(start: Start) -> None:
    async with start() as bench:
        queue = bench.app.main.queue
        before = queue.size.width
        await bench.press("less_than_sign", "less_than_sign")
        assert queue.size.width < before - 8
        await bench.press(*["greater_than_sign"] * 30)
        assert bench.app.main.detail.size.width >= 15
        assert bench.app.main.shares["wide"] == 85


async def test_keys_move_the_line_above_the_checklist(start: Start) -> None:
    async with start() as bench:
        checklist = bench.app.main.checklist
        before = checklist.size.height
        await bench.press("left_curly_bracket", "left_curly_bracket")
        assert checklist.size.height < before


async def test_the_mouse_drags_the_lines_between_panes(start: Start) -> None:
    async with start() as bench:
        main = bench.app.main
        divider = main.query_one(Divider)
        await bench.pilot.mouse_down(divider, offset=(0, 5))
        await bench.pilot.hover(divider, offset=(-30, 5))
        await bench.pilot.mouse_up(divider, offset=(0, 5))
        assert main.shares["wide"] < 30
        title = main.query_one("#checklist-title", Handle)
        await bench.pilot.mouse_down(title, offset=(10, 0))
        await bench.pilot.hover(title, offset=(10, 8))
        await bench.pilot.mouse_up(title, offset=(10, 0))
        assert 15 <= main.shares["checklist"] < 40


async def test_a_letter_jumps_to_a_tab(start: Start) -> None:
    async with start() as bench:
        places = bench.app.main.places_to_jump()
        at = next(n for n, place in enumerate(places) if place[2] == "show_tab('pulls')")
        await bench.press("J")
        assert bench.text.rstrip().splitlines()[-1].strip() == "letter go there  esc stay"
        await bench.press("asdfghjklqwertyuiopzxcvbnm"[at])
        assert bench.app.main.tab == "pulls"


async def test_a_letter_jumps_to_a_pane_and_another_key_leaves(start: Start) -> None:
    async with start() as bench:
        places = bench.app.main.places_to_jump()
        at = next(n for n, place in enumerate(places) if place[2] == "go('checklist')")
        await bench.press("J", "escape")
        assert bench.app.screen is bench.app.main
        await bench.press("J", "asdfghjklqwertyuiopzxcvbnm"[at])
        assert bench.app.focused is bench.app.main.checklist


async def test_the_next_session_has_the_same_shares_zoom_and_scroll(start: Start) -> None:
    desk = SmallDesk()
    async with start(desk=desk) as bench:
        await bench.press(
            "4", *["down"] * 25, "less_than_sign", "enter", "right_square_bracket", "down", "down", "down"
        )
        await bench.press("z")
        main = bench.app.main
        wanted = (main.shares, main.queue.scroll_offset.y, main.detail.scroll_offset.y, main.queue.number)
        await bench.pilot.press("q")
        await bench.pilot.pause()
    assert wanted[1] > 10
    assert wanted[2] == 3
    async with start(desk=desk) as bench:
        main = bench.app.main
        assert main.zoomed
        assert bench.app.focused is main.detail
        await bench.press("z")
        assert (main.shares, main.queue.scroll_offset.y, main.detail.scroll_offset.y, main.queue.number) == wanted


@pytest.mark.parametrize("size", [(140, 40), (60, 20)])
@pytest.mark.parametrize("pane", ["queue", "detail", "checklist"])
async def test_the_next_session_begins_in_the_pane_and_on_the_item_where_this_one_ended(
    start: Start, size: tuple[int, int], pane: str
) -> None:
    desk = SmallDesk()
    async with start(size, desk) as bench:
        await bench.press("down", "down", "t", "down", "down", "g", pane[0])
        item = bench.app.main.checklist.item
        await bench.pilot.press("q")
        await bench.pilot.pause()
    async with start(size, desk) as bench:
        main = bench.app.main
        assert (main.queue.number, main.focus_pane.value, main.checklist.item) == (227, pane, item)
        assert bench.app.focused is getattr(main, pane)


async def test_a_session_begins_in_the_queue_where_the_row_is_gone(start: Start) -> None:
    desk = SmallDesk(kept={"pane": "detail", "selected": 4711})
    async with start(desk=desk) as bench:
        assert bench.app.focused is bench.app.main.queue


async def test_odd_things_kept_from_another_version_are_ignored(start: Start) -> None:
    odd = {"view": 3, "shares": {"wide": 1000}, "zoomed": "yes", "pane": 7, "queue_top": "x", "detail_at": [1]}
    async with start(desk=SmallDesk(kept=dict(odd))) as bench:
        assert bench.app.main.shares["wide"] == 48
        assert not bench.app.main.zoomed


async def test_where_one_pane_is_seen_at_a_time_escape_leads_back_at_once(start: Start) -> None:
    async with start((60, 20)) as bench:
        await bench.press("l", "z", "escape")
        assert bench.app.main.focus_pane is Pane.QUEUE and not bench.app.main.zoomed
        bench.app.main.zoomed = True  # in a wider terminal, before
        await bench.press("l", "escape")
        assert bench.app.main.focus_pane is Pane.QUEUE and bench.app.main.zoomed


async def test_one_key_gives_all_panes_their_usual_room_again(start: Start) -> None:
    async with start() as bench:
        main = bench.app.main
        usual = dict(main.shares)
        await bench.press("greater_than_sign", "left_curly_bracket", "z")
        assert main.shares != usual and main.zoomed
        await bench.press("equals_sign")
        assert main.shares == usual and not main.zoomed
        assert "Checklist v1.10" in bench.text and "Why it is here" in bench.text
