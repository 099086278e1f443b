"""Keys typed faster than the screen follows go where they were meant, in their order, and none is lost."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import pytest
from at_work import Bench, Start
from small_desk import SmallDesk, rows
from textual import events
from textual.widgets import TextArea


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20)])
async def test_a_filter_typed_in_one_go_is_a_filter(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as bench:
        await bench.type_ahead("/sig:storage")
        assert bench.app.main.filter == "sig:storage"
        assert bench.said == ""


async def test_keys_behind_the_filter_are_commands_again(start: Start) -> None:
    async with start() as bench:
        await bench.type_ahead("/sig:storage\rjx")
        main = bench.app.main
        assert main.filter == "sig:storage"
        assert main.queue.marked == {main.queue.rows[1].number}


async def test_a_filter_given_up_in_one_go_is_none(start: Start) -> None:
    async with start() as bench:
        await bench.type_ahead("/sig:storage\x1b")
        main = bench.app.main
        assert main.filter == ""
        assert bench.app.focused is main.queue


async def test_keys_behind_a_move_of_the_focus_are_heard_there(start: Start) -> None:
    async with start() as bench:
        await bench.type_ahead("tj ")
        assert [item for _, item in bench.desk.ticks] == ["docs-merged"]
        assert bench.app.main.queue.cursor == 0


async def test_a_comment_may_be_typed_before_its_editor_is_drawn(start: Start) -> None:
    async with start() as bench:
        await bench.type_ahead("cWill look.")
        assert bench.app.screen.query_one(TextArea).text == "Will look."


async def test_what_is_pasted_waits_for_its_turn(start: Start) -> None:
    async with start() as bench:
        bench.app.post_message(events.Key("slash", "/"))
        bench.app.post_message(events.Paste("sig:network"))
        await bench.type_ahead(" 111")
        assert bench.app.main.filter == "sig:network 111"


@pytest.mark.parametrize("ago", [0, 60])
async def test_keys_are_heard_even_when_the_turn_before_never_ended(start: Start, ago: float) -> None:
    async with start() as bench:
        bench.app.longest_turn = 0.05
        bench.app._turn_began = monotonic() - ago
        while monotonic() - bench.app._turn_began < 0.05:
            await bench.pilot.pause(0.01)
        await bench.type_ahead("jj")
        assert bench.app.main.queue.cursor == 2


@pytest.mark.parametrize(
    ("keys", "met"),
    [
        (("y",), lambda bench: bench.app.clipboard.startswith("#227 ")),
        (("Y",), lambda bench: bench.app.clipboard.endswith("/227")),
        (("c",), lambda bench: "227" in bench.text and bench.app.screen is not bench.app.main),
        (("t", "space"), lambda bench: [number for number, _ in bench.desk.ticks] == [227]),
    ],
)
async def test_a_command_means_the_row_under_the_cursor_though_the_detail_has_not_followed(
    start: Start, keys: tuple[str, ...], met: Callable[[Bench], bool]
) -> None:
    async with start() as bench:
        main = bench.app.main
        main.bench = main.bench._replace(debounce=60.0)  # as if all were typed before the cursor rests
        assert main.queue.number == 190
        await bench.app._press_keys(["j", "j"])
        assert main.queue.number == 227
        assert main.pending is not None
        await bench.press(*keys)
        assert met(bench)


async def test_a_command_right_behind_a_move_means_the_row_that_was_moved_to(start: Start) -> None:
    async with start((60, 20)) as bench:
        await bench.type_ahead("Gc")
        last = bench.app.main.queue.rows[-1].number
        assert bench.app.main.queue.number == last
        await bench.shows(f"Comment on VEP {last}")


async def test_the_last_row_is_the_last_of_all_for_the_key_behind_it(start: Start) -> None:
    many = tuple(rows()[0]._replace(number=number) for number in range(1_000, 1_400))
    async with start(desk=SmallDesk(many)) as bench:
        await bench.type_ahead("Gc")
        await bench.shows("Comment on VEP 1399")


async def test_a_key_behind_a_choice_is_for_what_the_choice_opens(start: Start) -> None:
    async with start() as bench:
        await bench.type_ahead("p\r[bob\ry")
        assert [entry.body for entry in bench.desk.entries] == ["/assign [bob"]
        assert bench.app.clipboard == ""


async def test_a_pane_that_has_just_come_into_sight_is_scrolled_by_the_next_key(start: Start) -> None:
    async with start((60, 20)) as bench:
        await bench.type_ahead("ljj")
        assert bench.app.main.detail.scroll_offset.y == 2
