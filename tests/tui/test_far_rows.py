"""Rows behind those that are read first: a session ends on one, the calendar leads to one."""

from __future__ import annotations

import pytest
from at_work import Start
from small_desk import SmallDesk, rows

MANY = tuple(rows()[0]._replace(number=number) for number in range(1_000, 2_500))


@pytest.mark.parametrize(("number", "cursor"), [(1_030, 30), (1_250, 250), (2_400, 0)])
async def test_a_session_begins_on_the_row_on_which_the_last_one_ended(start: Start, number: int, cursor: int) -> None:
    async with start(desk=SmallDesk(MANY, kept={"view": "all", "selected": number})) as bench:
        queue = bench.app.main.queue
        assert queue.cursor == cursor
        assert queue.number == 1_000 + cursor
        assert len(queue.rows) <= 300  # what is read before the first frame has an end


@pytest.mark.parametrize("number", [1_030, 1_250, 2_400])
async def test_whoever_is_led_to_a_row_finds_it(start: Start, number: int) -> None:
    async with start(desk=SmallDesk(MANY)) as bench:
        main = bench.app.main
        main.show_number(number)
        assert main.queue.number == number
        assert len({row.number for row in main.queue.rows}) == len(main.queue.rows)
        main.queue.focus()
        await bench.press("j")
        assert main.queue.number == (number + 1 if number < 2_000 else 1_000)
        await bench.press("G")
        assert [row.number for row in main.queue.rows] == [row.number for row in MANY]


async def test_a_row_that_is_not_there_is_not_promised(start: Start) -> None:
    async with start(toasts=True) as bench:
        bench.app.main.show_number(4_711)
        await bench.shows("VEP 4711 is not in the store: r syncs.")


@pytest.mark.parametrize("typed", ["is:foo", "sig:compute is:foo", '"abc'])
async def test_rows_are_read_on_while_a_filter_is_no_filter_yet(start: Start, typed: str) -> None:
    async with start(desk=SmallDesk(MANY)) as bench:
        await bench.press("4", "slash", *typed)
        queue = bench.app.main.queue
        queue.focus()
        await bench.press("G")
        assert len(queue.rows) == bench.app.main.total > 100
