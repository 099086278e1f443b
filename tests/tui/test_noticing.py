"""News: what is new is marked until it was read for a moment or the user says so."""

from __future__ import annotations

from at_work import Start
from small_desk import SmallDesk, days


async def until_seen(bench: object, desk: SmallDesk) -> None:
    for _ in range(200):
        if desk.seen:
            return
        await bench.pilot.pause(0.01)  # type: ignore[attr-defined]
    raise AssertionError("it never counted as seen")


async def test_opening_counts_as_seen_only_after_a_moment(start: Start) -> None:
    desk = SmallDesk()
    async with start(desk=desk, moment=30) as bench:
        await bench.press("enter", "right_square_bracket")
        assert desk.seen == []
    async with start(desk=desk, moment=0.05) as bench:
        await bench.press("enter")
        await until_seen(bench, desk)
        assert desk.seen == [190]


async def test_passing_by_in_the_queue_is_not_reading(start: Start) -> None:
    desk = SmallDesk()
    async with start(desk=desk, moment=0.01) as bench:
        await bench.press("down", "down", "up")
        await bench.pilot.pause(0.1)
        assert desk.seen == []


async def test_what_is_new_stays_marked_while_it_is_read(start: Start) -> None:
    desk = SmallDesk(looked={190: days(15)})
    async with start(desk=desk, moment=0.05) as bench:
        await bench.press("4", "left_square_bracket", "enter")
        await until_seen(bench, desk)
        desk.looked[190] = days(0)
        await bench.press("f", "f")
        assert "new since you looked 15 days ago" in bench.text
        await bench.press("escape", "m")
        assert "new since you looked" not in bench.text
